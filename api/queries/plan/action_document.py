"""One action as the document shows it, read alone: its cost does not depend on the size of the plan."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from api.domain.plan.document import ActionDoc, LeadOfficer, Named
from api.models import Action, Agency, Objective, Person, Plan
from api.queries import AnySelect
from api.queries.plan import plan_statements as sql
from api.queries.plan.action_shapes import shape_action, shape_lead, shape_move
from api.queries.plan.removed import no_such_action

_KEY: BindParameter[Any] = bindparam("action")


def _of_one(statement: AnySelect) -> AnySelect:
    """A statement of the plan document, for one action instead of all of its plan."""
    return statement.where(Action.id == _KEY)


_ACTION = _of_one(sql.ACTIONS)
_PLACES = _of_one(sql.PLACES)
_DATES = _of_one(sql.DATES)
_HEAD: AnySelect = (
    select(
        Plan.id,
        Plan.slug,
        Plan.title,
        Plan.rating_key,
        Plan.update_every_days,
        Action.revision,
        Action.text,
        Action.text_printed,
        Objective.id.label("objective_id"),
        Objective.position,
        Objective.lead_id,
        Objective.lead_printed,
        Person.name.label("lead_name"),
        Person.post.label("lead_post"),
        Agency.short_name.label("lead_agency"),
    )
    .join(Action, Action.plan_id == Plan.id)
    .join(Objective, Objective.id == Action.objective_id)
    .outerjoin(Person, Person.id == Objective.lead_id)
    .outerjoin(Agency, Agency.id == Person.agency_id)
    .where(Action.id == _KEY, Action.position.is_not(None))
)


@dataclass(frozen=True, slots=True)
class ActionAlone:
    """An action with what surrounds it; `previous` and `next` are {id, number} in the order of the paper.

    `text_printed` is the paper's wording, None where it stands.
    """

    action: ActionDoc
    revision: int
    text_printed: str | None
    plan: dict[str, Any]
    objective_id: UUID
    lead: LeadOfficer | None
    previous: dict[str, Any] | None
    next: dict[str, Any] | None


def get_action_document(session: Session, action_id: UUID, today: date) -> ActionAlone:
    """The action as it stands, computed for `today`. Raises NotFound. 6 SELECTs."""
    head = session.execute(_HEAD, {"action": action_id}).one_or_none()
    if head is None:
        raise no_such_action(session, action_id)
    keys = {"action": action_id, "plan": head.id}
    row = session.execute(_ACTION, keys).one()
    action = shape_action(
        row,
        [Named(*each[1:]) for each in session.execute(_PLACES, keys)],
        [shape_move(each) for each in session.execute(_DATES, keys)],
        {entry["letter"]: entry["word"] for entry in head.rating_key},
        today,
        head.update_every_days,
    )
    return ActionAlone(
        action=action,
        revision=head.revision,
        text_printed=head.text_printed if head.text_printed != head.text else None,
        plan={"id": head.id, "slug": head.slug, "title": head.title},
        objective_id=head.objective_id,
        lead=shape_lead(head),
        previous=_neighbour(session, head.id, action, before=True),
        next=_neighbour(session, head.id, action, before=False),
    )


def _neighbours(*, before: bool) -> AnySelect:
    objective: BindParameter[Any] = bindparam("objective")
    position: BindParameter[Any] = bindparam("position")
    same, other = Objective.position == objective, Objective.position
    if before:
        beyond = (other < objective) | (same & (Action.position < position))
        order = (Objective.position.desc(), Action.position.desc())
    else:
        beyond = (other > objective) | (same & (Action.position > position))
        order = (Objective.position.asc(), Action.position.asc())
    return (
        select(Action.id, Objective.position, Action.position)
        .join(Objective, Objective.id == Action.objective_id)
        .where(Objective.plan_id == bindparam("plan"), Action.position.is_not(None), beyond)
        .order_by(*order)
        .limit(1)
    )


_BEFORE, _AFTER = _neighbours(before=True), _neighbours(before=False)


def _neighbour(session: Session, plan_id: UUID, action: ActionDoc, *, before: bool) -> dict[str, Any] | None:
    key = {"plan": plan_id, "objective": action.objective, "position": action.position}
    row = session.execute(_BEFORE if before else _AFTER, key).one_or_none()
    return {"id": row[0], "number": f"{row[1]}.{row[2]}"} if row else None
