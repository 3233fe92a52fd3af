"""Passkeys (WebAuthn): discoverable credentials with user verification, so that one is both factors at once (API 8.7)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from api.domain.accounts.signing_in import CHALLENGE_LIFE, Method, Purpose
from api.domain.errors import Conflict, Duplicate, FieldError, ValidationFailed
from api.lazy import lazily
from api.models import Account, Passkey
from api.queries.accounts.factors import find_passkey, list_passkeys
from api.services.accounts import challenges
from api.services.accounts.sessions import begin_factor
from api.services.ids import new_id
from api.services.journal import Change, write_directory_changes
from api.services.work import Work

_ceremonies = lazily("api.services.accounts.ceremonies")

MOST = 20
_TIMEOUT = int(CHALLENGE_LIFE.total_seconds() * 1000)


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Who the passkeys are for: the site's host name, and the origin of its pages."""

    id: str
    origin: str
    name: str = "Partnership Plan"


@dataclass(frozen=True, slots=True)
class Asked:
    """A new challenge: its id, and the options for the browser."""

    challenge: UUID
    public_key: dict[str, Any]


def ask_to_register(work: Work, account: Account, party: RelyingParty) -> Asked:
    """The options for a browser to make a passkey. Raises Conflict when there are too many. 4 statements."""
    there = list_passkeys(work.session, account.id)
    if len(there) >= MOST:
        raise Conflict(f"You have {MOST} passkeys, the most there can be. Remove one first.")
    given = challenges.give(work, Purpose.REGISTER, account.id)
    options = _ceremonies.to_make(
        rp_id=party.id,
        rp_name=party.name,
        user_id=account.id.bytes,
        user_name=account.email,
        user_display_name=account.name,
        challenge=given.value,
        timeout=_TIMEOUT,
        there=[each.credential_id for each in there],
    )
    return Asked(given.id, options)


def register(
    work: Work,
    account: Account,
    party: RelyingParty,
    session_id: UUID,
    *,
    challenge: UUID,
    name: str,
    credential: dict[str, Any],
) -> Passkey:
    """Keep a new passkey, made in this session. Raises ValidationFailed, Duplicate. `account` is locked."""
    value = challenges.take(work, challenge, Purpose.REGISTER, account.id)
    verified = value and _ceremonies.check_made(
        credential=credential,
        expected_challenge=value,
        expected_rp_id=party.id,
        expected_origin=party.origin,
    )
    if not verified:
        detail = "This passkey could not be checked. Try again: each attempt has five minutes."
        raise ValidationFailed(detail, [FieldError("/credential", "invalid", detail)])
    made = Passkey(
        id=new_id(),
        account_id=account.id,
        name=name,
        credential_id=verified.credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        transports=credential["response"].get("transports", []),
        created_at=work.now,
    )
    work.session.add(made)
    try:
        work.session.flush()
    except IntegrityError as error:
        raise Duplicate("This passkey is known already.") from error
    begin_factor(work, account, session_id, Method.PASSKEY)
    before, after = {"passkey": None}, {"passkey": name, "of": account.name}
    write_directory_changes(work, [Change("account", account.id, "passkey-added", before, after)])
    return made


def ask_to_sign(
    work: Work, party: RelyingParty, purpose: Purpose = Purpose.SIGN_IN, account_id: UUID | None = None
) -> Asked:
    """The options for a browser to sign with a passkey: any of this site's, or one of this account's. 2 to 3 statements."""
    there = list_passkeys(work.session, account_id) if account_id else []
    given = challenges.give(work, purpose, account_id)
    ids = [each.credential_id for each in there]
    options = _ceremonies.to_sign(rp_id=party.id, challenge=given.value, timeout=_TIMEOUT, there=ids)
    return Asked(given.id, options)


def find_signer(
    work: Work,
    party: RelyingParty,
    *,
    challenge: UUID,
    credential: dict[str, Any],
    purpose: Purpose = Purpose.SIGN_IN,
    account_id: UUID | None = None,
) -> tuple[Account | None, bool]:
    """(the passkey's account, whether the signature is valid). The challenge is used up either way. 2 to 4 statements."""
    value = challenges.take(work, challenge, purpose, account_id)
    passkey = find_passkey(work.session, _ceremonies.base64url_to_bytes(credential["id"]))
    if passkey is None:
        return None, False
    account = work.session.get_one(Account, passkey.account_id)
    if value is None or account.disabled_at is not None or account_id not in {None, account.id}:
        return account, False
    return account, _is_owner(credential, account) and _sign(work, party, passkey, value, credential)


def _is_owner(credential: dict[str, Any], account: Account) -> bool:
    """A discoverable credential says whose it is; where it does, it must say this account."""
    handle = credential["response"].get("userHandle")
    return handle is None or _ceremonies.base64url_to_bytes(handle) == account.id.bytes


def _sign(work: Work, party: RelyingParty, passkey: Passkey, value: bytes, credential: dict[str, Any]) -> bool:
    """Whether the signature is valid: right challenge, site and key, user verified, and a counter that did not go back."""
    verified = _ceremonies.check_signed(
        credential=credential,
        expected_challenge=value,
        expected_rp_id=party.id,
        expected_origin=party.origin,
        credential_public_key=passkey.public_key,
        credential_current_sign_count=passkey.sign_count,
    )
    if verified is None:
        return False
    passkey.sign_count, passkey.last_used_at = verified.new_sign_count, work.now
    work.session.flush()
    return True
