"""What the administrator's routes for the audit answer, and what `plan audit` prints."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from api.domain.days import end_of_day, start_of_day
from api.exports.csv_text import write_csv
from api.http.declare import Call
from api.http.messages.answers import CSV, Answer
from api.http.messages.json_io import dumps_text
from api.http.paging import forged_cursor, page, read_cursor
from api.queries.accounts.audit import LATEST, Which, get_names, list_events
from api.schemas.accounts.audit import about_of, shape_event

MOST_IN_A_FILE = 50_000
COLUMNS = ("id", "at", "kind", "says", "actor", "about", "address", "account", "partner_token", "request_id", "detail")


def read_events(call: Call, *, limit: int, cursor: str | None = None, **filters: Any) -> Answer:
    """Answer with a page of events, newest first."""
    before = (read_cursor(cursor, "event") or [LATEST])[0]
    if not 0 <= before <= LATEST:
        raise forged_cursor()
    events = tell_events(call.session, which(**filters), before=before, limit=limit + 1)
    return page(events, limit, "event", lambda event: [event["id"]], private=True)


def export_events(call: Call, **filters: Any) -> Answer:
    """Answer with the events as a file."""
    body = file_of(call.session, which(**filters))
    return Answer(body, media=CSV, file_name=f"audit-{call.work.today}.csv", private=True)


def tell_events(session: Session, found: Which, *, before: int = LATEST, limit: int) -> list[dict[str, Any]]:
    """EventOuts with a lower id than `before`, newest first. 2 SELECTs at most."""
    rows = list_events(session, found, before=before, limit=limit)
    names = get_names(session, {about for row in rows if (about := about_of(row))})
    return [shape_event(row, names) for row in rows]


def file_of(session: Session, found: Which) -> bytes:
    """The events as CSV: the newest, and a last line that says so when there are more."""
    events = tell_events(session, found, limit=MOST_IN_A_FILE + 1)
    lines = [_cells(event) for event in events[:MOST_IN_A_FILE]]
    if len(events) > MOST_IN_A_FILE:
        note = f"Only the newest {MOST_IN_A_FILE:,} events are in this file. Ask for fewer days for the others."
        lines.append([note if name == "says" else None for name in COLUMNS])
    return write_csv(COLUMNS, lines)


def which(*, since: date | None = None, until: date | None = None, **filters: Any) -> Which:
    """The filters of a query as instants: the days of London, both included."""
    return Which(
        kinds=filters.get("kind"),
        account=filters.get("account"),
        partner_token=filters.get("partner_token"),
        since=start_of_day(since) if since else None,
        until=end_of_day(until) if until else None,
        words=filters.get("q"),
    )


def _cells(event: dict[str, Any]) -> list[str | int | None]:
    written = {
        "at": event["at"].isoformat(timespec="seconds"),
        "detail": event["detail"] and dumps_text(event["detail"]),
    }
    plain = {name: None if event[name] is None else str(event[name]) for name in ("account", "partner_token")}
    whole = {**event, **plain, **written}
    return [whole[name] for name in COLUMNS]
