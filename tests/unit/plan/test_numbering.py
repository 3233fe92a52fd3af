"""Numbers: what moves when one takes another's place, and which numbers can be had."""

import pytest

from api.domain.plan.numbering import next_free, place_at, why_not_at

FOUR = {"a": 1, "b": 2, "c": 3, "d": 4}
GAPS = {"a": 1, "c": 3, "d": 4, "f": 6}


@pytest.mark.parametrize(
    ("taken", "key", "wanted", "moved"),
    [
        (FOUR, "d", 2, {"d": 2, "b": 3, "c": 4}),
        (FOUR, "a", 3, {"b": 1, "c": 2, "a": 3}),
        (FOUR, "b", 2, {}),
        (FOUR, "c", 4, {"d": 3, "c": 4}),
        (GAPS, "f", 2, {"f": 2}),
        (GAPS, "f", 3, {"c": 4, "d": 5, "f": 3}),
        (GAPS, "a", 4, {"d": 3, "c": 2, "a": 4}),
        (FOUR, "new", 5, {"new": 5}),
        (FOUR, "new", 3, {"c": 4, "d": 5, "new": 3}),
        (GAPS, "new", 3, {"c": 4, "d": 5, "new": 3}),
        (GAPS, "new", 2, {"new": 2}),
        ({}, "new", 1, {"new": 1}),
    ],
)
def test_what_is_between_moves_by_one_up_to_the_next_free_number(
    taken: dict[str, int], key: str, wanted: int, moved: dict[str, int]
) -> None:
    assert place_at(taken, key, wanted) == moved
    numbers = list({**taken, **moved}.values())
    assert len(numbers) == len(set(numbers))
    assert min(numbers) >= 1


@pytest.mark.parametrize(
    ("taken", "key", "wanted", "refused"),
    [
        (FOUR, "a", 4, False),
        (FOUR, "a", 5, True),
        (FOUR, "new", 5, False),
        (FOUR, "new", 6, True),
        ({}, "new", 1, False),
        ({"a": 9999}, "new", 10000, True),
    ],
)
def test_only_numbers_that_there_are_or_the_next(taken: dict[str, int], key: str, wanted: int, refused: bool) -> None:
    assert (why_not_at(taken, key, wanted) is not None) is refused


@pytest.mark.parametrize(("wanted", "number"), [(2, 7), (5, 5)])
def test_what_comes_back_takes_its_number_or_the_one_after_the_last(wanted: int, number: int) -> None:
    assert next_free({"b": 2, "f": 6}, wanted) == number
