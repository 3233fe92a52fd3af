"""One JSON object a line: who, what, how long, never a body, token, cookie or search text (API 12)."""

import logging
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from traceback import extract_tb
from typing import Any
from uuid import UUID

from sqlalchemy.exc import DBAPIError

from api.http.messages.json_io import dumps_text

log = logging.getLogger("plan")


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Write time, level, message, our own fields, and the exception if there is one."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = "\n".join(_tell(record.exc_info[1]))
        return dumps_text(line)


def _tell(error: BaseException) -> Iterator[str]:
    """An exception and those that led to it: what each is and where it was raised, never what it says.

    What an exception says quotes what somebody wrote: the database the row that it refuses, Python the text that is no number.
    """
    known: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in known:
        known.add(id(each))
        yield ("came of: " if each is not error else "") + what_it_is(each)
        yield from (f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(each.__traceback__))
        each = each.__cause__ or each.__context__


def what_it_is(error: BaseException) -> str:
    """The class of an exception; of one of the database also its SQLSTATE and the constraint, of the system its number."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    cause = error.orig if isinstance(error, DBAPIError) else error
    diagnosis = getattr(cause, "diag", None)
    more = [
        getattr(cause, "sqlstate", None),
        getattr(diagnosis, "constraint_name", None),
        getattr(cause, "errno", None),
    ]
    return " ".join([kind, *(str(each) for each in more if each is not None)])


def set_up(path: str | None) -> None:
    """Send the log to a file, or to standard output."""
    if path:  # a new one is its owner's alone; one that was made for others to read stays so
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    handler = logging.FileHandler(path) if path else logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False
    # The switches of the logging HOWTO ("Optimization"): a line of ours says nothing of thread, process or task.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False


def log_request(request_id: str, method: str, path: str, status: str, seconds: float, caller_id: UUID | None) -> None:
    """Log an answered request; `status` as WSGI has it ("200 OK")."""
    if not log.isEnabledFor(logging.INFO):
        return
    fields = {
        "request_id": request_id,
        "method": method,
        "path": path,
        "status": int(status[:3]),
        "ms": round(seconds * 1000, 1),
        "caller": caller_id,
    }
    # Made by hand: `log.info` would look up the line of code it was called from, which nobody asked for.
    log.handle(log.makeRecord(log.name, logging.INFO, "", 0, "request", (), None, extra={"fields": fields}))
