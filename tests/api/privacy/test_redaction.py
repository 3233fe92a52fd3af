"""Words that an administrator removed are in no table at all; a mark stays, and nothing else has changed (DOMAIN 9)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from psycopg import errors

from tests.client import PLAN, Api, problem
from tests.conftest import Databases, Seeded, api_over

NUMBER = "3.4"
SECRET = "Zebulon Quill"
REASON = "It named a family."
KEYS = [{"Idempotency-Key": f"0123456789abcde{number}"} for number in range(9)]


def found_in(api: Api, phrase: str) -> set[str]:
    """Every column of every table that holds the phrase, in either case: texts, documents, bytes and lists."""
    columns = api.sql(
        "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
        " AND data_type IN ('text', 'jsonb', 'bytea', 'ARRAY', 'character varying')"
    )
    assert len(columns) > 80
    held = set()
    for table, column, kind in columns:
        words = f"encode({column}, 'escape')" if kind == "bytea" else f"{column}::text"
        if api.sql(f"SELECT 1 FROM {table} WHERE strpos(lower({words}), lower(%s)) > 0 LIMIT 1", phrase):
            held.add(f"{table}.{column}")
    return held


def say_it_everywhere(api: Api) -> str:
    """The secret in every member of an update, in its question, and in the kept answers; the update's id."""
    body = {
        "text": f"We met {SECRET}.\n{SECRET.upper()} agreed.",
        "next_step": f"Visit {SECRET}.",
        "impact": f"{SECRET} is safe.",
        "evidence": [{"title": SECRET, "url": f"https://example.org/{SECRET.replace(' ', '%20')}?{SECRET[:7]}"}],
        "rating": "A",
    }
    made = api.as_("lucy").post(f"{api.action(NUMBER)}/updates", body, headers=KEYS[0])
    assert made.status_code == 201, made.text
    update: str = made.json["id"]
    question = {"state": "returned", "question": f"Is it {SECRET}?"}
    api.as_("jane").post(f"/updates/{update}/acknowledgement", question, headers=KEYS[1])
    return update


@pytest.fixture(scope="module")
def spoken(databases: Databases, seeded: Seeded) -> Iterator[tuple[Api, str]]:
    """A database in which it was said, for tests that change nothing."""
    with api_over(databases, seeded) as api:
        yield api, say_it_everywhere(api)


def redact(api: Api, path: str, **body: Any) -> Any:
    answer = api.as_("admin").post(f"{path}/redaction", {"reason": REASON, **body}, headers=KEYS[8])
    assert answer.status_code == 200, answer.text
    return answer.json


def test_all_words_of_an_update_are_in_no_table(api: Api) -> None:
    update = say_it_everywhere(api)
    assert {"progress_update.text", "progress_update.evidence", "journal.after", "idempotency_key.body"} <= found_in(
        api, SECRET
    )
    told = redact(api, f"/updates/{update}")
    assert found_in(api, SECRET) == set()
    assert {each["where"]: each["count"] for each in told["found"]} == {
        "progress updates": 1,
        "history": 2,
        "kept answers": 2,
    }


def test_a_tombstone_stays_with_what_is_no_words(api: Api) -> None:
    update = say_it_everywhere(api)
    redact(api, f"/updates/{update}")
    (left,) = api.as_("robert").read(api.action(NUMBER))["updates"]
    assert (left["text"], left["next_step"], left["evidence"]) == ("[removed]", None, [])
    assert (left["rating"], left["author"]["name"]) == ("A", "Lucy Goodfellow")
    assert left["acknowledgement"]["question"] == "[removed]"
    assert left["redacted"]["reason"] == REASON
    plan = api.as_("robert").read(PLAN)
    shown = next(each for objective in plan["objectives"] for each in objective["actions"] if each["number"] == NUMBER)
    assert (shown["latest_update"]["text"], shown["rating"]["declared"]) == ("[removed]", "A")


def test_a_phrase_goes_in_either_case_and_over_line_ends_and_the_rest_stays(api: Api) -> None:
    made = api.as_("lucy").say(NUMBER, f"We met zebulon\nQUILL (the {SECRET} case) twice.")
    redact(api, f"/updates/{made['id']}", words=SECRET)
    update = api.as_("robert").read(f"/updates/{made['id']}")
    assert update["text"] == "We met [removed] (the [removed] case) twice."
    assert update["redacted"]["reason"] == REASON


def test_a_phrase_is_taken_as_it_is_written_and_a_repeat_brings_it_not_back(api: Api) -> None:
    for place, phrase in enumerate(["a.c", "50% (of *all*)", "É. Ångström", "C:\\new", 'said "so"', "$1 [x] {2} ^|+?"]):
        lucy, path, body = api.as_("lucy"), f"{api.action(NUMBER)}/updates", {"text": f"abc {phrase.lower()} x"}
        made = lucy.post(path, body, headers=KEYS[place]).json
        assert (
            api.as_("admin").post(f"/updates/{made['id']}/redaction", {"reason": REASON, "words": phrase}).status_code
            == 200
        )
        assert api.as_("robert").read(f"/updates/{made['id']}")["text"] == "abc [removed] x"
        again = lucy.post(path, body, headers=KEYS[place])
        assert (again.headers["Idempotency-Replayed"], again.json["text"]) == ("true", "abc [removed] x")


def test_of_an_action_it_goes_from_wording_dates_reasons_people_and_updates(api: Api) -> None:
    jane, path = api.as_("jane"), api.action(NUMBER)
    say_it_everywhere(api)
    jane.patch(path, {"text": f"Support {SECRET}."}, headers=jane.etag(path))
    jane.patch(path, {"text": f"Support {SECRET} and others."}, headers=jane.etag(path))
    jane.patch(path, {"status": "on_hold", "reason": f"{SECRET} is away."}, headers=jane.etag(path))
    moved = {"kind": "season", "printed": "Spring 2027", "reason": f"{SECRET} moved."}
    jane.post(f"{path}/dates", moved, headers=KEYS[2])
    api.sql(
        "UPDATE action SET text_printed = %s, by_whom_printed = %s, seeded = seeded || jsonb_build_object('text', %s::text),"
        " notes = jsonb_build_array(jsonb_build_object('code', 'check', 'text', %s::text)) WHERE id = %s",
        *[f"With {SECRET}"] * 4,
        path.rsplit("/", 1)[1],
    )
    held = found_in(api, SECRET)
    assert {
        "action.text",
        "action.status_reason",
        "action.seeded",
        "action.notes",
        "date_entry.reason",
        "journal.before",
    } <= held
    told = redact(api, path, words=SECRET)
    assert found_in(api, SECRET) == set()
    counts = {each["where"]: each["count"] for each in told["found"]}
    assert (counts["action"], counts["progress updates"], counts["dates"]) == (1, 1, 1)
    action = api.as_("robert").read(path)
    assert (action["text"], action["status_reason"]) == ("Support [removed] and others.", "[removed] is away.")


def test_who_has_the_old_wording_open_does_not_put_it_back(api: Api) -> None:
    jane, path = api.as_("jane"), api.action(NUMBER)
    jane.patch(path, {"text": f"Support {SECRET}."}, headers=jane.etag(path))
    opened = jane.etag(path)
    redact(api, path, words=SECRET)
    assert problem(jane.patch(path, {"text": f"Support {SECRET} now."}, headers=opened)) == (412, "stale-version")


def test_every_past_day_is_told_without_them_though_it_was_kept(api: Api) -> None:
    made = api.as_("lucy").say(NUMBER, f"We met {SECRET}.")
    api.clock.move(days=2)
    past = f"{PLAN}?as_at=2026-11-22"
    before = api.as_("robert").get(past)
    assert SECRET in before.text
    api.confirm_all()
    redact(api, f"/updates/{made['id']}", words=SECRET)
    after = api.as_("robert").get(past, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert SECRET not in after.text
    assert "We met [removed]." in after.text
    assert after.json["revision"] == before.json["revision"]


def test_nothing_that_is_given_out_or_logged_holds_them(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    update, reader = say_it_everywhere(api), api.as_("robert")
    paths = [
        PLAN + each
        for each in (
            "",
            "/actions",
            "/actions.csv",
            "/actions.json",
            "/updates.csv",
            "/updates.json",
            "/changes",
            "/journal",
        )
    ] + [api.action(NUMBER)]
    assert all(SECRET in reader.get(path).text for path in paths)
    redact(api, f"/updates/{update}", words=SECRET)
    assert [path for path in paths if SECRET in reader.get(path).text] == []
    assert SECRET not in caplog.text


def test_history_and_feed_say_that_it_was_done(api: Api) -> None:
    made = api.as_("lucy").say(NUMBER, SECRET)
    cursor = api.as_("robert").read(f"{PLAN}/changes?limit=200")["cursor"]
    redact(api, f"/updates/{made['id']}")
    entry = api.as_("robert").read(f"{api.action(NUMBER)}/history")["data"][0]
    assert entry["sentence"] == f"Business Manager removed words from Lucy Goodfellow's update: {REASON}"
    assert entry["undoable"] is False
    (change,) = api.as_("robert").read(f"{PLAN}/changes?since={cursor}")["data"]
    assert (change["verb"], change["change"], change["object"]["redacted"]["reason"]) == ("redacted", "changed", REASON)


def test_what_else_there_is_stays_as_it_was(api: Api) -> None:
    other = api.as_("lucy").say("3.5", "Other words.")
    update = say_it_everywhere(api)
    journal = "SELECT id, md5(journal::text) FROM journal WHERE object_id <> %s ORDER BY id"
    columns = "SELECT id, md5((to_jsonb(journal) - 'before' - 'after')::text) FROM journal ORDER BY id"
    updates = "SELECT id, md5(progress_update::text) FROM progress_update WHERE id <> %s"
    before = api.sql(journal, update), api.sql(columns), api.sql(updates, update)
    redact(api, f"/updates/{update}")
    newest = len(before[1])
    assert (api.sql(journal, update), api.sql(columns)[:newest], api.sql(updates, update)) == before
    assert api.as_("robert").read(f"/updates/{other['id']}")["redacted"] is None
    after = api.one("SELECT after FROM journal WHERE object_id = %s AND verb = 'posted'", update)
    assert (after["rating"], after["author_name"], after["text"]) == ("A", "Lucy Goodfellow", "[removed]")


def test_ids_and_statuses_are_no_words(api: Api) -> None:
    """A phrase that is also in codes and ids changes none of them."""
    made = api.as_("lucy").say(NUMBER, "Delivered on Spring day.", claim="delivered")
    path = api.action(NUMBER)
    redact(api, path, words="delivered")
    action = api.as_("robert").read(path)
    assert (action["status"], action["updates"][0]["claim"]) == ("delivered", "delivered")
    assert action["updates"][0]["text"] == "[removed] on Spring day."
    part = made["id"][:8]
    assert (
        problem(api.as_("admin").post(f"{path}/redaction", {"reason": REASON, "words": part}))[1] == "validation-failed"
    )


@pytest.mark.parametrize(
    ("words", "reason", "pointer"),
    [
        ("ab", REASON, "/words"),
        ("Remove", REASON, "/words"),
        ("not there", REASON, "/words"),
        (SECRET, f"It named {SECRET}.", "/reason"),
    ],
    ids=["too short", "part of the mark", "not there", "the reason holds them"],
)
def test_what_cannot_be_done_is_said(spoken: tuple[Api, str], words: str, reason: str, pointer: str) -> None:
    api, update = spoken
    before = api.journal_length()
    answer = api.as_("admin").post(f"/updates/{update}/redaction", {"reason": reason, "words": words})
    assert problem(answer) == (422, "validation-failed")
    assert answer.json["errors"][0]["pointer"] == pointer
    assert api.journal_length() == before


def test_it_has_to_be_confirmed_anew(api: Api) -> None:
    update = say_it_everywhere(api)
    api.clock.move(minutes=11)
    answer = api.as_("admin").post(f"/updates/{update}/redaction", {"reason": REASON})
    assert problem(answer) == (403, "confirmation-needed")


def test_the_mark_fits_where_the_words_did(api: Api) -> None:
    """The mark is longer than the words it takes the place of; a text never outgrows its column."""
    made = api.as_("lucy").say(NUMBER, "abc " * 1000)
    redact(api, f"/updates/{made['id']}", words="abc")
    assert "abc" not in api.as_("robert").read(f"/updates/{made['id']}")["text"]


# --- the journal stays append-only ----------------------------------------------------------------


def _as(databases: Databases, api: Api, role: str) -> Any:
    return databases.connect(api.url.split("/")[3].split("?")[0], role)


@pytest.mark.parametrize("role", ["plan_web", "plan_owner", "postgres"])
def test_nobody_changes_the_journal_but_by_that_function(
    databases: Databases, spoken: tuple[Api, str], role: str
) -> None:
    with _as(databases, spoken[0], role) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("UPDATE journal SET verb = 'x'")


def test_the_web_role_is_not_helped_by_saying_that_it_redacts(databases: Databases, spoken: tuple[Api, str]) -> None:
    with _as(databases, spoken[0], "plan_web") as connection:
        connection.execute("SET plan.redacting = 'yes'")
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("UPDATE journal SET verb = 'x'")


def test_the_owner_is_refused_again_once_it_has_run(databases: Databases, spoken: tuple[Api, str]) -> None:
    with _as(databases, spoken[0], "plan_owner") as connection, connection.transaction():
        connection.execute("SELECT redact_journal('{}', '{text}', 'abc')")
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("UPDATE journal SET verb = 'x'")


def test_the_web_role_cannot_take_a_status_out_of_it(databases: Databases, spoken: tuple[Api, str]) -> None:
    api, update = spoken
    before = api.sql("SELECT md5(journal::text) FROM journal ORDER BY id")
    with _as(databases, api, "plan_web") as connection:
        found = connection.execute(
            "SELECT redact_journal(%s, '{rating,status,author_name,action}', NULL)", ([UUID(update)],)
        )
        assert found.fetchone() == (0,)
    assert api.sql("SELECT md5(journal::text) FROM journal ORDER BY id") == before


def test_the_web_role_never_takes_all_words_of_a_name_or_a_plan_and_a_title_of_the_plan_only(
    databases: Databases, spoken: tuple[Api, str]
) -> None:
    """Of a name a phrase may go, and never all of it; what nobody but a plan has stays elsewhere."""
    api, _ = spoken
    people, plans = (
        [row[0] for row in api.sql("SELECT DISTINCT object_id FROM journal WHERE object_type = ANY (%s)", kinds)]
        for kinds in (["person", "agency", "named_group"], ["plan", "objective"])
    )
    before = api.sql("SELECT md5(journal::text) FROM journal ORDER BY id")
    with _as(databases, api, "plan_web") as connection:
        for objects, members, pattern in (
            (people, ["name", "post", "joined", "actor_name"], None),
            (people, ["title", "heading", "role", "kind"], "[a-z]+"),
            (plans, ["name", "title", "text"], None),
            (plans, ["post", "short_name", "slug"], "[a-z]+"),
        ):
            found = connection.execute("SELECT redact_journal(%s, %s, %s)", (objects, members, pattern))
            assert found.fetchone() == (0,)
    assert (bool(people), bool(plans), api.sql("SELECT md5(journal::text) FROM journal ORDER BY id")) == (
        True,
        True,
        before,
    )


def test_everybody_else_may_not_run_it(spoken: tuple[Api, str]) -> None:
    api, _ = spoken
    may = "SELECT has_function_privilege(%s, 'redact_journal(uuid[], text[], text)', 'EXECUTE')"
    assert (api.one(may, "plan_web"), api.one(may, "pg_monitor")) == (True, False)
