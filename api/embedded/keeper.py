"""The keeper: a small process of its own session that starts the server and outlives its users.

The server must stop when its last user ends, also when that user is killed and can do nothing more.
Each user holds a shared lock; the kernel takes it back however the user ends. The keeper tries to get that
lock alone, and the moment it can, nobody is left: it stops the server.
"""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from api.embedded.account import Identity
from api.embedded.commands import CLEAN
from api.embedded.errors import EmbeddedError
from api.embedded.layout import Layout
from api.embedded.locks import ALONE, open_lock, try_lock, wait_lock
from api.embedded.process import is_running, shut_down

INTERVAL = 0.2
HANDOVER = 10.0
BOOT = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from api.embedded.keeper import main; main()"
)
IGNORED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Order:
    """What a keeper is told; an empty command means: watch a server that runs already."""

    root: str
    socket_dir: str
    command: list[str]
    identity: Identity


def start_keeper(order: Order, log_fd: int) -> None:
    """Start a keeper and return once it holds its locks (the server's too, if it starts one)."""
    package_root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", BOOT, package_root, json.dumps(asdict(order))],
        stdin=subprocess.DEVNULL, stdout=log_fd, stderr=log_fd,
        start_new_session=True, check=False, timeout=2 * HANDOVER,
    )  # fmt: skip
    if done.returncode:
        raise EmbeddedError("The keeper of the server did not start; see server.log.")


def main() -> None:
    """The first process takes the locks and ends; the second, which no one waits for, keeps."""
    order = Order(**json.loads(sys.argv[1]))
    layout = Layout(Path(order.root))
    keeper_fd = open_lock(layout.keeper_lock)
    wait_lock(keeper_fd, ALONE, time.monotonic() + HANDOVER, "another keeper is still there")
    server_fd = open_lock(layout.server_lock)
    if order.command:
        wait_lock(server_fd, ALONE, time.monotonic() + HANDOVER, "a server is still there")
    if os.fork() == 0:
        child = _start_server(order, layout, server_fd) if order.command else None
        os.close(server_fd)
        for signum in IGNORED:
            signal.signal(signum, signal.SIG_IGN)
        _keep(order, layout, child)


def _start_server(order: Order, layout: Layout, server_fd: int) -> subprocess.Popen[bytes]:
    """The server holds the server lock through the descriptor that it inherits."""
    return subprocess.Popen(
        order.command,
        cwd=layout.cluster, env=CLEAN, umask=0o077, start_new_session=True,
        stdin=subprocess.DEVNULL, pass_fds=(server_fd,), **order.identity,
    )  # fmt: skip


def _keep(order: Order, layout: Layout, child: subprocess.Popen[bytes] | None) -> None:
    """Until the server is gone, or its users are: then stop it."""
    users_fd = open_lock(layout.users_lock)
    server_fd = open_lock(layout.server_lock)
    while is_running(server_fd):
        if try_lock(users_fd, ALONE):
            shut_down(layout, order.socket_dir, server_fd)
            break
        if child:
            child.poll()
        time.sleep(INTERVAL)
    if child:
        child.wait()
