"""JSON in and out: one strict reader for bodies (API 5.4), one fast writer for answers."""

import json
import re
from typing import Any, ClassVar, NoReturn

import orjson
from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from api.domain.errors import PlanError
from api.http.messages.wire import note_read

MAX_BODY = 1024 * 1024
MAX_SEED = 5 * 1024 * 1024
MAX_DEPTH = 32

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS


# Also twice in one header, so that no two readers of it can differ.
_CHARSET = re.compile(r';\s*charset\s*=\s*"?([^\s";]*)', re.IGNORECASE)
_UTF8 = frozenset({"utf-8", "utf8"})
_AS_IT_IS = frozenset({"", "identity"})


class UnsupportedMedia(PlanError):
    """The body is not JSON in plain UTF-8 by what its headers say of it; the answer's say what is taken (RFC 9110, 15.5.16)."""

    code = "unsupported-media-type"
    title = "Unsupported Media Type"
    taken: ClassVar[dict[str, str | None]] = {"Accept": "application/json", "Accept-Encoding": "identity"}

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.headers = self.taken


class MalformedJson(PlanError):
    """The body is not JSON."""

    code = "malformed-json"
    title = "The body is not valid JSON"


class InvalidUtf8(MalformedJson):
    """The body is not UTF-8."""

    code = "invalid-utf8"


class DuplicateMember(MalformedJson):
    """An object has the same name twice."""

    code = "duplicate-member"


def dumps(value: Any) -> bytes:
    """Write as JSON: UUIDs, dates and dataclasses as they are, times in UTC with Z, to the second."""
    return orjson.dumps(value, option=_OPTIONS)


def dumps_text(value: Any) -> str:
    """Write as text, for the database driver."""
    return orjson.dumps(value, option=_OPTIONS).decode()


def dumps_sorted(value: Any) -> bytes:
    """Write with members in order, so that equal bodies have equal bytes."""
    return orjson.dumps(value, option=_OPTIONS | orjson.OPT_SORT_KEYS)


def take_body(limit: int = MAX_BODY) -> bytes:
    """The request's body, of which nothing is known yet but that it is said to be JSON. Raises UnsupportedMedia, RequestEntityTooLarge."""
    _check_media()
    # One more than is allowed: of a body in chunks no more than this is read, and nothing says that there was more.
    request.max_content_length = limit + 1
    raw = request.get_data(cache=False)
    if len(raw) > limit:
        raise RequestEntityTooLarge
    note_read()
    return raw


def _check_media() -> None:
    """Raise UnsupportedMedia for what is not said to be JSON, in another charset, or packed."""
    if request.mimetype != "application/json" and not request.mimetype.endswith("+json"):
        raise UnsupportedMedia("Send the body as application/json.")
    if not _UTF8.issuperset(each.lower() for each in _CHARSET.findall(request.headers.get("Content-Type", ""))):
        raise UnsupportedMedia(
            "Send the body in UTF-8: JSON that is sent over a network has no other charset (RFC 8259, 8.1)."
        )
    coding = request.headers.get("Content-Encoding", "")
    if not _AS_IT_IS.issuperset(each.strip().lower() for each in coding.split(",")):
        raise UnsupportedMedia("Send the body as it is: no Content-Encoding is taken.")


def parse(raw: bytes) -> Any:
    """Read JSON strictly: UTF-8, no NaN or Infinity, no duplicate names, no more than 32 levels deep."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidUtf8("The body must be UTF-8.") from error
    try:
        value = json.loads(text, object_pairs_hook=_members, parse_constant=_no_constant)
    except RecursionError as error:
        raise MalformedJson(f"The body is nested more than {MAX_DEPTH} levels deep.") from error
    except ValueError as error:
        raise MalformedJson(f"The body is not valid JSON: {error}.") from error
    _check_depth(value)
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = _first_twice([name for name, _ in pairs])
        raise DuplicateMember(f"The member {twice[:60]!r} is there twice.")
    return found


def _first_twice(names: list[str]) -> str:
    """The first name that was there before; each is looked at once, however many there are."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    raise AssertionError("asked only where one is there twice")


def _no_constant(name: str) -> NoReturn:
    raise MalformedJson(f"{name} is not a JSON number.")


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for each in level
            if isinstance(each, dict | list)
            for child in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return
    raise MalformedJson(f"The body is nested more than {MAX_DEPTH} levels deep.")
