"""History: journal entries of one action or of a plan, newest first, and what they speak of as it stands now."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Row,
    Uuid,
    bindparam,
    func,
    lateral,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.domain.errors import NotFound
from api.domain.history.undoing import Recorded
from api.domain.plan.plan_settings import MEMBER_OF
from api.models import Action, JournalEntry, Objective, Place, Plan, Update
from api.queries import AnySelect

LATEST = 2**63 - 1

_PLAN: BindParameter[Any] = bindparam("plan")
_ACTION: BindParameter[Any] = bindparam("action", type_=Uuid())
_ENTRY: BindParameter[Any] = bindparam("entry", type_=BigInteger())
_LIMIT: BindParameter[Any] = bindparam("limit")
_THESE: BindParameter[Any] = bindparam("ids", expanding=True)


class Record(NamedTuple):
    """A journal entry whole."""

    id: int
    plan_id: UUID | None
    revision: int
    at: datetime
    by: str
    verb: str
    object_type: str
    object_id: UUID
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def recorded(self) -> Recorded:
        """The entry as the rules of undoing see it."""
        return Recorded(self.object_type, self.verb, self.before or {}, self.after or {})


@dataclass(frozen=True, slots=True)
class Subjects:
    """What the records of a page speak of: rows by id, the number of each objective, and the plan."""

    actions: dict[UUID, Row[Any]]
    updates: dict[UUID, Row[Any]]
    objectives: dict[UUID, Row[Any]]
    plan: Row[Any]

    @property
    def words(self) -> dict[str, str]:
        """The plan's words for ratings."""
        return {entry["letter"]: entry["word"] for entry in self.plan.rating_key}


def _columns(revision: InstrumentedAttribute[int | None]) -> tuple[Any, ...]:
    return (
        JournalEntry.id,
        JournalEntry.plan_id,
        revision.label("revision"),
        JournalEntry.at,
        JournalEntry.actor_name,
        JournalEntry.verb,
        JournalEntry.object_type,
        JournalEntry.object_id,
        JournalEntry.before,
        JournalEntry.after,
    )


def _before(revision: InstrumentedAttribute[int | None], of: ColumnElement[bool]) -> AnySelect:
    place = tuple_(bindparam("revision", type_=BigInteger()), _ENTRY)
    return (
        select(*_columns(revision))
        .where(of, tuple_(revision, JournalEntry.id) < place)
        .order_by(revision.desc(), JournalEntry.id.desc())
        .limit(_LIMIT)
    )


def _of_action() -> AnySelect:
    """The newest entries of the action and of each of its updates, by the index on (object, entry); then the newest of all."""
    objects = union_all(select(_ACTION.label("id")), select(Update.id).where(Update.action_id == _ACTION)).subquery()
    each = lateral(
        select(*_columns(JournalEntry.revision))
        .where(JournalEntry.object_id == objects.c.id, JournalEntry.id < _ENTRY)
        .order_by(JournalEntry.id.desc())
        .limit(_LIMIT)
    )
    return select(*each.c).select_from(objects.join(each, true())).order_by(each.c.id.desc()).limit(_LIMIT)


OF_ACTION = _of_action()
OF_PLAN = _before(JournalEntry.revision, JournalEntry.plan_id == _PLAN)
OF_DIRECTORY = _before(JournalEntry.directory_revision, JournalEntry.directory_revision.is_not(None))
_ONE: AnySelect = select(*_columns(JournalEntry.revision)).where(JournalEntry.id == _ENTRY)
# As the journal holds them: [person, group, agency, name, qualifier], in printed order.
_PLACED = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_array(Place.person_id, Place.group_id, Place.agency_id, Place.name, Place.qualifier),
                Place.position,
            )
        )
    )
    .where(Place.action_id == Action.id)
    .correlate(Action)
    .scalar_subquery()
    .label("places")
)
_ACTIONS: AnySelect = (
    select(
        Action.id,
        Action.plan_id,
        Action.text,
        Action.by_whom,
        _PLACED,
        Action.status,
        Action.status_reason,
        Action.by_when,
        Action.kind,
        Action.first_on,
        Action.last_on,
        Action.notes,
        Action.latest_update_id,
        Action.position,
        Action.objective_id,
        Objective.position.label("objective"),
        Objective.lead_id,
    )
    .join(Objective, Objective.id == Action.objective_id)
    .where(Action.id.in_(_THESE))
)
_OBJECTIVES: AnySelect = select(
    Objective.id,
    Objective.position,
    Objective.text,
    Objective.short_title,
    Objective.lead_id,
    Objective.lead_printed,
).where(Objective.id.in_(_THESE))
_UPDATES: AnySelect = select(
    Update.id,
    Update.action_id,
    Update.author_name,
    Update.author_account_id,
    Update.posted_at,
    Update.acknowledgement,
    Update.question,
    Update.withdrawn_at,
).where(Update.id.in_(_THESE))


def list_action_history(session: Session, action_id: UUID, *, before: int, limit: int) -> list[Record]:
    """Entries of the action and its updates with a lower id than `before`, newest first. 1 SELECT: an index range an update."""
    return _read(session, OF_ACTION, action=action_id, entry=before, limit=limit)


def list_plan_journal(session: Session, plan_id: UUID, *, before: tuple[int, int], limit: int) -> list[Record]:
    """A plan's own entries before this (revision, id), newest first. 1 SELECT."""
    return _read(session, OF_PLAN, plan=plan_id, revision=before[0], entry=before[1], limit=limit)


def list_directory_journal(session: Session, *, before: tuple[int, int], limit: int) -> list[Record]:
    """Entries about people, agencies, groups, accounts and tokens before this (directory revision, id). 1 SELECT."""
    return _read(session, OF_DIRECTORY, revision=before[0], entry=before[1], limit=limit)


def get_entry(session: Session, entry_id: int) -> Record:
    """One entry of a plan. Raises NotFound. 1 SELECT."""
    found = _read(session, _ONE, entry=entry_id)
    if not found or found[0].plan_id is None:
        raise NotFound("There is no such entry.")
    return found[0]


def _read(session: Session, statement: AnySelect, **keys: Any) -> list[Record]:
    return [Record(*row) for row in session.connection().execute(statement, keys)]


def get_subjects(session: Session, plan_id: UUID, records: list[Record]) -> Subjects:
    """What these records of a plan speak of. 4 SELECTs at most."""
    ids: dict[str, set[UUID]] = {"action": set(), "update": set(), "objective": set()}
    for record in records:
        ids.setdefault(record.object_type, set()).add(record.object_id)
    updates = _by_id(session, _UPDATES, ids["update"])
    actions = _by_id(session, _ACTIONS, ids["action"] | {row.action_id for row in updates.values()})
    objectives = _by_id(session, _OBJECTIVES, ids["objective"])
    plan = session.execute(select(Plan.__table__).where(Plan.id == plan_id)).one()
    return Subjects(actions, updates, objectives, plan)


def _by_id(session: Session, statement: AnySelect, ids: set[UUID]) -> dict[UUID, Row[Any]]:
    return {row.id: row for row in session.execute(statement, {"ids": list(ids)})} if ids else {}


_AS_STORED = ("text", "by_whom", "status", "status_reason", "by_when", "kind", "notes", "position")


def standing(action: Row[Any], update: Row[Any] | None) -> dict[str, Any]:
    """How what an entry changed stands now, in the journal's JSON form: the update when it is about one, else the action."""
    if update is not None:
        withdrawn = update.withdrawn_at is not None
        return {"acknowledgement": update.acknowledgement, "question": update.question, "withdrawn": withdrawn}
    days = {
        name: value and value.isoformat()
        for name, value in (("first_on", action.first_on), ("last_on", action.last_on))
    }
    as_stored = {name: getattr(action, name) for name in _AS_STORED}
    as_stored["objective_id"] = str(action.objective_id)
    return {**as_stored, **days, "places": action.places or [], "reported": action.latest_update_id is not None}


def standing_of_plan(plan: Any) -> dict[str, Any]:
    """How a plan's settings and open questions stand now, in the journal's JSON form, by column."""
    return {name: _as_told(getattr(plan, name)) for name in (*MEMBER_OF, "notes")}


def _as_told(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID) else value


def standing_objective(objective: Row[Any]) -> dict[str, Any]:
    """The same for an objective."""
    lead = objective.lead_id and str(objective.lead_id)
    own = ("text", "short_title", "lead_printed", "position")
    return {**{name: getattr(objective, name) for name in own}, "lead_id": lead}
