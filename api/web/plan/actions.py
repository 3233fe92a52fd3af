"""What the routes of one action answer, and their guards: may this caller do it at all, asked before the body is judged."""

from typing import Any
from uuid import UUID

from api.domain.plan.abilities import abilities
from api.domain.plan.document import ActionDoc
from api.domain.plan.status import Status, moves_from
from api.http.database.replica import read_several
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.http.messages.etag import action_etag
from api.http.paging import write_cursor
from api.queries.people.people import get_directory_revision
from api.queries.plan.action_document import get_action_document
from api.queries.plan.actions import get_action, list_status_changes
from api.queries.plan.updates import find_wordings, has_waiting_update, list_updates
from api.schemas.plan.updates import shape_update
from api.services.plan import action_edits, actions
from api.web.plan.rendering import stands_at

UPDATES_SHOWN = 20


def read_action(call: Call, action_id: UUID) -> Answer:
    """Answer with one action, its timeline, and what this caller may do with it. 10 SELECTs."""
    return read_several(stands_at(call), lambda session: show_action(call.through(session), action_id))


def show_action(call: Call, action_id: UUID) -> Answer:
    """The action's answer, read in the transaction that is open."""
    session = call.session
    found = get_action_document(session, action_id, call.work.today)
    rows = list_updates(session, action_id, limit=UPDATES_SHOWN + 1)
    waiting = any(row["acknowledgement"] == "waiting" for row in rows) or (
        len(rows) > UPDATES_SHOWN and has_waiting_update(session, action_id)
    )
    may, why_not = abilities(call.work.actor, get_action(session, action_id).facts, waiting=waiting)
    more = write_cursor("posted", posted_key(rows[UPDATES_SHOWN - 1])) if len(rows) > UPDATES_SHOWN else None
    caller, wordings = call.here.id, find_wordings(session, rows)
    body = {
        **{name: getattr(found.action, name) for name in ActionDoc.__slots__},
        "text_printed": found.text_printed,
        "plan": found.plan,
        "objective_id": found.objective_id,
        "lead": found.lead,
        "previous": found.previous,
        "next": found.next,
        "updates": [shape_update(row, caller, wordings[row["id"]]) for row in rows[:UPDATES_SHOWN]],
        "status_changes": list_status_changes(session, action_id),
        "links": {"updates": f"{updates_path(action_id)}?cursor={more}" if more else None},
        "may": may,
        "why_not": why_not,
        "moves": moves_from(Status(found.action.status)) if "set_status" in may else [],
    }
    stamp = (found.revision, found.action.version, found.action.updates_count)
    tag = action_etag(stamp, call.here.directory_revision, call.work.today, reader_mark(call))
    return Answer(body, etag=tag)


def reader_mark(call: Call) -> str:
    """What makes one reader's view of an action differ from another's: all that their rights rest on beside the action."""
    here = call.here
    return f"{here.id} {here.role} {here.person_id}"


def updates_path(action_id: UUID) -> str:
    """The address of an action's updates."""
    return f"/api/v1/actions/{action_id}/updates"


def posted_key(row: Any) -> list[Any]:
    """Where a list of updates goes on after this one."""
    return [row["posted_at"].isoformat(), str(row["id"])]


def guard_lead(call: Call, action_id: UUID) -> None:
    """May this caller lead on it, and has nobody changed it meanwhile?"""
    actions.may_lead(call.work, action_id, call.seen)


def guard_sign_off(call: Call, action_id: UUID) -> None:
    """May this caller sign it off, and has nobody changed it meanwhile?"""
    actions.may_sign_off(call.work, action_id, call.seen)


def edit_action(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """Change it; the ETag is as the next read will give it, also where somebody was added to the directory on the way."""
    action_edits.edit_action(call.work, action_id, call.seen, **fields)
    if any(name.startswith("new_") for place in fields.get("by_whom") or () for name in place):
        call.access = call.here._replace(directory_revision=get_directory_revision(call.session))
    return show_action(call, action_id)


def created_action(call: Call, action_id: UUID) -> Answer:
    """The action after something was added to it."""
    answer = show_action(call, action_id)
    answer.status, answer.location = 201, f"/api/v1/actions/{action_id}"
    return answer
