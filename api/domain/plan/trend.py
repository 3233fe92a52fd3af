"""How ratings moved: how many actions had which effective rating at the end of each month, from the rows of now and the journal."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from api.domain.journal import Entry
from api.domain.plan.as_at import restore
from api.domain.plan.rating import Letter, effective_letter
from api.domain.plan.status import Status

MOST_MONTHS = 60
MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Point:
    """The plan at the end of the day `on`: actions by effective rating (`none` is grey), and how many there were."""

    on: date
    counts: dict[str, int]
    actions: int


@dataclass(frozen=True, slots=True)
class Rated:
    """An update with a rating: it counts from the day of this place among the days asked about, until that of `gone`."""

    action_id: UUID
    since: int
    gone: int
    posted_at: datetime
    id: UUID
    rating: str
    on: date


@dataclass(slots=True)
class Past:
    """What the past is worked out from; days and cuts in their order, and entries of the journal newest first.

    `plan` and `actions` are written to: they are as they stand now, by the names of their columns.
    """

    plan: Any
    actions: Sequence[Any]
    rated: Sequence[Rated]
    entries: Iterable[Entry]


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months from `first` to `last`, days of any month, both among them."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [month_after(first, each) for each in range(count)]


def month_after(day: date, count: int) -> date:
    """The first day of the month that is so many after that of `day`; a negative count is before."""
    years, month = divmod(day.month - 1 + count, 12)
    return date(day.year + years, month + 1, 1)


def month_ends(first: date, last: date, today: date) -> list[date]:
    """The last days of these months, as far as they are over."""
    ends = [month_after(each, 1) - timedelta(days=1) for each in months_between(first, last)]
    return [end for end in ends if end < today]


def points_of(past: Past, cuts: Sequence[tuple[date, int]]) -> list[Point]:
    """The plan at each cut (day, revision), oldest first: turned back step by step, from the newest to the oldest."""
    declared = _declared(past.rated, len(cuts))
    things = {each.id: each for each in [past.plan, *past.actions]}
    entries = iter(past.entries)
    waiting = next(entries, None)
    points = []
    for place, (day, revision) in reversed(list(enumerate(cuts))):
        while waiting is not None and waiting.revision > revision:
            _turn_back(things, waiting)
            waiting = next(entries, None)
        there = [each for each in past.actions if each.id in things and each.position is not None]
        points.append(_point(day, there, declared[place], past.plan.update_every_days))
    return points[::-1]


def _turn_back(things: dict[UUID, Any], entry: Entry) -> None:
    if entry.verb == "created":
        things.pop(entry.object_id, None)
    elif entry.object_id in things:
        restore(things[entry.object_id], entry.object_type, entry.before)


def _declared(rated: Sequence[Rated], places: int) -> list[dict[UUID, Rated]]:
    """For each place, the newest rating of each action that counted there."""
    by_action: dict[UUID, list[Rated]] = defaultdict(list)
    for each in sorted(rated, key=lambda one: (one.posted_at, one.id), reverse=True):
        by_action[each.action_id].append(each)
    found: list[dict[UUID, Rated]] = [{} for _ in range(places)]
    for action_id, ratings in by_action.items():
        for place in range(places):
            newest = next((each for each in ratings if each.since <= place < each.gone), None)
            if newest is not None:
                found[place][action_id] = newest
    return found


def _point(day: date, actions: Sequence[Any], declared: dict[UUID, Rated], cycle_days: int) -> Point:
    counts = {str(letter): 0 for letter in [*Letter, "none"]}
    for action in actions:
        said = declared.get(action.id)
        letter, on = (Letter(said.rating), said.on) if said else (None, None)
        value = effective_letter(Status(action.status), action.last_on, letter, on, today=day, cycle_days=cycle_days)
        counts[value or "none"] += 1
    return Point(day, counts, len(actions))
