"""Erasing the contact details of somebody who has left: the printed name and what they wrote stay (UK GDPR, articles 5 and 17)."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.dialects.postgresql import JSONB

from api.domain.errors import Conflict, NotFound
from api.domain.plan.permissions import Role
from api.domain.plan.status import CLOSED
from api.domain.privacy.redaction import OF_CONTACT
from api.domain.text import join_names
from api.models import (
    Account,
    AccountLink,
    Action,
    Challenge,
    Named,
    Objective,
    Passkey,
    Person,
    PersonMerge,
    Plan,
    RecoveryCode,
    Session,
)
from api.queries.accounts.account_list import lock_admins
from api.services.accounts.account_changes import keep_an_admin
from api.services.journal import Change, write_directory_changes
from api.services.kept_answers import clean_kept_answers
from api.services.locks import hold_accounts_of, hold_directory
from api.services.privacy.redactions import redact_journal
from api.services.work import Work

AN_ADDRESS = '[^ @<>,;"]+@[^ @<>,;"]+'
"""A pattern for PostgreSQL and Python alike: any e-mail address among other words."""
Erased = dict[str, int]


def erase_contact(work: Work, person_id: UUID, *, reason: str) -> Erased:
    """Erase e-mail addresses, also among the aliases, end the account and every credential; returns how many of each.

    Raises NotFound, and Conflict saying what is missing while they have not left. The addresses in the audit go with its
    own time (RETENTION_AUDIT_DAYS).
    """
    hold_directory(work)
    account = next(iter(hold_accounts_of(work, [person_id])), None)
    person, *merged = _hold_people(work, person_id)
    _check_left(work, person, account)
    ids = [person_id, *([account.id] if account else []), *(each.id for each in merged)]
    erased = {"e-mail": sum(_clean_person(work, each) for each in [person, *merged])}
    erased["history"] = redact_journal(work, ids, OF_CONTACT - {"aliases"}, None)
    erased["history"] += redact_journal(work, ids, frozenset({"aliases"}), AN_ADDRESS)
    erased["kept answers"] = sum(clean_kept_answers(work, each, AN_ADDRESS, members=OF_CONTACT) for each in ids)
    _clean_merges(work, person_id)
    # Its address last: whoever writes with this account holds a plan's counter when they ask for its key (ADR 25).
    erased |= _end_account(work, account) if account else {}
    after = {"name": person.name, "reason": reason}
    write_directory_changes(work, [Change("person", person_id, "contact-erased", None, after)])
    return {what: count for what, count in erased.items() if count}


def _hold_people(work: Work, person_id: UUID) -> list[Person]:
    """The person and then all who were joined to them, locked in order of id. Raises NotFound. 1 SELECT."""
    both = (Person.id == person_id) | (Person.merged_into_id == person_id)
    query = select(Person).where(both).order_by(Person.id).with_for_update(key_share=True)
    found = list(work.session.scalars(query.execution_options(populate_existing=True)))
    if not any(each.id == person_id for each in found):
        raise NotFound("There is no such person.")
    return sorted(found, key=lambda each: each.id != person_id)


def _check_left(work: Work, person: Person, account: Account | None) -> None:
    if person.left_on is not None and person.left_on <= work.today:
        _check_last_admin(work, account)
        return
    missing = what_is_open(work, person.id)
    if account is not None and account.disabled_at is None:
        missing.append("can still sign in")
    if missing:
        when = f"leaves on {person.left_on:%-d %B %Y}" if person.left_on else "has not left"
        raise Conflict(
            f"{person.name} {when}, {join_names(missing)}. Hand over and end the account, or set the day they left; then erase."
        )


def what_is_open(work: Work, person_id: UUID) -> list[str]:
    """What somebody still holds in the plans, as the ends of a sentence. 3 SELECTs."""
    session = work.session
    placed = select(func.count()).select_from(Named).join(Action, Action.id == Named.action_id)
    places = session.execute(
        placed.where(Named.person_id == person_id, Action.position.is_not(None), Action.status.not_in(sorted(CLOSED)))
    ).scalar_one()
    led = session.execute(
        select(func.count())
        .select_from(Objective)
        .where(Objective.lead_id == person_id, Objective.position.is_not(None))
    ).scalar_one()
    owned = session.execute(select(func.count()).select_from(Plan).where(Plan.owner_id == person_id)).scalar_one()
    counts = ((places, "is on {} open action{}"), (led, "leads {} objective{}"), (owned, "owns {} plan{}"))
    return [words.format(count, "" if count == 1 else "s") for count, words in counts if count]


def _check_last_admin(work: Work, account: Account | None) -> None:
    if account is not None and account.role == Role.ADMIN and account.disabled_at is None:
        keep_an_admin(work, account, lock_admins(work.session))


def _clean_person(work: Work, person: Person) -> int:
    kept = [alias for alias in person.aliases if "@" not in alias]
    held = int(person.email is not None) + len(person.aliases) - len(kept)
    person.email, person.aliases = None, kept
    person.contact_erased_at = person.updated_at = work.now
    person.version += 1
    work.session.flush()
    return held


def _end_account(work: Work, account: Account) -> Erased:
    """Remove every credential, and replace the e-mail by a placeholder."""
    account.email = f"erased-{account.id}@erased.invalid"
    account.disabled_at = account.disabled_at or work.now
    account.password_hash = account.password_changed_at = account.password_by_link_at = account.oidc_subject = None
    account.totp_secret = account.totp_since = account.totp_step = account.factor_since = None
    account.updated_at = work.now
    account.version += 1
    work.session.flush()
    sessions = update(Session).where(Session.account_id == account.id)
    ended = {"device": "", "ended_at": func.coalesce(Session.ended_at, work.now)}
    links = update(AccountLink).where(AccountLink.account_id == account.id)
    by_mail = case((AccountLink.new_email.is_not(None), account.email))
    spent = {"new_email": by_mail, "used_at": func.coalesce(AccountLink.used_at, work.now)}
    return {
        "account": 1,
        "challenges": _count(work, delete(Challenge).where(Challenge.account_id == account.id)),
        "passkeys": _count(work, delete(Passkey).where(Passkey.account_id == account.id)),
        "recovery codes": _count(work, delete(RecoveryCode).where(RecoveryCode.account_id == account.id)),
        "links": _count(work, links.values(spent)),
        "sessions": _count(work, sessions.values(ended)),
    }


def _count(work: Work, statement: Any) -> int:
    return int(work.connection.execute(statement).rowcount)


def _clean_merges(work: Work, person_id: UUID) -> None:
    """What a merge moved may hold an address, to be given back when it is undone."""
    these = (PersonMerge.kept_id == person_id) | (PersonMerge.merged_id == person_id)
    moved = func.redacted(PersonMerge.moved, AN_ADDRESS, type_=JSONB())
    work.connection.execute(update(PersonMerge).where(these).values(moved=moved))


def list_left_before(work: Work, day: date) -> list[UUID]:
    """Who left before this day and can still be reached or sign in. 1 SELECT."""
    reachable = Person.email.is_not(None) | Person.id.in_(
        select(Account.person_id).where(Account.person_id.is_not(None))
    )
    query = (
        select(Person.id).where(Person.left_on < day, Person.contact_erased_at.is_(None), reachable).order_by(Person.id)
    )
    return list(work.session.scalars(query))
