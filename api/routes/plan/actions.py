"""One action, and what a lead officer does with it."""

from typing import Any
from uuid import UUID

from api.domain.accounts.partners import Scope
from api.domain.plan.permissions import may_lead, may_sign_off
from api.http.declare import LEADS, SIGNED_IN, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.plan.actions import ActionDetailOut, ActionPatch, DateIn, SignOffIn
from api.schemas.plan.plans import AsAtQuery
from api.services.plan import actions as services
from api.web.plan import actions, past_actions

routes = Routes(
    "Actions", about="One numbered action: what it is, how it stands, what you may do, and what its lead officer does."
)

LEAD = "the lead officer of its objective, and admins."


@routes.get(
    "/actions/<action>", door=SIGNED_IN, scope=Scope.PLAN_READ, finds="action", query=AsAtQuery, answer=ActionDetailOut,
)  # fmt: skip
def get_action(call: Call, action_id: UUID, **query: Any) -> Answer:
    """Read one action with its updates, dates, changes of status, and what you may do.

    `may` lists what you may do now, `moves` the statuses you may set, and `why_not` says why not the rest. At most twenty
    updates are in the answer; `links.updates` leads to the older ones. `as_at` gives the action as it stood when that day ended
    in London, with what was posted and decided by then; nothing can be done with it, so `may`, `why_not` and `moves` are empty.
    """
    return past_actions.read_action_as_at(call, action_id, **query)


@routes.patch(
    "/actions/<action>", door=LEADS, finds="action", body=ActionPatch, answer=ActionDetailOut, if_match="required",
    guard=actions.guard_lead, asks=may_lead, problems=("move-not-allowed",), who=LEAD,
)  # fmt: skip
def edit_action(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """Set the status of an action, with a reason, change its wording, number or objective, or say who is on it; others' changes stay.

    Needs the ETag of the action in If-Match: 428 without it. Where somebody changed the same field since, 412 with `clashes`.
    `by_whom` is the whole list anew; somebody who is on the action stays on it by being in it. `new_person` and `new_group`
    add to the directory. `position` is its place in its objective, the second half of its number; those between move by one.
    `objective` moves it to another objective of the plan, which whoever leads both may do: to its end, or to `position` there;
    the numbers after its old one close up.
    """
    return actions.edit_action(call, action_id, **fields)


@routes.post(
    "/actions/<action>/dates", door=LEADS, finds="action", body=DateIn, answer=ActionDetailOut, status=201,
    if_match="optional", guard=actions.guard_lead, asks=may_lead, idempotent=True,
    problems=("move-not-allowed",), who=LEAD,
)  # fmt: skip
def move_date(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """Move the date of an action, with a reason; every earlier date stays visible.

    Give `printed` words that say the days ("Spring 2027"), or the days, or both; a kind without days takes neither.
    """
    services.move_date(call.work, action_id, seen=call.seen, **fields)
    return actions.created_action(call, action_id)


@routes.post(
    "/actions/<action>/sign-off", door=LEADS, finds="action", body=SignOffIn, answer=ActionDetailOut,
    if_match="optional", guard=actions.guard_sign_off, asks=may_sign_off, idempotent=True, problems=("move-not-allowed",),
    who="admins, and the lead officer of its objective when a contributor claimed it; nobody for their own claim.",
)  # fmt: skip
def sign_off(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """Sign a delivered action off as complete; never one's own claim.

    Needs a piece of evidence or a statement of impact, here or in an update of the action. With If-Match, 412 when somebody
    posted or changed its status since.
    """
    services.sign_off(call.work, action_id, seen=call.seen, **fields)
    return actions.show_action(call, action_id)
