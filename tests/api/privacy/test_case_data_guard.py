"""Words that look like case data: asked about before they are kept, named in the answer, and journalled by kind only (DOMAIN 9)."""

import json
from typing import Any

import pytest

from tests.client import Api, Caller, problem

NUMBER = "943 476 5919"
TEXT = f"Her number is {NUMBER}."
WARNING = {
    "pointer": "/text",
    "kind": "nhs_number",
    "words": NUMBER,
    "detail": f"“{NUMBER}” looks like an NHS number.",
}
KEY = {"Idempotency-Key": "0123456789abcdef"}


def everything(api: Api) -> tuple[Any, ...]:
    """What would have grown if anything had been kept."""
    return (
        api.journal_length(),
        *api.sql("SELECT (SELECT count(*) FROM progress_update), (SELECT count(*) FROM idempotency_key)"),
    )


def test_it_is_asked_about_and_nothing_is_kept(api: Api) -> None:
    before = everything(api)
    answer = api.as_("lucy").post(f"{api.action('3.4')}/updates", {"text": TEXT}, headers=KEY)
    assert problem(answer) == (422, "case-data-suspected")
    assert answer.json["warnings"] == [WARNING]
    assert WARNING["detail"] in answer.json["detail"]
    assert "confirm_no_case_data" in answer.json["detail"]
    assert everything(api) == before


def test_said_to_be_none_it_is_kept_with_the_warning_and_journalled_by_kind(api: Api) -> None:
    made = api.as_("lucy").say("3.4", TEXT, confirm_no_case_data=True)
    assert (made["text"], made["warnings"]) == (TEXT, [WARNING])
    ((by, after),) = api.sql("SELECT actor_name, after FROM journal WHERE verb = 'posted'")
    assert (by, after["case_data"]) == ("Lucy Goodfellow", ["nhs_number"])


def test_confirmed_without_need_it_says_nothing(api: Api) -> None:
    made = api.as_("lucy").say("3.4", "We met.", confirm_no_case_data=True)
    assert "warnings" not in made
    assert "case_data" not in api.one("SELECT after FROM journal WHERE verb = 'posted'")


def test_the_same_key_serves_the_question_the_answer_and_its_repeat(api: Api) -> None:
    lucy, path = api.as_("lucy"), f"{api.action('3.4')}/updates"
    asked = {"text": TEXT}
    confirmed = {**asked, "confirm_no_case_data": True}
    assert problem(lucy.post(path, asked, headers=KEY))[1] == "case-data-suspected"
    first = lucy.post(path, confirmed, headers=KEY)
    again = lucy.post(path, confirmed, headers=KEY)
    assert (first.status_code, again.status_code, again.headers["Idempotency-Replayed"]) == (201, 201, "true")
    assert again.json == first.json
    assert problem(lucy.post(path, asked, headers=KEY)) == (422, "idempotency-key-reused")


def test_all_text_of_a_body_is_looked_through(api: Api) -> None:
    body = {
        "text": "Child A was seen.",
        "next_step": "Call 07700 900123.",
        "impact": "DOB 3/4/2012",
        "evidence": [
            {"title": "Nothing", "url": "https://example.org/"},
            {"title": "RM1 3BD", "url": "https://example.org/9434765919"},
        ],
    }
    answer = api.as_("lucy").post(f"{api.action('3.4')}/updates", body)
    assert [(each["pointer"], each["kind"]) for each in answer.json["warnings"]] == [
        ("/text", "initial"),
        ("/next_step", "phone"),
        ("/impact", "date_of_birth"),
        ("/evidence/1/title", "postcode"),
        ("/evidence/1/url", "nhs_number"),
    ]


def lead_writes(api: Api) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """What a lead officer writes beside updates: method, path and a body with one suspicious reason."""
    update = api.as_("lucy").say("3.4", "Done.", claim="delivered", impact="Much.")["id"]
    action = api.action("3.4")
    jane = api.as_("jane")
    other = api.action("3.5")
    jane.patch(other, {"text": "Other words."}, headers=jane.etag(other))
    entry = jane.read(f"{other}/history")["data"][0]["id"]
    return {
        "question": ("POST", f"/updates/{update}/acknowledgement", {"state": "returned", "question": TEXT}),
        "wording": ("PATCH", action, {"text": TEXT}),
        "status": ("PATCH", action, {"status": "in_progress", "reason": TEXT}),
        "date": ("POST", f"{action}/dates", {"kind": "season", "printed": "Spring 2027", "reason": TEXT}),
        "undo": ("POST", f"/journal/{entry}/undo", {"reason": TEXT}),
    }


@pytest.mark.parametrize("what", ["question", "wording", "status", "date", "undo"])
def test_so_is_what_a_lead_officer_writes(api: Api, what: str) -> None:
    method, path, body = lead_writes(api)[what]
    jane = api.as_("jane")
    headers = jane.etag(path) if method == "PATCH" else {}
    before = everything(api)
    assert problem(jane.open(method, path, json=body, headers=headers)) == (422, "case-data-suspected")
    assert everything(api) == before
    done = jane.open(method, path, json={**body, "confirm_no_case_data": True}, headers=headers)
    assert done.status_code < 300, done.text
    assert done.json["warnings"][0]["kind"] == "nhs_number"
    assert api.one("SELECT after -> 'case_data' FROM journal ORDER BY id DESC LIMIT 1") == ["nhs_number"]


@pytest.mark.parametrize("what", ["withdrawal", "sign-off"])
def test_and_what_an_administrator_writes(api: Api, what: str) -> None:
    update = api.as_("lucy").say("3.4", "Done.", claim="delivered")["id"]
    paths = {
        "withdrawal": (f"/updates/{update}/withdrawal", "reason"),
        "sign-off": (f"{api.action('3.4')}/sign-off", "impact"),
    }
    path, member = paths[what]
    admin = api.as_("admin")
    assert problem(admin.post(path, {member: TEXT})) == (422, "case-data-suspected")
    done = admin.post(path, {member: TEXT, "confirm_no_case_data": True})
    assert (done.status_code, done.json["warnings"][0]["pointer"]) == (200, f"/{member}")


def test_a_partners_system_is_asked_too(api: Api) -> None:
    council = api.partner("LB Havering")
    number = next(number for number in ("1.1", "2.1", "3.1", "3.4", "4.1", "5.1") if _may(council, api.action(number)))
    path = f"{api.action(number)}/updates"
    assert problem(council.post(path, {"text": TEXT}, headers=KEY)) == (422, "case-data-suspected")
    made = council.post(path, {"text": TEXT, "confirm_no_case_data": True}, headers=KEY)
    assert made.json["warnings"] == [WARNING]


def _may(caller: Caller, path: str) -> bool:
    return "post_update" in caller.read(path)["may"]


@pytest.mark.parametrize(
    ("who", "headers", "status"), [("gordon", {}, 403), ("jane", {}, 428), ("jane", {"If-Match": '"x"'}, 412)]
)
def test_who_may_not_is_told_that_first(still: Api, who: str, headers: dict[str, str], status: int) -> None:
    assert still.as_(who).patch(still.action("3.4"), {"text": TEXT}, headers=headers).status_code == status


def test_an_invalid_body_is_told_that_first(still: Api) -> None:
    answer = still.as_("lucy").post(f"{still.action('3.4')}/updates", {"text": TEXT, "rating": "B"})
    assert problem(answer) == (422, "validation-failed")


def test_to_confirm_is_no_change_of_an_action(still: Api) -> None:
    path = still.action("3.4")
    jane = still.as_("jane")
    answer = jane.patch(path, {"confirm_no_case_data": True}, headers=jane.etag(path))
    assert problem(answer) == (422, "validation-failed")


def test_the_journal_says_the_kind_and_not_the_words_of_it_in_its_own_member(api: Api) -> None:
    api.as_("lucy").say("3.4", TEXT, confirm_no_case_data=True)
    after = api.one("SELECT after FROM journal WHERE verb = 'posted'")
    assert NUMBER not in json.dumps(after["case_data"])


def admin_writes(api: Api) -> dict[str, tuple[str, dict[str, Any]]]:
    """The notes of an administrator: path and body."""
    admin, leaver = api.as_("admin"), api.person("Helen Harding")
    open_now = admin.read(f"/people/{leaver}/handover")["items"]
    items = [{each["kind"]: each["id"], "to": None} for each in open_now]
    ccg = next(each["id"] for each in admin.read("/agencies")["data"] if each["short_name"] == "CCG")
    merge = {"into": api.person("Louise Dibsdall"), "note": TEXT}
    return {
        "merge": (f"/people/{api.person('Louise Dibsdale')}/merge", merge),
        "handover": (f"/people/{leaver}/handover", {"items": items, "left_on": "2026-11-20", "note": TEXT}),
        "succession": (
            f"/agencies/{ccg}/succession",
            {"new": {"name": "NHS North East London"}, "on": "2022-07-01", "note": TEXT},
        ),
    }


@pytest.mark.parametrize("what", ["merge", "handover", "succession"])
def test_so_are_the_notes_of_an_administrator(api: Api, what: str) -> None:
    path, body = admin_writes(api)[what]
    before = everything(api)
    asked = api.as_("admin").post(path, body)
    assert problem(asked) == (422, "case-data-suspected")
    assert [each["pointer"] for each in asked.json["warnings"]] == ["/note"]
    assert everything(api) == before
    done = api.as_("admin").post(path, {**body, "confirm_no_case_data": True})
    assert done.status_code == 200, done.text
    assert done.json["warnings"][0]["words"] == NUMBER
