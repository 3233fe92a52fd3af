"""Similar words, found among many without comparing every pair (used by domain/people/duplicates.py)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from math import floor

# "Dibsdall" and "Dibsdale" are 0.88 alike; "Ward" and "Wood" 0.5.
ALIKE = 0.84
SHORTEST = 4

Share = tuple[str, str]
Word = tuple[Share, str]
"""A word, and what it has to share with another to be compared at all."""


@lru_cache(65_536)
def alike(one: str, other: str) -> bool:
    """Whether two words differ by no more than a typing mistake; short ones never count as alike."""
    return min(len(one), len(other)) >= SHORTEST and SequenceMatcher(None, one, other).ratio() >= ALIKE


def find_alike_words(words: Iterable[Word]) -> dict[Word, set[str]]:
    """For each word those that are alike and share its own with it; itself is none of them.

    Two that are alike differ in few letters. So of the pieces that one is cut into, one more than those letters, one piece
    stands in the other as it is, and nearly where it was: only words that share such a piece are compared. None is lost.
    """
    found: dict[Word, set[str]] = defaultdict(set)
    pieces: dict[tuple[Share, int, int, int, str], list[str]] = defaultdict(list)
    for share, word in sorted(set(words), key=lambda each: len(each[1])):
        if len(word) < SHORTEST:
            continue
        for other in _candidates(pieces, share, word):
            if _share_letters(other, word) and (alike(other, word) or alike(word, other)):
                found[share, word].add(other)
                found[share, other].add(word)
        for apart in _differences(len(word)):
            for place, (_, piece) in enumerate(_cut(word, apart + 1)):
                pieces[share, len(word), apart, place, piece].append(word)
    return found


def _candidates(pieces: dict[tuple[Share, int, int, int, str], list[str]], share: Share, word: str) -> Iterator[str]:
    """Earlier words, none longer, that have a piece in common with this one."""
    seen: set[str] = set()
    for length in range(_shortest_beside(len(word)), len(word) + 1):
        apart = _most_apart(length, len(word))
        for place, (start, size) in enumerate(_places(length, apart + 1)):
            for at in range(max(0, start - apart), min(len(word) - size, start + apart) + 1):
                for other in pieces.get((share, length, apart, place, word[at : at + size]), ()):
                    if other not in seen:
                        seen.add(other)
                        yield other


def _share_letters(one: str, other: str) -> bool:
    """A cheap check first: whether two words share enough letters, in any order, to be alike."""
    common = sum(min(one.count(letter), other.count(letter)) for letter in set(one))
    return 2 * common >= ALIKE * (len(one) + len(other))


def _most_apart(length: int, other: int) -> int:
    """How many letters of both together can be left over where they are alike."""
    return floor((1 - ALIKE) * (length + other) + 1e-9)


def _shortest_beside(length: int) -> int:
    """The shortest word that can be alike to one of this length: all of it would have to stand in that one."""
    return max(SHORTEST, floor(length * ALIKE / (2 - ALIKE)))


def _differences(length: int) -> set[int]:
    """What `_most_apart` is of a word of this length and any as long or longer that can be alike."""
    longest = floor(length * (2 - ALIKE) / ALIKE) + 1
    return {_most_apart(length, other) for other in range(length, longest + 1)}


def _places(length: int, parts: int) -> list[tuple[int, int]]:
    """(start, size) of the pieces of a word of this length, as even as can be."""
    ends = [length * part // parts for part in range(parts + 1)]
    return [(start, end - start) for start, end in pairwise(ends)]


def _cut(word: str, parts: int) -> list[tuple[int, str]]:
    return [(start, word[start : start + size]) for start, size in _places(len(word), parts)]
