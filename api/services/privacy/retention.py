"""What is kept only for a time: said in days, counted before it is deleted. Run as the owner role, which alone may."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, or_, select

from api.domain.accounts.accounts import Concern
from api.domain.errors import Conflict, LastAdmin
from api.models import AccountLink, AuditEvent, Challenge, Session
from api.queries.accounts.account_list import list_accounts
from api.queries.accounts.partners import list_left_tokens
from api.services.accounts.account_changes import change_account
from api.services.accounts.partners import revoke_token
from api.services.privacy.erasures import erase_contact, list_left_before
from api.services.work import Work


@dataclass(frozen=True, slots=True)
class Kept:
    """For how many days; `contact` 0: contact details are erased by hand only. `leavers`: what people and agencies left behind counts on."""

    audit: int = 400
    session: int = 90
    contact: int = 0
    leavers: bool = True


Run = Callable[[Callable[[Work], Any]], Any]
Rule = Callable[[datetime, Kept], tuple[type[Any], ColumnElement[bool]]]


def _old_sessions(now: datetime, kept: Kept) -> tuple[type[Any], ColumnElement[bool]]:
    until = now - timedelta(days=kept.session)
    return Session, or_(Session.ended_at < until, Session.expires_at < until)


_RULES: dict[str, Rule] = {
    "audit events": lambda now, kept: (AuditEvent, AuditEvent.at < now - timedelta(days=kept.audit)),
    "ended sessions": _old_sessions,
    "used or expired links": lambda now, _: (
        AccountLink,
        or_(AccountLink.used_at.is_not(None), AccountLink.expires_at < now),
    ),
    "expired challenges": lambda now, _: (Challenge, Challenge.expires_at < now),
}


def keep_in_time(run: Run, kept: Kept, *, dry_run: bool) -> dict[str, int]:
    """Delete what is over its time: how many of each. A dry run counts by the same conditions, and changes nothing.

    `run` does one unit of work in a transaction of its own: each person, account and token has one, so that nobody waits
    for all of them, and each takes its locks in the one order (ADR 25).
    """
    counts = {what: run(partial(_keep, kept=kept, what=what, dry_run=dry_run)) for what in _RULES}
    left = run(lambda work: list_left_before(work, work.today - timedelta(days=kept.contact))) if kept.contact else []
    erased = [each for each in left if dry_run or run(partial(_erase, person_id=each, days=kept.contact))]
    counts["contact details of people who left"] = len(erased)
    return counts if kept.leavers else counts | _end_what_was_left(run, dry_run=dry_run)


def _keep(work: Work, *, kept: Kept, what: str, dry_run: bool) -> int:
    """Delete what one rule says, or count it."""
    table, over = _RULES[what](work.now, kept)
    if dry_run:
        return int(work.session.execute(select(func.count()).select_from(table).where(over)).scalar_one())
    return int(work.connection.execute(delete(table).where(over)).rowcount)


def _end_what_was_left(run: Run, *, dry_run: bool) -> dict[str, int]:
    """Accounts of people who have left; tokens whose agency has ended or whose maker's account is disabled, by the end just now too."""
    accounts = run(
        lambda work: [each.account.id for each in list_accounts(work.session, today=work.today, concern=Concern.LEFT)]
    )
    ended = [each for each in accounts if dry_run or run(partial(_end, account_id=each))]
    tokens = run(lambda work: list_left_tokens(work.session, work.today))
    for each in tokens if not dry_run else []:
        run(partial(_revoke, token_id=each))
    return {"accounts of people who left": len(ended), "tokens of what has ended": len(tokens)}


def _revoke(work: Work, *, token_id: UUID) -> None:
    revoke_token(work, token_id)


def _end(work: Work, *, account_id: UUID) -> bool:
    """False for the last administrator, who stays one until there is another."""
    try:
        change_account(work, account_id, seen=None, disabled=True)
    except LastAdmin:
        return False
    return True


def _erase(work: Work, *, person_id: UUID, days: int) -> bool:
    """False where they cannot be: the last administrator stays one until there is another."""
    try:
        erase_contact(work, person_id, reason=f"Left more than {days} days ago.")
    except Conflict:
        return False
    return True
