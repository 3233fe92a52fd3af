"""Names that may be one person's are put side by side, and no others (DOMAIN 3)."""

import json
from itertools import combinations
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain import duplicates
from api.domain.duplicates import find_duplicates, why_alike
from api.domain.folding import fold

SEED = Path(__file__).parents[2] / "seed" / "havering-2020-23.json"


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


@given(st.lists(st.tuples(st.sampled_from(FORENAMES), st.sampled_from(SURNAMES)), min_size=2, max_size=40))
def test_comparing_only_who_shares_a_key_loses_nobody(names: list[tuple[str, str]]) -> None:
    people = [(UUID(int=number), " ".join(name)) for number, name in enumerate(names)]
    in_order = sorted(people, key=lambda each: (fold(each[1]), each[0]))
    plain = {
        (min(one, other), max(one, other), why)
        for (one, name), (other, its) in combinations(in_order, 2)
        if (why := why_alike(name, its))
    }
    assert {(pair.first, pair.second, pair.why) for pair in find_duplicates(people)} == plain


def test_in_a_country_few_pairs_are_compared() -> None:
    """All pairs of 5,000 people are 12.5 million; whose names share nothing need no second look."""
    chance = Random(4)

    def word() -> str:
        return "".join(chance.choices("abcdefghijklmnoprstuvwy", k=chance.randint(4, 9))).title()

    forenames, surnames = [word() for _ in range(150)], [word() for _ in range(2000)]
    names = [[chance.choice(forenames).lower(), chance.choice(surnames).lower()] for _ in range(5000)]
    assert len(duplicates._sharing_a_key(names)) < 5000 * 4999 / 2 / 500
