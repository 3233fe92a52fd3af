"""Signing in, keeping signed in, signing out (API 8). Tokens are the web room's; here are accounts and sessions."""

from base64 import b64encode
from datetime import timedelta
from secrets import token_bytes
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import update

from api.domain.errors import InvalidCredentials, RefreshSuperseded, SessionRevoked
from api.domain.signing_in import Method
from api.models import Account, Session
from api.queries.accounts import find_account, find_session
from api.services.ids import new_id
from api.services.work import Work

SESSION_LIFE = timedelta(days=14)
REFRESH_LEEWAY = timedelta(seconds=10)

hasher = PasswordHasher()


def _hash_of_nothing() -> str:
    """A hash that no password has: random, in the form of a real one, so that to verify it takes as long.

    Not one that was made by hashing: that would cost each start of the server 60 ms.
    """
    salt, digest = (
        b64encode(token_bytes(length)).decode().rstrip("=") for length in (hasher.salt_len, hasher.hash_len)
    )
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"


# Verified when there is no such account, so that the answer takes the same time (API 8.4).
_NOBODY = _hash_of_nothing()


def sign_in(work: Work, *, email: str, password: str, device: str = "") -> tuple[Account, Session]:
    """Open a session. Raises InvalidCredentials, with the same words and work whether or not the account exists."""
    account = find_account(work.session, email)
    known = account.password_hash if account is not None and account.disabled_at is None else None
    matches = verify_password(known, password)
    if account is None or not matches:
        raise InvalidCredentials("Check the e-mail address and the password, then try again.")
    return account, open_session(work, account, Method.PASSWORD, device)


def open_session(work: Work, account: Account, method: Method, device: str) -> Session:
    """A new session of somebody who has shown who they are. `device` is what their browser calls itself, made short."""
    opened = Session(
        id=new_id(),
        account_id=account.id,
        refresh_id=uuid4(),
        refreshed_at=work.now,
        expires_at=work.now + SESSION_LIFE,
        authenticated_at=work.now,
        method=method.value,
        device=device[:200],
    )
    work.session.add(opened)
    work.session.flush()
    return opened


def verify_password(password_hash: str | None, password: str) -> bool:
    """Whether the password has this hash; None has none, and takes as long to say so (API 8.4)."""
    try:
        return hasher.verify(password_hash or _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def refresh_session(work: Work, session_id: UUID, refresh_id: UUID) -> tuple[Session | None, Exception | None]:
    """Rotate the session's refresh token: (session, None), or (None, why not).

    Single use. Of several at once one wins; within ten seconds the others are told so (RefreshSuperseded). Later
    use of a spent token ends the session (SessionRevoked), which is why the error is returned and not raised: the
    end of the session has to be committed.
    """
    found = find_session(work.session, session_id)
    if found is None or found.ended_at is not None or found.expires_at <= work.now:
        return None, SessionRevoked("This session has ended. Sign in again.")
    if found.refresh_id == refresh_id:
        found.previous_refresh_id = refresh_id
        found.refresh_id = uuid4()
        found.refreshed_at = work.now
        work.session.flush()
        return found, None
    if found.previous_refresh_id == refresh_id and work.now - found.refreshed_at <= REFRESH_LEEWAY:
        return None, RefreshSuperseded("Another request refreshed this session a moment ago; use what it was given.")
    found.ended_at = work.now
    work.session.flush()
    return None, SessionRevoked("A spent refresh token was used again, so the session was ended. Sign in again.")


def sign_out(work: Work, session_id: UUID) -> None:
    """End the session, with effect on the next request."""
    work.session.execute(
        update(Session).where(Session.id == session_id, Session.ended_at.is_(None)).values(ended_at=work.now)
    )


def end_sessions(work: Work, account_id: UUID, *, keep: UUID | None = None) -> int:
    """End the account's sessions, all of them or all but one, with effect on the next request; how many. 1 statement."""
    ending = update(Session).where(Session.account_id == account_id, Session.ended_at.is_(None))
    if keep is not None:
        ending = ending.where(Session.id != keep)
    ended = work.connection.execute(ending.values(ended_at=work.now).returning(Session.id))
    return len(ended.all())
