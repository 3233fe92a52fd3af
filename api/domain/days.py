"""The calendar day that the plan's rules mean by "today": Europe/London."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_day(instant: datetime) -> date:
    """The day in London at an instant (timezone-aware)."""
    return instant.astimezone(LONDON).date()


def end_of_day(day: date) -> datetime:
    """The first instant after the day in London: a day there has 23, 24 or 25 hours."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON)
