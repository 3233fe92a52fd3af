"""The history of actions and plans, and undoing an entry of it."""

from typing import Any
from uuid import UUID

from api.domain.accounts.partners import Scope
from api.domain.plan.permissions import may_lead
from api.http.declare import LEADS, SIGNED_IN, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.history.history import EntryListOut, JournalQuery, UndoIn
from api.schemas.plan.actions import ActionDetailOut
from api.schemas.plan.plans import PageQuery, PlanOut
from api.schemas.plan.structure import ObjectiveDetailOut
from api.web.history import history

routes = Routes("History", about="Who did what when, as sentences, and undoing it.")


@routes.get(
    "/actions/<action>/history", door=SIGNED_IN, scope=Scope.CHANGES_READ, finds="action", query=PageQuery,
    answer=EntryListOut,
)  # fmt: skip
def list_history(call: Call, action_id: UUID, **page: Any) -> Answer:
    """List what was done with an action and its updates, newest first."""
    return history.read_history(call, action_id, **page)


@routes.get(
    "/plans/<plan>/journal", door=SIGNED_IN, scope=Scope.CHANGES_READ, finds="plan", query=JournalQuery,
    answer=EntryListOut,
)  # fmt: skip
def list_journal(call: Call, **query: Any) -> Answer:
    """List what was done in a plan, newest first; an administrator reads that of people, accounts and tokens too.

    `from` leaves out what was done before that day in London; `links.next` keeps it.
    """
    return history.read_journal(call, **query)


@routes.post(
    "/journal/<entry>/undo", door=LEADS, finds="entry", body=UndoIn, answer=ActionDetailOut,
    or_answer=(ObjectiveDetailOut, PlanOut), guard=history.guard_undo, asks=may_lead, idempotent=True,
    problems=("conflict", "move-not-allowed"), gives=("ETag",),
    who="the lead officer of the action's objective, and admins; admins only where it is about an objective or the plan itself.",
)  # fmt: skip
def undo_entry(call: Call, entry_id: int, **fields: Any) -> Answer:
    """Undo an entry: the old values come back as a new change, unless somebody has changed them since.

    The answer is the action as it stands then; of an entry about an objective or the plan itself, that objective or the plan document.
    """
    return history.undo_entry(call, entry_id, **fields)
