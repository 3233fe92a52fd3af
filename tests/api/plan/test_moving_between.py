"""Moving an action to another objective: the numbers close up and open, and whatever tells of the past tells it as it was."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.api.plan.test_structure import add, move, numbers, objective, remove, sentences
from tests.client import PLAN, Api, Caller, body_of, problem
from tests.factories import seed_document
from tests.integration.diary import Diary


def carry(caller: Caller, number: str, to: int, **members: Any) -> TestResponse:
    path = caller.api.action(number)
    return caller.patch(path, {"objective": objective(caller.api, to)["id"], **members}, headers=caller.etag(path))


def leads_too(api: Api, who: str, number: int) -> None:
    """Another objective becomes this person's as well."""
    admin, path = api.as_("admin"), f"/objectives/{objective(api, number)['id']}"
    answer = admin.patch(path, {"lead": api.person(who)}, headers=admin.etag(path))
    assert answer.status_code == 200, answer.text


def texts(api: Api, number: int) -> list[str]:
    return list(numbers(api, number).values())


def test_it_goes_to_the_end_and_its_old_number_is_closed_up(api: Api) -> None:
    three, five = texts(api, 3), texts(api, 5)
    answer = carry(api.as_("admin"), "3.4", 5)
    assert (answer.status_code, answer.json["number"], answer.json["objective"]) == (200, "5.6", 5)
    assert texts(api, 5) == [*five, three[3]]
    assert numbers(api, 3) == {f"3.{at}": text for at, text in enumerate([*three[:3], *three[4:]], 1)}
    assert api.as_("robert").read(api.action("3.4"))["number"] == "5.6"


def test_it_goes_to_a_number_which_opens_there(api: Api) -> None:
    three, five = texts(api, 3), texts(api, 5)
    assert carry(api.as_("admin"), "3.4", 5, position=2, text="Other words.").json["number"] == "5.2"
    assert texts(api, 5) == [five[0], "Other words.", *five[1:]]
    assert len(texts(api, 3)) == len(three) - 1


def test_the_history_of_each_says_which_number_it_had(api: Api) -> None:
    carry(api.as_("admin"), "3.4", 5, position=2)
    said = "Business Manager moved the action to another objective: it is 5.2 now. It was 3.4 until then."
    assert sentences(api, api.action("3.4"))[0] == said
    assert "it is 3.4 now. It was 3.5 until then." in sentences(api, api.action("3.5"))[0]
    assert "it is 5.3 now. It was 5.2 until then." in sentences(api, api.action("5.2"))[0]


def test_whoever_leads_one_of_them_may_not_and_is_told_who_can(api: Api) -> None:
    jane = api.as_("jane")
    refused = carry(jane, "3.4", 5)
    assert problem(refused) == (403, "forbidden")
    assert "lead officer of objective 5" in refused.json["who_can"]
    assert problem(carry(jane, "5.1", 3)) == (403, "forbidden")
    leads_too(api, "Jane Carroll", 5)
    assert carry(jane, "3.4", 5).json["number"] == "5.6"


@pytest.mark.parametrize("given", ["00000000-0000-0000-0000-000000000000", "not an id", None, 5])
def test_an_objective_that_is_not_of_this_plan_is_said_where(still: Api, given: Any) -> None:
    admin, path = still.as_("admin"), still.action("3.4")
    answer = admin.patch(path, {"objective": given}, headers=admin.etag(path))
    assert problem(answer) == (422, "validation-failed")
    assert [each["pointer"] for each in answer.json["errors"]] == ["/objective"]


def test_a_number_that_is_not_there_to_be_had_is_said_and_nothing_moves(api: Api) -> None:
    before = api.journal_length()
    answer = carry(api.as_("admin"), "3.4", 5, position=7)
    assert [each["pointer"] for each in answer.json["errors"]] == ["/position"]
    assert api.journal_length() == before


def test_its_own_objective_changes_nothing(api: Api) -> None:
    before = api.journal_length()
    assert carry(api.as_("jane"), "3.4", 3).json["number"] == "3.4"
    assert api.journal_length() == before


def test_a_past_day_shows_it_where_it_was(api: Api) -> None:
    diary, admin = Diary(api), api.as_("admin")
    api.as_("lucy").say("3.4", "Begun.", rating="A")
    diary.sleep()
    day = admin.read(PLAN)["as_of"]
    api.clock.move(days=1)
    carry(admin, "3.4", 5, position=2)
    carry(admin, "1.8", 3)
    diary.sleep()
    entry = next(e for e in admin.read(f"{api.action('3.4')}/history")["data"] if e["verb"] == "moved")
    assert admin.post(f"/journal/{entry['id']}/undo", {}).status_code == 200
    diary.sleep()
    diary.check()
    assert admin.read(f"{api.action('1.8')}?as_at={day}")["number"] == "1.8"


def test_a_move_is_undone_with_all_that_it_moved(api: Api) -> None:
    before = numbers(api, 3), numbers(api, 5)
    admin = api.as_("admin")
    carry(admin, "3.4", 5, position=2)
    entry = next(e for e in admin.read(f"{api.action('3.4')}/history")["data"] if e["verb"] == "moved")
    assert entry["undoable"]
    assert problem(api.as_("jane").post(f"/journal/{entry['id']}/undo", {})) == (403, "forbidden")
    assert admin.post(f"/journal/{entry['id']}/undo", {}).json["number"] == "3.4"
    assert (numbers(api, 3), numbers(api, 5)) == before
    assert "undid a move: the action is 3.4 now" in sentences(api, api.action("3.4"))[0]
    assert problem(admin.post(f"/journal/{entry['id']}/undo", {})) == (409, "conflict")


def test_a_number_it_had_before_is_not_given_back_in_another_objective(api: Api) -> None:
    """3.4 was made 3.2 and then 5.2: undoing the first would make it 5.4."""
    admin = api.as_("admin")
    move(admin, "3.4", 2)
    entry = next(e for e in admin.read(f"{api.action('3.4')}/history")["data"] if e["verb"] == "renumbered")
    carry(admin, "3.4", 5, position=2)
    before = numbers(api, 5)
    assert problem(admin.post(f"/journal/{entry['id']}/undo", {})) == (409, "conflict")
    assert numbers(api, 5) == before


def test_it_does_not_go_back_into_an_objective_that_was_removed(api: Api) -> None:
    admin = api.as_("admin")
    made = admin.post(f"{PLAN}/objectives", {"text": "For a while."}).json
    new = add(admin, made["number"]).json["id"]
    answer = admin.patch(f"/actions/{new}", {"objective": objective(api, 5)["id"]}, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    admin.post(f"/objectives/{made['id']}/removal", {"reason": "Over."}, headers={"If-Match": "*"})
    entry = next(e for e in admin.read(f"/actions/{new}/history")["data"] if e["verb"] == "moved")
    assert problem(admin.post(f"/journal/{entry['id']}/undo", {})) == (409, "conflict")


def test_the_feeds_tell_it(api: Api) -> None:
    robert = api.as_("robert")
    cursor = robert.read(f"{PLAN}/changes?limit=200")["cursor"]
    carry(api.as_("admin"), "3.4", 5)
    told = {each["id"]: each["object"] for each in robert.read(f"{PLAN}/changes?limit=200&since={cursor}")["data"]}
    assert told[api.seeded.actions["3.4"]]["number"] == "5.6"
    assert told[api.seeded.actions["3.8"]]["number"] == "3.7"
    rows = {each["number"]: each for each in robert.read(f"{PLAN}/actions.json")["data"]}
    assert (rows["5.6"]["action"], rows["5.6"]["objective_number"]) == (numbers(api, 5)["5.6"], 5)
    assert (rows["5.6"]["number_objective"], rows["5.6"]["number_position"]) == (5, 6)


def test_whoever_read_it_before_is_told_only_of_a_number_they_write_too(api: Api) -> None:
    jane, path = api.as_("jane"), api.action("3.4")
    leads_too(api, "Jane Carroll", 5)
    held = jane.etag(path)
    carry(api.as_("admin"), "3.4", 5)
    clash = jane.patch(path, {"objective": objective(api, 3)["id"]}, headers=held)
    assert problem(clash) == (412, "stale-version")
    assert [each["field"] for each in clash.json["clashes"]] == ["position"]
    assert jane.patch(path, {"text": "Other words."}, headers=held).json["number"] == "5.6"


def test_who_leads_it_now_answers_for_it(api: Api) -> None:
    lucy = api.as_("lucy")
    carry(api.as_("admin"), "3.4", 1)
    said = lucy.say("3.4", "Begun.")
    state = {"state": "acknowledged"}
    assert problem(api.as_("jane").post(f"/updates/{said['id']}/acknowledgement", state)) == (403, "forbidden")
    assert api.as_("pippa").post(f"/updates/{said['id']}/acknowledgement", state).status_code == 200


def test_the_seed_again_does_not_move_it_back(api: Api) -> None:
    admin = api.as_("admin")
    carry(admin, "3.4", 5, position=2)
    carry(admin, "1.2", 3)
    remove(admin, "3.5")
    before, length = body_of(admin.get(PLAN)), api.journal_length()
    report = admin.post("/seeds", seed_document()).json
    assert (report["written"], report["created"], report["changed"]) == (False, {}, [])
    assert (body_of(admin.get(PLAN)), api.journal_length()) == (before, length)


def test_a_seed_that_corrects_its_words_finds_it_where_it_is(api: Api) -> None:
    admin, document = api.as_("admin"), seed_document()
    carry(admin, "3.4", 5)
    action = document["objectives"][2]["actions"][3]
    action["text"] += " And so on."
    assert admin.post("/seeds", document).status_code == 200
    assert api.as_("robert").read(api.action("3.4"))["number"] == "5.6"
    assert numbers(api, 5)["5.6"].endswith("And so on.")
    assert len(texts(api, 3)) == 7
