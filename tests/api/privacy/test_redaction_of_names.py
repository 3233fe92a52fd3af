"""A family's name typed as a person, a group, an agency, an account or a system: gone from everywhere it was repeated, and not put back (DOMAIN 9)."""

from typing import Any

import pytest

from tests.api.privacy.test_redaction import KEYS, REASON, SECRET, found_in
from tests.client import PLAN, Api, problem
from tests.factories import seed_document


def redact(api: Api, path: str, words: str = SECRET, **more: Any) -> Any:
    api.confirm_all()
    return api.as_("admin").post(f"{path}/redaction", {"words": words, "reason": REASON, **more}, headers=KEYS[8])


def name_on_action(api: Api, holder: dict[str, Any]) -> None:
    """Put somebody new on action 3.4, take them off again, and put them on once more: history holds all of it."""
    admin, path = api.as_("admin"), api.action("3.4")
    before = [{"person": api.person("Jane Carroll")}]
    assert admin.patch(path, {"by_whom": [*before, holder]}, headers=admin.etag(path)).status_code == 200
    kind = next(iter(holder)).removeprefix("new_")
    table = {"person": "person", "group": "named_group"}[kind]
    made = api.one(f"SELECT id::text FROM {table} WHERE name = %s", SECRET)
    for places in (before, [*before, {kind: made}]):
        assert admin.patch(path, {"by_whom": places}, headers=admin.etag(path)).status_code == 200


def test_a_group_is_gone_from_places_words_for_the_paper_history_refusals_and_the_document(api: Api) -> None:
    name_on_action(api, {"new_group": {"name": SECRET}})
    group = api.one("SELECT id::text FROM named_group WHERE name = %s", SECRET)
    assert {"named_group.name", "place.name", "action.by_whom", "journal.before", "journal.after"} <= found_in(
        api, SECRET
    )
    answer = redact(api, f"/groups/{group}")
    assert answer.status_code == 200, answer.text
    assert found_in(api, SECRET) == set()
    action = api.as_("robert").read(api.action("3.4"))
    assert action["by_whom"]["printed"] == "Jane Carroll and [removed]"
    refused = api.as_("lucy").patch(api.action("3.4"), {"text": "x"}, headers={"If-Match": "*"})
    assert (refused.status_code, SECRET in refused.text) == (403, False)
    for path in (PLAN, f"{PLAN}/journal", f"{PLAN}/changes", f"{api.action('3.4')}/history", f"{PLAN}/actions.csv"):
        assert SECRET not in api.as_("robert").get(path).text, path


def test_a_person_who_was_renamed_joined_and_invited_is_gone_under_all_names(api: Api) -> None:
    name_on_action(api, {"new_person": {"name": SECRET, "post": f"Mother of {SECRET}"}})
    admin, person = api.as_("admin"), api.one("SELECT id::text FROM person WHERE name = %s", SECRET)
    path = f"/people/{person}"
    invited = admin.post(
        "/accounts", {"email": "zq@example.org", "role": "contributor", "person": person}, headers=KEYS[0]
    )
    assert invited.status_code == 201, invited.text
    assert admin.patch(path, {"name": "Somebody Else"}, headers=admin.etag(path)).status_code == 200
    into = api.person("Lucy Goodfellow")
    joined = {"into": into, "note": f"{SECRET} is Lucy.", "account": api.seeded.sessions["lucy"]["account"]}
    assert admin.post(f"{path}/merge", joined, headers=KEYS[1]).status_code == 200
    assert {"person.aliases", "person_merge.note", "account.name"} <= found_in(api, SECRET)
    answer = redact(api, f"/people/{into}")
    assert answer.status_code == 200, answer.text
    assert found_in(api, SECRET) == set()
    assert api.as_("lucy").read("/me")["account"]["name"] == "Lucy Goodfellow"


def test_a_person_who_was_joined_and_parted_again_is_gone_from_the_history_of_the_others_too(api: Api) -> None:
    """Two merges, the second of whoever stayed of the first, each undone: both others' entries repeat the name."""
    name_on_action(api, {"new_person": {"name": SECRET, "post": f"Mother of {SECRET}"}})
    admin, person = api.as_("admin"), api.one("SELECT id::text FROM person WHERE name = %s", SECRET)
    middle = admin.post("/people", {"name": "Somebody Between"}).json["id"]
    last = admin.post("/people", {"name": "Somebody Else"}).json["id"]
    done = []
    for one, into in ((person, middle), (middle, last)):
        answer = admin.post(f"/people/{one}/merge", {"into": into, "note": f"Known as {SECRET}."})
        assert answer.status_code == 200, answer.text
        done.append(answer.json["id"])
    for merge in reversed(done):
        assert admin.post(f"/merges/{merge}/undo").status_code == 200
    answer = redact(api, f"/people/{person}")
    assert answer.status_code == 200, answer.text
    assert found_in(api, SECRET) == set()
    for path in ("/journal", f"/people/{middle}/data", f"/people/{last}/data"):
        assert SECRET not in admin.get(path).text, path


@pytest.mark.parametrize("whose", ["leaver", "taker"])
def test_a_handovers_note_is_without_the_words_whoever_of_the_two_they_are_removed_from(api: Api, whose: str) -> None:
    admin, leaver, taker = api.as_("admin"), api.person("Pippa Ward"), api.person("Lucy Goodfellow")
    items = [{each["kind"]: each["id"], "to": taker} for each in admin.read(f"/people/{leaver}/handover")["items"]]
    body = {"items": items, "left_on": "2026-11-20", "note": f"Lucy knows {SECRET}."}
    assert admin.post(f"/people/{leaver}/handover", body).status_code == 200
    assert found_in(api, SECRET) == {"journal.after"}
    answer = redact(api, f"/people/{leaver if whose == 'leaver' else taker}")
    assert answer.status_code == 200, answer.text
    assert found_in(api, SECRET) == set()


def test_who_did_something_under_the_name_is_told_without_it_in_the_audit_too(api: Api) -> None:
    admin, account = api.as_("admin"), f"/accounts/{api.seeded.sessions['pippa']['account']}"
    assert admin.patch(account, {"name": SECRET}, headers=admin.etag(account)).status_code == 200
    api.as_("pippa").say("1.1", "We met.")
    api.as_("pippa").get(f"{PLAN}/actions.csv")
    api.app.extensions["plan_background"].wait()
    assert "audit_event.actor_name" in found_in(api, SECRET)
    answer = redact(api, account)
    assert answer.status_code == 200, answer.text
    assert {"audit", "history", "accounts"} <= {each["where"] for each in answer.json["found"]}
    assert found_in(api, SECRET) == set()


def test_who_has_the_old_name_open_does_not_put_it_back(api: Api) -> None:
    admin = api.as_("admin")
    made = admin.post("/people", {"name": SECRET, "aliases": [f"{SECRET} the elder"]}).json
    path = f"/people/{made['id']}"
    opened = admin.etag(path)
    assert redact(api, path).status_code == 200
    assert problem(admin.patch(path, {"aliases": [SECRET]}, headers=opened)) == (412, "stale-version")
    assert admin.read(path)["aliases"] == ["[removed] the elder"]


def test_loading_the_seed_again_brings_no_name_back(api: Api) -> None:
    name = "local parents"
    group = api.one("SELECT id::text FROM named_group WHERE name = %s", name)
    answer = redact(api, f"/groups/{group}", name)
    assert answer.status_code == 200, answer.text
    left = found_in(api, name)
    again = api.as_("admin").post("/seeds", seed_document())
    assert again.status_code == 200, again.text
    assert found_in(api, name) == left
    assert {each.split(".")[0] for each in left} <= {"action", "journal"}, "only what an action's own wording says"


def test_to_look_says_the_same_and_removes_nothing(api: Api) -> None:
    made = api.as_("admin").post("/groups", {"name": SECRET}, headers=KEYS[0]).json
    before = api.journal_length(), found_in(api, SECRET)
    looked = api.as_("admin").post(
        f"/groups/{made['id']}/redaction", {"words": SECRET, "reason": REASON, "preview": True}
    )
    assert (looked.status_code, looked.json["preview"]) == (200, True), looked.text
    assert (api.journal_length(), found_in(api, SECRET)) == before
    done = redact(api, f"/groups/{made['id']}")
    assert (done.json["preview"], done.json["found"]) == (False, looked.json["found"])


def test_history_tells_that_it_was_done(api: Api) -> None:
    admin, group = api.as_("admin"), f"/groups/{api.as_('admin').read(PLAN)['groups'][0]['id']}"
    assert admin.patch(group, {"name": f"Family {SECRET}"}, headers=admin.etag(group)).status_code == 200
    assert redact(api, group).status_code == 200
    entries = admin.read(f"{PLAN}/journal?limit=50")["data"]
    told = next(each for each in entries if each["object"]["id"] == group.rpartition("/")[2])
    assert (
        told["sentence"] == f"Business Manager removed words from Family [removed] and where that name stands: {REASON}"
    )


@pytest.mark.parametrize(
    ("words", "reason", "pointer"),
    [
        ("a-b", REASON, "/words"),
        ("remove", REASON, "/words"),
        ("not there", REASON, "/words"),
        (SECRET, "zebulon-quill", "/reason"),
    ],
)
def test_what_cannot_be_done_is_said(api: Api, words: str, reason: str, pointer: str) -> None:
    made = api.as_("admin").post("/groups", {"name": SECRET}).json
    answer = api.as_("admin").post(f"/groups/{made['id']}/redaction", {"words": words, "reason": reason})
    assert problem(answer) == (422, "validation-failed")
    assert answer.json["errors"][0]["pointer"] == pointer
