"""What people can edit: each field declared once. Clashes, history, undo, past days, seeds and removed words are derived from it.

The declarations stand in `editable.py`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto
from typing import Any
from uuid import UUID

from api.domain.journal import Entry, Values


class Holds(Enum):
    """What a column holds, and so how the journal writes it and whether words can be removed from it."""

    PLAIN = auto()
    """A number, or one of a list: in JSON as it is."""
    DAY = auto()
    """A date: in JSON as text."""
    ID = auto()
    """The id of a row: in JSON as text."""
    WORDS = auto()
    """Text that people write, from which words can be removed for good."""
    LIST = auto()
    """A list or document of JSON with such text in it."""
    ROWS = auto()
    """Rows of a table of their own, written to the journal under this name; the row itself has no such column."""
    CONTACT = auto()
    """How somebody can be reached: the journal cannot forget, so it says only that there is one."""


PLAIN, DAY, ID, WORDS, LIST, ROWS, CONTACT = Holds
_GIVEN = "given"
"""What the journal says of a contact, instead of it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field that people edit.

    `name` is its member in the body of a change, and what a clash calls it; `noun` is what people call it. `columns` hold it,
    in the row and in the journal; several are changed as a whole, and `parts` says which member of the field's object each is.
    `verbs` are the entries that change it. `checked`: writing it takes more than giving the row the value, so a service does it.
    `seed` is its name in the journal where a seed changes all its columns at once.
    """

    name: str
    noun: str
    columns: Mapping[str, Holds]
    verbs: tuple[str, ...] = ("changed",)
    checked: bool = False
    parts: Mapping[str, str] = field(default_factory=dict)
    seed: str | None = None


def plain(name: str, noun: str, holds: Holds = PLAIN, **more: Any) -> Field:
    """A field of one column of the same name."""
    return Field(name, noun, {name: holds}, **more)


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed: who changed it last, when, and its value."""

    field: str
    by: str
    at: datetime
    value: Any


class Fields:
    """The fields of one kind of thing, by the name that the journal has for it.

    `called` is how a refusal speaks of it. `others` names columns that people read of in the history and cannot edit.
    `plain_names` and `plain_columns` are those of the fields that are written without asking anything else; `as_is` are those of
    them that are called the same in a body, in the row, in the plan document and in a seed.
    """

    def __init__(self, object_type: str, called: str, *fields: Field, others: Mapping[str, str] | None = None) -> None:
        self.object_type, self.called, self.fields = object_type, called, fields
        self.by_name = {each.name: each for each in fields}
        self.by_column = {column: each for each in fields for column in each.columns}
        self.by_column |= {each.seed: each for each in fields if each.seed}
        self.holds = {column: holds for each in fields for column, holds in each.columns.items()}
        self.columns = tuple(column for column, holds in self.holds.items() if holds is not ROWS)
        self.as_is = tuple(each.name for each in fields if not each.checked and tuple(each.columns) == (each.name,))
        self.plain_names = frozenset(each.name for each in fields if not each.checked)
        self.plain_columns = tuple(column for each in fields if not each.checked for column in each.columns)
        self._others = dict(others or {})

    def holding(self, *kinds: Holds) -> tuple[str, ...]:
        """The columns that hold one of these."""
        return tuple(column for column, holds in self.holds.items() if holds in kinds)

    def changed_by(self, verb: str) -> tuple[Field, ...]:
        """The fields that entries of this verb change."""
        return tuple(each for each in self.fields if verb in each.verbs)

    def names_of(self, columns: Iterable[str]) -> frozenset[str]:
        """The fields that these columns belong to, by name; columns of none are passed over."""
        return frozenset(self.by_column[column].name for column in columns if column in self.by_column)

    def as_columns(self, members: Values) -> dict[str, Any]:
        """The members of a change as columns; of a field with parts only those that are given."""
        found: dict[str, Any] = {}
        for name, value in members.items():
            declared = self.by_name[name]
            if declared.parts:
                found |= {declared.parts[part]: below for part, below in value.items()}
            else:
                found[next(iter(declared.columns))] = value
        return found

    def nouns_of(self, columns: Iterable[str]) -> list[str]:
        """What changed, in words ("the wording"), each once, in the order of the columns."""
        nouns = (self.by_column[each].noun if each in self.by_column else self._others.get(each) for each in columns)
        return list(dict.fromkeys(f"the {noun}" for noun in nouns if noun))

    def find_clashes(
        self, entries: Iterable[Entry], writes: Collection[str], value_of: Callable[[Field, Entry], Any]
    ) -> list[Clash]:
        """The last of these entries (oldest first) for each of the fields to be written, sorted by the field's name."""
        found: dict[str, Clash] = {}
        for entry in entries:
            for name in self.names_of(self._changed(entry)) & set(writes):
                found[name] = Clash(name, entry.by, entry.at, value_of(self.by_name[name], entry))
        return [found[name] for name in sorted(found)]

    def _changed(self, entry: Entry) -> Iterator[str]:
        """The columns that an entry changed: a name may be told beside them, and of a contact both sides read alike."""
        for column, value in entry.after.items():
            if self.holds.get(column) is CONTACT or entry.before.get(column) != value:
                yield column

    def as_json(self, values: Values) -> dict[str, Any]:
        """Columns as the journal holds them."""
        return {name: self._told(name, value) for name, value in values.items()}

    def _told(self, column: str, value: Any) -> Any:
        if self.holds.get(column) is CONTACT:
            return value if value is None else _GIVEN
        return to_json(value)

    def from_json(self, values: Values) -> dict[str, Any]:
        """Columns of the row out of what the journal or a seed holds."""
        return {name: read_json(self.holds.get(name), value) for name, value in values.items()}


def to_json(value: Any) -> Any:
    """A column's value in JSON form: days and ids as text."""
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID) else value


def read_json(holds: Holds | None, value: Any) -> Any:
    """A column's value out of its JSON form."""
    if value is None:
        return None
    return date.fromisoformat(value) if holds is DAY else UUID(value) if holds is ID else value
