"""Kernel locks on files (flock): they end with the process that holds them, however it ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.embedded.errors import EmbeddedError

SHARED = fcntl.LOCK_SH
ALONE = fcntl.LOCK_EX
PAUSE = 0.01


def open_lock(path: Path) -> int:
    """A descriptor of the lock file; not inherited by other programs, never through a link."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    return os.open(path, flags, 0o600)


def try_lock(fd: int, kind: int) -> bool:
    """Take the lock now, or say that somebody else has it (a lock held before is then lost)."""
    try:
        fcntl.flock(fd, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_lock(fd: int, kind: int, deadline: float, what: str) -> None:
    """Take the lock, or raise EmbeddedError at `deadline` (time.monotonic())."""
    while not try_lock(fd, kind):
        if time.monotonic() > deadline:
            raise EmbeddedError(f"Gave up waiting: {what}.")
        time.sleep(PAUSE)


@contextmanager
def held(path: Path, deadline: float, what: str) -> Iterator[int]:
    """Hold the lock alone; gives its descriptor, so that a child can be made to hold it too."""
    fd = open_lock(path)
    try:
        wait_lock(fd, ALONE, deadline, what)
        yield fd
    finally:
        os.close(fd)


def is_locked(path: Path) -> bool:
    """Whether somebody holds the lock alone at this moment."""
    fd = open_lock(path)
    try:
        return not try_lock(fd, SHARED)
    finally:
        os.close(fd)
