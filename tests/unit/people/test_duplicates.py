"""Names that may be one person's are put side by side, and no others (DOMAIN 3)."""

import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.folding import fold
from api.domain.people import duplicates, likeness
from api.domain.people.duplicates import Pair, find_duplicates, key_of, why_alike

SEED = Path(__file__).parents[3] / "seed" / "havering-2020-23.json"


@pytest.mark.parametrize(
    ("name", "other", "why"),
    [
        ("Ann Dibsdall", "Ann Dibsdale", "the same first name and nearly the same surname"),
        ("Jane Carroll", "John Carroll", "the same surname and first initial"),
        ("J. Carroll", "Jane Carroll", "the same surname and first initial"),
        ("Catherine Moore", "Katherine Moore", "the same surname and nearly the same first name"),
        ("Dr Ann Lee", "Ann Lee", "the same name"),
        ("ANN LEE", "Ann Lee", "the same name"),
        ("Zoë Lee", "Zoe Lee", "the same name"),
        ("Lee, Ann", "Ann Lee", "the same names in another order"),
    ],
)
def test_they_may_be_one(name: str, other: str, why: str) -> None:
    assert why_alike(name, other) == why == why_alike(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Pippa Ward", "Lucy Ward"),
        ("Ann Lee", "Ann Fox"),
        ("Trevor Cook", "Robert South"),
        ("Ann Lee", "Ian Leo"),
        ("", "Ann Lee"),
    ],
)
def test_they_are_two(name: str, other: str) -> None:
    assert why_alike(name, other) is None


def test_the_real_plan_has_the_pairs_that_the_paper_has() -> None:
    names = [person["name"] for person in json.loads(SEED.read_text())["people"]]
    ids = {UUID(int=number): name for number, name in enumerate(names)}
    assert [{ids[pair.first], ids[pair.second]} for pair in find_duplicates(ids.items())] == [
        {"Jane Carroll", "John Carroll"},
        {"Louise Dibsdale", "Louise Dibsdall"},
    ]


def test_those_who_were_told_apart_stay_apart() -> None:
    people = [(UUID(int=1), "Jane Carroll"), (UUID(int=2), "John Carroll")]
    assert find_duplicates(people, [frozenset({UUID(int=2), UUID(int=1)})]) == []


FORENAMES = [
    "Ann",
    "Anna",
    "Anne",
    "Jo",
    "Joe",
    "John",
    "Jon",
    "Catherine",
    "Katherine",
    "Zoë",
    "Zoe",
    "J.",
    "Dr Ann",
    "Lee,",
]
SURNAMES = [
    "Lee",
    "Leigh",
    "Dibsdall",
    "Dibsdale",
    "Ward",
    "Wood",
    "O'Neil",
    "O’Neil",
    "O'Neill",
    "Fox-Lee",
    "Ann",
    "Smith Jones",
]


def by_comparing_all(people: list[tuple[UUID, str]]) -> set[tuple[UUID, UUID, str]]:
    """The rule itself: each name beside each other."""
    in_order = sorted(people, key=lambda each: (fold(each[1]), each[0]))
    return {
        (min(one, other), max(one, other), why)
        for (one, name), (other, its) in combinations(in_order, 2)
        if (why := why_alike(name, its))
    }


@given(st.lists(st.tuples(st.sampled_from(FORENAMES), st.sampled_from(SURNAMES)), min_size=2, max_size=40))
def test_comparing_only_who_shares_a_key_loses_nobody(names: list[tuple[str, str]]) -> None:
    people = [(UUID(int=number), " ".join(name)) for number, name in enumerate(names)]
    assert {(pair.first, pair.second, pair.why) for pair in find_duplicates(people)} == by_comparing_all(people)


SLIPS = st.lists(st.tuples(st.integers(0, 40), st.sampled_from("abel ")), max_size=3)


def slip(word: str, slips: list[tuple[int, str]]) -> str:
    """A word with letters put in (a space: taken out) here and there."""
    for place, letter in slips:
        at = place % (len(word) + 1)
        word = word[:at] + letter + word[at:] if letter != " " else word[:at] + word[at + 1 :]
    return word


@given(st.lists(st.tuples(st.text("abel", min_size=3, max_size=22), SLIPS), min_size=1, max_size=8))
def test_no_slip_of_the_pen_in_a_name_of_any_length_is_lost(words: list[tuple[str, list[tuple[int, str]]]]) -> None:
    written = [(slip(word, []), slip(word, slips)) for word, slips in words]
    names = [name for pair in written for word in pair if word for name in (f"Zo {word}", f"{word} Zo")]
    people = [(UUID(int=number), name) for number, name in enumerate(names)]
    assert {(pair.first, pair.second, pair.why) for pair in find_duplicates(people)} == by_comparing_all(people)


@given(
    st.lists(st.tuples(st.sampled_from(FORENAMES), st.sampled_from(SURNAMES)), min_size=2, max_size=30),
    st.integers(1, 5),
)
def test_page_by_page_they_are_the_same(names: list[tuple[str, str]], most: int) -> None:
    people = {UUID(int=number): " ".join(name) for number, name in enumerate(names)}
    whole, walked = find_duplicates(people.items()), list[Pair]()
    while page := find_duplicates(
        people.items(), after=key_of(people, walked[-1].first, walked[-1].second) if walked else None, most=most
    ):
        walked += page
    assert walked == whole
    assert [key_of(people, pair.first, pair.second) for pair in whole] == sorted(
        key_of(people, pair.first, pair.second) for pair in whole
    )


def looked_at(names: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    """How often two names, or two words, are put side by side for the first 50 pairs."""
    count = 0

    def counting(real: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        def counted(one: Any, other: Any) -> Any:
            nonlocal count
            count += 1
            return real(one, other)

        return counted

    monkeypatch.setattr(duplicates, "_why", counting(duplicates._why))
    monkeypatch.setattr(likeness, "alike", counting(likeness.alike))
    find_duplicates([(UUID(int=number), name) for number, name in enumerate(names)], most=50)
    return count


def some_word(chance: Random) -> str:
    return "".join(chance.choices("abcdefghijklmnoprstuvwy", k=chance.randint(4, 9))).title()


CROWDS: dict[str, Callable[[Random], str]] = {
    "a country": lambda chance: f"{chance.choice(COMMON)} {chance.choice(OFTEN)}",
    "one first name": lambda chance: f"Ann {some_word(chance)}",
    "one surname": lambda chance: f"{some_word(chance)} Smith",
    "one name": lambda _: "Ann Smith",
}
COMMON, OFTEN = (
    [some_word(Random(seed)) for seed in range(first, first + count)] for first, count in ((0, 150), (999, 2000))
)


@pytest.mark.parametrize("crowd", CROWDS)
def test_however_alike_a_crowd_is_the_first_page_is_found_at_once(monkeypatch: pytest.MonkeyPatch, crowd: str) -> None:
    """All pairs of 3,650 people are 6.7 million."""
    chance = Random(4)
    names = [CROWDS[crowd](chance) for _ in range(3650)]
    assert looked_at(names, monkeypatch) < 200_000
