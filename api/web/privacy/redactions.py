"""What the routes for removing words answer: where the words stood, never the words."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from api.http.declare import Call
from api.http.messages.answers import Answer
from api.services.privacy import redactions, redactions_of_plan
from api.web.plan.rendering import plan_stamp


def redact_update(call: Call, update_id: UUID, **fields: Any) -> Answer:
    """Remove words of an update."""
    return _answer(call, "action", lambda **said: redactions.redact_update(call.work, update_id, **said), **fields)


def redact_action(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """Remove words of an action and its updates."""
    return _answer(call, "action", lambda **said: redactions.redact_action(call.work, action_id, **said), **fields)


def redact_plan(call: Call, **fields: Any) -> Answer:
    """Remove words of a plan's settings and objectives."""
    plan_id = plan_stamp(call)[0]
    return _answer(call, "plan", lambda **said: redactions_of_plan.redact_plan(call.work, plan_id, **said), **fields)


OfDirectory = Callable[..., redactions.FoundIn]
"""One of services.redactions_of_directory."""


def redact_names(call: Call, redact: OfDirectory, thing_id: UUID, **fields: Any) -> Answer:
    """Remove words of somebody or something in the directory, or of an account or system."""
    return _answer(call, "id", lambda **said: (thing_id, redact(call.work, thing_id, **said)), **fields)


Removed = Callable[..., tuple[UUID, redactions.FoundIn]]


def _answer(call: Call, of: str, remove: Removed, *, preview: bool, **said: Any) -> Answer:
    """Where they stood. To look only, they are removed and all of it is taken back: so the two cannot differ."""
    if preview:
        with call.session.begin_nested() as looked:
            object_id, found = remove(**said)
            looked.rollback()
    else:
        object_id, found = remove(**said)
    touched = [{"where": where, "count": count} for where, count in found.items() if count]
    return Answer({of: object_id, "found": touched, "preview": preview}, private=True)
