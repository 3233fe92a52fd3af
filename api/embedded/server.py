"""The class that the application and the tests use."""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from api.embedded.binaries import find_binaries
from api.embedded.errors import EmbeddedError
from api.embedded.launch import Wish, bring_up
from api.embedded.layout import Layout
from api.embedded.locks import ALONE, PAUSE, SHARED, held, open_lock, opened, release, try_lock, wait_lock
from api.embedded.process import shut_down
from api.embedded.settings import PORT


class EmbeddedPostgres:
    """A PostgreSQL server of our own over one data folder.

    Several processes may start it on the same folder: the first makes and starts it, the others
    join, and the last one out stops it. A user that is killed counts as gone; a server whose users
    are all gone stops by itself within a second or so.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        durable: bool = True,
        settings: Mapping[str, str] | None = None,
        timeout: float = 60.0,
    ) -> None:
        """Nothing happens before start().

        `durable=False` switches off fsync and its kin: for tests only. `settings` are PostgreSQL
        settings, in force if this call is the one that starts the server. `timeout` (seconds) is
        for the whole of start().
        """
        self._layout = Layout(Path(data_dir).absolute())
        self._wish = Wish(durable, dict(settings or {}))
        self._timeout = timeout
        self._users_fd: int | None = None
        self._pid = 0
        self._socket_dir = ""

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        self.stop()

    @property
    def socket_dir(self) -> Path:
        """The folder of the server's socket; the same over restarts wherever possible."""
        if not self._socket_dir:
            raise EmbeddedError("The embedded server was not started.")
        return Path(self._socket_dir)

    def url(self, role: str, database: str = "plan") -> str:
        """Give the SQLAlchemy URL to connect as `role`: postgres, plan_owner or plan_web."""
        host = quote(str(self.socket_dir), safe="")
        name = quote(database, safe="")
        return f"postgresql+psycopg://{quote(role, safe='')}@/{name}?host={host}&port={PORT}"

    def bin(self, name: str) -> Path:
        """One of the server's own programs, such as pg_dump: never older than the server."""
        return find_binaries() / name

    def start(self) -> None:
        """Make the cluster if needed, start or join the server, return when it takes connections.

        Calling it twice does nothing. Raises EmbeddedError, with the end of the server's log where
        that helps.
        """
        if self._users_fd is not None:
            return
        deadline = time.monotonic() + self._timeout
        try:
            self._layout.make()
            users_fd = open_lock(self._layout.users_lock)
            try:
                self._socket_dir = self._enter(users_fd, deadline)
            except BaseException:
                os.close(users_fd)
                raise
        except OSError as error:
            raise EmbeddedError(f"Cannot use the data folder {self._layout.root}: {error}.") from error
        self._users_fd, self._pid = users_fd, os.getpid()

    def stop(self) -> None:
        """Leave; if nobody else uses the server, stop it and wait until it is down.

        Does nothing when not started, or in a fork of the process that started.
        """
        if self._users_fd is None or self._pid != os.getpid():
            return
        users_fd, self._users_fd = self._users_fd, None
        deadline = time.monotonic() + self._timeout
        try:
            with held(self._layout.stop_lock, deadline, "another stop is under way"):
                self._leave(users_fd, deadline)
                release(users_fd)
        except OSError as error:
            raise EmbeddedError(f"Cannot use the data folder {self._layout.root}: {error}.") from error
        finally:
            os.close(users_fd)

    def _enter(self, users_fd: int, deadline: float) -> str:
        """Count as a user, then see to it that the server runs."""
        wait_lock(users_fd, SHARED, deadline, "the server is still stopping")
        with held(self._layout.start_lock, deadline, "another start is under way") as start_fd:
            return bring_up(self._layout, self._wish, start_fd=start_fd, deadline=deadline)

    def _leave(self, users_fd: int, deadline: float) -> None:
        """Stop the server if we are its last user; if the keeper was quicker, wait for it."""
        while not try_lock(users_fd, ALONE):
            if try_lock(users_fd, SHARED):
                return  # others use it
            if time.monotonic() > deadline:
                raise EmbeddedError("The server does not stop.")
            time.sleep(PAUSE)
        state = self._layout.read_state()
        with opened(self._layout.server_lock) as server_fd:
            shut_down(self._layout, state.socket_dir if state else self._socket_dir, server_fd)
