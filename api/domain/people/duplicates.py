"""Names that may belong to one person: found and listed, never merged by machine (DOMAIN 3).

Two names are put side by side when a slip of the pen would make one of the other, or when they share the surname and
the first initial. Somebody who knows them then merges them or says that they are two.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from api.domain.folding import fold, words_of
from api.domain.people.likeness import Word, alike, find_alike_words

Key = tuple[str, UUID, UUID]
"""A pair's place in the list: the folded name of the first, then both ids."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be one: their ids in order, and why."""

    first: UUID
    second: UUID
    why: str


def find_duplicates(
    people: Iterable[tuple[UUID, str]],
    apart: Iterable[frozenset[UUID]] = (),
    *,
    after: Key | None = None,
    most: int | None = None,
) -> list[Pair]:
    """The pairs that may be one person, in order of `key_of`, without those that were told apart (`apart`).

    Of them the first `most` after this place: what is asked for is looked for, not all pairs that there are.
    """
    names = dict(people)
    known = set(apart)
    pairs = (pair for pair in _Names(names).pairs(after) if frozenset((pair.first, pair.second)) not in known)
    return list(islice(pairs, most))


def key_of(names: Mapping[UUID, str], first: UUID, second: UUID) -> Key:
    """The place of a pair in the list."""
    return fold(names[first]) or " ", first, second


class _Names:
    """People indexed by what similar names share: surname and initial, the same names, or a similar word."""

    def __init__(self, names: Mapping[UUID, str]) -> None:
        self.names = names
        self.parts = {each: _parts(name) for each, name in names.items()}
        self.blocks: dict[tuple[str, ...], list[UUID]] = defaultdict(list)
        for each, parts in self.parts.items():
            for key in _keys(parts):
                self.blocks[key].append(each)
        self.alike = find_alike_words(word for parts in self.parts.values() if parts for word in _words(parts))

    def pairs(self, after: Key | None) -> Iterator[Pair]:
        """In order of `key_of`: only what is taken is looked for."""
        ordered = sorted((fold(name) or " ", each) for each, name in self.names.items())
        place = {each: order for order, (_, each) in enumerate(ordered)}
        for name, first in ordered:
            if after is not None and (name, first) < after[:2]:
                continue
            for second in sorted(other for other in self._beside(first) if other > first):
                one, other = sorted((first, second), key=place.__getitem__)
                why = _why(self.parts[one], self.parts[other])
                if why and (after is None or (name, first, second) > after):
                    yield Pair(first, second, why)

    def _beside(self, each: UUID) -> set[UUID]:
        """Whoever any reason could join with somebody."""
        parts = self.parts[each]
        found = {other for key in _keys(parts) if key[0] in _SAME for other in self.blocks[key]}
        for (kind, same), word in _words(parts) if parts else ():
            for other in self.alike.get(((kind, same), word), ()):
                whole = ("both", same, other) if kind == "first" else ("both", other, same)
                found.update(self.blocks[whole])
        return found


def find_alike(new: Iterable[tuple[UUID, str]], there: Iterable[tuple[UUID, str]]) -> list[tuple[UUID, UUID, str]]:
    """(new, existing, why) for each new name that may be an existing person's, in order of name."""
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


# Who shares one of these shares all that a reason asks for; "both" is where a word that is alike is looked up.
_SAME = frozenset({"initial", "all"})


def _keys(names: list[str]) -> list[tuple[str, ...]]:
    if not names:
        return []
    return [("initial", names[-1], names[0][0]), ("all", *sorted(names)), ("both", names[0], names[-1])]


def _words(names: list[str]) -> tuple[Word, Word]:
    """The two keys for similar names: the surname beside its first name, and the first name beside its surname."""
    return (("first", names[0]), names[-1]), (("last", names[-1]), names[0])


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
    if ours[0] == theirs[0] and alike(ours[-1], theirs[-1]):
        return "the same first name and nearly the same surname"
    if ours[-1] == theirs[-1] and alike(ours[0], theirs[0]):
        return "the same surname and nearly the same first name"
    return "the same names in another order" if sorted(ours) == sorted(theirs) else None


def _parts(name: str) -> list[str]:
    """First to last name, folded, without titles and points; a double-barrelled one is two."""
    words = words_of(name.replace(".", " ").replace(",", " "))
    return [word for word in words if word not in _TITLES]


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "cllr", "sir", "dame", "rev"})
