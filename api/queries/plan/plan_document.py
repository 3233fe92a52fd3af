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
    Named,
    ObjectiveDoc,
    Owner,
    PersonDoc,
    PlanDocument,
)
from api.domain.plan.plan_rows import PlanRows
from api.queries import AnySelect
from api.queries.plan import plan_statements as sql
from api.queries.plan.action_shapes import shape_action, shape_glossary, shape_lead, shape_move, shape_notes


def get_plan_document(session: Session, plan_id: UUID, today: date) -> PlanDocument:
    """The whole plan as it stands, computed for `today` (London). Raises NotFound. 8 SELECTs.

    Read it in one REPEATABLE READ transaction: the revision is then true of all of it.
    """
    rows = load_rows(session, plan_id, sql.ACTIONS, {"plan": plan_id})
    rows.people = [PersonDoc(*row) for row in session.execute(sql.PEOPLE, {"plan": plan_id})]
    agencies = sorted(rows.agency_ids())
    rows.agencies = [AgencyDoc(*row) for row in session.execute(sql.AGENCIES, {"ids": agencies})]
    rows.groups = [GroupDoc(*row) for row in session.execute(sql.GROUPS, {"plan": plan_id})]
    return shape_plan(rows, today)


def load_rows(
    session: Session, plan_id: UUID, actions: AnySelect, keys: dict[str, Any], objectives: AnySelect = sql.OBJECTIVES
) -> PlanRows:
    """The rows of the plan itself; who they name is not in it yet. Raises NotFound. 5 SELECTs."""
    key = {"plan": plan_id}
    found = session.execute(sql.PLAN, key).one_or_none()
    if found is None:
        raise NotFound("There is no such plan.")
    places: dict[UUID, list[Named]] = defaultdict(list)
    for row in session.execute(sql.PLACES, key):
        places[row[0]].append(Named(*row[1:]))
    moves: dict[UUID, list[DateMove]] = defaultdict(list)
    for row in session.execute(sql.DATES, key):
        moves[row[0]].append(shape_move(row))
    return PlanRows(
        plan=found[0],
        revision=found[1],
        owner_name=found[2],
        objectives=session.execute(objectives, key).all(),
        actions=session.execute(actions, keys).all(),
        places=places,
        moves=moves,
    )


def shape_plan(rows: PlanRows, today: date) -> PlanDocument:
    """The document of these rows, computed for `today`: as they stand, or as they stood then."""
    plan = rows.plan
    objectives = _objectives(rows, today)
    actions = [action for objective in objectives for action in objective.actions]
    return PlanDocument(
        id=plan.id,
        slug=plan.slug,
        owner=Owner(plan.owner_printed, plan.owner_id, rows.owner_name),
        starts={"printed": plan.starts_printed, "from": plan.starts_from, "to": plan.starts_to},
        revision=rows.revision,
        as_of=today,
        created_at=plan.created_at,
        updated_at=plan.updated_at,
        version=plan.version,
        counts=count(actions),
        objectives=objectives,
        people=rows.people,
        agencies=rows.agencies,
        groups=rows.groups,
        notes=shape_notes(plan.notes),
        **{**{name: getattr(plan, name) for name in PLAN.as_is}, "glossary": shape_glossary(plan.glossary)},
    )


def _objectives(rows: PlanRows, today: date) -> list[ObjectiveDoc]:
    places, moves, every_days = rows.places, rows.moves, rows.plan.update_every_days
    words = {entry["letter"]: entry["word"] for entry in rows.plan.rating_key}
    actions: dict[UUID, list[ActionDoc]] = defaultdict(list)
    for row in rows.actions:
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
        for row in rows.objectives
    ]
