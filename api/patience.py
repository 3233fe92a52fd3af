"""Not waiting for ever: a database that hangs keeps no timeout of its own, so every wait for it has an end on our side (ADR 18).

A server that is stopped, or swapped out, still has its packets acknowledged by its kernel: neither keepalives nor
TCP_USER_TIMEOUT see anything wrong. So the end is set where psycopg waits: for connecting, statements, COMMIT and ROLLBACK alike.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from threading import Lock, local
from time import monotonic
from typing import Any, TypeVar

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen, PQGenConn
from sqlalchemy import Engine, event

T = TypeVar("T")

# Seconds. The database itself cuts a statement off after the first, so one that lets the second pass does not even keep its own
# time. The third is all that one request may wait, for all its statements together: its answer is there within five.
STATEMENT, WAIT, REQUEST = 4.0, 4.3, 4.6
CONNECT = 3.0
# A seed is thousands of statements in one request; the front waits as long.
LONG_REQUEST = 60.0
# An operator's command waits longer for one answer, and one that moves whole tables longer still.
COMMAND, LONG_COMMAND = 60.0, 3600.0
# How long somebody looks whether a server that hung is back. The others are refused meanwhile, and wait for nothing.
LOOK = 2.0
NO_END = float("inf")
_INTERVAL = 0.1


class Hangs(OperationalError):
    """The server did not answer in time. Whether what was sent last was done is not known."""


class _Here(local):
    """Of this thread: the longest wait for one answer, how long it has waited in all, and how long that may become."""

    each = COMMAND
    spent = 0.0
    most = NO_END


_here = _Here()


@contextmanager
def at_most(seconds: float, each: float = WAIT) -> Iterator[None]:
    """Wait no longer than this in here: `seconds` in all, `each` for one answer."""
    before = _here.each, _here.most
    _here.each, _here.most = each, min(_here.most, _here.spent + seconds)
    try:
        yield
    finally:
        _here.each, _here.most = before


class Patience:
    """With one server: each wait for it has an end, and once it hangs one at a time looks whether it is back.

    `seconds`: the longest wait for it, whoever waits. `wire` is the class of psycopg connection that keeps to all this.
    """

    def __init__(self, seconds: float = NO_END) -> None:
        self.seconds = seconds
        self.hangs = False
        self._looking = Lock()
        self.wire: type[Wire] = type("Wire", (Wire,), {"patience": self})

    def watch(self, engine: Engine) -> Engine:
        """Have the engine make such connections."""
        event.listen(engine, "do_connect", lambda _dialect, _record, given, named: self.wire.connect(*given, **named))
        return engine

    def look(self) -> None:
        """Be the one who looks whether it is back. Raises Hangs when somebody else is."""
        if not self._looking.acquire(blocking=False):
            raise Hangs("the server hangs")

    def looked(self) -> None:
        """Let the next one look."""
        self._looking.release()


class _Turn:
    """One wait for the server, `seconds` at most. What becomes of it tells whether the server hangs."""

    __slots__ = ("_began", "_full", "_looks", "_server", "seconds")

    def __init__(self, server: Patience, most: float = NO_END) -> None:
        """Raise Hangs, at once, when it is known to hang and somebody else looks already."""
        self._looks = server.hangs
        if self._looks:
            server.look()
            most = min(most, LOOK)
        self._server = server
        self._full = min(server.seconds, _here.each, most)
        self.seconds = min(self._full, _here.most - _here.spent)
        self._began = monotonic()

    def __enter__(self) -> float:
        return self.seconds

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        waited = monotonic() - self._began
        _here.spent += waited
        if self._looks:
            self._server.looked()
        # A wait that was cut off because the request had waited enough already tells nothing of the server.
        whole = waited >= self._full >= min(self._server.seconds, CONNECT)
        if not isinstance(error, Hangs):
            self._server.hangs = False
        elif self._looks or whole:
            self._server.hangs = True


class Wire(Connection[Any]):
    """A connection on which no wait is without end."""

    patience: Patience

    def wait(self, gen: PQGen[T], interval: float = _INTERVAL, timeout: float | None = None) -> T:
        """Wait for the server, and end the connection when that takes too long. Raises Hangs."""
        with _Turn(self.patience) as seconds:
            end = monotonic() + seconds
            try:
                return super().wait(gen, interval, seconds if timeout is None else min(seconds, timeout))
            except OperationalError as error:
                if monotonic() < end or error.sqlstate:
                    raise
                self.pgconn.finish()
                raise Hangs("the server did not answer in time") from error

    @classmethod
    def _connect_gen(cls, conninfo: str = "") -> PQGenConn[Any]:
        """What connecting waits for; psycopg's own connect_timeout knows whole seconds only, two or more."""
        with _Turn(cls.patience, CONNECT) as seconds:
            return (yield from _ended(super()._connect_gen(conninfo), monotonic() + seconds))


def _ended(waits: PQGenConn[T], end: float) -> Generator[Any, Any, T]:
    """The same waits, until this instant of the monotonic clock. Raises Hangs."""
    try:
        wanted = next(waits)
        while True:
            ready = yield wanted
            if not ready and monotonic() >= end:
                raise Hangs("the server did not let us in in time")
            wanted = waits.send(ready)
    except StopIteration as done:
        found: T = done.value
        return found
