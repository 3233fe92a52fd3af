"""The heavy reads, sent to a PostgreSQL standby where there is one (DATABASE_REPLICA_URL; ADR 11).

The primary always says who is asking and which revisions are true. The replica answers only when its own snapshot is
at exactly those; in every other case the primary answers, in the same request. Exactly, not at least: a standby can
show a commit an instant before the primary does, and the next request would then go back in time.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import NamedTuple, TypeVar
from uuid import UUID

from flask import current_app
from sqlalchemy import Engine, bindparam, func, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from api.http.database.transaction import session as own_session
from api.http.database.transaction import snapshot
from api.models import DirectoryRevision, PlanRevision
from api.models.base import SCHEMA_HEAD, SCHEMA_OLDEST
from api.patience import Patience
from api.queries import AnySelect
from api.release import SchemaMisfit, check_schema

T = TypeVar("T")
log = logging.getLogger("plan")

PATIENCE = 2.0
REST = 5.0
_CONFLICTS = frozenset({"40001", "40P01"})
_STANDS_AT: AnySelect = select(
    func.pg_is_in_recovery(),
    select(PlanRevision.value).where(PlanRevision.plan_id == bindparam("plan")).scalar_subquery(),
    select(DirectoryRevision.value).scalar_subquery(),
)
_IS_WELL = "SELECT pg_is_in_recovery(), version_num, obj_description('alembic_version'::regclass, 'pg_class') FROM alembic_version"


class At(NamedTuple):
    """The state that a read must show: what the primary said of the plan (None: no plan matters) and the directory."""

    plan_id: UUID | None
    revision: int | None
    directory_revision: int


class NotAReplica(SQLAlchemyError):
    """The server is not in recovery: it was promoted, or never was a standby."""


class _Elsewhere(Exception):
    """The replica is not at the state asked for."""


def read_several(at: At, work: Callable[[Session], T]) -> T:
    """Run SELECTs that must see one state, in one snapshot: the replica's, else the primary's."""
    return _read(at, work, lambda: _in_snapshot(work))


def read_one(at: At, work: Callable[[Session], T]) -> T:
    """Run a single SELECT: in the replica's snapshot, else at the primary without a transaction around it."""
    return _read(at, work, lambda: work(own_session()))


def _in_snapshot(work: Callable[[Session], T]) -> T:
    with snapshot() as session:
        return work(session)


def _read(at: At, work: Callable[[Session], T], at_primary: Callable[[], T]) -> T:
    replica: Replica | None = current_app.extensions["plan_replica"]
    return replica.read(at, work, at_primary) if replica else at_primary()


@dataclass(slots=True)
class Replica:
    """A standby, and whether this process uses it just now.

    After a failure it is left alone, and a thread asks every `rest` seconds whether it is well again: no reader does.
    The engine's connections are in REPEATABLE READ.
    """

    engine: Engine
    patience: Patience
    rest: float = REST
    left: bool = False
    _lock: Lock = field(default_factory=Lock)
    _closed: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        """Wait for it no longer than that."""
        self.patience.watch(self.engine)

    def read(self, at: At, work: Callable[[Session], T], at_primary: Callable[[], T]) -> T:
        """What `work` reads here; what `at_primary` reads when this one is left, fails, or is not at that state."""
        if not self.left:
            try:
                return self._read(at, work)
            except _Elsewhere:
                pass
            except SQLAlchemyError as error:
                self._fail(error)
        return at_primary()

    def close(self) -> None:
        """Close the connections and ask no more."""
        self._closed.set()
        self.engine.dispose()

    def _read(self, at: At, work: Callable[[Session], T]) -> T:
        with self.engine.connect() as wire, Session(wire) as session:
            in_recovery, *revisions = session.connection().execute(_STANDS_AT, {"plan": at.plan_id}).one()
            if not in_recovery:
                raise NotAReplica("It is not in recovery.")
            if revisions != [at.revision, at.directory_revision]:
                raise _Elsewhere
            return work(session)

    def _fail(self, error: SQLAlchemyError) -> None:
        """Leave it alone, unless it only cancelled this one read in favour of replaying."""
        state = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
        if isinstance(error, DBAPIError) and not error.connection_invalidated and state in _CONFLICTS:
            return
        with self._lock:
            if self.left:
                return
            self.left = True
        log.warning("replica left", extra={"fields": {"error": type(error).__name__, "sqlstate": state}})
        Thread(target=self._come_back, name="replica", daemon=True).start()

    def _come_back(self) -> None:
        while not self._closed.wait(self.rest):
            if self._is_well():
                self.left = False
                log.info("replica used again")
                return

    def _is_well(self) -> bool:
        try:
            with self.engine.connect() as connection:
                in_recovery, found, oldest_code = connection.exec_driver_sql(_IS_WELL).one()
            check_schema(found, oldest_code, oldest=SCHEMA_OLDEST, newest=SCHEMA_HEAD)
        except (SQLAlchemyError, SchemaMisfit):
            return False
        return bool(in_recovery)
