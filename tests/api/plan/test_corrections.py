"""Correcting an update: other words, the old ones kept and shown, and nothing else of it changed (DOMAIN 6, API 10)."""

from typing import Any

import pytest

from tests.api.privacy.test_redaction import found_in
from tests.client import PLAN, Api, Caller, problem

NUMBER = "3.4"
FIRST = "We met 30 families."


def correct(caller: Caller, update: dict[str, Any], headers: dict[str, str] | None = None, **words: Any) -> Any:
    path = f"/updates/{update['id']}"
    return caller.patch(path, words, headers=headers or caller.etag(path))


def answer_to(api: Api, update: dict[str, Any], state: str, **question: str) -> None:
    answer = api.as_("jane").post(f"/updates/{update['id']}/acknowledgement", {"state": state, **question})
    assert answer.status_code == 200, answer.text


def test_the_words_change_and_the_first_ones_are_shown_with_it(api: Api) -> None:
    lucy = api.as_("lucy")
    update = lucy.say(NUMBER, FIRST, rating="A", next_step="Meet the rest.")
    api.clock.move(days=90)
    corrected = correct(lucy, update, text="We met 3 families.", next_step=None).json
    assert (corrected["text"], corrected["next_step"], corrected["rating"]) == ("We met 3 families.", None, "A")
    (shown,) = api.as_("robert").read(api.action(NUMBER))["updates"]
    (listed,) = api.as_("robert").read(f"{api.action(NUMBER)}/updates")["data"]
    (of_plan,) = api.as_("robert").read(f"{PLAN}/updates")["data"]
    assert shown["wordings"] == listed["wordings"] == of_plan["wordings"] == corrected["wordings"]
    (wording,) = shown["wordings"]
    assert (wording["text"], wording["next_step"], wording["until"]) == (
        FIRST, "Meet the rest.", corrected["corrected_at"],
    )  # fmt: skip


def test_every_wording_is_kept_in_order_and_the_plan_says_that_it_was_corrected(api: Api) -> None:
    lucy = api.as_("lucy")
    update = lucy.say(NUMBER, "One.")
    correct(lucy, update, text="Two.")
    third = correct(lucy, update, text="Three.").json
    assert [each["text"] for each in third["wordings"]] == ["One.", "Two."]
    latest = api.as_("robert").read(api.action(NUMBER))["latest_update"]
    assert (latest["text"], latest["corrected"]) == ("Three.", True)


def test_the_same_words_change_nothing(api: Api) -> None:
    lucy = api.as_("lucy")
    update = lucy.say(NUMBER, FIRST)
    before = api.journal_length()
    same = correct(lucy, update, text=FIRST, evidence=[])
    assert (same.json["corrected_at"], api.journal_length()) == (None, before)


def test_the_journal_has_both_and_history_and_feed_say_it(api: Api) -> None:
    lucy = api.as_("lucy")
    update = lucy.say(NUMBER, FIRST)
    cursor = api.as_("robert").read(f"{PLAN}/changes?limit=200")["cursor"]
    correct(lucy, update, text="We met 3 families.")
    entry = api.as_("robert").read(f"{api.action(NUMBER)}/history")["data"][0]
    assert (entry["sentence"], entry["undoable"]) == ("Lucy Goodfellow corrected their own update.", False)
    assert (entry["before"]["text"], entry["after"]["text"]) == (FIRST, "We met 3 families.")
    (change,) = api.as_("robert").read(f"{PLAN}/changes?since={cursor}")["data"]
    assert (change["verb"], change["change"], change["object"]["text"]) == (
        "corrected", "changed", "We met 3 families.",
    )  # fmt: skip


def test_what_was_acknowledged_stays_so_and_can_be_seen_to_be_older(api: Api) -> None:
    update = api.as_("lucy").say(NUMBER, FIRST)
    answer_to(api, update, "acknowledged")
    api.clock.move(hours=1)
    corrected = correct(api.as_("lucy"), update, text="We met 3 families.").json
    assert corrected["acknowledgement"]["state"] == "acknowledged"
    assert corrected["corrected_at"] > corrected["acknowledgement"]["at"]


def test_what_was_returned_waits_again(api: Api) -> None:
    update = api.as_("lucy").say(NUMBER, FIRST)
    answer_to(api, update, "returned", question="30?")
    corrected = correct(api.as_("lucy"), update, text="We met 3 families.").json
    assert corrected["acknowledgement"] == {"state": "waiting", "by": None, "at": None, "question": None}
    assert len(api.as_("jane").read("/me")["plans"][0]["to_acknowledge"]) == 1


def test_a_past_day_has_the_words_of_then(api: Api) -> None:
    lucy, past = api.as_("lucy"), "as_at=2026-11-22"
    update = lucy.say(NUMBER, FIRST, next_step="Meet the rest.")
    answer_to(api, update, "returned", question="30?")
    api.clock.move(days=2)
    correct(lucy, update, text="We met 3 families.", next_step=None)
    reader = api.as_("robert")
    (then,) = reader.read(f"{PLAN}/updates?{past}")["data"]
    assert (then["text"], then["next_step"], then["wordings"], then["corrected_at"]) == (
        FIRST, "Meet the rest.", [], None,
    )  # fmt: skip
    plan = reader.read(f"{PLAN}?{past}")
    shown = next(each for objective in plan["objectives"] for each in objective["actions"] if each["number"] == NUMBER)
    latest = shown["latest_update"]
    assert (latest["text"], latest["corrected"], latest["acknowledgement"]) == (FIRST, False, "returned")


def test_a_plans_updates_are_told_in_pages_and_by_the_day(api: Api) -> None:
    for number in ("3.4", "3.5", "1.1"):
        api.as_("admin").say(number)
        api.clock.move(days=1)
    reader, rest = api.as_("robert"), f"{PLAN}/updates"
    first = reader.read(f"{rest}?limit=2")
    second = reader.read(first["links"]["next"].removeprefix("/api/v1"))
    numbers = [api.seeded.actions[each] for each in ("1.1", "3.5", "3.4")]
    assert [each["action"] for each in first["data"] + second["data"]] == numbers
    assert [each["action"] for each in reader.read(f"{rest}?as_at=2026-11-22")["data"]] == numbers[2:]
    assert problem(reader.get(f"{rest}?as_at=2099-01-01")) == (400, "invalid-parameter")


def test_withdrawn_words_are_gone_with_their_earlier_ones_and_stay_so_on_past_days(api: Api) -> None:
    lucy = api.as_("lucy")
    update = lucy.say(NUMBER, FIRST)
    api.clock.move(hours=1)
    correct(lucy, update, text="We met 3 families.")
    lucy.post(f"/updates/{update['id']}/withdrawal", {"reason": "On the wrong action."})
    assert problem(correct(lucy, update, text="Again.")) == (422, "move-not-allowed")
    api.clock.move(days=2)
    reader = api.as_("robert")
    for path in (api.action(NUMBER), f"{PLAN}/updates", f"{PLAN}?as_at=2026-11-22", f"{api.action(NUMBER)}/history"):
        assert "We met" not in reader.get(path).text, path


@pytest.mark.parametrize("words", [None, "Zebulon"], ids=["all of them", "a phrase that was corrected away"])
def test_a_redaction_reaches_the_earlier_words(api: Api, words: str | None) -> None:
    lucy = api.as_("lucy")
    secret = {"next_step": "See Zebulon.", "impact": "Zebulon is safe."}
    update = lucy.say(
        NUMBER, "We met Zebulon.", evidence=[{"title": "Zebulon", "url": "https://example.org"}], **secret
    )
    correct(lucy, update, text="We met a family.", next_step=None, impact=None, evidence=[])
    assert {"update_wording.text", "update_wording.evidence", "journal.before"} <= found_in(api, "Zebulon")
    body = {"reason": "It named a family.", **({"words": words} if words else {})}
    assert api.as_("admin").post(f"/updates/{update['id']}/redaction", body).status_code == 200
    assert found_in(api, "Zebulon") == set()
    shown = api.as_("robert").read(f"/updates/{update['id']}")
    assert shown["redacted"]["reason"] == "It named a family."
    assert problem(correct(lucy, update, text="Again.")) == (422, "move-not-allowed")


def test_the_admin_corrects_what_they_entered_for_somebody(api: Api) -> None:
    admin = api.as_("admin")
    update = admin.say(NUMBER, FIRST, on_behalf_of=api.person("Lucy Goodfellow"))
    assert problem(correct(api.as_("lucy"), update, text="Mine.")) == (403, "forbidden")
    assert correct(admin, update, text="We met 3 families.").status_code == 200
    sentence = admin.read(f"{api.action(NUMBER)}/history")["data"][0]["sentence"]
    assert sentence == "Business Manager corrected Lucy Goodfellow's update."


def test_a_system_corrects_its_own_words_only(api: Api) -> None:
    system = api.partner()
    update = system.post(
        f"{api.action('4.1')}/updates", {"text": FIRST}, headers={"Idempotency-Key": "0123456789abcdef"}
    )
    assert update.status_code == 201, update.text
    assert correct(system, update.json, text="We met 3 families.").status_code == 200
    other = api.partner("LB Havering", name="Other")
    assert problem(correct(other, update.json, text="Mine.")) == (403, "forbidden")


def test_who_read_it_before_somebody_answered_is_told_and_can_go_on(api: Api) -> None:
    lucy = api.as_("lucy")
    update = lucy.say(NUMBER, FIRST)
    opened = lucy.etag(f"/updates/{update['id']}")
    answer_to(api, update, "returned", question="30?")
    stale = correct(lucy, update, opened, text="We met 3 families.")
    assert problem(stale) == (412, "stale-version")
    assert stale.json["current"]["acknowledgement"]["question"] == "30?"
    assert correct(lucy, update, {"If-Match": stale.headers["ETag"]}, text="We met 3 families.").status_code == 200


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"text": " "}, (422, "validation-failed")),
        ({"text": None}, (422, "validation-failed")),
        ({"rating": "G"}, (422, "unknown-field")),
        ({"text": "Her number is 943 476 5919."}, (422, "case-data-suspected")),
    ],
    ids=["no words", "null", "a rating", "case data"],
)
def test_what_cannot_be_said_is_refused(api: Api, words: dict[str, Any], expected: tuple[int, str]) -> None:
    update = api.as_("lucy").say(NUMBER, FIRST)
    assert problem(correct(api.as_("lucy"), update, **words)) == expected
    assert api.one("SELECT count(*) FROM update_wording") == 0
