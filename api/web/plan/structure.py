"""What the routes answer that add actions to a plan and remove them, and the list of what was removed."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api.domain.plan.permissions import ObjectiveFacts, may_add_action, may_edit_objectives
from api.http.database.replica import read_one
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.http.paging import page, read_entry
from api.queries.history.history import LATEST
from api.queries.plan.objectives import list_leads
from api.queries.plan.removed import get_removal, list_removed
from api.services.plan import structure
from api.services.work import raise_if_refused
from api.web.plan.actions import created_action
from api.web.plan.rendering import plan_stamp, stands_at


def guard_add_action(call: Call, _id: Any) -> None:
    """May this caller add an action to any objective of the plan? To which is asked when the body is read."""
    actor = call.work.actor
    leads = list_leads(call.session, plan_stamp(call)[0])
    own = next((each for each in leads if each.lead_id == actor.person_id), None)
    first = own or (leads[0] if leads else ObjectiveFacts(1, None, None))
    raise_if_refused(may_add_action(actor, first))


def add_action(call: Call, **members: Any) -> Answer:
    """Add it."""
    return created_action(call, structure.add_action(call.work, plan_stamp(call)[0], **members))


def guard_removal(call: Call, action_id: UUID) -> None:
    """May this caller remove it, and has nobody changed it meanwhile?"""
    structure.may_remove(call.work, action_id, call.seen)


def remove_action(call: Call, action_id: UUID, **members: Any) -> Answer:
    """What was removed."""
    removed = structure.remove_action(call.work, action_id, call.seen, **members)
    return show_removed(call, "action", removed.id, removed.text)


def show_removed(call: Call, what: str, thing_id: UUID, text: str) -> Answer:
    """A RemovalOut, just after it."""
    row = get_removal(call.session, thing_id)
    return Answer({"type": what, "id": thing_id, "text": text, **_told(row, row.id), "undoable": True})


def _told(row: Any, entry: int) -> dict[str, Any]:
    said = {"at": row.at, "by": row.actor_name, "reason": row.after.get("reason")}
    return {"number": row.before["number"], **said, "entry": entry}


def read_removed(call: Call, *, limit: int, cursor: str | None = None) -> Answer:
    """Answer with what was removed, the last first: everybody who may read the plan may read it."""
    plan_id, _ = plan_stamp(call)
    before = read_entry(cursor)

    def load(session: Session) -> list[dict[str, Any]]:
        rows = list_removed(session, plan_id, before=LATEST if before is None else before, limit=limit + 1)
        return [
            {
                "type": row.type,
                "id": row.id,
                "text": row.text,
                **_told(row, row.entry),
                "undoable": row.standing is not None and _may_undo(call, row),
            }
            for row in rows
        ]

    rows = read_one(stands_at(call), load)
    return page(rows, limit, "entry", lambda row: [row["entry"]], private=True)


def _may_undo(call: Call, row: Any) -> bool:
    """Whether this caller may bring it back: who may add it may."""
    actor = call.work.actor
    if row.type == "objective":
        return may_edit_objectives(actor) is None
    return may_add_action(actor, ObjectiveFacts(row.standing, row.lead_id, None)) is None
