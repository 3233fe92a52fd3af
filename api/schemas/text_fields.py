"""The text fields of the contract (API 5.3): plain words, one line, an e-mail address, a password."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import ValidationError, fields

from api.domain.text import clean_line, clean_text, is_blank
from api.schemas.fields import length
from api.schemas.messages import TEXT

# What `domain.text` takes, as patterns for the document: no control characters but tab and line ends, and (unless it may be
# blank) something that can be seen.
_REFUSED = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_UNSEEN = (
    r"\t\n\x0b\x0c\r \x85\xa0\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    r"\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
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
    """Plain text between two lengths (in characters) as `domain.text` cleans it; blank is refused unless allowed.

    It is `free`: people write in it what they like, so it is looked through for case data (`Said`). One that is not says `because` of what.
    """

    def __init__(
        self,
        *,
        most: int,
        blank: bool = False,
        missing: str = "Write something here.",
        free: bool = True,
        because: str = "",
        **kwargs: Any,
    ) -> None:
        if free is bool(because):
            raise ValueError("A text is looked through for case data, or says because of what it is not.")
        least = {"pattern": BLANK_OR_WORDS} if blank else {"pattern": WORDS, "minLength": 1}
        metadata = {"maxLength": most, **least, **kwargs.pop("metadata", {})}
        super().__init__(metadata=metadata, error_messages={"invalid": TEXT}, **kwargs)
        self.most, self.blank, self.hint, self.free, self.because = most, blank, missing, free, because

    def tidy(self, text: str) -> str:
        """What is kept of it. Raises ValueError."""
        return clean_text(text)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            text = self.tidy(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if is_blank(text):
            if not self.blank:
                raise ValidationError(self.hint)
            return ""
        if len(text) > self.most:
            raise ValidationError(f"This has {len(text):,} characters; the most is {self.most:,}.")
        return text


class Line(Words):
    """Words on one line."""

    def tidy(self, text: str) -> str:
        """What is kept of it, on one line. Raises ValueError."""
        return clean_line(text)


def name_field(**kwargs: Any) -> Line:
    """A name as it is printed."""
    return Line(most=200, missing="Write the name.", **kwargs)


class Email(Words):
    """One e-mail address, kept in lower case."""

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"pattern": EMAIL, "minLength": 3, **kwargs.pop("metadata", {})}
        missing = "Write one e-mail address, for example jane.carroll@example.org."
        why = "an e-mail address has a form of its own"
        super().__init__(most=254, missing=missing, metadata=metadata, free=False, because=why, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not re.fullmatch(EMAIL, text):
            raise ValidationError(self.hint)
        return text.strip().lower()


class Secret(fields.String):
    """A password: taken as it is typed, as long as it is text at all."""

    def __init__(self, *, most: int, missing: str = "Write the password.", **kwargs: Any) -> None:
        self.hint = missing
        checks: list[Callable[[str], object]] = [length(least=1, most=most), _whole]
        super().__init__(validate=checks, load_only=True, **kwargs)


def _whole(text: str) -> None:
    if _BROKEN.search(text):
        raise ValidationError("Remove the broken character (a lone surrogate).")
