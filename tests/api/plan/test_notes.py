"""Open questions: asked, settled with an answer, put back, told on past days, not brought back by the seed, and redacted."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.client import PLAN, Api, problem
from tests.factories import seed_document

POINT = "check-cross-reference"


def note_of(api: Api, path: str, code: str | None = None) -> Any:
    notes = api.as_("robert").read(path)["notes"]
    return next(note for note in notes if code in (None, note["code"]))


def settle(api: Api, path: str, note: Any, answer: str = "It is 4.1.", who: str = "admin", **more: Any) -> TestResponse:
    return api.as_(who).post(
        f"{path}/settled-notes", {"code": note["code"], "text": note["text"], "answer": answer, **more}
    )


def newest(api: Api, path: str) -> Any:
    listed = f"{path}/journal" if path == PLAN else f"{path}/history"
    return api.as_("admin").read(f"{listed}?limit=1")["data"][0]


def paths(api: Api) -> dict[str, str]:
    return {"plan": PLAN, "action": api.action("2.2")}


@pytest.mark.parametrize("of", ["plan", "action"])
def test_a_settled_question_leaves_the_list_and_the_journal_keeps_both(api: Api, of: str) -> None:
    path = paths(api)[of]
    note = note_of(api, path)
    answer = settle(api, path, note)
    assert answer.status_code == 200, answer.text
    now = api.as_("robert").read(path)
    assert note not in now["notes"]
    assert (answer.json["notes"], answer.headers["ETag"] != "") == (now["notes"], True)
    entry = newest(api, path)
    assert entry["sentence"] == f"Business Manager settled a question: “{note['text']}” Answer: “It is 4.1.”"
    assert (entry["verb"], entry["undoable"]) == ("note-settled", True)


@pytest.mark.parametrize("of", ["plan", "action"])
def test_it_comes_back_where_it_stood_when_that_is_undone(api: Api, of: str) -> None:
    path = paths(api)[of]
    before = api.as_("robert").read(path)["notes"]
    settle(api, path, before[0])
    entry = newest(api, path)
    assert api.as_("admin").post(f"/journal/{entry['id']}/undo", {"reason": "Too early"}).json["notes"] == before
    back = newest(api, path)
    assert (back["sentence"], back["undoable"]) == (
        f"Business Manager put a question back: “{before[0]['text']}”: Too early.",
        False,
    )
    assert problem(api.as_("admin").post(f"/journal/{entry['id']}/undo", {})) == (409, "conflict")
    assert settle(api, path, before[0], "Agreed now.").status_code == 200


def test_who_comes_second_learns_who_settled_it_and_how(api: Api) -> None:
    path, note = api.action("2.2"), note_of(api, api.action("2.2"))
    settle(api, path, note)
    refused = settle(api, path, note, "It is 4.2.")
    assert problem(refused) == (409, "conflict")
    assert refused.json["detail"] == "Business Manager settled this question on 22 November 2026: “It is 4.1.”."


def test_a_question_that_was_never_there(still: Api) -> None:
    assert problem(settle(still, PLAN, {"code": "question", "text": "Why?"})) == (409, "conflict")


@pytest.mark.parametrize("of", ["plan", "action"])
def test_the_day_before_tells_the_questions_of_then(api: Api, of: str) -> None:
    path = paths(api)[of]
    notes = api.as_("robert").read(PLAN)["notes"], note_of(api, api.action("2.2"))
    settle(api, path, note_of(api, path))
    api.as_("admin").post(f"{path}/notes", {"text": "And what of it?"})
    api.clock.move(days=2)
    settle(api, path, note_of(api, path, "question"))
    then = api.as_("robert").read(f"{PLAN}?as_at=2026-11-23")
    settled = {each["number"]: each["notes"] for o in then["objectives"] for each in o["actions"]}["2.2"]
    asked = {"code": "question", "text": "And what of it?", "for": None}
    expected = ([*notes[0][1:], asked], [notes[1]]) if of == "plan" else (notes[0], [asked])
    assert (then["notes"], settled) == expected


def test_the_seed_does_not_bring_it_back(api: Api) -> None:
    settle(api, PLAN, note_of(api, PLAN))
    settle(api, api.action("2.2"), note_of(api, api.action("2.2")))
    left = len(api.as_("robert").read(PLAN)["notes"])
    document = seed_document()
    assert api.as_("admin").post("/seeds", document).json["written"] is False
    document["heading"] = "Another heading"
    assert api.as_("admin").post("/seeds", document).json["written"] is True
    assert (len(api.as_("robert").read(PLAN)["notes"]), api.as_("robert").read(api.action("2.2"))["notes"]) == (
        left,
        [],
    )


@pytest.mark.parametrize("of", ["plan", "action"])
def test_a_question_is_asked_once(api: Api, of: str) -> None:
    path, body = paths(api)[of], {"text": "Which schools?", "for": "lead"}
    made = api.as_("admin").post(f"{path}/notes", body)
    assert (made.status_code, made.json["notes"][-1]) == (201, {"code": "question", **body})
    assert newest(api, path)["sentence"] == "Business Manager asked a question: “Which schools?”"
    assert problem(api.as_("admin").post(f"{path}/notes", body)) == (409, "duplicate")


def test_the_lead_officer_of_the_objective_asks_and_settles_and_no_other(api: Api) -> None:
    path = api.action("3.4")
    assert api.as_("jane").post(f"{path}/notes", {"text": "Which teams?"}).status_code == 201
    note = {"code": "question", "text": "Which teams?"}
    refused = settle(api, path, note, who="gordon")
    assert (problem(refused), refused.json["who_can"]) == (
        (403, "forbidden"),
        "Jane Carroll (lead officer of objective 3)",
    )
    assert settle(api, path, note, who="jane").status_code == 200


@pytest.mark.parametrize(("who", "may"), [("admin", True), ("jane", True), ("gordon", False), ("lucy", False)])
def test_the_action_says_who_may(still: Api, who: str, may: bool) -> None:
    found = still.as_(who).read(still.action("3.4"))
    assert ("settle_note" in found["may"], "settle_note" in found["why_not"]) == (may, not may)


@pytest.mark.parametrize(
    ("members", "pointer"),
    [({"answer": ""}, "/answer"), ({"answer": "x" * 1001}, "/answer"), ({"text": ""}, "/text"), ({"by": "me"}, "/by")],
)
def test_what_is_refused_says_where(still: Api, members: dict[str, Any], pointer: str) -> None:
    answer = settle(still, PLAN, note_of(still, PLAN), **{"answer": "So.", **members})
    assert (answer.status_code, [each["pointer"] for each in answer.json["errors"]]) == (422, [pointer])


def test_case_data_in_an_answer_is_asked_about(api: Api) -> None:
    note = note_of(api, PLAN)
    assert problem(settle(api, PLAN, note, "Her number is 943 476 5919.")) == (422, "case-data-suspected")
    assert settle(api, PLAN, note, "Her number is 943 476 5919.", confirm_no_case_data=True).status_code == 200


def test_one_key_settles_once(api: Api) -> None:
    note, key = note_of(api, PLAN), {"Idempotency-Key": "a-key-of-sixteen-or-more"}
    body = {"code": note["code"], "text": note["text"], "answer": "So."}
    answers = [api.as_("admin").post(f"{PLAN}/settled-notes", body, headers=key) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].json == answers[1].json


def test_a_redaction_reaches_question_and_answer(api: Api) -> None:
    path = api.action("3.4")
    admin = api.as_("admin")
    admin.post(f"{path}/notes", {"text": "What of the Tulip family?"})
    settle(api, path, {"code": "question", "text": "What of the Tulip family?"}, "Tulip is seen weekly.")
    admin.post(f"{path}/redaction", {"reason": "It named a family.", "words": "Tulip"})
    assert api.one("SELECT count(*) FROM journal WHERE before::text || after::text ILIKE '%%tulip%%'") == 0
    settled = next(each for each in admin.read(f"{path}/history")["data"] if each["verb"] == "note-settled")
    assert settled["sentence"].endswith("Answer: “[removed] is seen weekly.”")
