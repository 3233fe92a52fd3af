"""Who is on an action: given anew as a whole by whoever leads it, told in words, taken back, and never lost on the way."""

from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.client import PLAN, Api, problem
from tests.factories import seed_document
from tests.integration.diary import differences

NUMBER = "3.4"
PRINTED = "Lucy Goodfellow and multi-agency partners"
Json = dict[str, Any]


def set_named(api: Api, named: list[Json], who: str = "jane", **more: Any) -> TestResponse:
    caller, path = api.as_(who), api.action(NUMBER)
    return caller.patch(path, {"by_whom": named, **more}, headers=caller.etag(path))


def there(api: Api, number: str = NUMBER) -> list[Json]:
    """Who is named, as a body that changes nothing."""
    shown = api.as_("robert").read(api.action(number))["by_whom"]["named"]
    return [{name: value for name, value in each.items() if value is not None} for each in shown]


def person(api: Api, name: str, **more: str) -> Json:
    return {"person": api.person(name), **more}


def by_whom(api: Api) -> Json:
    found: Json = api.as_("robert").read(api.action(NUMBER))["by_whom"]
    return found


def latest(api: Api) -> Json:
    found: Json = api.as_("jane").read(f"{api.action(NUMBER)}/history")["data"][0]
    return found


def test_the_whole_list_is_given_anew_in_order_and_the_paper_keeps_its_words(api: Api) -> None:
    answer = set_named(
        api, [person(api, "Pippa Ward", qualifier="for Havering"), person(api, "Kate Dempsey"), *there(api)]
    )
    assert answer.status_code == 200, answer.text
    told = answer.json["by_whom"]
    assert told["printed"] == "Pippa Ward (for Havering), Kate Dempsey, Lucy Goodfellow and multi-agency partners"
    assert told["first_printed"] == PRINTED
    assert [each["name"] for each in told["named"]] == [
        "Pippa Ward",
        "Kate Dempsey",
        "Lucy Goodfellow",
        "multi-agency partners",
    ]
    assert answer.headers["ETag"] == api.as_("jane").etag(api.action(NUMBER))["If-Match"]
    plan = api.as_("robert").read(PLAN)
    assert plan["objectives"][2]["actions"][3]["by_whom"] == told
    rows = api.as_("robert").read(f"{PLAN}/actions.json")["data"]
    assert next(row for row in rows if row["number"] == NUMBER)["by_whom"] == told["printed"]
    assert api.one("SELECT by_whom_printed FROM action WHERE id = %s", api.seeded.actions[NUMBER]) == PRINTED


def test_where_the_words_come_out_as_the_paper_has_them_nothing_is_first_printed(api: Api) -> None:
    before = there(api)
    set_named(api, before[::-1])
    assert by_whom(api)["printed"] == "multi-agency partners and Lucy Goodfellow"
    set_named(api, before)
    assert (by_whom(api)["printed"], by_whom(api)["first_printed"]) == (PRINTED, None)


def test_the_same_list_again_writes_nothing(api: Api) -> None:
    before = api.journal_length()
    assert set_named(api, there(api)).status_code == 200
    assert api.journal_length() == before


def test_nobody_may_be_left(api: Api) -> None:
    assert set_named(api, []).json["by_whom"] == {"printed": "", "first_printed": PRINTED, "named": []}


def test_a_lead_officer_adds_somebody_new_to_the_directory_this_way(api: Api) -> None:
    agency = api.as_("jane").read("/agencies")["data"][0]
    new = {"name": "Ngozi Adeyemi", "agency": agency["id"], "post": "Head of service"}
    answer = set_named(api, [{"new_person": new}, {"new_group": {"name": "School governors"}}, *there(api)])
    assert answer.status_code == 200, answer.text
    assert answer.headers["ETag"] == api.as_("jane").etag(api.action(NUMBER))["If-Match"]
    (found,) = api.as_("jane").read("/people?q=Ngozi")["data"]
    assert (found["name"], found["agency"]["id"], found["post"]) == (new["name"], new["agency"], new["post"])
    assert answer.json["by_whom"]["named"][0]["person"] == found["id"]
    assert "School governors" in [each["name"] for each in api.as_("jane").read("/groups")["data"]]


def test_two_people_may_share_a_name(api: Api) -> None:
    answer = set_named(api, [*there(api), {"new_person": {"name": "Lucy Goodfellow"}}])
    assert answer.json["by_whom"]["printed"] == "Lucy Goodfellow, multi-agency partners and Lucy Goodfellow"


def test_who_was_joined_to_another_stands_under_them(api: Api) -> None:
    one, other = api.person("Louise Dibsdale"), api.person("Louise Dibsdall")
    assert api.as_("admin").post(f"/people/{one}/merge", {"into": other}).status_code == 200
    (place,) = set_named(api, [{"person": one}]).json["by_whom"]["named"]
    assert (place["person"], place["name"]) == (other, "Louise Dibsdall")


def gone(api: Api) -> Json:
    admin, pippa = api.as_("admin"), f"/people/{api.person('Pippa Ward')}"
    assert admin.patch(pippa, {"left_on": "2026-11-01"}, headers=admin.etag(pippa)).status_code == 200
    return person(api, "Pippa Ward")


def ended(api: Api) -> Json:
    admin = api.as_("admin")
    agency = f"/agencies/{admin.post('/agencies', {'name': 'The old trust'}).json['id']}"
    assert admin.patch(agency, {"ended_on": "2026-11-01"}, headers=admin.etag(agency)).status_code == 200
    return {"agency": agency.rsplit("/", maxsplit=1)[-1]}


WRONG: dict[str, tuple[Any, str, str]] = {
    "left": (gone, "/by_whom/2/person", "Pippa Ward left on 1 November 2026"),
    "ended": (ended, "/by_whom/2/agency", "The old trust has ended"),
    "twice": (lambda api: person(api, "Lucy Goodfellow"), "/by_whom/2/person", "Lucy Goodfellow is on this list twice."),
    "nobody": (lambda api: {"person": api.seeded.actions[NUMBER]}, "/by_whom/2/person", "There is no such person"),
    "a group there is": (
        lambda _api: {"new_group": {"name": "multi-agency partners"}}, "/by_whom/2/new_group/name", "Choose it from the list.",
    ),
    "no such agency": (
        lambda api: {"new_person": {"name": "A", "agency": api.seeded.actions[NUMBER]}},
        "/by_whom/2/new_person/agency", "There is no such agency",
    ),
    "two in one": (lambda api: {**person(api, "Pippa Ward"), "new_person": {"name": "A"}}, "/by_whom/2/person", "Give one of"),
    "no one": (lambda _api: {"qualifier": "NELFT"}, "/by_whom/2/person", "Give one of"),
    "another's field": (lambda _api: {"new_person": {"name": "A", "email": "a@example.org"}}, "/by_whom/2/new_person/email", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_refused_where_it_stands_and_nothing_is_kept(api: Api, case: str) -> None:
    make, pointer, words = WRONG[case]
    wrong, before, length = make(api), by_whom(api), api.journal_length()
    answer = set_named(api, [*there(api), wrong])
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == pointer
    assert words in answer.json["errors"][0]["detail"]
    assert (by_whom(api), api.journal_length()) == (before, length)


def test_forty_at_most(still: Api) -> None:
    answer = set_named(still, [{"new_person": {"name": f"Person {number}"}} for number in range(41)])
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/by_whom")


def test_who_is_on_it_stays_on_it_after_they_left(api: Api) -> None:
    set_named(api, [*there(api), person(api, "Pippa Ward")])
    gone(api)
    assert set_named(api, there(api)[::-1]).status_code == 200


@pytest.mark.parametrize("who", ["gordon", "lucy", "gloria", "robert"])
def test_who_does_not_lead_is_told_who_can(still: Api, who: str) -> None:
    answer = set_named(still, [], who)
    assert problem(answer) == (403, "forbidden")
    if who == "gordon":
        assert "Jane Carroll (lead officer of objective 3) can change its wording, people" in answer.json["detail"]


@pytest.mark.parametrize(("who", "may"), [("jane", True), ("admin", True), ("gordon", False), ("robert", False)])
def test_the_action_says_who_may_reword_it_and_set_its_people(still: Api, who: str, may: bool) -> None:
    shown = still.as_(who).read(still.action(NUMBER))
    for verb in ("reword", "set_by_whom"):
        assert (verb in shown["may"], verb in shown["why_not"]) == (may, not may)


def test_the_people_of_a_closed_action_can_be_put_right(api: Api) -> None:
    api.as_("jane").set_status(NUMBER, "withdrawn", "Not ours any more.")
    assert "set_by_whom" in api.as_("jane").read(api.action(NUMBER))["may"]
    assert set_named(api, []).status_code == 200


def test_the_wording_of_the_paper_is_told_while_another_stands(api: Api) -> None:
    jane, path = api.as_("jane"), api.action(NUMBER)
    paper = jane.read(path)
    assert paper["text_printed"] is None
    reworded = jane.patch(path, {"text": "Agree one data set."}, headers=jane.etag(path)).json
    assert (reworded["text"], reworded["text_printed"]) == ("Agree one data set.", paper["text"])


# --- two at once ------------------------------------------------------------------------------------------


def test_two_who_change_the_people_at_once_are_told_whose_stand(api: Api) -> None:
    jane, path = api.as_("jane"), api.action(NUMBER)
    seen = jane.etag(path)
    set_named(api, [person(api, "Pippa Ward")], "admin")
    refused = jane.patch(path, {"by_whom": [person(api, "Kate Dempsey")]}, headers=seen)
    assert problem(refused) == (412, "stale-version")
    assert "Business Manager changed the people of this action" in refused.json["detail"]
    (clash,) = refused.json["clashes"]
    assert (clash["field"], clash["value"]) == ("by_whom", "Pippa Ward")
    assert refused.json["current"]["by_whom"]["printed"] == "Pippa Ward"


def test_people_and_date_at_once_are_both_kept(api: Api) -> None:
    jane, path = api.as_("jane"), api.action(NUMBER)
    seen = jane.etag(path)
    api.as_("admin").post(f"{path}/dates", {"kind": "year", "printed": "2028", "reason": "Agreed."})
    merged = jane.patch(path, {"by_whom": [person(api, "Kate Dempsey")]}, headers=seen)
    assert (merged.status_code, merged.json["by_when"]["printed"], merged.json["by_whom"]["printed"]) == (
        200, "2028", "Kate Dempsey",
    )  # fmt: skip


# --- told and taken back ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda api: [person(api, "Pippa Ward"), there(api)[1]], "Jane Carroll put Pippa Ward on the action and took Lucy Goodfellow off it."),
        (lambda api: [*there(api), person(api, "Pippa Ward"), person(api, "Kate Dempsey")], "Jane Carroll put Pippa Ward and Kate Dempsey on the action."),
        (lambda api: there(api)[:1], "Jane Carroll took multi-agency partners off the action."),
        (lambda api: there(api)[::-1], "Jane Carroll changed the order of the people."),
        (lambda api: [{**there(api)[0], "qualifier": "LBH"}, there(api)[1]], "Jane Carroll changed how the action names the people."),
    ],
)  # fmt: skip
def test_the_history_says_who_came_and_who_went(api: Api, change: Any, sentence: str) -> None:
    set_named(api, change(api))
    assert (latest(api)["verb"], latest(api)["sentence"]) == ("places-changed", sentence)


def test_an_undo_puts_people_and_words_back_and_can_be_undone(api: Api) -> None:
    before = by_whom(api)
    changed = set_named(api, [person(api, "Pippa Ward"), *there(api)[:1]]).json["by_whom"]
    entry = latest(api)
    assert entry["undoable"] is True
    undone = api.as_("jane").post(f"/journal/{entry['id']}/undo", {"reason": "mistyped"})
    assert undone.json["by_whom"] == before
    assert latest(api)["sentence"] == "Jane Carroll undid a change of the people on the action: mistyped."
    assert api.as_("jane").post(f"/journal/{latest(api)['id']}/undo", {}).json["by_whom"] == changed


def test_an_undo_is_refused_where_somebody_changed_the_people_since(api: Api) -> None:
    set_named(api, [person(api, "Pippa Ward")])
    entry = latest(api)
    set_named(api, [person(api, "Kate Dempsey")], "admin")
    refused = api.as_("jane").post(f"/journal/{entry['id']}/undo", {})
    assert problem(refused)[0] == 409
    assert "Business Manager changed the people again" in refused.json["detail"]


def test_an_undo_names_whoever_stands_for_somebody_who_was_joined_since(api: Api) -> None:
    one, other = api.person("Louise Dibsdale"), api.person("Louise Dibsdall")
    set_named(api, [{"person": one}])
    set_named(api, [person(api, "Pippa Ward")])
    entry = latest(api)
    api.as_("admin").post(f"/people/{one}/merge", {"into": other})
    (place,) = api.as_("jane").post(f"/journal/{entry['id']}/undo", {}).json["by_whom"]["named"]
    assert place["person"] == other


def test_a_merge_can_still_be_undone_in_somebody_who_stayed(api: Api) -> None:
    one, other = api.person("Louise Dibsdale"), api.person("Louise Dibsdall")
    set_named(api, [{"person": one}])
    admin = api.as_("admin")
    merge = admin.post(f"/people/{one}/merge", {"into": other}).json["id"]
    set_named(api, [person(api, "Pippa Ward"), *there(api)])
    assert admin.post(f"/merges/{merge}/undo", {}).status_code == 200
    assert [each["person"] for each in by_whom(api)["named"]] == [api.person("Pippa Ward"), one]


def test_a_handover_brings_the_words_along_once_they_were_made_from_the_people(api: Api) -> None:
    set_named(api, [person(api, "Daniela Capasso", qualifier="BHRUT")])
    leaver = f"/people/{api.person('Daniela Capasso')}/handover"
    there = api.as_("admin").read(leaver)["items"]
    items = [{each["kind"]: each["id"], "to": api.person("Pippa Ward")} for each in there]
    answer = api.as_("admin").post(leaver, {"items": items, "left_on": "2026-11-20"})
    assert answer.status_code == 200, answer.text
    assert by_whom(api)["printed"] == "Pippa Ward (BHRUT)"


def test_a_past_day_has_the_people_and_words_of_that_day(api: Api) -> None:
    robert = api.as_("robert")
    first, day = robert.read(PLAN), api.clock.now.date()
    api.clock.move(days=1)
    set_named(api, [{"new_person": {"name": "Ngozi Adeyemi"}}, *there(api)[:1]])
    second = robert.read(PLAN)
    api.clock.move(days=1)
    set_named(api, [])
    assert list(differences(first, robert.read(f"{PLAN}?as_at={day}"))) == []
    assert list(differences(second, robert.read(f"{PLAN}?as_at={day + timedelta(days=1)}"))) == []


def test_the_feed_tells_it_with_the_action_as_it_stands(api: Api) -> None:
    feed = f"{PLAN}/changes?limit=200"
    cursor = api.as_("admin").read(feed)["cursor"]
    set_named(api, [{"new_person": {"name": "Ngozi Adeyemi"}}])
    told = api.as_("admin").read(f"{feed}&since={cursor}")["data"]
    assert {(each["type"], each["change"]) for each in told} >= {("person", "created"), ("action", "changed")}


def test_words_that_are_removed_leave_the_people_too(api: Api) -> None:
    set_named(api, [{"new_group": {"name": "Friends of Zebulon"}, "qualifier": "and Zebulon Quill"}])
    set_named(api, [*there(api)[:1], person(api, "Pippa Ward")])
    api.as_("admin").post(f"{api.action(NUMBER)}/redaction", {"reason": "It named a family.", "words": "Zebulon Quill"})
    assert by_whom(api)["printed"] == "Friends of Zebulon (and [removed]) and Pippa Ward"
    assert not api.sql(
        "SELECT 1 FROM journal WHERE strpos(coalesce(before::text, '') || after::text, 'Zebulon Quill') > 0"
    )


def test_a_second_run_of_the_seed_keeps_the_people_that_were_changed_by_hand(api: Api) -> None:
    set_named(api, [person(api, "Pippa Ward")])
    document = seed_document()
    action = next(a for o in document["objectives"] for a in o["actions"] if a["number"] == NUMBER)
    action["by_whom"] = {"printed": "Kate Dempsey", "named": [{"person": "kate-dempsey"}]}
    report = api.as_("admin").post("/seeds", document).json
    assert any("places" in str(each) for each in report["kept"])
    assert (by_whom(api)["printed"], by_whom(api)["first_printed"]) == ("Pippa Ward", "Kate Dempsey")


def test_a_second_run_of_the_seed_brings_its_own_words_where_the_people_are_the_files(api: Api) -> None:
    """On 1.2 the words made from the people are not quite the paper's, so they stand even after the people were put back."""
    admin, path = api.as_("admin"), api.action("1.2")
    before = there(api, "1.2")
    for places in (before[:1], before):
        assert admin.patch(path, {"by_whom": places}, headers=admin.etag(path)).status_code == 200
    assert admin.read(path)["by_whom"]["first_printed"] is not None
    document = seed_document()
    action = next(a for o in document["objectives"] for a in o["actions"] if a["number"] == "1.2")
    action["by_whom"] = {"printed": "Kate Dempsey", "named": [{"person": "kate-dempsey"}]}
    admin.post("/seeds", document)
    told = admin.read(path)["by_whom"]
    assert (told["printed"], told["first_printed"], len(told["named"])) == ("Kate Dempsey", None, 1)


def newcomers(first: int, count: int) -> list[Json]:
    return [{"new_person": {"name": f"Newcomer {number}"}} for number in range(first, first + count)]


def test_a_lead_officer_fills_no_directory(api: Api) -> None:
    """What is over the limit of a day is refused as a whole, and names the first who is too many."""
    for first in (0, 20):
        assert set_named(api, newcomers(first, 20)).status_code == 200
    answer = set_named(api, [*newcomers(40, 9), {"new_group": {"name": "Volunteers"}}, *newcomers(49, 1)])
    assert problem(answer) == (422, "validation-failed")
    assert [each["pointer"] for each in answer.json["errors"]] == ["/by_whom/10"]
    assert "an administrator" in answer.json["detail"]
    assert set_named(api, [*newcomers(40, 9), {"new_group": {"name": "Volunteers"}}]).status_code == 200
    assert problem(set_named(api, newcomers(50, 1))) == (422, "validation-failed")
    assert set_named(api, newcomers(50, 1), who="admin").status_code == 200
    api.clock.move(days=1, minutes=1)
    assert set_named(api, newcomers(51, 1)).status_code == 200
