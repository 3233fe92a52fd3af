"""Nobody's change is overwritten: a write is refused when somebody changed one of its fields since the caller read the thing (API 3.2)."""

from collections.abc import Collection
from typing import Any

from api.domain.days import london_day
from api.domain.errors import StaleVersion
from api.domain.fields import Clash, Field, Fields
from api.domain.journal import Entry
from api.domain.plan.by_when import say_date
from api.services.work import NOT_OF_THIS


def seen_at(revision: int | None) -> int:
    """The revision at which the caller read an object. Raises StaleVersion for an ETag that it never had."""
    if revision is None:
        raise StaleVersion(NOT_OF_THIS)
    return revision


def refuse_clashes(fields: Fields, clashes: Collection[Clash], to: str = "") -> None:
    """Raise StaleVersion for the first of these clashes, with all of them; `to` says what it was changed to."""
    for first in clashes:
        noun = fields.by_name[first.field].noun
        stale = StaleVersion(
            f"{first.by} changed the {noun} of {fields.called}{to} since you opened it. "
            "Look at it as it stands now, then try again."
        )
        stale.extra = {"clashes": list(clashes)}
        raise stale


def column_of(row: Any, field: Field, _entry: Entry) -> Any:
    """The present value of a field; of one with printed words, those."""
    printed = field.parts.get("printed") if field.parts else None
    return getattr(row, printed or next(iter(field.columns)))


def say_undone_since(entries: Collection[Entry], undone: Entry) -> str | None:
    """The refusal when somebody has undone this entry already."""
    by = next((each for each in entries if each.after.get("undone") == undone.id), None)
    return f"{by.by} has undone this already, on {say_date(london_day(by.at))}." if by else None


def say_changed_again(fields: Fields, clash: Clash) -> str:
    """Why an entry cannot be undone any more: somebody has changed the same field again."""
    noun, on = fields.by_name[clash.field].noun, say_date(london_day(clash.at))
    return f"{clash.by} changed the {noun} again on {on}. Undo that first, or set it as it should be."
