"""What the administrator's routes for the audit answer."""

from datetime import date, timedelta
from typing import Any

from api.domain.days import end_of_day
from api.exports.csv_text import write_csv
from api.queries.audit import LATEST, Which, list_events
from api.schemas.audit import shape_event
from api.web.answers import Answer
from api.web.declare import Call
from api.web.feeds import CSV
from api.web.json_io import dumps_text
from api.web.paging import forged_cursor, page, read_cursor

MOST_IN_A_FILE = 50_000
COLUMNS = ("id", "at", "kind", "says", "actor", "address", "account", "partner_token", "request_id", "detail")


def read_events(call: Call, *, limit: int, cursor: str | None = None, **filters: Any) -> Answer:
    """Answer with a page of events, newest first."""
    before = (read_cursor(cursor, "event") or [LATEST])[0]
    if not 0 <= before <= LATEST:
        raise forged_cursor()
    rows = list_events(call.session, which(**filters), before=before, limit=limit + 1)
    return page([shape_event(row) for row in rows], limit, "event", lambda row: [row["id"]], private=True)


def export_events(call: Call, **filters: Any) -> Answer:
    """Answer with the events as a file: the newest, and a last line that says so when there are more."""
    rows = list_events(call.session, which(**filters), limit=MOST_IN_A_FILE + 1)
    lines = [_cells(shape_event(row)) for row in rows[:MOST_IN_A_FILE]]
    if len(rows) > MOST_IN_A_FILE:
        note = f"Only the newest {MOST_IN_A_FILE:,} events are in this file. Ask for fewer days for the others."
        lines.append([note if name == "says" else None for name in COLUMNS])
    return Answer(write_csv(COLUMNS, lines), media=CSV, file_name=f"audit-{call.work.today}.csv", private=True)


def which(*, since: date | None = None, until: date | None = None, **filters: Any) -> Which:
    """The filters of a query as instants: the days of London, both included."""
    return Which(
        kinds=filters.get("kind"),
        account=filters.get("account"),
        partner_token=filters.get("partner_token"),
        since=end_of_day(since - timedelta(days=1)) if since else None,
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
