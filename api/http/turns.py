"""At most so many requests work at once, a database connection each; the others wait for their turn, but never for long.

The server gives each request a thread, so that one always remains for whether the process lives and is ready: those two
wait for nobody, however many threads stand at a database that hangs (ADR 18).
"""

from collections.abc import Callable, Iterable
from threading import Semaphore
from time import monotonic
from typing import Any

from flask import Flask, request

from api.http.messages.envelope import Wsgi
from api.http.messages.errors import busy
from api.http.messages.wire import Environ

# Seconds (API 6).
LONGEST = 3.0
_WAITED = "plan.waited"


def waited() -> float:
    """How long the request waited for its turn, in seconds."""
    found: float = request.environ.get(_WAITED, 0.0)
    return found


def take_turns(app: Flask, inner: Wsgi, most: int, never: str) -> Wsgi:
    """The WSGI app, with at most so many requests in it at once; addresses that begin with `never` wait for no turn."""
    turns = Semaphore(most)

    def in_turn(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(never):
            return inner(environ, start_response)
        if not turns.acquire(blocking=False):
            began = monotonic()
            if not turns.acquire(timeout=LONGEST):
                with app.request_context(environ):
                    return busy()(environ, start_response)
            environ[_WAITED] = monotonic() - began
        try:
            return inner(environ, start_response)
        finally:
            turns.release()

    return in_turn
