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
    """Open the lock file, never through a link; other programs do not inherit the descriptor.

    A file that root makes in somebody's folder is given to that somebody, who may come next.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    fd = os.open(path, flags, 0o600)
    give_to_owner(fd, path.parent)
    return fd


def give_to_owner(fd: int, folder: Path) -> None:
    """As root, make the folder's owner the owner of a file that we made in it."""
    if os.geteuid() == 0:
        found = folder.stat()
        if os.fstat(fd).st_uid != found.st_uid:
            os.fchown(fd, found.st_uid, found.st_gid)


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


def release(fd: int) -> None:
    """Let the lock go."""
    fcntl.flock(fd, fcntl.LOCK_UN)


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """Open the lock file for a while."""
    fd = open_lock(path)
    try:
        yield fd
    finally:
        os.close(fd)


@contextmanager
def held(path: Path, deadline: float, what: str) -> Iterator[int]:
    """Hold the lock alone; gives its descriptor, so that a child can be made to hold it too."""
    with opened(path) as fd:
        wait_lock(fd, ALONE, deadline, what)
        yield fd


def is_locked(path: Path) -> bool:
    """Whether somebody holds the lock alone at this moment."""
    with opened(path) as fd:
        return not try_lock(fd, SHARED)
