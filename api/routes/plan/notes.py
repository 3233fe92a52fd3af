"""Questions that a plan leaves open: asking one, and settling it with an answer."""

from typing import Any
from uuid import UUID

from api.domain.plan.permissions import may_settle_notes
from api.http.declare import ADMINS, LEADS, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.plan.actions import ActionDetailOut
from api.schemas.plan.plan_settings import NoteIn, PlanNotesOut, SettledNoteIn
from api.web.plan import notes

routes = Routes(
    "Open questions", about="What a plan leaves open: notes of the plan or of an action, settled with an answer."
)

LEAD = "the lead officer of its objective, and admins."


@routes.post(
    "/plans/<plan>/notes", door=ADMINS, finds="plan", body=NoteIn, answer=PlanNotesOut, status=201, idempotent=True,
    problems=("duplicate", "conflict"), gives=("ETag",),
)  # fmt: skip
def ask_about_plan(call: Call, **fields: Any) -> Answer:
    """Add a question about the plan as a whole.

    409 when it is on the list already.
    """
    return notes.ask_of_plan(call, **fields)


@routes.post(
    "/plans/<plan>/settled-notes", door=ADMINS, finds="plan", body=SettledNoteIn, answer=PlanNotesOut, idempotent=True,
    problems=("conflict",), gives=("ETag",),
)  # fmt: skip
def settle_note_of_plan(call: Call, **fields: Any) -> Answer:
    """Settle a question about the plan as a whole, with an answer.

    It leaves the list; the journal keeps question and answer. 409 when it is not on the list, with who settled it.
    """
    return notes.settle_of_plan(call, **fields)


@routes.post(
    "/actions/<action>/notes", door=LEADS, finds="action", body=NoteIn, answer=ActionDetailOut, status=201,
    guard=notes.guard_notes, asks=may_settle_notes, idempotent=True, problems=("duplicate", "conflict"), gives=("ETag",),
    who=LEAD,
)  # fmt: skip
def ask_about_action(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """Add a question about an action.

    409 when it is on the list already.
    """
    return notes.ask_of_action(call, action_id, **fields)


@routes.post(
    "/actions/<action>/settled-notes", door=LEADS, finds="action", body=SettledNoteIn, answer=ActionDetailOut,
    guard=notes.guard_notes, asks=may_settle_notes, idempotent=True, problems=("conflict",), gives=("ETag",), who=LEAD,
)  # fmt: skip
def settle_note_of_action(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """Settle a question about an action, with an answer.

    It leaves the list; the journal keeps question and answer. 409 when it is not on the list, with who settled it.
    """
    return notes.settle_of_action(call, action_id, **fields)
