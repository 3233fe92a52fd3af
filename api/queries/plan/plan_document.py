"""The plan document, built from the tables in eight SELECTs, whatever the size of the plan."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api.domain.editable import OBJECTIVE, PLAN
from api.domain.errors import NotFound
from api.domain.plan.counts import count
from api.domain.plan.document import (
    ActionDoc,
    AgencyDoc,
    DateMove,
    GroupDoc,
    ObjectiveDoc,
    Owner,
    PersonDoc,
    Place,
    PlanDocument,
)
from api.domain.plan.records import PlanRecords
from api.queries import AnySelect
from api.queries.plan import plan_statements as sql
from api.queries.plan.action_shapes import shape_action, shape_glossary, shape_lead, shape_move, shape_notes


def get_plan_document(session: Session, plan_id: UUID, today: date) -> PlanDocument:
    """The whole plan as it stands, computed for `today` (London). Raises NotFound. 8 SELECTs.

    Read it in one REPEATABLE READ transaction: the revision is then true of all of it.
    """
    records = load_records(session, plan_id, sql.ACTIONS, {"plan": plan_id})
    records.people = [PersonDoc(*row) for row in session.execute(sql.PEOPLE, {"plan": plan_id})]
    agencies = sorted(records.agency_ids())
    records.agencies = [AgencyDoc(*row) for row in session.execute(sql.AGENCIES, {"ids": agencies})]
    records.groups = [GroupDoc(*row) for row in session.execute(sql.GROUPS, {"plan": plan_id})]
    return shape_plan(records, today)


def load_records(
    session: Session, plan_id: UUID, actions: AnySelect, keys: dict[str, Any], objectives: AnySelect = sql.OBJECTIVES
) -> PlanRecords:
    """The rows of the plan itself; who they name is not in it yet. Raises NotFound. 5 SELECTs."""
    key = {"plan": plan_id}
    found = session.execute(sql.PLAN, key).one_or_none()
    if found is None:
        raise NotFound("There is no such plan.")
    places: dict[UUID, list[Place]] = defaultdict(list)
    for row in session.execute(sql.PLACES, key):
        places[row[0]].append(Place(*row[1:]))
    moves: dict[UUID, list[DateMove]] = defaultdict(list)
    for row in session.execute(sql.DATES, key):
        moves[row[0]].append(shape_move(row))
    return PlanRecords(
        plan=found[0],
        revision=found[1],
        owner_name=found[2],
        objectives=session.execute(objectives, key).all(),
        actions=session.execute(actions, keys).all(),
        places=places,
        moves=moves,
    )


def shape_plan(records: PlanRecords, today: date) -> PlanDocument:
    """The document of these records, computed for `today`: as they stand, or as they stood then."""
    plan = records.plan
    objectives = _objectives(records, today)
    actions = [action for objective in objectives for action in objective.actions]
    return PlanDocument(
        id=plan.id,
        slug=plan.slug,
        owner=Owner(plan.owner_printed, plan.owner_id, records.owner_name),
        starts={"printed": plan.starts_printed, "from": plan.starts_from, "to": plan.starts_to},
        revision=records.revision,
        as_of=today,
        created_at=plan.created_at,
        updated_at=plan.updated_at,
        version=plan.version,
        counts=count(actions),
        objectives=objectives,
        people=records.people,
        agencies=records.agencies,
        groups=records.groups,
        notes=shape_notes(plan.notes),
        **{**{name: getattr(plan, name) for name in PLAN.as_is}, "glossary": shape_glossary(plan.glossary)},
    )


def _objectives(records: PlanRecords, today: date) -> list[ObjectiveDoc]:
    places, moves, every_days = records.places, records.moves, records.plan.update_every_days
    words = {entry["letter"]: entry["word"] for entry in records.plan.rating_key}
    actions: dict[UUID, list[ActionDoc]] = defaultdict(list)
    for row in records.actions:
        action_id = row.id
        actions[row.objective_id].append(
            shape_action(row, places.get(action_id, []), moves.get(action_id, []), words, today, every_days)
        )
    return [
        ObjectiveDoc(
            id=row.id,
            number=row.position,
            lead=shape_lead(row),
            actions=actions[row.id],
            **{name: getattr(row, name) for name in OBJECTIVE.as_is},
        )
        for row in records.objectives
    ]
