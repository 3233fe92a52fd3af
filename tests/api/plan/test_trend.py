"""How ratings moved, and who reported when: which days are told, what a month is, and what asking again costs."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from api.web.plan import trend
from tests.client import PLAN, Api, problem

TREND, ACTIVITY = f"{PLAN}/trend", f"{PLAN}/activity"


def days_of(api: Api, query: str = "") -> list[str]:
    return [point["on"] for point in api.as_("robert").read(TREND + query)["data"]]


@pytest.fixture
def january(api: Api) -> Api:
    """The plan began on 22 November 2026; it is the middle of January."""
    api.as_("jane").say("3.4", "Off track.", rating="R")
    api.clock.now = datetime(2026, 12, 10, 12, tzinfo=UTC)
    api.as_("lucy").say("3.4", "Better.", rating="G")
    api.clock.now = datetime(2027, 1, 15, 12, tzinfo=UTC)
    return api


# --- the trend --------------------------------------------------------------------------------------------


def test_it_begins_with_the_plan_and_ends_today(january: Api) -> None:
    assert days_of(january) == ["2026-11-30", "2026-12-31", "2027-01-15"]


def test_a_plan_of_this_month_has_today_alone(still: Api) -> None:
    assert days_of(still) == ["2026-11-22"]


def test_each_day_is_told_as_the_plan_on_that_day(january: Api) -> None:
    robert = january.as_("robert")
    for point in robert.read(TREND)["data"]:
        counts = robert.read(f"{PLAN}?as_at={point['on']}")["counts"]
        assert (point["counts"], point["actions"]) == (counts["rating"], counts["actions"])


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("?from=2026-12", ["2026-12-31", "2027-01-15"]),
        ("?to=2026-12", ["2026-11-30", "2026-12-31"]),
        ("?from=2027-01&to=2027-01", ["2027-01-15"]),
        ("?from=2020-01&to=2020-12", []),
    ],
    ids=["from", "to", "this month", "before the plan"],
)
def test_months_can_be_named(january: Api, query: str, days: list[str]) -> None:
    assert days_of(january, query) == days


def test_the_last_day_of_a_month_is_told_once(january: Api) -> None:
    january.clock.now = datetime(2027, 1, 31, 12, tzinfo=UTC)
    assert days_of(january)[-2:] == ["2026-12-31", "2027-01-31"]


def test_a_month_ends_at_midnight_in_london(api: Api) -> None:
    """23:30 UTC on 30 June is the first of July in London."""
    api.clock.now = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    api.as_("jane").say("3.4", "In July.", rating="G")
    api.clock.now = datetime(2027, 7, 10, 12, tzinfo=UTC)
    june, now = api.as_("robert").read(f"{TREND}?from=2027-06")["data"]
    assert (june["counts"]["G"], now["counts"]["G"]) == (0, 1)


@pytest.mark.parametrize("path", [TREND, ACTIVITY])
@pytest.mark.parametrize(
    "query",
    ["?to=2026-12", "?from=2026-11&to=2026-10", "?from=2021-11", "?from=2026-13", "?from=2026-11-01", "?month=2026-11"],
    ids=["to come", "backwards", "61 months", "no month", "a day", "another name"],
)
def test_months_that_cannot_be_told(still: Api, path: str, query: str) -> None:
    assert problem(still.as_("robert").get(path + query)) == (400, "invalid-parameter")


def test_sixty_months_can(still: Api) -> None:
    assert days_of(still, "?from=2021-12") == ["2026-11-22"]


def test_the_months_that_are_over_are_worked_out_once_a_day(january: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out: list[Any] = []
    work: Callable[..., Any] = trend.get_trend
    monkeypatch.setattr(trend, "get_trend", lambda *told: worked_out.append(told) or work(*told))
    robert = january.as_("robert")
    before = robert.read(TREND)["data"]
    january.as_("jane").say("3.5", "Going well.", rating="G")
    after = robert.read(TREND)["data"]
    assert (after[:-1], after[-1]["counts"]["G"]) == (before[:-1], before[-1]["counts"]["G"] + 1)
    assert len(worked_out) == 1
    january.clock.now = datetime(2027, 1, 16, 12, tzinfo=UTC)
    robert.read(TREND)
    assert len(worked_out) == 2


# --- the activity -----------------------------------------------------------------------------------------


def test_updates_are_counted_by_agency_and_month(january: Api) -> None:
    january.as_("jane").say("3.5", "Going well.")
    found = january.as_("robert").read(f"{ACTIVITY}?from=2026-11")
    assert found["months"] == ["2026-11", "2026-12", "2027-01"]
    counts = {row["agency"]: [each["updates"] for each in row["months"]] for row in found["data"]}
    assert counts == {"LB Havering": [1, 0, 1], None: [0, 1, 0]}


def test_twelve_months_where_none_are_named(still: Api) -> None:
    found = still.as_("robert").read(ACTIVITY)
    assert (found["months"][0], found["months"][-1], len(found["months"]), found["data"]) == (
        "2025-12",
        "2026-11",
        12,
        [],
    )


def test_a_withdrawn_update_does_not_count(api: Api) -> None:
    said = api.as_("jane").say("3.4", "Wrong.")
    api.as_("admin").post(f"/updates/{said['id']}/withdrawal", {"reason": "Not so."})
    assert api.as_("robert").read(ACTIVITY)["data"] == []


# --- both -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [TREND, ACTIVITY])
def test_who_has_it_pays_a_304_until_something_changes(api: Api, path: str) -> None:
    robert = api.as_("robert")
    match = {"If-None-Match": robert.get(path).headers["ETag"]}
    assert robert.get(path, headers=match).status_code == 304
    assert robert.get(f"{path}?from=2026-10", headers=match).status_code == 200
    api.as_("jane").say("3.4", "New.", rating="G")
    assert robert.get(path, headers=match).status_code == 200
