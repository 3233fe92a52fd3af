"""What the routes of open questions answer: of a plan, and of an action."""

from typing import Any
from uuid import UUID

from api.http.declare import Call
from api.http.messages.answers import Answer
from api.models import Plan
from api.queries.plan.action_shapes import shape_notes
from api.queries.plan.plans import get_revision
from api.services.plan import notes
from api.web.plan.actions import created_action, show_action
from api.web.plan.plans import tag_now
from api.web.plan.rendering import plan_stamp


def guard_notes(call: Call, action_id: UUID) -> None:
    """May this caller ask and settle questions about it?"""
    notes.may_settle(call.work, action_id)


def settle_of_plan(call: Call, **fields: Any) -> Answer:
    """The questions that are left."""
    notes.settle_of_plan(call.work, plan_stamp(call)[0], **fields)
    return _show_notes(call)


def ask_of_plan(call: Call, **fields: Any) -> Answer:
    """The questions with the new one."""
    notes.ask_of_plan(call.work, plan_stamp(call)[0], **fields)
    answer = _show_notes(call)
    answer.status, answer.location = 201, f"/api/v1/plans/{answer.body['id']}"
    return answer


def settle_of_action(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """The action with the questions that are left."""
    notes.settle_of_action(call.work, action_id, **fields)
    return show_action(call, action_id)


def ask_of_action(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """The action with the new question."""
    notes.ask_of_action(call.work, action_id, **fields)
    return created_action(call, action_id)


def _show_notes(call: Call) -> Answer:
    plan_id, _ = plan_stamp(call)
    plan = call.session.get_one(Plan, plan_id)
    revision = get_revision(call.session, plan_id)
    told = {name: getattr(plan, name) for name in ("id", "slug", "created_at", "updated_at", "version")}
    return Answer({**told, "revision": revision, "notes": shape_notes(plan.notes)}, etag=tag_now(call, revision))
