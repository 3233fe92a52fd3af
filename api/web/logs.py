"""One JSON object a line: who, what, how long, never a body, token, cookie or search text (API 12)."""

import logging
import re
import sys
from time import perf_counter
from typing import Any
from uuid import uuid4

from flask import Flask, Response, g, request

from api.web.json_io import dumps_text

log = logging.getLogger("plan")
_USABLE = re.compile(r"[A-Za-z0-9._-]{8,64}")


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Write time, level, message, our own fields, and the exception if there is one."""
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return dumps_text(line)


def set_up(path: str | None) -> None:
    """Send the log to a file, or to standard output."""
    handler = logging.FileHandler(path) if path else logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False
    # The switches of the logging HOWTO ("Optimization"): a line of ours says nothing of thread, process or task.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False


def install(app: Flask) -> None:
    """Give each request an id, and log it when it is answered."""

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if _USABLE.fullmatch(given) else uuid4().hex
        g.began = perf_counter()

    @app.after_request
    def end(answer: Response) -> Response:
        if log.isEnabledFor(logging.INFO):
            log.info(
                "request",
                extra={
                    "fields": {
                        "request_id": g.get("request_id"),
                        "method": request.method,
                        "path": request.path,
                        "status": answer.status_code,
                        "ms": round((perf_counter() - g.get("began", perf_counter())) * 1000, 1),
                        "account": g.get("account_id"),
                    }
                },
            )
        return answer
