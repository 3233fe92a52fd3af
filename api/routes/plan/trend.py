"""How ratings moved, and who reported when."""

from typing import Any

from api.domain.accounts.partners import Scope
from api.http.declare import SIGNED_IN, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.plan.trend import ActivityOut, MonthsQuery, TrendOut
from api.web.plan import trend

routes = Routes("Trend", about="How ratings moved from month to month, and who reported when.")


@routes.get(
    "/plans/<plan>/trend", door=SIGNED_IN, scope=Scope.PLAN_READ, finds="plan", query=MonthsQuery, answer=TrendOut,
)  # fmt: skip
def get_trend(call: Call, **months: Any) -> Answer:
    """Read how many actions had which rating at the end of each month, and today.

    The ratings are the effective ones of that day, as the plan on that day tells them; days before the plan are left out.
    """
    return trend.read_trend(call, **months)


@routes.get(
    "/plans/<plan>/activity", door=SIGNED_IN, scope=Scope.PLAN_READ, finds="plan", query=MonthsQuery, answer=ActivityOut,
)  # fmt: skip
def get_activity(call: Call, **months: Any) -> Answer:
    """Read how many updates each agency's people posted in each month; withdrawn ones do not count."""
    return trend.read_activity(call, **months)
