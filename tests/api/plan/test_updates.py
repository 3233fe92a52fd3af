"""Posting progress: what an update holds, what it does to the action, and that nothing is lost or doubled (DOMAIN 6)."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import monotonic, sleep
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.client import PLAN, PREFIX, Api, Caller, problem

KEY = "a-key-of-sixteen-or-more"


def post(
    caller: Caller, number: str = "3.4", key: str | None = None, etag: str | None = None, **fields: Any
) -> TestResponse:
    headers = {name: value for name, value in {"Idempotency-Key": key, "If-Match": etag}.items() if value is not None}
    return caller.post(f"{caller.api.action(number)}/updates", {"text": "We met.", **fields}, headers=headers)


def test_every_field_comes_back_as_it_was_sent(api: Api) -> None:
    fields = {
        "text": "The data set is agreed.",
        "rating": "A",
        "claim": "delivered",
        "next_step": "Publish it.",
        "impact": "One set of figures.",
        "evidence": [{"title": "Minutes", "url": "https://example.org/minutes?id=1#a"}],
    }
    update = api.as_("lucy").post(f"{api.action('3.4')}/updates", fields).json
    assert {name: update[name] for name in fields} == fields


def test_an_update_says_who_when_and_where(api: Api) -> None:
    update = api.as_("pippa").say("1.1", "We met.")
    assert update["author"] == {"person": api.person("Pippa Ward"), "name": "Pippa Ward", "agency": "NELFT"}
    assert update["posted_at"] == update["created_at"] == "2026-11-22T12:00:00Z"
    assert update["action"] == api.seeded.actions["1.1"]
    assert (update["version"], update["entered_by"], update["mine"]) == (1, None, True)


def test_what_was_left_out_is_null(api: Api) -> None:
    update = api.as_("lucy").say("3.4")
    names = ("rating", "previous_rating", "claim", "next_step", "impact")
    assert [update[name] for name in names] == [None] * 5
    assert (update["evidence"], update["no_change"]) == ([], False)


def test_the_location_is_the_update(api: Api) -> None:
    answer = post(api.as_("lucy"))
    assert api.as_("lucy").read(answer.headers["Location"].removeprefix(PREFIX)) == answer.json


def test_an_update_is_mine_for_its_author_only(api: Api) -> None:
    path = post(api.as_("lucy")).headers["Location"].removeprefix(PREFIX)
    assert [api.as_(who).read(path)["mine"] for who in ("lucy", "jane", "robert")] == [True, False, False]


@pytest.mark.parametrize(
    "body", [{"no_change": True}, {"no_change": True, "text": ""}, {"no_change": True, "text": " \u200b"}]
)
def test_no_change_needs_no_words(api: Api, body: dict[str, Any]) -> None:
    answer = api.as_("lucy").post(f"{api.action('3.4')}/updates", body)
    assert answer.json["text"] == "No change since the last update."


def test_no_change_may_have_words_of_its_own(api: Api) -> None:
    assert api.as_("lucy").say("3.4", "As before.", no_change=True)["text"] == "As before."


# --- what it does to the action -----------------------------------------------------------------------


def test_the_first_update_makes_the_action_in_progress(api: Api) -> None:
    assert api.as_("lucy").say("3.4")["status"] == "in_progress"
    action = api.as_("lucy").read(api.action("3.4"))
    assert (action["status"], action["needs_update"], action["updates_count"]) == ("in_progress", False, 1)


def test_the_change_of_status_names_its_update(api: Api) -> None:
    update = api.as_("lucy").say("3.4")
    (change,) = api.as_("lucy").read(api.action("3.4"))["status_changes"]
    assert (change["from"], change["to"], change["by"]) == ("not_reported", "in_progress", "Lucy Goodfellow")
    assert change["update"] == update["id"]


def test_a_second_update_changes_no_status(api: Api) -> None:
    lucy = api.as_("lucy")
    lucy.say("3.4")
    lucy.say("3.4")
    assert len(lucy.read(api.action("3.4"))["status_changes"]) == 1


def test_a_claim_makes_it_delivered_and_not_complete(api: Api) -> None:
    assert api.as_("lucy").say("3.4", claim="delivered")["status"] == "delivered"


def test_what_is_delivered_cannot_be_claimed_again(api: Api) -> None:
    assert problem(post(api.as_("admin"), "4.1", claim="delivered")) == (422, "move-not-allowed")


def test_a_delivered_action_still_takes_words(api: Api) -> None:
    assert api.as_("admin").say("4.1", "Still so.")["status"] == "delivered"


@pytest.mark.parametrize("status", ["withdrawn", "carried_forward", "business_as_usual"])
def test_a_closed_action_takes_words_and_no_rating(api: Api, status: str) -> None:
    jane = api.as_("jane")
    jane.set_status("3.4", status)
    assert jane.say("3.4", "For the record.")["status"] == status
    assert problem(post(jane, rating="G")) == (422, "move-not-allowed")


def test_the_previous_rating_is_the_last_one_given(api: Api) -> None:
    lucy = api.as_("lucy")
    lucy.say("3.4", rating="G")
    lucy.say("3.4")
    assert lucy.say("3.4", rating="R")["previous_rating"] == "G"


def test_an_update_without_a_rating_leaves_the_rating(api: Api) -> None:
    lucy = api.as_("lucy")
    lucy.say("3.4", rating="G")
    lucy.say("3.4")
    assert lucy.read(api.action("3.4"))["rating"]["value"] == "G"


def test_a_contributors_rating_stands_at_once_and_says_whose_it_is(api: Api) -> None:
    update = api.as_("lucy").say("3.4", rating="A")
    rating = api.as_("robert").read(api.action("3.4"))["rating"]
    assert update["acknowledgement"] == {"state": "waiting", "by": None, "at": None, "question": None}
    assert (rating["value"], rating["basis"], rating["declared_by"]) == ("A", "declared", "Lucy Goodfellow")
    assert rating["says"] == "Lucy Goodfellow says at risk, not yet acknowledged"


@pytest.mark.parametrize("who", ["jane", "admin"])
def test_a_lead_officers_and_an_admins_rating_needs_no_acknowledgement(api: Api, who: str) -> None:
    assert api.as_(who).say("3.4", rating="G")["acknowledgement"] is None
    assert api.as_("robert").read(api.action("3.4"))["rating"]["says"] is None


def test_both_sides_are_shown_where_the_date_and_the_word_differ(api: Api) -> None:
    api.as_("jane").say("3.6", rating="G")
    rating = api.as_("robert").read(api.action("3.6"))["rating"]
    assert (rating["value"], rating["declared"], rating["basis"]) == ("R", "G", "past_date")
    assert rating["says"] == "Jane Carroll says on track; past its date since 8 April 2021"


def test_a_lead_officer_who_rates_anew_has_answered_what_waited(api: Api) -> None:
    waiting = api.as_("lucy").say("3.4", rating="G")
    api.as_("jane").say("3.4", rating="A")
    assert api.as_("robert").read(f"/updates/{waiting['id']}")["acknowledgement"]["state"] == "acknowledged"


def test_a_lead_officer_who_does_not_rate_has_answered_nothing(api: Api) -> None:
    waiting = api.as_("lucy").say("3.4", rating="G")
    api.as_("jane").say("3.4")
    assert api.as_("robert").read(f"/updates/{waiting['id']}")["acknowledgement"]["state"] == "waiting"


# --- on behalf of somebody ----------------------------------------------------------------------------


def test_entered_by_an_admin_for_somebody(api: Api) -> None:
    update = api.as_("admin").say("3.4", on_behalf_of=api.person("Lucy Goodfellow"))
    assert (update["author"]["name"], update["entered_by"]) == ("Lucy Goodfellow", "Business Manager")
    assert update["acknowledgement"]["state"] == "waiting"


def test_entered_for_the_lead_officer_needs_no_acknowledgement(api: Api) -> None:
    assert api.as_("admin").say("3.4", on_behalf_of=api.person("Jane Carroll"))["acknowledgement"] is None


@pytest.mark.parametrize("who", ["jane", "lucy"])
def test_only_an_admin_enters_for_others(api: Api, who: str) -> None:
    answer = post(api.as_(who), on_behalf_of=api.person("Kate Dempsey"))
    assert problem(answer) == (403, "forbidden")
    assert answer.json["who_can"] == "an administrator"


def test_nobody_is_entered_for_a_person_who_is_not_there(api: Api) -> None:
    assert problem(post(api.as_("admin"), on_behalf_of="00000000-0000-0000-0000-000000000001"))[0] in {404, 422}


# --- somebody was quicker -----------------------------------------------------------------------------


def test_a_stale_if_match_is_412_with_what_is_there_now(api: Api) -> None:
    lucy = api.as_("lucy")
    etag = lucy.get(api.action("3.4")).headers["ETag"]
    theirs = api.as_("jane").say("3.4", "I was quicker.")
    answer = post(lucy, etag=etag)
    assert problem(answer) == (412, "stale-version")
    assert answer.json["current"] == lucy.read(api.action("3.4"))
    assert answer.json["current"]["updates"][0]["id"] == theirs["id"]
    assert answer.headers["ETag"] == lucy.get(api.action("3.4")).headers["ETag"]


def test_the_etag_of_the_412_lets_the_writer_go_on(api: Api) -> None:
    lucy = api.as_("lucy")
    etag = lucy.get(api.action("3.4")).headers["ETag"]
    api.as_("jane").say("3.4")
    fresh = post(lucy, etag=etag).headers["ETag"]
    assert post(lucy, etag=fresh).status_code == 201


def test_a_stale_post_stores_nothing(api: Api) -> None:
    lucy = api.as_("lucy")
    etag = lucy.get(api.action("3.4")).headers["ETag"]
    api.as_("jane").say("3.4")
    before = api.journal_length()
    post(lucy, etag=etag, key=KEY)
    assert api.journal_length() == before
    assert api.one("SELECT count(*) FROM idempotency_key") == 0


@pytest.mark.parametrize("etag", ['"x"', "nonsense", '"r1.v1"', 'W/"r1.v1.u0"', ""])
def test_an_if_match_that_is_not_ours_is_412(still: Api, etag: str) -> None:
    assert problem(post(still.as_("lucy"), etag=etag)) == (412, "stale-version")


def test_an_edit_of_the_action_never_spoils_a_post(api: Api) -> None:
    lucy = api.as_("lucy")
    etag = lucy.get(api.action("3.4")).headers["ETag"]
    api.as_("jane").set_status("3.4", "in_progress")
    assert post(lucy, etag=etag).status_code == 201


def test_a_post_never_spoils_an_open_edit(api: Api) -> None:
    jane = api.as_("jane")
    match = jane.etag(api.action("3.4"))
    api.as_("lucy").say("3.4")
    answer = jane.patch(api.action("3.4"), {"status": "on_hold", "reason": "Awaiting funds."}, headers=match)
    assert answer.status_code == 200


def test_without_if_match_the_update_is_appended(api: Api) -> None:
    api.as_("jane").say("3.4", "First.")
    api.as_("lucy").say("3.4", "Second.")
    assert [each["text"] for each in api.as_("robert").read(api.action("3.4"))["updates"]] == ["Second.", "First."]


ETAG_CASES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a contributor": ("lucy", "3.4", {}),
    "a contributor who claims": ("lucy", "3.4", {"claim": "delivered"}),
    "a lead": ("jane", "3.4", {}),
    "a lead who rates": ("jane", "3.4", {"rating": "R"}),
    "a lead who claims": ("jane", "3.4", {"claim": "delivered"}),
    "an admin": ("admin", "3.4", {}),
    "an admin who claims": ("admin", "3.4", {"claim": "delivered"}),
    "an admin on a delivered action": ("admin", "4.1", {}),
}


@pytest.mark.parametrize("waits", [False, True], ids=["", "while another waits"])
@pytest.mark.parametrize("case", ETAG_CASES)
def test_the_etag_of_a_post_is_that_of_the_next_read(api: Api, case: str, waits: bool) -> None:
    who, number, fields = ETAG_CASES[case]
    if waits:
        api.as_("admin").say(number, on_behalf_of=api.person("Lucy Goodfellow"))
    caller = api.as_(who)
    posted = post(caller, number, **fields)
    assert posted.headers["ETag"] == caller.get(api.action(number)).headers["ETag"]


# --- once for each key --------------------------------------------------------------------------------


def test_a_repeat_replays_the_same_bytes(api: Api) -> None:
    lucy = api.as_("lucy")
    first, again = post(lucy, key=KEY), post(lucy, key=KEY)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    for name in ("Location", "ETag", "Content-Type"):
        assert again.headers[name] == first.headers[name]
    assert (again.status_code, again.data) == (201, first.data)


def test_a_repeat_writes_nothing(api: Api) -> None:
    post(api.as_("lucy"), key=KEY)
    before = (api.journal_length(), api.revision())
    post(api.as_("lucy"), key=KEY)
    assert (api.journal_length(), api.revision()) == before


def test_a_repeat_is_replayed_though_somebody_posted_since(api: Api) -> None:
    lucy = api.as_("lucy")
    etag = lucy.get(api.action("3.4")).headers["ETag"]
    first = post(lucy, key=KEY, etag=etag)
    api.as_("jane").say("3.4")
    assert post(lucy, key=KEY, etag=etag).data == first.data


def test_the_order_of_members_is_no_other_body(api: Api) -> None:
    lucy, path, headers = api.as_("lucy"), f"{api.action('3.4')}/updates", {"Idempotency-Key": KEY}
    options = {"headers": headers, "content_type": "application/json"}
    first = lucy.open("POST", path, data=b'{"text": "x", "rating": "A"}', **options)
    again = lucy.open("POST", path, data=b'{"rating":"A","text":"x"}', **options)
    assert again.data == first.data


def test_another_body_under_the_same_key_is_422_with_the_original(api: Api) -> None:
    lucy = api.as_("lucy")
    first = post(lucy, key=KEY)
    answer = post(lucy, key=KEY, text="Other words.")
    assert problem(answer) == (422, "idempotency-key-reused")
    assert answer.json["original"] == first.json


def test_the_same_key_is_another_on_another_action(api: Api) -> None:
    lucy = api.as_("lucy")
    assert post(lucy, "3.4", key=KEY).json["id"] != post(lucy, "3.5", key=KEY).json["id"]


def test_the_same_key_is_another_for_somebody_else(api: Api) -> None:
    assert post(api.as_("lucy"), key=KEY).json["id"] != post(api.as_("jane"), key=KEY).json["id"]


@pytest.mark.parametrize(
    "key", ["short", "x" * 15, "x" * 129, "with space in between", "caf\u00e9-caf\u00e9-caf\u00e9-caf\u00e9", ""]
)
def test_a_key_that_cannot_be_used_is_400(still: Api, key: str) -> None:
    assert problem(post(still.as_("lucy"), key=key)) == (400, "idempotency-key-invalid")


@pytest.mark.parametrize("key", ["x" * 16, "x" * 128, "0b5cbd2e-8f2e-4bd9-9d0c-4f2a3a8d5e10", "!~#$%&'()*+,-./:;<"])
def test_a_usable_key(api: Api, key: str) -> None:
    assert post(api.as_("lucy"), key=key).status_code == 201


def test_a_refused_request_does_not_use_the_key_up(api: Api) -> None:
    lucy = api.as_("lucy")
    assert post(lucy, key=KEY, text="").status_code == 422
    assert post(lucy, key=KEY).status_code == 201


def test_a_lost_right_is_not_replayed(api: Api) -> None:
    """The door and the session are asked again; what was stored is not shown to somebody who is signed out."""
    post(api.as_("lucy"), key=KEY)
    api.sql("UPDATE account SET role = 'viewer' WHERE name = 'Lucy Goodfellow'")
    assert post(api.as_("lucy"), key=KEY).status_code == 403


def at_once(count: int, do: Any) -> list[TestResponse]:
    """Run `do(n)` in threads that start together."""
    barrier = Barrier(count)

    def run(number: int) -> TestResponse:
        barrier.wait()
        answer: TestResponse = do(number)
        return answer

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.parametrize("turn", range(5))
def test_twins_with_one_key_make_one_update(api: Api, turn: int) -> None:
    callers = [api.as_("lucy") for _ in range(4)]
    answers = at_once(4, lambda number: post(callers[number], key=KEY))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1
    assert api.one("SELECT count(*) FROM progress_update") == 1


def test_of_writers_with_one_etag_exactly_one_wins(api: Api) -> None:
    callers = [api.as_("lucy") for _ in range(4)]
    etag = callers[0].get(api.action("3.4")).headers["ETag"]
    answers = at_once(4, lambda number: post(callers[number], etag=etag, text=f"Writer {number}."))
    assert sorted(answer.status_code for answer in answers) == [201, 412, 412, 412]
    assert api.one("SELECT count(*) FROM progress_update") == 1


def test_writers_of_one_action_all_count(api: Api) -> None:
    callers = [api.as_(who) for who in ("lucy", "jane", "admin", "lucy")]
    for turn in range(5):
        answers = at_once(4, lambda number, turn=turn: post(callers[number], text=f"{turn}: {number}."))
        assert {answer.status_code for answer in answers} == {201}
    assert api.sql("SELECT updates_count FROM action WHERE updates_count > 0") == [(20,)]


def test_every_revision_is_used_once_and_in_order(api: Api) -> None:
    start = api.revision()
    callers = [api.as_("admin") for _ in range(4)]
    at_once(4, lambda number: [post(callers[number], f"{number + 1}.{turn}") for turn in range(1, 5)][-1])
    revisions = [
        row[0] for row in api.sql("SELECT DISTINCT revision FROM journal WHERE revision > %s ORDER BY 1", start)
    ]
    assert revisions == list(range(start + 1, start + 17))


# --- the journal --------------------------------------------------------------------------------------


def entries(api: Api, since: int) -> list[dict[str, Any]]:
    rows = api.sql(
        "SELECT json_build_object('type', object_type, 'verb', verb, 'before', before, 'after', after, 'who', actor_name,"
        " 'revision', revision, 'request', request_id)::text FROM journal WHERE id > %s ORDER BY id",
        since,
    )
    return [json.loads(row[0]) for row in rows]


def test_a_post_is_journalled_with_before_and_after_under_one_revision(api: Api) -> None:
    since = api.one("SELECT max(id) FROM journal")
    answer = post(api.as_("lucy"), rating="A")
    posted, moved = entries(api, since)
    assert (posted["type"], posted["verb"], posted["before"], posted["who"]) == (
        "update",
        "posted",
        None,
        "Lucy Goodfellow",
    )
    assert (posted["after"]["text"], posted["after"]["rating"]) == ("We met.", "A")
    assert (moved["verb"], moved["before"]) == ("status-changed", {"status": "not_reported"})
    assert moved["after"] == {"status": "in_progress", "update": answer.json["id"]}
    assert posted["revision"] == moved["revision"] == api.revision()
    assert posted["request"] == answer.headers["X-Request-Id"]


def test_the_update_and_its_journal_are_one_transaction(api: Api) -> None:
    post(api.as_("lucy"))
    assert (
        api.one(
            "SELECT count(DISTINCT t.xmin::text) FROM (SELECT xmin FROM progress_update UNION ALL "
            "SELECT xmin FROM journal WHERE verb = 'posted' UNION ALL SELECT xmin FROM plan_revision) t"
        )
        == 1
    )


def test_when_the_journal_cannot_be_written_nothing_is(api: Api) -> None:
    api.sql("ALTER TABLE journal ADD CONSTRAINT full_up CHECK (verb <> 'posted') NOT VALID")
    caller = api.as_("lucy")
    assert caller.client is not None
    answer = caller.client.post(f"{PREFIX}{api.action('3.4')}/updates", json={"text": "x"}, headers=caller.headers)
    assert answer.status_code == 500
    assert (api.one("SELECT count(*) FROM progress_update"), api.revision()) == (0, 1)


def test_the_plan_shows_the_post_of_another_worker_at_once(api: Api) -> None:
    robert = api.as_("robert")
    robert.read(PLAN)
    api.as_("lucy").say("3.4", "Fresh.")
    assert "Fresh." in robert.get(PLAN).text


def test_twins_with_one_key_and_one_etag_make_one_update(api: Api) -> None:
    """The second finds the action changed by the first: that is a repeat, not a clash."""
    callers = [api.as_("lucy") for _ in range(4)]
    etag = callers[0].get(api.action("3.4")).headers["ETag"]
    answers = at_once(4, lambda number: post(callers[number], key=KEY, etag=etag))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1
    assert sorted("Idempotency-Replayed" in answer.headers for answer in answers) == [False, True, True, True]


def test_an_error_is_not_kept_under_its_key(api: Api) -> None:
    lucy = api.as_("lucy")
    seen = lucy.get(api.action("3.4")).headers["ETag"]
    api.as_("jane").say("3.4")
    assert post(lucy, key=KEY, etag=seen).status_code == 412
    again = post(lucy, key=KEY)
    assert (again.status_code, "Idempotency-Replayed" in again.headers) == (201, False)


def test_of_two_ratings_that_waited_for_each_other_the_second_knows_the_first(api: Api) -> None:
    """Both read the action before either rating was there, and wait for its row."""
    blocker = api.connect()
    blocker.autocommit = False
    blocker.execute("SELECT id FROM action WHERE id = %s FOR UPDATE", [api.seeded.actions["3.4"]])

    def waiting() -> int:
        return int(api.one("SELECT count(*) FROM pg_locks WHERE NOT granted"))

    with ThreadPoolExecutor(2) as pool:
        callers = [api.as_("jane"), api.as_("admin")]
        posts = [
            pool.submit(post, caller, rating=letter, text=letter) for caller, letter in zip(callers, "RG", strict=True)
        ]
        until = monotonic() + 10
        while waiting() < 2 and monotonic() < until:
            sleep(0.01)
        assert waiting() >= 2
        blocker.rollback()
        assert {each.result().status_code for each in posts} == {201}
    blocker.close()
    newest, first = api.as_("robert").read(f"{api.action('3.4')}/updates")["data"]
    assert (first["previous_rating"], newest["previous_rating"]) == (None, first["rating"])
