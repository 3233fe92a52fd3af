"""Objectives: added, edited, led by somebody else, numbered, removed and brought back by an administrator."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.api.plan.test_structure import add as add_action
from tests.client import PLAN, Api, body_of, problem
from tests.factories import seed_document
from tests.integration.diary import Diary

NEW = {"text": "Every child is heard.", "short_title": "Voice"}


def path_of(api: Api, number: int) -> str:
    found = next(each for each in api.as_("robert").read(PLAN)["objectives"] if each["number"] == number)
    return f"/objectives/{found['id']}"


def add(api: Api, **members: Any) -> TestResponse:
    return api.as_("admin").post(f"{PLAN}/objectives", {**NEW, **members})


def edit(api: Api, path: str, **members: Any) -> TestResponse:
    admin = api.as_("admin")
    return admin.patch(path, members, headers=admin.etag(path))


def remove(api: Api, path: str, reason: str = "Done.") -> TestResponse:
    admin = api.as_("admin")
    return admin.post(f"{path}/removal", {"reason": reason}, headers=admin.etag(path))


def titles(api: Api) -> list[tuple[int, str]]:
    return [(each["number"], each["text"][:12]) for each in api.as_("robert").read(PLAN)["objectives"]]


def undo(api: Api, verb: str) -> TestResponse:
    entries = api.as_("admin").read(f"{PLAN}/journal")["data"]
    entry = next(
        each for each in entries if each["verb"] == verb and each["object"]["type"] == "objective" and each["undoable"]
    )
    return api.as_("admin").post(f"/journal/{entry['id']}/undo", {})


def test_an_objective_is_added_after_the_last(api: Api) -> None:
    answer = add(api, lead=api.person("Lucy Goodfellow"))
    assert answer.status_code == 201, answer.text
    made = answer.json
    assert (made["number"], made["lead"]["printed"], made["actions"]) == (7, "Lucy Goodfellow", 0)
    assert made["text_printed"] == made["text"]
    assert answer.headers["Location"].endswith(made["id"])
    assert titles(api)[-1] == (7, NEW["text"][:12])


def test_an_objective_between_moves_the_others_and_their_actions_say_so(api: Api) -> None:
    assert add(api, position=3).json["number"] == 3
    action = api.as_("robert").read(api.action("3.4"))
    assert action["number"] == "4.4"
    history = api.as_("robert").read(f"{api.action('3.4')}/history")["data"]
    assert history[0]["sentence"].endswith("it is 4.4 now. It was 3.4 until then.")
    assert not history[0]["undoable"]


def test_what_is_given_changes_and_null_empties(api: Api) -> None:
    path = path_of(api, 3)
    printed = api.as_("admin").read(path)["text"]
    answer = edit(api, path, text="Other words.", short_title="Short", lead_printed="Jane Carroll, the Trust")
    assert [answer.json[name] for name in ("text", "text_printed", "short_title")] == ["Other words.", printed, "Short"]
    assert answer.json["lead"]["printed"] == "Jane Carroll, the Trust"
    emptied = edit(api, path, short_title=None, lead=None).json
    assert (emptied["short_title"], emptied["lead"]) == (None, None)


def test_a_new_lead_officer_counts_with_the_next_request(api: Api) -> None:
    jane, pippa = api.as_("jane"), api.as_("pippa")
    assert pippa.set_status("3.4", "on_hold").status_code == 403
    assert edit(api, path_of(api, 3), lead=api.person("Pippa Ward")).json["lead"]["name"] == "Pippa Ward"
    assert pippa.set_status("3.4", "on_hold").status_code == 200
    assert jane.set_status("3.5", "on_hold").status_code == 403
    assert 3 in pippa.read("/me")["plans"][0]["leads"]
    assert undo(api, "changed").json["lead"]["name"] == "Jane Carroll"


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"lead": "00000000-0000-0000-0000-000000000000"}, "/lead"),
        ({"lead": None, "lead_printed": "Nobody"}, "/lead_printed"),
        ({"position": 7}, "/position"),
        ({"text": None}, "/text"),
    ],
)
def test_what_cannot_be_is_said_where(still: Api, members: dict[str, Any], pointer: str) -> None:
    answer = edit(still, path_of(still, 3), **members)
    assert problem(answer) == (422, "validation-failed")
    assert [each["pointer"] for each in answer.json["errors"]] == [pointer]


def test_other_fields_merge_and_the_same_field_clashes(api: Api) -> None:
    path, second = path_of(api, 3), api.as_("second admin")
    held = second.etag(path)
    edit(api, path, short_title="First")
    assert second.patch(path, {"text": "Other words."}, headers=held).json["short_title"] == "First"
    clash = second.patch(path, {"short_title": "Second"}, headers=held)
    assert problem(clash) == (412, "stale-version")
    assert [(each["field"], each["value"]) for each in clash.json["clashes"]] == [("short_title", "First")]
    assert clash.json["current"]["short_title"] == "First"


def test_an_objective_with_actions_stays(still: Api) -> None:
    answer = remove(still, path_of(still, 3))
    assert problem(answer) == (409, "conflict")
    assert answer.json["actions"] == 8


def test_an_empty_objective_is_removed_and_brought_back(api: Api) -> None:
    path = f"/objectives/{add(api, position=2).json['id']}"
    assert remove(api, path, "Not agreed.").json["number"] == "2"
    assert [number for number, _ in titles(api)] == [1, 3, 4, 5, 6, 7]
    answer = api.as_("admin").get(path)
    assert problem(answer) == (404, "not-found")
    assert answer.json["detail"].endswith("by Business Manager: Not agreed.")
    listed = api.as_("admin").read(f"{PLAN}/removed")["data"]
    assert [(each["type"], each["number"]) for each in listed] == [("objective", "2")]
    (seen,) = api.as_("jane").read(f"{PLAN}/removed")["data"]
    assert seen == {**listed[0], "undoable": False}
    assert undo(api, "removed").json["number"] == 2


def test_an_action_of_a_removed_objective_comes_back_after_it(api: Api) -> None:
    admin = api.as_("admin")
    made = add(api).json
    action = admin.post(f"{PLAN}/actions", {"objective": made["id"], "text": "One."}).json
    path = f"/actions/{action['id']}"
    entry = admin.post(f"{path}/removal", {"reason": "No."}, headers=admin.etag(path)).json["entry"]
    remove(api, f"/objectives/{made['id']}")
    assert [each["undoable"] for each in admin.read(f"{PLAN}/removed")["data"]] == [True, False]
    assert problem(admin.post(f"/journal/{entry}/undo", {})) == (409, "conflict")
    assert undo(api, "removed").status_code == 200
    assert admin.post(f"/journal/{entry}/undo", {}).json["number"] == "7.1"


def test_two_who_number_objectives_and_actions_at_once(api: Api) -> None:
    paths = {number: path_of(api, number) for number in range(1, 7)}
    anyway = {"If-Match": "*"}
    jobs = [
        *(lambda p=paths[n], to=to: api.as_("admin").patch(p, {"position": to}, headers=anyway)
          for n, to in ((1, 6), (6, 1), (3, 4), (5, 2))),
        lambda: api.as_("admin").patch(api.action("3.1"), {"position": 8}, headers=anyway),
        lambda: add(api, position=3),
        lambda: add_action(api.as_("admin"), 3, position=1),
        lambda: api.as_("lucy").post(f"{api.action('3.4')}/updates", {"text": "Meanwhile."}),
    ]  # fmt: skip
    with ThreadPoolExecutor(len(jobs)) as pool:
        found = [each.result() for each in [pool.submit(job) for job in jobs]]
    assert {each.status_code for each in found} <= {200, 201}, [each.text for each in found]
    assert [number for number, _ in titles(api)] == list(range(1, 8))


def test_the_seed_again_writes_nothing(api: Api) -> None:
    edit(api, path_of(api, 3), position=1, text="Other words.")
    remove(api, f"/objectives/{add(api, position=2).json['id']}")
    before, length = body_of(api.as_("admin").get(PLAN)), api.journal_length()
    report = api.as_("admin").post("/seeds", seed_document()).json
    assert (report["written"], report["created"], report["changed"]) == (False, {}, [])
    assert (body_of(api.as_("admin").get(PLAN)), api.journal_length()) == (before, length)


def test_a_past_day_is_told_as_it_was_after_all_of_it(api: Api) -> None:
    diary = Diary(api)
    diary.sleep()
    edit(api, path_of(api, 5), position=2, short_title="Other", lead=api.person("Lucy Goodfellow"))
    diary.sleep()
    made = add(api, position=1, lead=api.person("Lucy Goodfellow")).json
    diary.sleep()
    remove(api, f"/objectives/{made['id']}")
    undo(api, "renumbered")
    diary.sleep()
    undo(api, "removed")
    diary.sleep()
    diary.check()


def test_the_feed_tells_each_change(api: Api) -> None:
    robert = api.as_("robert")
    since = robert.read(f"{PLAN}/changes?limit=200")["cursor"]
    path = f"/objectives/{add(api).json['id']}"
    remove(api, path)
    undo(api, "removed")
    told = robert.read(f"{PLAN}/changes?since={since}")["data"]
    assert [(each["type"], each["change"]) for each in told] == [
        ("objective", "created"), ("objective", "deleted"), ("objective", "created"),
    ]  # fmt: skip
