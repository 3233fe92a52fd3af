"""What tests do to processes: find a server's workers, stop and go on, see who has ended."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from api.embedded.sockets import listener_pid


def children_of(pid: int) -> set[int]:
    """The processes that this one started and that have not been collected. Any of them may end while one looks."""
    found: set[int] = set()
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):
                found |= set(map(int, (task / "children").read_text().split()))
    return found


def threads_of(pid: int) -> int:
    """How many threads it has; one of a process that has ended and was not collected, none of one that is gone."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return len(list(Path(f"/proc/{pid}/task").iterdir()))
    return 0


def workers_of(pid: int) -> set[int]:
    """Those children of the server that answer: they have more than one thread."""
    return {child for child in children_of(pid) if threads_of(child) > 1}


def is_over(pid: int) -> bool:
    """Whether it has ended, collected or not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@contextmanager
def stopped(*pids: int) -> Iterator[None]:
    """They do nothing meanwhile, as a machine without memory or with a dead disk does nothing."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


@contextmanager
def frozen(socket_dir: Path) -> Iterator[None]:
    """The database that listens there hangs: its postmaster and all its children."""
    postmaster = listener_pid(str(socket_dir))
    assert postmaster
    with stopped(postmaster), stopped(*children_of(postmaster)):
        yield
