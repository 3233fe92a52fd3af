"""The plan document, built from the tables in eight SELECTs, whatever the size of the plan."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from api.domain import status as statuses
from api.domain.by_when import DATED, UNDATED_OWED
from api.domain.days import london_day
from api.domain.document import (
    ActionDoc,
    AgencyDoc,
    Author,
    ByWhenNow,
    ByWhom,
    Counts,
    DateMove,
    GroupDoc,
    LatestUpdate,
    LeadOfficer,
    Note,
    ObjectiveDoc,
    Owner,
    PersonDoc,
    Place,
    PlanDocument,
    RatingNow,
)
from api.domain.errors import NotFound
from api.domain.rating import Acknowledgement, Declared, Letter, effective, is_past_date
from api.domain.status import Status
from api.models import Plan
from api.queries import plan_statements as sql


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
    agencies = sorted({person.agency for person in people if person.agency is not None})
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
        agencies=[AgencyDoc(*row) for row in session.execute(sql.AGENCIES, {"ids": agencies})],
        groups=[GroupDoc(*row) for row in session.execute(sql.GROUPS, {"plan": plan_id})],
        notes=_notes(plan.notes),
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
        moves[row[0]].append(_move(row))
    actions: dict[UUID, list[ActionDoc]] = defaultdict(list)
    for row in session.execute(sql.ACTIONS, key):
        action_id = row.id
        actions[row.objective_id].append(
            _action(row, places.get(action_id, []), moves.get(action_id, []), words, today, plan.update_every_days)
        )
    return [
        ObjectiveDoc(row.id, row.position, row.text, row.short_title, _lead(row), actions[row.id])
        for row in session.execute(sql.OBJECTIVES, key)
    ]


def _action(
    row: Row[Any], places: list[Place], moved: list[DateMove], words: dict[str, str], today: date, every_days: int
) -> ActionDoc:
    status = Status(row.status)
    rating = effective(status, row.last_on, _declared(row), today=today, cycle_days=every_days, words=words)
    posted_on = london_day(row.latest_posted_at) if row.latest_id else None
    return ActionDoc(
        id=row.id,
        number=f"{row.objective_position}.{row.position}",
        objective=row.objective_position,
        position=row.position,
        text=row.text,
        by_whom=ByWhom(row.by_whom_printed, places),
        by_when=ByWhenNow(
            {"printed": row.by_when, "kind": row.kind, "from": row.first_on, "to": row.last_on, "moved": moved}
        ),
        status=status,
        status_reason=row.status_reason,
        rating=RatingNow(
            rating.value,
            rating.basis,
            rating.declared,
            rating.declared_by,
            rating.declared_on,
            rating.acknowledgement,
            rating.says,
        ),
        needs_update=statuses.needs_update(status, posted_on, today, every_days),
        past_date=is_past_date(status, row.last_on, today),
        notes=_notes(row.notes),
        updates_count=row.updates_count,
        latest_update=_latest(row) if row.latest_id else None,
        version=row.version,
        updated_at=row.updated_at,
    )


def _declared(row: Row[Any]) -> Declared | None:
    if row.rated_rating is None:
        return None
    return Declared(
        Letter(row.rated_rating),
        row.rated_by,
        london_day(row.rated_at),
        Acknowledgement(row.rated_acknowledgement) if row.rated_acknowledgement else None,
    )


def _latest(row: Row[Any]) -> LatestUpdate:
    return LatestUpdate(
        id=row.latest_id,
        text=row.latest_text,
        posted_at=row.latest_posted_at,
        author=Author(row.latest_author, row.latest_agency),
        entered_by=row.latest_entered_by,
        rating=row.latest_rating,
        claim=row.latest_claim,
        no_change=row.latest_no_change,
        acknowledgement=row.latest_acknowledgement,
    )


def _move(row: Row[Any]) -> DateMove:
    return DateMove(
        {
            "printed": row.printed,
            "kind": row.kind,
            "from": row.first_on,
            "to": row.last_on,
            "reason": row.reason,
            "at": row.at,
            "by": row.by_name,
        }
    )


def _lead(row: Row[Any]) -> LeadOfficer | None:
    if row.lead_id is None:
        return None
    return LeadOfficer(row.lead_id, row.lead_name, row.lead_post, row.lead_agency, row.lead_printed)


def _notes(notes: list[dict[str, Any]]) -> list[Note]:
    return [Note(note["code"], note["text"]) for note in notes]
