"""Taking an update back: a tombstone stays, and what stood before it counts again (DOMAIN 6, API 10)."""

import pytest

from tests.client import Api, Caller, problem

NUMBER = "3.4"


def withdraw(caller: Caller, update: dict[str, str], reason: str = "On the wrong action.") -> object:
    return caller.post(f"/updates/{update['id']}/withdrawal", {"reason": reason})


def test_its_words_are_gone_and_a_tombstone_stays(api: Api) -> None:
    lucy = api.as_("lucy")
    update = lucy.say(NUMBER, "Secret words.", rating="A", evidence=[{"title": "x", "url": "https://example.org"}])
    withdraw(lucy, update)
    answer = api.as_("robert").get(api.action(NUMBER))
    assert "Secret words." not in answer.text
    (left,) = answer.json["updates"]
    assert (left["text"], left["rating"], left["evidence"]) == ("", None, [])
    assert (left["withdrawn"]["by"], left["withdrawn"]["reason"]) == ("Lucy Goodfellow", "On the wrong action.")


def test_what_stood_before_counts_again(api: Api) -> None:
    lucy = api.as_("lucy")
    lucy.say(NUMBER, "First.", rating="G")
    withdraw(lucy, lucy.say(NUMBER, "Second.", rating="R"))
    action = api.as_("robert").read(api.action(NUMBER))
    assert action["latest_update"]["text"] == "First."
    assert action["rating"]["declared"] == "G"


def test_the_only_one_leaves_no_latest(api: Api) -> None:
    lucy = api.as_("lucy")
    withdraw(lucy, lucy.say(NUMBER, rating="R"))
    action = api.as_("robert").read(api.action(NUMBER))
    assert (action["latest_update"], action["rating"]["declared"], action["needs_update"]) == (None, None, True)


def test_it_waits_for_nobody_and_is_evidence_of_nothing(api: Api) -> None:
    lucy = api.as_("lucy")
    withdraw(lucy, lucy.say(NUMBER, "Done.", claim="delivered", impact="Much."))
    assert api.as_("jane").read("/me")["plans"][0]["to_acknowledge"] == []
    assert problem(api.as_("jane").post(f"{api.action(NUMBER)}/sign-off", {})) == (422, "validation-failed")


def test_once_is_enough(api: Api) -> None:
    lucy = api.as_("lucy")
    update = lucy.say(NUMBER)
    withdraw(lucy, update)
    assert problem(withdraw(lucy, update)) == (422, "move-not-allowed")


def test_after_a_day_only_an_administrator_can(api: Api) -> None:
    update = api.as_("lucy").say(NUMBER)
    api.clock.move(hours=25)
    refused = withdraw(api.as_("lucy"), update)
    assert problem(refused) == (403, "forbidden")
    assert withdraw(api.as_("admin"), update).status_code == 200


@pytest.mark.parametrize("who", ["jane", "gordon", "gloria", "robert"])
def test_nobody_takes_back_anothers_words(api: Api, who: str) -> None:
    assert withdraw(api.as_(who), api.as_("lucy").say(NUMBER)).status_code == 403


def test_it_is_journalled_with_the_words(api: Api) -> None:
    lucy = api.as_("lucy")
    withdraw(lucy, lucy.say(NUMBER, "Words."))
    before, after = api.sql("SELECT before, after FROM journal WHERE verb = 'withdrawn'")[0]
    assert (before["text"], after["reason"]) == ("Words.", "On the wrong action.")


def test_a_draft_begun_before_is_told(api: Api) -> None:
    """The count in the ETag never falls, so that no later post can look like the one that was seen."""
    lucy = api.as_("lucy")
    withdraw(lucy, lucy.say(NUMBER))
    assert api.as_("robert").read(api.action(NUMBER))["updates_count"] == 1
