"""Filters, order and paging over the actions of a plan document (API 2): pure, so lists and exports agree."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from api.domain.folding import fold, words_of
from api.domain.plan.by_when import UNDATED_OWED
from api.domain.plan.document import ActionDoc, PlanDocument

EVERY = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Filters:
    """What to keep; an empty set or None keeps all. Sets are any of, members are all of."""

    objective: frozenset[str] = EVERY
    status: frozenset[str] = EVERY
    rating: frozenset[str] = EVERY
    agency: frozenset[str] = EVERY
    person: frozenset[str] = EVERY
    due_before: date | None = None
    due_after: date | None = None
    past_date: bool | None = None
    needs_update: bool | None = None
    nobody_named: bool | None = None
    no_date: bool | None = None
    updated_since: datetime | None = None
    q: str | None = None


class ActionIndex:
    """A plan document's actions, ready to be filtered: built once for each revision of the plan."""

    def __init__(self, document: PlanDocument) -> None:
        self.actions = [action for objective in document.objectives for action in objective.actions]
        self.objectives = {objective.number: objective for objective in document.objectives}
        self._words: dict[UUID, str] = {}
        agency_of = {person.id: person.agency for person in document.people}
        self._of_person: dict[str, list[ActionDoc]] = {}
        self._agencies: dict[UUID, set[str]] = {}
        for action in self.actions:
            people = [place.person for place in action.by_whom.named if place.person is not None]
            agencies = [agency_of.get(person) for person in people] + [place.agency for place in action.by_whom.named]
            self._agencies[action.id] = {str(agency) for agency in agencies if agency is not None}
            for person in people:
                self._of_person.setdefault(str(person), []).append(action)

    def select(self, filters: Filters) -> list[ActionDoc]:
        """The actions that pass all filters, in the plan's order."""
        tests = list(self._tests(filters))
        return [action for action in self._candidates(filters) if all(test(action) for test in tests)]

    def of_person(self, person_id: UUID) -> list[ActionDoc]:
        """The actions somebody is named on, in the plan's order."""
        return self._of_person.get(str(person_id), [])

    def agencies_of(self, action: ActionDoc) -> set[str]:
        """The ids of the agencies on an action, themselves or by one of their people."""
        return self._agencies[action.id]

    def _candidates(self, filters: Filters) -> list[ActionDoc]:
        if not filters.person:
            return self.actions
        found = {action.id: action for person in filters.person for action in self._of_person.get(person, [])}
        return sorted(found.values(), key=plan_order)

    def _tests(self, filters: Filters) -> list[Callable[[ActionDoc], bool]]:
        tests: list[Callable[[ActionDoc], bool]] = []
        if filters.objective:
            tests.append(lambda action: str(action.objective) in filters.objective)
        if filters.status:
            tests.append(lambda action: action.status in filters.status)
        if filters.rating:
            tests.append(lambda action: (action.rating.value or "none") in filters.rating)
        if filters.agency:
            tests.append(lambda action: bool(self._agencies[action.id] & filters.agency))
        if filters.updated_since is not None:
            since = filters.updated_since
            tests.append(lambda action: action.updated_at >= since)
        if filters.q:
            words = words_of(filters.q)
            tests.append(lambda action: all(word in self._folded(action) for word in words))
        return tests + _date_tests(filters) + _flag_tests(filters)

    def _folded(self, action: ActionDoc) -> str:
        """Number, words and names as printed, folded for searching; kept, because the document never changes."""
        found = self._words.get(action.id)
        if found is None:
            latest = action.latest_update.text if action.latest_update else ""
            parts = (action.number, action.text, action.by_whom.printed, action.by_when["printed"], latest)
            found = self._words[action.id] = fold("\n".join(parts))
        return found


def _date_tests(filters: Filters) -> list[Callable[[ActionDoc], bool]]:
    tests: list[Callable[[ActionDoc], bool]] = []
    before, after = filters.due_before, filters.due_after
    if before is not None:
        tests.append(lambda action: action.by_when["to"] is not None and action.by_when["to"] < before)
    if after is not None:
        tests.append(lambda action: action.by_when["to"] is not None and action.by_when["to"] > after)
    return tests


def _flag_tests(filters: Filters) -> list[Callable[[ActionDoc], bool]]:
    flags: list[tuple[bool | None, Callable[[ActionDoc], bool]]] = [
        (filters.past_date, lambda action: action.past_date),
        (filters.needs_update, lambda action: action.needs_update),
        (filters.nobody_named, lambda action: not action.by_whom.named),
        (filters.no_date, lambda action: action.by_when["kind"] in UNDATED_OWED),
    ]
    return [_is(wanted, flag) for wanted, flag in flags if wanted is not None]


def _is(wanted: bool, flag: Callable[[ActionDoc], bool]) -> Callable[[ActionDoc], bool]:
    return lambda action: flag(action) is wanted


def plan_order(action: ActionDoc) -> tuple[int, int]:
    """The order of the paper: 4.10 after 4.9."""
    return action.objective, action.position


_NO_DAY, _NO_TIME = "9999-12-31", 0.0


def sort_key(sort: str) -> Callable[[ActionDoc], list[Any]]:
    """The key of a named order, total because it ends in the plan's order.

    Its first part keeps the undated, and those nobody reported on, last in both directions: going down is this key backwards.
    """
    name, down = sort.removeprefix("-"), sort.startswith("-")
    if name == "by_when":
        return lambda action: _key(action, action.by_when["to"] and str(action.by_when["to"]), _NO_DAY, down=down)
    if name == "last_update":
        return lambda action: _key(
            action, action.latest_update and action.latest_update.posted_at.timestamp(), _NO_TIME, down=down
        )
    return lambda action: list(plan_order(action))


def _key(action: ActionDoc, value: Any, nothing: Any, *, down: bool) -> list[Any]:
    return [(value is None) is not down, nothing if value is None else value, *plan_order(action)]


def page_of(
    actions: list[ActionDoc], sort: str, after: list[Any] | None, limit: int
) -> tuple[list[ActionDoc], list[Any] | None]:
    """One page in the order asked for, and the key of its last action when there is more after it."""
    key, down = sort_key(sort), sort.startswith("-")
    ordered = actions if sort == "number" else sorted(actions, key=key, reverse=down)
    if after is not None:
        ordered = [action for action in ordered if (key(action) < after if down else key(action) > after)]
    page = ordered[:limit]
    return page, key(page[-1]) if len(ordered) > limit else None
