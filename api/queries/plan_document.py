"""The plan document, built from the tables in eight SELECTs, whatever the size of the plan."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from api.domain.by_when import DATED, UNDATED_OWED
from api.domain.document import (
    ActionDoc,
    AgencyDoc,
    Counts,
    DateMove,
    GroupDoc,
    ObjectiveDoc,
    Owner,
    PersonDoc,
    Place,
    PlanDocument,
)
from api.domain.errors import NotFound
from api.domain.rating import Letter
from api.domain.status import Status
from api.models import Plan
from api.queries import plan_statements as sql
from api.queries.action_shapes import shape_action, shape_lead, shape_move, shape_notes


def get_plan_document(session: Session, plan_id: UUID, today: date) -> PlanDocument:
    """The whole plan as it stands, computed for `today` (London). Raises NotFound. 8 SELECTs.

    Read it in one REPEATABLE READ transaction: the revision is then true of all of it.
    """
    found = session.execute(sql.PLAN, {"plan": plan_id}).one_or_none()
    if found is None:
        raise NotFound("There is no such plan.")
    plan: Plan = found[0]
    words = {entry["letter"]: entry["word"] for entry in plan.rating_key}
    objectives = _objectives(session, plan, words, today)
    actions = [action for objective in objectives for action in objective.actions]
    people = [PersonDoc(*row) for row in session.execute(sql.PEOPLE, {"plan": plan_id})]
    held = [place.agency for action in actions for place in action.by_whom.places]
    agencies = {agency for agency in [*held, *(person.agency for person in people)] if agency is not None}
    return PlanDocument(
        id=plan.id,
        slug=plan.slug,
        title=plan.title,
        partnership=plan.partnership,
        name=plan.name,
        heading=plan.heading,
        owner=Owner(plan.owner_printed, plan.owner_id, found[2]),
        priority=plan.priority,
        service_team=plan.service_team,
        starts={"printed": plan.starts_printed, "from": plan.starts_from, "to": plan.starts_to},
        ends_on=plan.ends_on,
        review_dates=plan.review_dates,
        next_review_on=plan.next_review_on,
        summary=plan.summary,
        update_every_days=plan.update_every_days,
        rating_key=plan.rating_key,
        revision=found[1],
        as_of=today,
        created_at=plan.created_at,
        updated_at=plan.updated_at,
        version=plan.version,
        counts=count(actions),
        objectives=objectives,
        people=people,
        agencies=[AgencyDoc(*row) for row in session.execute(sql.AGENCIES, {"ids": sorted(agencies)})],
        groups=[GroupDoc(*row) for row in session.execute(sql.GROUPS, {"plan": plan_id})],
        notes=shape_notes(plan.notes),
    )


def count(actions: list[ActionDoc]) -> Counts:
    """The numbers of the overview, each a count of these actions."""
    rating = dict.fromkeys([*Letter, "none"], 0)
    status = dict.fromkeys(Status, 0)
    for action in actions:
        rating[action.rating.value or "none"] += 1
        status[Status(action.status)] += 1
    return Counts(
        actions=len(actions),
        rating={str(letter): number for letter, number in rating.items()},
        status={str(name): number for name, number in status.items()},
        dated=sum(action.by_when["kind"] in DATED for action in actions),
        past_date=sum(action.past_date for action in actions),
        needs_update=sum(action.needs_update for action in actions),
        nobody_named=sum(not action.by_whom.places for action in actions),
        no_date=sum(action.by_when["kind"] in UNDATED_OWED for action in actions),
        delivered_or_complete=status[Status.DELIVERED] + status[Status.COMPLETE],
    )


def _objectives(session: Session, plan: Plan, words: dict[str, str], today: date) -> list[ObjectiveDoc]:
    key = {"plan": plan.id}
    places: dict[UUID, list[Place]] = defaultdict(list)
    for row in session.execute(sql.PLACES, key):
        places[row[0]].append(Place(*row[1:]))
    moves: dict[UUID, list[DateMove]] = defaultdict(list)
    for row in session.execute(sql.DATES, key):
        moves[row[0]].append(shape_move(row))
    actions: dict[UUID, list[ActionDoc]] = defaultdict(list)
    for row in session.execute(sql.ACTIONS, key):
        action_id = row.id
        actions[row.objective_id].append(
            shape_action(row, places.get(action_id, []), moves.get(action_id, []), words, today, plan.update_every_days)
        )
    return [
        ObjectiveDoc(row.id, row.position, row.text, row.short_title, shape_lead(row), actions[row.id])
        for row in session.execute(sql.OBJECTIVES, key)
    ]
