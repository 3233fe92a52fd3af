"""Names that may be one person: found and listed, never merged by machine (DOMAIN 3).

Two names are put side by side when a slip of the pen would make one of the other, or when they share the surname and
the first initial. Somebody who knows them then merges them or says that they are two.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from uuid import UUID

from api.domain.folding import fold, words_of

# "Dibsdall" and "Dibsdale" are 0.88 alike; "Ward" and "Wood" 0.5.
ALIKE = 0.84


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that may be one: their ids in order, and why."""

    first: UUID
    second: UUID
    why: str


def find_duplicates(people: Iterable[tuple[UUID, str]], apart: Iterable[frozenset[UUID]] = ()) -> list[Pair]:
    """The pairs that may be one person; those that somebody said are two (`apart`) are left out. In order of name.

    Only names that share one of their keys are compared: 5,000 people take well under a second.
    """
    known = set(apart)
    ordered = sorted(people, key=lambda each: (fold(each[1]), each[0]))
    parts = [_parts(name) for _, name in ordered]
    pairs = []
    for one, other in sorted(_sharing_a_key(parts)):
        why = _why(parts[one], parts[other])
        ids = ordered[one][0], ordered[other][0]
        if why and frozenset(ids) not in known:
            pairs.append(Pair(min(ids), max(ids), why))
    return pairs


def find_alike(new: Iterable[tuple[UUID, str]], there: Iterable[tuple[UUID, str]]) -> list[tuple[UUID, UUID, str]]:
    """(new, there, why) of those who may be somebody that is there already, in order of name."""
    ours = dict(new)
    found = []
    for pair in find_duplicates([*ours.items(), *there]):
        own, other = (pair.first, pair.second) if pair.first in ours else (pair.second, pair.first)
        if own in ours and other not in ours:
            found.append((own, other, pair.why))
    return found


def find_same(new: Iterable[tuple[UUID, str]], there: Iterable[tuple[UUID, str]]) -> list[tuple[UUID, UUID, str]]:
    """The same for agencies and groups, where only the same name says anything."""
    named: dict[str, list[UUID]] = {}
    for each, name in there:
        named.setdefault(fold(name), []).append(each)
    return [(each, other, "the same name") for each, name in new for other in named.get(fold(name), [])]


def _sharing_a_key(parts: list[list[str]]) -> set[tuple[int, int]]:
    """The places of those that any reason could join: the same surname, first name, or names in any order."""
    blocks: dict[tuple[str, ...], list[int]] = {}
    for place, names in enumerate(parts):
        if names:
            keys = (
                ("last", names[-1]),
                ("initial", names[-1], names[0][0]),
                ("first", names[0]),
                ("all", *sorted(names)),
            )
            for key in keys:
                blocks.setdefault(key, []).append(place)
    return {
        pair
        for key, block in blocks.items()
        for pair in combinations(block, 2)
        # A first name or a surname is shared by many; what then can join two is only that the other is much the same.
        if key[0] not in _OTHER or _may_be_alike(*(parts[place][_OTHER[key[0]]] for place in pair))
    }


# Which of the names has to be much alike where this one is the same.
_OTHER = {"first": -1, "last": 0}


def why_alike(name: str, other: str) -> str | None:
    """Why two printed names may be one person's; None when nothing says so."""
    return _why(_parts(name), _parts(other))


def _why(ours: list[str], theirs: list[str]) -> str | None:
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
    """First to last name, folded, without titles and points; a double-barrelled one is two."""
    words = words_of(name.replace(".", " ").replace(",", " "))
    return [word for word in words if word not in _TITLES]


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "cllr", "sir", "dame", "rev"})


@lru_cache(65_536)
def _alike(one: str, other: str) -> bool:
    return len(one) > 3 and len(other) > 3 and SequenceMatcher(None, one, other).ratio() >= ALIKE


@lru_cache(65_536)
def _may_be_alike(one: str, other: str) -> bool:
    """Whether they can be as alike as `_alike` asks, told cheaply: by their length, then by their letters."""
    both = len(one) + len(other)
    if 2 * min(len(one), len(other)) < ALIKE * both:
        return False
    return 2 * sum(min(one.count(letter), other.count(letter)) for letter in set(one)) >= ALIKE * both
