"""One action on a past day: as it was answered that evening, with what was posted and decided until then (API 7.2)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.client import PLAN, PREFIX, Api, Caller, problem
from tests.integration.diary import Diary

NUMBER = "3.4"
DAY = date(2026, 11, 22)


def on(caller: Caller, day: date | str, number: str = NUMBER) -> Any:
    return caller.read(f"{caller.api.action(number)}?as_at={day}")


def moves_of(action: Any) -> list[tuple[str, str, str | None]]:
    """(from, to, reason) of each change of status, newest first."""
    return [(each["from"], each["to"], each["reason"]) for each in action["status_changes"]]


def test_the_changes_of_status_are_those_up_to_the_day(api: Api) -> None:
    jane, robert = api.as_("jane"), api.as_("robert")
    api.clock.move(days=1)
    jane.set_status(NUMBER, "on_hold", "Waiting for the audit.")
    api.clock.move(days=1)
    jane.set_status(NUMBER, "in_progress", "The audit is done.")
    api.clock.move(days=1)
    held = ("not_reported", "on_hold", "Waiting for the audit.")
    resumed = ("on_hold", "in_progress", "The audit is done.")
    told = [moves_of(on(robert, f"2026-11-{day}")) for day in (22, 23, 24, 25)]
    assert told == [[], [held], [resumed, held], [resumed, held]]


def test_a_change_of_status_belongs_to_its_day_in_london(api: Api) -> None:
    """23:30 UTC on 30 June is the first of July in London."""
    api.clock.now = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    api.as_("jane").set_status(NUMBER, "on_hold")
    api.clock.move(days=2)
    assert [len(on(api.as_("robert"), f"2027-{day}")["status_changes"]) for day in ("06-30", "07-01")] == [0, 1]


def lived(api: Api) -> list[Any]:
    """What was answered on four evenings to somebody who may do nothing."""
    diary, jane, lucy, robert = Diary(api), api.as_("jane"), api.as_("lucy"), api.as_("robert")
    first = lucy.say(NUMBER, "We met thirty families.", rating="A", next_step="Meet the rest.")
    evenings = [robert.read(api.action(NUMBER))]
    api.clock.move(days=1)
    jane.set_status(NUMBER, "on_hold", "Waiting for the audit.")
    diary.move_date(NUMBER, kind="season", printed="Spring 2027")
    evenings.append(robert.read(api.action(NUMBER)))
    api.clock.move(days=1)
    jane.post(f"/updates/{first['id']}/acknowledgement", {"state": "acknowledged"})
    lucy.patch(f"/updates/{first['id']}", {"text": "We met three."}, headers=lucy.etag(f"/updates/{first['id']}"))
    diary.reword(NUMBER, "Meet every family.")
    evenings.append(robert.read(api.action(NUMBER)))
    api.clock.move(days=1)
    lucy.say(NUMBER, "It is done.", claim="delivered")
    evenings.append(robert.read(api.action(NUMBER)))
    api.clock.move(days=1)
    return evenings


def as_kept(action: Any) -> Any:
    """Without what an update counts of its own changes, and without what may be done."""
    updates = [{**each, "version": None, "updated_at": None} for each in action["updates"]]
    return {**action, "updates": updates, "may": [], "why_not": {}, "moves": []}


def test_what_was_answered_that_evening_is_answered_again(api: Api) -> None:
    evenings = lived(api)
    for after, evening in enumerate(evenings):
        assert as_kept(on(api.as_("robert"), f"2026-11-{22 + after}")) == as_kept(evening)


@pytest.mark.parametrize("who", ["admin", "jane", "lucy"])
def test_nothing_can_be_done_with_what_is_past(api: Api, who: str) -> None:
    api.as_("lucy").say(NUMBER)
    api.clock.move(days=1)
    found = on(api.as_(who), DAY)
    assert (found["may"], found["why_not"], found["moves"]) == ([], {}, [])
    assert [each["may_correct"] for each in found["updates"]] == [False]


def test_older_updates_of_then_are_behind_its_link(api: Api) -> None:
    for number in range(22):
        api.as_("lucy").say(NUMBER, f"Update {number}.")
    api.clock.move(days=1)
    api.as_("lucy").say(NUMBER, "Since.")
    found = on(api.as_("robert"), DAY)
    rest = api.as_("robert").read(found["links"]["updates"].removeprefix(PREFIX))
    assert [each["text"] for each in [*found["updates"], *rest["data"]]] == [f"Update {n}." for n in range(21, -1, -1)]


def test_an_action_that_was_removed_since_is_told(api: Api) -> None:
    jane, path = api.as_("jane"), api.action(NUMBER)
    jane.set_status(NUMBER, "on_hold")
    api.clock.move(days=1)
    jane.post(f"{path}/removal", {"reason": "It is part of another plan."}, headers=jane.etag(path))
    then = on(api.as_("robert"), DAY)
    assert (then["number"], then["next"]["number"], len(then["status_changes"])) == (NUMBER, "3.5", 1)
    assert problem(api.as_("robert").get(path)) == (404, "not-found")


def test_an_action_that_was_added_since_was_not_there(api: Api) -> None:
    api.clock.move(days=1)
    objective = api.as_("robert").read(PLAN)["objectives"][2]["id"]
    made = api.as_("jane").post(f"{PLAN}/actions", {"objective": objective, "text": "Publish the data."}).json
    answer = api.as_("robert").get(f"/actions/{made['id']}?as_at={DAY}")
    assert problem(answer) == (404, "not-found")
    assert answer.json["detail"] == "This action was not in the plan on 22 November 2026."


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-11-23", (400, "invalid-parameter")), ("2026-11-21", (404, "not-found")), ("yesterday", (400, "invalid-parameter"))],
    ids=["to come", "before the plan", "not a day"],
)  # fmt: skip
def test_a_day_that_cannot_be_told(still: Api, day: str, expected: tuple[int, str]) -> None:
    assert problem(still.as_("robert").get(f"{still.action(NUMBER)}?as_at={day}")) == expected


def test_today_is_now(still: Api) -> None:
    lucy, path = still.as_("lucy"), still.action(NUMBER)
    now, today = lucy.get(path), lucy.get(f"{path}?as_at={DAY}")
    assert (today.data, today.headers["ETag"]) == (now.data, now.headers["ETag"])


def test_who_has_it_gets_a_304_until_words_of_it_are_withdrawn(api: Api) -> None:
    robert, path = api.as_("robert"), f"{api.action(NUMBER)}?as_at={DAY}"
    update = api.as_("lucy").say(NUMBER, "Words that nobody should read.")
    api.clock.move(days=1)
    etag = {"If-None-Match": robert.get(path).headers["ETag"]}
    api.as_("lucy").say(NUMBER, "Since.")
    assert robert.get(path, headers=etag).status_code == 304
    assert api.as_("jane").get(path, headers=etag).status_code == 200
    Diary(api).withdraw(update)
    again = robert.get(path, headers=etag)
    assert again.status_code == 200
    assert "Words that nobody should read." not in again.text
