"""What editing people, agencies and groups has in common: nobody's change is overwritten, and every change is journalled."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from api.domain.errors import Duplicate, FieldError, StaleVersion, ValidationFailed
from api.domain.plan.merging import Clash
from api.models import Agency, JournalEntry
from api.services.journal import Change, record_of_directory
from api.services.work import NOT_OF_THIS, Seen, Work

# The columns by the members of the contract, where they differ.
COLUMNS = {"agency": "agency_id", "parent": "parent_id"}
# What the journal says of an e-mail address: that there is one. The journal cannot forget; an address must be forgotten.
GIVEN = "given"
_SAID = {
    "email": "e-mail",
    "left_on": "last day",
    "short_name": "short name",
    "ended_on": "last day",
    "aliases": "other names",
}


def check_seen(work: Work, row: Any, seen: Seen | None, writes: frozenset[str]) -> None:
    """Raise StaleVersion when somebody changed one of these columns since the caller read this (API 3.2). 1 SELECT."""
    if seen is None:
        return
    if seen.directory is None:
        raise StaleVersion(NOT_OF_THIS)
    clashes = _find_clashes(work, row, seen.directory, writes)
    if clashes:
        last = clashes[-1]
        what = _SAID.get(last.field, last.field)
        stale = StaleVersion(
            f"{last.by} changed the {what} since you opened this. Look at it as it stands, then try again."
        )
        stale.extra = {"clashes": clashes}
        raise stale


def _find_clashes(work: Work, row: Any, since: int, writes: frozenset[str]) -> list[Clash]:
    entries = work.session.execute(
        select(JournalEntry.actor_name, JournalEntry.at, JournalEntry.before, JournalEntry.after)
        .where(JournalEntry.object_id == row.id, JournalEntry.directory_revision > since)
        .order_by(JournalEntry.id)
    )
    found: dict[str, Clash] = {}
    names = {column: member for member, column in COLUMNS.items()}
    for by, at, before, after in entries:
        changed = {
            each for each, value in (after or {}).items() if each == "email" or (before or {}).get(each) != value
        }
        for column in changed & writes:
            found[column] = Clash(names.get(column, column), by, at, getattr(row, column))
    return [found[column] for column in sorted(found)]


def as_columns(members: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a body as columns."""
    return {COLUMNS.get(name, name): value for name, value in members.items()}


def create(work: Work, row: Any) -> None:
    """Add a person, an agency or a group that was made by hand."""
    row.created_at = row.updated_at = work.now
    work.session.add(row)
    work.session.flush()
    # What nobody gave is not in it: the seed may fill that in later.
    values = {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key not in _OWN}
    given = _journalled({name: value for name, value in values.items() if value not in (None, [])})
    record_of_directory(work, [Change(row.__tablename__, row.id, "created", None, given)])


_OWN = frozenset({"id", "external_id", "created_at", "updated_at", "version"})


def apply(work: Work, row: Any, values: Mapping[str, Any], verb: str = "changed") -> Change | None:
    """Give a row these values, by column; the change to journal, or None when nothing changed.

    The entry holds the name too, so that its sentence can say whose post or agency it was.
    """
    new = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not new:
        return None
    before = {"name": row.name, **{name: getattr(row, name) for name in new}}
    for name, value in new.items():
        setattr(row, name, value)
    row.version += 1
    row.updated_at = work.now
    work.session.flush()
    return Change(row.__tablename__, row.id, verb, _journalled(before), _journalled({"name": row.name, **new}))


def save(work: Work, row: Any, values: Mapping[str, Any]) -> None:
    """Apply, and journal it."""
    change = apply(work, row, values)
    if change is not None:
        record_of_directory(work, [change])


def _journalled(values: dict[str, Any]) -> dict[str, Any]:
    """As JSON, without the words of an e-mail address."""
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    if told.get("email") is not None:
        told["email"] = GIVEN
    return told


def get_agency(work: Work, agency_id: UUID, pointer: str) -> Agency:
    """The agency that a body names. Raises ValidationFailed, for one that has ended too."""
    found = work.session.get(Agency, agency_id)
    if found is None:
        detail = "There is no such agency; GET /agencies lists them."
    elif found.ended_on is not None:
        detail = f"{found.name} has ended; name the agency that there is now."
    else:
        return found
    raise ValidationFailed(detail, [FieldError(pointer, "invalid", detail)])


def refuse_duplicate(found: Any, what: str) -> None:
    """Raise Duplicate when there is one of this name."""
    if found is not None:
        raise Duplicate(f"There is {what} called {found.name} already.")
