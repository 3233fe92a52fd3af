"""The change feed under writers that overtake each other, and what a page costs (ADR 2)."""

import time
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects import postgresql

from api.extensions import db
from api.http.database.transaction import write
from api.local import work_of
from api.queries.history import changes, history
from api.services.plan.updates import post_update
from tests.client import PLAN, Api
from tests.integration.database.test_costs import statements

CHANGES = f"{PLAN}/changes"
TURNS = 8


class ChangedTheirMindError(Exception):
    """A writer gives up with everything written but the commit."""


def write_for_a_while(api: Api, writer: int) -> set[str]:
    """Post updates in transactions that wait before and after they take their revision; the ids that were acknowledged.

    Every fourth is rolled back, and of every fourth the connection is killed once: it is tried again.
    """
    random, acknowledged = Random(writer), set()
    action = UUID(api.seeded.actions[f"4.{writer + 1}"])
    for turn in range(TURNS):
        killed = False

        def work(session: Any, turn: int = turn) -> str:
            nonlocal killed
            session.execute(text("SELECT pg_current_xact_id()"))
            time.sleep(random.uniform(0, 0.03))
            posted = post_update(work_of(api.app, session, "tests"), action, text=f"{writer}: {turn}")
            time.sleep(random.uniform(0, 0.01))
            if turn % 4 == 2:
                raise ChangedTheirMindError
            if turn % 4 == 3 and not killed:
                killed = True
                session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
            return str(posted.update["id"])

        with api.app.app_context():
            try:
                acknowledged.add(write(work))
            except ChangedTheirMindError:
                continue
    return acknowledged


def test_what_is_acknowledged_is_told_once_and_in_order(api: Api) -> None:
    """Writers commit in another order than they began; a reader polls meanwhile and skips nothing."""
    reader, found, empty = api.as_("robert"), [], 0
    since = reader.read(f"{CHANGES}?limit=200")["cursor"]
    with ThreadPoolExecutor(6) as pool:
        writers = [pool.submit(write_for_a_while, api, number) for number in range(6)]
        done = False
        while not done:
            # Asked before the poll: what was committed by then is in it.
            done = all(writer.done() for writer in writers)
            page = reader.read(f"{CHANGES}?limit=3&since={since}")
            since, done = page["cursor"], done and not page["has_more"]
            found += page["data"]
            empty += not page["data"]
    acknowledged = set().union(*(writer.result() for writer in writers))
    posted = [each["id"] for each in found if each["verb"] == "posted"]
    assert len(acknowledged) == 6 * TURNS * 3 // 4
    assert sorted(posted) == sorted(acknowledged)
    revisions = [each["revision"] for each in found if each["type"] in {"action", "update"}]
    assert revisions == sorted(revisions)
    # They did overtake each other: transactions are numbered here when they begin.
    began = [
        row[0] for row in api.sql("SELECT xmin::text::bigint FROM journal WHERE verb = 'posted' ORDER BY revision")
    ]
    assert began != sorted(began)


# --- what it costs ------------------------------------------------------------------------------------


def test_a_304_of_the_feed_costs_one_statement(api: Api) -> None:
    robert = api.as_("robert")
    path = f"{CHANGES}?since={robert.read(f'{CHANGES}?limit=200')['cursor']}"
    etag = robert.get(path).headers["ETag"]
    with statements(api) as sent:
        assert robert.get(path, headers={"If-None-Match": etag}).status_code == 304
    assert len(sent) == 1


def test_a_page_costs_the_same_number_of_statements_for_1_change_and_for_100(api: Api) -> None:
    costs = []
    for limit in (1, 100):
        with statements(api) as sent:
            api.as_("robert").get(f"{CHANGES}?limit={limit}")
        costs.append(len([each for each in sent if each.startswith("SELECT")]))
    assert costs[0] <= costs[1] <= 13


LONG = 30_000
FILL = """
INSERT INTO journal (at, plan_id, revision, directory_revision, request_id, actor_name, object_type, object_id, verb, after)
SELECT now(), plan, CASE WHEN plan IS NULL THEN NULL ELSE n END, CASE WHEN plan IS NULL THEN n END, 'x', 'Lucy', 'action',
       (ARRAY(SELECT id FROM action))[1 + n %% 42], 'reworded', '{"text": "x"}'
FROM generate_series(1000, %s) n, (SELECT id AS plan FROM plan UNION ALL SELECT NULL) plans
"""
STATEMENTS: dict[str, tuple[Any, dict[str, Any]]] = {
    "the feed from the beginning": (changes.OF_PLAN, {"revision": 0, "entry": 0}),
    "the feed in the middle": (changes.OF_PLAN, {"revision": LONG // 2, "entry": 1}),
    "the feed at its end": (changes.OF_PLAN, {"revision": LONG, "entry": 1}),
    "the directory in the middle": (changes.OF_DIRECTORY, {"revision": LONG // 2, "entry": 1}),
    "the newest of the journal": (history.OF_PLAN, {"revision": history.LATEST, "entry": history.LATEST}),
    "the journal in the middle": (history.OF_PLAN, {"revision": LONG // 2, "entry": 1}),
    "the directory's journal": (history.OF_DIRECTORY, {"revision": LONG // 2, "entry": 1}),
    "the history of an action": (history.OF_ACTION, {"entry": history.LATEST}),
}


def test_no_page_depends_on_the_length_of_the_history(api: Api) -> None:
    """Each reads an index range and the page's own rows: some tens of blocks of a table of a thousand."""
    for counter in ("plan_revision", "directory_revision"):
        api.sql(f"UPDATE {counter} SET value = %s", LONG)
    api.sql(FILL, LONG)
    api.sql("ANALYZE")
    keys = {"plan": UUID(api.seeded.plan), "action": UUID(api.seeded.actions["3.4"]), "limit": 101}
    assert api.one("SELECT pg_relation_size('journal') / 8192") > 900
    for name, (statement, more) in STATEMENTS.items():
        assert blocks_of(api, statement, keys | more) < 250, name


def blocks_of(api: Api, statement: Any, keys: dict[str, Any]) -> int:
    """The blocks of tables and indexes that a statement reads."""
    sql = str(statement.compile(dialect=postgresql.psycopg.dialect()))
    with api.app.app_context():
        plan = (
            db.session.connection().exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", keys).scalar_one()
        )
        db.session.rollback()
    top = plan[0]["Plan"]
    return int(top["Shared Hit Blocks"] + top["Shared Read Blocks"])
