"""Lists (API 2.1): the envelope, and opaque, signed cursors by keyset."""

import base64
import hmac
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from flask import request

from api.domain.errors import FieldError, InvalidCursor
from api.http.callers.proof import settings
from api.http.messages.answers import Answer
from api.http.messages.json_io import dumps

_SIGNED = 12
"""Bytes of a signature, at the end of a cursor."""


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


def write_cursor(order: str, key: list[Any], signer: bytes | None = None) -> str:
    """An opaque cursor: the order it belongs to, the key of the last thing shown, and a signature (ADR 21).

    Signed under SECRET_KEY, or under `signer` where the cursor has to outlive that.
    """
    said = dumps([order, *key])
    return _encode(said + _sign(said, signer or _keys()[0]))


def read_cursor(cursor: str | None, order: str) -> list[Any] | None:
    """The key in a cursor of a list of this order. Raises InvalidCursor."""
    if cursor is None:
        return None
    try:
        return read_signed(cursor, order, *_keys())
    except ValueError as error:
        raise forged_cursor(says="Use the cursor of the page before, with the same sort.") from error


def read_signed(cursor: str, order: str, *keys: bytes) -> list[Any]:
    """The key in a cursor of this order that was signed under one of these. Raises ValueError."""
    raw = _decode(cursor)
    said, signature = raw[:-_SIGNED], raw[-_SIGNED:]
    if not any(hmac.compare_digest(signature, _sign(said, key)) for key in keys):
        raise ValueError
    return _read(said, order)


def read_old(cursor: str, order: str) -> list[Any] | None:
    """The key in a cursor from before cursors were signed; None when it is none of this order."""
    try:
        return _read(_decode(cursor), order)
    except ValueError:
        return None


def _read(said: bytes, order: str) -> list[Any]:
    found = orjson.loads(said)
    if not isinstance(found, list) or found[:1] != [order] or not _has_shape(found[1:], order):
        raise ValueError
    return found[1:]


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(cursor: str) -> bytes:
    """The bytes. Raises ValueError, also where another text would have given the same: one way to write each cursor."""
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))  # its errors are ValueErrors
    if _encode(raw) != cursor:
        raise ValueError
    return raw


def _sign(said: bytes, key: bytes) -> bytes:
    return hmac.digest(key, said, "sha256")[:_SIGNED]


def _keys() -> tuple[bytes, ...]:
    """The keys that a list's cursor may be signed under: that of now, and the one before."""
    found = settings()
    secrets = filter(None, (found.secret_key, found.previous_secret_key))
    return tuple(sha256(b"cursor:" + secret.encode()).digest() for secret in secrets)


def forged_cursor(name: str = "cursor", says: str = "Use the cursor of the page before.") -> InvalidCursor:
    """The error for a cursor, given as the parameter `name`, that is not one of ours."""
    return InvalidCursor(says, [FieldError(f"?{name}", "invalid", says)])


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


# What the keys of each order are made of: what is in a cursor is compared with rows.
_SHAPES: dict[str, tuple[type, ...]] = {
    "number": (int, int),
    "by_when": (bool, str, int, int),
    "last_update": (bool, float, int, int),
    "slug": (str,),
    "name": (str, str),
    "posted": (str, str),
    "entry": (int,),
    "event": (int,),
    "session": (str,),
    "merge": (str,),
    "pair": (str, str, str),
    "journal": (int, int, int, int),
    "feed": (str, int, int, int, int, int, int),
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
