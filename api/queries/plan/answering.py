"""What waits for somebody's answer: updates to acknowledge, deliveries to sign off."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.domain.plan.status import Status
from api.models import Action, Objective, Update
from api.queries import AnySelect


@dataclass(frozen=True, slots=True)
class Answering:
    """Ids of actions, in the order of the paper."""

    to_acknowledge: list[UUID]
    to_sign_off: list[UUID]


_WAITING = select(Update.action_id).where(Update.acknowledgement == "waiting")
_ALL: AnySelect = (
    select(
        Action.plan_id,
        Action.id,
        (Action.status == Status.DELIVERED).label("delivered"),
        Action.id.in_(_WAITING).label("waiting"),
    )
    .join(Objective, Objective.id == Action.objective_id)
    .where(Action.id.in_(_WAITING) | (Action.status == Status.DELIVERED), Action.position.is_not(None))
    .order_by(Objective.position, Action.position)
)


def list_answering(session: Session) -> dict[UUID, Answering]:
    """All that waits, by plan, for somebody who may answer in every plan. 1 SELECT."""
    found: dict[UUID, Answering] = {}
    for row in session.execute(_ALL):
        here = found.setdefault(row.plan_id, Answering([], []))
        if row.waiting:
            here.to_acknowledge.append(row.id)
        if row.delivered:
            here.to_sign_off.append(row.id)
    return found
