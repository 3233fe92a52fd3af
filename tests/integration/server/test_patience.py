"""Each wait for a database has an end on our side: for connecting, statements, COMMIT and ROLLBACK; in requests and commands (ADR 18)."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from api.backup.errors import BackupError
from api.backup.server import Database
from api.config import with_driver
from api.migrate import migrate
from api.patience import CONNECT, Hangs, Patience, at_most
from tests.client import Api, problem
from tests.conftest import Databases
from tests.integration.processes import stopped
from tests.integration.serving import wait_until
from tests.integration.silent import silent_server


@contextmanager
def taking(least: float, most: float) -> Iterator[None]:
    """What is done in here takes so many seconds."""
    began = time.monotonic()
    yield
    assert least <= time.monotonic() - began < most


@pytest.fixture
def wire(databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """A connection with an end to its waits."""
    url = databases.url("postgres", "postgres").replace("+psycopg", "")
    with Patience().wire.connect(url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that never answers."""
    with silent_server() as port:
        yield f"postgresql://x@127.0.0.1:{port}/x?sslmode=disable"


def test_a_statement_has_an_end(wire: psycopg.Connection[Any]) -> None:
    with taking(0.3, 10), at_most(0.3), pytest.raises(Hangs):
        wire.execute("SELECT pg_sleep(20)")
    assert wire.closed


def test_what_waits_for_several_answers_has_an_end_too(wire: psycopg.Connection[Any]) -> None:
    def ask_on() -> None:
        for _ in range(200):
            wire.execute("SELECT pg_sleep(0.1)")

    with taking(0.5, 10), at_most(0.5), pytest.raises(Hangs):
        ask_on()


def test_an_inner_end_does_not_reach_beyond_the_outer(wire: psycopg.Connection[Any]) -> None:
    with taking(0.2, 10), at_most(0.2), at_most(20), pytest.raises(Hangs):
        wire.execute("SELECT pg_sleep(20)")


def test_what_was_waited_inside_counts_outside(wire: psycopg.Connection[Any]) -> None:
    with at_most(0.4):
        with at_most(20):
            wire.execute("SELECT pg_sleep(0.3)")
        with taking(0, 10), pytest.raises(Hangs):
            wire.execute("SELECT pg_sleep(20)")


@pytest.mark.parametrize("end", ["COMMIT", "ROLLBACK"])
def test_commit_and_rollback_have_an_end(wire: psycopg.Connection[Any], end: str) -> None:
    wire.execute("BEGIN")
    with stopped(wire.info.backend_pid), taking(0.3, 10), at_most(0.3), pytest.raises(Hangs):
        wire.execute(end.encode())
    assert wire.closed


def test_an_error_of_the_database_is_itself(wire: psycopg.Connection[Any]) -> None:
    with at_most(5), pytest.raises(psycopg.errors.DivisionByZero):
        wire.execute("SELECT 1/0")
    with at_most(5):
        wire.execute("SET statement_timeout = 50")
        with pytest.raises(psycopg.errors.QueryCanceled):
            wire.execute("SELECT pg_sleep(20)")
    assert not wire.closed


def test_connecting_has_an_end(silent: str) -> None:
    with taking(CONNECT - 0.1, 10), pytest.raises(psycopg.OperationalError):
        Patience().wire.connect(silent)
    with taking(0.3, 10), at_most(0.3), pytest.raises(Hangs):
        Patience().wire.connect(silent)


def test_of_a_server_that_hangs_one_looks_and_the_others_are_told_at_once(silent: str) -> None:
    patience = Patience()
    with pytest.raises(Hangs):
        patience.wire.connect(silent)
    assert patience.hangs
    took: list[float] = []
    together = threading.Barrier(8)

    def ask() -> None:
        together.wait()
        began = time.monotonic()
        with pytest.raises(Hangs):
            patience.wire.connect(silent)
        took.append(time.monotonic() - began)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(took) == 8
    assert len([each for each in took if each > 1]) == 1


def test_a_server_that_is_back_is_used_again(silent: str, databases: Databases) -> None:
    patience = Patience()
    with pytest.raises(Hangs):
        patience.wire.connect(silent)
    patience.wire.connect(databases.url("postgres", "postgres").replace("+psycopg", "")).close()
    assert not patience.hangs


def test_a_request_that_has_waited_enough_says_nothing_of_the_server(wire: psycopg.Connection[Any]) -> None:
    patience: Patience = type(wire).patience  # type: ignore[attr-defined]
    with at_most(0.2), pytest.raises(Hangs):
        wire.execute("SELECT pg_sleep(20)")
    assert not patience.hangs


def test_commands_that_move_whole_databases_end_too(silent: str) -> None:
    url = with_driver(silent)
    with taking(2, 10), pytest.raises(BackupError), Database.at(url).connect():
        pass
    with taking(2, 20), pytest.raises(BackupError, match="pg_dump failed"):
        Database.at(url).run("pg_dump")
    with taking(2, 10), pytest.raises(OperationalError):
        migrate(url)


AT_COMMIT = """
CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER dawdle AFTER INSERT ON progress_update DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION dawdle()
"""
_AT_IT = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query = 'COMMIT' AND wait_event = 'PgSleep'"


def test_a_database_that_hangs_at_the_commit(api: Api) -> None:
    """Nobody knows whether it was saved, which the answer says; the same key saves it once, whichever it was."""
    api.sql(AT_COMMIT)
    lucy, path, key = api.as_("lucy"), f"{api.action('3.4')}/updates", {"Idempotency-Key": str(uuid4())}
    with ThreadPoolExecutor(1) as pool:
        posted = pool.submit(lambda: lucy.post(path, {"text": "We met."}, headers=key))
        wait_until(lambda: api.sql(_AT_IT), 10)
        with stopped(api.one(_AT_IT)):
            answer = posted.result(20)
    assert problem(answer) == (503, "database-unavailable")
    assert "may or may not be there" in answer.get_json()["detail"]
    api.sql("DROP TRIGGER dawdle ON progress_update")
    assert lucy.post(path, {"text": "We met."}, headers=key).status_code == 201
    assert api.sql("SELECT text FROM progress_update") == [("We met.",)]


def test_check_says_within_seconds_that_the_database_hangs(silent: str, tmp_path: Path) -> None:
    with taking(1, 20):
        done = subprocess.run(
            [sys.executable, "-m", "api.cli", "check"],
            env={**os.environ, "DATABASE_URL": silent, "DATA_DIR": str(tmp_path)},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert (done.returncode, "database-unavailable" in done.stdout) == (1, True), done.stderr
