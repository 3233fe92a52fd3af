"""What programs of others fetch: the status in numbers, one flat row for each action, one for each update (API 7.2).

They are asked for again and again on one address, so they are answered with an ETag and `private, no-cache`, and not with
the `no-store` of a file that somebody takes away: a repeat costs a 304.
"""

from collections.abc import Callable
from datetime import date
from operator import attrgetter, itemgetter
from typing import Any

from api.domain.days import end_of_day
from api.exports.csv_text import write_csv
from api.exports.flat import COLUMNS, rows_of
from api.exports.flat_updates import UPDATE_COLUMNS, FlatUpdate, update_rows
from api.exports.status import status_of
from api.http.callers.proof import site
from api.http.declare import Call
from api.http.messages.answers import CSV, Answer
from api.http.messages.json_io import dumps
from api.web.plan.cache import Rendered, Written
from api.web.plan.rendering import tell
from api.web.plan.updates import read_every_update

_cells = itemgetter(*COLUMNS)
_update_cells = attrgetter(*UPDATE_COLUMNS)


def read_status(call: Call, as_at: date | None = None) -> Answer:
    """Answer with the plan in numbers."""
    return tell(
        call,
        as_at,
        lambda found: found.fed("status", lambda: Written(dumps(status_of(found.document, found.index)))),
    )


def read_flat_json(call: Call, as_at: date | None = None) -> Answer:
    """Answer with the flat rows, typed."""
    return _tell_flat(call, as_at, "json", _write_json)


def read_flat_csv(call: Call, as_at: date | None = None) -> Answer:
    """Answer with the flat rows as a file for spreadsheets."""
    answer = _tell_flat(call, as_at, "csv", _write_csv)
    answer.media = CSV
    return answer


def _tell_flat(
    call: Call, as_at: date | None, form: str, write: Callable[[Rendered, list[dict[str, Any]]], Written]
) -> Answer:
    """The rows lead to the pages of this site, so what is kept of them, here and by the caller, is this site's."""
    here = site()

    def flat(found: Rendered) -> Written:
        return found.fed(f"{form} {here}", lambda: write(found, rows_of(found.document, found.index, here)))

    return tell(call, as_at, flat, of=here)


def read_updates_json(call: Call, as_at: date | None = None) -> Answer:
    """Answer with a flat row for each update, typed."""
    return _tell_updates(call, as_at, _write_update_json)


def read_updates_csv(call: Call, as_at: date | None = None) -> Answer:
    """Answer with a flat row for each update, as a file for spreadsheets."""
    answer = _tell_updates(call, as_at, _write_update_csv)
    answer.media = CSV
    return answer


def _tell_updates(call: Call, as_at: date | None, write: Callable[[Rendered, list[FlatUpdate]], Written]) -> Answer:
    """2 SELECTs. Not kept, as the other feeds are: it may be large, is asked for seldom, and a repeat is a 304."""
    here = site()
    until = end_of_day(as_at) if as_at and as_at != call.work.today else None

    def flat(found: Rendered) -> Written:
        return write(found, update_rows(found.document, read_every_update(call, until), here))

    return tell(call, as_at, flat, of=here)


def _write_update_csv(found: Rendered, rows: list[FlatUpdate]) -> Written:
    name = f"{found.document.slug}-updates-{found.document.as_of}.csv"
    return Written(write_csv(UPDATE_COLUMNS, map(_update_cells, rows)), file_name=name)


def _write_update_json(found: Rendered, rows: list[FlatUpdate]) -> Written:
    return Written(dumps({"data": rows, **_about(found)}))


def _about(found: Rendered) -> dict[str, Any]:
    document = found.document
    return {"plan": document.slug, "as_of": document.as_of, "revision": document.revision}


def _write_csv(found: Rendered, rows: list[dict[str, Any]]) -> Written:
    name = f"{found.document.slug}-actions-{found.document.as_of}.csv"
    return Written(write_csv(COLUMNS, map(_cells, rows)), file_name=name)


def _write_json(found: Rendered, rows: list[dict[str, Any]]) -> Written:
    return Written(dumps({"data": rows, **_about(found)}))
