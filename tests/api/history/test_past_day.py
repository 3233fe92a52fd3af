"""The plan on a past day: where a day ends, which days can be told, and what asking again costs (API 7.2)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from api.web.plan import rendering
from tests.client import PLAN, Api, body_of, problem
from tests.integration.diary import Diary

FIRST_DAY = date(2026, 11, 22)

# --- where a day ends -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2027, 1, 15, 23, 59, 59, tzinfo=UTC), date(2027, 1, 15)),
        (datetime(2027, 1, 16, 0, 0, 0, tzinfo=UTC), date(2027, 1, 16)),
        (datetime(2027, 3, 27, 23, 59, 59, tzinfo=UTC), date(2027, 3, 27)),
        (datetime(2027, 3, 28, 22, 59, 59, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2027, 3, 28, 23, 0, 0, tzinfo=UTC), date(2027, 3, 29)),
        (datetime(2027, 6, 30, 22, 59, 59, tzinfo=UTC), date(2027, 6, 30)),
        (datetime(2027, 6, 30, 23, 0, 0, tzinfo=UTC), date(2027, 7, 1)),
        (datetime(2027, 10, 31, 23, 59, 59, tzinfo=UTC), date(2027, 10, 31)),
    ],
    ids=["winter", "midnight in winter", "before the short day", "the short day", "after the short day", "summer",
         "midnight in summer", "the long day"],
)  # fmt: skip
def test_a_change_belongs_to_its_day_in_london(api: Api, instant: datetime, day: date) -> None:
    api.clock.now = instant
    api.as_("jane").say("3.4", "On the edge.")
    api.clock.now += timedelta(days=2)
    robert = api.as_("robert")
    revisions = [robert.read(f"{PLAN}?as_at={day + timedelta(days=n)}")["revision"] for n in (-1, 0, 1)]
    assert revisions == [1, 2, 2]


def test_what_was_saved_in_one_order_and_asked_in_another_around_midnight_stays_together(api: Api) -> None:
    """The request of the day before was saved last, so the day ends after both, everywhere in the plan."""
    jane = api.as_("jane")
    api.clock.now = datetime(2026, 11, 24, 0, 0, 1, tzinfo=UTC)
    early = jane.say("3.4", "After midnight, saved first.", rating="A")
    api.clock.now = datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
    late = jane.say("3.5", "Before midnight, saved last.")
    api.clock.move(days=2)
    plan = api.as_("robert").read(f"{PLAN}?as_at=2026-11-23")
    shown = {a["number"]: a for o in plan["objectives"] for a in o["actions"] if a["latest_update"]}
    assert {number: a["latest_update"]["id"] for number, a in shown.items()} == {"3.4": early["id"], "3.5": late["id"]}
    assert [a["updates_count"] for a in shown.values()] == [1, 1]


# --- the answer ---------------------------------------------------------------------------------------------


def test_today_is_now_byte_for_byte(api: Api) -> None:
    api.as_("jane").say("3.4", rating="G")
    robert = api.as_("robert")
    now, today = robert.get(PLAN), robert.get(f"{PLAN}?as_at={FIRST_DAY}")
    assert (today.data, today.headers["ETag"]) == (now.data, now.headers["ETag"])


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-11-23", (400, "invalid-parameter")), ("2026-11-21", (404, "not-found")), ("22/11/2026", (400, "invalid-parameter"))],
    ids=["to come", "before the plan", "not a day"],
)  # fmt: skip
@pytest.mark.parametrize(
    "path", [PLAN, f"{PLAN}/status", f"{PLAN}/actions.csv", f"{PLAN}/actions.json", f"{PLAN}/updates.csv"]
)
def test_a_day_that_cannot_be_told(still: Api, path: str, day: str, expected: tuple[int, str]) -> None:
    assert problem(still.as_("robert").get(f"{path}?as_at={day}")) == expected


def test_a_day_before_the_plan_says_when_it_begins(still: Api) -> None:
    detail = still.as_("robert").get(f"{PLAN}?as_at=2020-05-01").json["detail"]
    assert detail == "This plan was not there on 1 May 2020; it begins on 22 November 2026."


@pytest.fixture
def tomorrow(api: Api) -> Api:
    """The day after an update of Lucy's, which nobody can withdraw but an administrator."""
    api.as_("lucy").say("3.4", "Words that nobody should read.", rating="R")
    api.clock.move(days=1)
    return api


def yesterday(api: Api, **options: Any) -> Any:
    return api.as_("robert").get(f"{PLAN}?as_at={FIRST_DAY}", **options)


def test_a_past_day_costs_a_304_to_who_has_it_whatever_was_posted_since(tomorrow: Api) -> None:
    etag = yesterday(tomorrow).headers["ETag"]
    tomorrow.as_("jane").say("3.4")
    answer = yesterday(tomorrow, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.data) == (304, b"")


def test_words_that_are_withdrawn_leave_the_past_too(tomorrow: Api) -> None:
    before = yesterday(tomorrow)
    assert b"Words that nobody should read." in body_of(before)
    update = before.json["objectives"][2]["actions"][3]["latest_update"]
    Diary(tomorrow).withdraw(update)
    after = yesterday(tomorrow, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.json["objectives"][2]["actions"][3]["latest_update"] == {**update, "text": ""}


@pytest.mark.parametrize("change", ["post", "nothing"])
def test_a_past_day_is_built_once(tomorrow: Api, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Any] = []
    build: Callable[..., Any] = rendering.get_plan_as_at
    monkeypatch.setattr(rendering, "get_plan_as_at", lambda *told: built.append(told) or build(*told))
    yesterday(tomorrow)
    if change == "post":
        tomorrow.as_("jane").say("3.4")
    yesterday(tomorrow)
    assert len(built) == 1
