"""The objects that a page of the change feed is about, as they are now: one page's only, whatever the size of the plan."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, RowMapping, bindparam, select
from sqlalchemy.orm import Session

from api.domain.plan.document import ActionDoc, AgencyDoc, DateMove, GroupDoc, Named, PersonDoc
from api.models import Action, DateEntry, Objective, Person, Update
from api.queries import AnySelect
from api.queries.plan import plan_statements as sql
from api.queries.plan.action_shapes import shape_action, shape_glossary, shape_lead, shape_move, shape_notes

Ids = Collection[UUID]

_THESE: BindParameter[Any] = bindparam("ids", expanding=True)
_ACTIONS = sql.ACTIONS.where(Action.id.in_(_THESE))
_PLACES = sql.PLACES.where(Action.id.in_(_THESE))
_DATES = sql.DATES.where(DateEntry.action_id.in_(_THESE))
_OBJECTIVES = sql.OBJECTIVES.where(Objective.id.in_(_THESE))
# Who was joined to somebody is there no more.
_PEOPLE = sql.PEOPLE_OF.where(Person.merged_into_id.is_(None))
_UPDATES: AnySelect = select(Update.__table__).where(Update.id.in_(_THESE))


@dataclass(slots=True)
class Objects:
    """The objects that a page's entries are about; one that is missing here does not exist. Updates are rows, withdrawn ones too."""

    updates: dict[UUID, RowMapping] = field(default_factory=dict)
    others: dict[tuple[str, UUID], Any] = field(default_factory=dict)


def get_objects(session: Session, plan_id: UUID, entries: Iterable[tuple[str, UUID]], today: date) -> Objects:
    """The objects of these (type, id), and the actions of the updates among them, computed for `today`. 9 SELECTs at most."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for object_type, object_id in entries:
        wanted[object_type].add(object_id)
    found = Objects()
    if wanted["update"]:
        rows = session.execute(_UPDATES, {"ids": list(wanted["update"])}).mappings()
        found.updates = {row["id"]: row for row in rows}
    actions = wanted["action"] | {row["action_id"] for row in found.updates.values()}
    if actions or wanted["plan"]:
        plan = session.execute(sql.PLAN, {"plan": plan_id}).one()
        found.others["plan", plan_id] = _shape_plan(plan)
        found.others |= _actions(session, plan[0], actions, today)
    found.others |= _objectives(session, plan_id, wanted["objective"])
    for name, statement, shape in (
        ("person", _PEOPLE, PersonDoc),
        ("agency", sql.AGENCIES_OF, AgencyDoc),
        ("named_group", sql.GROUPS_OF, GroupDoc),
    ):
        if wanted[name]:
            each_row = session.execute(statement, {"ids": list(wanted[name])})
            found.others |= {(name, row[0]): shape(*row) for row in each_row}
    return found


def _actions(session: Session, plan: Any, ids: Ids, today: date) -> dict[tuple[str, UUID], ActionDoc]:
    if not ids:
        return {}
    keys = {"plan": plan.id, "ids": list(ids)}
    words = {entry["letter"]: entry["word"] for entry in plan.rating_key}
    places: dict[UUID, list[Named]] = defaultdict(list)
    for row in session.execute(_PLACES, keys):
        places[row[0]].append(Named(*row[1:]))
    moves: dict[UUID, list[DateMove]] = defaultdict(list)
    for row in session.execute(_DATES, keys):
        moves[row[0]].append(shape_move(row))
    return {
        ("action", row.id): shape_action(row, places[row.id], moves[row.id], words, today, plan.update_every_days)
        for row in session.execute(_ACTIONS, keys)
    }


def _objectives(session: Session, plan_id: UUID, ids: Ids) -> dict[tuple[str, UUID], dict[str, Any]]:
    if not ids:
        return {}
    return {
        ("objective", row.id): {
            "id": row.id,
            "number": row.position,
            "text": row.text,
            "short_title": row.short_title,
            "lead": shape_lead(row),
        }
        for row in session.execute(_OBJECTIVES, {"plan": plan_id, "ids": list(ids)})
    }


def _shape_plan(row: Any) -> dict[str, Any]:
    """The plan as its document has it, without what is made from other objects."""
    plan, revision, owner = row
    return {
        **{name: getattr(plan, name) for name in _AS_STORED},
        "owner": {"printed": plan.owner_printed, "person": plan.owner_id, "name": owner},
        "starts": {"printed": plan.starts_printed, "from": plan.starts_from, "to": plan.starts_to},
        "revision": revision,
        "notes": shape_notes(plan.notes),
        "glossary": shape_glossary(plan.glossary),
    }


_AS_STORED = (
    "id", "slug", "title", "partnership", "name", "heading", "priority", "service_team", "ends_on", "review_dates",
    "next_review_on", "summary", "update_every_days", "rating_key", "created_at", "updated_at", "version",
)  # fmt: skip
