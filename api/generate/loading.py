"""From the country to the tables: COPY, as the web role, in the caller's transaction.

The journal's ids come from the table itself, so that nothing but INSERT is needed, and others who write meanwhile are
in nobody's way.
"""

from collections.abc import Callable, Iterable
from typing import Any

from psycopg import Cursor, sql
from psycopg.types.json import Jsonb
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from api.domain.errors import Conflict
from api.generate.chance import Chance
from api.generate.country import BEGAN, Country, Row
from api.generate.history import History
from api.generate.plan import NewPlan, make_plan
from api.http.messages.json_io import dumps_text
from api.models import (
    Action,
    Agency,
    Base,
    DateEntry,
    JournalEntry,
    Named,
    NamedGroup,
    Objective,
    Person,
    Plan,
    PlanRevision,
    Update,
)
from api.services.locks import SEED_LOCK

Progress = Callable[[int, int], None]
# An action points at its updates and they at it, so these come when both are there.
_POINTERS = ("latest_update_id", "rating_update_id")
_POINT = """
UPDATE action a SET latest_update_id = made.latest, rating_update_id = made.rating
FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[]) AS made(id, latest, rating) WHERE a.id = made.id
"""
_PATIENCE = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
_NEXT_OF_DIRECTORY = "UPDATE directory_revision SET value = value + 1 RETURNING value"


def generate(session: Session, country: Country, progress: Progress) -> None:
    """Write the country. Raises Conflict when some of it is there already, or a seed is being loaded. Touches no other plan."""
    if not session.execute(select(func.pg_try_advisory_xact_lock(SEED_LOCK))).scalar_one():
        raise Conflict("A seed or a country is being loaded. Wait until it is done, then try again.")
    there = session.scalars(select(Plan.slug).where(Plan.slug.in_(country.slugs)).limit(1)).first()
    if there is not None:
        raise Conflict(
            f"The plan {there} is there already, so the country of this seed is. Say --seed with another number."
        )
    session.execute(text(_PATIENCE))
    connection: Any = session.connection().connection.driver_connection
    with connection.cursor() as cursor:
        _copy_directory(cursor, country)
        for number in range(country.size.plans):
            _copy_plan(cursor, country, number)
            progress(number + 1, country.size.plans)
        _journal_directory(cursor, country)


def _copy_directory(cursor: Cursor[Any], country: Country) -> None:
    for table, kind in ((Agency, "agencies"), (NamedGroup, "groups"), (Person, "people")):
        _copy(cursor, table, [row for area in country.areas() for row in getattr(area, kind)])


def _copy_plan(cursor: Cursor[Any], country: Country, number: int) -> None:
    """One plan with all that happened to it."""
    area, chance = country.area(number), Chance(country.seed, "plan", number)
    people = country.known_in(area)
    new = make_plan(chance, area, people, country.size.actions)
    history = History(chance, area, new, people)
    history.tell(country.size.updates_of(number))
    _copy(cursor, Plan, [new.plan])
    _copy(cursor, PlanRevision, [{"plan_id": new.plan["id"], "value": history.revision}])
    _copy(cursor, Objective, new.objectives)
    _copy(cursor, Action, new.actions, without=_POINTERS)
    _copy(cursor, Named, new.places)
    _copy(cursor, DateEntry, history.dates)
    _copy(cursor, Update, history.updates)
    _point(cursor, new)
    _copy(cursor, JournalEntry, history.journal)


def _point(cursor: Cursor[Any], new: NewPlan) -> None:
    columns = [[action.get(name) for action in new.actions] for name in ("id", *_POINTERS)]
    cursor.execute(_POINT, columns)


def _journal_directory(cursor: Cursor[Any], country: Country) -> None:
    """All of the directory under one revision, last, so that its counter is locked for a moment only."""
    revision = cursor.execute(_NEXT_OF_DIRECTORY).fetchall()[0][0]
    shared = {
        "at": BEGAN,
        "directory_revision": revision,
        "request_id": "generate",
        "actor_name": "command line",
        "verb": "created",
    }
    made: list[Row] = []
    for area in country.areas():
        for kind, rows in (("agency", area.agencies), ("named_group", area.groups), ("person", area.people)):
            made += [{**shared, "object_type": kind, "object_id": row["id"], "after": _told(row)} for row in rows]
    _copy(cursor, JournalEntry, made)


def _told(row: Row) -> Row:
    return {name: value for name, value in row.items() if name in {"name", "short_name", "post", "agency_id"}}


def _copy(cursor: Cursor[Any], table: type[Base], rows: list[Row], without: Iterable[str] = ()) -> None:
    """COPY rows into a table. What is in no row gets the column's default; what is no column is the generator's own."""
    if not rows:
        return
    held = set().union(*rows)
    names = [
        name for name in (column.name for column in table.__table__.columns) if name in held and name not in without
    ]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.__tablename__), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([_value(row.get(name)) for name in names])


def _value(value: Any) -> Any:
    return Jsonb(value, dumps_text) if isinstance(value, dict | list) else value
