"""What somebody may do is decided in the transaction that writes: who loses the right while their request waits is refused."""

import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from werkzeug.test import TestResponse

from tests.client import PLAN, Api, Caller, problem
from tests.conftest import connect
from tests.integration.server.test_faults_inside import is_waited_for
from tests.integration.serving import wait_until

NUMBER = "3.4"
OF_ACTION = "SELECT 1 FROM action WHERE id = '{action}' FOR UPDATE"
OF_PLAN = "SELECT 1 FROM plan WHERE id = '{plan}' FOR UPDATE"
Asking = tuple[psycopg.Connection[Any], "Future[TestResponse]"]


@contextmanager
def waiting(api: Api, ask: Any, held: str = OF_ACTION) -> Iterator[Asking]:
    """A request that waits for somebody else's transaction, which holds the action; it goes on when the block ends."""
    url = api.url.replace("plan_web", "postgres", 1)
    with connect(url) as other, ThreadPoolExecutor(1) as pool:
        other.execute("BEGIN")
        other.execute(held.format(action=api.seeded.actions[NUMBER], plan=api.seeded.plan).encode())
        asked = pool.submit(ask)
        wait_until(lambda: is_waited_for(other), 10)
        yield other, asked
        other.execute("COMMIT")


def posting(caller: Caller) -> Any:
    path = f"{caller.api.action(NUMBER)}/updates"
    return lambda: caller.post(path, {"text": "We met."}, headers={"Idempotency-Key": "0123456789abcdef"})


def moving(caller: Caller) -> Any:
    body = {"kind": "season", "printed": "Spring 2027", "reason": "Agreed."}
    return lambda: caller.post(f"{caller.api.action(NUMBER)}/dates", body)


def nothing_was_written(api: Api, before: tuple[int, int]) -> bool:
    return (api.revision(), api.journal_length()) == before


def stands(api: Api) -> tuple[int, int]:
    return api.revision(), api.journal_length()


def taken_off(api: Api) -> str:
    return f"DELETE FROM place WHERE action_id = '{api.seeded.actions[NUMBER]}' AND person_id = '{api.person('Lucy Goodfellow')}'"


@pytest.mark.parametrize("touches", ["", "UPDATE action SET revision = revision WHERE id = '{action}'"])
def test_who_is_taken_off_the_action_while_posting_is_refused(api: Api, touches: str) -> None:
    before = stands(api)
    with waiting(api, posting(api.as_("lucy"))) as (other, asked):
        other.execute(taken_off(api).encode())
        if touches:
            other.execute(touches.format(action=api.seeded.actions[NUMBER]).encode())
    assert problem(asked.result(10)) == (403, "forbidden")
    assert nothing_was_written(api, before)


def test_who_is_put_on_the_action_while_their_request_waits_may_post(api: Api) -> None:
    """As it stands when it is written, both ways."""
    place = api.sql(
        "SELECT to_jsonb(p) FROM place p WHERE action_id = %s AND person_id = %s",
        api.seeded.actions[NUMBER],
        api.person("Lucy Goodfellow"),
    )[0][0]
    put_on = "INSERT INTO place SELECT * FROM jsonb_populate_record(NULL::place, %s::jsonb)"
    api.sql(taken_off(api))
    with waiting(api, posting(api.as_("lucy"))) as (other, asked):
        other.execute(put_on.encode(), [json.dumps(place)])
    assert asked.result(10).status_code == 201


def test_who_no_longer_leads_the_objective_moves_no_date(api: Api) -> None:
    before = stands(api)
    with waiting(api, moving(api.as_("jane"))) as (_, asked):
        api.sql("UPDATE objective SET lead_id = %s WHERE position = 3", api.person("Gordon Henderson"))
    assert problem(asked.result(10)) == (403, "forbidden")
    assert nothing_was_written(api, before)


ENDINGS = {
    "disabled": ("UPDATE account SET disabled_at = now() WHERE id = %s", (401, "session-revoked")),
    "session ended": ("UPDATE session SET ended_at = now() WHERE account_id = %s", (401, "session-revoked")),
    "role changed": ("UPDATE account SET role = 'viewer' WHERE id = %s", (403, "forbidden")),
    "stands for somebody else": (
        "UPDATE account SET person_id = NULL WHERE id = %s",
        (403, "forbidden"),
    ),
}


@pytest.mark.parametrize("how", ENDINGS)
@pytest.mark.parametrize(("who", "ask"), [("lucy", posting), ("jane", moving)], ids=["posting", "moving a date"])
def test_whose_account_changes_while_the_request_waits_is_refused(api: Api, who: str, ask: Any, how: str) -> None:
    statement, refusal = ENDINGS[how]
    before = stands(api)
    with waiting(api, ask(api.as_(who))) as (_, asked):
        api.sql(statement, api.seeded.sessions[who]["account"])
    assert problem(asked.result(10)) == refusal
    assert nothing_was_written(api, before)


# NELFT itself has a place on the action.
ON_IT = (
    "INSERT INTO place (id, action_id, position, name, agency_id) SELECT gen_random_uuid(), %s, 99, 'NELFT', id "
    "FROM agency WHERE short_name = 'NELFT'"
)


@pytest.mark.parametrize("path", ["", "/settled-notes"])
def test_who_is_no_administrator_any_more_changes_nothing_of_the_plan(api: Api, path: str) -> None:
    admin = api.as_("admin")
    note = admin.read(PLAN)["notes"][0]
    settled = {"code": note["code"], "text": note["text"], "answer": "So."}
    before, seen = stands(api), admin.etag(PLAN)
    ask = (
        (lambda: admin.post(PLAN + path, settled))
        if path
        else (lambda: admin.patch(PLAN, {"title": "A"}, headers=seen))
    )
    with waiting(api, ask, OF_PLAN) as (other, asked):
        other.execute("UPDATE account SET role = 'viewer' WHERE name = 'Business Manager'")
    assert problem(asked.result(10)) == (403, "forbidden")
    assert nothing_was_written(api, before)


def test_a_token_revoked_while_its_system_waits_writes_nothing(api: Api) -> None:
    system = api.partner("NELFT")
    api.sql(ON_IT, api.seeded.actions[NUMBER])
    system.read("/plans")  # its use is noted now, so that its next request does not hold the token's row
    before = stands(api)
    with waiting(api, posting(system)) as (_, asked):
        api.sql("UPDATE partner_token SET revoked_at = now()")
    assert problem(asked.result(10)) == (401, "invalid-token")
    assert nothing_was_written(api, before)


def test_who_keeps_the_right_waits_and_posts(api: Api) -> None:
    with waiting(api, posting(api.as_("lucy"))) as (other, asked):
        other.execute("UPDATE action SET text = text WHERE id = %s", [api.seeded.actions[NUMBER]])
    assert asked.result(10).status_code == 201


def test_the_rating_given_by_who_was_first_is_the_previous_one_of_who_waited(api: Api) -> None:
    lucy, jane, path = api.as_("lucy"), api.as_("jane"), f"{api.action(NUMBER)}/updates"
    with (
        ThreadPoolExecutor(1) as pool,
        waiting(api, lambda: lucy.post(path, {"text": "We met.", "rating": "G"})) as (_, asked),
    ):
        also = pool.submit(lambda: jane.post(path, {"text": "So did we.", "rating": "A"}))
    answers = [asked.result(10).json, also.result(10).json]
    first, second = sorted(answers, key=lambda each: each["previous_rating"] is not None)
    assert first["previous_rating"] is None
    assert second["previous_rating"] == first["rating"]
