"""Words removed from a plan's settings, questions and objectives: in no table, on no past day, not put back; actions keep theirs."""

from typing import Any

import pytest

from tests.api.plan.test_plan_settings import KEY, edit, newest
from tests.api.privacy.test_redaction import KEYS, REASON, SECRET, found_in
from tests.client import PLAN, Api, problem
from tests.factories import seed_document

WHO = f"Ask {SECRET}."


def objective(api: Api, number: int = 3) -> str:
    """The path of an objective."""
    return "/objectives/" + str(api.one("SELECT id FROM objective WHERE position = %s", number))


def redact(api: Api, words: str = SECRET, reason: str = REASON, key: Any = KEYS[8]) -> Any:
    return api.as_("admin").post(f"{PLAN}/redaction", {"reason": reason, "words": words}, headers=key)


def counted(answer: Any) -> dict[str, int]:
    assert answer.status_code == 200, answer.text
    return {each["where"]: each["count"] for each in answer.json["found"]}


def say_it_everywhere(api: Api) -> None:
    """The secret in every setting, in questions and answers, in objectives that stand and that were removed, and in kept answers."""
    admin = api.as_("admin")
    lines = ("partnership", "name", "heading", "title", "priority", "service_team", "review_dates", "summary")
    nested = {"owner": {"printed": WHO}, "starts": {"printed": f"When {SECRET} came"}}
    key = [{**KEY[0], "word": SECRET, "meaning": WHO}, *KEY[1:]]
    terms = [{"short": SECRET, "long": WHO, "note": WHO}]
    answer = edit(api, **dict.fromkeys(lines, WHO), **nested, rating_key=key, glossary=terms)
    assert answer.status_code == 200, answer.text
    for place, words in enumerate((WHO, f"And {SECRET.upper()}?")):
        admin.post(f"{PLAN}/notes", {"text": words}, headers=KEYS[place])
    admin.post(f"{PLAN}/settled-notes", {"code": "question", "text": WHO, "answer": WHO}, headers=KEYS[2])
    added = {"text": WHO, "short_title": SECRET, "lead": api.person("Jane Carroll"), "lead_printed": WHO}
    made = admin.post(f"{PLAN}/objectives", added, headers=KEYS[3])
    gone = f"/objectives/{made.json['id']}"
    removed = admin.post(f"{gone}/removal", {"reason": WHO}, headers={**admin.etag(gone), **KEYS[4]})
    assert (made.status_code, removed.status_code) == (201, 200), removed.text
    path, members = objective(api), {name: added[name] for name in ("text", "short_title", "lead_printed")}
    assert admin.patch(path, members, headers=admin.etag(path)).status_code == 200
    # Answers about other things that repeat words of the plan: an action's, and the whole plan's after an undo.
    api.as_("jane").say("3.4", rating="R")
    moved = {"kind": "season", "printed": "Spring 2027", "reason": "Agreed."}
    assert SECRET in api.as_("jane").post(f"{api.action('3.4')}/dates", moved, headers=KEYS[5]).text
    edit(api, next_review_on="2027-01-12")
    assert SECRET in admin.post(f"/journal/{newest(admin)['id']}/undo", {}, headers=KEYS[6]).text


def test_they_are_in_no_column_of_any_table(api: Api) -> None:
    say_it_everywhere(api)
    columns = {"heading", "rating_key", "glossary", "notes", "owner_printed", "starts_printed", "summary", "title"}
    held = {f"plan.{name}" for name in columns} | {
        f"objective.{each}" for each in ("text", "text_printed", "short_title")
    }
    assert held | {"journal.before", "journal.after", "idempotency_key.body"} <= found_in(api, SECRET)
    counts = counted(redact(api))
    assert found_in(api, SECRET) == set()
    assert (counts["plan settings"], counts["objectives"], counts.keys()) == (
        1,
        2,
        {"plan settings", "objectives", "history", "kept answers"},
    )
    plan = api.as_("robert").read(PLAN)
    assert (plan["heading"], plan["starts"]["printed"]) == ("Ask [removed].", "When [removed] came")
    assert [line["letter"] for line in plan["rating_key"]] == ["R", "A", "G", "B"]
    assert plan["rating_key"][0] == {"letter": "R", "word": "[removed]", "meaning": "Ask [removed]."}
    shown = plan["objectives"][2]
    assert (shown["text"], shown["short_title"], shown["lead"]["name"]) == (
        "Ask [removed].",
        "[removed]",
        "Jane Carroll",
    )


def test_a_repeat_gives_the_kept_answer_without_them(api: Api) -> None:
    say_it_everywhere(api)
    first = redact(api)
    again = redact(api)
    assert (again.headers["Idempotency-Replayed"], again.json) == ("true", first.json)
    asked = api.as_("admin").post(f"{PLAN}/notes", {"text": WHO}, headers=KEYS[0])
    assert (asked.headers["Idempotency-Replayed"], SECRET in asked.text) == ("true", False)


def test_actions_and_updates_keep_theirs(api: Api) -> None:
    jane, path = api.as_("jane"), api.action("3.4")
    jane.patch(path, {"text": WHO}, headers=jane.etag(path))
    jane.post(f"{path}/updates", {"text": WHO}, headers=KEYS[0])
    edit(api, summary=WHO)
    counted(redact(api))
    action = jane.read(path)
    assert (action["text"], action["updates"][0]["text"]) == (WHO, WHO)
    assert SECRET in jane.post(f"{path}/updates", {"text": WHO}, headers=KEYS[0]).text
    assert found_in(api, SECRET) == {
        "action.text", "progress_update.text", "journal.after", "idempotency_key.body",
    }  # fmt: skip


def test_every_past_day_is_told_without_them_though_it_was_kept(api: Api) -> None:
    admin, path = api.as_("admin"), objective(api)
    edit(api, summary=WHO)
    admin.patch(path, {"short_title": SECRET}, headers=admin.etag(path))
    api.clock.move(days=2)
    past = f"{PLAN}?as_at=2026-11-22"
    before = api.as_("robert").get(past)
    api.confirm_all()
    edit(api, summary="Something else.")
    admin.patch(path, {"short_title": "Early help"}, headers=admin.etag(path))
    redact(api)
    after = api.as_("robert").get(past, headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, after.json["summary"]) == (200, "Ask [removed].")
    assert after.text == before.text.replace(SECRET, "[removed]")


def test_who_has_the_old_words_open_does_not_put_them_back(api: Api) -> None:
    admin, other, path = api.as_("admin"), api.as_("second admin"), objective(api)
    edit(api, summary=WHO)
    admin.patch(path, {"text": WHO}, headers=admin.etag(path))
    plan_seen, objective_seen, action_seen = other.etag(PLAN), other.etag(path), other.etag(api.action("3.4"))
    redact(api)
    refused = other.patch(PLAN, {"summary": f"{WHO} Now."}, headers=plan_seen)
    assert (problem(refused), refused.json["clashes"][0]["value"]) == ((412, "stale-version"), "Ask [removed].")
    refused = other.patch(path, {"text": f"{WHO} Now."}, headers=objective_seen)
    assert (problem(refused), refused.json["clashes"][0]["value"]) == ((412, "stale-version"), "Ask [removed].")
    assert other.etag(api.action("3.4")) != action_seen
    # What was not touched is saved all the same.
    assert other.patch(PLAN, {"priority": "Highest"}, headers=plan_seen).status_code == 200


def test_no_undo_brings_them_back(api: Api) -> None:
    edit(api, summary=WHO)
    edit(api, summary="Something else.")
    entry = newest(api.as_("admin"))
    redact(api)
    admin = api.as_("admin")
    assert problem(admin.post(f"/journal/{newest(admin)['id']}/undo", {})) == (422, "move-not-allowed")
    assert admin.post(f"/journal/{entry['id']}/undo", {}).json["summary"] == "Ask [removed]."


def test_journal_and_feed_say_that_it_was_done(api: Api) -> None:
    admin, path = api.as_("admin"), objective(api)
    edit(api, summary=WHO)
    admin.patch(path, {"text": WHO}, headers=admin.etag(path))
    cursor = api.as_("robert").read(f"{PLAN}/changes?limit=200")["cursor"]
    redact(api)
    entries = api.as_("robert").read(f"{PLAN}/journal?limit=2")["data"]
    assert {(each["sentence"], each["undoable"]) for each in entries} == {
        (f"Business Manager removed words from the plan's settings and objectives: {REASON}", False),
        (f"Business Manager removed words from the objective: {REASON}", False),
    }
    told = api.as_("robert").read(f"{PLAN}/changes?since={cursor}")["data"]
    assert [(each["type"], each["verb"], each["change"]) for each in told] == [
        ("plan", "redacted", "changed"),
        ("objective", "redacted", "changed"),
    ]
    assert told[1]["object"]["text"] == "Ask [removed]."


def test_a_seed_that_holds_them_does_not_bring_them_back(api: Api) -> None:
    """Not into the plan, its objectives or its actions, though it had written them and nobody changed them since."""
    admin, file = api.as_("admin"), seed_document()
    file["summary"] = file["objectives"][2]["text"] = file["objectives"][2]["actions"][3]["text"] = WHO
    file["glossary"] = [{"short": SECRET, "long": WHO}]
    assert admin.post("/seeds", file, headers=KEYS[0]).json["written"] is True
    assert {"plan.seeded", "objective.seeded", "action.seeded", "objective.text"} <= found_in(api, SECRET)
    counted(redact(api))
    assert admin.post(f"{api.action('3.4')}/redaction", {"reason": REASON, "words": SECRET}).status_code == 200
    assert found_in(api, SECRET) == set()
    for key in KEYS[1:3]:
        again = admin.post("/seeds", file, headers=key).json
        assert (again["written"], again["changed"]) == (False, [])
        assert found_in(api, SECRET) == set()
    # What else the file changes is applied, and so is what is written anew by hand.
    file["priority"] = file["objectives"][2]["short_title"] = "Another"
    assert admin.post("/seeds", file, headers=KEYS[3]).json["written"] is True
    assert (admin.read(PLAN)["priority"], found_in(api, SECRET)) == ("Another", set())


@pytest.mark.parametrize(
    ("words", "reason", "pointer"),
    [
        ("ab", REASON, "/words"),
        ("Remove", REASON, "/words"),
        ("not there", REASON, "/words"),
        ("Havering", "Havering is named.", "/reason"),
        (None, REASON, "/words"),
    ],
    ids=["too short", "part of the mark", "not there", "the reason holds them", "no words"],
)
def test_what_cannot_be_done_is_said(still: Api, words: str, reason: str, pointer: str) -> None:
    before = still.journal_length()
    body = {"reason": reason, **({"words": words} if words else {})}
    answer = still.as_("admin").post(f"{PLAN}/redaction", body, headers=KEYS[0])
    assert problem(answer) == (422, "validation-failed")
    assert answer.json["errors"][0]["pointer"] == pointer
    assert still.journal_length() == before


def test_it_has_to_be_confirmed_anew(api: Api) -> None:
    api.clock.move(minutes=11)
    assert problem(redact(api, "Havering")) == (403, "confirmation-needed")
