"""Around every answer, whoever made it: its id, the headers that all carry (API 9), and its line in the log (API 12).

WSGI, outside Flask: an answer costs one list more instead of a dozen header searches, and nothing can get past it.
"""

import re
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any
from uuid import uuid4

from flask import request

from api.http.messages.logs import log_request
from api.http.messages.wire import Environ, read_rest
from api.queries.access import Access

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types sw"
)
_ALWAYS = [
    ("Content-Security-Policy", CSP),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
]
_HSTS = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
_CLOSE = ("Connection", "close")
_USABLE = re.compile(r"[A-Za-z0-9._-]{8,64}")
_ID = "plan.request_id"
_CALLER = "plan.caller"
_MORE = "plan.headers"

Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def request_id() -> str:
    """The id of the request: the caller's X-Request-Id when it is usable."""
    return str(request.environ.get(_ID, ""))


def name_caller(access: Access) -> None:
    """Say whose request this is (an account's or a partner's), for its line in the log and for the audit."""
    request.environ[_CALLER] = access


def caller() -> Access | None:
    """Whose request this is, as far as that is known by now."""
    found: Access | None = request.environ.get(_CALLER)
    return found


def add_headers(*headers: tuple[str, str]) -> None:
    """Put these on the answer, whatever it will be; the last to speak is heard."""
    request.environ[_MORE] = headers


def envelop(app: Wsgi) -> Wsgi:
    """The WSGI app with all its answers in their envelope."""

    def enveloped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        began = perf_counter()
        given = environ.get("HTTP_X_REQUEST_ID", "")
        environ[_ID] = its_id = given if _USABLE.fullmatch(given) else uuid4().hex
        always = [*_ALWAYS, ("X-Request-Id", its_id)]
        if environ["wsgi.url_scheme"] == "https":
            always.append(_HSTS)

        answered: list[Any] = []
        body = app(environ, lambda *told: answered.extend(told))
        status, headers = answered[:2]
        took = perf_counter() - began
        who: Access | None = environ.get(_CALLER)
        log_request(its_id, environ["REQUEST_METHOD"], _path(environ), status, took, who and who.id)
        if not read_rest(environ):
            always.append(_CLOSE)
        start_response(status, [*headers, *always, *environ.get(_MORE, ())])
        return body

    return enveloped


def _path(environ: Environ) -> str:
    """The path as it was meant: WSGI hands its bytes on as Latin-1 (PEP 3333)."""
    raw: str = environ.get("PATH_INFO", "")
    return raw if raw.isascii() else raw.encode("latin-1").decode("utf-8", "replace")
