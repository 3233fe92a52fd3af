"""Adding actions, giving them other numbers, removing them and bringing them back."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.client import PLAN, Api, Caller, body_of, problem
from tests.conftest import Databases, Seeded, api_over
from tests.factories import seed_document
from tests.integration.diary import Diary

NEW = {"text": "Publish one data set every quarter."}
KEY = {"Idempotency-Key": "a-key-of-sixteen-or-more"}


def objective(api: Api, number: int) -> Any:
    return next(each for each in api.as_("robert").read(PLAN)["objectives"] if each["number"] == number)


def numbers(api: Api, number: int = 3) -> dict[str, str]:
    """The wording of each action of an objective by its number."""
    return {each["number"]: each["text"] for each in objective(api, number)["actions"]}


def add(caller: Caller, number: int = 3, **members: Any) -> TestResponse:
    return caller.post(f"{PLAN}/actions", {"objective": objective(caller.api, number)["id"], **NEW, **members})


def move(caller: Caller, number: str, position: int) -> TestResponse:
    path = caller.api.action(number)
    return caller.patch(path, {"position": position}, headers=caller.etag(path))


def remove(caller: Caller, number: str, reason: str = "It is part of another plan.") -> TestResponse:
    path = caller.api.action(number)
    return caller.post(f"{path}/removal", {"reason": reason}, headers=caller.etag(path))


def sentences(api: Api, path: str) -> list[str]:
    return [each["sentence"] for each in api.as_("robert").read(f"{path}/history")["data"]]


# --- adding ---------------------------------------------------------------------------------------------


def test_an_action_is_added_after_the_last(api: Api) -> None:
    jane = api.as_("jane")
    places = [
        {"person": api.person("Lucy Goodfellow"), "qualifier": "for Havering"},
        {"person": api.person("Jane Carroll")},
    ]
    when = {"kind": "season", "printed": "Spring 2027"}
    answer = add(jane, by_when=when, by_whom=places)
    made = answer.json
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"] == f"/api/v1/actions/{made['id']}"
    assert (made["number"], made["status"], made["text"]) == ("3.9", "not_reported", NEW["text"])
    assert made["by_whom"]["printed"] == "Lucy Goodfellow (for Havering) and Jane Carroll"
    assert (made["by_when"]["from"], made["by_when"]["to"]) == ("2027-03-01", "2027-05-31")
    assert sentences(api, f"/actions/{made['id']}") == ["Jane Carroll added action 3.9 to the plan."]
    assert api.as_("lucy").post(f"/actions/{made['id']}/updates", {"text": "Begun."}).status_code == 201


def test_an_action_added_at_a_number_moves_those_from_there_on(api: Api) -> None:
    before = numbers(api)
    assert add(api.as_("admin"), position=2).json["number"] == "3.2"
    after = numbers(api)
    assert after["3.2"] == NEW["text"]
    assert [after[f"3.{place + 1}"] for place in range(2, 9)] == [before[f"3.{place}"] for place in range(2, 9)]


def test_the_same_key_adds_it_once(api: Api) -> None:
    body = {"objective": objective(api, 3)["id"], **NEW}
    answers = [api.as_("jane").post(f"{PLAN}/actions", body, headers=KEY) for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json["id"] == answers[1].json["id"]
    assert len(numbers(api)) == 9


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"objective": "00000000-0000-0000-0000-000000000000"}, "/objective"),
        ({"position": 11}, "/position"),
        ({"by_when": {"kind": "date"}}, "/by_when/from"),
        ({"by_whom": [{"person": "00000000-0000-0000-0000-000000000000"}]}, "/by_whom/0/person"),
        ({"text": " "}, "/text"),
        ({"by_whom": [{}]}, "/by_whom/0/person"),
    ],
)
def test_what_cannot_be_added_is_said_where(still: Api, members: dict[str, Any], pointer: str) -> None:
    answer = add(still.as_("admin"), **members)
    assert problem(answer) == (422, "validation-failed")
    assert [each["pointer"] for each in answer.json["errors"]] == [pointer]


def test_a_lead_adds_to_their_own_objective_only(still: Api) -> None:
    answer = add(still.as_("jane"), 2)
    assert problem(answer) == (403, "forbidden")
    assert "lead officer of objective 2" in answer.json["who_can"]


def test_words_that_look_like_case_data_are_asked_about(still: Api) -> None:
    answer = add(still.as_("jane"), text="About 943 476 5919.")
    assert problem(answer) == (422, "case-data-suspected")


# --- numbers --------------------------------------------------------------------------------------------


def test_another_number_moves_those_between_and_the_old_ones_are_found(api: Api) -> None:
    before = numbers(api)
    answer = move(api.as_("jane"), "3.4", 2)
    assert answer.json["number"] == "3.2"
    after = numbers(api)
    assert (after["3.2"], after["3.3"], after["3.4"]) == (before["3.4"], before["3.2"], before["3.3"])
    assert after["3.5"] == before["3.5"]
    assert "It was 3.4 until then." in sentences(api, api.action("3.4"))[0]
    assert "It was 3.2 until then." in sentences(api, api.action("3.2"))[0]


def test_a_number_and_a_status_are_set_at_once(api: Api) -> None:
    jane, path = api.as_("jane"), api.action("3.4")
    body = {"position": 1, "status": "in_progress", "reason": "Begun.", "text": "Other words."}
    answer = jane.patch(path, body, headers=jane.etag(path))
    assert [answer.json[name] for name in ("number", "status", "text")] == ["3.1", "in_progress", "Other words."]


def test_an_open_edit_of_the_wording_survives_a_new_number(api: Api) -> None:
    jane, path = api.as_("jane"), api.action("3.3")
    held = jane.etag(path)
    move(api.as_("admin"), "3.4", 2)
    assert jane.patch(path, {"text": "Other words."}, headers=held).json["number"] == "3.4"
    clash = jane.patch(path, {"position": 1}, headers=held)
    assert problem(clash) == (412, "stale-version")
    assert [each["field"] for each in clash.json["clashes"]] == ["position"]


def test_renumbering_is_undone(api: Api) -> None:
    before = numbers(api)
    move(api.as_("jane"), "3.7", 2)
    entry = next(e for e in api.as_("jane").read(f"{api.action('3.7')}/history")["data"] if e["verb"] == "renumbered")
    assert entry["undoable"]
    assert api.as_("jane").post(f"/journal/{entry['id']}/undo", {}).json["number"] == "3.7"
    assert numbers(api) == before


def test_two_who_number_at_once_neither_wait_for_ever_nor_double_a_number(api: Api) -> None:
    """Each way up and down the objective, with a post, an addition and a removal between."""
    any_version = {"If-Match": "*"}
    jobs = [
        *(lambda n=n, to=to: api.as_("admin").patch(api.action(n), {"position": to}, headers=any_version)
          for n, to in (("3.1", 6), ("3.8", 2), ("3.6", 7))),
        lambda: add(api.as_("jane"), position=3),
        lambda: api.as_("lucy").post(f"{api.action('3.4')}/updates", {"text": "Meanwhile."}),
        lambda: api.as_("admin").post(f"{api.action('3.5')}/removal", {"reason": "Twice."}, headers=any_version),
    ]  # fmt: skip
    with ThreadPoolExecutor(len(jobs)) as pool:
        found = [each.result() for each in [pool.submit(job) for job in jobs]]
    assert {each.status_code for each in found} <= {200, 201}, [each.text for each in found]
    assert len(numbers(api)) == 8


# --- removing -------------------------------------------------------------------------------------------


def test_a_removed_action_is_nowhere_but_in_its_history(api: Api) -> None:
    jane, lucy = api.as_("jane"), api.as_("lucy")
    lucy.say("3.4", "Waits for Jane.")
    answer = remove(jane, "3.4", "Two plans had it.")
    assert answer.status_code == 200, answer.text
    assert (answer.json["number"], answer.json["reason"]) == ("3.4", "Two plans had it.")
    plan = api.as_("robert").read(PLAN)
    assert plan["counts"]["actions"] == 41
    assert "3.4" not in numbers(api)
    assert api.as_("robert").read(f"{PLAN}/actions?objective=3")["page"]["total"] == 7
    assert api.seeded.actions["3.4"] not in api.as_("robert").get(f"{PLAN}/actions.json").text
    me = lucy.read("/me")["plans"][0]
    assert api.seeded.actions["3.4"] not in [*me["on"], *me["owed"]]
    assert api.as_("admin").read("/me")["plans"][0]["to_acknowledge"] == []
    assert jane.read("/me")["plans"][0]["to_acknowledge"] == []
    assert jane.read(api.action("3.3"))["next"]["number"] == "3.5"
    assert "Jane Carroll removed action 3.4 from the plan: Two plans had it." in sentences(api, api.action("3.4"))


@pytest.fixture(scope="module")
def gone(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    with api_over(databases, seeded) as found:
        found.as_("lucy").say("3.4", "Waits.")
        assert remove(found.as_("jane"), "3.4", "Two plans had it.").status_code == 200
        yield found


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", {"text": "Other words."}),
        ("POST", "/updates", {"text": "Late."}),
        ("POST", "/dates", {"kind": "ongoing", "reason": "Late."}),
        ("POST", "/sign-off", {}),
        ("POST", "/removal", {"reason": "Again."}),
    ],
)
def test_what_is_asked_of_a_removed_action_is_404_and_says_why(gone: Api, method: str, path: str, body: Any) -> None:
    options = {"json": body} if body is not None else {}
    answer = gone.as_("jane").open(method, gone.action("3.4") + path, headers={"If-Match": "*"}, **options)
    assert problem(answer) == (404, "not-found")
    said = "Action 3.4 was removed from the plan on 22 November 2026 by Jane Carroll: Two plans had it."
    assert answer.json["detail"] == said


def test_the_feed_tells_a_tombstone(gone: Api) -> None:
    told = gone.as_("robert").read(f"{PLAN}/changes?limit=200")["data"]
    last = [each for each in told if each["id"] == gone.seeded.actions["3.4"]][-1]
    assert (last["type"], last["change"], last["object"]) == ("action", "deleted", None)


@pytest.mark.parametrize(("who", "expected"), [("admin", ["3.4"]), ("jane", ["3.4"]), ("gordon", [])])
def test_what_was_removed_is_listed_to_who_can_bring_it_back(gone: Api, who: str, expected: list[str]) -> None:
    found = gone.as_(who).read(f"{PLAN}/removed")["data"]
    assert [each["number"] for each in found if each["undoable"]] == expected


@pytest.mark.parametrize("who", ["admin", "jane", "gordon", "lucy", "stranger", "robert", "partner"])
def test_and_to_everybody_who_may_read_the_plan(gone: Api, who: str) -> None:
    reader = gone.partner("LB Havering", "plan:read") if who == "partner" else gone.as_(who)
    (found,) = reader.read(f"{PLAN}/removed")["data"]
    text = gone.one("SELECT text FROM action WHERE id = %s", gone.seeded.actions["3.4"])
    assert (found["number"], found["text"], found["by"], found["reason"]) == (
        "3.4",
        text,
        "Jane Carroll",
        "Two plans had it.",
    )
    assert found["undoable"] is (who in {"admin", "jane"})


def test_removing_what_somebody_changed_meanwhile_is_a_clash(api: Api) -> None:
    jane, path = api.as_("jane"), api.action("3.4")
    held = jane.etag(path)
    api.as_("lucy").say("3.4", "There is news.")
    assert problem(jane.post(f"{path}/removal", {"reason": "Done."}, headers=held)) == (412, "stale-version")
    held = jane.etag(path)
    admin = api.as_("admin")
    admin.patch(path, {"text": "Other words."}, headers=admin.etag(path))
    assert problem(jane.post(f"{path}/removal", {"reason": "Done."}, headers=held)) == (412, "stale-version")


@pytest.mark.parametrize(("taken", "number"), [(False, "3.4"), (True, "3.9")])
def test_it_comes_back_at_its_number_or_at_the_end(api: Api, taken: bool, number: str) -> None:
    jane = api.as_("jane")
    entry = remove(jane, "3.4").json["entry"]
    if taken:
        assert add(jane, position=4).json["number"] == "3.4"
    back = jane.post(f"/journal/{entry}/undo", {"reason": "It was ours after all."})
    assert (back.status_code, back.json["number"]) == (200, number)
    assert jane.read(f"{PLAN}/removed")["data"] == []
    assert problem(jane.post(f"/journal/{entry}/undo", {})) == (409, "conflict")


def test_the_seed_again_writes_nothing_and_brings_nothing_back(api: Api) -> None:
    admin = api.as_("admin")
    remove(admin, "3.4")
    move(admin, "3.8", 1)
    add(admin, position=2)
    before, length = body_of(admin.get(PLAN)), api.journal_length()
    report = admin.post("/seeds", seed_document()).json
    assert (report["written"], report["created"], report["changed"], report["kept"]) == (False, {}, [], [])
    assert (body_of(admin.get(PLAN)), api.journal_length()) == (before, length)


def test_words_are_removed_from_a_removed_action_too(api: Api) -> None:
    admin = api.as_("admin")
    remove(admin, "3.4", "It named Zebedee.")
    answer = admin.post(f"{api.action('3.4')}/redaction", {"reason": "A name.", "words": "Zebedee"})
    assert answer.status_code == 200, answer.text
    assert "Zebedee" not in admin.get(f"{PLAN}/removed").text + admin.get(api.action("3.4")).text


def test_a_past_day_is_told_as_it_was_after_all_of_it(api: Api) -> None:
    diary, admin = Diary(api), api.as_("admin")
    diary.sleep()
    move(admin, "3.8", 2)
    entry = remove(admin, "3.4").json["entry"]
    diary.sleep()
    made = add(admin, position=1, by_whom=[{"person": api.person("Lucy Goodfellow")}]).json
    diary.sleep()
    admin.post(f"/journal/{entry}/undo", {})
    admin.post(f"/actions/{made['id']}/removal", {"reason": "Not ours."}, headers=admin.etag(f"/actions/{made['id']}"))
    diary.sleep()
    diary.check()


@pytest.mark.parametrize(
    ("who", "may", "adds"),
    [("admin", ["add_action", "edit_objectives", "edit_plan"], None), ("jane", ["add_action"], [3]), ("lucy", [], [])],
)
def test_me_says_where_one_may_add(still: Api, who: str, may: list[str], adds: list[int] | None) -> None:
    mine = still.as_(who).read("/me")["plans"][0]
    assert mine["may"] == may
    assert mine["adds_to"] == (adds if adds is None else [objective(still, each)["id"] for each in adds])


@pytest.mark.parametrize(("who", "open_to_them"), [("jane", True), ("gordon", False)])
def test_the_action_says_who_may_number_and_remove_it(still: Api, who: str, open_to_them: bool) -> None:
    action = still.as_(who).read(still.action("3.4"))
    for verb in ("renumber", "remove"):
        assert (verb in action["may"]) is open_to_them
        assert (verb in action["why_not"]) is not open_to_them
