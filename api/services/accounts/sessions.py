"""Sessions: opened, kept, ended (API 8). Tokens are made in http; how somebody shows who they are is signing_in's."""

from base64 import b64encode
from datetime import timedelta
from secrets import token_bytes
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select, update

from api.domain.accounts.sign_in_errors import RefreshReused, RefreshSuperseded, SessionRevoked
from api.domain.accounts.signing_in import Method, Transport
from api.domain.errors import NotFound
from api.models import Account, Session
from api.queries.accounts.accounts import find_session
from api.services.accounts.links import end_pending
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


def open_session(
    work: Work, account: Account, method: Method, device: str, transport: Transport = Transport.BEARER
) -> Session:
    """Open a session for somebody who has been authenticated. `device` is their User-Agent, shortened."""
    opened = Session(
        id=new_id(),
        account_id=account.id,
        refresh_id=uuid4(),
        refreshed_at=work.now,
        expires_at=work.now + SESSION_LIFE,
        authenticated_at=work.now,
        method=method.value,
        device=device[:200],
        transport=transport.value,
    )
    work.session.add(opened)
    work.session.flush()
    return opened


def show_factor(work: Work, session_id: UUID, method: Method) -> None:
    """Note in a session that was opened by password alone that a second factor was shown. 1 statement."""
    alone = (Session.id == session_id, Session.method == Method.PASSWORD.value)
    work.connection.execute(update(Session).where(*alone).values(method=method.value))


def begin_factor(work: Work, account: Account, session_id: UUID, method: Method) -> None:
    """Note that the account has a factor, set up in this session. With the first one all other sessions end: they never showed one.

    `account` is locked, so that nobody opens a session meanwhile without being asked for it. 1 to 4 statements.
    """
    if account.factor_since is None:
        account.factor_since = work.now
        work.session.flush()
        end_sessions(work, account.id, keep=session_id)
    show_factor(work, session_id, method)


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
    return None, RefreshReused("A spent refresh token was used again, so the session was ended. Sign in again.")


def sign_out(work: Work, session_id: UUID) -> UUID | None:
    """End the session, with effect on the next request; returns its account, None when it has ended already. 1 statement."""
    lives = (Session.id == session_id, Session.ended_at.is_(None), Session.expires_at > work.now)
    ended = update(Session).where(*lives).values(ended_at=work.now).returning(Session.account_id)
    return work.connection.execute(ended).scalar_one_or_none()


def end_session(work: Work, account_id: UUID, session_id: UUID) -> None:
    """End one of the account's sessions, with effect on its next request, and whatever is pending: it may have been asked for there.

    Raises NotFound, also for somebody else's. The account is locked. 3 statements.
    """
    ended = (
        update(Session)
        .where(Session.id == session_id, Session.account_id == account_id, Session.ended_at.is_(None))
        .where(Session.expires_at > work.now)
        .values(ended_at=work.now)
        .returning(Session.id)
    )
    end_pending(work, account_id)
    if work.connection.execute(ended).first() is None:
        raise NotFound("There is no such session, or it has ended.")


def end_sessions(work: Work, account_id: UUID, *, keep: UUID | None = None) -> int:
    """End all sessions of an account but the one to keep, and whatever is pending: how many sessions. 3 statements.

    Their next requests are refused. The account is locked, so that nothing more is asked for in them meanwhile.
    """
    those = (
        select(Session.id)
        .where(Session.account_id == account_id, Session.ended_at.is_(None), Session.expires_at > work.now)
        .where(Session.id.is_distinct_from(keep))
        .order_by(Session.id)
        .with_for_update(key_share=True)
    )
    end_pending(work, account_id)
    ended = update(Session).where(Session.id.in_(those)).values(ended_at=work.now).returning(Session.id)
    return len(work.connection.execute(ended).all())
