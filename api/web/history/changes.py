"""What the change feed answers: a page of changes, or 304 for one SELECT when there is nothing new (API 7.1)."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from api.domain.errors import CursorExpired
from api.domain.history import changes as rules
from api.domain.journal import Line
from api.http.database.replica import read_several
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.http.messages.etag import feed_etag, held
from api.http.paging import forged_cursor, read_old, read_signed, write_cursor
from api.queries.history.change_objects import Objects, get_objects
from api.queries.history.changes import Page, Position, Positions, get_changes
from api.schemas.history.changes import shape_update_in_feed
from api.web.plan.rendering import plan_stamp, stands_at

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


def _shape(entry: Line, objects: Objects) -> dict[str, Any]:
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
    return write_cursor("feed", [today.isoformat(), *then.plan, *then.directory], _signer(plan_id))


def _signer(plan_id: UUID) -> bytes:
    """What cursors of a plan's feed are signed under: a partner keeps one for longer than any secret lives (ADR 21)."""
    return b"feed:" + plan_id.bytes


def _read_since(since: str | None, plan_id: UUID, today: date) -> Since:
    """Take the cursor apart. Raises InvalidCursor when it is not whole, or of another plan."""
    if since is None:
        return Since(today, Positions())
    try:
        given_on, *numbers = _read_old(since, plan_id) or read_signed(since, "feed", _signer(plan_id))
        given = date.fromisoformat(given_on)
        if not all(0 <= number <= _MOST for number in numbers):
            raise ValueError
    except ValueError as error:
        says = "Use the last cursor of this plan's changes, not one of another plan, or leave it out to begin."
        raise forged_cursor("since", says) from error
    return Since(given, Positions(Position(*numbers[:3]), Position(*numbers[3:])))


def _read_old(since: str, plan_id: UUID) -> list[Any] | None:
    """What is in a cursor from before cursors were signed; None when it is not one of this plan.

    A partner may hold one for 400 days. The journal is asked for each place in it, and the next answer brings a signed one.
    """
    found = read_old(since, "changes")
    return found[1:] if found and found[0] == plan_id.hex else None
