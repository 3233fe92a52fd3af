"""Partner systems' tokens, for the administrator."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from api.models import Account, Agency, JournalEntry, PartnerToken
from api.queries import AnySelect
from api.queries.folding import is_called


class ListedToken(NamedTuple):
    """A token, its agency, and whether the account that made it is disabled (False for one made on the command line)."""

    token: PartnerToken
    agency: Agency
    maker_ended: bool


_MAKER = (
    select(Account.disabled_at)
    .join(JournalEntry, JournalEntry.account_id == Account.id)
    .where(
        JournalEntry.object_id == PartnerToken.id,
        JournalEntry.object_type == "partner_token",
        JournalEntry.verb == "created",
    )
    .correlate(PartnerToken)
    .limit(1)
    .scalar_subquery()
)
"""When the account ended that made a token: the journal of its making knows whose it was."""


def _tokens() -> AnySelect:
    query = select(PartnerToken, Agency, _MAKER.is_not(None))
    return query.join(Agency, Agency.id == PartnerToken.agency_id)


def list_tokens(session: Session, *, after: tuple[str, UUID] | None = None, limit: int = 200) -> list[ListedToken]:
    """The tokens in order of name, after the keyset given; expired and revoked ones too. 1 SELECT."""
    query = _tokens()
    if after is not None:
        query = query.where(tuple_(PartnerToken.name, PartnerToken.id) > after)
    rows = session.execute(query.order_by(PartnerToken.name, PartnerToken.id).limit(limit))
    return [ListedToken(*row) for row in rows]


def get_token(session: Session, token_id: UUID) -> ListedToken:
    """One token that is known to exist. 1 SELECT."""
    return ListedToken(*session.execute(_tokens().where(PartnerToken.id == token_id)).one())


def list_left_tokens(session: Session, today: date) -> list[UUID]:
    """Valid tokens that perhaps should not be: of an agency that has ended, or made by an account that is disabled. 1 SELECT."""
    query = select(PartnerToken.id).join(Agency, Agency.id == PartnerToken.agency_id)
    left = or_(Agency.ended_on <= today, _MAKER.is_not(None))
    return list(session.scalars(query.where(PartnerToken.revoked_at.is_(None), left).order_by(PartnerToken.id)))


def find_maker(session: Session, token_id: UUID) -> UUID | None:
    """Whose account made a token; None where it was made at the command line. 1 SELECT."""
    made = (JournalEntry.object_id == token_id, JournalEntry.verb == "created")
    return session.execute(select(JournalEntry.account_id).where(*made)).scalars().first()


def find_agency_by_name(session: Session, name: str) -> Agency | None:
    """The one agency with this name or short name, however it is typed; None when none or several are. 1 SELECT."""
    query = select(Agency).where(or_(*(is_called(each, name) for each in (Agency.name, Agency.short_name)))).limit(2)
    found = list(session.scalars(query))
    return found[0] if len(found) == 1 else None
