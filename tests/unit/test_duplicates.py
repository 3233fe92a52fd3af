"""Names that may be one person's are put side by side, and no others (DOMAIN 3)."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from api.domain.duplicates import find_duplicates, why_alike

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
