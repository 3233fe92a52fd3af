"""The caller's address, read once for all who ask: limits, guesses and the audit.

A proxy may write a port, brackets or a zone beside it, and then each request would be another caller's. What is no address at all
(a proxy that says "unknown", or a caller who got something through) is not believed: the connection's own counts.
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import request

from api.domain.networks import network_of, read_address
from api.http.messages.wire import Environ

Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def with_address(app: Wsgi) -> Wsgi:
    """The WSGI app, told each caller's address in one way of writing it; behind whatever reads what proxies say."""

    def told(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        connected = environ.get("werkzeug.proxy_fix.orig", environ).get("REMOTE_ADDR", "")
        address = read_address(environ.get("REMOTE_ADDR", "")) or read_address(connected)
        environ["REMOTE_ADDR"] = address or connected
        return app(environ, start_response)

    return told


def network() -> str | None:
    """Whom this request counts for, by its address; None where there is none (a socket of this machine)."""
    return network_of(request.remote_addr) if request.remote_addr else None
