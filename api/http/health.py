"""Readiness: the database answers, has tables that this code works with, and keeps what it acknowledges (API 12)."""

from threading import Lock
from time import monotonic
from typing import Any

from flask import current_app
from sqlalchemy import Row, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from api.http.database.transaction import one_select
from api.http.messages.answers import Answer
from api.http.messages.errors import NotReady
from api.models.base import SCHEMA_HEAD, SCHEMA_OLDEST
from api.patience import at_most
from api.release import SchemaMisfit, check_schema

SECOND = 1.0
_SETTINGS = ("fsync", "full_page_writes", "synchronous_commit")
_ASK = text(
    "SELECT (SELECT version_num FROM alembic_version) AS found, "
    "obj_description('alembic_version'::regclass, 'pg_class') AS oldest_code, current_setting('fsync') AS fsync, "
    "current_setting('full_page_writes') AS full_page_writes, current_setting('synchronous_commit') AS synchronous_commit"
)


class Readiness:
    """Asks one question at a time, on a connection that those at work leave free; has an answer within a second."""

    def __init__(self) -> None:
        self._alone = Lock()

    def ask(self) -> Row[Any]:
        """What the database says of itself. Raises DBAPIError, PoolTimeout."""
        until = monotonic() + SECOND
        if not self._alone.acquire(timeout=SECOND):
            raise PoolTimeout("somebody else has asked for a second")
        try:
            with at_most(until - monotonic(), SECOND), one_select() as connection:
                return connection.execute(_ASK).one()
        finally:
            self._alone.release()


def ready() -> Answer:
    """`ok`. Raises NotReady with what is missing; a database that is away is a 503 like everywhere."""
    readiness: Readiness = current_app.extensions["plan_readiness"]
    try:
        told = readiness.ask()
        check_schema(told.found, told.oldest_code, oldest=SCHEMA_OLDEST, newest=SCHEMA_HEAD)
    except SchemaMisfit as misfit:
        raise NotReady(str(misfit)) from misfit
    except ProgrammingError as error:
        raise NotReady("The database has no tables of ours. Run plan migrate.") from error
    off = [name for name in _SETTINGS if getattr(told, name) == "off"]
    if off:
        raise NotReady(f"The database may lose what it acknowledged: {', '.join(off)} is off.")
    return Answer({"status": "ok"}, private=True)
