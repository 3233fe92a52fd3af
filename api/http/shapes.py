"""Schemas meet the request here: marshmallow's messages become the contract's errors, all at once (API 5.1)."""

from functools import lru_cache
from typing import Any
from urllib.parse import unquote, unquote_to_bytes
from uuid import UUID

from flask import request
from marshmallow import Schema, ValidationError
from marshmallow.exceptions import SCHEMA

from api.domain.errors import FieldError, InvalidParameter, NotFound, ReadOnlyField, UnknownField, ValidationFailed
from api.http.messages.bounds import LONGEST_NAME, cut
from api.schemas.fields import REPEATED, is_id

READ_ONLY = frozenset(
    [
        "id",
        "role",
        "author",
        "author_id",
        "author_person_id",
        "agency",
        "agency_id",
        "created_at",
        "updated_at",
        "posted_at",
        "version",
        "revision",
        "action",
        "action_id",
        "plan_id",
        "acknowledgement",
        "previous_rating",
        "entered_by",
        "mine",
        "number",
        "objective",
        "may",
    ]
)
_UNKNOWN = "Unknown field."
_loaded: dict[type[Schema], Schema] = {}


def _schema(kind: type[Schema]) -> Schema:
    """The schema, made once: making one costs more than using it."""
    if kind not in _loaded:
        _loaded[kind] = kind()
    return _loaded[kind]


def read_id(raw: str) -> UUID:
    """An id of a path. Raises NotFound: a malformed id is the id of nothing."""
    if not is_id(raw):
        raise NotFound("There is nothing at this address.")
    return UUID(raw)


def load_body(kind: type[Schema] | None, raw: Any) -> dict[str, Any]:
    """The body as keywords. Raises ValidationFailed, UnknownField, ReadOnlyField."""
    if kind is None:
        return {}
    if not isinstance(raw, dict):
        raise ValidationFailed("The body must be a JSON object.", [FieldError("", "invalid", "Send a JSON object.")])
    try:
        loaded: dict[str, Any] = _schema(kind).load(raw)
    except ValidationError as error:
        raise _failed(error.messages_dict) from error
    return loaded


def load_query(kind: type[Schema] | None) -> dict[str, Any]:
    """The query string as keywords. Raises InvalidParameter; nothing is silently corrected (API 2.2)."""
    given = request.args
    if not given and kind is None:
        return {}
    if b"%" in request.query_string or not request.query_string.isascii():
        _check_utf8(request.query_string)
    twice = [name for name in given if len(given.getlist(name)) > 1]
    if twice:
        errors = [
            FieldError(f"?{cut(name)}", "repeated", "Give this once; separate values with commas.") for name in twice
        ]
        raise InvalidParameter(f"The parameter {cut(twice[0])} is there twice.", errors)
    if kind is None:
        return _no_parameters(list(given))
    return dict(_load_query(kind, tuple(given.items())))


@lru_cache(maxsize=512)
def _load_query(kind: type[Schema], given: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """Kept, because the client asks the same few again and again, and reading one costs as much as finding its answer."""
    try:
        loaded: dict[str, Any] = _schema(kind).load(dict(given))
    except ValidationError as error:
        errors = [_query_error(name, messages) for name, messages in error.messages_dict.items()]
        raise InvalidParameter(f"{errors[0].pointer[1:]}: {errors[0].detail}".removeprefix(": "), errors) from error
    return loaded


def _check_utf8(raw: bytes) -> None:
    """Raise InvalidParameter for bytes that are no UTF-8: the framework leaves them as they are written, and would look for that."""
    wrong = [pair for pair in raw.split(b"&") if not _is_utf8(pair)]
    if wrong:
        names = [cut(unquote(pair.partition(b"=")[0].decode("ascii", "replace"))) for pair in wrong]
        errors = [FieldError(f"?{name}", "invalid", "This must be UTF-8, percent-encoded.") for name in names]
        raise InvalidParameter(f"{names[0]}: {errors[0].detail}", errors)


def _is_utf8(pair: bytes) -> bool:
    try:
        unquote_to_bytes(pair).decode()
    except UnicodeDecodeError:
        return False
    return True


def _no_parameters(names: list[str]) -> dict[str, Any]:
    errors = [FieldError(f"?{cut(name)}", "unknown", "This address takes no parameters.") for name in names]
    raise InvalidParameter("This address takes no query parameters.", errors)


def _query_error(name: Any, messages: Any) -> FieldError:
    first = messages[0] if isinstance(messages, list) else str(messages)
    name = cut(str(name))
    if name == SCHEMA:
        return FieldError("?", "invalid", first)
    if first == _UNKNOWN:
        return FieldError(f"?{name}", "unknown", "There is no such parameter.")
    return FieldError(f"?{name}", "repeated" if first == REPEATED else "invalid", first)


def _failed(messages: dict[Any, Any]) -> ValidationFailed:
    errors = list(_flatten(messages, ""))
    codes = {error.code for error in errors}
    if codes == {"read-only-field"}:
        return ReadOnlyField("Some of these are set by the server.", errors)
    if codes <= {"unknown-field", "read-only-field"}:
        return UnknownField("Some of these members are not known.", errors)
    return ValidationFailed(errors[0].detail if len(errors) == 1 else f"{len(errors)} things need changing.", errors)


def _flatten(messages: Any, pointer: str) -> list[FieldError]:
    if isinstance(messages, dict):
        found = []
        for name, below in messages.items():
            step = "" if name == SCHEMA else "/" + cut(str(name), LONGEST_NAME).replace("~", "~0").replace("/", "~1")
            found += _flatten(below, pointer + step)
        return found
    return [_field_error(pointer, str(message)) for message in messages]


def _field_error(pointer: str, message: str) -> FieldError:
    if message != _UNKNOWN:
        return FieldError(pointer, "invalid", message)
    if pointer.count("/") == 1 and pointer[1:] in READ_ONLY:
        return FieldError(pointer, "read-only-field", "The server sets this; leave it out.")
    return FieldError(pointer, "unknown-field", "There is no such member; leave it out.")
