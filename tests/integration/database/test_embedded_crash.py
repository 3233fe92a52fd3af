"""What becomes of the server, and of the rows, when things are killed at bad moments."""

import os
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from embedded_helpers import (
    another_user,
    ask,
    connect,
    embedded,
    is_gone,
    kill,
    open_folder,
    postmaster,
    prepared,
    server_pid,
    wait_until,
)

from api.embedded import EmbeddedError, EmbeddedPostgres
from api.embedded.account import choose_account
from api.embedded.locks import is_locked


def log_of(data: Path) -> str:
    return (data / "server.log").read_text()


class Writer(threading.Thread):
    """Inserts rows, each its own transaction, and remembers those that were acknowledged."""

    def __init__(self, server: EmbeddedPostgres) -> None:
        super().__init__()
        self.acknowledged = 0
        self._connection = connect(server, "plan_owner")
        self._connection.execute("CREATE TABLE row (n int PRIMARY KEY)")

    def run(self) -> None:
        try:
            while True:
                self._connection.execute("INSERT INTO row VALUES (%s)", [self.acknowledged + 1])
                self.acknowledged += 1
        except psycopg.OperationalError:
            self._connection.close()


def test_killed_server_comes_back_with_every_acknowledged_row(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    with embedded(data, durable=True) as first:
        pid = postmaster(first)
        assert pid
        writer = Writer(first)
        writer.start()
        wait_until(lambda: writer.acknowledged > 50)
        kill(pid)
        writer.join(10)
        with embedded(data, durable=True) as second:
            assert postmaster(second) not in (pid, None)
            assert second.socket_dir == first.socket_dir
            assert ask(second, "SELECT count(*) FROM row", "plan_owner") >= writer.acknowledged
            assert ask(first, "SELECT max(n) FROM row", "plan_owner") >= writer.acknowledged
    assert "automatic recovery in progress" in log_of(data)


def test_killed_server_is_started_again_under_its_users(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    with embedded(data) as server:
        pid = postmaster(server)
        assert pid
        time.sleep(2.2)  # one that dies younger is not started again
        kill(pid)
        wait_until(lambda: postmaster(server) not in (pid, None), 10)
        wait_until(lambda: answers(server), 10)
        second = postmaster(server)
        assert second
    assert is_gone(second)


def test_stopped_server_is_not_started_again(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    with embedded(data):
        time.sleep(2.2)  # long enough to be started again, had it been killed
    wait_until(lambda: not is_locked(data / "keeper.lock"), 5)
    assert log_of(data).count("starting PostgreSQL") == 1


def answers(server: EmbeddedPostgres) -> bool:
    try:
        return ask(server, "SELECT true") is True
    except psycopg.OperationalError:
        return False


def test_server_stops_when_its_only_user_is_killed(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    with another_user(data) as user:
        pid = server_pid(user)
        user.kill()
        wait_until(lambda: is_gone(pid), 5)
    wait_until(lambda: not is_locked(data / "keeper.lock"), 5)
    assert "database system is shut down" in log_of(data).splitlines()[-1]


def test_death_of_one_user_leaves_the_server_to_the_others(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    with another_user(data) as starter, embedded(data) as server:
        pid = server_pid(starter)
        assert postmaster(server) == pid
        starter.kill()
        starter.wait(5)
        time.sleep(1)
        assert postmaster(server) == pid
        assert ask(server, "SELECT 1") == 1
    assert is_gone(pid)


def test_killed_keeper_is_replaced_by_the_next_user(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    keeper_lock = data / "keeper.lock"
    with another_user(data) as user:
        pid = server_pid(user)
        kill(keeper_of(data))
        wait_until(lambda: not is_locked(keeper_lock), 5)
        with another_user(data) as second:
            assert server_pid(second) == pid
            assert is_locked(keeper_lock)
            user.kill()
            second.kill()
            wait_until(lambda: is_gone(pid), 5)


def keeper_of(data: Path) -> int:
    """The process whose command line names the keeper and this folder."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = path.read_text()
            if "api.embedded.keeper" in words and str(data) in words:
                return int(path.parent.name)
    raise AssertionError("there is no keeper")


@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_reused_pid_is_not_taken_for_running(tmp_path: Path, how: str) -> None:
    data = prepared(tmp_path)
    with another_user(data) as user:
        pid = server_pid(user)
        folder = EmbeddedPostgres(data)._layout.read_state()
        assert folder
        left = (data / "cluster" / "postmaster.pid").read_text().split("\n")
        if how == "killed":
            kill(pid)
        user.kill()
        wait_until(lambda: not is_locked(data / "keeper.lock"), 10)
    owner = choose_account(data, data / "cluster")
    with subprocess.Popen(["sleep", "60"], cwd="/", **owner.identity()) as stranger:
        try:
            text = "\n".join([str(stranger.pid), *left[1:]])
            (data / "cluster" / "postmaster.pid").write_text(text)
            socket_dir = Path(folder.socket_dir)
            if how == "killed":
                socket_dir.mkdir(mode=0o700, exist_ok=True)
                os.chown(socket_dir, owner.uid, owner.gid)
                (socket_dir / ".s.PGSQL.5432.lock").write_text(text)
            with embedded(data) as server:
                assert postmaster(server) not in (stranger.pid, None)
                assert ask(server, "SELECT 1") == 1
            assert stranger.poll() is None
        finally:
            stranger.kill()


def test_server_started_by_hand_is_left_alone(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    with embedded(data) as server:
        program = str(server.bin("postgres"))
    owner = choose_account(data, data / "cluster")
    with open_folder() as sockets:
        os.chown(sockets, owner.uid, owner.gid)
        by_hand = [program, "-D", "/proc/self/cwd", "-c", "listen_addresses=", "-k", str(sockets)]
        with subprocess.Popen(by_hand, cwd=data / "cluster", stderr=subprocess.DEVNULL, **owner.identity()) as process:
            try:
                wait_until((data / "cluster" / "postmaster.pid").exists, 10)
                with pytest.raises(EmbeddedError, match="not started by this launcher"):
                    embedded(data).start()
                assert process.poll() is None
            finally:
                process.kill()
