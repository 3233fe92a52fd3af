"""By when: what the plan printed, and the period it means (DOMAIN: "By when").

A date is day first. A period is overdue from the day after its last day.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
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
    Kind.DATE: "31/05/2021",
    Kind.SEASON: "Spring 2021",
    Kind.MONTH: "March 2021",
    Kind.QUARTER: "Q1 2021/22",
    Kind.YEAR: "2021",
}
DATED = frozenset(EXAMPLES)
UNDATED_OWED = frozenset({Kind.TO_BE_CONFIRMED, Kind.NOT_GIVEN})

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
# First month and last month of each season; winter runs into the next year.
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
_STATUS_WORDS = frozenset({"completed", "complete", "new process implemented"})


@dataclass(frozen=True, slots=True)
class ByWhen:
    """A By When: the printed words, their kind, and the first and last day of the period (None when undated)."""

    printed: str
    kind: Kind
    first: date | None = None
    last: date | None = None


def read_printed(printed: str) -> ByWhen | None:
    """Read a By When cell as it is printed; None when the words are not understood."""
    words = " ".join(printed.split())
    lowered = words.lower().rstrip(".")
    if not lowered:
        return ByWhen(printed, Kind.NOT_GIVEN)
    if lowered == "ongoing":
        return ByWhen(printed, Kind.ONGOING)
    if lowered in {"tbc", "to be confirmed"}:
        return ByWhen(printed, Kind.TO_BE_CONFIRMED)
    if lowered in _STATUS_WORDS:
        return ByWhen(printed, Kind.STATUS_IN_DATE_COLUMN)
    return _read_period(printed, lowered)


def _read_period(printed: str, lowered: str) -> ByWhen | None:
    """Read a date, season, month, quarter (financial year, April to March) or year."""
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", lowered):
        return _read_date(printed, *map(int, match.groups()))
    if match := re.fullmatch(r"(\d{4})", lowered):
        return _spanning(printed, Kind.YEAR, int(match[1]), 1, 12)
    if match := re.fullmatch(r"q([1-4]) (\d{4})/(\d{2})", lowered):
        return _read_quarter(printed, *map(int, match.groups()))
    if match := re.fullmatch(r"([a-z]+) (\d{4})", lowered):
        return _read_named(printed, match[1], int(match[2]))
    return None


def _read_date(printed: str, day: int, month: int, year: int) -> ByWhen | None:
    """Read 02/11/2020: 2 November."""
    try:
        that_day = date(year, month, day)
    except ValueError:
        return None
    return ByWhen(printed, Kind.DATE, that_day, that_day)


def _read_quarter(printed: str, quarter: int, year: int, next_year: int) -> ByWhen | None:
    """Read Q1 2021/22: April to June 2021."""
    if next_year != (year + 1) % 100:
        return None
    first_month = (4, 7, 10, 1)[quarter - 1]
    return _spanning(printed, Kind.QUARTER, year + (quarter == 4), first_month, first_month + 2)


def _read_named(printed: str, name: str, year: int) -> ByWhen | None:
    """Read "Spring 2021" or "March 2021"."""
    if name in _SEASONS:
        first_month, last_month = _SEASONS[name]
        return _spanning(printed, Kind.SEASON, year, first_month, last_month)
    months = [number for number, month in enumerate(MONTHS, 1) if name in {month, month[:3]}]
    return _spanning(printed, Kind.MONTH, year, months[0], months[0]) if months else None


def _spanning(printed: str, kind: Kind, year: int, first_month: int, last_month: int) -> ByWhen | None:
    """The period from the first day of one month to the last day of another, into next year if that is earlier."""
    if not 1900 <= year <= 2199:
        return None
    end_year = year + (last_month < first_month)
    last_day = monthrange(end_year, last_month)[1]
    return ByWhen(printed, kind, date(year, first_month, 1), date(end_year, last_month, last_day))


def print_date(day: date) -> str:
    """A date the way the plan prints one: day first, 08/04/2021."""
    return day.strftime("%d/%m/%Y")


def say_date(day: date) -> str:
    """A date in words: 8 April 2021."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def is_past(last: date | None, today: date) -> bool:
    """Whether the last day of the period is behind us."""
    return last is not None and today > last
