"""Signing in by password and code or by passkey, and confirming that it is still the same person (API 8).

A refusal is returned, not raised: what goes with it (an event of the audit, a guess taken off, a challenge used up) has
to be committed.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import update

from api.domain.accounts.sign_in_errors import (
    InvalidCredentials,
    NotConfirmed,
    SecondFactorRequired,
    WrongCode,
    WrongPasskey,
)
from api.domain.accounts.signing_in import Method, Purpose, Transport
from api.domain.errors import PlanError
from api.models import Account, Session
from api.queries.accounts.account_list import lock_account
from api.queries.accounts.accounts import find_account
from api.services.accounts.codes import use_code
from api.services.accounts.factors import methods_of
from api.services.accounts.passkeys import RelyingParty, find_signer
from api.services.accounts.sessions import open_session, show_factor, verify_password
from api.services.sealing import Seal
from api.services.work import Work


@dataclass(frozen=True, slots=True)
class Attempt:
    """The result of signing in: a session, or a refusal. `account` is the account tried, if it exists; `guessed`: it counts as a guess."""

    account: Account | None
    opened: Session | None = None
    refusal: PlanError | None = None
    guessed: bool = False


def sign_in(
    work: Work,
    *,
    email: str,
    password: str,
    code: str | None,
    device: str,
    transport: Transport,
    seal: Seal,
    needing: frozenset[str],
) -> Attempt:
    """By password, and a code where the account has a second factor. `needing`: the roles that need one.

    The same words and work whether or not the account exists, is disabled or has no password; what more it wants is
    told only to who knows the password. The account is locked once it is known to be theirs: a factor or a password that
    somebody sets meanwhile, and the end of all sessions that goes with it, come before this or after it.
    """
    account = find_account(work.session, email)
    known = account.password_hash if account is not None and account.disabled_at is None else None
    matches = verify_password(known, password)
    if account is None or not matches or not _still_has(work, account, known):
        wrong = InvalidCredentials("Check the e-mail address and the password, then try again.")
        return Attempt(account, refusal=wrong, guessed=True)
    methods = methods_of(work, account, required=account.role in needing)
    if not methods:
        return Attempt(account, open_session(work, account, Method.PASSWORD, device, transport))
    if code is None:
        return Attempt(account, refusal=_ask_for(methods))
    if not use_code(work, account, code, seal):
        wrong = WrongCode("Check the code, or wait for the next one: each works once.")
        return Attempt(account, refusal=wrong, guessed=True)
    return Attempt(account, open_session(work, account, Method.SECOND_FACTOR, device, transport))


def _still_has(work: Work, account: Account, known: str | None) -> bool:
    """Whether the account still has this password, read again under its lock. 1 SELECT."""
    held = lock_account(work.session, account.id)
    return held.disabled_at is None and held.password_hash == known


def _ask_for(methods: list[str]) -> SecondFactorRequired:
    wanted = SecondFactorRequired(
        "The password is right. Now the code that your authenticator app shows, or a recovery code."
        if "code" in methods
        else "The password is right, and your role needs more than that: sign in with your passkey."
    )
    wanted.extra["methods"] = methods
    return wanted


def sign_in_by_passkey(
    work: Work, party: RelyingParty, *, challenge: UUID, credential: dict[str, Any], device: str, transport: Transport
) -> Attempt:
    """By passkey alone: the device has verified the person."""
    account, counts = find_signer(work, party, challenge=challenge, credential=credential)
    if account is None or not counts:
        wrong = WrongPasskey(
            "This passkey is not known here, or took too long. Try again, or sign in with your password."
        )
        return Attempt(account, refusal=wrong, guessed=True)
    return Attempt(account, open_session(work, account, Method.PASSKEY, device, transport))


def confirm(
    work: Work,
    account: Account,
    session_id: UUID,
    *,
    seal: Seal,
    party: RelyingParty,
    password: str | None = None,
    code: str | None = None,
    passkey: dict[str, Any] | None = None,
) -> PlanError | None:
    """Note in the session that its person has shown who they are; or say why not. A password counts where there is no factor."""
    if passkey is not None:
        _, counts = find_signer(work, party, **passkey, purpose=Purpose.CONFIRM, account_id=account.id)
    elif code is not None:
        counts = use_code(work, account, code, seal)
    elif account.factor_since is not None:
        return NotConfirmed("Your account has a second factor or a passkey: confirm with a code or the passkey.")
    else:
        counts = verify_password(account.password_hash, password or "")
    if not counts:
        return NotConfirmed(f"This {_shown(passkey, code)} does not count. Check it, then try again.")
    work.session.execute(update(Session).where(Session.id == session_id).values(authenticated_at=work.now))
    if passkey is not None or code is not None:
        show_factor(work, session_id, Method.PASSKEY if passkey is not None else Method.SECOND_FACTOR)
    return None


def _shown(passkey: object, code: str | None) -> str:
    return "passkey" if passkey is not None else "code" if code is not None else "password"
