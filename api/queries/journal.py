"""Whole journal entries of one object: what changed since a revision."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.domain.journal import Entry
from api.models import JournalEntry
from api.queries import AnySelect


def entry_columns(revision: InstrumentedAttribute[int | None]) -> tuple[Any, ...]:
    """The columns of an entry, in the order that `as_entry` reads; the revision is the plan's or the directory's."""
    return (
        JournalEntry.id,
        revision.label("revision"),
        JournalEntry.at,
        JournalEntry.actor_name,
        JournalEntry.object_type,
        JournalEntry.object_id,
        JournalEntry.verb,
        JournalEntry.plan_id,
        JournalEntry.before,
        JournalEntry.after,
    )


def as_entry(row: Any) -> Entry:
    """An entry from a row of `entry_columns`."""
    return Entry(*row[:-2], *(values or {} for values in row[-2:]))


def _of_object(revision: InstrumentedAttribute[int | None]) -> AnySelect:
    since = bindparam("since", type_=BigInteger())
    return (
        select(*entry_columns(revision))
        .where(JournalEntry.object_id == bindparam("object"), revision > since)
        .order_by(JournalEntry.id)
    )


_OF_PLAN, _OF_DIRECTORY = _of_object(JournalEntry.revision), _of_object(JournalEntry.directory_revision)


def list_changes_of(session: Session, object_id: UUID, after_revision: int) -> list[Entry]:
    """What was changed of a plan, an objective, an action or an update since this revision of its plan, oldest first. 1 SELECT."""
    return _read(session, _OF_PLAN, object_id, after_revision)


def list_directory_changes_of(session: Session, object_id: UUID, after_revision: int) -> list[Entry]:
    """The same of a person, an agency or a group since this revision of the directory. 1 SELECT."""
    return _read(session, _OF_DIRECTORY, object_id, after_revision)


def _read(session: Session, statement: AnySelect, object_id: UUID, since: int) -> list[Entry]:
    return [as_entry(row) for row in session.connection().execute(statement, {"object": object_id, "since": since})]
