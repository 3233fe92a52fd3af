"""What the reading routes answer: the plan document and what is made from it, one action, and what I owe."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import request

from api.domain.plan.abilities import abilities
from api.domain.plan.document import ActionDoc
from api.domain.plan.filters import Filters, page_of
from api.domain.plan.status import Status, moves_from
from api.http.database.replica import read_several
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.http.messages.etag import action_etag
from api.http.messages.json_io import dumps
from api.http.paging import envelope, link, page, read_cursor, write_cursor
from api.queries.plan.action_document import get_action_document
from api.queries.plan.actions import get_action, list_status_changes
from api.queries.plan.plans import list_plans
from api.queries.plan.updates import find_wordings, has_waiting_update, list_updates
from api.schemas.plan.updates import shape_update
from api.web.plan.cache import Rendered, Written
from api.web.plan.rendering import stands_at, tell

UPDATES_SHOWN = 20


def read_plan(call: Call, as_at: date | None = None) -> Answer:
    """Answer with the plan document; a reader who has it costs no more than who they are."""
    return tell(call, as_at, lambda found: found.whole)


def read_actions(call: Call, **query: Any) -> Answer:
    """Answer with one page of the plan's actions. Raises InvalidCursor, InvalidParameter."""
    return tell(call, None, lambda found: found.listed(request.full_path, lambda: _list_actions(found, **query)))


def _list_actions(
    found: Rendered,
    *,
    limit: int,
    sort: str,
    cursor: str | None = None,
    fields: frozenset[str] | None = None,
    **filters: Any,
) -> Written:
    after = read_cursor(cursor, sort)
    kept = found.index.select(Filters(**filters))
    page, last = page_of(kept, sort, after, limit)
    next_cursor = write_cursor(sort, last) if last else None
    rest = envelope(limit, next_cursor, {"total": len(kept)})
    if fields is None:
        body = b'{"data":[' + b",".join(found.piece(found.index.by_id[each.id]) for each in page) + b"]," + rest[1:]
    else:
        sparse = [{name: getattr(each, name) for name in ActionDoc.__slots__ if name in fields} for each in page]
        body = b'{"data":' + dumps(sparse) + b"," + rest[1:]
    return Written(body, link(next_cursor))


def read_plans(call: Call, *, limit: int, cursor: str | None = None) -> Answer:
    """Answer with the plans, by slug."""
    after = read_cursor(cursor, "slug") or [""]
    rows = list_plans(call.session, after=after[0], limit=limit + 1)
    return page(rows, limit, "slug", lambda row: [row["slug"]])


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
