"""What the tests of the embedded server share: other processes, waiting, killing, asking."""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest

from api.embedded import EmbeddedPostgres, find_binaries
from api.embedded.sockets import listener_pid

REPO = Path(__file__).resolve().parents[2]
PATH = os.pathsep.join(filter(None, [str(REPO), os.environ.get("PYTHONPATH", "")]))
LIMIT = 30.0
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, who can become others")

# A user of the server in a process of its own. It says "ready <postmaster pid>", waits for its
# standard input to end, and leaves in order.
USER = """
import sys
from pathlib import Path
from api.embedded import EmbeddedPostgres
from api.embedded.sockets import listener_pid
server = EmbeddedPostgres(Path(sys.argv[1]), durable=sys.argv[2:] == ["durable"], timeout=30)
server.start()
print("ready", listener_pid(str(server.socket_dir)), flush=True)
sys.stdin.read()
server.stop()
print("left", flush=True)
"""


def embedded(data: Path, **wishes: Any) -> EmbeddedPostgres:
    """A server for tests: not durable unless asked, and never waited for long."""
    return EmbeddedPostgres(data, **{"durable": False, "timeout": LIMIT, **wishes})


@cache
def made_once() -> Path:
    """A data folder with a whole cluster, for the tests that are not about making one."""
    folder = Path(tempfile.mkdtemp(prefix="plan-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with embedded(folder / "data"):
        pass
    (folder / "data" / "server.log").unlink()
    return folder / "data"


def prepared(folder: Path) -> Path:
    """A copy of it, to be had in a tenth of the time."""
    subprocess.run(["cp", "-a", made_once(), folder / "data"], check=True, timeout=LIMIT)
    return folder / "data"


def connect(server: EmbeddedPostgres, role: str = "postgres", database: str = "plan") -> psycopg.Connection[Any]:
    url = server.url(role, database).replace("postgresql+psycopg", "postgresql")
    return psycopg.connect(url, autocommit=True, connect_timeout=5)


def ask(server: EmbeddedPostgres, query: str, role: str = "postgres", database: str = "plan") -> Any:
    """The first column of the first row; None for a statement without rows."""
    with connect(server, role, database) as connection:
        cursor = connection.execute(query.encode())
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def postmaster(server: EmbeddedPostgres) -> int | None:
    """The pid that listens, by the kernel."""
    return listener_pid(str(server.socket_dir))


def wait_until(what: Callable[[], object], seconds: float = LIMIT) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not come to pass in time"
        time.sleep(0.02)


def is_gone(pid: int) -> bool:
    """No such process, or only its remains."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def user_entry(name: str = "nobody") -> pwd.struct_passwd:
    return pwd.getpwnam(name)


def identity(user: str) -> dict[str, Any]:
    entry = user_entry(user)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": "/"}


@cache
def interpreter_for(user: str) -> str:
    """A Python that this account can run, and that finds our code; the test is skipped without one."""
    trial = "import sys, api.embedded; assert sys.version_info >= (3, 11)"
    for candidate in (sys.executable, "/usr/bin/python3"):
        with suppress(OSError, subprocess.CalledProcessError):
            environment = {"PYTHONPATH": PATH, "PYTHONDONTWRITEBYTECODE": "1"}
            command = [candidate, "-c", trial]
            subprocess.run(command, check=True, capture_output=True, env=environment, timeout=10, **identity(user))
            return candidate
    pytest.skip(f"{user} can run no Python 3.11 over this folder")


def python(code: str, *arguments: str, user: str | None = None, **options: Any) -> subprocess.Popen[str]:
    """Another Python over this code base, as another account if asked, in a session of its own."""
    environment = {**os.environ, "PYTHONPATH": PATH, "PYTHONDONTWRITEBYTECODE": "1", **options.pop("env", {})}
    interpreter = sys.executable
    if user:
        environment["PG_BIN"] = str(find_binaries())
        options |= identity(user)
        interpreter = interpreter_for(user)
    return subprocess.Popen(
        [interpreter, "-c", code, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, env=environment, start_new_session=True, **options,
    )  # fmt: skip


def run_python(code: str, *arguments: str, **options: Any) -> str:
    """Run it to its end and give what it printed; it must end well."""
    with python(code, *arguments, **options) as process:
        output, _ = process.communicate(timeout=LIMIT)
    assert process.returncode == 0, output
    return output


@contextmanager
def another_user(data: Path, *arguments: str, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A process that uses the server; `process.server_pid` is what it saw. Killed at the end."""
    with python(USER, str(data), *arguments, **options) as process:
        try:
            yield process
        finally:
            process.kill()


def server_pid(process: subprocess.Popen[str]) -> int:
    """Wait until that user is ready, and give the pid of the server it found."""
    assert process.stdout
    line = process.stdout.readline()
    if not line.startswith("ready "):
        raise AssertionError(line + process.stdout.read())
    return int(line.split()[1])


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


@contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that every account can enter, which pytest's own is not."""
    folder = Path(tempfile.mkdtemp(prefix="plan-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def stand_ins(folder: Path, **scripts: str) -> Path:
    """A folder of programs: shell scripts for those named, the real ones for the rest.

    In a script, $REAL is the folder of the real ones.
    """
    folder.mkdir()
    real = find_binaries()
    for program in real.iterdir():
        (folder / program.name).symlink_to(program)
    for name, script in scripts.items():
        (folder / name).unlink()
        (folder / name).write_text(f"#!/bin/sh\nREAL='{real}'\n{script}\n")
        (folder / name).chmod(0o755)
    return folder
