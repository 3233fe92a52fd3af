"""What the routes of objectives answer."""

from typing import Any
from uuid import UUID

from api.http.database.replica import read_one
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.http.messages.etag import objective_etag
from api.http.messages.json_io import dumps
from api.queries.plan.action_shapes import shape_lead
from api.queries.plan.objectives import get_objective
from api.services.plan import objectives
from api.web.plan.rendering import plan_stamp, stands_at
from api.web.plan.structure import show_removed

_AS_STORED = ("id", "text", "text_printed", "short_title", "actions", "created_at", "updated_at", "version")


def read_objective(call: Call, objective_id: UUID) -> Answer:
    """Answer with one objective. 1 SELECT."""
    return read_one(stands_at(call), lambda session: show_objective(call.through(session), objective_id))


def show_objective(call: Call, objective_id: UUID) -> Answer:
    """The objective, read in the transaction that is open."""
    row = get_objective(call.session, objective_id)
    body = {**{name: getattr(row, name) for name in _AS_STORED}, "number": row.position, "lead": shape_lead(row)}
    return Answer(body, etag=objective_etag(row.revision, row.version, dumps(body)))


def guard_objective(call: Call, objective_id: UUID) -> None:
    """Is there such an objective, and has nobody changed it meanwhile?"""
    objectives.may_edit(call.work, objective_id, call.seen)


def add_objective(call: Call, **members: Any) -> Answer:
    """Add it."""
    objective_id = objectives.add_objective(call.work, plan_stamp(call)[0], **members)
    answer = show_objective(call, objective_id)
    answer.status, answer.location = 201, f"/api/v1/objectives/{objective_id}"
    return answer


def edit_objective(call: Call, objective_id: UUID, **members: Any) -> Answer:
    """The objective after the change."""
    objectives.edit_objective(call.work, objective_id, call.seen, **members)
    return show_objective(call, objective_id)


def remove_objective(call: Call, objective_id: UUID, **members: Any) -> Answer:
    """What was removed."""
    removed = objectives.remove_objective(call.work, objective_id, call.seen, **members)
    return show_removed(call, "objective", removed.id, removed.text)
