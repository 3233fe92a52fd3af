"""The calendar day that the plan's rules mean by "today": Europe/London."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_day(instant: datetime) -> date:
    """The day in London at an instant (timezone-aware)."""
    return instant.astimezone(LONDON).date()
