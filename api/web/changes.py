"""What the change feed answers: a page of changes, or 304 for one SELECT when there is nothing new (API 7.1)."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from api.domain import changes as rules
from api.domain.errors import CursorExpired, FieldError, InvalidCursor
from api.queries.change_objects import Objects, get_objects
from api.queries.changes import Entry, Page, Position, Positions, get_changes
from api.schemas.changes import shape_update_in_feed
from api.web.answers import Answer
from api.web.declare import Call
from api.web.etag import feed_etag, held
from api.web.paging import forged_cursor, read_cursor, write_cursor
from api.web.rendering import plan_stamp, stands_at
from api.web.replica import read_several

_MOST = 2**63 - 1


class Since(NamedTuple):
    """A cursor taken apart: when it was given out, and what its holder has seen."""

    given_on: date
    seen: Positions


def read_changes(call: Call, *, limit: int, since: str | None = None) -> Answer:
    """Answer with the changes after `since`. Raises InvalidCursor, CursorExpired."""
    plan_id, revision = plan_stamp(call)
    today, asked = call.work.today, f"{since} {limit}"
    begin = _read_since(since, plan_id, today)
    release = current_app.extensions["plan_settings"].release
    tag = feed_etag((revision, call.here.directory_revision), today, release, asked)
    if have := held(tag):
        return Answer(etag=have, known=True)

    def load(session: Session) -> tuple[Page, Objects]:
        found = get_changes(session, plan_id, begin.seen, limit)
        spoken_of = [(each.object_type, each.object_id) for each in found.entries]
        return found, get_objects(session, plan_id, spoken_of, today)

    page, objects = read_several(stands_at(call), load)
    _check(page, begin, today)
    body = {
        "data": [_shape(entry, objects) for entry in page.entries],
        "cursor": _write_cursor(plan_id, today, page.then),
        "has_more": page.has_more,
    }
    return Answer(body, etag=feed_etag((page.revision, page.directory_revision), today, release, asked))


def _check(page: Page, begin: Since, today: date) -> None:
    """Raise CursorExpired when what the cursor says was seen is not what stands there, or too long ago."""
    if not page.known:
        raise CursorExpired(
            "What this cursor had reached is not in the database: it was restored from a backup. "
            "Forget what you have, and start again without since."
        )
    if page.first is not None and rules.is_expired(begin.given_on, page.first.at, today):
        days = rules.KEPT_FOR.days
        raise CursorExpired(
            f"The first change after this cursor is older than {days} days. Forget what you have, and start again without since."
        )


def _shape(entry: Entry, objects: Objects) -> dict[str, Any]:
    """A ChangeOut."""
    update = objects.updates.get(entry.object_id) if entry.object_type == "update" else None
    now = objects.others.get((entry.object_type, entry.object_id))
    return {
        "type": rules.name_of(entry.object_type),
        "id": entry.object_id,
        "change": rules.kind_of(entry.object_type, entry.verb),
        "verb": entry.verb,
        "by": entry.by,
        "revision": entry.revision,
        "changed_at": entry.at,
        "object": now if update is None else shape_update_in_feed(update),
        "action": None if update is None else objects.others.get(("action", update["action_id"])),
    }


def _write_cursor(plan_id: UUID, today: date, then: Positions) -> str:
    return write_cursor("changes", [plan_id.hex, today.isoformat(), *then.plan, *then.directory])


def _read_since(since: str | None, plan_id: UUID, today: date) -> Since:
    """Take the cursor apart. Raises InvalidCursor when it is forged, or of another plan."""
    found = read_cursor(since, "changes", "since")
    if found is None:
        return Since(today, Positions())
    plan, given_on, *numbers = found
    if plan != plan_id.hex:
        detail = "This cursor is of another plan. Use the cursor of this plan's changes, or leave it out to begin."
        raise InvalidCursor(detail, [FieldError("?since", "invalid", detail)])
    try:
        given = date.fromisoformat(given_on)
    except ValueError as error:
        raise forged_cursor("since") from error
    if not all(0 <= number <= _MOST for number in numbers):
        raise forged_cursor("since")
    return Since(given, Positions(Position(*numbers[:3]), Position(*numbers[3:])))
