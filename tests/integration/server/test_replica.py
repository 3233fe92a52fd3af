"""A replica answers the heavy reads, and only while it shows exactly what the primary does (ADR 11)."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from api.http.database.replica import read_one, read_several
from api.http.database.replica_state import describe_replica
from tests.client import PLAN
from tests.conftest import TEMPLATE, Databases
from tests.integration.replicas import READS, Pair, Worker, killed
from tests.integration.serving import REPO

pytestmark = pytest.mark.fault


EXPORTS = {"the status", "the flat rows"}


@pytest.mark.parametrize("name", READS)
def test_a_read_asks_the_primary_who_is_asking_and_the_standby_the_rest(worker: Worker, name: str) -> None:
    with worker.counting() as sent:
        answer = worker.api.as_("lucy").get(READS[name](worker.api))
    assert answer.status_code == 200
    # That data was taken out is noted in the audit, which is written where everything is.
    assert sent["primary"] == (2 if name in EXPORTS else 1)
    assert sent["replica"] >= 2


@pytest.mark.parametrize("name", READS)
def test_the_standby_answers_as_the_primary_does(worker: Worker, name: str) -> None:
    lucy, path = worker.api.as_("lucy"), READS[name](worker.api)
    by_standby = lucy.get(path)
    worker.forget()
    worker.replica.left = True
    by_primary = lucy.get(path)
    assert by_standby.data == by_primary.data
    assert by_standby.headers.get("ETag") == by_primary.headers.get("ETag")


def test_the_standby_itself_sees_the_readers(pair: Pair, worker: Worker) -> None:
    worker.api.as_("lucy").read(PLAN)
    query = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'partnership-plan' AND usename = 'plan_web'"
    assert pair.standby.ask(query) == 1


@pytest.mark.parametrize("name", ["the plan", "the list", "one action", "the updates"])
def test_a_writer_sees_their_write_at_once_while_the_standby_is_paused(pair: Pair, worker: Worker, name: str) -> None:
    lucy, path, said = worker.api.as_("lucy"), READS[name](worker.api), f"Seen in {name}."
    with pair.standby.paused():
        lucy.say("3.4", said)
        assert said in lucy.get(path).text
    pair.settle()
    worker.forget()
    with worker.counting() as sent:
        assert said in lucy.get(path).text
    assert sent["primary"] == 1


def test_a_follower_skips_nothing_and_starts_nothing_again_while_the_standby_is_paused(
    pair: Pair, worker: Worker
) -> None:
    """A standby that lacks what a cursor has reached must not look like a database restored from a backup."""
    robert, since, told = worker.api.as_("robert"), None, []

    def follow() -> None:
        nonlocal since
        page: dict[str, Any] = {"has_more": True}
        while page["has_more"]:
            page = robert.read(f"{PLAN}/changes?limit=200" + (f"&since={since}" if since else ""))
            since = page["cursor"]
            told.extend(each["id"] for each in page["data"] if each["verb"] == "posted")

    follow()
    told.clear()
    said = []
    with pair.standby.paused():
        for _ in range(3):
            said.append(worker.api.as_("lucy").say("3.4")["id"])
            follow()
    pair.settle()
    said.append(worker.api.as_("lucy").say("3.4")["id"])
    follow()
    assert told == said


def test_a_session_ended_is_refused_at_once_while_the_standby_is_paused(pair: Pair, worker: Worker) -> None:
    robert = worker.api.as_("robert")
    session = pair.seeded.sessions["robert"]["session"]
    with pair.standby.paused():
        worker.api.sql("UPDATE session SET ended_at = now() WHERE id = %s", session)
        try:
            assert robert.get(READS["one action"](worker.api)).status_code == 401
        finally:
            worker.api.sql("UPDATE session SET ended_at = NULL WHERE id = %s", session)


@pytest.mark.parametrize("how", [read_several, read_one])
@pytest.mark.parametrize(
    ("moved", "who"),
    [((0, 0), True), ((1, 0), False), ((-1, 0), False), ((0, 1), False), ((0, -1), False)],
)
def test_only_exactly_the_state_that_the_primary_told_is_read_from_the_standby(
    worker: Worker, how: Any, moved: tuple[int, int], who: bool
) -> None:
    asked = worker.read(worker.at(*moved), lambda session: session.scalar(text("SELECT pg_is_in_recovery()")), how)
    assert asked is who
    assert not worker.replica.left


def test_a_replica_that_is_left_costs_nothing(pair: Pair, worker: Worker) -> None:
    worker.replica.rest = 60
    with killed(pair.standby):
        worker.api.as_("lucy").read(PLAN)
        assert worker.replica.left
        worker.forget()
        with worker.counting() as sent:
            worker.api.as_("lucy").read(PLAN)
    assert sent == {"primary": 9}


def test_a_server_that_is_no_standby_is_left(pair: Pair, caplog: pytest.LogCaptureFixture) -> None:
    with pair.worker(pair.primary.url("plan_web", TEMPLATE)) as worker:
        worker.api.as_("lucy").read(PLAN)
        assert worker.replica.left
    assert [record.fields["error"] for record in caplog.records if record.message == "replica left"] == ["NotAReplica"]


def described(worker: Worker) -> Any:
    with worker.api.app.app_context():
        return describe_replica()


FOLLOWING = {"state": "following", "behind_changes": 0, "behind_seconds": 0.0}


def test_plan_check_tells_how_the_replica_stands(pair: Pair) -> None:
    pair.settle()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "SECRET_KEY"},
        "DATABASE_URL": pair.primary.url("plan_web", TEMPLATE),
        "DATABASE_REPLICA_URL": pair.standby.url(TEMPLATE).replace("+psycopg", ""),
    }
    command = (sys.executable, "-m", "api.cli", "check")
    done = subprocess.run(command, cwd=REPO, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, json.loads(done.stdout)) == (0, {"status": "ok", "replica": FOLLOWING})


def test_a_paused_standby_is_told_with_what_it_lacks(pair: Pair, worker: Worker) -> None:
    pair.settle()
    before = worker.api.journal_length()
    with pair.standby.paused():
        worker.api.as_("lucy").say("3.4")
        found = described(worker)
        lacks = worker.api.journal_length() - before
    assert (found["state"], found["behind_changes"]) == ("paused", lacks)
    # An entry bears the app's time, which is the tests' noon; how old it is, the database's clock says.
    noon_was = (datetime.now(UTC) - worker.api.clock.now).total_seconds()
    assert -1 < noon_was - found["behind_seconds"] < 30


def test_a_standby_that_is_away_is_told(pair: Pair, worker: Worker) -> None:
    with killed(pair.standby):
        assert described(worker) == {"state": "away", "error": "OperationalError"}


def test_a_server_that_is_no_standby_is_told(pair: Pair) -> None:
    with pair.worker(pair.primary.url("plan_web", TEMPLATE)) as worker:
        assert described(worker) == {"state": "not a replica: it takes writes"}


def test_a_standby_of_another_database_is_told(databases: Databases, pair: Pair) -> None:
    with databases.one() as name, pair.worker(primary_url=databases.url(name)) as worker:
        assert described(worker) == {"state": "a replica of another database"}
