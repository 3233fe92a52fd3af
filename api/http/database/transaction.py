"""The only file that commits. One request, one transaction; a deadlock is tried again, and so is a lost connection.

The engine is in autocommit: most requests ask one SELECT, and a BEGIN and a ROLLBACK around it would cost more than
it does. Whatever needs a transaction is here and asks for it: `write` and `snapshot`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from api.domain.errors import CallerChanged, PlanError
from api.extensions import db
from api.patience import Hangs

T = TypeVar("T")

ATTEMPTS = 3
# A serialization failure, a deadlock; whoever asked was ended while this waited, so they are asked again at the door (ADR 26).
_AGAIN = frozenset({"40001", "40P01", "PLN01"})


class OutcomeUnknown(PlanError):
    """The connection was lost during the commit."""

    code = "database-unavailable"
    title = "It is not known whether this was saved"


def session() -> Session:
    """The session of this request, closed with the request. By its proxy: it is made when it is used, a poll uses none."""
    return cast("Session", db.session)


def one_select() -> Connection:
    """A connection without a Session around it, to be closed after use: for the SELECT that every request asks."""
    return db.engine.connect()


@contextmanager
def aside() -> Iterator[Connection]:
    """A connection for what is written when the request's own work has ended: each statement is kept at once.

    The session gives back its own first: there is one connection for each thread.
    """
    session().close()
    with db.engine.connect() as connection:
        yield connection


@contextmanager
def snapshot() -> Iterator[Session]:
    """A session in which several SELECTs see one state of the database."""
    yield _begin("REPEATABLE READ", postgresql_readonly=True)
    session().rollback()


def _begin(isolation_level: str, **options: bool) -> Session:
    """The session in a transaction; what it read before, it read in autocommit."""
    current = session()
    current.rollback()
    current.connection(execution_options={"isolation_level": isolation_level, **options})
    return current


def read(work: Callable[[], T]) -> T:
    """Run a read; once more when the pool handed out a connection that had died meanwhile."""
    try:
        return work()
    except DBAPIError as error:
        session().rollback()
        if not _is_lost(error):
            raise
        return work()


def write(work: Callable[[Session], T]) -> T:
    """Run the work in one transaction and commit it. What it returns is true only after this returns.

    A serialization failure or deadlock, and a connection found dead before the commit was sent, are tried again
    (API 11.3). A connection lost during the commit is not: nobody can know whether it happened.
    """
    for attempt in range(1, ATTEMPTS + 1):
        current = session()
        try:
            result = work(_begin("READ COMMITTED"))
        except DBAPIError as error:
            current.rollback()
            if attempt == ATTEMPTS or not _is_worth_another(error):
                raise
            continue
        except CallerChanged:
            current.rollback()
            if attempt == ATTEMPTS:
                raise
            continue
        except BaseException:
            current.rollback()
            raise
        _commit(current)
        return result
    raise AssertionError("unreachable: the last attempt returns or raises")


def _commit(current: Session) -> None:
    try:
        current.commit()
    except DBAPIError as error:
        current.rollback()
        if error.connection_invalidated:
            raise OutcomeUnknown(
                "The database went away while this was being saved, so it may or may not be there. "
                "Send it again with the same Idempotency-Key: it will not be there twice."
            ) from error
        raise
    except BaseException:
        current.rollback()
        raise


def _is_worth_another(error: DBAPIError) -> bool:
    return _is_lost(error) or getattr(error.orig, "sqlstate", None) in _AGAIN


def _is_lost(error: DBAPIError) -> bool:
    """Whether the connection had died, so that another may do. A server that hangs is not asked again."""
    return error.connection_invalidated and not isinstance(error.orig, Hangs)
