"""What programs of others fetch: the status in numbers, and one flat row for each action (API 7.2).

They are asked for again and again on one address, so they are answered with an ETag and `private, no-cache`, and not with
the `no-store` of a file that somebody takes away: a repeat costs a 304.
"""

from collections.abc import Callable
from datetime import date
from operator import attrgetter

from api.exports.csv_text import write_csv
from api.exports.flat import COLUMNS, FlatAction, rows_of
from api.exports.status import status_of
from api.web.answers import Answer
from api.web.cache import Rendered, Written
from api.web.declare import Call
from api.web.json_io import dumps
from api.web.proof import site
from api.web.rendering import tell

CSV = "text/csv; charset=utf-8; header=present"
_cells = attrgetter(*COLUMNS)


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
    call: Call, as_at: date | None, form: str, write: Callable[[Rendered, list[FlatAction]], Written]
) -> Answer:
    """The rows lead to the pages of this site, so what is kept of them, here and by the caller, is this site's."""
    here = site()

    def flat(found: Rendered) -> Written:
        return found.fed(f"{form} {here}", lambda: write(found, rows_of(found.document, found.index, here)))

    return tell(call, as_at, flat, of=here)


def _write_csv(found: Rendered, rows: list[FlatAction]) -> Written:
    name = f"{found.document.slug}-actions-{found.document.as_of}.csv"
    return Written(write_csv(COLUMNS, map(_cells, rows)), file_name=name)


def _write_json(found: Rendered, rows: list[FlatAction]) -> Written:
    document = found.document
    about = {"plan": document.slug, "as_of": document.as_of, "revision": document.revision}
    return Written(dumps({"data": rows, **about}))
