"""Chance that is the same for the same seed, and the ids made with it."""

import random
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")
_VERSION = 7 << 76
_VARIANT = 2 << 62


class Chance:
    """Draws. Each plan has its own, so that a plan is the same however many there are."""

    def __init__(self, *seed: int | str) -> None:
        self._random = random.Random("/".join(map(str, seed)))  # noqa: S311 -- words, not secrets
        self.below = self._random.random

    def pick(self, choices: Sequence[T]) -> T:
        """One of these."""
        return choices[int(self.below() * len(choices))]

    def some(self, choices: Sequence[T], number: int) -> list[T]:
        """Several different ones, in any order."""
        return self._random.sample(choices, number)

    def whether(self, share: float) -> bool:
        """True in this share of the cases."""
        return self.below() < share

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self.below() * (most - least + 1))

    def id_at(self, instant: datetime) -> UUID:
        """A UUID of version 7, made at this instant (as services/ids.py makes them)."""
        bits = self._random.getrandbits(74)
        time = int(instant.timestamp() * 1000) << 80
        return UUID(int=time | _VERSION | (bits >> 62) << 64 | _VARIANT | bits & ((1 << 62) - 1))
