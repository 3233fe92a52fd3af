"""Every error, from every layer, as application/problem+json (RFC 9457; API 5)."""

import logging
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, request
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from api.domain import errors as domain
from api.http.messages import json_io
from api.http.messages.answers import VARY
from api.http.messages.bounds import LONGEST_SENTENCE, MOST_TOLD, cut, few
from api.http.messages.envelope import request_id

log = logging.getLogger("plan")

STATUS: dict[str, int] = {
    "bad-request": 400,
    "malformed-json": 400,
    "invalid-utf8": 400,
    "duplicate-member": 400,
    "invalid-parameter": 400,
    "invalid-header": 400,
    "invalid-cursor": 400,
    "idempotency-key-invalid": 400,
    "idempotency-key-required": 400,
    "unauthenticated": 401,
    "invalid-token": 401,
    "token-expired": 401,
    "session-revoked": 401,
    "refresh-superseded": 401,
    "invalid-credentials": 401,
    "second-factor-required": 401,
    "forbidden": 403,
    "insufficient-scope": 403,
    "csrf": 403,
    "foreign-origin": 403,
    "confirmation-needed": 403,
    "second-factor-needed": 403,
    "mail-link-needed": 403,
    "not-found": 404,
    "method-not-allowed": 405,
    "not-acceptable": 406,
    "conflict": 409,
    "duplicate": 409,
    "request-in-progress": 409,
    "last-admin": 409,
    "cursor-expired": 410,
    "link-expired": 410,
    "stale-version": 412,
    "precondition-failed": 412,
    "body-too-large": 413,
    "unsupported-media-type": 415,
    "validation-failed": 422,
    "unknown-field": 422,
    "read-only-field": 422,
    "idempotency-key-reused": 422,
    "move-not-allowed": 422,
    "case-data-suspected": 422,
    "precondition-required": 428,
    "too-many-requests": 429,
    "internal-error": 500,
    "not-ready": 503,
    "database-unavailable": 503,
}
# Seconds: an embedded or restarted database is back well within it.
RETRY_AFTER = "5"
_OF_FRAMEWORK = {
    400: "malformed-json",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: "body-too-large",
    415: "unsupported-media-type",
}
_SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address does not take that method; Allow says which it does.",
    413: "The body is larger than this address takes.",
}
# SQLSTATE classes and codes that mean "the database, not the request": connection, resources, operator, system.
_AWAY = ("08", "53", "57", "58", "XX")
_QUERY_CANCELED = "57014"
# Rolled back for others' sake, as often as it was tried: a serialization failure, a deadlock; a lock that was not to be had; an
# account that others ended meanwhile.
_IN_EACH_OTHERS_WAY = ("40", "55P03", "PLN01")


class NotReady(domain.PlanError):
    """The database is there and cannot be used as it is."""

    code = "not-ready"
    title = "Not ready"


class IdempotencyKeyRequired(domain.PlanError):
    """A partner's system must send an Idempotency-Key: it repeats by itself what it got no answer to."""

    code = "idempotency-key-required"
    title = "An Idempotency-Key is required"


class IdempotencyKeyInvalid(domain.PlanError):
    """The Idempotency-Key cannot be used."""

    code = "idempotency-key-invalid"
    title = "The Idempotency-Key is not valid"


def problem(code: str, title: str, detail: str, *, status: int | None = None, **more: Any) -> Response:
    """Make a problem answer. `more` are extension members; None is left out."""
    number = status or STATUS[code]
    body = {
        "type": f"/problems/{code}",
        "title": title,
        "status": number,
        "detail": cut(detail, LONGEST_SENTENCE),
        "instance": cut(request.path, LONGEST_SENTENCE),
        "code": code,
        "request_id": request_id(),
        **{name: value for name, value in more.items() if value is not None},
    }
    answer = Response(json_io.dumps(body), number, mimetype="application/problem+json")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Vary"] = VARY
    if number == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def install(app: Flask) -> None:
    """Answer every exception with a problem."""
    app.register_error_handler(domain.PlanError, _expected)
    app.register_error_handler(HTTPException, _of_framework)
    app.register_error_handler(DBAPIError, _of_database)
    app.register_error_handler(PoolTimeout, _pool_exhausted)
    app.register_error_handler(Exception, _bug)


def _expected(error: domain.PlanError) -> Response:
    more: dict[str, Any] = {}
    if isinstance(error, domain.ValidationFailed | domain.Duplicate):
        told = few(map(_shortened, error.errors[:MOST_TOLD]))
        more["errors"] = told or None
        more["more_errors"] = len(error.errors) - len(told) or None
    if isinstance(error, domain.Forbidden):
        more["who_can"] = error.who_can
    extra = dict(getattr(error, "extra", {}))
    if isinstance(error, domain.CaseDataSuspected):
        extra["warnings"] = few(extra["warnings"])
    answer = problem(error.code, error.title, error.detail, **more, **extra)
    if isinstance(error, domain.TooManyRequests):
        answer.headers["Retry-After"] = str(error.retry_after)
    if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = RETRY_AFTER
    for name, value in getattr(error, "headers", {}).items():
        answer.headers[name] = value
    return answer


def _shortened(error: domain.FieldError) -> domain.FieldError:
    """The same, with no more of what was sent than somebody needs to find it."""
    return domain.FieldError(cut(error.pointer), error.code, cut(error.detail, LONGEST_SENTENCE))


def _of_framework(error: HTTPException) -> Response:
    status = error.code or 500
    code = _OF_FRAMEWORK.get(status, "internal-error" if status >= 500 else "malformed-json")
    detail = _SENTENCES.get(status) or error.description or "The request could not be understood."
    answer = problem(code, HTTPStatus(status).phrase, detail, status=status)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After", "WWW-Authenticate"}:
            answer.headers[name] = value
    return answer


def is_database_away(error: BaseException) -> bool:
    """Whether the database (not the request) is at fault: gone, starting, stopping, out of room or too slow."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or (
        state.startswith((*_AWAY, *_IN_EACH_OTHERS_WAY)) if state else isinstance(error, OperationalError)
    )


def _of_database(error: DBAPIError) -> Response:
    if not is_database_away(error):
        return _bug(error)
    log.warning("database away", extra={"fields": {"error": type(error.orig).__name__}})
    return _away(_say_why(getattr(error.orig, "sqlstate", None) or ""))


def _say_why(state: str) -> str:
    if state == _QUERY_CANCELED:
        return "The database took too long to answer."
    if state.startswith(_IN_EACH_OTHERS_WAY):
        return "Others were changing the same things at this moment."
    return "The database is not answering."


def _pool_exhausted(_error: PoolTimeout) -> Response:
    return busy()


def busy() -> Response:
    """Nobody had time for this request."""
    return _away("All connections to the database are busy.")


def _away(detail: str) -> Response:
    answer = problem(
        "database-unavailable",
        "The plan cannot be reached just now",
        f"{detail} Nothing was saved; try again in a moment.",
    )
    answer.headers["Retry-After"] = RETRY_AFTER
    return answer


def _bug(error: Exception) -> Response:
    log.error("internal error", exc_info=error)
    return problem(
        "internal-error",
        "Something went wrong",
        "This is a fault of ours. Give the request_id to whoever runs the service.",
    )
