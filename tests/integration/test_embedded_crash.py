"""What becomes of the server, and of the rows, when things are killed at bad moments."""

import os
import signal
import subprocess
import threading
import time
from contextlib import ExitStack, suppress
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
    python,
    server_pid,
    stand_ins,
    wait_until,
)

from api.embedded import EmbeddedError, EmbeddedPostgres
from api.embedded.account import choose_account
from api.embedded.locks import is_locked


def log_of(data: Path) -> str:
    return (data / "server.log").read_text()


def test_four_at_once_on_a_fresh_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_folder() as folder, ExitStack() as stack:
        folder.chmod(0o777)
        counter = f'[ "$1" = --sync-only ] || echo made >> "{folder}/count"\nexec "$REAL/initdb" "$@"'
        monkeypatch.setenv("PG_BIN", str(stand_ins(folder / "bin", initdb=counter)))
        users = [stack.enter_context(another_user(folder / "data")) for _ in range(4)]
        pids = {server_pid(user) for user in users}
        assert len(pids) == 1
        assert (folder / "count").read_text().split() == ["made"]
        rest = [user.communicate(timeout=20)[0] for user in users]
        assert rest == ["left\n"] * 4
        assert is_gone(pids.pop())
        assert log_of(folder / "data").count("ready to accept connections") == 1


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
    with embedded(tmp_path / "data", durable=True) as first:
        pid = postmaster(first)
        assert pid
        writer = Writer(first)
        writer.start()
        wait_until(lambda: writer.acknowledged > 50)
        kill(pid)
        writer.join(10)
        with embedded(tmp_path / "data", durable=True) as second:
            assert postmaster(second) not in (pid, None)
            assert second.socket_dir == first.socket_dir
            assert ask(second, "SELECT count(*) FROM row", "plan_owner") >= writer.acknowledged
            assert ask(first, "SELECT max(n) FROM row", "plan_owner") >= writer.acknowledged
    assert "automatic recovery in progress" in log_of(tmp_path / "data")


def test_killed_server_is_started_again_under_its_users(tmp_path: Path) -> None:
    with embedded(tmp_path / "data") as server:
        pid = postmaster(server)
        assert pid
        time.sleep(2.2)  # one that dies younger is not started again
        kill(pid)
        wait_until(lambda: postmaster(server) not in (pid, None), 10)
        wait_until(lambda: answers(server), 10)
        second = postmaster(server)
        assert second
    assert is_gone(second)


def answers(server: EmbeddedPostgres) -> bool:
    try:
        return ask(server, "SELECT true") is True
    except psycopg.OperationalError:
        return False


def test_server_stops_when_its_only_user_is_killed(tmp_path: Path) -> None:
    with another_user(tmp_path / "data") as user:
        pid = server_pid(user)
        user.kill()
        wait_until(lambda: is_gone(pid), 5)
    wait_until(lambda: not is_locked(tmp_path / "data" / "keeper.lock"), 5)
    assert "database system is shut down" in log_of(tmp_path / "data").splitlines()[-1]


def test_death_of_one_user_leaves_the_server_to_the_others(tmp_path: Path) -> None:
    with another_user(tmp_path / "data") as starter, embedded(tmp_path / "data") as server:
        pid = server_pid(starter)
        assert postmaster(server) == pid
        starter.kill()
        starter.wait(5)
        time.sleep(1)
        assert postmaster(server) == pid
        assert ask(server, "SELECT 1") == 1
    assert is_gone(pid)


def test_killed_keeper_is_replaced_by_the_next_user(tmp_path: Path) -> None:
    keeper_lock = tmp_path / "data" / "keeper.lock"
    with another_user(tmp_path / "data") as user:
        pid = server_pid(user)
        kill(keeper_of(tmp_path / "data"))
        wait_until(lambda: not is_locked(keeper_lock), 5)
        with another_user(tmp_path / "data") as second:
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
    data = tmp_path / "data"
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
    data = tmp_path / "data"
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


def test_cluster_killed_before_it_was_whole_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_folder() as folder, monkeypatch.context() as patched:
        slow = '"$REAL/initdb" "$@"; [ "$1" = --sync-only ] || sleep 1.5'
        patched.setenv("PG_BIN", str(stand_ins(folder / "bin", initdb=slow)))
        data = folder / "data"
        with another_user(data) as user:
            wait_until(lambda: list(data.glob("cluster.new-*/PG_VERSION")), 10)
            user.kill()
        assert not (data / "cluster").exists()
        patched.delenv("PG_BIN")
        with embedded(data) as server:
            assert ask(server, "SELECT current_user", "plan_web") == "plan_web"
        assert not list(data.glob("cluster.new-*"))


def test_killed_again_and_again_while_starting(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for delay in (0.1, 0.25, 0.4, 0.55, 0.7):
        with another_user(data):
            time.sleep(delay)
    with embedded(data) as server:
        assert ask(server, "SELECT current_user", "plan_owner") == "plan_owner"
        assert ask(server, "SELECT current_user", "plan_web") == "plan_web"
    assert not list(data.glob("cluster.new-*"))


def test_ctrl_c_does_not_reach_the_server(tmp_path: Path) -> None:
    code = """
import sys, time
from pathlib import Path
from api.embedded import EmbeddedPostgres
from api.embedded.sockets import listener_pid
with EmbeddedPostgres(Path(sys.argv[1]), durable=False) as server:
    pid = listener_pid(str(server.socket_dir))
    try:
        print("ready", pid, flush=True)
        time.sleep(30)
    except KeyboardInterrupt:
        time.sleep(0.5)
        print("still there" if listener_pid(str(server.socket_dir)) == pid else "gone", flush=True)
"""
    with python(code, str(tmp_path / "data")) as process:
        pid = server_pid(process)
        assert os.getsid(pid) != os.getsid(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        assert process.communicate(timeout=20)[0] == "still there\n"
    assert is_gone(pid)


def test_fork_that_stops_does_not_stop_its_parents_server(tmp_path: Path) -> None:
    with embedded(tmp_path / "data") as server:
        child = os.fork()
        if child == 0:
            server.stop()
            os._exit(0)
        os.waitpid(child, 0)
        assert ask(server, "SELECT 1") == 1
