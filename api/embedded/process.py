"""The running server: is it up, is it ours, bring it down."""

import os
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

from api.embedded.commands import Programs
from api.embedded.errors import EmbeddedError
from api.embedded.layout import Layout
from api.embedded.locks import ALONE, PAUSE, release, try_lock
from api.embedded.settings import PORT
from api.embedded.sockets import listener_pid

PATIENCE = 30.0
STATUS_LINE = 7
PROC = Path("/proc/self")
WAYS = (signal.SIGINT, signal.SIGQUIT)


def is_running(server_fd: int) -> bool:
    """Whether any process of the server lives: they hold the lock, which no reused pid does."""
    if not try_lock(server_fd, ALONE):
        return True
    release(server_fd)
    return False


def is_ready(layout: Layout, socket_dir: str, programs: Programs) -> bool:
    """Whether our own server takes connections.

    Three things agree: the cluster's pid file says ready, the kernel names the same pid as the
    listener on our socket, and pg_isready gets an answer there.
    """
    pid, status = _pid_file(layout.cluster)
    if status != "ready" or listener_pid(socket_dir) not in (pid, 0):
        return False
    try:
        programs.run("pg_isready", "-h", socket_dir, "-d", "postgres", "-q", cwd=layout.cluster)
    except EmbeddedError:
        return False
    return True


def refuse_foreign_server(layout: Layout) -> None:
    """Raise EmbeddedError when somebody started this cluster by hand, without the server lock."""
    pid, _ = _pid_file(layout.cluster)
    if pid and _works_in(pid, layout.cluster):
        raise EmbeddedError(
            f"Process {pid} runs on {layout.cluster} but was not started by this launcher. Stop it first (pg_ctl stop)."
        )


def forget_dead_server(layout: Layout, socket_dir: str) -> None:
    """Remove the pid files of a server that is gone, else its pid in other hands blocks the start.

    Called only when nothing holds the server lock and no server was started by hand.
    """
    (layout.cluster / "postmaster.pid").unlink(missing_ok=True)
    (Path(socket_dir) / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)


def shut_down(layout: Layout, socket_dir: str, server_fd: int) -> None:
    """Stop the server, wait until its last process is gone, and clear the socket folder away.

    Connections are cut and the cluster is left clean (a fast shutdown); if that takes too long, at
    once, and the next start recovers. Raises EmbeddedError if even that does not help.
    """
    if not any(_gone_by(layout, socket_dir, server_fd, signum) for signum in WAYS):
        raise EmbeddedError(f"The server does not stop:\n{layout.log_tail()}")
    shutil.rmtree(socket_dir, ignore_errors=True)


def _gone_by(layout: Layout, socket_dir: str, server_fd: int, signum: signal.Signals) -> bool:
    """Signal whoever is the server, once, until nobody is; False when that takes too long."""
    told: int | None = None
    deadline = time.monotonic() + PATIENCE
    while is_running(server_fd):
        if time.monotonic() > deadline:
            return False
        pid = listener_pid(socket_dir) or _known_pid(layout.cluster)
        if pid and pid != told:
            with suppress(ProcessLookupError):
                os.kill(pid, signum)
            told = pid
        time.sleep(PAUSE)
    return True


def _pid_file(cluster: Path) -> tuple[int | None, str]:
    """Read the pid and the status of postmaster.pid; (None, "") when it is absent or torn."""
    try:
        lines = (cluster / "postmaster.pid").read_text("utf-8", "replace").split("\n")
        return int(lines[0]), "".join(lines[STATUS_LINE:]).strip()
    except (OSError, ValueError, IndexError):
        return None, ""


def _known_pid(cluster: Path) -> int | None:
    """Give the pid of the pid file if that process is the server: for when the socket is of no help."""
    pid, _ = _pid_file(cluster)
    return pid if pid and (_works_in(pid, cluster) or not PROC.exists()) else None


def _works_in(pid: int, cluster: Path) -> bool:
    """Whether that process has the cluster as its working folder, as a PostgreSQL server has."""
    try:
        return Path(f"/proc/{pid}/cwd").samefile(cluster)
    except OSError:
        return False
