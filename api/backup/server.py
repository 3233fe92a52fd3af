"""A database on its server: how it is reached, and PostgreSQL's programs run on it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL, make_url

from api.backup.errors import BackupError
from api.embedded import EmbeddedError, find_binaries
from api.patience import LONG_COMMAND, NO_END, Patience, at_most

Connection = psycopg.Connection[tuple[Any, ...]]
# The same text for the same value on every server; and no time limit in the database: a backup takes as long as it takes.
_SETTINGS = (
    "-c timezone=UTC -c datestyle=ISO -c statement_timeout=0 -c idle_in_transaction_session_timeout=0 "
    "-c search_path=public"
)
# Seconds after which a program that has not ended never will: its server hangs.
_LONGEST = 6 * LONG_COMMAND


@dataclass(frozen=True)
class Database:
    """One database, and as whom it is reached. With `role`, everything is done as that role, and belongs to it."""

    url: URL
    role: str | None = None

    @classmethod
    def at(cls, url: str) -> "Database":
        """The database of an SQLAlchemy URL. Raises BackupError when it names none."""
        found = make_url(url)
        if not found.database:
            raise BackupError("The database's address names no database: end it with /plan, say.")
        return cls(found)

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.url.database)

    def beside(self, name: str, role: str | None = None) -> "Database":
        """Another database of the same server."""
        return replace(self, url=self.url.set(database=name), role=role)

    @property
    def alembic_url(self) -> str:
        """The URL for migrations, which then belong to the role."""
        url = self.url.update_query_dict({"options": self._options()})
        return url.render_as_string(hide_password=False)

    def _options(self) -> str:
        given = self.url.query.get("options", "")
        as_role = f" -c role={self.role}" if self.role else ""
        return f"{given if isinstance(given, str) else ' '.join(given)} {_SETTINGS}{as_role}".strip()

    def _address(self) -> dict[str, Any]:
        """What libpq calls host, port, user, dbname and so on; the password is in it."""
        query = {name: value for name, value in self.url.query.items() if name != "options"}
        return {**self.url.translate_connect_args(username="user", database="dbname"), **query}

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A connection in autocommit, closed after use. Raises BackupError for whatever the database refuses."""
        try:
            with (
                at_most(NO_END, LONG_COMMAND),
                Patience().wire.connect(
                    options=self._options(), autocommit=True, connect_timeout=10, **self._address()
                ) as connection,
            ):
                yield connection
        except psycopg.Error as error:
            raise BackupError(f"The database {self.name} does not let this be done: {_first_line(error)}") from error

    def run(self, program: str, *arguments: str) -> None:
        """Run pg_dump or pg_restore on this database, without a password on the command line. Raises BackupError."""
        address = self._address()
        password = address.pop("password", None)
        secret = {"PGPASSWORD": str(password)} if password else {}
        as_role = [f"--role={self.role}"] if self.role else []
        try:
            done = subprocess.run(
                [_find(program), "--no-password", f"--dbname={make_conninfo(**address)}", *as_role, *arguments],
                stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace", check=False,
                env={"PGCONNECT_TIMEOUT": "10", **os.environ, "LC_ALL": "C", "TZ": "UTC", **secret}, umask=0o077,
                timeout=_LONGEST,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise BackupError(f"{program} could not be run: {error}.") from error
        if done.returncode:
            raise BackupError(f"{program} failed: {_first_error(done.stderr)}")


def _find(program: str) -> str:
    """PG_BIN or the wheel's, never older than the embedded server; else what PATH has."""
    try:
        return str(find_binaries() / program)
    except EmbeddedError as error:
        found = None if os.environ.get("PG_BIN") else shutil.which(program)
        if found is None:
            raise BackupError(f"There is no {program}: {error}") from error
        return found


def _first_line(error: psycopg.Error) -> str:
    return (error.diag.message_primary or str(error).strip() or type(error).__name__).splitlines()[0]


def _first_error(said: str) -> str:
    """The first line that says what was wrong; the others are its context."""
    lines = said.strip().splitlines() or ["it said nothing."]
    found = next((line for line in lines if "error:" in line), lines[0])
    return found.partition("error: ")[2] or found
