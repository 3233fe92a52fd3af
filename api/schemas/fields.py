"""The field types of the contract (API 5.3): strict, with messages that say what would be right."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, validate

from api.domain.days import why_no_day
from api.domain.web_address import EXAMPLE, LONGEST, read_web_address

REQUIRED = "required"
REPEATED = "Give each value once."
# Host, port and the rest, as nearly as a pattern says what `domain.web_address` reads. No user or password before the host:
# the link would hand them to every reader.
_LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
WEB_ADDRESS = rf"^([Hh][Tt][Tt][Pp][Ss]?://|[Ww][Ww][Ww]\.){_LABEL}(\.{_LABEL})*(:[0-9]{{1,4}})?([/?#][ -~\u00a1-\u1fff\u3001-\ud7ff]*)?$"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


def length(*, least: int = 0, most: int) -> validate.Length:
    """That a text is of such a length, or else a sentence."""
    says = f"Write {least} to {most:,} characters." if least else f"This has more than {most:,} characters; shorten it."
    return validate.Length(least, most, error=says)


class Some(fields.List[Any]):
    """A list of which the most is said. A longer one is not looked into, so that it is one thing that is wrong."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> list[Any]:
        if isinstance(value, list):
            self._validate(value)
        return super()._deserialize(value, attr, data, **kwargs)


class Choice(fields.String):
    """One of a few words."""

    def __init__(self, choices: list[str], **kwargs: Any) -> None:
        self.choices = choices
        self.hint = f"Use one of: {', '.join(choices)}."
        super().__init__(validate=validate.OneOf(choices, error=self.hint), **kwargs)


DAY = "^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"


class Day(fields.Field[date]):
    """A calendar day, YYYY-MM-DD, from 1900 to 2199."""

    hint = "Write a date as YYYY-MM-DD, for example 2021-05-31."

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(metadata={"pattern": DAY, **kwargs.pop("metadata", {})}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        written = isinstance(value, str) and re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value, re.ASCII)
        if not written:
            raise ValidationError(self.hint)
        year, month, day = map(int, written.groups())
        if wrong := why_no_day(year, month, day):
            raise ValidationError(wrong)
        return date(year, month, day)

    def _serialize(self, value: date | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return value.isoformat() if value else None


class Month(fields.Field[date]):
    """A month, YYYY-MM, from 1900 to 2199, as its first day."""

    hint = "Write a month as YYYY-MM, for example 2026-11."

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(metadata={"pattern": "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$"}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        if not isinstance(value, str) or not re.fullmatch(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])", value):
            raise ValidationError(self.hint)
        return date.fromisoformat(f"{value}-01")


def is_id(text: str) -> bool:
    """Whether this is a UUID as this API writes it."""
    return _UUID.fullmatch(text) is not None


class Id(fields.Field[UUID]):
    """A UUID as this API writes it."""

    hint = "This must be an id as this API gives them, for example 01930000-0000-7000-8000-000000000000."

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> UUID:
        if not isinstance(value, str) or not is_id(value):
            raise ValidationError(self.hint)
        return UUID(value)


class WebAddress(fields.String):
    """An http or https address, kept as a browser reads it: what somebody may be sent to."""

    hint = EXAMPLE

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"pattern": WEB_ADDRESS, "maxLength": LONGEST}
        super().__init__(metadata=metadata, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        try:
            return read_web_address(super()._deserialize(value, attr, data, **kwargs))
        except ValueError as error:
            raise ValidationError(str(error)) from error


# Of a length that whole bytes have.
BASE64URL = "^([A-Za-z0-9_-]{4})*[A-Za-z0-9_-]{2,4}$"


class Base64Url(fields.String):
    """Bytes in base64url without padding, as WebAuthn writes them."""

    hint = "This must be base64url without padding, for example AQID, as the browser gives it."

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        checks = [length(most=most), validate.Regexp(BASE64URL.replace("$", r"\Z"), error=self.hint)]
        super().__init__(validate=checks, metadata={"pattern": BASE64URL, "maxLength": most}, **kwargs)


class Whole(fields.Integer):
    """A whole number between two bounds: not "7", not 7.0, not true."""

    def __init__(self, least: int, most: int, **kwargs: Any) -> None:
        self.hint = f"This must be a whole number from {least:,} to {most:,}."
        super().__init__(strict=True, validate=validate.Range(least, most, error=self.hint), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if type(value) is not int:
            raise ValidationError(self.hint)
        return value


class Flag(fields.Boolean):
    """true or false, and nothing that looks like them."""

    hint = "This must be true or false."
    truthy = {True}  # noqa: RUF012 -- marshmallow reads these as class attributes
    falsy = {False}  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError(self.hint)
        return value


class QueryFlag(fields.Field[bool]):
    """true or false in a query string."""

    hint = "Use true or false."

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if value not in {"true", "false"}:
            raise ValidationError(self.hint)
        return bool(value == "true")


class QueryNumber(fields.Field[int]):
    """A whole number in a query string, between two bounds, as a number is written: not 007, not +7."""

    def __init__(self, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(metadata={"minimum": least, "maximum": most}, **kwargs)
        self.least, self.most = least, most
        self.hint = f"Use a whole number from {least} to {most}."

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if not re.fullmatch(r"0|[1-9]\d{0,8}", value, re.ASCII) or not self.least <= int(value) <= self.most:
            raise ValidationError(self.hint)
        return int(value)


class AnyOf(fields.Field[frozenset[str]]):
    """A comma-separated list: any of these values, each once."""

    def __init__(
        self, *, choices: list[str] | None = None, pattern: str = "", example: str = "", **kwargs: Any
    ) -> None:
        # A hyphen needs no escape, and a strict reader of the document refuses one.
        words = "|".join(re.escape(each).replace(r"\-", "-") for each in choices or ())
        allowed = f"({words})" if choices else pattern
        super().__init__(metadata={"pattern": f"^{allowed}(,{allowed})*$", **kwargs.pop("metadata", {})}, **kwargs)
        self.allowed = re.compile(allowed, re.ASCII)
        self.hint = (
            f"Use any of {', '.join(choices)}, with commas." if choices else f"Use values like {example}, with commas."
        )

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> frozenset[str]:
        parts = value.split(",")
        if not all(self.allowed.fullmatch(part) for part in parts):
            raise ValidationError(self.hint)
        if len(parts) > len(set(parts)):
            raise ValidationError(REPEATED)
        return frozenset(parts)


class Instant(fields.AwareDateTime):
    """A time, RFC 3339, in UTC with Z, to the second; one that comes in may have another offset, and parts of a second."""

    hint = "Write a time with its zone, for example 2026-11-23T09:30:00Z."

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> datetime:
        try:
            if not isinstance(value, str) or not _INSTANT.fullmatch(value):
                raise ValueError
            return datetime.fromisoformat(value)
        except ValueError as error:
            raise ValidationError(self.hint) from error


class Counted(fields.Dict):
    """Numbers by name."""

    def __init__(self, names: list[str] | None = None, **kwargs: Any) -> None:
        keys = fields.String(validate=validate.OneOf(names)) if names else fields.String()
        super().__init__(keys=keys, values=fields.Integer(), **kwargs)


class Either(fields.Field[Any]):
    """A value of one of several shapes, that is JSON already."""

    def __init__(self, shapes: list[type[Schema]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.shapes = shapes
