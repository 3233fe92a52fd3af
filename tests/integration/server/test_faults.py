"""A real server, and what is done to it: the database killed, away and back, the process told to stop (API 11.3, 12)."""

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from api import local
from api.app import create_app
from api.config import Settings
from api.domain.plan.permissions import Role
from api.embedded import EmbeddedPostgres
from api.embedded.sockets import listener_pid
from api.extensions import db
from api.http.database.transaction import write
from api.migrate import migrate
from api.services.accounts.accounts import create_account
from tests.conftest import PASSWORD, SECRET
from tests.integration.serving import Answer, Server, serving, wait_until

pytestmark = pytest.mark.fault


def action_id(server: Server, number: str) -> str:
    plan = server.ask("GET", "/plans/havering-2020-23").json
    found: str = next(a["id"] for o in plan["objectives"] for a in o["actions"] if a["number"] == number)
    return found


def admin_of(folder: Path) -> tuple[str, str]:
    accounts = json.loads((folder / "demo-accounts.json").read_text())
    admin = next(each for each in accounts if each["role"] == "admin")
    return admin["email"], admin["password"]


def texts(server: Server, action: str) -> list[str]:
    found: list[str] = []
    path = f"/actions/{action}/updates?limit=200"
    while path:
        page = server.ask("GET", path).json
        found += [each["text"] for each in page["data"]]
        path = (page["links"]["next"] or "").removeprefix("/api/v1")
    return found


def post(server: Server, action: str, text: str, key: str) -> Answer:
    return server.ask("POST", f"/actions/{action}/updates", {"text": text}, Idempotency_Key=key)


# --- plan run ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run") / "data"


@pytest.fixture(scope="module")
def run(folder: Path) -> Iterator[Server]:
    """Everything on this machine, started from nothing, with its admin signed in."""
    with serving("run", folder.parent, DATA_DIR=str(folder)) as server:
        server.sign_in(*admin_of(folder))
        yield server


def test_start_from_nothing_to_first_answer(run: Server, record_property: Callable[[str, object], None]) -> None:
    record_property("seconds to first answer", run.seconds)
    print(f"first start: {run.seconds:.1f} s")
    assert run.seconds < 30


def test_ready_says_that_what_is_acknowledged_is_kept(run: Server) -> None:
    assert (run.ask("GET", "/health/ready").status, run.ask("GET", "/health/ready").json) == (200, {"status": "ok"})


def test_demonstration_accounts_are_private(run: Server, folder: Path) -> None:
    assert (folder / "demo-accounts.json").stat().st_mode & 0o077 == 0
    assert (folder / "secret-key").stat().st_mode & 0o077 == 0


def test_a_second_server_on_the_port_says_so(run: Server, tmp_path: Path) -> None:
    import subprocess
    import sys

    environment = {**os.environ, "PORT": str(run.port), "DATABASE_URL": "postgresql://nowhere/", "SECRET_KEY": SECRET}
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "serve"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert f"Port {run.port} is in use" in done.stderr


@dataclass
class Writer:
    """Posts without pause; repeats with the same key what was not acknowledged."""

    server: Server
    action: str
    name: str
    acknowledged: dict[str, str]
    refused: int = 0
    stop: bool = False
    give_up: bool = False

    def run(self) -> None:
        number = 0
        while not self.stop:
            number += 1
            text, key = f"{self.name} {number}", str(uuid4())
            while not self._once(text, key) and not self.give_up:
                time.sleep(0.05)

    def _once(self, text: str, key: str) -> bool:
        try:
            answer = post(self.server, self.action, text, key)
        except OSError:
            self.refused += 1
            return False
        if answer.status != 201:
            assert answer.status == 503, answer.body
            self.refused += 1
            return False
        self.acknowledged[text] = answer.json["id"]
        return True


@contextmanager
def writing(writers: list[Writer]) -> Iterator[None]:
    """Let them write meanwhile; at the end each finishes what it has begun, or gives up when it cannot."""
    threads = [threading.Thread(target=writer.run, daemon=True) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        yield
        for writer in writers:
            writer.stop = True
        for thread in threads:
            thread.join(20)
        assert not [thread for thread in threads if thread.is_alive()]
    finally:
        for writer in writers:
            writer.stop = writer.give_up = True


def kill_the_database(folder: Path) -> None:
    """SIGKILL the postmaster, and wait until another has taken its place."""
    socket_dir = json.loads((folder / "state.json").read_text())["socket_dir"]
    pid = listener_pid(socket_dir)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: listener_pid(socket_dir) not in {None, pid}, 20)


def test_kill_9_of_the_database_loses_and_doubles_nothing(run: Server, folder: Path) -> None:
    """Three writers never stop posting while the postmaster and its backends are killed, twice."""
    action = action_id(run, "3.4")
    writers = [Writer(run, action, f"writer {number}", {}) for number in range(3)]
    with writing(writers):
        for _ in range(2):
            # A server that dies within two seconds of its start is taken to be broken, and is not started again.
            time.sleep(3)
            kill_the_database(folder)
        count = sum(len(writer.acknowledged) for writer in writers)
        wait_until(lambda: sum(len(writer.acknowledged) for writer in writers) > count + 10, 20)
    acknowledged = [text for writer in writers for text in writer.acknowledged]
    stored = texts(run, action)
    print(f"{len(acknowledged)} acknowledged, {sum(writer.refused for writer in writers)} refused or cut off")
    assert sum(writer.refused for writer in writers) > 0
    assert sorted(stored) == sorted(acknowledged)


def test_sigterm_finishes_what_is_in_flight_and_a_second_start_keeps_the_data(tmp_path: Path) -> None:
    data = tmp_path / "data"
    kept: list[str] = []
    with serving("run", tmp_path, DATA_DIR=str(data)) as server:
        server.sign_in(*admin_of(data))
        action = action_id(server, "3.4")

        def write_on() -> None:
            for number in range(10_000):
                try:
                    answer = post(server, action, f"update {number}", str(uuid4()))
                except OSError:
                    return
                if answer.status == 201:
                    kept.append(f"update {number}")

        thread = threading.Thread(target=write_on, daemon=True)
        thread.start()
        wait_until(lambda: len(kept) > 20, 20)
        assert server.stop() == 0
        thread.join(30)
    with serving("run", tmp_path, DATA_DIR=str(data)) as again:
        print(f"second start: {again.seconds:.1f} s")
        again.sign_in(*admin_of(data))
        stored = texts(again, action)
    assert set(kept) <= set(stored)
    assert len(stored) == len(set(stored))


# --- plan serve, over a database that comes and goes --------------------------------------------------------


@dataclass
class Apart:
    """A server, and the database that it does not own."""

    server: Server
    database: EmbeddedPostgres


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apart]:
    folder = tmp_path_factory.mktemp("apart")
    with EmbeddedPostgres(folder / "data") as database:
        migrate(database.url("plan_owner"))
        app = create_app(Settings(database_url=database.url("plan_web"), secret_key=SECRET))
        local.seed_file(app, local.FIRST_PLAN)

        def make(session: Any) -> None:
            work = local.work_of(app, session, "test")
            create_account(work, email="admin@example.org", name="Admin", role=Role.ADMIN, password=PASSWORD)

        with app.app_context():
            write(make)
            db.engine.dispose()
        environment = {"DATABASE_URL": database.url("plan_web"), "SECRET_KEY": SECRET}
        with serving("serve", folder, **environment) as server:
            server.sign_in("admin@example.org", PASSWORD)
            yield Apart(server, database)


AWAY: dict[str, tuple[str, str, Any]] = {
    "a read": ("GET", "/plans/havering-2020-23", None),
    "me": ("GET", "/me", None),
    "a write": ("POST", "/actions/{}/updates", {"text": "x"}),
    "a sign-in": ("POST", "/auth/sign-in", {"email": "admin@example.org", "password": PASSWORD}),
    "ready": ("GET", "/health/ready", None),
}


def test_a_database_that_is_away_is_503_in_time_and_back_without_a_restart(apart: Apart) -> None:
    server = apart.server
    action = action_id(server, "3.4")
    apart.database.stop()
    for name, (method, path, body) in AWAY.items():
        began = time.monotonic()
        answer = server.ask(method, path.format(action), body)
        seconds = time.monotonic() - began
        assert (answer.status, answer.json["code"]) == (503, "database-unavailable"), name
        assert answer.headers["content-type"] == "application/problem+json"
        assert int(answer.headers["retry-after"]) > 0
        assert seconds < 5, name
    assert server.ask("GET", "/health/live").status == 200
    apart.database.start()
    seconds = wait_until(lambda: server.ask("GET", "/health/ready").status == 200, 10)
    print(f"back after {seconds:.2f} s")
    assert server.ask("GET", "/plans/havering-2020-23").status == 200
    assert post(server, action, "Back again.", str(uuid4())).status == 201


def test_hostile_requests_over_a_real_connection(apart: Apart) -> None:
    """What the server in front of Flask sees first: still problems, and it lives on."""
    import socket

    for raw in (
        b"GARBAGE\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
        b"POST /api/v1/seeds HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", apart.server.port), timeout=5) as connection:
            connection.sendall(raw)
            connection.settimeout(2)
            with suppress(OSError):
                connection.recv(4096)
    assert apart.server.ask("GET", "/health/live").status == 200


def test_log_lines_are_json_and_tell_no_secrets(apart: Apart) -> None:
    apart.server.ask("GET", "/plans/havering-2020-23/actions?q=Confidential", X_Request_Id="find-me-in-the-log")
    apart.server.ask("POST", "/auth/sign-in", {"email": "admin@example.org", "password": "not this one either"})
    log = apart.server.log.read_text()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert any(line.get("request_id") == "find-me-in-the-log" for line in lines)
    for secret in (PASSWORD, "not this one either", "Confidential", SECRET, apart.server.headers["Authorization"][7:]):
        assert secret not in log


def test_twins_over_two_workers_make_one_update(apart: Apart) -> None:
    action, key = action_id(apart.server, "3.5"), str(uuid4())
    answers: list[Answer] = []
    threads = [
        threading.Thread(target=lambda: answers.append(post(apart.server, action, "Once.", key))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert {answer.status for answer in answers} == {201}
    assert len({answer.body for answer in answers}) == 1
    assert texts(apart.server, action) == ["Once."]


def test_every_worker_gives_the_same_plan(apart: Apart) -> None:
    answers = [apart.server.ask("GET", "/plans/havering-2020-23") for _ in range(20)]
    assert len({answer.body for answer in answers}) == 1
    assert len({answer.headers["etag"] for answer in answers}) == 1
