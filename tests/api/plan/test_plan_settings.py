"""A plan's own settings: what is changed, who clashes with whom, past days, the feed, undoing, and what is refused."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.client import PLAN, Api, Caller, problem

NOWHERE = "00000000-0000-0000-0000-000000000000"
KEY = [
    {"letter": "R", "word": "Blocked", "meaning": "Needs a decision"},
    {"letter": "A", "word": "Wobbling", "meaning": ""},
    {"letter": "G", "word": "On track", "meaning": "Going to plan"},
    {"letter": "B", "word": "Done", "meaning": "Signed off"},
]


def edit(api: Api, who: str = "admin", /, **members: Any) -> TestResponse:
    caller = api.as_(who)
    return caller.patch(PLAN, members, headers=caller.etag(PLAN))


def newest(caller: Caller) -> Any:
    return caller.read(f"{PLAN}/journal?limit=1")["data"][0]


def undo(api: Api, reason: str | None = None) -> TestResponse:
    admin = api.as_("admin")
    return admin.post(f"/journal/{newest(admin)['id']}/undo", {"reason": reason} if reason else {})


# --- what is changed ---------------------------------------------------------------------------------------


def test_every_setting_is_changed_and_told_as_the_plan(api: Api) -> None:
    owner = api.person("Jane Carroll")
    members = {
        "partnership": "Havering Partnership", "name": "Plan", "heading": "The plan", "title": "The whole plan",
        "priority": None, "service_team": "Safeguarding", "summary": "Two lines.\nOf words.", "ends_on": "2027-08-31",
        "review_dates": "Quarterly", "next_review_on": "2027-01-12", "update_every_days": 30, "rating_key": KEY,
    }  # fmt: skip
    nested = {
        "owner": {"person": owner, "printed": "Jane Carroll"},
        "starts": {"printed": "2026", "from": "2026-01-01", "to": "2026-12-31"},
    }
    answer = edit(api, **members, **nested)
    assert answer.status_code == 200, answer.text
    now = api.as_("robert").get(PLAN)
    assert {name: now.json[name] for name in members} == members
    assert (now.json["owner"], now.json["starts"]) == ({**nested["owner"], "name": "Jane Carroll"}, nested["starts"])
    assert (answer.headers["ETag"], answer.json) == (now.headers["ETag"], now.json)


def test_the_glossary_is_changed_as_a_whole_and_undone(api: Api) -> None:
    before = api.as_("robert").read(PLAN)["glossary"]
    terms = [
        {"short": "MASH", "long": "Multi-Agency Safeguarding Hub"},
        {"short": "COG", "long": None, "note": "Of 3.3"},
    ]
    answer = edit(api, glossary=terms)
    assert answer.json["glossary"] == [{"note": None, **term} for term in terms]
    assert newest(api.as_("admin"))["sentence"] == "Business Manager changed the glossary."
    assert edit(api, glossary=terms).headers["ETag"] == answer.headers["ETag"]
    assert undo(api).json["glossary"] == before


def test_only_the_parts_that_are_given_change(api: Api) -> None:
    before = api.as_("robert").read(PLAN)
    after = edit(api, owner={"printed": "The chair"}).json
    assert after["owner"] == {**before["owner"], "printed": "The chair"}
    assert edit(api, owner={"person": None}).json["owner"] == {"printed": "The chair", "person": None, "name": None}


def test_what_changes_nothing_leaves_no_trace(api: Api) -> None:
    before = api.journal_length()
    assert edit(api, priority="High").status_code == 200
    assert api.journal_length() == before


def test_a_word_of_the_key_is_in_every_rating_and_the_action_reads_anew(api: Api) -> None:
    jane, path = api.as_("jane"), api.action("3.4")
    jane.say("3.4", rating="A")
    seen = jane.etag(path)
    api.clock.move(days=100)
    edit(api, rating_key=list(reversed(KEY)))
    answer = jane.get(path)
    assert answer.headers["ETag"] != seen["If-Match"]
    assert "Wobbling".lower() in answer.json["rating"]["says"].lower()
    assert [entry["letter"] for entry in jane.read(PLAN)["rating_key"]] == ["R", "A", "G", "B"]


def test_the_cycle_of_updates_is_counted_at_once(api: Api) -> None:
    api.as_("jane").say("3.4", rating="G")
    api.clock.move(days=40)
    owed = [api.as_("robert").read(api.action("3.4"))["needs_update"]]
    edit(api, update_every_days=30)
    owed.append(api.as_("robert").read(api.action("3.4"))["needs_update"])
    assert owed == [False, True]


def test_the_sentence_names_what_was_changed(api: Api) -> None:
    edit(api, next_review_on="2027-01-12", update_every_days=30)
    assert (
        newest(api.as_("robert"))["sentence"]
        == "Business Manager changed the next review date and the days between updates."
    )


def test_the_day_before_is_told_with_the_old_words(api: Api) -> None:
    api.as_("jane").say("3.4", rating="A")
    before = api.as_("robert").read(PLAN)
    api.clock.move(days=2)
    edit(
        api,
        title="Another",
        rating_key=KEY,
        ends_on="2027-08-31",
        owner={"person": api.person("Jane Carroll"), "printed": "Jane"},
    )
    then = api.as_("robert").read(f"{PLAN}?as_at=2026-11-22")
    for name in ("title", "rating_key", "ends_on", "owner", "starts", "notes", "version", "updated_at"):
        assert then[name] == before[name], name


def test_the_feed_tells_the_plan_as_it_stands(api: Api) -> None:
    partner = api.partner()
    cursor = partner.read(f"{PLAN}/changes?limit=200")["cursor"]
    edit(api, title="Another")
    (change,) = partner.read(f"{PLAN}/changes?since={cursor}")["data"]
    assert (change["type"], change["verb"], change["object"]["title"]) == ("plan", "edited", "Another")


# --- two at once -------------------------------------------------------------------------------------------


def test_two_admins_who_change_different_settings_both_succeed(api: Api) -> None:
    first, second = api.as_("admin"), api.as_("second admin")
    seen = second.etag(PLAN)
    assert first.patch(PLAN, {"title": "A"}, headers=first.etag(PLAN)).status_code == 200
    api.as_("jane").say("3.4")
    both = second.patch(PLAN, {"heading": "B"}, headers=seen)
    assert (both.status_code, both.json["title"], both.json["heading"]) == (200, "A", "B")


@pytest.mark.parametrize(
    ("first", "second", "field", "value"),
    [
        ({"title": "A"}, {"title": "B", "heading": "C"}, "title", "A"),
        ({"starts": {"printed": "2026"}}, {"starts": {"from": None, "to": None}}, "starts", "2026"),
        ({"rating_key": KEY}, {"rating_key": KEY[::-1]}, "rating_key", KEY),
    ],
)
def test_the_same_setting_is_a_clash_that_says_who(api: Api, first: Any, second: Any, field: str, value: Any) -> None:
    other = api.as_("second admin")
    seen = other.etag(PLAN)
    edit(api, **first)
    refused = other.patch(PLAN, second, headers=seen)
    assert problem(refused) == (412, "stale-version")
    (clash,) = refused.json["clashes"]
    assert (clash["field"], clash["by"], clash["value"]) == (field, "Business Manager", value)
    assert other.patch(PLAN, second, headers={"If-Match": refused.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("tag", ['"v1.00000000"', '"r1.v1.u0.d1.t2026-11-22.00000000"', '"x"'])
def test_another_etag_is_none_of_the_plan(still: Api, tag: str) -> None:
    assert problem(still.as_("admin").patch(PLAN, {"title": "A"}, headers={"If-Match": tag})) == (412, "stale-version")


def test_without_an_etag_nothing_is_changed(still: Api) -> None:
    assert problem(still.as_("admin").patch(PLAN, {"title": "A"})) == (428, "precondition-required")


def test_the_etag_of_the_plan_is_none_of_an_action(still: Api) -> None:
    jane = still.as_("jane")
    refused = jane.patch(still.action("3.4"), {"text": "Other."}, headers=jane.etag(PLAN))
    assert problem(refused) == (412, "stale-version")


# --- what is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({}, "/title"),
        ({"title": None}, "/title"),
        ({"title": " "}, "/title"),
        ({"heading": "x" * 501}, "/heading"),
        ({"update_every_days": 0}, "/update_every_days"),
        ({"next_review_on": "12/01/2027"}, "/next_review_on"),
        ({"rating_key": KEY[:3]}, "/rating_key"),
        ({"rating_key": [*KEY[:3], KEY[0]]}, "/rating_key"),
        ({"rating_key": [{**KEY[0], "word": ""}, *KEY[1:]]}, "/rating_key/0/word"),
        ({"rating_key": [{**KEY[0], "word": "x" * 41}, *KEY[1:]]}, "/rating_key/0/word"),
        ({"rating_key": [{**KEY[0], "meaning": "x" * 301}, *KEY[1:]]}, "/rating_key/0/meaning"),
        ({"rating_key": [{**KEY[0], "letter": "B"}, *KEY[1:3], {**KEY[3], "letter": "X"}]}, "/rating_key/3/letter"),
        ({"rating_key": [{**KEY[0], "shape": "circle"}, *KEY[1:]]}, "/rating_key/0/shape"),
        ({"owner": {}}, "/owner/person"),
        ({"owner": {"person": NOWHERE}}, "/owner/person"),
        ({"starts": {"to": None}}, "/starts/to"),
        ({"starts": {"from": "2020-10-01"}}, "/starts/to"),
        ({"ends_on": "2020-08-31"}, "/ends_on"),
        ({"glossary": [{"short": "LB", "long": "London Borough"}, {"short": "LB", "long": None}]}, "/glossary"),
        ({"glossary": [{"short": "LB"}]}, "/glossary/0/long"),
        ({"notes": []}, "/notes"),
        ({"slug": "other"}, "/slug"),
    ],
)  # fmt: skip
def test_what_is_refused_says_where(still: Api, members: dict[str, Any], pointer: str) -> None:
    answer = edit(still, **members)
    assert (answer.status_code, [each["pointer"] for each in answer.json["errors"]]) == (422, [pointer])


def test_nobody_who_has_left_becomes_owner(api: Api) -> None:
    gone = api.person("John Carroll")
    path = f"/people/{gone}"
    api.as_("admin").patch(path, {"left_on": "2026-11-20"}, headers=api.as_("admin").etag(path))
    assert [each["pointer"] for each in edit(api, owner={"person": gone}).json["errors"]] == ["/owner/person"]


def test_words_like_case_data_are_asked_about(api: Api) -> None:
    body = {"summary": "It began with 943 476 5919."}
    assert problem(edit(api, **body)) == (422, "case-data-suspected")
    answer = edit(api, **body, confirm_no_case_data=True)
    assert (answer.status_code, [each["pointer"] for each in answer.json["warnings"]]) == (200, ["/summary"])


# --- undoing ----------------------------------------------------------------------------------------------------


def test_a_change_is_undone_and_the_plan_is_the_answer(api: Api) -> None:
    before = api.as_("robert").read(PLAN)
    edit(api, title="Another", ends_on="2027-08-31", rating_key=KEY, owner={"person": None})
    answer = undo(api, "It was a trial")
    assert answer.status_code == 200, answer.text
    for name in ("title", "ends_on", "rating_key", "owner"):
        assert answer.json[name] == before[name], name
    entry = newest(api.as_("admin"))
    assert (
        entry["sentence"]
        == "Business Manager undid a change of the title, the end date, the rating key and the owner: It was a trial."
    )


def test_what_somebody_changed_since_is_not_undone(api: Api) -> None:
    edit(api, title="A")
    entry = newest(api.as_("admin"))
    edit(api, "second admin", title="B")
    refused = api.as_("admin").post(f"/journal/{entry['id']}/undo", {})
    assert problem(refused) == (409, "conflict")
    assert refused.json["detail"].startswith("Deputy Manager changed the title again")
    listed = {each["id"]: each["undoable"] for each in api.as_("admin").read(f"{PLAN}/journal")["data"]}
    assert listed[entry["id"]] is False


def test_an_undo_makes_no_plan_that_ends_before_it_starts(api: Api) -> None:
    edit(api, ends_on="2021-08-31")
    edit(api, ends_on=None)
    entry = newest(api.as_("admin"))
    edit(api, starts={"from": "2022-01-01", "to": "2022-01-31"})
    assert problem(api.as_("admin").post(f"/journal/{entry['id']}/undo", {})) == (422, "validation-failed")


def test_a_lead_officer_undoes_no_setting(api: Api) -> None:
    edit(api, title="A")
    jane = api.as_("jane")
    entry = newest(jane)
    assert (entry["undoable"], newest(api.as_("admin"))["undoable"]) == (False, True)
    assert problem(jane.post(f"/journal/{entry['id']}/undo", {})) == (403, "forbidden")
