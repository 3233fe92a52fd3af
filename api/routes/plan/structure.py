"""Adding actions and objectives to a plan, and removing them."""

from typing import Any
from uuid import UUID

from api.domain.accounts.partners import Scope
from api.domain.plan.permissions import may_add_action, may_lead
from api.http.declare import ADMINS, LEADS, SIGNED_IN, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.plan.actions import ActionDetailOut
from api.schemas.plan.plans import PageQuery
from api.schemas.plan.structure import (
    ActionIn,
    ObjectiveDetailOut,
    ObjectiveIn,
    ObjectivePatch,
    RemovalIn,
    RemovalOut,
    RemovedListOut,
)
from api.web.plan import objectives, structure

routes = Routes(
    "Structure",
    about="Which actions and objectives a plan has: added, numbered, removed with a reason, and brought back.",
)


@routes.post(
    "/plans/<plan>/actions", door=LEADS, finds="plan", body=ActionIn, answer=ActionDetailOut, status=201,
    guard=structure.guard_add_action, asks=may_add_action, idempotent=True, gives=("ETag",),
    who="the lead officer of the objective, and admins.",
)  # fmt: skip
def add_action(call: Call, **members: Any) -> Answer:
    """Add an action to an objective, after its last or at a number; those from there on move by one.

    It is not reported. `by_when` is read as when a date is moved; who is named is in the directory already.
    """
    return structure.add_action(call, **members)


@routes.post(
    "/actions/<action>/removal", door=LEADS, finds="action", body=RemovalIn, answer=RemovalOut, if_match="required",
    guard=structure.guard_removal, asks=may_lead, idempotent=True, takes_away=True, who="the lead officer of its objective, and admins.",
)  # fmt: skip
def remove_action(call: Call, action_id: UUID, **members: Any) -> Answer:
    """Remove an action from its plan, with a reason: its number is free, its history stays, and past days still show it.

    From then on it is 404, and the detail says who removed it when and why. `POST /journal/{entry}/undo` brings it back.
    """
    return structure.remove_action(call, action_id, **members)


@routes.get(
    "/plans/<plan>/removed", door=SIGNED_IN, scope=Scope.PLAN_READ, finds="plan", query=PageQuery, answer=RemovedListOut
)
def list_removed(call: Call, **page: Any) -> Answer:
    """List what was removed from a plan, the last first: its words and number, who removed it when and why."""
    return structure.read_removed(call, **page)


@routes.post(
    "/plans/<plan>/objectives", door=ADMINS, finds="plan", body=ObjectiveIn, answer=ObjectiveDetailOut, status=201,
    idempotent=True, gives=("ETag",),
)  # fmt: skip
def add_objective(call: Call, **members: Any) -> Answer:
    """Add an objective, after the last or at a number; those from there on move by one."""
    return objectives.add_objective(call, **members)


@routes.get(
    "/objectives/<objective>", door=SIGNED_IN, scope=Scope.PLAN_READ, finds="objective", answer=ObjectiveDetailOut,
)  # fmt: skip
def get_objective(call: Call, objective_id: UUID) -> Answer:
    """Read one objective, as it is edited; its actions are in the plan."""
    return objectives.read_objective(call, objective_id)


@routes.patch(
    "/objectives/<objective>", door=ADMINS, finds="objective", body=ObjectivePatch, answer=ObjectiveDetailOut,
    if_match="required", guard=objectives.guard_objective, current=objectives.show_objective,
)  # fmt: skip
def edit_objective(call: Call, objective_id: UUID, **members: Any) -> Answer:
    """Change an objective: what is given is changed, null empties it; another number moves those between by one.

    Another lead officer may act with their next request, and the one before no more. The printed words stay.
    """
    return objectives.edit_objective(call, objective_id, **members)


@routes.post(
    "/objectives/<objective>/removal", door=ADMINS, finds="objective", body=RemovalIn, answer=RemovalOut,
    if_match="required", guard=objectives.guard_objective, current=objectives.show_objective, idempotent=True, takes_away=True,
    problems=("conflict",),
)  # fmt: skip
def remove_objective(call: Call, objective_id: UUID, **members: Any) -> Answer:
    """Remove an objective from its plan, with a reason. 409 with how many while `actions` stand in it."""
    return objectives.remove_objective(call, objective_id, **members)
