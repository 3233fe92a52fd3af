"""Lists (API 2.1): the envelope, and opaque cursors by keyset."""

import base64
import binascii
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from flask import request

from api.domain.errors import FieldError, InvalidCursor
from api.web.answers import Answer
from api.web.json_io import dumps


def envelope(limit: int, next_cursor: str | None, more: dict[str, Any] | None = None) -> bytes:
    """The page and links of a list, as the rest of its JSON after the data."""
    page = {"limit": limit, "next_cursor": next_cursor, **(more or {})}
    return dumps({"page": page, "links": {"self": request.full_path.rstrip("?"), "next": _next(next_cursor)}})


def _next(cursor: str | None) -> str | None:
    if cursor is None:
        return None
    return f"{request.path}?{urlencode({**request.args, 'cursor': cursor})}"


def link(cursor: str | None) -> str | None:
    """The Link header of a list that goes on."""
    return f'<{_next(cursor)}>; rel="next"' if cursor else None


def write_cursor(order: str, key: list[Any]) -> str:
    """An opaque cursor: the order it belongs to, and the key of the last thing shown."""
    return base64.urlsafe_b64encode(dumps([order, *key])).decode().rstrip("=")


def read_cursor(cursor: str | None, order: str, name: str = "cursor") -> list[Any] | None:
    """The key in a cursor of this order, given as the parameter `name`. Raises InvalidCursor."""
    if cursor is None:
        return None
    try:
        found = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(found, list) or found[:1] != [order] or not _has_shape(found[1:], order):
            raise ValueError
    except (ValueError, binascii.Error) as error:
        detail = "Use the cursor of the page before, with the same sort."
        raise InvalidCursor(detail, [FieldError(f"?{name}", "invalid", detail)]) from error
    return found[1:]


def forged_cursor(name: str = "cursor") -> InvalidCursor:
    """The error for a cursor whose parts are not what they should be."""
    detail = "Use the cursor of the page before."
    return InvalidCursor(detail, [FieldError(f"?{name}", "invalid", detail)])


def read_name_and_id(cursor: str | None) -> tuple[str, UUID] | None:
    """The keyset of a list in order of name. Raises InvalidCursor."""
    found = read_cursor(cursor, "name")
    try:
        return (found[0], UUID(found[1])) if found else None
    except ValueError as error:
        raise forged_cursor() from error


def read_entry(cursor: str | None) -> int | None:
    """The keyset of a list in order of journal entry. Raises InvalidCursor."""
    found = read_cursor(cursor, "entry")
    if found is not None and not 0 <= found[0] < 2**63:
        raise forged_cursor()
    return found[0] if found else None


# What the keys of each order are made of: anybody can write a cursor, and what is in one is compared with rows.
_SHAPES: dict[str, tuple[type, ...]] = {
    "number": (int, int),
    "by_when": (str, int, int),
    "last_update": (float, int, int),
    "slug": (str,),
    "name": (str, str),
    "posted": (str, str),
    "entry": (int,),
    "event": (int,),
    "session": (str,),
    "merge": (str,),
    "pair": (str, str, str),
    "journal": (int, int, int, int),
    "changes": (str, str, int, int, int, int, int, int),
}


def _has_shape(key: list[Any], order: str) -> bool:
    shape = _SHAPES[order.removeprefix("-")]
    return len(key) == len(shape) and all(
        type(part) is kind and part != "" and "\x00" not in str(part) for part, kind in zip(key, shape, strict=True)
    )


def page(rows: list[dict[str, Any]], limit: int, order: str, key_of: Any, *, private: bool = False) -> Answer:
    """A list answer from `limit` + 1 rows: the extra one says that there is more."""
    shown = rows[:limit]
    cursor = write_cursor(order, key_of(shown[-1])) if len(rows) > limit else None
    body = b'{"data":' + dumps(shown) + b"," + envelope(limit, cursor)[1:]
    return Answer(body, links=link(cursor), private=private)
