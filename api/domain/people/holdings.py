"""What a person holds: what of it is open, what a merge fills in, and what must be handed over."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from api.domain.plan.status import Status

FINISHED = frozenset({Status.COMPLETE, Status.WITHDRAWN, Status.CARRIED_FORWARD})
"""An action with one of these keeps the names that were on it: nothing is asked of them any more."""

FILLED = ("email", "post", "agency_id")
"""What a person takes over from the one who is joined to them, where they have none of their own."""


class HeldKind(StrEnum):
    """What somebody can hold in a plan."""

    ACTION = "action"
    OBJECTIVE = "objective"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Item:
    """Something that somebody holds."""

    kind: HeldKind
    id: UUID


def find_filled(kept: Any, merged: Any) -> list[str]:
    """The columns that the person kept takes over from the person merged."""
    return [name for name in FILLED if getattr(kept, name) is None and getattr(merged, name) is not None]


def find_new_aliases(name: str, aliases: Iterable[str], others: Iterable[str]) -> list[str]:
    """Of other names, those that this person is not known by yet, each once."""
    known = {name, *aliases}
    return [other for other in dict.fromkeys(others) if other not in known]


def take_out(aliases: Iterable[str], others: Iterable[str]) -> list[str]:
    """The names without those that had been added."""
    added = set(others)
    return [name for name in aliases if name not in added]


def still_asked(status: str) -> bool:
    """Whether an action with this status still needs work from those named on it."""
    return Status(status) not in FINISHED
