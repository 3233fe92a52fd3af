"""What the routes answer that change a plan's own settings and its open questions."""

from typing import Any
from uuid import UUID

from api.domain.plan.document import PlanDocument
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.models import Plan
from api.queries.people.people import get_directory_revision
from api.queries.plan.action_shapes import shape_notes
from api.queries.plan.plan_document import get_plan_document
from api.queries.plan.plans import get_revision
from api.services.plan import notes, plans
from api.web.plan.reading import show_action
from api.web.plan.rendering import plan_stamp, plan_tag
from api.web.plan.writing import created_action


def guard_plan(call: Call, _id: Any) -> None:
    """May this caller change its settings, and has nobody changed them meanwhile?"""
    plans.may_edit(call.work, plan_stamp(call)[0], call.seen)


def guard_notes(call: Call, action_id: UUID) -> None:
    """May this caller ask and settle questions about it?"""
    notes.may_settle(call.work, action_id)


def show_plan(call: Call, _id: Any = None) -> Answer:
    """The plan document, read in the transaction that is open. 10 SELECTs."""
    found = get_plan_document(call.session, plan_stamp(call)[0], call.work.today)
    body = {name: getattr(found, name) for name in PlanDocument.__slots__}
    return Answer(body, etag=_tag(call, found.revision))


def _tag(call: Call, revision: int) -> str:
    return plan_tag(revision, get_directory_revision(call.session), call.work.today)


def edit_plan(call: Call, **members: Any) -> Answer:
    """The plan after the change."""
    plans.edit_plan(call.work, plan_stamp(call)[0], call.seen, **members)
    return show_plan(call)


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
    return Answer({**told, "revision": revision, "notes": shape_notes(plan.notes)}, etag=_tag(call, revision))
