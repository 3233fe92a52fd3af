"""The directory: people, by keyset on (name, id), each with what this reader may read of them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, null, or_, select, tuple_
from sqlalchemy.orm import Session

from api.domain.errors import NotFound
from api.domain.people.directory import Emails
from api.models import Account, Agency, DirectoryRevision, JournalEntry, Person
from api.queries.folding import has_words, is_called

Found = tuple[Person, Agency | None, str | None]
"""A person, their agency, and their e-mail address where this reader may have it."""


def email_for(emails: Emails, reader: UUID | None) -> ColumnElement[Any]:
    """The address as a column: null where this reader (a person's id) may not have it, so that it never leaves the database."""
    if emails is Emails.ALL:
        return Person.email.expression
    if emails is Emails.NONE or reader is None:
        return null()
    mine = select(Person.agency_id).where(Person.id == reader).scalar_subquery()
    return case((Person.agency_id == mine, Person.email), else_=null())


def named_like(names: ColumnElement[str], aliases: Any, words: str) -> ColumnElement[bool]:
    """Whether a name or one of the other names has all these words. Never an e-mail address: that would tell of it."""
    alias = func.unnest(aliases).column_valued("alias")
    return or_(has_words(names, words), select(alias).where(has_words(alias, words)).exists())


def list_people(
    session: Session,
    *,
    after: tuple[str, UUID] | None,
    limit: int,
    emails: Emails = Emails.NONE,
    reader: UUID | None = None,
    q: str | None = None,
    agency: Collection[str] | None = None,
    left: bool | None = None,
) -> list[Found]:
    """In order of name, after the keyset given; without people who were merged into another. 1 SELECT.

    `agency` holds ids, or "none" for who has no agency stated; `left` is whether a day of leaving is known.
    """
    query = _people(emails, reader).where(Person.merged_into_id.is_(None))
    if after is not None:
        query = query.where(tuple_(Person.name, Person.id) > after)
    if q is not None:
        query = query.where(named_like(Person.name.expression, Person.aliases, q))
    if agency is not None:
        ids = [UUID(each) for each in agency if each != "none"]
        unstated = [Person.agency_id.is_(None)] if "none" in agency else []
        query = query.where(or_(Person.agency_id.in_(ids), *unstated))
    if left is not None:
        query = query.where(Person.left_on.is_not(None) if left else Person.left_on.is_(None))
    return [_found(row) for row in session.execute(query.order_by(Person.name, Person.id).limit(limit))]


def _people(emails: Emails, reader: UUID | None) -> Select[Person, Agency, Any]:
    return select(Person, Agency, email_for(emails, reader)).outerjoin(Agency, Agency.id == Person.agency_id)


def _found(row: Any) -> Found:
    return row[0], row[1], row[2]


def show_person(session: Session, person_id: UUID, emails: Emails, reader: UUID | None) -> Found:
    """One person. Raises NotFound, which names the person that somebody was merged into. 2 SELECTs at most."""
    row = session.execute(_people(emails, reader).where(Person.id == person_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such person.")
    if row[0].merged_into_id is not None:
        kept = session.get_one(Person, row[0].merged_into_id)
        raise NotFound(f"{row[0].name} is now listed as {kept.name}.")
    return _found(row)


def has_account(session: Session, person_id: UUID) -> bool:
    """Whether an account stands for this person and is not disabled. 1 SELECT."""
    account = select(Account.id).where(Account.person_id == person_id, Account.disabled_at.is_(None))
    return bool(session.scalar(select(account.exists())))


def list_edited(session: Session, ids: Collection[UUID]) -> set[tuple[UUID, str]]:
    """(id, column) of what somebody changed by hand of these people, agencies or groups. 1 SELECT."""
    column = func.jsonb_object_keys(JournalEntry.before)
    by_hand = JournalEntry.object_id.in_(ids), JournalEntry.verb.not_in(("created", "seeded"))
    rows = session.execute(select(JournalEntry.object_id, column).where(*by_hand))
    return {(object_id, name) for object_id, name in rows}


def get_directory_revision(session: Session) -> int:
    """The directory's revision as this transaction sees it. 1 SELECT."""
    return session.execute(select(DirectoryRevision.value)).scalar_one()


def get_person(session: Session, person_id: UUID) -> tuple[Person, Agency | None]:
    """A person with their agency. Raises NotFound. 1 SELECT."""
    row = session.execute(
        select(Person, Agency).outerjoin(Agency, Agency.id == Person.agency_id).where(Person.id == person_id)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such person.")
    return row[0], row[1]


def find_person_by_name(session: Session, name: str) -> Person | None:
    """The one person printed with this name, however it is typed; None when nobody or several are. 1 SELECT."""
    named = is_called(Person.name, name) & Person.merged_into_id.is_(None)
    found = list(session.scalars(select(Person).where(named).limit(2)))
    return found[0] if len(found) == 1 else None


def count_added(session: Session, account_id: UUID, since: datetime) -> int:
    """How many people and groups an account has added to the directory since. 1 SELECT, over the directory's entries."""
    added = (JournalEntry.verb == "created", JournalEntry.object_type.in_(("person", "named_group")))
    theirs = (JournalEntry.account_id == account_id, JournalEntry.at > since)
    query = select(func.count()).where(JournalEntry.directory_revision.is_not(None), *added, *theirs)
    return session.execute(query).scalar_one()


def find_joined(session: Session, ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Those of these people who were merged, with the person that they are now. 1 SELECT for each step of the longest chain, and one."""
    return follow(session, ids, Person.id, Person.merged_into_id)


def follow(session: Session, ids: Iterable[UUID], own: Any, into: Any) -> dict[UUID, UUID]:
    """Those of these rows that refer to another by the column `into`, with the end of the chain. 1 SELECT for each step, and one."""
    asked, steps = set(ids), dict[UUID, UUID]()
    wanted = asked
    while wanted:
        rows = session.execute(select(own, into).where(own.in_(wanted), into.is_not(None)))
        found = {row[0]: row[1] for row in rows}
        steps |= found
        wanted = set(found.values()) - steps.keys()
    return {each: _end_of(steps, each) for each in asked & steps.keys()}


def _end_of(steps: dict[UUID, UUID], row: UUID) -> UUID:
    while row in steps:
        row = steps[row]
    return row
