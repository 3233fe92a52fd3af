"""Starting and stopping in company: several at once, interrupted half-way, from a terminal, in a fork."""

import os
import signal
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from embedded_helpers import (
    another_user,
    ask,
    embedded,
    is_gone,
    open_folder,
    prepared,
    python,
    server_pid,
    stand_ins,
    wait_until,
)


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
    data = prepared(tmp_path)
    # Whoever runs the tests in the background has switched Ctrl-C off, and the child inherits that.
    code = """
import signal, sys, time
from pathlib import Path
from api.embedded import EmbeddedPostgres
from api.embedded.sockets import listener_pid
signal.signal(signal.SIGINT, signal.default_int_handler)
with EmbeddedPostgres(Path(sys.argv[1]), durable=False) as server:
    pid = listener_pid(str(server.socket_dir))
    try:
        print("ready", pid, flush=True)
        time.sleep(30)
    except KeyboardInterrupt:
        time.sleep(0.5)
        print("still there" if listener_pid(str(server.socket_dir)) == pid else "gone", flush=True)
"""
    with python(code, str(data)) as process:
        pid = server_pid(process)
        assert os.getsid(pid) != os.getsid(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        assert process.communicate(timeout=20)[0] == "still there\n"
    assert is_gone(pid)


def test_fork_that_stops_does_not_stop_its_parents_server(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    with embedded(data) as server:
        child = os.fork()
        if child == 0:
            server.stop()
            os._exit(0)
        os.waitpid(child, 0)
        assert ask(server, "SELECT 1") == 1
