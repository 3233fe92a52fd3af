"""A journal entry as a sentence is made of it: who, what, and the values before and after."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.domain.history.undoing import UNDONE

Values = Mapping[str, Any]

_OPERATOR = "command line"
# Columns whose names do not say it themselves, as the seed changes them.
_COLUMNS = {
    "text": "wording",
    "lead_id": "lead officer",
    "lead_printed": "lead officer",
    "text_printed": "wording on paper",
    "places": "people",
    "by_whom": "words for the people",
    "by_whom_printed": "people as printed",
    "by_when_printed": "date as printed",
    "first_on": "date",
    "starts_printed": "start",
    "starts_from": "start",
    "starts_to": "start",
    "ends_on": "end",
    "next_review_on": "next review",
    "update_every_days": "update cycle",
    "left_on": "last day",
    "ended_on": "last day",
    "email": "e-mail address",
    "aliases": "other names",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A journal entry with what its sentence needs: `author` is whose update it is about, `words` are those of the ratings.

    `hidden`: the update was withdrawn, and this reader does not learn what it said.
    """

    by: str
    object_type: str
    verb: str
    before: Values
    after: Values
    author: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False

    @property
    def who(self) -> str:
        """Who did it, as a sentence begins."""
        return f"The {self.by}" if self.by == _OPERATOR else self.by

    @property
    def undoes(self) -> bool:
        """Whether it undid another entry."""
        return "undone" in self.after

    @property
    def reason(self) -> str | None:
        """The reason somebody gave, without the mark of an undo."""
        given = self.after.get("status_reason") if self.verb == "status-changed" and not self.undoes else None
        said = given or self.after.get("reason") or ""
        return said.removeprefix(UNDONE).lstrip(":. ") if self.undoes else said


Sayer = Callable[[Told], str]


def end(sentence: str, reason: str | None = None) -> str:
    """The sentence with its reason and a full stop."""
    whole = f"{sentence}: {reason}" if reason else sentence
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."


def changed_fields(after: Values) -> list[str]:
    """The fields that changed, in words, each once."""
    told = (name for name in after if name != "case_data")
    names = (_COLUMNS.get(name, name.removesuffix("_id").removesuffix("_printed").replace("_", " ")) for name in told)
    return [f"the {name}" for name in dict.fromkeys(names)]
