"""How a problem (RFC 9457) and each error of an operation are described in the OpenAPI document."""

from collections.abc import Iterator
from typing import Any

from api.domain.editable import FIELDS_OF
from api.http.declare import ADMINS, PUBLIC, SIGNED_IN, WRITING, Operation
from api.http.messages.answers import BODILESS
from api.http.messages.bounds import MOST_TOLD
from api.http.messages.errors import STATUS
from api.schemas.base import Said
from api.schemas.plan.plans import PageQuery

MEANING = {
    400: "The request, a query parameter or the JSON cannot be read",
    401: "Not signed in, or the token no longer counts",
    403: "Signed in, and may not do this; `who_can` names who may",
    404: "No such thing; the same for an id that is not one",
    406: "`Accept` rules out what this address gives",
    409: "Clashes with what is there; for a `duplicate` `errors` says where",
    410: "It counts no more. A cursor is too old, or of a database that was restored: start again without `since`. A link was "
    "used or has expired: ask for a new one",
    412: "What If-Match asks for does not hold. Where somebody changed it since, `current` is how it stands, `ETag` what to send next",
    413: "The body is too large",
    415: "The body must be application/json in UTF-8, and not packed",
    422: "The body is JSON and not right, or cannot be done as things stand; `errors` says where",
    428: "If-Match is required",
    429: "Too many requests; wait as `Retry-After` says",
    503: "The database is not answering; nothing was saved",
}
_TEXT = {"type": "string"}
_FIELDS = list(dict.fromkeys(name for kind in FIELDS_OF.values() for name in kind.by_name))
FIELD_ERROR: dict[str, Any] = {
    "type": "object",
    "description": "One thing wrong: `pointer` is an RFC 6901 JSON pointer into the body, or `?name` for a query parameter.",
    "properties": {"pointer": _TEXT, "code": _TEXT, "detail": _TEXT},
    "required": ["pointer", "code", "detail"],
}
CLASH: dict[str, Any] = {
    "type": "object",
    "description": "412: a field that somebody changed since, with whose value stands.",
    "properties": {
        "field": {"type": "string", "enum": _FIELDS},
        "by": _TEXT,
        "at": {"type": "string", "format": "date-time"},
        "value": {"description": "As it is shown."},
    },
    "required": ["field", "by", "at", "value"],
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457. Decide by `code`, which is part of the contract; `detail` is for people and may change.",
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "A page that explains it; JSON when asked for.",
        },
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "instance": {"type": "string", "description": "The path that was asked for."},
        "code": {"type": "string", "enum": sorted(STATUS)},
        "request_id": {"type": "string", "description": "Give it to whoever runs the service: it is in their log."},
        "errors": {
            "type": "array",
            "maxItems": MOST_TOLD,
            "items": {"$ref": "#/components/schemas/FieldError"},
            "description": "Each thing that is wrong, and where. Of 409 duplicate: the member that is `taken`, where it is known.",
        },
        "more_errors": {
            "type": "integer",
            "minimum": 1,
            "description": "How many more things are wrong than `errors` tells: it tells 100 at most.",
        },
        "who_can": {"type": "string", "description": "403: who may do it."},
        "current": {
            "description": "412: how it stands.",
            "anyOf": [
                {"$ref": f"#/components/schemas/{name}"}
                for name in (
                    "ActionDetail",
                    "ObjectiveDetail",
                    "Update",
                    "PersonDetail",
                    "AgencyDetail",
                    "NamedGroup",
                    "ManagedAccount",
                    "Plan",
                )
            ],
        },
        # What that can be is found among the operations (openapi.py).
        "original": {"description": "422 idempotency-key-reused: what the key made the first time."},
        "methods": {
            "description": "401 second-factor-required: how this account goes on.",
            "type": "array",
            "items": {"type": "string", "enum": ["code", "recovery", "passkey"]},
        },
        "warnings": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/CaseDataWarning"},
            "description": "422 case-data-suspected: what was seen, and where.",
        },
        "actions": {"type": "integer", "description": "409: how many actions stand in the objective."},
        "clashes": {"type": "array", "items": {"$ref": "#/components/schemas/Clash"}},
    },
    "required": ["type", "title", "status", "detail", "instance", "code", "request_id"],
}


def codes(operation: Operation) -> dict[int, list[str]]:
    """The error codes that this operation can answer, by status. What the declaration implies, and what it adds."""
    found: dict[int, list[str]] = {}
    for code in sorted({*_implied(operation), *_added(operation)}):
        found.setdefault(STATUS[code], []).append(code)
    return dict(sorted(found.items()))


def _added(operation: Operation) -> Iterator[str]:
    for each in operation.problems:
        yield from [each] if isinstance(each, str) else [code for code, status in STATUS.items() if status == each]


def _implied(operation: Operation) -> Iterator[str]:
    yield from ("bad-request", "invalid-parameter", "too-many-requests")
    if operation.query is not None and issubclass(operation.query, PageQuery):
        yield "invalid-cursor"
    if operation.status not in BODILESS:
        yield "not-acceptable"
    if "<" in operation.rule:
        yield "not-found"
    if operation.door is not PUBLIC or operation.changes:
        yield "database-unavailable"
    yield from _of_caller(operation)
    yield from _of_body(operation)
    if operation.method in WRITING:
        yield "foreign-origin"
        yield "stale-version" if operation.if_match else "precondition-failed"
    if operation.if_match == "required" and operation.door != ADMINS:
        yield "precondition-failed"
    if operation.if_match == "required":
        yield "precondition-required"


def _of_caller(operation: Operation) -> Iterator[str]:
    if operation.door is not PUBLIC or operation.by_refresh:
        yield from ("unauthenticated", "invalid-token", "token-expired", "session-revoked", "invalid-header")
        if operation.method in WRITING:
            yield "csrf"
    if operation.scope is not None:
        yield "insufficient-scope"
    if operation.door is not PUBLIC and not (operation.door == SIGNED_IN and operation.scope):
        yield "forbidden"
    if operation.door is not PUBLIC and not operation.before_factor:
        yield "second-factor-needed"
    if operation.fresh:
        yield "confirmation-needed"


def _of_body(operation: Operation) -> Iterator[str]:
    if operation.body is not None or operation.reads_raw:
        yield from ("malformed-json", "invalid-utf8", "duplicate-member")
        yield from ("body-too-large", "unsupported-media-type", "validation-failed")
    if operation.body is not None:
        yield from ("unknown-field", "read-only-field")
        if issubclass(operation.body, Said):
            yield "case-data-suspected"
    if operation.idempotent:
        yield from ("idempotency-key-invalid", "idempotency-key-reused")
        if operation.scope is not None:
            yield "idempotency-key-required"
