"""One order of locks for every write (ADR 25): what each use case really locks, and six rogues who find no deadlock."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from werkzeug.test import TestResponse

from api.services.ids import new_id
from tests.client import PLAN, Api, Caller
from tests.integration.plan.test_people_moved import items
from tests.lock_order import ORDER, OTHERS, Watch

DALE, DALL = "Louise Dibsdale", "Louise Dibsdall"
ROUNDS = 12


def in_order(locks: Watch) -> list[list[str]]:
    """What each transaction locked of what has a place in the order; the last word on its order is the fixture's."""
    return [[each for each in held if each not in OTHERS] for held in locks.seen]


def merge(api: Api) -> TestResponse:
    return api.as_("admin").post(f"/people/{api.person(DALE)}/merge", {"into": api.person(DALL)})


def hand_over(api: Api) -> TestResponse:
    jane, lucy = "Jane Carroll", "Lucy Goodfellow"
    body = {"items": items(api, jane, lucy), "left_on": "2026-11-20"}
    return api.as_("admin").post(f"/people/{api.person(jane)}/handover", body)


def disable(api: Api) -> TestResponse:
    account = api.seeded.sessions["second admin"]["account"]
    admin = api.as_("admin")
    seen = admin.etag(f"/accounts/{account}")
    return admin.patch(f"/accounts/{account}", {"disabled": True}, headers=seen)


def put_somebody_new_on(api: Api) -> TestResponse:
    pippa, path = api.as_("pippa"), api.action("1.8")
    return pippa.patch(path, {"by_whom": [{"new_person": {"name": "Ann Example"}}]}, headers=pippa.etag(path))


def rename_the_plan(api: Api) -> TestResponse:
    admin = api.as_("admin")
    return admin.patch(PLAN, {"title": "Another title"}, headers=admin.etag(PLAN))


def post(api: Api) -> TestResponse:
    return api.as_("lucy").post(f"{api.action('1.8')}/updates", {"text": "We met."})


USE_CASES = {
    hand_over: {
        "turn of moves",
        "directory_revision",
        "account",
        "person",
        "numbers",
        "action",
        "objective",
        "plan_revision",
    },
    merge: {"turn of moves", "directory_revision", "account", "person", "action", "plan_revision"},
    disable: {"directory_revision", "account", "account_link", "session"},
    put_somebody_new_on: {"turn of moves", "directory_revision", "action", "plan_revision"},
    rename_the_plan: {"plan", "action", "plan_revision"},
    post: {"action", "plan_revision"},
}


@pytest.mark.parametrize("ask", USE_CASES)
def test_each_use_case_locks_what_it_needs_in_the_one_order(api: Api, locks: Watch, ask: Any) -> None:
    api.confirm_all()
    locks.seen.clear()
    answer = ask(api)
    assert answer.status_code in {200, 201}, answer.text
    (held,) = [held for held in in_order(locks) if len(held) > 1]
    assert set(held) >= USE_CASES[ask]
    assert held == sorted(held, key=ORDER.index)


def test_a_lock_out_of_order_is_seen(locks: Watch) -> None:
    """The watch is not blind: a row of an account after a plan's counter, and a lock that foreign keys wait for."""
    held: list[str] = []
    watch = Watch()
    watch.note(held, "UPDATE plan_revision SET value = value + 1")
    watch.note(held, "SELECT account.id FROM account WHERE true FOR NO KEY UPDATE")
    watch.note(held, "SELECT person.id FROM person FOR UPDATE")
    assert len(watch.wrong) == 2
    assert "account is locked after plan_revision" in watch.wrong
    both = Watch()
    both.note([], "WITH touched AS (UPDATE action SET x = 1), next AS (UPDATE plan_revision SET value = 1) SELECT 1")
    assert both.wrong == ["action is locked after plan_revision"]


# A deadlock as the database tells it, the first so many times that somebody posts; the sequence counts rolled back ones too.
DEADLOCK = (
    "CREATE SEQUENCE tries",
    """
    CREATE FUNCTION be_the_victim() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
        IF nextval('public.tries') <= {victims} THEN
            RAISE EXCEPTION 'deadlock detected' USING ERRCODE = 'deadlock_detected';
        END IF;
        RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER victim BEFORE INSERT ON progress_update FOR EACH ROW EXECUTE FUNCTION be_the_victim()",
)


@pytest.mark.parametrize(("victims", "status", "tries"), [(2, 201, 3), (3, 503, 3)])
def test_a_deadlock_is_tried_again_and_then_told(api: Api, victims: int, status: int, tries: int) -> None:
    before = api.journal_length()
    for statement in DEADLOCK:
        api.sql(statement.replace("{victims}", str(victims)))
    answer = post(api)
    assert answer.status_code == status, answer.text
    assert api.one("SELECT last_value FROM tries") == tries
    assert (api.journal_length() > before) is (status == 201)
    assert api.one("SELECT count(*) FROM progress_update") == (status == 201)
    if status == 503:
        assert answer.headers["Retry-After"]
        assert answer.json["detail"] == (
            "Others were changing the same things at this moment. Nothing was saved; try again in a moment."
        )


class Rogue:
    """An administrator who does what they may, as fast as they can, and takes every answer but a fault."""

    def __init__(self, api: Api, who: str) -> None:
        self.caller = Caller(api, api.as_(who).headers)
        self.api, self.answers = api, Counter[int]()

    def take(self, answer: TestResponse) -> TestResponse:
        self.answers[answer.status_code] += 1
        return answer

    def change(self, path: str, body: dict[str, Any]) -> None:
        there = self.take(self.caller.get(path))
        if there.status_code == 200:
            self.take(self.caller.patch(path, body, headers={"If-Match": there.headers["ETag"]}))

    def account_of(self, who: str) -> str:
        return f"/accounts/{self.api.seeded.sessions[who]['account']}"


def demote_and_raise(rogue: Rogue, turn: int) -> None:
    rogue.change(rogue.account_of("robert"), {"role": ("admin", "viewer")[turn % 2]})


def disable_and_enable(rogue: Rogue, turn: int) -> None:
    rogue.change(rogue.account_of("stranger"), {"disabled": turn % 2 == 0})


def edit_the_directory(rogue: Rogue, turn: int) -> None:
    rogue.change(f"/people/{rogue.api.person('Robert South')}", {"post": f"Chair {turn}"})
    agency = rogue.api.one("SELECT id::text FROM agency WHERE short_name = 'NELFT'")
    rogue.change(f"/people/{rogue.api.person('Gloria Okewale')}", {"agency": agency, "post": f"Nurse {turn}"})


def join_and_part(rogue: Rogue, _turn: int) -> None:
    path = f"/people/{rogue.api.person(DALE)}/merge"
    made = rogue.take(rogue.caller.post(path, {"into": rogue.api.person(DALL)}))
    if made.status_code == 200:
        rogue.take(rogue.caller.post(f"/merges/{made.json['id']}/undo", {}))


def change_the_plan(rogue: Rogue, turn: int) -> None:
    rogue.change(PLAN, {"title": f"Title {turn}"})
    rogue.change(rogue.api.action("4.8"), {"by_whom": [{"new_person": {"name": f"Ann {turn} {new_id()}"}}]})


def post_and_number(rogue: Rogue, turn: int) -> None:
    key = {"Idempotency-Key": str(new_id())}
    rogue.take(
        rogue.caller.post(f"{rogue.api.action('4.8')}/updates", {"text": f"Turn {turn}.", "rating": "G"}, headers=key)
    )
    rogue.change(rogue.api.action("4.3"), {"position": 1 + turn % 4})


ROGUES = (demote_and_raise, disable_and_enable, edit_the_directory, join_and_part, change_the_plan, post_and_number)


def test_six_rogues_find_no_deadlock_and_no_fault(api: Api) -> None:
    """Two honest administrators in six threads, a fixed number of rounds; one of the two is disabled halfway."""
    api.confirm_all()
    api.as_("admin").read(PLAN)  # the document that every answer is held to is asked for once, before the threads
    who = ["admin", "second admin"]
    rogues = [Rogue(api, who[place % 2]) for place in range(len(ROGUES))]

    def run(place: int) -> None:
        for turn in range(ROUNDS):
            ROGUES[place](rogues[place], turn)
            if place == 0 and turn == ROUNDS // 2:
                rogues[0].change(rogues[0].account_of("second admin"), {"disabled": True})

    with ThreadPoolExecutor(len(ROGUES)) as pool:
        list(pool.map(run, range(len(ROGUES))))
    answers = sum((rogue.answers for rogue in rogues), Counter[int]())
    assert answers.keys() <= {200, 201, 401, 409, 412, 422}, answers
    assert api.one("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") == 0
    assert wrote_after_their_end(api) == 0
    assert api.one("SELECT count(*) FROM account WHERE role = 'admin' AND disabled_at IS NULL") > 0


def wrote_after_their_end(api: Api) -> int:
    """Entries of the second administrator after the one that says that their account has ended."""
    account = api.seeded.sessions["second admin"]["account"]
    return int(
        api.one(
            "SELECT count(*) FROM journal WHERE account_id = %s AND id >"
            " (SELECT id FROM journal WHERE object_id = %s AND verb = 'disabled')",
            account,
            account,
        )
    )
