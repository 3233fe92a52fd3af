"""Names that may be one person: found and listed, never merged by machine (DOMAIN 3).

Two names are put side by side when a slip of the pen would make one of the other, or when they share the surname and
the first initial. Somebody who knows them then merges them or says that they are two.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from uuid import UUID

from api.domain.text import fold

# "Dibsdall" and "Dibsdale" are 0.88 alike; "Ward" and "Wood" 0.5.
ALIKE = 0.84


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that may be one: their ids in order, and why."""

    first: UUID
    second: UUID
    why: str


def find_duplicates(people: Iterable[tuple[UUID, str]], apart: Iterable[frozenset[UUID]] = ()) -> list[Pair]:
    """The pairs that may be one person; those that somebody said are two (`apart`) are left out. In order of name."""
    known = set(apart)
    ordered = sorted(people, key=lambda each: (fold(each[1]), each[0]))
    pairs = []
    for (first, name), (second, other) in combinations(ordered, 2):
        why = why_alike(name, other)
        if why and frozenset({first, second}) not in known:
            pairs.append(Pair(min(first, second), max(first, second), why))
    return pairs


def why_alike(name: str, other: str) -> str | None:
    """Why two printed names may be one person's; None when nothing says so."""
    ours, theirs = _parts(name), _parts(other)
    if not ours or not theirs:
        return None
    if ours == theirs:
        return "the same name"
    if ours[-1] == theirs[-1] and ours[0][0] == theirs[0][0]:
        return "the same surname and first initial"
    if ours[0] == theirs[0] and _alike(ours[-1], theirs[-1]):
        return "the same first name and nearly the same surname"
    if ours[-1] == theirs[-1] and _alike(ours[0], theirs[0]):
        return "the same surname and nearly the same first name"
    return "the same names in another order" if sorted(ours) == sorted(theirs) else None


def _parts(name: str) -> list[str]:
    """First to last name, folded, without titles and points."""
    words = fold(name).replace(".", " ").replace("’", "'").replace(",", " ").split()
    return [word for word in words if word not in _TITLES]


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "cllr", "sir", "dame", "rev"})


def _alike(one: str, other: str) -> bool:
    return len(one) > 3 and len(other) > 3 and SequenceMatcher(None, one, other).ratio() >= ALIKE
