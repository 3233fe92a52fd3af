"""What the routes for removing words answer: where the words stood, never the words."""

from typing import Any
from uuid import UUID

from api.services import redactions, redactions_of_plan
from api.web.answers import Answer
from api.web.declare import Call
from api.web.rendering import plan_stamp


def redact_update(call: Call, update_id: UUID, **fields: Any) -> Answer:
    """Remove words of an update."""
    return _answer("action", *redactions.redact_update(call.work, update_id, **fields))


def redact_action(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """Remove words of an action and its updates."""
    return _answer("action", *redactions.redact_action(call.work, action_id, **fields))


def redact_plan(call: Call, **fields: Any) -> Answer:
    """Remove words of a plan's settings and objectives."""
    return _answer("plan", *redactions_of_plan.redact_plan(call.work, plan_stamp(call)[0], **fields))


def _answer(of: str, object_id: UUID, places: redactions.Places) -> Answer:
    touched = [{"place": place, "count": count} for place, count in places.items() if count]
    return Answer({of: object_id, "places": touched}, private=True)
