"""Status and flat feeds, for dashboards and spreadsheets."""

from typing import Any

from api.domain.accounts.partners import Scope
from api.http.declare import SIGNED_IN, Call, Routes
from api.http.messages.answers import CSV, Answer
from api.schemas.plan.feeds import FlatActionsOut, FlatUpdatesOut, StatusOut
from api.schemas.plan.plans import AsAtQuery
from api.web.plan import feeds

routes = Routes("Feeds", about="A plan in numbers, and flat rows for dashboards and spreadsheets.")


@routes.get(
    "/plans/<plan>/status", door=SIGNED_IN, scope=Scope.PLAN_READ, finds="plan", query=AsAtQuery, answer=StatusOut,
    export=True,
)  # fmt: skip
def get_status(call: Call, **query: Any) -> Answer:
    """Read a plan in numbers: by rating, status, objective and agency."""
    return feeds.read_status(call, **query)


@routes.get(
    "/plans/<plan>/actions.csv", door=SIGNED_IN, scope=Scope.EXPORT_READ, finds="plan", query=AsAtQuery, media=CSV,
    export=True,
)  # fmt: skip
def get_actions_csv(call: Call, **query: Any) -> Answer:
    """Read a plan's actions as CSV, one flat row each."""
    return feeds.read_flat_csv(call, **query)


@routes.get(
    "/plans/<plan>/actions.json", door=SIGNED_IN, scope=Scope.EXPORT_READ, finds="plan", query=AsAtQuery,
    answer=FlatActionsOut, export=True,
)  # fmt: skip
def get_actions_json(call: Call, **query: Any) -> Answer:
    """Read a plan's actions as JSON, one flat row each, with the columns of the CSV."""
    return feeds.read_flat_json(call, **query)


@routes.get(
    "/plans/<plan>/updates.csv", door=SIGNED_IN, scope=Scope.EXPORT_READ, finds="plan", query=AsAtQuery, media=CSV,
    export=True,
)  # fmt: skip
def get_updates_csv(call: Call, **query: Any) -> Answer:
    """Read all updates of a plan as CSV, one flat row each, the oldest first.

    Those of removed actions too, without a number; one that was withdrawn has no words. `as_at` as for the list of updates.
    """
    return feeds.read_updates_csv(call, **query)


@routes.get(
    "/plans/<plan>/updates.json", door=SIGNED_IN, scope=Scope.EXPORT_READ, finds="plan", query=AsAtQuery,
    answer=FlatUpdatesOut, export=True,
)  # fmt: skip
def get_updates_json(call: Call, **query: Any) -> Answer:
    """Read all updates of a plan as JSON, one flat row each, with the columns of the CSV."""
    return feeds.read_updates_json(call, **query)
