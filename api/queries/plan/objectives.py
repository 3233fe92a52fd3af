"""One objective: the facts that rules decide on, and what its page shows."""

from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Row, bindparam, func, select
from sqlalchemy.orm import Session

from api.domain.editable import OBJECTIVE
from api.domain.plan.permissions import ObjectiveFacts
from api.models import Action, Agency, Objective, Person, PlanRevision
from api.queries import AnySelect
from api.queries.plan.removed import no_such_objective

_KEY: BindParameter[Any] = bindparam("objective")
_STANDING = (
    select(func.count())
    .select_from(Action)
    .where(Action.objective_id == Objective.id, Action.position.is_not(None))
    .correlate(Objective)
    .scalar_subquery()
)
_ONE: AnySelect = (
    select(
        Objective.id,
        Objective.plan_id,
        *(getattr(Objective, name) for name in OBJECTIVE.columns),
        Objective.text_printed,
        Objective.version,
        Objective.created_at,
        Objective.updated_at,
        Person.name.label("lead_name"),
        Person.post.label("lead_post"),
        Agency.short_name.label("lead_agency"),
        PlanRevision.value.label("revision"),
        _STANDING.label("actions"),
    )
    .join(PlanRevision, PlanRevision.plan_id == Objective.plan_id)
    .outerjoin(Person, Person.id == Objective.lead_id)
    .outerjoin(Agency, Agency.id == Person.agency_id)
    .where(Objective.id == _KEY)
)


def get_objective(session: Session, objective_id: UUID, *, removed: bool = False) -> Row[Any]:
    """The objective with its lead officer, its plan's revision and how many actions stand in it. 1 SELECT, 2 when it is gone.

    Raises NotFound, for one that was removed too unless `removed`.
    """
    row = session.connection().execute(_ONE, {"objective": objective_id}).one_or_none()
    if row is None or (row.position is None and not removed):
        raise no_such_objective(session, objective_id)
    return row


def facts_of(row: Row[Any]) -> ObjectiveFacts:
    """What the rules decide on."""
    return ObjectiveFacts(row.position, row.lead_id, row.lead_name)


def list_numbers(session: Session, plan_id: UUID) -> dict[UUID, int]:
    """The numbers of a plan's objectives, by id. 1 SELECT."""
    query = select(Objective.id, Objective.position).where(
        Objective.plan_id == plan_id, Objective.position.is_not(None)
    )
    return {row[0]: row[1] for row in session.connection().execute(query) if row[1] is not None}


def list_numbers_in(session: Session, objective_id: UUID) -> dict[UUID, int]:
    """The numbers of an objective's actions, by id. 1 SELECT."""
    query = select(Action.id, Action.position).where(Action.objective_id == objective_id, Action.position.is_not(None))
    return {row[0]: row[1] for row in session.connection().execute(query) if row[1] is not None}


def list_leads(session: Session, plan_id: UUID) -> list[ObjectiveFacts]:
    """The objectives of a plan with their lead officers, in order. 1 SELECT."""
    query = (
        select(Objective.position, Objective.lead_id, Person.name)
        .outerjoin(Person, Person.id == Objective.lead_id)
        .where(Objective.plan_id == plan_id, Objective.position.is_not(None))
        .order_by(Objective.position)
    )
    return [ObjectiveFacts(row[0] or 0, row[1], row[2]) for row in session.connection().execute(query)]
