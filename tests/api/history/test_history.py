"""The history of an action and the journal of a plan: sentences, pages, and who sees what (API 10)."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.client import PLAN, PREFIX, Api, Caller, problem
from tests.conftest import Databases, Seeded, api_over

JOURNAL = f"{PLAN}/journal"
WRONG = "Words on the wrong action."
READERS = ["jane", "lucy", "gloria", "robert"]


@pytest.fixture(scope="module")
def told(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """Action 3.4 with a history."""
    with api_over(databases, seeded) as api:
        lucy, jane, admin = api.as_("lucy"), api.as_("jane"), api.as_("admin")
        first = lucy.say("3.4", "We met.", rating="A")
        jane.post(f"/updates/{first['id']}/acknowledgement", {"state": "returned", "question": "Who met?"})
        wrong = lucy.say("3.4", WRONG, rating="R", impact="Much.", evidence=[{"title": "x", "url": "https://x.org"}])
        jane.post(f"/updates/{wrong['id']}/acknowledgement", {"state": "returned", "question": "Quite wrong?"})
        admin.post(f"/updates/{wrong['id']}/withdrawal", {"reason": "posted on the wrong action"})
        jane.set_status("3.4", "on_hold", "no funding")
        jane.post(f"{api.action('3.4')}/dates", {"kind": "season", "printed": "Spring 2027", "reason": "slow"})
        lucy.say("3.5", "Elsewhere.")
        yield api


def history(caller: Caller, number: str = "3.4", query: str = "") -> list[Any]:
    found: list[Any] = caller.read(f"{caller.api.action(number)}/history?{query}")["data"]
    return found


def test_an_actions_history_is_its_own_and_its_updates_newest_first(told: Api) -> None:
    assert [each["sentence"] for each in history(told.as_("admin"))] == [
        "Jane Carroll moved the date from Ongoing to Spring 2027: slow.",
        "Jane Carroll set the status to On hold: no funding.",
        "Business Manager withdrew Lucy Goodfellow's update: posted on the wrong action.",
        "Jane Carroll returned Lucy Goodfellow's update with a question: Quite wrong?",
        "Lucy Goodfellow posted an update: off track.",
        "Jane Carroll returned Lucy Goodfellow's update with a question: Who met?",
        "Lucy Goodfellow set the status to In progress by posting an update.",
        "Lucy Goodfellow posted an update: at risk.",
        "The command line added the action.",
    ]


def test_an_entry_says_who_when_what_before_and_after(told: Api) -> None:
    entry = history(told.as_("robert"))[1]
    action = told.seeded.actions["3.4"]
    del entry["id"]
    assert entry == {
        "at": "2026-11-22T12:00:00Z",
        "by": "Jane Carroll",
        "verb": "status-changed",
        "object": {"type": "action", "id": action, "number": "3.4"},
        "action": action,
        "sentence": "Jane Carroll set the status to On hold: no funding.",
        "before": {"status": "in_progress", "status_reason": None},
        "after": {"status": "on_hold", "status_reason": "no funding"},
        "undoable": False,
    }


@pytest.mark.parametrize("address", ["{action}/history", JOURNAL])
def test_pages_of_two_hold_what_one_page_holds(told: Api, address: str) -> None:
    for who in ("admin", "robert"):
        caller, path = told.as_(who), address.format(action=told.action("3.4"))
        whole = caller.read(f"{path}?limit=200")["data"]
        paged, after = [], ""
        while after is not None:
            page = caller.read(f"{path}?limit=2{after and f'&cursor={after}'}")
            paged += page["data"]
            after = page["page"]["next_cursor"]
        assert paged == whole
        assert [each["id"] for each in whole] == sorted((each["id"] for each in whole), reverse=True)


@pytest.mark.parametrize("who", READERS)
def test_what_a_withdrawn_update_said_is_for_admins_only(told: Api, who: str) -> None:
    caller = told.as_(who)
    for answer in (caller.get(f"{told.action('3.4')}/history"), caller.get(f"{JOURNAL}?limit=200")):
        for words in (WRONG, "Quite wrong?", "Much.", "x.org", "off track"):
            assert words not in answer.text
    withdrew, _, posted = history(caller)[2:5]
    assert posted["sentence"] == "Lucy Goodfellow posted an update, withdrawn since."
    assert withdrew["sentence"] == "Business Manager withdrew Lucy Goodfellow's update: posted on the wrong action."
    assert (posted["after"]["text"], posted["after"]["rating"], withdrew["before"]["text"]) == (None, None, None)


def test_an_admin_still_reads_what_a_withdrawn_update_said(told: Api) -> None:
    withdrew, _, posted = history(told.as_("admin"))[2:5]
    assert (posted["after"]["text"], withdrew["before"]["text"]) == (WRONG, WRONG)


@pytest.mark.parametrize("who", READERS)
def test_others_read_the_plans_own_entries(told: Api, who: str) -> None:
    entries = told.as_(who).read(f"{JOURNAL}?limit=200")["data"]
    assert {each["object"]["type"] for each in entries} == {"plan", "objective", "action", "update"}
    assert "account_id" not in json.dumps(entries)


def test_an_admin_reads_the_whole_journal(told: Api) -> None:
    entries = told.as_("admin").read(f"{JOURNAL}?limit=200")["data"]
    assert len(entries) == told.journal_length()
    assert {each["object"]["type"] for each in entries} == {
        "plan", "objective", "action", "update", "person", "agency", "group", "account",
    }  # fmt: skip


def test_no_journal_entry_holds_a_secret(api: Api) -> None:
    agency = api.as_("admin").read("/agencies")["data"][0]["id"]
    made = api.as_("admin").post("/partner-tokens", {"name": "Rio", "agency": agency, "scopes": ["plan:read"]})
    answer = api.as_("admin").get(f"{JOURNAL}?limit=200")
    assert answer.json["data"][0]["sentence"] == "Business Manager added the token Rio."
    assert made.json["token"] not in answer.text
    assert "argon2" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_objective_has_its_number(told: Api) -> None:
    entries = told.as_("robert").read(f"{JOURNAL}?limit=200")["data"]
    numbers = [each["object"]["number"] for each in entries if each["object"]["type"] == "objective"]
    assert numbers == ["6", "5", "4", "3", "2", "1"]


@pytest.mark.parametrize("address", ["{action}/history", JOURNAL])
@pytest.mark.parametrize(
    "cursor", ["x", "WyJudW1iZXIiLDQsMl0", "WyJlbnRyeSIsLTFd", "WyJqb3VybmFsIiwxLDIsMyw5OTk5OTk5OTk5OTk5OTk5OTk5XQ"]
)
def test_a_forged_cursor_is_400(told: Api, address: str, cursor: str) -> None:
    answer = told.as_("robert").get(f"{address.format(action=told.action('3.4'))}?cursor={cursor}")
    assert problem(answer) == (400, "invalid-cursor")


# --- the journal from a day on ------------------------------------------------------------------------------


def walk(caller: Caller, query: str) -> list[Any]:
    """All pages, each by the link of the one before."""
    found, path = [], f"{JOURNAL}?{query}"
    while path:
        page = caller.read(path)
        found += page["data"]
        path = (page["links"]["next"] or "").removeprefix(PREFIX)
    return found


@pytest.mark.parametrize(
    "begins",
    [datetime(2027, 1, 16, 0, tzinfo=UTC), datetime(2027, 6, 30, 23, tzinfo=UTC)],
    ids=["winter", "summer"],
)
def test_the_journal_from_a_day_begins_at_its_midnight_in_london(api: Api, begins: datetime) -> None:
    api.clock.now = begins - timedelta(seconds=1)
    api.as_("jane").set_status("3.4", "on_hold")
    api.clock.now = begins
    api.as_("jane").set_status("3.5", "on_hold")
    day = (begins + timedelta(hours=2)).date()
    told = [walk(api.as_("robert"), f"from={day + timedelta(days=n)}")[-1]["object"]["number"] for n in (0, -1)]
    assert told == ["3.5", "3.4"]


@pytest.mark.parametrize("who", ["admin", "robert"])
def test_pages_from_a_day_keep_it_and_end_with_it(api: Api, who: str) -> None:
    api.clock.move(days=3)
    for n in range(3):
        api.as_("jane").set_status("3.4", "in_progress" if n % 2 else "on_hold")
        api.as_("admin").post("/agencies", {"name": f"Agency {n}", "short_name": f"A{n}"})
    since = walk(api.as_(who), f"from={api.clock.now.date()}&limit=2")
    assert [each["object"]["type"] for each in since].count("action") == 3
    assert len(since) == (6 if who == "admin" else 3)
    assert since == api.as_(who).read(f"{JOURNAL}?limit={len(since)}")["data"]


def test_what_was_asked_in_one_order_and_saved_in_another_around_midnight_is_told_by_its_instant(api: Api) -> None:
    jane = api.as_("jane")
    api.clock.now = datetime(2026, 11, 24, 0, 0, 1, tzinfo=UTC)
    jane.set_status("3.4", "on_hold")
    api.clock.now = datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
    jane.set_status("3.5", "on_hold")
    api.clock.move(days=1)
    assert [each["object"]["number"] for each in walk(api.as_("robert"), "from=2026-11-24&limit=1")] == ["3.4"]


def test_a_day_before_the_plan_gives_the_whole_journal(still: Api) -> None:
    robert = still.as_("robert")
    assert walk(robert, "from=1900-01-01") == walk(robert, "")


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2026-11-23", "from: This day is still to come; today is 22 November 2026."),
        ("22/11/2026", "from: Write a date as YYYY-MM-DD, for example 2021-05-31."),
        ("1899-12-31", "from: The year must be from 1900 to 2199."),
    ],
    ids=["to come", "not a day", "long ago"],
)
def test_a_journal_from_no_such_day_is_400_and_says_what_would_be_right(still: Api, day: str, says: str) -> None:
    answer = still.as_("robert").get(f"{JOURNAL}?from={day}")
    assert (*problem(answer), answer.json["detail"]) == (400, "invalid-parameter", says)
