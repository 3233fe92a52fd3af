"""Progress updates."""

from typing import Any
from uuid import UUID

from api.domain.accounts.partners import Scope
from api.domain.plan.permissions import may_correct_update, may_lead, may_post_update, may_withdraw_update
from api.http.declare import LEADS, MEMBERS, SIGNED_IN, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.plan.plans import UpdateListOut, UpdatesQuery
from api.schemas.plan.updates import AcknowledgementIn, CorrectionIn, UpdateIn, UpdateOut, WithdrawalIn
from api.web.plan import updates

routes = Routes("Updates", about="Progress updates: what was done, by whom, and what the lead officer says of it.")


@routes.get(
    "/actions/<action>/updates",
    door=SIGNED_IN,
    scope=Scope.PLAN_READ,
    finds="action",
    query=UpdatesQuery,
    answer=UpdateListOut,
)
def list_updates(call: Call, action_id: UUID, **page: Any) -> Answer:
    """List the updates of an action, newest first; `as_at` as for those of a plan."""
    return updates.read_updates(call, action_id, **page)


@routes.get(
    "/plans/<plan>/updates", door=SIGNED_IN, scope=Scope.PLAN_READ, finds="plan", query=UpdatesQuery, answer=UpdateListOut,
)  # fmt: skip
def list_plan_updates(call: Call, **query: Any) -> Answer:
    """List the updates of all actions of a plan, newest first.

    `as_at` leaves out what was posted and corrected after that day; what was withdrawn or removed since stays so.
    """
    return updates.read_plan_updates(call, **query)


@routes.post(
    "/actions/<action>/updates", door=MEMBERS, scope=Scope.UPDATES_WRITE, finds="action", body=UpdateIn, answer=UpdateOut, status=201,
    if_match="optional", guard=updates.guard_post, asks=may_post_update, idempotent=True, problems=("move-not-allowed",),
    who="those named on the action, the lead officer of its objective, and admins, who alone may use `on_behalf_of`.",
)  # fmt: skip
def post_update(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """Post a progress update.

    Without If-Match it is appended; with it, 412 when somebody posted since. Do not name children or families.
    """
    return updates.post_update(call, action_id, **fields)


@routes.get("/updates/<update>", door=SIGNED_IN, scope=Scope.PLAN_READ, finds="update", answer=UpdateOut)
def get_update(call: Call, update_id: UUID) -> Answer:
    """Read one update."""
    return updates.show_update(call, update_id)


@routes.patch(
    "/updates/<update>", door=MEMBERS, scope=Scope.UPDATES_WRITE, finds="update", body=CorrectionIn, answer=UpdateOut,
    if_match="required", current=updates.show_update, guard=updates.guard_correct, asks=may_correct_update,
    problems=("move-not-allowed",), who="whoever posted it: their own words, or those they entered for somebody.",
)  # fmt: skip
def correct_update(call: Call, update_id: UUID, **fields: Any) -> Answer:
    """Correct the words of your own update; the old ones are kept, and shown in `wordings`.

    Needs the ETag of the update in If-Match: 428 without it. Words only: for another rating or claim, post again. What was
    acknowledged stays so, though `corrected_at` is then later; what was returned with a question waits again.
    """
    return updates.correct(call, update_id, **fields)


@routes.post(
    "/updates/<update>/withdrawal", door=MEMBERS, finds="update", body=WithdrawalIn, answer=UpdateOut,
    guard=updates.guard_withdraw, asks=may_withdraw_update, idempotent=True, problems=("move-not-allowed",), gives=("ETag",),
    who="whoever posted it, within a day, and admins.",
)  # fmt: skip
def withdraw_update(call: Call, update_id: UUID, **fields: Any) -> Answer:
    """Take an update back, with a reason: your own within a day; an administrator any."""
    return updates.withdraw(call, update_id, **fields)


@routes.post(
    "/updates/<update>/acknowledgement", door=LEADS, finds="update", body=AcknowledgementIn, answer=UpdateOut,
    guard=updates.guard_acknowledge, asks=may_lead, idempotent=True, problems=("move-not-allowed",), gives=("ETag",),
    who="the lead officer of the action's objective, and admins.",
)  # fmt: skip
def acknowledge_update(call: Call, update_id: UUID, **fields: Any) -> Answer:
    """Acknowledge a contributor's update, or return it with a question."""
    return updates.acknowledge(call, update_id, **fields)
