"""What is answered about a plan's history in figures: how ratings moved, and who reported when.

The end of a month that is over changes no more, so it is worked out once a day in each worker; today is read from the
plan as it stands.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from flask import current_app, request

from api.domain.days import end_of_day
from api.domain.errors import FieldError, InvalidParameter
from api.domain.plan.by_when import say_date
from api.domain.plan.trend import MONTHS_SHOWN, MOST_MONTHS, Point, month_after, month_ends, months_between
from api.http.database.replica import read_one, read_several
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.http.messages.etag import figures_etag, held
from api.queries.plan.activity import count_updates
from api.queries.plan.as_at import LONGEST_REQUEST
from api.queries.plan.trend import get_trend
from api.web.plan.rendering import plan_stamp, rendered_plan, stands_at

T = TypeVar("T")
MOST_KEPT = 64


class Figures:
    """Figures by what was asked and what they hold for, the least recently read forgotten first; one is made at a time."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, asked: Hashable, holds_for: Hashable, load: Callable[[], T]) -> T:
        """The figures that were asked for; `load` makes them when none are kept that hold still."""
        with self._lock:
            kept = self._kept.pop(asked, None)
            found: T = kept[1] if kept is not None and kept[0] == holds_for else load()
            self._kept[asked] = (holds_for, found)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return found


def read_trend(call: Call, first: date | None = None, last: date | None = None) -> Answer:
    """Answer with the ratings at the ends of these months, and today when its month is among them. Raises InvalidParameter."""
    plan_id, revision = plan_stamp(call)
    begin, end = _months(call.work.today, first, last, MONTHS_SHOWN + 1)
    tag = _tag(call, revision)
    if have := held(tag):
        return Answer(etag=have, known=True)
    today = call.work.today
    days = month_ends(begin, end, today)

    def load() -> list[Point]:
        return read_several(stands_at(call), lambda session: get_trend(session, plan_id, days)) if days else []

    # Just after midnight a request of the month before may still be on its way.
    settled = not days or call.work.now > end_of_day(days[-1]) + LONGEST_REQUEST
    points = _figures().get(("trend", plan_id, begin, end), (today, None if settled else revision), load)
    if end == month_after(today, 0):
        shown = rendered_plan(call, plan_id, revision)
        counts = shown.document.counts
        points = [*points, Point(today, counts.rating, counts.actions)]
        tag = _tag(call, shown.stamp[0])
    return Answer({"as_of": today, "data": points}, etag=tag)


def read_activity(call: Call, first: date | None = None, last: date | None = None) -> Answer:
    """Answer with the updates of each agency in these months. Raises InvalidParameter."""
    plan_id, revision = plan_stamp(call)
    begin, end = _months(call.work.today, first, last, MONTHS_SHOWN)
    tag = _tag(call, revision)
    if have := held(tag):
        return Answer(etag=have, known=True)

    def load() -> dict[str, Any]:
        after = month_after(end, 1)
        rows = read_one(stands_at(call), lambda session: count_updates(session, plan_id, begin, after))
        return _grid(rows, [f"{month:%Y-%m}" for month in months_between(begin, end)])

    grid = _figures().get(("activity", plan_id, begin, end), revision, load)
    return Answer({"as_of": call.work.today, **grid}, etag=tag)


def _grid(rows: list[tuple[str | None, str, int]], months: list[str]) -> dict[str, Any]:
    """The members of an ActivityOut: every agency has every month."""
    counts = {(agency, month): updates for agency, month, updates in rows}
    sums = {agency: sum(n for (whose, _), n in counts.items() if whose == agency) for agency, _ in counts}
    agencies = sorted(sums, key=lambda agency: (agency is None, -sums[agency], agency or ""))
    data = [
        {"agency": agency, "months": [{"month": month, "updates": counts.get((agency, month), 0)} for month in months]}
        for agency in agencies
    ]
    return {"months": months, "data": data}


def _months(today: date, first: date | None, last: date | None, shown: int) -> tuple[date, date]:
    """The months asked for, by their first days. Raises InvalidParameter."""
    this = month_after(today, 0)
    end = last or this
    begin = first or month_after(end, 1 - shown)
    if end > this:
        raise _invalid("to", f"This month is still to come; today is {say_date(today)}.")
    if begin > end:
        raise _invalid("from", "The first month must not be after the last.")
    if month_after(begin, MOST_MONTHS) <= end:
        raise _invalid("from", f"Ask for {MOST_MONTHS} months at most.")
    return begin, end


def _invalid(name: str, says: str) -> InvalidParameter:
    return InvalidParameter(f"{name}: {says}", [FieldError(f"?{name}", "invalid", says)])


def _figures() -> Figures:
    figures: Figures = current_app.extensions["plan_figures"]
    return figures


def _tag(call: Call, revision: int) -> str:
    release = current_app.extensions["plan_settings"].release
    return figures_etag(revision, call.work.today, release, request.full_path)
