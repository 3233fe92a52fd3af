"""The plan on a past day: what is answered later is what was answered that evening (API 7.2)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.client import PLAN, Api, body_of, problem
from tests.conftest import Databases, Seeded, api_over
from tests.factories import seed_document
from tests.integration.diary import Diary

Json = dict[str, Any]
FIRST_DAY = date(2026, 11, 22)


def act(document: Json, number: str) -> Json:
    found: Json = next(a for o in document["objectives"] for a in o["actions"] if a["number"] == number)
    return found


def another_edition() -> Json:
    """The plan's file with something changed in every part of it."""
    document = seed_document()
    document["title"] = "The plan, second edition"
    document["ends_on"] = "2028-03-31"
    document["update_every_days"] = 30
    document["rating_key"][1]["word"] = "Wobbly"
    document["objectives"][2]["lead"] = {"person": "kate-dempsey", "printed": "Kate Dempsey"}
    document["objectives"][3]["text"] = "Other words of an objective."
    act(document, "1.2")["text"] = "Other words."
    act(document, "2.5")["by_when"] = {"printed": "2023", "kind": "year", "from": "2023-01-01", "to": "2023-12-31"}
    act(document, "2.4")["by_when"] = {"printed": "2022", "kind": "year", "from": "2022-01-01", "to": "2022-12-31"}
    places = [{"person": "kate-dempsey"}, {"person": "helen-harding"}]
    act(document, "5.4")["by_whom"] = {"printed": "Kate Dempsey and Helen Harding", "places": places}
    act(document, "3.1")["by_whom"]["places"].reverse()
    act(document, "6.1")["status"] = "delivered"
    document["objectives"][5]["actions"].append({**act(document, "6.6"), "number": "6.7", "text": "One more."})
    people = {person["key"]: person for person in document["people"]}
    people["lucy-goodfellow"] |= {"agency": "nelft", "post": "Named nurse"}
    return document


def live(diary: Diary) -> None:
    """Three weeks, and then a quarter, of a plan's life."""
    api = diary.api
    jane, lucy, admin = api.as_("jane"), api.as_("lucy"), api.as_("admin")
    first = jane.say("3.4", "The data set is agreed.", rating="G")
    waiting = lucy.say("3.4", "Not by all of us.", rating="A")
    diary.sleep()
    diary.answer(waiting, "returned")
    api.as_("pippa").say("1.1", "Started.")
    api.as_("pippa").set_status("1.1", "on_hold", "Waiting for the new manager.")
    diary.sleep()
    jane.say("3.4", "All agreed now.", rating="G")
    admin.say("1.1", "Done all the same.", claim="delivered", impact="Much.")
    diary.sleep()
    diary.move_date("2.4", kind="season", printed="Spring 2027")
    diary.reword("3.4", "Agree one data set.")
    diary.sleep()
    diary.move_date("2.4", kind="date", **{"from": "2027-01-31"})
    diary.move_date("3.6", kind="ongoing")
    answered = lucy.say("3.5", "We are two.", rating="R")
    diary.sleep()
    diary.answer(answered, "acknowledged")
    assert diary.withdraw(first) == 200
    wrong = lucy.say("3.4", "Words that nobody should read.", rating="R")
    diary.sleep(3)
    diary.withdraw(wrong)
    jane.say("3.5", "Rated anew.", rating="A")
    diary.sleep()
    diary.seed(another_edition())
    diary.sleep()
    diary.edit_directory("person", api.person("Jane Carroll"), name="Adele Carroll", post="Director")
    diary.edit_directory("person", api.person("Robert South"), name="Rob South")
    diary.edit_directory(
        "agency", api.one("SELECT id::text FROM agency ORDER BY name LIMIT 1"), name="Z", short_name="Zed"
    )
    diary.edit_directory(
        "named_group", api.one("SELECT id::text FROM named_group ORDER BY name LIMIT 1"), name="Zebras"
    )
    diary.sleep()
    diary.seed(seed_document())
    assert api.as_("second admin").post(f"{api.action('1.1')}/sign-off", {}).status_code == 200
    diary.sleep()
    api.as_("pippa").set_status("1.1", "in_progress", "There is more to do.")
    admin.say("1.2", "For somebody.", rating="G", on_behalf_of=api.person("Gloria Okewale"))
    diary.sleep()
    api.as_("pippa").set_status("1.2", "withdrawn", "Not ours any more.")
    api.partner("NELFT")
    diary.sleep(93)
    jane.say("3.4", "A quarter later.", rating="G")
    diary.sleep()


def test_every_evening_is_told_again_as_it_was(api: Api) -> None:
    """The same bytes, but for one member: the words of an update that was withdrawn since are empty."""
    diary = Diary(api)
    live(diary)
    diary.check()
    assert len(diary.evenings) == 13


NUMBERS = ["1.1", "2.4", "3.4", "3.5", "4.1"]
LETTERS = [None, "R", "A", "G"]
STATUSES = ["on_hold", "in_progress", "delivered", "not_started", "carried_forward"]
DATES = [{"kind": "season", "printed": "Spring 2027"}, {"kind": "ongoing"}, {"kind": "date", "from": "2026-12-01"}]
ACTS = st.tuples(
    st.sampled_from(
        ["post", "post", "claim", "answer", "withdraw", "status", "date", "reword", "seed", "name", "sleep"]
    ),
    st.sampled_from(NUMBERS),
    st.integers(0, 11),
)


def do(diary: Diary, kind: str, number: str, turn: int, posted: list[Json]) -> None:
    """Something that somebody does; what the plan's rules refuse changes nothing."""
    admin = diary.api.as_("admin")
    path = diary.api.action(number)
    diary.api.clock.move(minutes=1)
    if kind in {"post", "claim"}:
        rating = LETTERS[turn % 4]
        body = {"text": f"Words {turn}.", **({"rating": rating} if rating else {})}
        body |= {"claim": "delivered"} if kind == "claim" else {}
        who = ["admin", "lucy", "jane"][turn % 3]
        answer = diary.api.as_(who).post(f"{path}/updates", body)
        posted.extend([answer.json] if answer.status_code == 201 else [])
    elif kind in {"answer", "withdraw"} and posted:
        update = posted[-1 - turn % len(posted)]
        diary.withdraw(update) if kind == "withdraw" else diary.answer(update, ["acknowledged", "returned"][turn % 2])
    elif kind == "status":
        admin.set_status(number, STATUSES[turn % 5])
    elif kind == "date":
        diary.move_date(number, **DATES[turn % 3])
    elif kind == "reword":
        diary.reword(number, f"Wording {turn}.")
    elif kind == "seed":
        diary.seed([seed_document, another_edition][turn % 2]())
    elif kind == "name":
        diary.edit_directory("person", diary.api.person("Lucy Goodfellow"), name=f"{'ALZ'[turn % 3]} Goodfellow")
    elif kind == "sleep":
        diary.sleep(1 + turn // 6 * 40)


# A failure is told as it was found: to shorten one costs minutes of databases.
@settings(max_examples=8, deadline=None, phases=[Phase.reuse, Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.lists(ACTS, min_size=8, max_size=30))
def test_whatever_happens_each_evening_is_told_again(
    databases: Databases, seeded: Seeded, acts: list[tuple[str, str, int]]
) -> None:
    with api_over(databases, seeded) as api:
        diary, posted = Diary(api), list[Json]()
        for kind, number, turn in acts:
            do(diary, kind, number, turn, posted)
        diary.sleep()
        diary.check()


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
@pytest.mark.parametrize("path", [PLAN, f"{PLAN}/status", f"{PLAN}/actions.csv", f"{PLAN}/actions.json"])
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
    from api.web import rendering

    build: Callable[..., Any] = rendering.get_plan_as_at
    monkeypatch.setattr(rendering, "get_plan_as_at", lambda *told: built.append(told) or build(*told))
    yesterday(tomorrow)
    if change == "post":
        tomorrow.as_("jane").say("3.4")
    yesterday(tomorrow)
    assert len(built) == 1
