"""Numbers of actions in their objective, and of objectives in their plan: what moves when one takes another's place."""

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")

LAST = 9999
"""The highest number there can be."""


def place_at(taken: Mapping[Key, int], key: Key, wanted: int) -> dict[Key, int]:
    """The numbers that change when `key`, which may be new, takes this number: its own, and those it pushes.

    A free number is simply taken. Else those between move by one, no further than to the next free number: what moves
    down the paper lets them move up, and the other way round.
    """
    others = {number: each for each, number in taken.items() if each != key}
    step = -1 if key in taken and wanted > taken[key] else 1
    found: dict[Key, int] = {}
    at = wanted
    while at in others:
        found[others[at]] = at + step
        at += step
    if taken.get(key) != wanted:
        found[key] = wanted
    return found


def why_not_at(taken: Mapping[Key, int], key: Key, wanted: int) -> str | None:
    """Why `key` cannot have this number: only those that there are, and for something new the next after them."""
    last = max(taken.values(), default=0) + (0 if key in taken else 1)
    if wanted <= last <= LAST:
        return None
    return f"The last number is {last}; choose one from 1 to {last}." if last <= LAST else f"{LAST} is the last number."


def next_free(taken: Mapping[Key, int], wanted: int) -> int:
    """This number, or the one after the last when something else has it by now."""
    return max(taken.values()) + 1 if wanted in taken.values() else wanted
