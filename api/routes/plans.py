"""Plans and their lists of actions."""

from typing import Any

from api.domain.partners import Scope
from api.schemas.plans import ActionListOut, ActionsQuery, AsAtQuery, PageQuery, PlanListOut, PlanOut
from api.web import reading
from api.web.answers import Answer
from api.web.declare import SIGNED_IN, Call, Routes

routes = Routes("Plans", about="Whole plans, and their actions as filtered lists.")


@routes.get("/plans", door=SIGNED_IN, scope=Scope.PLAN_READ, query=PageQuery, answer=PlanListOut)
def list_plans(call: Call, **page: Any) -> Answer:
    """List the plans."""
    return reading.read_plans(call, **page)


@routes.get(
    "/plans/<plan>",
    door=SIGNED_IN,
    scope=Scope.PLAN_READ,
    finds="plan",
    query=AsAtQuery,
    answer=PlanOut,
    conditional=True,
)
def get_plan(call: Call, **query: Any) -> Answer:
    """Read a whole plan, now or on a past day: objectives, actions, people, latest updates, ratings and counts.

    The same for every reader, and so is its ETag: ask again with If-None-Match, and nothing new costs a 304.
    """
    return reading.read_plan(call, **query)


@routes.get(
    "/plans/<plan>/actions",
    door=SIGNED_IN,
    scope=Scope.PLAN_READ,
    finds="plan",
    query=ActionsQuery,
    answer=ActionListOut,
    conditional=True,
)
def list_actions(call: Call, **query: Any) -> Answer:
    """List actions, filtered and in the order asked for.

    A comma means any of; different parameters mean all of. `fields` gives only the members named.
    """
    return reading.read_actions(call, **query)
