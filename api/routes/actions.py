"""One action, and what a lead officer does with it."""

from typing import Any
from uuid import UUID

from api.domain.partners import Scope
from api.schemas.actions import ActionDetailOut, ActionPatch, DateIn, SignOffIn
from api.services import actions as services
from api.web import reading, writing
from api.web.answers import Answer
from api.web.declare import LEADS, SIGNED_IN, Call, Routes

routes = Routes("Actions")


@routes.get(
    "/actions/<action>", door=SIGNED_IN, scope=Scope.PLAN_READ, finds="action", answer=ActionDetailOut, conditional=True
)
def get_action(call: Call, action_id: UUID) -> Answer:
    """Read one action with its updates, dates, changes of status, and what you may do."""
    return reading.read_action(call, action_id)


@routes.patch(
    "/actions/<action>", door=LEADS, finds="action", body=ActionPatch, answer=ActionDetailOut, if_match="required",
    guard=writing.guard_lead, problems=(412, 428),
)  # fmt: skip
def edit_action(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """Set the status of an action, with a reason, or change its wording; what others changed meanwhile stays."""
    services.edit_action(call.work, action_id, seen=call.seen, **fields)
    return reading.show_action(call, action_id)


@routes.post(
    "/actions/<action>/dates", door=LEADS, finds="action", body=DateIn, answer=ActionDetailOut, status=201,
    if_match="optional", guard=writing.guard_lead, idempotent=True,
)  # fmt: skip
def move_date(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """Move the date of an action, with a reason; every earlier date stays visible."""
    services.move_date(call.work, action_id, seen=call.seen, **fields)
    return writing.created_action(call, action_id)


@routes.post(
    "/actions/<action>/sign-off", door=LEADS, finds="action", body=SignOffIn, answer=ActionDetailOut,
    guard=writing.guard_sign_off, idempotent=True,
)  # fmt: skip
def sign_off(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """Sign a delivered action off as complete; never one's own claim."""
    services.sign_off(call.work, action_id, **fields)
    return reading.show_action(call, action_id)
