"""A file that moved its rows: progress goes where its words go, and never under other words (API 11.4)."""

import copy
from typing import Any

import pytest

from api.domain.errors import ValidationFailed
from tests.client import PLAN, Api, problem
from tests.factories import numbered, seed_document
from tests.integration.plan.test_seed_loading import act, content, load

Json = dict[str, Any]
NEW = "Appoint somebody for the new helpline of the partnership."
OTHER = "Quite other words that have to do with nothing else here."


def action(number: str, text: str = NEW) -> Json:
    when = {"printed": "Ongoing", "kind": "ongoing", "from": None, "to": None}
    whom = {"printed": "", "named": []}
    return {"number": number, "text": text, "by_whom": whom, "by_when": when, "status": "not_reported", "notes": []}


def put_in(document: Json, number: str, text: str = NEW) -> Json:
    objective, place = map(int, number.split("."))
    document["objectives"][objective - 1]["actions"].insert(place - 1, action(number, text))
    return numbered(document)


def shown(api: Api) -> dict[str, Json]:
    """Every action as the plan shows it now, by number."""
    plan = api.as_("robert").read(PLAN)
    return {each["number"]: each for objective in plan["objectives"] for each in objective["actions"]}


def texts(document: Json) -> dict[str, str]:
    return {each["number"]: each["text"] for objective in document["objectives"] for each in objective["actions"]}


def agrees(api: Api, document: Json) -> None:
    """The plan says under each number what the file says, and a second run writes nothing."""
    assert {number: each["text"] for number, each in shown(api).items()} == texts(document)
    before = content(api)
    report = load(api, document)
    assert (report["written"], report["changed"], report["moved"], report["kept"]) == (False, [], [], [])
    assert content(api) == before


def with_progress(api: Api, number: str = "1.8") -> str:
    """The id of an action that somebody reported on and rated."""
    api.as_("admin").say(number, "We met.", rating="A")
    found: str = api.seeded.actions[number]
    return found


def test_a_row_put_in_before_moves_the_progress_with_its_words(api: Api) -> None:
    old, words = with_progress(api), act(seed_document(), "1.8")["text"]
    document = put_in(seed_document(), "1.8")
    report = load(api, document)
    assert report["created"] == {"actions": 1}
    assert report["moved"] == [{"what": "action", "from": "1.8", "to": "1.9"}]
    assert report["not_in_file"] == []
    plan = shown(api)
    assert (plan["1.9"]["id"], plan["1.9"]["text"], plan["1.9"]["rating"]["declared"]) == (old, words, "A")
    assert (plan["1.8"]["text"], plan["1.8"]["updates_count"], plan["1.8"]["rating"]["declared"]) == (NEW, 0, None)
    agrees(api, document)


def test_the_history_says_that_it_moved_and_a_past_day_shows_the_old_number(api: Api) -> None:
    old = with_progress(api)
    api.clock.move(days=2)
    load(api, put_in(seed_document(), "1.8"))
    history = api.as_("robert").read(f"/actions/{old}/history")["data"]
    assert history[0]["sentence"] == "The seed gave the action another number: it is 1.9 now. It was 1.8 until then."
    assert history[0]["undoable"] is False
    yesterday = api.as_("robert").read(f"{PLAN}?as_at={api.clock().date().replace(day=api.clock().day - 1)}")
    assert [each["number"] for each in yesterday["objectives"][0]["actions"] if each["id"] == old] == ["1.8"]


def test_every_action_that_reads_differently_has_another_etag(api: Api) -> None:
    robert, path = api.as_("robert"), api.action("1.8")
    etag = robert.get(path).headers["ETag"]
    load(api, put_in(seed_document(), "1.1"))
    answer = robert.get(path, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.json["number"], answer.json["version"]) == (200, "1.9", 2)


def test_two_rows_that_changed_places(api: Api) -> None:
    old = with_progress(api)
    document = seed_document()
    actions = document["objectives"][0]["actions"]
    actions[6], actions[7] = actions[7], actions[6]
    load(api, numbered(document))
    assert shown(api)["1.7"]["id"] == old
    agrees(api, document)


def test_a_row_moved_to_another_objective(api: Api) -> None:
    old = with_progress(api)
    document = seed_document()
    document["objectives"][1]["actions"].insert(0, document["objectives"][0]["actions"].pop())
    report = load(api, numbered(document))
    assert {"what": "action", "from": "1.8", "to": "2.1"} in report["moved"]
    assert shown(api)["2.1"]["id"] == old
    assert api.as_("robert").read(f"/actions/{old}")["lead"] == api.as_("robert").read(api.action("2.4"))["lead"]
    agrees(api, document)


def test_a_row_that_left_the_middle_makes_way_and_stays_in_the_plan(api: Api) -> None:
    old = with_progress(api, "1.5")
    document = seed_document()
    document["objectives"][0]["actions"].pop(4)
    report = load(api, numbered(document))
    assert report["not_in_file"] == ["action 1.5"]
    plan = shown(api)
    assert (plan["1.8"]["id"], plan["1.8"]["updates_count"]) == (old, 1)
    assert {number: plan[number]["text"] for number in texts(document)} == texts(document)
    assert load(api, document)["written"] is False
    load(api, seed_document())
    assert shown(api)["1.5"]["id"] == old, "the words came back, and so does what was said of them"


def test_a_row_moved_and_corrected(api: Api) -> None:
    old = with_progress(api)
    document = put_in(seed_document(), "1.8")
    act(document, "1.9")["text"] += " Each quarter."
    load(api, document)
    assert shown(api)["1.9"]["id"] == old
    agrees(api, document)


def test_a_slip_that_is_corrected_stays_the_same_action(api: Api) -> None:
    old = with_progress(api)
    document = seed_document()
    act(document, "1.8")["text"] = act(document, "1.8")["text"].replace("the", "teh", 1)
    report = load(api, document)
    assert (report["moved"], report["created"]) == ([], {})
    assert shown(api)["1.8"]["id"] == old
    agrees(api, document)


def quite_other(api: Api, document: Json) -> list[tuple[str, str]]:
    with pytest.raises(ValidationFailed) as caught:
        load(api, document)
    return [(error.pointer, error.detail) for error in caught.value.errors]


@pytest.mark.parametrize("worked", ["posted", "status", "date", "wording", "places"])
def test_progress_never_comes_under_quite_other_words(api: Api, worked: str) -> None:
    admin, path = api.as_("admin"), api.action("1.8")
    document = seed_document()
    was = act(document, "1.8")["text"]
    answers = {
        "posted": lambda: admin.post(f"{path}/updates", {"text": "We met."}),
        "status": lambda: admin.patch(path, {"status": "on_hold", "reason": "Funds."}, headers=admin.etag(path)),
        "date": lambda: admin.post(f"{path}/dates", {"kind": "year", "printed": "2028", "reason": "Agreed."}),
        "wording": lambda: admin.patch(path, {"text": f"{was} Soon."}, headers=admin.etag(path)),
        "places": lambda: admin.patch(path, {"by_whom": []}, headers=admin.etag(path)),
    }
    assert answers[worked]().status_code in {200, 201}
    before = content(api)
    act(document, "1.8")["text"] = OTHER
    ((pointer, detail),) = quite_other(api, document)
    assert pointer == "/objectives/0/actions/7/text"
    assert was[:60] in detail
    assert OTHER in detail
    assert content(api) == before
    answer = admin.post("/seeds?dry_run=true", document)
    assert problem(answer) == (422, "validation-failed")


def test_every_row_with_progress_under_other_words_is_named_at_once(api: Api) -> None:
    document = seed_document()
    for number in ("1.8", "3.4"):
        with_progress(api, number)
        act(document, number)["text"] = f"{OTHER} {number}"
    assert [pointer for pointer, _ in quite_other(api, document)] == [
        "/objectives/0/actions/7/text", "/objectives/2/actions/3/text",
    ]  # fmt: skip


def test_without_progress_the_words_of_a_row_may_be_replaced(api: Api) -> None:
    document = seed_document()
    act(document, "1.8")["text"] = OTHER
    load(api, document)
    assert (shown(api)["1.8"]["id"], shown(api)["1.8"]["text"]) == (api.seeded.actions["1.8"], OTHER)
    agrees(api, document)


def test_the_way_out_is_to_reword_the_action_in_the_plan(api: Api) -> None:
    old, admin, path = with_progress(api), api.as_("admin"), api.action("1.8")
    admin.patch(path, {"text": OTHER}, headers=admin.etag(path))
    document = seed_document()
    act(document, "1.8")["text"] = OTHER
    load(api, document)
    assert shown(api)["1.8"]["id"] == old
    agrees(api, document)


def test_or_to_remove_it_there(api: Api) -> None:
    old, admin, path = with_progress(api), api.as_("admin"), api.action("1.8")
    assert admin.post(f"{path}/removal", {"reason": "Dropped."}, headers=admin.etag(path)).status_code == 200
    document = seed_document()
    act(document, "1.8")["text"] = OTHER
    assert load(api, document)["created"] == {"actions": 1, "named": len(act(document, "1.8")["by_whom"]["named"])}
    assert (shown(api)["1.8"]["updates_count"], shown(api)["1.8"]["text"]) == (0, OTHER)
    assert api.one("SELECT seeded_number FROM action WHERE id = %s", old) is None
    agrees(api, document)


def test_an_action_that_was_removed_stays_removed_where_its_words_move(api: Api) -> None:
    admin, path = api.as_("admin"), api.action("1.8")
    admin.post(f"{path}/removal", {"reason": "Dropped."}, headers=admin.etag(path))
    load(api, put_in(seed_document(), "1.8"))
    assert shown(api)["1.8"]["text"] == NEW
    assert "1.9" not in shown(api)


def test_what_was_reworded_in_the_plan_keeps_its_words_and_moves_with_those_of_the_file(api: Api) -> None:
    admin, path = api.as_("admin"), api.action("1.8")
    admin.patch(path, {"text": OTHER}, headers=admin.etag(path))
    load(api, put_in(seed_document(), "1.8"))
    assert (shown(api)["1.9"]["id"], shown(api)["1.9"]["text"]) == (api.seeded.actions["1.8"], OTHER)


def test_numbers_that_were_changed_in_the_plan_stay(api: Api) -> None:
    old, admin, path = with_progress(api), api.as_("admin"), api.action("1.8")
    admin.patch(path, {"position": 1}, headers=admin.etag(path))
    report = load(api, put_in(seed_document(), "1.8"))
    plan = shown(api)
    assert (plan["1.1"]["id"], plan["1.9"]["text"]) == (old, NEW)
    assert report["kept"] == [{"what": "action 1.9", "fields": ["number"]}]
    assert load(api, put_in(seed_document(), "1.8"))["written"] is False


def test_what_was_made_by_hand_makes_room(api: Api) -> None:
    admin = api.as_("admin")
    objective = admin.read(PLAN)["objectives"][0]["id"]
    made = admin.post(f"{PLAN}/actions", {"objective": objective, "text": "Made by hand."}).json
    report = load(api, put_in(seed_document(), "1.8"))
    assert {"what": "action", "from": "1.9", "to": "1.10"} in report["moved"]
    assert shown(api)["1.10"]["id"] == made["id"]


def test_an_objective_put_in_in_front_takes_nothing_from_the_others(api: Api) -> None:
    old = with_progress(api)
    document = seed_document()
    document["objectives"].insert(
        0, {"number": 1, "text": NEW, "short_title": None, "lead": None, "actions": [action("1.1", OTHER)]}
    )
    report = load(api, numbered(document))
    assert report["created"] == {"objectives": 1, "actions": 1}
    assert {"what": "objective", "from": "1", "to": "2"} in report["moved"]
    assert shown(api)["2.8"]["id"] == old
    plan = api.as_("robert").read(PLAN)
    assert [each["lead"] and each["lead"]["name"] for each in plan["objectives"]][:2] == [None, "Pippa Ward"]
    assert [each["text"] for each in plan["objectives"]] == [each["text"] for each in document["objectives"]]
    agrees(api, document)


def test_an_objective_with_progress_never_gets_quite_other_words(api: Api) -> None:
    with_progress(api)
    document = seed_document()
    document["objectives"][0] |= {"text": NEW, "actions": [action("1.1", OTHER)]}
    ((pointer, detail),) = quite_other(api, document)
    assert pointer == "/objectives/0/text"
    assert "Objective 1 has progress" in detail
    assert NEW in detail


def test_an_objective_that_was_reworded_over_its_own_actions_is_the_same(api: Api) -> None:
    old = with_progress(api)
    document = seed_document()
    document["objectives"][0]["text"] = NEW
    load(api, document)
    assert shown(api)["1.8"]["id"] == old
    agrees(api, document)


def test_a_file_of_shuffled_rows_and_objectives_is_the_same_plan(api: Api) -> None:
    old = {each["text"]: each["id"] for each in shown(api).values()}
    document = seed_document()
    document["objectives"].reverse()
    for objective in document["objectives"]:
        objective["actions"].sort(key=lambda each: each["text"])
    report = load(api, numbered(document))
    assert (report["created"], report["not_in_file"], report["changed"]) == ({}, [], [])
    assert {each["text"]: each["id"] for each in shown(api).values()} == old
    agrees(api, document)
    back = load(api, copy.deepcopy(seed_document()))
    assert back["created"] == {}
    agrees(api, seed_document())
