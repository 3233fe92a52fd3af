"""What the routes of plans answer: the list of them, the plan document, its actions, and a change of its settings."""

from datetime import date
from typing import Any

from flask import request

from api.domain.plan.document import ActionDoc, PlanDocument
from api.domain.plan.filters import Filters, page_of
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.http.messages.json_io import dumps
from api.http.paging import envelope, link, page, read_cursor, write_cursor
from api.queries.people.people import get_directory_revision
from api.queries.plan.plan_document import get_plan_document
from api.queries.plan.plans import list_plans
from api.services.plan import plans
from api.web.plan.cache import Rendered, Written
from api.web.plan.rendering import plan_stamp, plan_tag, tell


def guard_plan(call: Call, _id: Any) -> None:
    """May this caller change its settings, and has nobody changed them meanwhile?"""
    plans.may_edit(call.work, plan_stamp(call)[0], call.seen)


def show_plan(call: Call, _id: Any = None) -> Answer:
    """The plan document, read in the transaction that is open. 10 SELECTs."""
    found = get_plan_document(call.session, plan_stamp(call)[0], call.work.today)
    body = {name: getattr(found, name) for name in PlanDocument.__slots__}
    return Answer(body, etag=tag_now(call, found.revision))


def tag_now(call: Call, revision: int) -> str:
    """The ETag of the plan at this revision, as its next read will give it."""
    return plan_tag(revision, get_directory_revision(call.session), call.work.today)


def edit_plan(call: Call, **members: Any) -> Answer:
    """The plan after the change."""
    plans.edit_plan(call.work, plan_stamp(call)[0], call.seen, **members)
    return show_plan(call)


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
    data: list[ActionDoc] | list[dict[str, Any]] = page
    if fields is not None:
        data = [{name: getattr(each, name) for name in ActionDoc.__slots__ if name in fields} for each in page]
    return Written(b'{"data":' + dumps(data) + b"," + rest[1:], link(next_cursor))


def read_plans(call: Call, *, limit: int, cursor: str | None = None) -> Answer:
    """Answer with the plans, by slug."""
    after = read_cursor(cursor, "slug") or [""]
    rows = list_plans(call.session, after=after[0], limit=limit + 1)
    return page(rows, limit, "slug", lambda row: [row["slug"]])
