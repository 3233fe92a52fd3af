"""Plans and their lists of actions."""

from typing import Any

from api.domain.accounts.partners import Scope
from api.http.declare import ADMINS, SIGNED_IN, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.plan.plan_settings import PlanPatch
from api.schemas.plan.plans import ActionListOut, ActionsQuery, AsAtQuery, PageQuery, PlanListOut, PlanOut
from api.web.plan import plans

routes = Routes("Plans", about="Whole plans, and their actions as filtered lists.")


@routes.get("/plans", door=SIGNED_IN, scope=Scope.PLAN_READ, query=PageQuery, answer=PlanListOut)
def list_plans(call: Call, **page: Any) -> Answer:
    """List the plans."""
    return plans.read_plans(call, **page)


@routes.get(
    "/plans/<plan>",
    door=SIGNED_IN,
    scope=Scope.PLAN_READ,
    finds="plan",
    query=AsAtQuery,
    answer=PlanOut,
)
def get_plan(call: Call, **query: Any) -> Answer:
    """Read a whole plan, now or on a past day: objectives, actions, people, latest updates, ratings and counts.

    The same for every reader, and so is its ETag: ask again with If-None-Match, and nothing new costs a 304.
    """
    return plans.read_plan(call, **query)


@routes.patch(
    "/plans/<plan>", door=ADMINS, finds="plan", body=PlanPatch, answer=PlanOut, if_match="required",
    guard=plans.guard_plan, current=plans.show_plan,
)  # fmt: skip
def edit_plan(call: Call, **members: Any) -> Answer:
    """Change a plan's own settings: its header, its dates, who owns it, and what the ratings are called.

    A merge patch of the plan document; null empties what may be empty. Needs the ETag of the plan document in If-Match:
    what others changed meanwhile stays, and an update that was posted clashes with nothing. Where somebody changed the same
    member since, 412 with `clashes`. `rating_key` is given whole: R, A, G and B once each.
    """
    return plans.edit_plan(call, **members)


@routes.get(
    "/plans/<plan>/actions",
    door=SIGNED_IN,
    scope=Scope.PLAN_READ,
    finds="plan",
    query=ActionsQuery,
    answer=ActionListOut,
)
def list_actions(call: Call, **query: Any) -> Answer:
    """List actions, filtered and in the order asked for.

    A comma means any of; different parameters mean all of. `fields` gives only the members named.
    """
    return plans.read_actions(call, **query)
