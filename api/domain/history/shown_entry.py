"""A journal entry as a sentence is made of it: who, what, and the values before and after."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from api.domain.editable import FIELDS_OF
from api.domain.history.undoing import UNDONE
from api.domain.journal import Entry, Values

_OPERATOR = "command line"


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """A journal entry with what its sentence needs: `author` is whose update it is about, `words` are those of the ratings.

    `hidden`: the update was withdrawn, and this reader does not learn what it said.
    """

    entry: Entry
    author: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False

    @property
    def by(self) -> str:
        """The name of whoever did it."""
        return self.entry.by

    @property
    def object_type(self) -> str:
        """What it was done to."""
        return self.entry.object_type

    @property
    def verb(self) -> str:
        """What was done."""
        return self.entry.verb

    @property
    def before(self) -> Values:
        """The changed columns as they were."""
        return self.entry.before

    @property
    def after(self) -> Values:
        """The changed columns as they became, and what was said of it."""
        return self.entry.after

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


Sayer = Callable[[ShownEntry], str]


def end(sentence: str, reason: str | None = None) -> str:
    """The sentence with its reason and a full stop."""
    whole = f"{sentence}: {reason}" if reason else sentence
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."


def changed_fields(object_type: str, changed: Values) -> list[str]:
    """The fields of this kind of thing that changed, in words, each once."""
    return FIELDS_OF[object_type].nouns_of(changed)
