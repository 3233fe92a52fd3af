"""Who I am, and what I lead, am on and owe in each plan."""

from typing import Any
from uuid import UUID

from api.domain.document import ActionDoc
from api.domain.permissions import Role
from api.domain.status import Status
from api.queries.accounts import get_email
from api.queries.plans import list_plans, list_plans_of_person
from api.queries.updates import list_waiting_actions
from api.web.cache import Rendered
from api.web.declare import Call
from api.web.reading import rendered_plan


def describe_me(call: Call) -> dict[str, Any]:
    """The account, its person, and for each plan what it leads, is on and owes."""
    here, actor = call.here, call.work.actor
    account = {
        "id": here.account_id,
        "name": here.name,
        "email": get_email(call.session, here.id),
        "role": here.role,
    }
    stamps = _plans_to_show(call)
    waiting = set(list_waiting_actions(call.session, None if actor.role is Role.ADMIN else actor.person_id))
    rendered = [rendered_plan(call, plan_id, revision) for plan_id, revision in stamps]
    return {
        "account": account,
        "person": _person(call, rendered),
        "may": ["seed"] if actor.role is Role.ADMIN else [],
        "plans": [_mine(call, each, waiting) for each in rendered],
    }


def _plans_to_show(call: Call) -> list[tuple[UUID, int]]:
    person = call.work.actor.person_id
    if person is None or call.work.actor.role is Role.ADMIN:
        return [(row["id"], row["revision"]) for row in list_plans(call.session, limit=200)]
    return list_plans_of_person(call.session, person)


def _person(call: Call, rendered: list[Rendered]) -> dict[str, Any] | None:
    here = call.here
    if here.person_id is None:
        return None
    for each in rendered:
        for person in each.document.people:
            if person.id == here.person_id:
                agency = next((agency for agency in each.document.agencies if agency.id == person.agency), None)
                return {"id": person.id, "name": person.name, "post": person.post, "agency": agency}
    return {"id": here.person_id, "name": here.name, "post": None, "agency": None}


def _mine(call: Call, rendered: Rendered, waiting: set[UUID]) -> dict[str, Any]:
    actor, plan = call.work.actor, rendered.document
    leads_here = actor.role is Role.LEAD_OFFICER
    led = [each for each in plan.objectives if leads_here and each.lead and each.lead.person == actor.person_id]
    on = rendered.index.of_person(actor.person_id) if actor.person_id else []
    leading = [action for objective in led for action in objective.actions]
    answering = rendered.index.actions if actor.role is Role.ADMIN else leading
    mine = {action.id: action for action in [*on, *leading]} if actor.role is not Role.VIEWER else {}
    return {
        "id": plan.id,
        "slug": plan.slug,
        "title": plan.title,
        "leads": [objective.number for objective in led],
        "on": [action.id for action in on],
        "owed": [action.id for action in sorted(mine.values(), key=_most_owed) if action.needs_update],
        "to_acknowledge": [action.id for action in answering if action.id in waiting],
        "to_sign_off": [action.id for action in answering if action.status == Status.DELIVERED],
    }


def _most_owed(action: ActionDoc) -> tuple[bool, float, int, int]:
    """Past its date first, then whoever was silent longest, then the order of the paper."""
    last = action.latest_update.posted_at.timestamp() if action.latest_update else 0.0
    return (not action.past_date, last, action.objective, action.position)
