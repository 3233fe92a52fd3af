"""Merges and handovers in time: yesterday is told as it was, the seed brings nobody back, and of two at once one wins."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import monotonic, sleep
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.api.people.test_handover import hand, items
from tests.api.people.test_merges import merged, people_on, undo
from tests.client import PLAN, Api, body_of
from tests.factories import seed_document
from tests.integration.diary import Diary
from tests.integration.plan.test_as_at import act

DALE, DALL, TREVOR, JANE, LUCY = "Louise Dibsdale", "Louise Dibsdall", "Trevor Cook", "Jane Carroll", "Lucy Goodfellow"


def test_every_evening_before_and_after_is_told_again_as_it_was(api: Api) -> None:
    diary = Diary(api)
    api.as_("jane").say("3.8", "Started.", rating="G")
    diary.sleep()
    first = again(diary, lambda: merged(api, DALE, DALL))
    diary.sleep()
    second = again(diary, lambda: merged(api, TREVOR, DALL))
    api.as_("admin").say("4.8", "After it.", rating="A")
    diary.sleep()
    again(diary, lambda: undo(api, second))
    diary.sleep()
    again(diary, lambda: hand(api, JANE, items(api, JANE, LUCY, a4_6=None)))
    again(diary, lambda: hand(api, "Robert South", items(api, "Robert South", DALL)))
    sign_in_anew(api, "robert")
    diary.sleep()
    again(diary, lambda: undo(api, first))
    diary.sleep()
    diary.check()
    assert len(diary.evenings) == 6


def again(diary: Diary, do: Callable[[], Any]) -> Any:
    """Do it in the first minutes of the session, as what is sensitive needs."""
    diary.api.sql("UPDATE session SET authenticated_at = %s", diary.api.clock.now)
    done = do()
    if isinstance(done, TestResponse):
        assert done.status_code == 200, done.text
    return done


def sign_in_anew(api: Api, who: str) -> None:
    """The evenings are read by Robert South, who has just left."""
    api.sql("UPDATE account SET disabled_at = NULL WHERE id = %s", api.seeded.sessions[who]["account"])
    api.sql("UPDATE session SET ended_at = NULL WHERE account_id = %s", api.seeded.sessions[who]["account"])


# --- the seed ---------------------------------------------------------------------------------------------


def load(api: Api, document: dict[str, Any]) -> Any:
    answer = api.as_("admin").post("/seeds", document)
    assert answer.status_code == 200, answer.text
    return answer.json


def changes(api: Api) -> dict[str, Callable[[], Any]]:
    return {
        "a merge": lambda: merged(api, DALE, DALL),
        "a merge with both on one action": lambda: merged(api, TREVOR, DALE),
        "a merge that was undone": lambda: undo(api, merged(api, DALE, DALL)),
        "a handover": lambda: hand(api, JANE, items(api, JANE, LUCY)),
    }


@pytest.mark.parametrize(
    "what", ["a merge", "a merge with both on one action", "a merge that was undone", "a handover"]
)
def test_the_same_file_again_writes_nothing(api: Api, what: str) -> None:
    changes(api)[what]()
    before, length = body_of(api.as_("pippa").get(PLAN)), api.journal_length()
    report = load(api, seed_document())
    assert (report["written"], report["created"], report["changed"], report["kept"]) == (False, {}, [], [])
    assert api.journal_length() == length
    assert body_of(api.as_("pippa").get(PLAN)) == before


def test_a_changed_file_speaks_of_who_stands_for_them_now(api: Api) -> None:
    merged(api, DALE, DALL)
    document = seed_document()
    act(document, "4.8")["by_whom"]["named"].reverse()
    document["objectives"][2]["lead"] = {"person": "louise-dibsdale", "printed": DALE}
    act(document, "1.1")["by_whom"]["named"].insert(0, {"person": "louise-dibsdale"})
    document["objectives"][5]["actions"].append(
        {
            **act(document, "6.6"),
            "number": "6.7",
            "by_whom": {"printed": DALE, "named": [{"person": "louise-dibsdale"}]},
        }
    )
    report = load(api, document)
    assert [each["what"] for each in report["changed"]] == ["objective 3", "action 4.8"]
    assert (DALL, DALE) in people_on(api, "4.8")
    assert [each[0] for each in people_on(api, "1.1")].count(DALL) == 1
    last = api.as_("robert").read(PLAN)["objectives"][5]["actions"][-1]
    assert [each["person"] for each in last["by_whom"]["named"]] == [api.person(DALL)]
    assert api.as_("robert").read(api.action("3.1"))["lead"]["person"] == api.person(DALL)
    assert load(api, document)["written"] is False


def test_a_changed_file_does_not_undo_a_handover(api: Api) -> None:
    hand(api, JANE, items(api, JANE, LUCY))
    document = seed_document()
    act(document, "3.8")["by_whom"]["named"].reverse()
    document["objectives"][2]["lead"]["printed"] = "J. Carroll"
    kept = load(api, document)["kept"]
    assert kept == [{"what": "objective 3", "fields": ["lead_printed"]}, {"what": "action 3.8", "fields": ["places"]}]
    assert people_on(api, "3.8") == [(LUCY, LUCY)]


# --- at once ----------------------------------------------------------------------------------------------


def at_once(*acts: Callable[[], TestResponse]) -> list[TestResponse]:
    start = Barrier(len(acts))

    def run(do: Callable[[], TestResponse]) -> TestResponse:
        start.wait(10)
        return do()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_who_join_the_same_pair_the_other_way_round_one_wins(api: Api) -> None:
    dale, dall = api.person(DALE), api.person(DALL)
    answers = at_once(
        lambda: api.as_("admin").post(f"/people/{dale}/merge", {"into": dall}),
        lambda: api.as_("second admin").post(f"/people/{dall}/merge", {"into": dale}),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert api.one("SELECT count(*) FROM person WHERE merged_into_id IS NOT NULL") == 1
    assert api.one("SELECT count(*) FROM person_merge") == 1


def test_two_who_undo_it_undo_it_once(api: Api) -> None:
    done = merged(api, DALE, DALL)
    path = f"/merges/{done['id']}/undo"
    answers = at_once(*(lambda who=who: api.as_(who).post(path) for who in ("admin", "second admin")))
    assert sorted(answer.status_code for answer in answers) == [200, 409]


@pytest.mark.parametrize("turn", range(4))
def test_a_post_while_its_writer_is_joined_is_kept_whole(api: Api, turn: int) -> None:
    """It stands under the one name or the other, and the action counts it; nothing of it is lost."""
    lucy, path = api.as_("lucy"), f"{api.action('3.4')}/updates"
    body = {"text": f"While it happens, {turn}.", "claim": "delivered"}
    posted, joined = at_once(
        lambda: lucy.post(path, body),
        lambda: api.as_("admin").post(f"/people/{api.person(LUCY)}/merge", {"into": api.person(DALL)}),
    )
    assert (posted.status_code, joined.status_code) == (201, 200)
    author, claimed = api.sql(
        "SELECT u.author_person_id::text, a.claimed_by_person_id::text FROM progress_update u JOIN action a ON a.latest_update_id = u.id"
    )[0]
    assert author == claimed
    assert author in {api.person(LUCY), api.person(DALL)}
    assert lucy.say("3.4", "Afterwards.")["author"]["person"] == api.person(DALL)


def test_who_is_joined_between_two_looks_posts_under_the_new_name(api: Api) -> None:
    """The post has been let in as Lucy Goodfellow, and finds the action as it is once she is Louise Dibsdall."""
    lucy, dall = api.person(LUCY), api.person(DALL)
    with api.connect() as holder, ThreadPoolExecutor(1) as pool:
        holder.execute("BEGIN")
        holder.execute("LOCK TABLE objective IN ACCESS EXCLUSIVE MODE")
        posting = pool.submit(api.as_("lucy").post, f"{api.action('3.4')}/updates", {"text": "Still mine."})
        wait_for_a_lock(api)
        for change in ("place SET person_id", "account SET person_id"):
            holder.execute(f"UPDATE {change} = %s WHERE person_id = %s".encode(), (dall, lucy))
        holder.execute("UPDATE person SET merged_into_id = %s WHERE id = %s", (dall, lucy))
        holder.execute("COMMIT")
        answer = posting.result(20)
    assert answer.status_code == 201, answer.text
    assert answer.json["author"]["person"] == dall


def wait_for_a_lock(api: Api) -> None:
    until = monotonic() + 10
    while not api.one(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    ):
        assert monotonic() < until
        sleep(0.02)


def test_two_handovers_of_one_leaver_are_one(api: Api) -> None:
    given = items(api, JANE, LUCY)
    body = {"items": given, "left_on": "2026-11-20"}
    path = f"/people/{api.person(JANE)}/handover"
    answers = at_once(*(lambda who=who: api.as_(who).post(path, body) for who in ("admin", "second admin")))
    assert sorted(answer.status_code for answer in answers) == [200, 422]
