"""The calendar day that the plan's rules mean by "today": Europe/London."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_day(instant: datetime) -> date:
    """The day in London at an instant (timezone-aware)."""
    return instant.astimezone(LONDON).date()


def start_of_day(day: date) -> datetime:
    """Midnight in London, when the day begins there."""
    return datetime.combine(day, time(), LONDON)


def end_of_day(day: date) -> datetime:
    """The first instant after the day in London: a day there has 23, 24 or 25 hours."""
    return start_of_day(day + timedelta(days=1))
