"""What a lead officer does: status, dates, acknowledgement, sign-off (DOMAIN 4 and 5)."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.client import PLAN, Api, Caller, problem


def move(caller: Caller, number: str = "3.4", match: dict[str, str] | None = None, **body: Any) -> TestResponse:
    return caller.post(f"{caller.api.action(number)}/dates", {"reason": "Agreed at the board.", **body}, headers=match)


# --- status -------------------------------------------------------------------------------------------


def test_a_status_is_set_with_its_reason(api: Api) -> None:
    answer = api.as_("jane").set_status("3.4", "on_hold", "Awaiting funds.")
    assert (answer.json["status"], answer.json["status_reason"]) == ("on_hold", "Awaiting funds.")
    change = answer.json["status_changes"][0]
    assert (change["from"], change["to"], change["by"], change["reason"], change["update"]) == (
        "not_reported", "on_hold", "Jane Carroll", "Awaiting funds.", None,
    )  # fmt: skip


def test_setting_a_status_raises_the_version_and_the_revision(api: Api) -> None:
    before = api.revision()
    assert api.as_("jane").set_status("3.4", "on_hold").json["version"] == 2
    assert api.revision() == before + 1


def test_the_answer_of_a_patch_is_the_action_with_its_etag(api: Api) -> None:
    jane = api.as_("jane")
    answer = jane.set_status("3.4", "in_progress")
    again = jane.get(api.action("3.4"))
    assert (answer.json, answer.headers["ETag"]) == (again.json, again.headers["ETag"])


@pytest.mark.parametrize("status", ["complete", "not_reported"])
def test_neither_complete_nor_not_reported_is_set_by_hand(api: Api, status: str) -> None:
    assert problem(api.as_("admin").set_status("3.1", status)) == (422, "move-not-allowed")


def test_the_same_status_again_is_no_move(api: Api) -> None:
    api.as_("jane").set_status("3.4", "in_progress")
    assert problem(api.as_("jane").set_status("3.4", "in_progress")) == (422, "move-not-allowed")


def test_a_patch_needs_if_match(still: Api) -> None:
    answer = still.as_("jane").patch(still.action("3.4"), {"status": "on_hold", "reason": "x"})
    assert problem(answer) == (428, "precondition-required")


def test_a_stale_patch_is_412_with_the_action_as_it_stands(api: Api) -> None:
    jane, admin = api.as_("jane"), api.as_("admin")
    match = jane.etag(api.action("3.4"))
    admin.set_status("3.4", "on_hold")
    answer = jane.patch(api.action("3.4"), {"status": "in_progress", "reason": "x"}, headers=match)
    assert problem(answer) == (412, "stale-version")
    assert answer.json["current"]["status"] == "on_hold"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"status": "on_hold"},
        {"reason": "x"},
        {"status": "on_hold", "reason": " "},
        {"status": "done", "reason": "x"},
    ],
)
def test_a_status_needs_a_word_of_ours_and_a_reason(still: Api, body: dict[str, Any]) -> None:
    jane = still.as_("jane")
    answer = jane.patch(still.action("3.4"), body, headers=jane.etag(still.action("3.4")))
    assert problem(answer) == (422, "validation-failed")


def test_a_closed_action_is_reopened_with_a_reason(api: Api) -> None:
    jane = api.as_("jane")
    jane.set_status("3.4", "withdrawn")
    assert jane.set_status("3.4", "in_progress", "Funded after all.").json["status"] == "in_progress"


def test_a_seeded_delivery_is_confirmed_or_taken_back(api: Api) -> None:
    answer = api.as_("admin").set_status("4.1", "in_progress", "Schools closed again.")
    assert answer.json["status_changes"][0]["from"] == "delivered"


# --- dates --------------------------------------------------------------------------------------------


def test_a_moved_date_keeps_the_printed_original_and_every_date_since(api: Api) -> None:
    jane = api.as_("jane")
    move(jane, "3.6", kind="date", **{"from": "2027-01-31"})
    answer = move(jane, "3.6", kind="season", printed="Spring 2027", reason="Slipped again.")
    moved = answer.json["by_when"]["moved"]
    assert answer.status_code == 201
    assert [each["printed"] for each in moved] == ["08/04/2021", "31/01/2027", "Spring 2027"]
    assert [each["by"] for each in moved] == [None, "Jane Carroll", "Jane Carroll"]
    assert [each["reason"] for each in moved] == [None, "Agreed at the board.", "Slipped again."]
    assert moved[0]["to"] == "2021-04-08"


def test_a_moved_date_is_the_date_and_the_action_is_no_longer_late(api: Api) -> None:
    answer = move(api.as_("jane"), "3.6", kind="month", printed="March 2027")
    assert {name: answer.json["by_when"][name] for name in ("printed", "from", "to")} == {
        "printed": "March 2027", "from": "2027-03-01", "to": "2027-03-31",
    }  # fmt: skip
    assert (answer.json["past_date"], answer.json["rating"]["value"]) == (False, None)
    assert api.as_("robert").read(PLAN)["counts"]["past_date"] == 2


MOVES: dict[str, tuple[dict[str, Any], tuple[str, str, str | None, str | None]]] = {
    "words of a season": ({"kind": "season", "printed": "Winter 2026"}, ("Winter 2026", "season", "2026-12-01", "2027-02-28")),
    "words of a quarter": ({"kind": "quarter", "printed": "Q4 2026/27"}, ("Q4 2026/27", "quarter", "2027-01-01", "2027-03-31")),
    "words of a year": ({"kind": "year", "printed": "2028"}, ("2028", "year", "2028-01-01", "2028-12-31")),
    "a day": ({"kind": "date", "from": "2027-02-03"}, ("03/02/2027", "date", "2027-02-03", "2027-02-03")),
    "days and their words": (
        {"kind": "season", "printed": "Spring 2027", "from": "2027-03-01", "to": "2027-05-31"},
        ("Spring 2027", "season", "2027-03-01", "2027-05-31"),
    ),
    "days and words of one's own": (
        {"kind": "month", "printed": "after Easter", "from": "2027-04-01", "to": "2027-04-30"},
        ("after Easter", "month", "2027-04-01", "2027-04-30"),
    ),
    "days without words": ({"kind": "month", "from": "2027-04-01", "to": "2027-04-30"}, ("01/04/2027 to 30/04/2027", "month", "2027-04-01", "2027-04-30")),
    "to be confirmed": ({"kind": "to_be_confirmed"}, ("TBC", "to_be_confirmed", None, None)),
}  # fmt: skip


@pytest.mark.parametrize("name", MOVES)
def test_a_date_may_be_given_as(api: Api, name: str) -> None:
    body, wanted = MOVES[name]
    when = move(api.as_("jane"), **body).json["by_when"]
    assert (when["printed"], when["kind"], when["from"], when["to"]) == wanted


BAD_MOVES: dict[str, tuple[dict[str, Any], str, str]] = {
    "no kind": ({"printed": "2028"}, "validation-failed", "/kind"),
    "unknown kind": ({"kind": "soon"}, "validation-failed", "/kind"),
    "a status": ({"kind": "status_in_date_column", "printed": "Completed"}, "validation-failed", "/kind"),
    "words that say nothing": ({"kind": "season", "printed": "soonish"}, "validation-failed", "/from"),
    "words of another kind": ({"kind": "season", "printed": "March 2027"}, "validation-failed", "/printed"),
    "half a period": ({"kind": "month", "from": "2027-04-01"}, "validation-failed", "/to"),
    "backwards": ({"kind": "month", "from": "2027-04-30", "to": "2027-04-01"}, "validation-failed", "/to"),
    "a date of two days": ({"kind": "date", "from": "2027-04-01", "to": "2027-04-02"}, "validation-failed", "/to"),
    "words against days": ({"kind": "date", "printed": "01/05/2027", "from": "2027-04-01"}, "validation-failed", "/printed"),
    "days on what has none": ({"kind": "to_be_confirmed", "from": "2027-04-01"}, "validation-failed", "/from"),
    "a month first": ({"kind": "date", "printed": "04/30/2027"}, "validation-failed", "/printed"),
    "a day that is not": ({"kind": "date", "from": "2027-02-29"}, "validation-failed", "/from"),
    "a number": ({"kind": "date", "from": 20270401}, "validation-failed", "/from"),
    "a time": ({"kind": "date", "from": "2027-04-01T00:00:00Z"}, "validation-failed", "/from"),
    "the year 1899": ({"kind": "date", "from": "1899-12-31"}, "validation-failed", "/from"),
    "the year 2200": ({"kind": "date", "from": "2200-01-01"}, "validation-failed", "/from"),
    "no reason": ({"kind": "year", "printed": "2028", "reason": None}, "validation-failed", "/reason"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_MOVES)
def test_a_date_that_cannot_be(still: Api, name: str) -> None:
    body, code, pointer = BAD_MOVES[name]
    answer = move(still.as_("jane"), **body)
    assert problem(answer) == (422, code)
    assert answer.json["errors"][0]["pointer"] == pointer


def test_the_same_date_again_is_no_move(still: Api) -> None:
    assert problem(move(still.as_("jane"), kind="ongoing")) == (422, "move-not-allowed")


def test_a_closed_action_keeps_its_date(api: Api) -> None:
    api.as_("jane").set_status("3.4", "withdrawn")
    assert problem(move(api.as_("jane"), kind="year", printed="2028")) == (422, "move-not-allowed")


def test_a_moved_date_is_journalled_with_before_and_after(api: Api) -> None:
    move(api.as_("jane"), "3.6", kind="year", printed="2028")
    before, after = api.sql("SELECT before, after FROM journal WHERE verb = 'date-moved'")[0]
    assert before == {"by_when": "08/04/2021", "kind": "date", "first_on": "2021-04-08", "last_on": "2021-04-08"}
    assert after.pop("reason") == "Agreed at the board."
    assert after == {"by_when": "2028", "kind": "year", "first_on": "2028-01-01", "last_on": "2028-12-31"}


def test_a_repeated_move_is_made_once(api: Api) -> None:
    key = {"Idempotency-Key": "0123456789abcdef"}
    first, again = (move(api.as_("jane"), match=key, kind="year", printed="2028") for _ in range(2))
    assert first.data == again.data
    assert len(first.json["by_when"]["moved"]) == 2


def test_a_stale_move_is_412(api: Api) -> None:
    jane = api.as_("jane")
    match = jane.etag(api.action("3.4"))
    move(api.as_("admin"), kind="year", printed="2029")
    assert problem(move(jane, match=match, kind="year", printed="2028")) == (412, "stale-version")


# --- acknowledgement ----------------------------------------------------------------------------------


def answer_to(caller: Caller, update: str, **body: Any) -> TestResponse:
    return caller.post(f"/updates/{update}/acknowledgement", body)


def test_an_acknowledged_rating_needs_no_more_words(api: Api) -> None:
    update = api.as_("lucy").say("3.4", rating="A")
    answer = answer_to(api.as_("jane"), update["id"], state="acknowledged")
    assert answer.json["acknowledgement"]["by"] == "Jane Carroll"
    rating = api.as_("robert").read(api.action("3.4"))["rating"]
    assert (rating["says"], rating["acknowledgement"]) == (None, "acknowledged")


def test_a_returned_rating_says_so(api: Api) -> None:
    update = api.as_("lucy").say("3.4", rating="G")
    answer_to(api.as_("jane"), update["id"], state="returned", question="Since when?")
    action = api.as_("robert").read(api.action("3.4"))
    assert action["rating"]["says"] == "Lucy Goodfellow says on track, returned with a question"
    assert action["updates"][0]["acknowledgement"]["question"] == "Since when?"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"state": "waiting"},
        {"state": "returned"},
        {"state": "returned", "question": " "},
        {"state": "acknowledged", "question": "Why?"},
    ],
    ids=["nothing", "waiting", "returned without a question", "with a blank one", "acknowledged with one"],
)
def test_an_answer_that_is_not_one(api: Api, body: dict[str, Any]) -> None:
    update = api.as_("lucy").say("3.4")
    assert problem(answer_to(api.as_("jane"), update["id"], **body)) == (422, "validation-failed")


def test_a_lead_officers_own_update_takes_no_acknowledgement(api: Api) -> None:
    update = api.as_("jane").say("3.4")
    assert problem(answer_to(api.as_("admin"), update["id"], state="acknowledged")) == (422, "move-not-allowed")


def test_an_acknowledgement_can_be_taken_back_with_a_question(api: Api) -> None:
    update = api.as_("lucy").say("3.4")
    answer_to(api.as_("jane"), update["id"], state="acknowledged")
    answer = answer_to(api.as_("jane"), update["id"], state="returned", question="Who was there?")
    assert (answer.json["acknowledgement"]["state"], answer.json["version"]) == ("returned", 3)


def test_an_acknowledgement_does_not_touch_the_words(api: Api) -> None:
    update = api.as_("lucy").say("3.4", "Exactly this.", rating="A")
    answer = answer_to(api.as_("jane"), update["id"], state="acknowledged").json
    same = set(update) - {"acknowledgement", "updated_at", "version", "mine", "may_correct"}
    assert {name: answer[name] for name in same} == {name: update[name] for name in same}


# --- signing off --------------------------------------------------------------------------------------


def sign_off(caller: Caller, number: str = "3.4", **body: Any) -> TestResponse:
    return caller.post(f"{caller.api.action(number)}/sign-off", body)


CLAIMS = {
    # who claimed, who signs off, may they
    "contributor's claim by the lead": ("lucy", "jane", 200),
    "contributor's claim by an admin": ("lucy", "admin", 200),
    "lead's claim by the lead": ("jane", "jane", 403),
    "lead's claim by an admin": ("jane", "admin", 200),
    "admin's claim by the admin": ("admin", "admin", 403),
    "admin's claim by another admin": ("admin", "second admin", 200),
    "contributor's claim by another lead": ("lucy", "gordon", 403),
    "contributor's claim by the contributor": ("lucy", "lucy", 403),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_complete_needs_a_second_pair_of_eyes(api: Api, name: str) -> None:
    claims, signs, status = CLAIMS[name]
    api.as_(claims).say("3.4", "Done.", claim="delivered", impact="Fewer forms.")
    assert sign_off(api.as_(signs)).status_code == status


def test_delivered_set_by_the_lead_is_the_leads_claim(api: Api) -> None:
    api.as_("jane").set_status("3.4", "delivered")
    assert sign_off(api.as_("jane"), impact="Fewer forms.").status_code == 403
    assert sign_off(api.as_("admin"), impact="Fewer forms.").status_code == 200


def test_a_claim_entered_for_the_lead_cannot_be_signed_off_by_the_lead(api: Api) -> None:
    api.as_("admin").say("3.4", claim="delivered", impact="x", on_behalf_of=api.person("Jane Carroll"))
    assert sign_off(api.as_("jane")).status_code == 403
    assert sign_off(api.as_("second admin")).status_code == 200


@pytest.mark.parametrize(
    ("told", "body", "status"),
    [
        ({}, {}, 422),
        ({"impact": "Fewer forms."}, {}, 200),
        ({"evidence": [{"title": "Minutes", "url": "https://example.org/"}]}, {}, 200),
        ({}, {"impact": "Fewer forms."}, 200),
        ({}, {"evidence": [{"title": "Minutes", "url": "https://example.org/"}]}, 200),
        ({}, {"text": "I believe it."}, 422),
        ({}, {"evidence": []}, 422),
    ],
    ids=["nothing", "impact told", "evidence told", "impact now", "evidence now", "words only", "no evidence"],
)
def test_complete_needs_evidence_or_impact(api: Api, told: dict[str, Any], body: dict[str, Any], status: int) -> None:
    api.as_("lucy").say("3.4", claim="delivered", **told)
    assert sign_off(api.as_("jane"), **body).status_code == status


def test_only_what_is_delivered_is_signed_off(api: Api) -> None:
    assert problem(sign_off(api.as_("admin"), impact="x")) == (422, "move-not-allowed")


def test_signing_off_tells_the_timeline(api: Api) -> None:
    api.as_("lucy").say("3.4", claim="delivered", impact="Fewer forms.")
    action = sign_off(api.as_("jane")).json
    assert (action["status"], action["rating"]["value"], action["rating"]["basis"]) == ("complete", "B", "complete")
    assert (action["updates"][0]["text"], action["updates"][0]["status"]) == ("Signed off as complete.", "complete")
    assert action["status_changes"][0]["to"] == "complete"


def test_a_complete_action_is_reopened_by_its_lead(api: Api) -> None:
    api.as_("lucy").say("3.4", claim="delivered", impact="Fewer forms.")
    sign_off(api.as_("jane"))
    assert api.as_("jane").set_status("3.4", "in_progress", "Not so.").json["rating"]["value"] is None


# --- what may I do ------------------------------------------------------------------------------------

EDITS = {"set_status", "move_date", "reword", "set_by_whom", "settle_note", "renumber", "remove"}
VERBS = {"post_update", "claim_delivered", "acknowledge", "sign_off", "post_on_behalf"} | EDITS
MAY = {
    "admin": {"post_update", "claim_delivered", "post_on_behalf"} | EDITS,
    "jane": {"post_update", "claim_delivered"} | EDITS,
    "gordon": set(),
    "lucy": {"post_update", "claim_delivered"},
    "gloria": set(),
    "robert": set(),
}


@pytest.mark.parametrize("who", MAY)
def test_an_action_says_what_its_reader_may_do_and_why_not_the_rest(still: Api, who: str) -> None:
    action = still.as_(who).read(still.action("3.4"))
    assert set(action["may"]) == MAY[who]
    assert set(action["why_not"]) == VERBS - MAY[who]
    assert all(reason.endswith(".") for reason in action["why_not"].values())


def test_acknowledge_and_sign_off_are_offered_when_there_is_something_to_do(api: Api) -> None:
    api.as_("lucy").say("3.4", claim="delivered")
    assert {"acknowledge", "sign_off"} <= set(api.as_("jane").read(api.action("3.4"))["may"])


def test_acknowledge_is_offered_for_an_update_that_is_no_longer_shown(api: Api) -> None:
    api.as_("lucy").say("3.4")
    jane = api.as_("jane")
    for turn in range(21):
        jane.say("3.4", f"Turn {turn}.")
    assert "acknowledge" in jane.read(api.action("3.4"))["may"]


@pytest.mark.parametrize("number", ["1.1", "3.4", "4.10", "5.4", "6.6"])
def test_neighbours_are_those_of_the_paper(still: Api, number: str) -> None:
    neighbours = {
        "1.1": (None, "1.2"),
        "3.4": ("3.3", "3.5"),
        "4.10": ("4.9", "5.1"),
        "5.4": ("5.3", "5.5"),
        "6.6": ("6.5", None),
    }
    action = still.as_("robert").read(still.action(number))
    found = tuple(action[side] and action[side]["number"] for side in ("previous", "next"))
    assert found == neighbours[number]


def test_one_action_says_the_same_as_the_plan(still: Api) -> None:
    robert = still.as_("robert")
    for objective in robert.read(PLAN)["objectives"]:
        for action in objective["actions"][:2]:
            alone = robert.read(f"/actions/{action['id']}")
            assert {name: alone[name] for name in action} == action
            assert alone["lead"] == objective["lead"]


def test_one_action_has_an_etag_for_its_reader(still: Api) -> None:
    lucy, path = still.as_("lucy"), still.action("3.4")
    etag = lucy.etag(path)["If-Match"]
    assert lucy.get(path, headers={"If-None-Match": etag}).status_code == 304
    assert still.as_("jane").get(path, headers={"If-None-Match": etag}).status_code == 200
