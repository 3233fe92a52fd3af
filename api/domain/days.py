"""Days: those that a plan can hold (API 5.3), and the one that its rules mean by "today", in Europe/London."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
YEARS = f"The year must be from {FIRST_DAY.year} to {LAST_DAY.year}."
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def is_held(day: date) -> bool:
    """Whether a plan may hold this day: from 1900 to 2199."""
    return FIRST_DAY <= day <= LAST_DAY


def why_no_day(year: int, month: int, day: int) -> str | None:
    """Why this is no day that a plan can hold; None when it is one."""
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        return YEARS
    if not 1 <= month <= len(MONTHS):
        return f"There is no month {month}. The day comes first, then the month."
    last = monthrange(year, month)[1]
    if 1 <= day <= last:
        return None
    return f"There is no {day} {MONTHS[month - 1]} {year}: that month has {last} days."


def london_day(instant: datetime) -> date:
    """The day in London at an instant (timezone-aware)."""
    return instant.astimezone(LONDON).date()


def start_of_day(day: date) -> datetime:
    """Midnight in London, when the day begins there."""
    return datetime.combine(day, time(), LONDON)


def end_of_day(day: date) -> datetime:
    """The first instant after the day in London: a day there has 23, 24 or 25 hours."""
    return start_of_day(day + timedelta(days=1))
