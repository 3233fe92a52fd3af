"""The common part of editing people, agencies and groups: no change is overwritten, and every change is journalled."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from api.domain.editable import FIELDS_OF
from api.domain.errors import Duplicate, FieldError, ValidationFailed
from api.models import Agency
from api.queries.journal import list_directory_changes_of
from api.services.clashes import column_of, refuse_clashes, seen_at
from api.services.journal import Change, write_directory_changes
from api.services.work import Seen, Work


def check_seen(work: Work, row: Any, seen: Seen | None, writes: frozenset[str]) -> None:
    """Raise StaleVersion when somebody changed one of these fields since the caller read this (API 3.2). 1 SELECT."""
    if seen is None:
        return
    fields = FIELDS_OF[row.__tablename__]
    entries = list_directory_changes_of(work.session, row.id, seen_at(seen.directory))
    refuse_clashes(fields, fields.find_clashes(entries, writes, partial(column_of, row)))


def create(work: Work, row: Any) -> None:
    """Add a person, an agency or a group that was made by hand."""
    row.created_at = row.updated_at = work.now
    work.session.add(row)
    work.session.flush()
    # What nobody gave is not in it: the seed may fill that in later.
    values = {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key not in _OWN}
    given = FIELDS_OF[row.__tablename__].as_json(
        {name: value for name, value in values.items() if value not in (None, [])}
    )
    write_directory_changes(work, [Change(row.__tablename__, row.id, "created", None, given)])


_OWN = frozenset({"id", "external_id", "created_at", "updated_at", "version"})


def apply(work: Work, row: Any, values: Mapping[str, Any], verb: str = "changed") -> Change | None:
    """Write these values, by column, into a row; returns the change to journal, None when nothing changed.

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
    as_json = FIELDS_OF[row.__tablename__].as_json
    return Change(row.__tablename__, row.id, verb, as_json(before), as_json({"name": row.name, **new}))


def save(work: Work, row: Any, values: Mapping[str, Any]) -> None:
    """Apply, and journal it."""
    change = apply(work, row, values)
    if change is not None:
        write_directory_changes(work, [change])


def get_agency(work: Work, agency_id: UUID, pointer: str) -> Agency:
    """The agency that a body names. Raises ValidationFailed when it is unknown or has ended."""
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
