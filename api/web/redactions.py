"""What the routes for removing words answer: where the words stood, never the words."""

from typing import Any
from uuid import UUID

from api.services import redactions
from api.web.answers import Answer
from api.web.declare import Call


def redact_update(call: Call, update_id: UUID, **fields: Any) -> Answer:
    """Remove words of an update."""
    return _answer(*redactions.redact_update(call.work, update_id, **fields))


def redact_action(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """Remove words of an action and its updates."""
    return _answer(*redactions.redact_action(call.work, action_id, **fields))


def _answer(action_id: UUID, places: redactions.Places) -> Answer:
    touched = [{"place": place, "count": count} for place, count in places.items() if count]
    return Answer({"action": action_id, "places": touched}, private=True)
