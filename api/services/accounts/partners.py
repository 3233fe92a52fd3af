"""Partner systems' tokens: made by an administrator, shown once, revoked with effect on the next request (API 7.3)."""

from collections.abc import Iterable
from datetime import timedelta
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy.orm import Session

from api.domain.accounts.partners import LONGEST_DAYS, PartnerSecret
from api.domain.errors import FieldError, NotFound, ValidationFailed
from api.models import Agency, PartnerToken
from api.services.ids import new_id
from api.services.journal import Change, write_directory_changes
from api.services.locks import hold_directory
from api.services.work import Work


def create_token(
    work: Work, *, name: str, agency: UUID, scopes: Iterable[str], days: int = LONGEST_DAYS
) -> tuple[PartnerToken, str]:
    """(the token's row, the token itself, readable only now). Raises ValidationFailed for an unknown agency."""
    hold_directory(work)
    if work.session.get(Agency, agency) is None:
        detail = "There is no such agency; GET /agencies lists them."
        raise ValidationFailed(detail, [FieldError("/agency", "invalid", detail)])
    secret = PartnerSecret(new_id(), token_urlsafe(32))
    token = PartnerToken(
        id=secret.id,
        name=name,
        agency_id=agency,
        scopes=sorted(set(scopes)),
        secret_hash=secret.hash,
        created_at=work.now,
        expires_at=work.now + timedelta(days=days),
        made_by_name=work.actor.name,
    )
    work.session.add(token)
    work.session.flush()
    after = {"name": name, "agency": agency, "scopes": token.scopes, "expires_at": token.expires_at}
    write_directory_changes(work, [Change("partner_token", token.id, "created", None, after)])
    return token, secret.write()


def revoke_token(work: Work, token_id: UUID) -> PartnerToken:
    """End a token; one that has ended already stays as it is. Raises NotFound."""
    hold_directory(work)
    token = _get_token(work.session, token_id)
    if token.revoked_at is None:
        token.revoked_at = work.now
        work.session.flush()
        before, after = {"revoked_at": None}, {"revoked_at": work.now}
        write_directory_changes(work, [Change("partner_token", token.id, "revoked", before, after)])
    return token


def _get_token(session: Session, token_id: UUID) -> PartnerToken:
    """One token, locked until commit. Raises NotFound. 1 SELECT."""
    found = session.get(PartnerToken, token_id, with_for_update={"key_share": True})
    if found is None:
        raise NotFound("There is no such token.")
    return found
