"""Faults inside a running server: a lock held by somebody else, no connection left, a worker killed, told to stop (API 6, 11.3, 12)."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from api.app import create_app
from tests.client import Api, problem
from tests.conftest import PASSWORD, SECRET, Clock, Databases, Seeded, connect, email_of, settings_for
from tests.integration.processes import workers_of
from tests.integration.server.test_faults import Writer, texts, writing
from tests.integration.serving import Server, serving, wait_until

pytestmark = pytest.mark.fault


@contextmanager
def held(url: str, action: str) -> Iterator[psycopg.Connection[Any]]:
    """Somebody else's transaction that has locked this action."""
    with connect(url) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT 1 FROM action WHERE id = %s FOR UPDATE", [action])
        yield connection
        connection.execute("ROLLBACK")


@pytest.fixture
def narrow(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """The app that works at one request at a time."""
    with databases.one() as name:
        app = create_app(replace(settings_for(databases.url(name)), threads=1), clock=Clock())
        api = Api(app, Clock(), seeded, lambda: databases.connect(name), databases.url(name, "postgres"))
        yield api
        api.close()


class Slow(BytesIO):
    """A body that does not come before it is let."""

    def __init__(self, body: bytes) -> None:
        super().__init__(body)
        self.asked, self.come = threading.Event(), threading.Event()

    def readinto(self, buffer: Any, /) -> int:
        self.asked.set()
        assert self.come.wait(20)
        return super().readinto(buffer)


def test_whose_turn_does_not_come_is_told_so_after_three_seconds(narrow: Api) -> None:
    lucy, robert, action = narrow.as_("lucy"), narrow.as_("robert"), narrow.action("3.4")
    assert robert.get("/plans").status_code == 200
    slow = Slow(b'{"text": "We met."}')
    sent = {"input_stream": slow, "headers": {"Content-Type": "application/json"}}
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: lucy.post(f"{action}/updates", **sent))
        assert slow.asked.wait(10)
        began = time.monotonic()
        answer = robert.get("/plans")
        seconds = time.monotonic() - began
        healths = [narrow.nobody.get(f"/health/{name}").status_code for name in ("live", "ready")]
        slow.come.set()
        assert waiting.result(20).status_code == 201
    assert problem(answer) == (503, "database-unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert 2.5 < seconds < 4.8
    # Nobody keeps these two waiting. The test's database is not one that keeps what it acknowledges.
    assert healths == [200, 503]
    assert robert.get("/plans").status_code == 200


def is_waited_for(connection: psycopg.Connection[Any]) -> bool:
    """Whether somebody waits for the end of this connection's transaction."""
    asked = "SELECT 1 FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid"
    return connection.execute(asked).fetchone() is not None


@pytest.fixture
def served(databases: Databases, tmp_path: Path) -> Iterator[tuple[Server, str]]:
    """A server of two workers over a database of this test's own, with Lucy signed in, and the administrator's address of it."""
    with (
        databases.one() as name,
        serving("serve", tmp_path, DATABASE_URL=databases.url(name), SECRET_KEY=SECRET, RATE_LIMIT="0") as server,
    ):
        server.sign_in(email_of("lucy"), PASSWORD)
        yield server, databases.url(name, "postgres")


def test_a_lock_that_is_not_given_up_is_503_within_five_seconds(served: tuple[Server, str], seeded: Seeded) -> None:
    server, url = served
    action = seeded.actions["3.4"]
    with held(url, action):
        began = time.monotonic()
        answer = server.ask("POST", f"/actions/{action}/updates", {"text": "We met."})
        seconds = time.monotonic() - began
    assert (answer.status, answer.json["code"]) == (503, "database-unavailable")
    assert "too long" in answer.json["detail"]
    assert 3.5 < seconds < 5
    assert texts(server, action) == []


def test_what_is_in_flight_when_told_to_stop_is_finished(served: tuple[Server, str], seeded: Seeded) -> None:
    server, url = served
    action = seeded.actions["3.4"]
    with held(url, action) as connection, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: server.ask("POST", f"/actions/{action}/updates", {"text": "In flight."}))
        wait_until(lambda: is_waited_for(connection), 5)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        connection.execute("ROLLBACK")
        assert waiting.result(10).status == 201
        assert server.process.wait(15) == 0
    with connect(url) as after:
        assert after.execute("SELECT text FROM progress_update").fetchall() == [("In flight.",)]


def test_kill_9_of_a_worker_loses_and_doubles_nothing(served: tuple[Server, str], seeded: Seeded) -> None:
    """Three writers never stop posting, and repeat with the same key what was cut off, while a worker dies, three times."""
    server, _ = served
    action = seeded.actions["3.4"]
    writers = [Writer(server, action, f"writer {number}", {}) for number in range(3)]
    with writing(writers):
        for _ in range(3):
            time.sleep(1)
            before = workers_of(server.process.pid)
            assert before
            killed = min(before)
            os.kill(killed, signal.SIGKILL)
            wait_until(lambda known=before: workers_of(server.process.pid) - known, 15)
        count = sum(len(writer.acknowledged) for writer in writers)
        wait_until(lambda: sum(len(writer.acknowledged) for writer in writers) > count + 10, 20)
    acknowledged = [text for writer in writers for text in writer.acknowledged]
    print(f"{len(acknowledged)} acknowledged, {sum(writer.refused for writer in writers)} cut off")
    assert sorted(texts(server, action)) == sorted(acknowledged)


def test_twins_and_a_killed_worker_make_one_update(served: tuple[Server, str], seeded: Seeded) -> None:
    """The worker dies between the write and its answer: the repeat finds either nothing or the answer, never half."""
    server, url = served
    action, key = seeded.actions["3.5"], str(uuid4())
    with held(url, action) as connection:
        cut_off = threading.Thread(target=_ignore_the_end, args=(server, action, key), daemon=True)
        cut_off.start()
        wait_until(lambda: is_waited_for(connection), 5)
        before = workers_of(server.process.pid)
        for worker in before:
            os.kill(worker, signal.SIGKILL)
    wait_until(lambda: len(workers_of(server.process.pid) - before) >= len(before), 20)
    cut_off.join(10)
    answers = [
        server.ask("POST", f"/actions/{action}/updates", {"text": "Once."}, Idempotency_Key=key) for _ in range(2)
    ]
    assert [answer.status for answer in answers] == [201, 201]
    assert texts(server, action) == ["Once."]


def _ignore_the_end(server: Server, action: str, key: str) -> None:
    try:
        server.ask("POST", f"/actions/{action}/updates", {"text": "Once."}, Idempotency_Key=key)
    except OSError:
        return
