"""By when: what the plan printed, and the period it means (DOMAIN: "By when").

A date is day first. A period is overdue from the day after its last day. What may stand together is in `periods.py`.
"""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

from api.domain.days import LAST_DAY, MONTHS, YEARS, is_held, why_no_day


class DateKind(StrEnum):
    """What sort of answer the By When cell holds."""

    DATE = "date"
    SEASON = "season"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ONGOING = "ongoing"
    TO_BE_CONFIRMED = "to_be_confirmed"
    NOT_GIVEN = "not_given"
    STATUS_IN_DATE_COLUMN = "status_in_date_column"


# Each dated kind, as a plan prints one.
EXAMPLES = {
    DateKind.DATE: "31/05/2021",
    DateKind.SEASON: "Spring 2021",
    DateKind.MONTH: "March 2021",
    DateKind.QUARTER: "Q1 2021/22",
    DateKind.YEAR: "2021",
}
DATED = frozenset(EXAMPLES)
UNDATED_OWED = frozenset({DateKind.TO_BE_CONFIRMED, DateKind.NOT_GIVEN})

# First month and last month of each season; winter runs into the next year.
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
_STATUS_WORDS = frozenset({"completed", "complete", "new process implemented"})


@dataclass(frozen=True, slots=True)
class ByWhen:
    """A By When: the printed words, their kind, and the first and last day of the period (None when undated)."""

    printed: str
    kind: DateKind
    first: date | None = None
    last: date | None = None


def read_printed(printed: str) -> ByWhen | None:
    """Read a By When cell as it is printed; None when the words are not understood, or say a day that there is not."""
    try:
        return _read(printed)
    except ValueError:
        return None


def why_no_period(printed: str) -> str | None:
    """A sentence that says why words in the form of a date or period are none, such as "29/02/2027"; None for all other words."""
    try:
        _read(printed)
    except ValueError as error:
        return str(error)
    return None


def _read(printed: str) -> ByWhen | None:
    """The same as `read_printed`. Raises ValueError with the sentence of `why_no_period`."""
    words = " ".join(printed.split())
    lowered = words.lower().rstrip(".")
    if not lowered:
        return ByWhen(printed, DateKind.NOT_GIVEN)
    if lowered == "ongoing":
        return ByWhen(printed, DateKind.ONGOING)
    if lowered in {"tbc", "to be confirmed"}:
        return ByWhen(printed, DateKind.TO_BE_CONFIRMED)
    if lowered in _STATUS_WORDS:
        return ByWhen(printed, DateKind.STATUS_IN_DATE_COLUMN)
    return _read_period(printed, lowered)


def _read_period(printed: str, lowered: str) -> ByWhen | None:
    """Read a date, season, month, quarter (financial year, April to March) or year."""
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", lowered, re.ASCII):
        return _read_date(printed, *map(int, match.groups()))
    if match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]+),? (\d{4})", lowered, re.ASCII):
        month = _month(match[2])
        return _read_date(printed, int(match[1]), month, int(match[3])) if month else None
    if match := re.fullmatch(r"(\d{4})", lowered, re.ASCII):
        return _spanning(printed, DateKind.YEAR, int(match[1]), 1, 12)
    if match := re.fullmatch(r"q([1-4]) (\d{4})/(\d{2})", lowered, re.ASCII):
        return _read_quarter(printed, *map(int, match.groups()))
    if match := re.fullmatch(r"([a-z]+) (\d{4})", lowered, re.ASCII):
        return _read_named(printed, match[1], int(match[2]))
    return None


def _month(name: str) -> int | None:
    """The number of a month: its name, or the first three letters of it."""
    return next((number for number, month in enumerate(MONTHS, 1) if name in {month.lower(), month[:3].lower()}), None)


def _read_date(printed: str, day: int, month: int, year: int) -> ByWhen:
    """Read 02/11/2020: 2 November."""
    wrong = why_no_day(year, month, day)
    if wrong:
        raise ValueError(wrong)
    that_day = date(year, month, day)
    return ByWhen(printed, DateKind.DATE, that_day, that_day)


def _read_quarter(printed: str, quarter: int, year: int, next_year: int) -> ByWhen:
    """Read Q1 2021/22: April to June 2021."""
    if next_year != (year + 1) % 100:
        raise ValueError(f"A financial year ends in the next one: {year}/{(year + 1) % 100:02}.")
    first_month = (4, 7, 10, 1)[quarter - 1]
    return _spanning(printed, DateKind.QUARTER, year + (quarter == 4), first_month, first_month + 2)


def _read_named(printed: str, name: str, year: int) -> ByWhen | None:
    """Read "Spring 2021" or "March 2021"."""
    if name in _SEASONS:
        first_month, last_month = _SEASONS[name]
        return _spanning(printed, DateKind.SEASON, year, first_month, last_month)
    month = _month(name)
    return _spanning(printed, DateKind.MONTH, year, month, month) if month else None


def _spanning(printed: str, kind: DateKind, year: int, first_month: int, last_month: int) -> ByWhen:
    """The period from the first day of one month to the last day of another, into next year if that is earlier."""
    end_year = year + (last_month < first_month)
    if not (year and end_year <= LAST_DAY.year and is_held(date(year, first_month, 1))):
        raise ValueError(YEARS)
    last_day = monthrange(end_year, last_month)[1]
    return ByWhen(printed, kind, date(year, first_month, 1), date(end_year, last_month, last_day))


def print_date(day: date) -> str:
    """A date the way the plan prints one: day first, 08/04/2021."""
    return day.strftime("%d/%m/%Y")


def say_date(day: date) -> str:
    """A date in words: 8 April 2021."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def is_past(last: date | None, today: date) -> bool:
    """Whether the last day of the period is behind us."""
    return last is not None and today > last


def count_moves(dates: Sequence[Mapping[str, Any]]) -> int:
    """How often a date moved, from all that the action has had (kind, from, to); other words for the same days are no move."""
    days = [(each["kind"], each["from"], each["to"]) for each in dates]
    return sum(one != other for one, other in pairwise(days))
