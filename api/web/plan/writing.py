"""What the writing routes answer, and their guards: may this caller do it at all, asked before the body is judged."""

from typing import Any
from uuid import UUID

from api.http.declare import Call
from api.http.messages.answers import Answer
from api.http.messages.etag import action_etag, update_etag
from api.http.messages.json_io import dumps
from api.models import Update
from api.queries.people.people import get_directory_revision
from api.queries.plan.updates import find_wordings, get_update
from api.schemas.plan.updates import shape_update
from api.services.plan import acknowledgements, action_edits, actions, corrections, updates, withdrawals
from api.web.plan.reading import reader_mark, show_action


def guard_post(call: Call, action_id: UUID) -> None:
    """May this caller post on it, and has nobody posted meanwhile?"""
    updates.may_post(call.work, action_id, call.seen)


def guard_lead(call: Call, action_id: UUID) -> None:
    """May this caller lead on it, and has nobody changed it meanwhile?"""
    actions.may_lead(call.work, action_id, call.seen)


def guard_sign_off(call: Call, action_id: UUID) -> None:
    """May this caller sign it off, and has nobody changed it meanwhile?"""
    actions.may_sign_off(call.work, action_id, call.seen)


def guard_acknowledge(call: Call, update_id: UUID) -> None:
    """May this caller answer it for the lead officer?"""
    acknowledgements.may_acknowledge(call.work, update_id)


def guard_withdraw(call: Call, update_id: UUID) -> None:
    """May this caller take it back?"""
    withdrawals.may_withdraw(call.work, update_id)


def guard_correct(call: Call, update_id: UUID) -> None:
    """May this caller correct it, and has nobody changed it meanwhile?"""
    corrections.may_correct(call.work, update_id, call.seen)


def post_update(call: Call, action_id: UUID, **fields: Any) -> Answer:
    """Post it; the ETag is the action's, as its next read will give it."""
    posted = updates.post_update(call.work, action_id, seen=call.seen, **fields)
    stamp = (posted.revision, posted.version, posted.updates_count)
    tag = action_etag(stamp, call.here.directory_revision, call.work.today, reader_mark(call))
    body = shape_update(posted.update, call.here.id)
    return Answer(body, 201, tag, f"/api/v1/updates/{posted.update['id']}")


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


def show_update(call: Call, update_id: UUID) -> Answer:
    """One update as this caller sees it."""
    return _answer(call, get_update(call.session, update_id))


def correct(call: Call, update_id: UUID, **fields: Any) -> Answer:
    """Correct its words."""
    return _answer(call, corrections.correct_update(call.work, update_id, seen=call.seen, **fields))


def acknowledge(call: Call, update_id: UUID, **fields: Any) -> Answer:
    """Acknowledge or return it."""
    return _answer(call, acknowledgements.acknowledge_update(call.work, update_id, **fields))


def withdraw(call: Call, update_id: UUID, **fields: Any) -> Answer:
    """Take it back; what is left of it."""
    return _answer(call, withdrawals.withdraw_update(call.work, update_id, **fields))


def _answer(call: Call, found: Update) -> Answer:
    """The update as this caller sees it, with its earlier wordings; its ETag is its own."""
    row = {column.key: getattr(found, column.key) for column in found.__table__.columns}
    wordings = find_wordings(call.session, [row])[found.id]
    body = shape_update(row, call.here.id, wordings)
    return Answer(body, etag=update_etag(found.version, dumps(body)))
