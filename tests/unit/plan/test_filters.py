"""Filters, order and pages over a plan's actions (API 2), without a database."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.plan.by_when import DateKind
from api.domain.plan.document import ActionDoc, ByWhom, Named, PersonDoc, PlanDocument, RatingNow
from api.domain.plan.filters import ActionIndex, Filters, page_of
from api.domain.plan.status import Status
from tests.factories import action_doc, due, latest, number_id

NELFT, CCG = number_id(501), number_id(502)


def rated(letter: str | None) -> RatingNow:
    return RatingNow(letter, "declared", letter, "Ann", None, None, None)


def on(*people: int) -> ByWhom:
    return ByWhom(
        "as printed", None, [Named(number_id(person), None, None, f"Person {person}", None) for person in people]
    )


ACTIONS = [
    action_doc("1.1", by_whom=on(1), rating=rated("R"), past_date=True, by_when=due(date(2021, 5, 31))),
    action_doc("1.2", by_whom=on(2, 1), rating=rated("A"), status=Status.IN_PROGRESS, needs_update=False),
    action_doc("1.9", by_whom=on(3), text="Zo\u00eb's na\u00efve caf\u00e9", latest_update=latest(datetime(2026, 2, 1, tzinfo=UTC), "100%_\\")),
    action_doc("1.10", by_whom=ByWhom("Families", None, [Named(None, number_id(9), None, "Families", None)])),
    action_doc("2.1", by_whom=ByWhom("", None, []), by_when={**due(date(2021, 1, 1)), "from": None, "to": None, "kind": DateKind.ONGOING},
               updated_at=datetime(2026, 6, 1, tzinfo=UTC)),
    action_doc("2.2", by_when=due(date(2022, 1, 1)), latest_update=latest(datetime(2026, 1, 1, tzinfo=UTC))),
]  # fmt: skip
PEOPLE = [
    PersonDoc(number_id(1), "Ann", None, NELFT),
    PersonDoc(number_id(2), "Bo", None, CCG),
    PersonDoc(number_id(3), "Cy", None, None),
]


def index(actions: list[ActionDoc] = ACTIONS) -> ActionIndex:
    objectives = [
        SimpleNamespace(number=number, actions=[action for action in actions if action.objective == number])
        for number in sorted({action.objective for action in actions})
    ]
    return ActionIndex(cast("PlanDocument", SimpleNamespace(objectives=objectives, people=PEOPLE)))


def some(*values: Any) -> frozenset[str]:
    return frozenset(map(str, values))


SELECTED: dict[str, tuple[Filters, list[str]]] = {
    "nothing": (Filters(), ["1.1", "1.2", "1.9", "1.10", "2.1", "2.2"]),
    "objective": (Filters(objective=some(2)), ["2.1", "2.2"]),
    "objectives": (Filters(objective=some(1, 2)), ["1.1", "1.2", "1.9", "1.10", "2.1", "2.2"]),
    "status": (Filters(status=some("in_progress")), ["1.2"]),
    "rating": (Filters(rating=some("R")), ["1.1"]),
    "no rating": (Filters(rating=some("none")), ["1.9", "1.10", "2.1", "2.2"]),
    "ratings": (Filters(rating=some("R", "A")), ["1.1", "1.2"]),
    "person": (Filters(person=some(number_id(1))), ["1.1", "1.2", "2.2"]),
    "people": (Filters(person=some(number_id(2), number_id(3))), ["1.2", "1.9"]),
    "nobody of that id": (Filters(person=some(number_id(77))), []),
    "agency": (Filters(agency=some(CCG)), ["1.2"]),
    "agencies": (Filters(agency=some(CCG, NELFT)), ["1.1", "1.2", "2.2"]),
    "past date": (Filters(past_date=True), ["1.1"]),
    "not past date": (Filters(past_date=False), ["1.2", "1.9", "1.10", "2.1", "2.2"]),
    "needs no update": (Filters(needs_update=False), ["1.2"]),
    "nobody named": (Filters(nobody_named=True), ["2.1"]),
    "somebody named": (Filters(nobody_named=False), ["1.1", "1.2", "1.9", "1.10", "2.2"]),
    "no date": (Filters(no_date=True), ["1.2", "1.9", "1.10"]),
    "due before the last day": (Filters(due_before=date(2021, 5, 31)), []),
    "due before the day after": (Filters(due_before=date(2021, 6, 1)), ["1.1"]),
    "due after": (Filters(due_after=date(2021, 5, 31)), ["2.2"]),
    "updated since": (Filters(updated_since=datetime(2026, 6, 1, tzinfo=UTC)), ["2.1"]),
    "words": (Filters(q="ZOE'S  naive CAFE"), ["1.9"]),
    "percent": (Filters(q="%"), ["1.9"]),
    "underscore": (Filters(q="_"), ["1.9"]),
    "backslash": (Filters(q="\\"), ["1.9"]),
    "number": (Filters(q="1.1"), ["1.1", "1.10"]),
    "all of several": (Filters(objective=some(1), rating=some("R"), person=some(number_id(1))), ["1.1"]),
}  # fmt: skip


@pytest.mark.parametrize("name", SELECTED)
def test_filter(name: str) -> None:
    filters, wanted = SELECTED[name]
    assert [action.number for action in index().select(filters)] == wanted


ORDERS = {
    "number": ["1.1", "1.2", "1.9", "1.10", "2.1", "2.2"],
    "-number": ["2.2", "2.1", "1.10", "1.9", "1.2", "1.1"],
    "by_when": ["1.1", "2.2", "1.2", "1.9", "1.10", "2.1"],
    # The undated, and those nobody reported on, are last in both directions.
    "-by_when": ["2.2", "1.1", "2.1", "1.10", "1.9", "1.2"],
    "last_update": ["2.2", "1.9", "1.1", "1.2", "1.10", "2.1"],
    "-last_update": ["1.9", "2.2", "2.1", "1.10", "1.2", "1.1"],
}


@pytest.mark.parametrize("sort", ORDERS)
def test_order(sort: str) -> None:
    page, last = page_of(ACTIONS, sort, None, 200)
    assert ([action.number for action in page], last) == (ORDERS[sort], None)


@pytest.mark.parametrize("sort", ORDERS)
@pytest.mark.parametrize("limit", range(1, 8))
def test_pages_hold_each_action_once_in_order(sort: str, limit: int) -> None:
    seen, after = [], None
    while True:
        page, after = page_of(ACTIONS, sort, after, limit)
        seen += [action.number for action in page]
        if after is None:
            break
    assert seen == ORDERS[sort]


def test_a_full_last_page_has_none_after_it() -> None:
    assert page_of(ACTIONS, "number", None, len(ACTIONS))[1] is None


numbers = st.lists(st.tuples(st.integers(1, 20), st.integers(1, 30)), unique=True, min_size=1, max_size=40)


@given(numbers, st.sampled_from(sorted(ORDERS)), st.integers(1, 10))
def test_any_plan_is_walked_whole(places: list[tuple[int, int]], sort: str, limit: int) -> None:
    actions = [action_doc(f"{objective}.{position}") for objective, position in sorted(places)]
    seen, after = [], None
    while True:
        page, after = page_of(actions, sort, after, limit)
        seen += [(action.objective, action.position) for action in page]
        if after is None:
            break
    assert sorted(seen) == sorted(places)
    assert len(seen) == len(places)


def test_an_action_is_an_agencys_when_the_agency_itself_is_named_on_it() -> None:
    named = action_doc("1.1", by_whom=ByWhom("NELFT", None, [Named(None, None, NELFT, "NELFT", None)]))
    objectives = [SimpleNamespace(number=1, actions=[named, action_doc("1.2", by_whom=ByWhom("", None, []))])]
    index = ActionIndex(cast("PlanDocument", SimpleNamespace(objectives=objectives, people=[])))
    assert [action.number for action in index.select(Filters(agency=frozenset({str(NELFT)})))] == ["1.1"]
