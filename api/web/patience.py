"""Not waiting for ever: a server that hangs keeps no timeout of its own, so the connection to it is cut from here."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import Any

from psycopg import Error as DriverError
from sqlalchemy import Connection

STEP = 0.1


class Patience:
    """Cuts connections over which somebody has waited for `seconds`. Whoever waits finds the connection ended.

    One thread for each process, started with the first watch and asleep while nothing is watched: to start one for
    each read would cost more than many a read does.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._due: dict[int, tuple[float, Any]] = {}
        self._something = Event()
        self._starting = Lock()
        self._thread: Thread | None = None
        self._ended = False

    @contextmanager
    def over(self, connection: Connection) -> Iterator[None]:
        """Watch this connection meanwhile."""
        driver = connection.connection.driver_connection
        self._due[id(driver)] = (monotonic() + self.seconds, driver)
        self._something.set()
        self._be_awake()
        try:
            yield
        finally:
            del self._due[id(driver)]

    def end(self) -> None:
        """Watch no more."""
        self._ended = True
        self._something.set()

    def _be_awake(self) -> None:
        """Start the thread: at first, and in a fork of the process that had one."""
        if self._thread is not None and self._thread.is_alive():
            return
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._watch, name="patience", daemon=True)
                self._thread.start()

    def _watch(self) -> None:
        while not self._ended:
            self._something.wait()
            self._something.clear()
            while self._due:
                sleep(STEP)
                now = monotonic()
                for due, driver in list(self._due.values()):
                    if due < now:
                        _cut(driver)


def _cut(driver: Any) -> None:
    """Shut the socket of this psycopg connection down; closing it is left to the one who uses it."""
    with suppress(OSError, DriverError), socket.socket(fileno=os.dup(driver.fileno())) as wire:
        wire.shutdown(socket.SHUT_RDWR)
