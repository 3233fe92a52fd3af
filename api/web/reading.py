"""What the reading routes answer: the plan document and what is made from it, one action, and what I owe."""

import base64
import binascii
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from flask import current_app, request

from api.domain.document import ActionDoc
from api.domain.errors import FieldError, InvalidCursor, NotFound
from api.domain.filters import Filters, page_of
from api.domain.permissions import Role, abilities
from api.domain.status import Status
from api.queries.action_document import get_action_document
from api.queries.actions import get_action, list_status_changes
from api.queries.people import list_agencies, list_people
from api.queries.plan_document import get_plan_document
from api.queries.plans import list_plans, list_plans_of_person
from api.queries.updates import list_updates, list_waiting_actions
from api.schemas.people import shape_agency, shape_person
from api.schemas.updates import shape_update
from api.web.answers import Answer
from api.web.cache import PlanCache, Rendered
from api.web.endpoint import Call
from api.web.etag import action_etag, is_known, plan_etag
from api.web.transaction import read_now, snapshot

UPDATES_SHOWN = 20


def rendered_plan(call: Call, plan_id: UUID, revision: int) -> Rendered:
    """The plan as it stands, from this worker's cache or built in one snapshot."""
    cache: PlanCache = current_app.extensions["plan_cache"]
    today = call.work.today

    def load() -> Any:
        with snapshot() as session:
            return get_plan_document(session, plan_id, today)

    return cache.get(plan_id, (revision, call.here.directory_revision, today), load)


def _stamp(call: Call) -> tuple[UUID, int]:
    here = call.here
    if here.plan_id is None or here.revision is None:
        raise NotFound("There is no such plan.")
    return here.plan_id, here.revision


def _tag(call: Call, revision: int) -> str:
    release = current_app.extensions["plan_settings"].release
    return plan_etag(revision, call.here.directory_revision, call.work.today, release)


def read_plan(call: Call) -> Answer:
    """Answer with the plan document; a reader who has it costs no more than who they are."""
    plan_id, revision = _stamp(call)
    tag = _tag(call, revision)
    if is_known(tag):
        return Answer(etag=tag)
    found = rendered_plan(call, plan_id, revision)
    return Answer(found.body, etag=_tag(call, found.stamp[0]), pack=found.packed)


def read_actions(
    call: Call,
    *,
    limit: int,
    sort: str,
    cursor: str | None = None,
    fields: frozenset[str] | None = None,
    **filters: Any,
) -> Answer:
    """Answer with one page of the plan's actions. Raises InvalidCursor, InvalidParameter."""
    plan_id, revision = _stamp(call)
    tag = _tag(call, revision)
    if is_known(tag):
        return Answer(etag=tag)
    after = read_cursor(cursor, sort)
    found = rendered_plan(call, plan_id, revision)
    kept = found.index.select(Filters(**filters))
    page, last = page_of(kept, sort, after, limit)
    next_cursor = write_cursor(sort, last) if last else None
    rest = _envelope(limit, next_cursor, {"total": len(kept)})
    if fields is None:
        body = b'{"data":[' + b",".join(found.piece(found.index.by_id[each.id]) for each in page) + b"]," + rest[1:]
    else:
        sparse = [{name: getattr(each, name) for name in ActionDoc.__slots__ if name in fields} for each in page]
        body = b'{"data":' + _dump(sparse) + b"," + rest[1:]
    return Answer(body, etag=_tag(call, found.stamp[0]), links=_link(next_cursor))


def _dump(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS)


def _envelope(limit: int, next_cursor: str | None, more: dict[str, Any] | None = None) -> bytes:
    page = {"limit": limit, "next_cursor": next_cursor, **(more or {})}
    return _dump({"page": page, "links": {"self": request.full_path.rstrip("?"), "next": _next(next_cursor)}})


def _next(cursor: str | None) -> str | None:
    if cursor is None:
        return None
    return f"{request.path}?{urlencode({**request.args, 'cursor': cursor})}"


def _link(cursor: str | None) -> str | None:
    return f'<{_next(cursor)}>; rel="next"' if cursor else None


def write_cursor(order: str, key: list[Any]) -> str:
    """An opaque cursor: the order it belongs to, and the key of the last thing shown."""
    return base64.urlsafe_b64encode(_dump([order, *key])).decode().rstrip("=")


def read_cursor(cursor: str | None, order: str) -> list[Any] | None:
    """The key in a cursor of this order. Raises InvalidCursor."""
    if cursor is None:
        return None
    try:
        found = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if (
            not isinstance(found, list)
            or found[0] != order
            or not all(isinstance(part, str | int | float) for part in found)
        ):
            raise ValueError
    except (ValueError, IndexError, binascii.Error) as error:
        detail = "Use the cursor of the page before, with the same sort."
        raise InvalidCursor(detail, [FieldError("?cursor", "invalid", detail)]) from error
    return found[1:]


def page(rows: list[dict[str, Any]], limit: int, order: str, key_of: Any, *, private: bool = False) -> Answer:
    """A list answer from `limit` + 1 rows: the extra one says that there is more."""
    shown = rows[:limit]
    cursor = write_cursor(order, key_of(shown[-1])) if len(rows) > limit else None
    body = b'{"data":' + _dump(shown) + b"," + _envelope(limit, cursor)[1:]
    return Answer(body, links=_link(cursor), private=private)


def read_plans(call: Call, *, limit: int, cursor: str | None = None) -> Answer:
    """Answer with the plans, by slug."""
    after = read_cursor(cursor, "slug") or [""]
    rows = list_plans(call.session, after=str(after[0]), limit=limit + 1)
    return page(rows, limit, "slug", lambda row: [row["slug"]])


def _name_and_id(cursor: str | None) -> tuple[str, UUID] | None:
    found = read_cursor(cursor, "name")
    try:
        return (str(found[0]), UUID(str(found[1]))) if found else None
    except (IndexError, ValueError) as error:
        raise InvalidCursor("Use the cursor of the page before.") from error


def read_people(call: Call, *, limit: int, cursor: str | None = None) -> Answer:
    """Answer with the people, by name."""
    rows = [shape_person(*row) for row in list_people(call.session, after=_name_and_id(cursor), limit=limit + 1)]
    return page(rows, limit, "name", lambda row: [row["name"], row["id"]], private=True)


def read_agencies(call: Call, *, limit: int, cursor: str | None = None) -> Answer:
    """Answer with the agencies, by name."""
    rows = [shape_agency(row) for row in list_agencies(call.session, after=_name_and_id(cursor), limit=limit + 1)]
    return page(rows, limit, "name", lambda row: [row["name"], row["id"]])


def read_action(call: Call, action_id: UUID) -> Answer:
    """Answer with one action, its timeline, and what this caller may do with it. 10 SELECTs."""
    if not call.session.in_transaction() or call.session.connection().get_isolation_level() == "AUTOCOMMIT":
        with snapshot():
            return show_action(call, action_id)
    return show_action(call, action_id)


def show_action(call: Call, action_id: UUID) -> Answer:
    """The action's answer, read in the transaction that is open."""
    session = call.session
    found = get_action_document(session, action_id, call.work.today)
    rows = list_updates(session, action_id, limit=UPDATES_SHOWN + 1)
    waiting = any(row["acknowledgement"] == "waiting" for row in rows)
    may, why_not = abilities(call.work.actor, get_action(session, action_id).facts, waiting=waiting)
    more = write_cursor("posted", _posted(rows[UPDATES_SHOWN - 1])) if len(rows) > UPDATES_SHOWN else None
    account = call.here.account_id
    body = {
        **{name: getattr(found.action, name) for name in ActionDoc.__slots__},
        "plan": found.plan,
        "objective_id": found.objective_id,
        "lead": found.lead,
        "previous": found.previous,
        "next": found.next,
        "updates": [shape_update(row, account) for row in rows[:UPDATES_SHOWN]],
        "status_changes": list_status_changes(session, action_id),
        "links": {"updates": f"{_updates_path(action_id)}?cursor={more}" if more else None},
        "may": may,
        "why_not": why_not,
    }
    stamp = (found.revision, found.action.version, found.action.updates_count)
    tag = action_etag(stamp, call.here.directory_revision, call.work.today, reader_mark(call, may))
    return Answer(body, etag=tag)


def reader_mark(call: Call, may: list[str]) -> str:
    """What makes one reader's view of an action differ from another's."""
    return f"{call.here.account_id}{may}"


def _updates_path(action_id: UUID) -> str:
    return f"/api/v1/actions/{action_id}/updates"


def _posted(row: Any) -> list[Any]:
    return [row["posted_at"].isoformat(), str(row["id"])]


def read_updates(call: Call, action_id: UUID, *, limit: int, cursor: str | None = None) -> Answer:
    """Answer with an action's updates, newest first."""
    found = read_cursor(cursor, "posted")
    try:
        before = (datetime.fromisoformat(found[0]), UUID(found[1])) if found else None
    except (IndexError, ValueError, TypeError) as error:
        raise InvalidCursor("Use the cursor of the page before.") from error
    rows = list_updates(call.session, action_id, before=before, limit=limit + 1)
    shown = [shape_update(row, call.here.account_id) for row in rows[:limit]]
    next_cursor = write_cursor("posted", _posted(rows[limit - 1])) if len(rows) > limit else None
    return Answer(b'{"data":' + _dump(shown) + b"," + _envelope(limit, next_cursor)[1:], links=_link(next_cursor))


def describe_me(call: Call) -> dict[str, Any]:
    """The account, its person, and for each plan what it leads, is on and owes."""
    here, actor = call.here, call.work.actor
    account = {"id": here.account_id, "name": here.name, "email": here.email, "role": here.role}
    stamps = _plans_to_show(call)
    waiting = set(list_waiting_actions(read_now(), None if actor.role is Role.ADMIN else actor.person_id))
    rendered = [rendered_plan(call, plan_id, revision) for plan_id, revision in stamps]
    return {
        "account": account,
        "person": _person(call, rendered),
        "may": ["seed"] if actor.role is Role.ADMIN else [],
        "plans": [_mine(call, each, waiting) for each in rendered],
    }


def _plans_to_show(call: Call) -> list[tuple[UUID, int]]:
    person = call.work.actor.person_id
    session = read_now()
    if person is None or call.work.actor.role is Role.ADMIN:
        return [(row["id"], row["revision"]) for row in list_plans(session, limit=200)]
    return list_plans_of_person(session, person)


def _person(call: Call, rendered: list[Rendered]) -> dict[str, Any] | None:
    here = call.here
    if here.person_id is None:
        return None
    for each in rendered:
        for person in each.document.people:
            if person.id == here.person_id:
                agency = next((agency for agency in each.document.agencies if agency.id == person.agency), None)
                return {"id": person.id, "name": person.name, "post": person.post, "agency": agency}
    return {"id": here.person_id, "name": here.name, "post": None, "agency": None}


def _mine(call: Call, rendered: Rendered, waiting: set[UUID]) -> dict[str, Any]:
    actor, plan = call.work.actor, rendered.document
    leads_here = actor.role is Role.LEAD_OFFICER
    led = [each for each in plan.objectives if leads_here and each.lead and each.lead.person == actor.person_id]
    on = rendered.index.of_person(actor.person_id) if actor.person_id else []
    leading = [action for objective in led for action in objective.actions]
    answering = rendered.index.actions if actor.role is Role.ADMIN else leading
    mine = {action.id: action for action in [*on, *leading]} if actor.role is not Role.VIEWER else {}
    return {
        "id": plan.id,
        "slug": plan.slug,
        "title": plan.title,
        "leads": [objective.number for objective in led],
        "on": [action.id for action in on],
        "owed": [action.id for action in sorted(mine.values(), key=_most_owed) if action.needs_update],
        "to_acknowledge": [action.id for action in answering if action.id in waiting],
        "to_sign_off": [action.id for action in answering if action.status == Status.DELIVERED],
    }


def _most_owed(action: ActionDoc) -> tuple[bool, float, int, int]:
    """Past its date first, then whoever was silent longest, then the order of the paper."""
    last = action.latest_update.posted_at.timestamp() if action.latest_update else 0.0
    return (not action.past_date, last, action.objective, action.position)
