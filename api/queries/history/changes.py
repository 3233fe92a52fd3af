"""The change feed of a plan: journal entries after a position, in the order in which they were committed (ADR 2)."""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, BindParameter, ColumnElement, Row, bindparam, literal_column, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.domain.history.changes import DIRECTORY
from api.domain.journal import Line
from api.models import DirectoryRevision, JournalEntry, PlanRevision
from api.queries import AnySelect

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEY: BindParameter[Any] = bindparam("plan")


class Position(NamedTuple):
    """A place in a journal: after this entry of this revision, which was written at `at` (microseconds since 1970).

    After a restore from a backup an id can be given again; the time tells the two entries apart.
    """

    revision: int = 0
    entry: int = 0
    at: int = 0


class Positions(NamedTuple):
    """A place in the feed: in the plan's own journal, and in that of people, agencies and groups."""

    plan: Position = Position()
    directory: Position = Position()


def position_after(line: Line) -> Position:
    """The place just after a line."""
    return Position(line.revision, line.id, _microseconds(line.at))


class Page(NamedTuple):
    """Entries to deliver, where the next page begins, and the revisions as of which this was read.

    `first` is the oldest entry after the page's beginning, delivered or not; `known` is False when the entry at the cursor is gone.
    """

    entries: list[Line]
    then: Positions
    has_more: bool
    first: Line | None
    known: bool
    revision: int
    directory_revision: int


def _after(revision: InstrumentedAttribute[int | None], *of: ColumnElement[bool]) -> AnySelect:
    place = tuple_(bindparam("revision", type_=BigInteger()), bindparam("entry", type_=BigInteger()))
    columns = (JournalEntry.at, JournalEntry.actor_name, JournalEntry.object_type, JournalEntry.object_id)
    return (
        select(JournalEntry.id, revision, *columns, JournalEntry.verb)
        .where(*of, tuple_(revision, JournalEntry.id) > place)
        .order_by(revision, JournalEntry.id)
        .limit(bindparam("limit"))
    )


OF_PLAN = _after(JournalEntry.revision, JournalEntry.plan_id == _KEY)
OF_DIRECTORY = _after(JournalEntry.directory_revision, JournalEntry.directory_revision.is_not(None))
_STAMP: AnySelect = (
    select(PlanRevision.value, DirectoryRevision.value)
    .join(DirectoryRevision, DirectoryRevision.id == literal_column("1"))
    .where(PlanRevision.plan_id == _KEY)
)
_PASSED: AnySelect = select(
    JournalEntry.id, JournalEntry.plan_id, JournalEntry.revision, JournalEntry.directory_revision, JournalEntry.at
).where(JournalEntry.id.in_(bindparam("ids", expanding=True)))


def get_changes(session: Session, plan_id: UUID, after: Positions, limit: int) -> Page:
    """The next `limit` entries: the plan's, then the directory's. Read it in a snapshot. 4 SELECTs, however long the history.

    Of the directory, entries about accounts and tokens are passed over, so a page can be shorter than there is more.
    """
    connection = session.connection()
    known = _is_known(session, plan_id, after)
    revision, directory_revision = connection.execute(_STAMP, {"plan": plan_id}).one()
    own = _read(session, OF_PLAN, after.plan, limit + 1, plan=plan_id)
    shared = _read(session, OF_DIRECTORY, after.directory, limit + 1 - len(own)) if len(own) <= limit else []
    rows = own + shared
    taken_own, taken_shared = own[:limit], shared[: limit - len(own[:limit])]
    then = Positions(
        position_after(taken_own[-1]) if taken_own else after.plan,
        position_after(taken_shared[-1]) if taken_shared else after.directory,
    )
    told = taken_own + [entry for entry in taken_shared if entry.object_type in DIRECTORY]
    first = min((found[0] for found in (own, shared) if found), key=lambda entry: entry.at, default=None)
    return Page(told, then, len(rows) > limit, first, known, revision, directory_revision)


def _read(session: Session, statement: AnySelect, after: Position, limit: int, **keys: Any) -> list[Line]:
    keys |= {"revision": after.revision, "entry": after.entry, "limit": limit}
    return [Line(*row) for row in session.connection().execute(statement, keys)]


def _is_known(session: Session, plan_id: UUID, after: Positions) -> bool:
    """Whether the entries that the cursor points to are still the same. 1 SELECT, none at the beginning."""
    reached = {place.entry: place for place in after if place.entry}
    if not reached:
        return True
    found = session.connection().execute(_PASSED, {"ids": list(reached)}).all()
    places = {row.id: _place(row, plan_id) for row in found}
    return all(places.get(entry) == place for entry, place in reached.items())


def _place(row: Row[Any], plan_id: UUID) -> Position | None:
    if row.plan_id not in {plan_id, None}:
        return None
    return Position(row.revision or row.directory_revision, row.id, _microseconds(row.at))


def _microseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)
