"""How a problem (RFC 9457) and each error status are described in the OpenAPI document."""

from typing import Any

from api.web.errors import STATUS

MEANING = {
    400: "The request, a query parameter or the JSON cannot be read",
    401: "Not signed in, or the token no longer counts",
    403: "Signed in, and may not do this; `detail` names who can",
    404: "No such thing",
    406: "Only JSON is given out",
    409: "Clashes with what is there",
    410: "The cursor is too old, or of a database that was restored: start again without `since`",
    412: "Somebody changed it since If-Match was read; `current` is how it stands",
    413: "The body is too large",
    415: "The body must be application/json",
    422: "The body is JSON and not right; `errors` says where",
    428: "If-Match is required",
    429: "Too many requests in a minute; Retry-After says when to come back",
    503: "The database is not answering; nothing was saved",
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457. `code` is part of the contract; `detail` is for people.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "code": {"type": "string", "enum": sorted(STATUS)},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
                "required": ["pointer", "code", "detail"],
            },
        },
        "who_can": {"type": "string"},
        "current": {"type": "object", "description": "412: the action as it stands now."},
        "clashes": {
            "type": "array",
            "description": "412: the fields that somebody changed since, with whose value stands.",
            "items": {
                "type": "object",
                "properties": {
                    "field": {"type": "string", "enum": ["text", "status", "by_when", "by_whom"]},
                    "by": {"type": "string"},
                    "at": {"type": "string", "format": "date-time"},
                    "value": {},
                },
                "required": ["field", "by", "at", "value"],
            },
        },
        "original": {"description": "422 idempotency-key-reused: what the key made the first time."},
    },
    "required": ["type", "title", "status", "detail", "instance", "code", "request_id"],
}
