"""What is kept only for a time: said in days, counted before it is deleted. Run as the owner role, which alone may."""

from dataclasses import dataclass
from datetime import timedelta
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


def keep_in_time(work: Work, kept: Kept, *, dry_run: bool) -> dict[str, int]:
    """Delete what is over its time: how many of each. A dry run counts by the same conditions, and changes nothing."""
    counts = {}
    for what, table, over in _rules(work, kept):
        if dry_run:
            counts[what] = work.session.execute(select(func.count()).select_from(table).where(over)).scalar_one()
        else:
            counts[what] = int(work.connection.execute(delete(table).where(over)).rowcount)
    leavers = list_left_before(work, work.today - timedelta(days=kept.contact)) if kept.contact else []
    erased = [each for each in leavers if dry_run or _erase(work, each, kept.contact)]
    counts["contact details of people who left"] = len(erased)
    return counts if kept.leavers else counts | _end_what_was_left(work, dry_run=dry_run)


def _end_what_was_left(work: Work, *, dry_run: bool) -> dict[str, int]:
    """Accounts of people who have left; tokens whose agency has ended or whose maker's account is disabled, by the end just now too."""
    accounts = [each.account.id for each in list_accounts(work.session, today=work.today, concern=Concern.LEFT)]
    ended = [each for each in accounts if dry_run or _end(work, each)]
    tokens = list_left_tokens(work.session, work.today)
    for each in tokens if not dry_run else []:
        revoke_token(work, each)
    return {"accounts of people who left": len(ended), "tokens of what has ended": len(tokens)}


def _end(work: Work, account_id: UUID) -> bool:
    """False for the last administrator, who stays one until there is another."""
    try:
        change_account(work, account_id, seen=None, disabled=True)
    except LastAdmin:
        return False
    return True


def _erase(work: Work, person_id: UUID, days: int) -> bool:
    """False where they cannot be: the last administrator stays one until there is another."""
    try:
        erase_contact(work, person_id, reason=f"Left more than {days} days ago.")
    except Conflict:
        return False
    return True


def _rules(work: Work, kept: Kept) -> list[tuple[str, type[Any], ColumnElement[bool]]]:
    sessions_until = work.now - timedelta(days=kept.session)
    return [
        ("audit events", AuditEvent, AuditEvent.at < work.now - timedelta(days=kept.audit)),
        ("ended sessions", Session, or_(Session.ended_at < sessions_until, Session.expires_at < sessions_until)),
        (
            "used or expired links",
            AccountLink,
            or_(AccountLink.used_at.is_not(None), AccountLink.expires_at < work.now),
        ),
        ("expired challenges", Challenge, Challenge.expires_at < work.now),
    ]
