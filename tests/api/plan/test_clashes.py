"""Two people at one action: different fields are merged, the same field is a 412 that says whose value stands (API 3.2)."""

import pytest

from tests.client import Api, problem

NUMBER = "3.4"
STATUS = {"status": "on_hold", "reason": "Awaiting funds."}
DATE = {"kind": "year", "printed": "2028", "reason": "Agreed at the board."}


def test_wording_and_status_are_both_kept(api: Api) -> None:
    jane, admin, path = api.as_("jane"), api.as_("admin"), api.action(NUMBER)
    seen = jane.etag(path)
    assert admin.patch(path, {"text": "Say it better."}, headers=seen).status_code == 200
    merged = jane.patch(path, STATUS, headers=seen)
    assert merged.status_code == 200
    assert (merged.json["text"], merged.json["status"]) == ("Say it better.", "on_hold")


def test_status_and_date_are_both_kept(api: Api) -> None:
    jane, admin, path = api.as_("jane"), api.as_("admin"), api.action(NUMBER)
    seen = jane.etag(path)
    assert admin.patch(path, STATUS, headers=seen).status_code == 200
    merged = jane.post(f"{path}/dates", DATE, headers=seen)
    assert (merged.json["by_when"]["printed"], merged.json["status"]) == ("2028", "on_hold")


@pytest.mark.parametrize(
    ("theirs", "field", "value", "words"),
    [
        (STATUS, "status", "on_hold", "Business Manager changed the status of this action to on hold"),
        ({"text": "Say it better."}, "text", "Say it better.", "Business Manager changed the wording of this action"),
    ],
)
def test_the_same_field_is_a_clash(api: Api, theirs: dict[str, str], field: str, value: str, words: str) -> None:
    jane, admin, path = api.as_("jane"), api.as_("admin"), api.action(NUMBER)
    seen = jane.etag(path)
    admin.patch(path, theirs, headers=seen)
    mine = {"status": "in_progress", "reason": "x"} if field == "status" else {"text": "Mine."}
    refused = jane.patch(path, mine, headers=seen)
    assert problem(refused) == (412, "stale-version")
    assert words in refused.json["detail"]
    (clash,) = refused.json["clashes"]
    assert (clash["field"], clash["by"], clash["value"]) == (field, "Business Manager", value)
    assert refused.json["current"][field] == value
    assert refused.headers["ETag"] == jane.etag(path)["If-Match"]


def test_a_clash_changes_nothing(api: Api) -> None:
    jane, path = api.as_("jane"), api.action(NUMBER)
    seen = jane.etag(path)
    api.as_("admin").patch(path, {"text": "Say it better."}, headers=seen)
    before = api.journal_length()
    jane.patch(path, {"text": "Mine.", **STATUS}, headers=seen)
    assert api.journal_length() == before
    assert jane.read(path)["status"] == "not_reported"


def test_the_last_of_several_edits_is_the_one_that_stands(api: Api) -> None:
    jane, admin, path = api.as_("jane"), api.as_("admin"), api.action(NUMBER)
    seen = jane.etag(path)
    for text in ("First.", "Second."):
        admin.patch(path, {"text": text}, headers=admin.etag(path))
    assert jane.patch(path, {"text": "Mine."}, headers=seen).json["clashes"][0]["value"] == "Second."


def test_the_status_that_a_post_brought_is_no_clash(api: Api) -> None:
    jane, path = api.as_("jane"), api.action(NUMBER)
    seen = jane.etag(path)
    api.as_("lucy").say(NUMBER, "Done.", claim="delivered")
    assert jane.patch(path, STATUS, headers=seen).status_code == 200


def test_an_etag_of_something_else_is_412(still: Api) -> None:
    answer = still.as_("jane").patch(still.action(NUMBER), STATUS, headers={"If-Match": '"abc"'})
    assert problem(answer) == (412, "stale-version")


def test_the_same_words_again_write_nothing(api: Api) -> None:
    jane, path = api.as_("jane"), api.action(NUMBER)
    before = api.journal_length()
    text = jane.read(path)["text"]
    assert jane.patch(path, {"text": text}, headers=jane.etag(path)).status_code == 200
    assert api.journal_length() == before


@pytest.mark.parametrize(
    ("body", "pointer"),
    [({}, "/status"), ({"reason": "x"}, "/status"), ({"status": "on_hold"}, "/reason"), ({"text": " "}, "/text")],
)
def test_a_patch_says_what_is_missing(still: Api, body: dict[str, str], pointer: str) -> None:
    path = still.action(NUMBER)
    answer = still.as_("jane").patch(path, body, headers=still.as_("jane").etag(path))
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)
