"""One plan of the country: its rows as they were when it was made."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.domain.plan.by_when import DateKind, print_date
from api.domain.plan.status import Status
from api.domain.text import join_names
from api.generate import words
from api.generate.chance import Chance
from api.generate.country import BEGAN, Area, Row

OBJECTIVES = len(words.AIMS)
MADE = {"created_at": BEGAN, "updated_at": BEGAN}


@dataclass(frozen=True)
class NewPlan:
    """The plan, its objectives and actions, and who is on each action (by its id), the first named first."""

    plan: Row
    objectives: list[Row]
    actions: list[Row]
    places: list[Row]
    named: dict[Any, list[Row]]


def make_plan(chance: Chance, area: Area, people: list[Row], actions: int) -> NewPlan:
    """An area's plan with this many actions, spread over its objectives."""
    plan_id = chance.id_at(BEGAN)
    number = min(OBJECTIVES, actions)
    leads = chance.some(people, number)
    objectives = [_objective(chance, plan_id, position, leads[position - 1]) for position in range(1, number + 1)]
    new = NewPlan(_plan(plan_id, area), objectives, [], [], {})
    for place in range(actions):
        _add_action(chance, new, objectives[place % number], place // number + 1, area, people)
    return new


def _plan(plan_id: Any, area: Area) -> Row:
    partnership = f"{area.name} Safeguarding Children Partnership"
    chair = area.people[0]
    return {
        "id": plan_id, "slug": area.slug, "partnership": partnership, "name": "Business Plan, 2024-27 (invented)",
        "heading": f"{partnership} Business Plan, 2024-27", "title": f"{partnership} Business Plan, 2024-27 (invented)",
        "owner_printed": f"{chair['name']}, Chair of the Partnership", "owner_id": chair["id"], "priority": "High",
        "starts_printed": "April 2024", "starts_from": date(2024, 4, 1), "starts_to": date(2024, 4, 30),
        "rating_key": list(words.RATING_KEY), **MADE,
    }  # fmt: skip


def _objective(chance: Chance, plan_id: Any, position: int, lead: Row) -> Row:
    return {
        "id": chance.id_at(BEGAN), "plan_id": plan_id, "position": position, "text": f"{words.AIMS[position - 1]}.",
        "text_printed": f"{words.AIMS[position - 1]}.",
        "lead_id": lead["id"], "lead_printed": f"{lead['name']}, {lead['post']}", **MADE,
    }  # fmt: skip


def _add_action(chance: Chance, new: NewPlan, objective: Row, position: int, area: Area, people: list[Row]) -> None:
    action_id = chance.id_at(BEGAN)
    named = chance.some(people, chance.number(1, 3))
    group = chance.pick(area.groups) if chance.whether(0.3) else None
    text = f"{chance.pick(words.VERBS)} {chance.pick(words.THINGS)} {chance.pick(words.ENDS)}."
    when = _by_when(chance)
    printed = join_names([each["name"] for each in [*named, *([group] if group else [])]])
    new.actions.append(
        {
            "id": action_id, "plan_id": new.plan["id"], "objective_id": objective["id"], "position": position,
            "text": text, "text_printed": text, "by_whom_printed": printed, "by_when_printed": when["by_when"], **when,
            "status": Status.NOT_REPORTED, **MADE,
        }
    )  # fmt: skip
    new.named[action_id] = named
    for place, each in enumerate(named, 1):
        new.places.append(_place(chance, action_id, place, each, person_id=each["id"]))
    if group:
        new.places.append(_place(chance, action_id, len(named) + 1, group, group_id=group["id"]))


def _place(chance: Chance, action_id: Any, position: int, holder: Row, **held: Any) -> Row:
    found = {"id": chance.id_at(BEGAN), "created_at": BEGAN, "action_id": action_id, "position": position}
    return {**found, "name": holder["name"], **held}


def _by_when(chance: Chance) -> Row:
    """A day or a month that lies before or after the last update, ongoing, or not known yet."""
    if chance.whether(0.25):
        printed, kind = chance.pick(
            (("Ongoing", DateKind.ONGOING), ("TBC", DateKind.TO_BE_CONFIRMED), ("", DateKind.NOT_GIVEN))
        )
        return {"by_when": printed, "kind": kind, "first_on": None, "last_on": None}
    year, month = chance.number(2025, 2027), chance.number(1, 12)
    if chance.whether(0.5):
        day = date(year, month, chance.number(1, 28))
        return dated(print_date(day), DateKind.DATE, day, day)
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return dated(f"{first:%B} {year}", DateKind.MONTH, first, last)


def dated(printed: str, kind: DateKind, first: date, last: date) -> Row:
    """The columns of a By When that has a period."""
    return {"by_when": printed, "kind": kind, "first_on": first, "last_on": last}
