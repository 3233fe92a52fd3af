"""Removing words for good."""

from typing import Any
from uuid import UUID

from api.schemas.redactions import (
    ActionRedactionIn,
    PlanRedactionIn,
    PlanRedactionOut,
    RedactionOut,
    UpdateRedactionIn,
)
from api.web import redactions
from api.web.answers import Answer
from api.web.declare import ADMINS, Call, Routes

routes = Routes(
    "Redaction", about="Words about a child or family, removed for good by an administrator; that it was done stays."
)


@routes.post(
    "/updates/<update>/redaction", door=ADMINS, finds="update", body=UpdateRedactionIn, answer=RedactionOut, idempotent=True,
    fresh=True,
)  # fmt: skip
def redact_update(call: Call, update_id: UUID, **fields: Any) -> Answer:
    """Remove a phrase from an update, or all its words, from the row, the history and the answers kept for repeats.

    `[removed]` stands in their place, on every past day too. Backups made before still hold the words.
    """
    return redactions.redact_update(call, update_id, **fields)


@routes.post(
    "/actions/<action>/redaction", door=ADMINS, finds="action", body=ActionRedactionIn, answer=RedactionOut, idempotent=True,
    fresh=True,
)  # fmt: skip
def redact_action(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """Remove a phrase wherever an action holds it: its wording, as printed too, reasons, dates, people, updates, history.

    Loading a seed file that holds the words does not bring them back. It still holds them: change it too.
    """
    return redactions.redact_action(call, action_id, **fields)


@routes.post(
    "/plans/<plan>/redaction", door=ADMINS, finds="plan", body=PlanRedactionIn, answer=PlanRedactionOut, idempotent=True,
    fresh=True,
)  # fmt: skip
def redact_plan(call: Call, **fields: Any) -> Answer:
    """Remove a phrase wherever a plan's settings, its questions and its objectives hold it, removed objectives and history too.

    Not from its actions and updates: remove it from each of those.
    """
    return redactions.redact_plan(call, **fields)
