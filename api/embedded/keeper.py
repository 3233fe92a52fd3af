"""The keeper: a small process of its own session that starts the server and outlives its users.

The server must stop when its last user ends, also when that user is killed and can do nothing more.
Each user holds a shared lock; the kernel takes it back however the user ends. The keeper tries to
get that lock alone, and the moment it can, nobody is left: it stops the server. And it starts the
server again when that was killed under its users.
"""

import json
import os
import select
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
from api.embedded.locks import ALONE, SHARED, open_lock, opened, release, try_lock, wait_lock
from api.embedded.process import forget_dead_server, is_running, refuse_foreign_server, shut_down

INTERVAL = 0.2
HANDOVER = 10.0
LIVED = 2.0
BOOT = "import sys; sys.path.insert(0, sys.argv.pop(1)); from api.embedded.keeper import main; main()"
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
        stdin=subprocess.DEVNULL, stdout=log_fd, stderr=log_fd, cwd="/",
        start_new_session=True, check=False, timeout=3 * HANDOVER,
    )  # fmt: skip
    if done.returncode:
        raise EmbeddedError("The keeper of the server did not start.")


def main() -> None:
    """Take the locks in a first process, which ends; keep in a second, for which nobody waits."""
    order = Order(**json.loads(sys.argv[1]))
    keeper = Keeper(order)
    if os.fork() == 0:
        keeper.run()


class Keeper:
    """Holds the keeper's lock from the start, and the server's until there is a server to hold it."""

    def __init__(self, order: Order) -> None:
        """Take the locks; EmbeddedError when a keeper or a server before us does not go away."""
        self._order = order
        self._layout = Layout(Path(order.root))
        self._keeper_fd = _taken(self._layout.keeper_lock)
        self._users_fd = open_lock(self._layout.users_lock)
        self._probe_fd = open_lock(self._layout.server_lock)
        self._server_fd = _taken(self._layout.server_lock) if order.command else -1
        self._child: subprocess.Popen[bytes] | None = None
        self._alive_fd = -1
        self._since = time.monotonic()

    def run(self) -> None:
        """Until the users are gone (then stop the server), or the server is gone for good."""
        if self._order.command:
            self._start()
        for signum in IGNORED:
            signal.signal(signum, signal.SIG_IGN)
        while not try_lock(self._users_fd, ALONE):
            if not is_running(self._probe_fd) and not self._restart():
                break
            self._pause()
        else:
            shut_down(self._layout, self._order.socket_dir, self._probe_fd)
        if self._child:
            self._child.wait()

    def _start(self) -> None:
        """Hand the server lock, and a pipe whose end tells of its death, to a new server."""
        self._alive_fd, told = os.pipe()
        self._child = subprocess.Popen(
            self._order.command,
            cwd=self._layout.cluster, env=CLEAN, umask=0o077, start_new_session=True,
            stdin=subprocess.DEVNULL, pass_fds=(self._server_fd, told), **self._order.identity,
        )  # fmt: skip
        os.close(told)
        os.close(self._server_fd)
        self._since = time.monotonic()

    def _restart(self) -> bool:
        """Start a server that died under its users; False when that is not ours to do.

        It is not when the server died young (it would again), when it was stopped by its last user,
        who still holds the users' lock alone, or when somebody who starts is at it. We count as a
        user meanwhile, so that nobody stops what is only half started.
        """
        if not self._child or time.monotonic() - self._since < LIVED:
            return False
        with opened(self._layout.start_lock) as start_fd:
            if not try_lock(self._users_fd, SHARED) or not try_lock(start_fd, ALONE) or self._is_left_alone():
                return False
            self._child.wait()
            os.close(self._alive_fd)
            refuse_foreign_server(self._layout)
            forget_dead_server(self._layout, self._order.socket_dir)
            self._server_fd = _taken(self._layout.server_lock)
            self._start()
            release(self._users_fd)
        return True

    def _is_left_alone(self) -> bool:
        """Whether the last user let go just before we came to count as one. Asking gives our lock up, so it is taken again."""
        if try_lock(self._users_fd, ALONE):
            release(self._users_fd)
            return True
        return not try_lock(self._users_fd, SHARED)

    def _pause(self) -> None:
        """Sleep a little, less if the server ends."""
        if self._alive_fd < 0:
            time.sleep(INTERVAL)
        else:
            select.select([self._alive_fd], [], [], INTERVAL)


def _taken(path: Path) -> int:
    fd = open_lock(path)
    wait_lock(fd, ALONE, time.monotonic() + HANDOVER, f"{path.name} is held by another")
    return fd
