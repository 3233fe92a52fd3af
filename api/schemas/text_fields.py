"""The text fields of the contract (API 5.3): plain words, one line, an e-mail address, a password."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate

from api.domain.text import clean_text, is_blank

# What `domain.text` takes, as patterns for the document: no control characters but tab and line ends, nothing that
# changes the direction of text, and (unless it may be blank) something that can be seen.
_REFUSED = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
_UNSEEN = (
    r"\t\n\r \xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u1680\u180e\u2000-\u200f\u2028\u2029\u202f"
    r"\u205f-\u2064\u206a-\u206f\u3000\ufeff\ufff9-\ufffb"
)
BLANK_OR_WORDS = f"^[^{_REFUSED}]*$"
WORDS = f"^[^{_REFUSED}]*[^{_REFUSED}{_UNSEEN}][^{_REFUSED}]*$"
# What mail programs of today take: one address, nothing that could begin another header or address.
EMAIL = (
    r"^ *[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+ *$"
)
# Half a pair, as only an escape in JSON can write it: no encoding has it, so neither hash nor database can take it.
_BROKEN = re.compile(r"[\ud800-\udfff]")


class Words(fields.String):
    """Plain text between two lengths (in characters), in NFC, without control characters; blank is refused unless allowed."""

    def __init__(
        self, *, most: int, blank: bool = False, missing: str = "Write something here.", **kwargs: Any
    ) -> None:
        least = {"pattern": BLANK_OR_WORDS} if blank else {"pattern": WORDS, "minLength": 1}
        metadata = {"maxLength": most, **least, **kwargs.pop("metadata", {})}
        super().__init__(
            metadata=metadata, error_messages={"required": missing, "invalid": "This must be text."}, **kwargs
        )
        self.most, self.blank, self.missing = most, blank, missing

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            text = clean_text(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if is_blank(text):
            if not self.blank:
                raise ValidationError(self.missing)
            return ""
        if len(text) > self.most:
            raise ValidationError(f"This has {len(text):,} characters; the most is {self.most:,}.")
        return text


class Line(Words):
    """Words on one line: tabs, line ends and doubled spaces become one space, as when a name is pasted out of a table."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        return " ".join(super()._deserialize(value, attr, data, **kwargs).split())


def name_field(**kwargs: Any) -> Line:
    """A name as it is printed."""
    return Line(most=200, missing="Write the name.", **kwargs)


class Email(Words):
    """One e-mail address, kept in lower case."""

    def __init__(self, **kwargs: Any) -> None:
        self.message = "Write one e-mail address, for example jane.carroll@example.org."
        metadata = {"pattern": EMAIL, "minLength": 3, **kwargs.pop("metadata", {})}
        super().__init__(most=254, missing=self.message, metadata=metadata, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not re.fullmatch(EMAIL, text):
            raise ValidationError(self.message)
        return text.strip().lower()


class Secret(fields.String):
    """A password: taken as it is typed, as long as it is text at all."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        checks: list[Callable[[str], object]] = [validate.Length(min=1, max=most), _whole]
        super().__init__(validate=checks, load_only=True, **kwargs)


def _whole(text: str) -> None:
    if _BROKEN.search(text):
        raise ValidationError("Remove the broken character (a lone surrogate).")
