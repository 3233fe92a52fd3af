"""One JSON object a line: who, what, how long, never a body, token, cookie or search text (API 12)."""

import logging
import os
import sys
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from api.web.json_io import dumps_text

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
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return dumps_text(line)


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
