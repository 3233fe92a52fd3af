"""History: journal entries of one action or of a plan, newest first, and what they speak of as it stands now."""

from dataclasses import dataclass
from typing import Any
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

from api.domain.editable import ACTION, OBJECTIVE, PLAN
from api.domain.errors import NotFound
from api.domain.fields import Fields
from api.domain.journal import Entry
from api.models import Action, JournalEntry, Named, Objective, Plan, Update
from api.queries import AnySelect
from api.queries.journal import as_entry, entry_columns

LATEST = 2**63 - 1

_PLAN: BindParameter[Any] = bindparam("plan")
_ACTION: BindParameter[Any] = bindparam("action", type_=Uuid())
_ENTRY: BindParameter[Any] = bindparam("entry", type_=BigInteger())
_LIMIT: BindParameter[Any] = bindparam("limit")
_THESE: BindParameter[Any] = bindparam("ids", expanding=True)


@dataclass(frozen=True, slots=True)
class Subjects:
    """The objects that a page's entries are about: rows by id, the number of each objective, and the plan."""

    actions: dict[UUID, Row[Any]]
    updates: dict[UUID, Row[Any]]
    objectives: dict[UUID, Row[Any]]
    plan: Row[Any]

    @property
    def words(self) -> dict[str, str]:
        """The plan's words for ratings."""
        return {entry["letter"]: entry["word"] for entry in self.plan.rating_key}


def _before(revision: InstrumentedAttribute[int | None], of: ColumnElement[bool]) -> AnySelect:
    place = tuple_(bindparam("revision", type_=BigInteger()), _ENTRY)
    return (
        select(*entry_columns(revision))
        .where(of, tuple_(revision, JournalEntry.id) < place)
        .order_by(revision.desc(), JournalEntry.id.desc())
        .limit(_LIMIT)
    )


def _of_action() -> AnySelect:
    """The newest entries of the action and of each of its updates, by the index on (object, entry); then the newest of all."""
    objects = union_all(select(_ACTION.label("id")), select(Update.id).where(Update.action_id == _ACTION)).subquery()
    each = lateral(
        select(*entry_columns(JournalEntry.revision))
        .where(JournalEntry.object_id == objects.c.id, JournalEntry.id < _ENTRY)
        .order_by(JournalEntry.id.desc())
        .limit(_LIMIT)
    )
    return select(*each.c).select_from(objects.join(each, true())).order_by(each.c.id.desc()).limit(_LIMIT)


OF_ACTION = _of_action()
OF_PLAN = _before(JournalEntry.revision, JournalEntry.plan_id == _PLAN)
OF_DIRECTORY = _before(JournalEntry.directory_revision, JournalEntry.directory_revision.is_not(None))
_ONE: AnySelect = select(*entry_columns(JournalEntry.revision)).where(JournalEntry.id == _ENTRY)
# As the journal holds them: [person, group, agency, name, qualifier], in printed order.
_PLACED = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_array(Named.person_id, Named.group_id, Named.agency_id, Named.name, Named.qualifier),
                Named.position,
            )
        )
    )
    .where(Named.action_id == Action.id)
    .correlate(Action)
    .scalar_subquery()
    .label("places")
)
_ACTIONS: AnySelect = (
    select(
        Action.id,
        Action.plan_id,
        *(getattr(Action, name) for name in ACTION.columns),
        _PLACED,
        Action.notes,
        Action.latest_update_id,
        Objective.position.label("objective"),
        Objective.lead_id,
    )
    .join(Objective, Objective.id == Action.objective_id)
    .where(Action.id.in_(_THESE))
)
_OBJECTIVES: AnySelect = select(Objective.id, *(getattr(Objective, name) for name in OBJECTIVE.columns)).where(
    Objective.id.in_(_THESE)
)
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


def list_action_history(session: Session, action_id: UUID, *, before: int, limit: int) -> list[Entry]:
    """Entries of the action and its updates with a lower id than `before`, newest first. 1 SELECT: an index range an update."""
    return _read(session, OF_ACTION, action=action_id, entry=before, limit=limit)


def list_plan_journal(session: Session, plan_id: UUID, *, before: tuple[int, int], limit: int) -> list[Entry]:
    """A plan's own entries before this (revision, id), newest first. 1 SELECT."""
    return _read(session, OF_PLAN, plan=plan_id, revision=before[0], entry=before[1], limit=limit)


def list_directory_journal(session: Session, *, before: tuple[int, int], limit: int) -> list[Entry]:
    """Entries about people, agencies, groups, accounts and tokens before this (directory revision, id). 1 SELECT."""
    return _read(session, OF_DIRECTORY, revision=before[0], entry=before[1], limit=limit)


def get_entry(session: Session, entry_id: int) -> Entry:
    """One entry of a plan. Raises NotFound. 1 SELECT."""
    found = _read(session, _ONE, entry=entry_id)
    if not found or found[0].plan_id is None:
        raise NotFound("There is no such entry.")
    return found[0]


def _read(session: Session, statement: AnySelect, **keys: Any) -> list[Entry]:
    return [as_entry(row) for row in session.connection().execute(statement, keys)]


def get_subjects(session: Session, plan_id: UUID, entries: list[Entry]) -> Subjects:
    """The objects that these entries of a plan are about. 4 SELECTs at most."""
    ids: dict[str, set[UUID]] = {"action": set(), "update": set(), "objective": set()}
    for entry in entries:
        ids.setdefault(entry.object_type, set()).add(entry.object_id)
    updates = _by_id(session, _UPDATES, ids["update"])
    actions = _by_id(session, _ACTIONS, ids["action"] | {row.action_id for row in updates.values()})
    objectives = _by_id(session, _OBJECTIVES, ids["objective"])
    plan = session.execute(select(Plan.__table__).where(Plan.id == plan_id)).one()
    return Subjects(actions, updates, objectives, plan)


def _by_id(session: Session, statement: AnySelect, ids: set[UUID]) -> dict[UUID, Row[Any]]:
    return {row.id: row for row in session.execute(statement, {"ids": list(ids)})} if ids else {}


def stands(entry: Entry, subjects: Subjects) -> dict[str, Any]:
    """The present values of what an entry about a plan or a part of it changed, by column in the journal's JSON form."""
    update = subjects.updates.get(entry.object_id)
    if update is not None:
        withdrawn = update.withdrawn_at is not None
        return {"acknowledgement": update.acknowledgement, "question": update.question, "withdrawn": withdrawn}
    action = subjects.actions.get(entry.object_id)
    if action is not None:
        more = {"places": action.places or [], "reported": action.latest_update_id is not None}
        return {**stands_of(ACTION, action), "notes": action.notes, **more}
    objective = subjects.objectives.get(entry.object_id)
    if objective is not None:
        return stands_of(OBJECTIVE, objective)
    return stands_of_plan(subjects.plan)


def stands_of_plan(plan: Any) -> dict[str, Any]:
    """The same of a plan alone."""
    return {**stands_of(PLAN, plan), "notes": plan.notes}


def stands_of(fields: Fields, row: Any) -> dict[str, Any]:
    """A row's present values, by column in the journal's JSON form."""
    return fields.as_json({name: getattr(row, name) for name in fields.columns})
