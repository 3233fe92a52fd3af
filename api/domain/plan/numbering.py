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


def close_up(taken: Mapping[Key, int], key: Key) -> dict[Key, int]:
    """The numbers that change when `key` goes: those right after it move up by one, as far as the next free number."""
    others = {number: each for each, number in taken.items()}
    found: dict[Key, int] = {}
    at = taken[key] + 1
    while at in others:
        found[others[at]] = at - 1
        at += 1
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


def follow(now: Mapping[Key, int], was: Mapping[Key, int], wanted: Mapping[Key, int]) -> dict[Key, int]:
    """The numbers after a file was loaded: `now` in the plan, as the last file had it (`was`), as this file has it.

    Where all that came from a file still has its number, the numbers are this file's. Somebody who gave another number
    meanwhile knew why: then the plan's own numbers stay. What the file is silent about keeps its number or, when that was
    taken by what moved, gets the next after all others; so does something new where something made by hand has its number.
    """
    touched = any(now[key] != was[key] for key in now.keys() & was.keys())
    numbers = dict(now) if touched else {key: wanted[key] for key in now if key in wanted}
    held = set(numbers.values())
    numbers |= {key: place for key, place in now.items() if key not in was and key not in numbers and place not in held}
    for key, place in wanted.items():
        if key not in numbers:
            numbers[key] = next_free(numbers, place)
    for key, place in sorted(now.items(), key=lambda each: each[1]):
        if key not in numbers:
            numbers[key] = next_free(numbers, place)
    return numbers
