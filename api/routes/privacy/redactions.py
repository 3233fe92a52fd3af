"""Removing words for good."""

from functools import partial
from typing import Any
from uuid import UUID

from api.http.declare import ADMINS, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.privacy.redactions import (
    ActionRedactionIn,
    DirectoryRedactionIn,
    DirectoryRedactionOut,
    PlanRedactionIn,
    PlanRedactionOut,
    RedactionOut,
    UpdateRedactionIn,
)
from api.services.privacy import redactions_of_directory as names
from api.web.privacy import redactions

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


_of_names = partial(
    routes.post, door=ADMINS, body=DirectoryRedactionIn, answer=DirectoryRedactionOut, idempotent=True, fresh=True
)


@_of_names("/people/<person>/redaction")
def redact_person(call: Call, person_id: UUID, **fields: Any) -> Answer:
    """Remove a phrase from a person and wherever their name stands: on actions, in what they lead, own and wrote, merges, history.

    Other names, the post and the notes of merges and handovers too; and from who was joined to them, and their account. An e-mail address that
    holds it goes whole. The key in a seed file stays: change the file too.
    """
    return redactions.redact_names(call, names.redact_person, person_id, **fields)


@_of_names("/agencies/<agency>/redaction")
def redact_agency(call: Call, agency_id: UUID, **fields: Any) -> Answer:
    """Remove a phrase from an agency's names, where actions and updates name it, from the note of what it became, and the history."""
    return redactions.redact_names(call, names.redact_agency, agency_id, **fields)


@_of_names("/groups/<group>/redaction")
def redact_group(call: Call, group_id: UUID, **fields: Any) -> Answer:
    """Remove a phrase from a group's name, from the actions that name it with the words for the paper, and from the history."""
    return redactions.redact_names(call, names.redact_group, group_id, **fields)


@_of_names("/accounts/<account>/redaction")
def redact_account(call: Call, account_id: UUID, **fields: Any) -> Answer:
    """Remove a phrase from the name of an account and of its passkeys, and wherever that stands beside what it did, in the audit too."""
    return redactions.redact_names(call, names.redact_account, account_id, **fields)


@_of_names("/partner-tokens/<partner_token>/redaction")
def redact_partner_token(call: Call, partner_token_id: UUID, **fields: Any) -> Answer:
    """Remove a phrase from the name of a partner's system, revoked or not, and from what it posted, the history and the audit."""
    return redactions.redact_names(call, names.redact_token, partner_token_id, **fields)
