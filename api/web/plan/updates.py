"""What the routes of updates answer, now or as they stood on a past day, and their guards: may this caller do it at all?"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api.domain.days import end_of_day
from api.http.database.replica import read_several
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.http.messages.etag import action_etag, update_etag
from api.http.messages.json_io import dumps
from api.http.paging import envelope, forged_cursor, link, read_cursor, write_cursor
from api.models import Update
from api.queries.plan.updates import find_wordings, get_update, list_every_update, list_plan_updates, list_updates
from api.schemas.plan.updates import shape_update
from api.services.plan import acknowledgements, corrections, updates, withdrawals
from api.web.plan.actions import posted_key, reader_mark
from api.web.plan.rendering import check_day, plan_stamp, stands_at

Key = tuple[datetime, UUID] | None


def guard_post(call: Call, action_id: UUID) -> None:
    """May this caller post on it, and has nobody posted meanwhile?"""
    updates.may_post(call.work, action_id, call.seen)


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


def read_updates(call: Call, action_id: UUID, **query: Any) -> Answer:
    """Answer with an action's updates, newest first. Raises as below."""
    return _list(call, partial(list_updates, action_id=action_id), **query)


def read_plan_updates(call: Call, **query: Any) -> Answer:
    """Answer with a plan's updates, newest first. Raises NotFound, InvalidCursor, InvalidParameter for a day to come."""
    return _list(call, partial(list_plan_updates, plan_id=plan_stamp(call)[0]), **query)


def read_every_update(call: Call, until: datetime | None) -> list[tuple[dict[str, Any], str]]:
    """All updates of a plan as they stood before `until`, None for now, each with the words of its action. 2 SELECTs at most."""
    plan_id = plan_stamp(call)[0]

    def load(session: Session) -> tuple[list[Any], dict[UUID, list[Any]]]:
        rows = list_every_update(session, plan_id, until)
        return rows, dict(find_wordings(session, rows)) if until else {}

    rows, wordings = read_several(stands_at(call), load)
    shown = [(shape_update(row, None, wordings.get(row["id"], ())), row["action_text"]) for row in rows]
    return [(as_then(update, until), text) for update, text in shown] if until else shown


def _read_key(cursor: str | None) -> Key:
    found = read_cursor(cursor, "posted")
    try:
        key = (datetime.fromisoformat(found[0]), UUID(found[1])) if found else None
    except ValueError as error:
        raise forged_cursor() from error
    if key is not None and key[0].tzinfo is None:
        raise forged_cursor()
    return key


def _list(
    call: Call, find: Callable[..., list[Any]], *, limit: int, cursor: str | None = None, as_at: date | None = None
) -> Answer:
    """One page. 1 SELECT, or 2 where something was corrected."""
    check_day(call, as_at)
    until, before = end_of_day(as_at) if as_at else None, _read_key(cursor)

    def load(session: Session) -> tuple[list[Any], dict[UUID, list[Any]]]:
        rows = find(session, before=before, until=until, limit=limit + 1)
        return rows, dict(find_wordings(session, rows))

    rows, wordings = read_several(stands_at(call), load)
    caller = call.here.id
    shown = [shape_update(row, caller, wordings.get(row["id"], ())) for row in rows[:limit]]
    if until is not None:
        shown = [as_then(each, until) for each in shown]
    next_cursor = write_cursor("posted", posted_key(rows[limit - 1])) if len(rows) > limit else None
    return Answer(b'{"data":' + dumps(shown) + b"," + envelope(limit, next_cursor)[1:], links=link(next_cursor))


def as_then(update: dict[str, Any], until: datetime) -> dict[str, Any]:
    """An UpdateOut with the words and the answer that it had by then; nothing can be done with it."""
    update["may_correct"] = False
    answer = update["acknowledgement"]
    if answer and answer["at"] and answer["at"] >= until:
        update["acknowledgement"] = {"state": "waiting", "by": None, "at": None, "question": None}
    earlier = [each for each in update["wordings"] if each["until"] < until]
    if len(earlier) < len(update["wordings"]):
        then = update["wordings"][len(earlier)]
        update |= {name: value for name, value in then.items() if name != "until"}
        update["corrected_at"] = earlier[-1]["until"] if earlier else None
    update["wordings"] = earlier
    return update
