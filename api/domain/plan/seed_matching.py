"""Which of a plan's actions, or objectives, those of a seed file are: by number and words, never by number alone.

Progress follows the words. What stood under 1.8 and stands under 1.9 now is the same action, moved; what has quite other
words under its old number is told apart, and whoever asks decides what becomes of it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from api.domain.wording import CORRECTED, MOVED, cut, likeness, normalise

MOST_OF_IT = 0.5
"""This share of an objective's actions, word for word, make it the same objective whatever its own words are."""

MOST_COMPARED = 40_000
"""So many pairs are compared for words that moved and were corrected too; a file that changed more words is another plan."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier file put into the plan: its number as this file would have it, and its words in that file and now.

    `number` is None where this file has no place for it. `parts` are the words of an objective's actions. `marked`: words of
    it were removed for good, so that only the number is left to know it by.
    """

    id: UUID
    number: str | None
    texts: tuple[str, ...]
    parts: tuple[str, ...] = ()
    marked: bool = False


@dataclass(slots=True)
class Matched:
    """The result: ids by number, and pairs of equal numbers whose words have nothing in common."""

    found: dict[str, UUID] = field(default_factory=dict)
    unlike: list[tuple[str, UUID]] = field(default_factory=list)


def match(
    known: Iterable[Known], wanted: Mapping[str, str], parts: Mapping[str, Sequence[str]] | None = None
) -> Matched:
    """Match what is known, in its old order, with the words of a file by number, in its order; `parts` as in Known."""
    matching = _Matching({each.id: each for each in known}, dict(wanted))
    for which in (0, -1):
        matching.take(matching.exact(which, _objective))
        matching.take(matching.exact(which, lambda _number: ""))
    matching.take(matching.by_parts(parts or {}))
    matching.take(matching.nearly())
    matching.take((each, each.number) for each in matching.left.values() if each.marked)
    unlike = [(each.number, each.id) for each in matching.left.values() if each.number in matching.open]
    return Matched(matching.found, [(number, each) for number, each in unlike if number is not None])


def _objective(number: str | None) -> str:
    return (number or "").rpartition(".")[0]


Pair = tuple[Known, str | None]


class _Matching:
    """What is not matched yet, on both sides."""

    def __init__(self, left: dict[UUID, Known], wanted: dict[str, str]) -> None:
        self.left, self.open = left, wanted
        self.found: dict[str, UUID] = {}

    def take(self, pairs: Iterable[Pair]) -> None:
        """Keep these, as far as both are still free."""
        for known, number in list(pairs):
            if known.id in self.left and number in self.open and number is not None:
                self.found[number] = known.id
                del self.left[known.id], self.open[number]

    def exact(self, which: int, within: Callable[[str | None], str]) -> Iterator[Pair]:
        """The same words, `within` one objective or anywhere. Of twins as many as before keep their order; else numbers decide."""
        ours: dict[tuple[str, str], list[Known]] = defaultdict(list)
        for each in self.left.values():
            ours[within(each.number), normalise(each.texts[which])].append(each)
        theirs: dict[tuple[str, str], list[str]] = defaultdict(list)
        for number, text in self.open.items():
            theirs[within(number), normalise(text)].append(number)
        for key in ours.keys() & theirs.keys():
            yield from _pair_twins(ours[key], theirs[key])

    def by_parts(self, parts: Mapping[str, Sequence[str]]) -> list[Pair]:
        """Other words over the same actions, those with most of them first."""
        theirs = {number: Counter(map(normalise, parts.get(number, ()))) for number in self.open}
        found: list[tuple[float, int, Known, str]] = []
        for order, each in enumerate(self.left.values()):
            own = Counter(map(normalise, each.parts))
            for number, words in theirs.items():
                share = (own & words).total() / own.total() if own else 0
                if share >= MOST_OF_IT:
                    found.append((-share, order, each, number))
        return [(each, number) for *_, each, number in sorted(found, key=lambda one: one[:2])]

    def nearly(self) -> list[Pair]:
        """Corrected words, the most alike first: under the same number, or very much alike under another."""
        everything = len(self.left) * len(self.open) <= MOST_COMPARED
        pieces = {number: cut(text) for number, text in self.open.items()}
        found: list[tuple[float, bool, int, Known, str]] = []
        for order, each in enumerate(self.left.values()):
            own = [cut(text) for text in each.texts]
            for number in self.open if everything else self.open.keys() & {each.number}:
                alike = max(likeness(pieces[number], one) for one in own)
                if alike >= (CORRECTED if number == each.number else MOVED):
                    found.append((-alike, number != each.number, order, each, number))
        return [(each, number) for *_, each, number in sorted(found, key=lambda one: one[:3])]


def _pair_twins(ours: Sequence[Known], theirs: Sequence[str]) -> Iterator[Pair]:
    if len(ours) == len(theirs):
        yield from zip(ours, theirs, strict=True)
        return
    same = {each.number for each in ours} & set(theirs)
    yield from ((each, each.number) for each in ours if each.number in same)
    rest = (each for each in ours if each.number not in same)
    yield from zip(rest, (number for number in theirs if number not in same), strict=False)
