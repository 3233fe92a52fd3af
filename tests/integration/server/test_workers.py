"""The server outlives its workers, its workers do not outlive it, and what cannot start says so (API 12)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SECRET, Databases
from tests.integration.processes import children_of, is_over, threads_of, workers_of
from tests.integration.serving import NO_LIMITS, REPO, Server, free_port, serving, wait_until

pytestmark = pytest.mark.fault


@pytest.fixture
def server(databases: Databases, tmp_path: Path) -> Iterator[Server]:
    with (
        databases.one() as name,
        serving("serve", tmp_path, DATABASE_URL=databases.url(name), SECRET_KEY=SECRET) as found,
    ):
        yield found


def answers(server: Server) -> bool:
    try:
        return server.ask("GET", "/health/live").status == 200
    except OSError:
        return False


def kill(pids: set[int]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: all(is_over(pid) for pid in pids), 10)


def test_all_workers_die_at_once_and_then_one_after_the_other(server: Server) -> None:
    pid = server.process.pid
    for turn in range(2):
        wait_until(lambda: len(workers_of(pid)) == 2, 20)
        kill(workers_of(pid))
        print(f"answers {wait_until(lambda: answers(server), 20):.2f} s after both died, {turn + 1}")
    for _ in range(5):
        wait_until(lambda: workers_of(pid), 20)
        kill({min(workers_of(pid))})
        wait_until(lambda: answers(server), 20)
    wait_until(lambda: len(workers_of(pid)) == 2, 20)
    assert server.process.poll() is None
    lines = [line for line in server.log.read_text().splitlines() if "worker died" in line]
    assert len(lines) == 9
    assert server.stop() == 0


def test_it_is_stopped_while_it_pauses_between_deaths(server: Server) -> None:
    pid = server.process.pid
    for _ in range(5):
        wait_until(lambda: workers_of(pid), 20)
        kill(workers_of(pid))
    assert server.stop() == 0


def test_a_process_that_has_ended_is_looked_at_without_harm() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    assert threads_of(ended.pid) >= 1
    ended.wait(20)
    assert (children_of(ended.pid), threads_of(ended.pid), workers_of(ended.pid)) == (set(), 0, set())
    assert is_over(ended.pid)


@pytest.mark.parametrize("command", ["serve", "run"])
def test_the_workers_of_a_killed_server_end_and_the_next_start_finds_its_port(
    databases: Databases, tmp_path: Path, command: str
) -> None:
    """`run` with its own database, which stops with its last user."""
    port = free_port()
    with databases.one() as name:
        own = {"DATA_DIR": str(tmp_path / "data")} if command == "run" else {"DATABASE_URL": databases.url(name)}
        environment = {**own, "SECRET_KEY": SECRET, "PORT": str(port)}
        with serving(command, tmp_path, **environment) as killed:
            started = children_of(killed.process.pid)
            kill({killed.process.pid})
            gone = wait_until(lambda: all(is_over(pid) for pid in started), 10)
            print(f"{len(started)} orphans gone after {gone:.2f} s")
            with serving(command, tmp_path, **environment) as again:
                assert answers(again)
                assert again.stop() == 0


def test_workers_that_cannot_start_end_the_server_with_a_word(tmp_path: Path) -> None:
    code = (
        "from api.config import Settings\n"
        "from api.serve import make_server\n"
        f"settings = Settings(database_url='postgresql+psycopg://nowhere/', secret_key='x', port={free_port()})\n"
        "make_server(settings).serve(target_loader=lambda _target: 1 / 0)"
    )
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPO, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, "workers end as soon as they start" in done.stderr) == (1, True), done.stderr
    assert "ZeroDivisionError" in done.stderr
    assert time.monotonic() - began < 30


def test_a_log_that_cannot_be_written_is_said_at_the_start(tmp_path: Path) -> None:
    environment = {"DATABASE_URL": "postgresql://nowhere/", "SECRET_KEY": SECRET, "PORT": str(free_port())}
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "serve"],
        env={**os.environ, **NO_LIMITS, **environment, "LOG_FILE": str(tmp_path / "none" / "api.log")},
        cwd=REPO, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr.startswith("The log cannot be written to")) == (1, True), done.stderr
