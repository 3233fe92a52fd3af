"""Who I am, and what I lead, am on and owe in each plan."""

from typing import Any
from uuid import UUID

from api.domain.plan.document import ActionDoc, ObjectiveDoc
from api.domain.plan.permissions import Role
from api.domain.plan.status import Status
from api.http.declare import Call
from api.queries.accounts.accounts import get_email
from api.queries.plan.answering import Answering, list_answering
from api.queries.plan.plans import list_plans, list_plans_of_person
from api.queries.plan.updates import list_waiting_actions
from api.web.plan.cache import Rendered
from api.web.plan.rendering import rendered_plan


def describe_me(call: Call) -> dict[str, Any]:
    """The account, its person, and for each plan what it leads, is on and owes."""
    here, actor = call.here, call.work.actor
    account = {
        "id": here.account_id,
        "name": here.name,
        "email": get_email(call.session, here.id),
        "role": here.role,
    }
    rendered = {plan_id: rendered_plan(call, plan_id, revision) for plan_id, revision in _plans_of_mine(call)}
    answering = _answering(call, list(rendered.values()))
    return {
        "account": account,
        "person": _person(call, list(rendered.values())),
        "may": ["seed"] if actor.role is Role.ADMIN else [],
        "plans": [_mine(call, plan, rendered.get(plan["id"]), answering) for plan in _plans_to_show(call, rendered)],
    }


def _plans_of_mine(call: Call) -> list[tuple[UUID, int]]:
    """The plans whose documents are needed: those the person is in. An admin of a country is in few of its plans."""
    person = call.work.actor.person_id
    return list_plans_of_person(call.session, person) if person is not None else []


def _plans_to_show(call: Call, rendered: dict[UUID, Rendered]) -> list[dict[str, Any]]:
    if call.work.actor.person_id is None or call.work.actor.role is Role.ADMIN:
        return list_plans(call.session, limit=200)
    documents = [each.document for each in rendered.values()]
    return [{"id": plan.id, "slug": plan.slug, "title": plan.title} for plan in documents]


def _answering(call: Call, rendered: list[Rendered]) -> dict[UUID, Answering]:
    """By plan: the actions that this person has to acknowledge an update of, or to sign off, in the order of the paper."""
    actor = call.work.actor
    if actor.role is Role.ADMIN:
        return list_answering(call.session)
    if actor.person_id is None:
        return {}
    waiting = set(list_waiting_actions(call.session, actor.person_id))
    found = {}
    for each in rendered:
        leading = [action for objective in _led(call, each) for action in objective.actions]
        found[each.document.id] = Answering(
            [action.id for action in leading if action.id in waiting],
            [action.id for action in leading if action.status == Status.DELIVERED],
        )
    return found


def _led(call: Call, rendered: Rendered) -> list[ObjectiveDoc]:
    actor = call.work.actor
    if actor.role is not Role.LEAD_OFFICER:
        return []
    return [each for each in rendered.document.objectives if each.lead and each.lead.person == actor.person_id]


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


def _mine(
    call: Call, plan: dict[str, Any], rendered: Rendered | None, answering: dict[UUID, Answering]
) -> dict[str, Any]:
    """One plan; `rendered` is None where the person is not in it."""
    actor = call.work.actor
    led = _led(call, rendered) if rendered else []
    on = rendered.index.of_person(actor.person_id) if rendered and actor.person_id else []
    leading = [action for objective in led for action in objective.actions]
    mine = {action.id: action for action in [*on, *leading]} if actor.role is not Role.VIEWER else {}
    answers = answering.get(plan["id"], Answering([], []))
    return {
        **{name: plan[name] for name in ("id", "slug", "title")},
        "leads": [objective.number for objective in led],
        "on": [action.id for action in on],
        "owed": [action.id for action in sorted(mine.values(), key=_most_owed) if action.needs_update],
        "to_acknowledge": answers.to_acknowledge,
        "to_sign_off": answers.to_sign_off,
        "may": _may(actor.role, led),
        "adds_to": None if actor.role is Role.ADMIN else [objective.id for objective in led],
    }


def _may(role: Role, led: list[ObjectiveDoc]) -> list[str]:
    """What this caller may do with the plan as a whole."""
    if role is Role.ADMIN:
        return ["add_action", "edit_objectives", "edit_plan"]
    return ["add_action"] if led else []


def _most_owed(action: ActionDoc) -> tuple[bool, float, int, int]:
    """Past its date first, then whoever was silent longest, then the order of the paper."""
    last = action.latest_update.posted_at.timestamp() if action.latest_update else 0.0
    return (not action.past_date, last, action.objective, action.position)
