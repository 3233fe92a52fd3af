"""My sessions: where I am signed in, ending them, and changing my password, which ends the others (API 8.6)."""

from typing import Any
from uuid import UUID

from api.domain.accounts.devices import describe_device
from api.domain.errors import ValidationFailed
from api.http import guessing
from api.http.circumstances import note_of
from api.http.declare import Call
from api.http.doorway import check_factor_shown
from api.http.messages.answers import Answer, refused
from api.http.paging import forged_cursor, page, read_cursor
from api.mail import compose
from api.models import Session
from api.queries.accounts.account_list import lock_account
from api.queries.accounts.factors import get_account
from api.queries.accounts.sessions import list_sessions
from api.services.accounts import guesses, passwords, sessions
from api.services.accounts.audit import EventKind
from api.web.accounts import mailing
from api.web.accounts.signing_in import session_id


def read_sessions(call: Call, *, limit: int, cursor: str | None = None) -> Answer:
    """Where I am signed in, newest first. 1 SELECT."""
    found = list_sessions(call.session, call.here.id, call.work.now, before=_read_session(cursor), limit=limit + 1)
    rows = [_shape(each, session_id(call)) for each in found]
    return page(rows, limit, "session", lambda row: [row["id"]], private=True)


def _read_session(cursor: str | None) -> UUID | None:
    found = read_cursor(cursor, "session")
    try:
        return UUID(found[0]) if found else None
    except ValueError as error:
        raise forged_cursor() from error


def _shape(session: Session, here: UUID) -> dict[str, Any]:
    return {
        "id": session.id,
        "device": describe_device(session.device),
        "method": session.method,
        "signed_in_at": session.created_at,
        "last_used_at": session.refreshed_at,
        "current": session.id == here,
    }


def end_session(call: Call, session_id: UUID) -> Answer:
    """End one of mine. The account is locked first, so that what is asked for in that session meanwhile ends too."""
    lock_account(call.session, call.here.id)
    sessions.end_session(call.work, call.here.id, session_id)
    note_of(call, EventKind.SESSION_ENDED, {"sessions": 1})
    return Answer(status=204, private=True)


def end_others(call: Call) -> Answer:
    """End all of mine but this one."""
    lock_account(call.session, call.here.id)
    ended = sessions.end_sessions(call.work, call.here.id, keep=session_id(call))
    note_of(call, EventKind.SESSION_ENDED, {"sessions": ended})
    return Answer({"ended": ended}, private=True)


def change_password(call: Call, *, current: str, new: str) -> Answer:
    """Change my password. A wrong present one counts as a guess, in the transaction that looked at it.

    Both are looked at before anything is locked that somebody else could wait for (ADR 25).
    """
    check_factor_shown(call.here)
    seen = get_account(call.session, call.here.id)
    verified = seen.password_hash
    keys = guessing.count_in_session(call)
    wrong = passwords.check_present(seen, current)
    if wrong is not None:
        note_of(call, EventKind.SIGN_IN_FAILED, {"what": "change of password"})
        return refused(wrong)
    guesses.take_off(call.work.connection, keys, call.work.now)
    guessing.count_choice(call, seen.id)
    try:
        chosen = passwords.judge_password(call.work, seen, new, "/new")
    except ValidationFailed as why:
        return refused(why)
    account = passwords.change_password(call.work, seen.id, verified=verified, new_hash=chosen, keep=session_id(call))
    note_of(call, EventKind.PASSWORD_CHANGED, {"by": "owner"})
    letter = compose.password_changed(mailing.to(call.session, account.email, account.name))
    return Answer(status=204, private=True, after_commit=mailing.notice(account, letter, "password-changed"))
