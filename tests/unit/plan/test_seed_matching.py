"""Which action of a plan one of a file is: progress follows the words, never the number alone."""

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.plan.numbering import follow
from api.domain.plan.seed_matching import MOST_COMPARED, Known, match
from api.domain.wording import CORRECTED, MOVED, cut, likeness, normalise
from tests.factories import number_id

SEED = Path(__file__).parents[3] / "seed" / "havering-2020-23.json"

LIKE: list[tuple[str, str, bool, bool]] = [
    # two wordings; whether they are one action under the same number, and under another
    ("Audit of neglect cases.", "Audit of neglect cases", True, True),
    ("Audit of neglect cases.", "AUDIT of neglect-cases…", True, True),
    ("Review the board’s data", "Review the board's  data", True, True),
    ("Audit of neglect cases.", "Audit of negelct cases.", True, False),
    ("Audit neglect cases.", "Audit of neglect cases by June", True, False),
    ("Annual report published", "Annual report is published by September", True, False),
    ("Recruit a second independent scrutineer.", "Appoint a second independent scrutineer", True, False),
    ("Review the multi-agency neglect strategy and toolkit, and report to the board on it.",
     "Review the multi agency neglect strategy and tool-kit, and report to the board on it", True, True),
    ("Deliver training on neglect to schools.", "Deliver training on neglect to GPs.", True, False),
    ("Train staff.", "Train staff in neglect and report to the board.", False, False),
    ("Develop a communications plan.", "Develop a performance framework.", False, False),
    ("Develop a communications plan for the board.", "Agree a data set for the board.", False, False),
    ("Publish the annual report.", "Hold a conference for front line staff.", False, False),
    ("", "Publish the annual report.", False, False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "corrected", "moved"), LIKE)
def test_quite_other_words(one: str, other: str, corrected: bool, moved: bool) -> None:
    alike = likeness(cut(one), cut(other))
    assert alike == likeness(cut(other), cut(one))
    assert (alike >= CORRECTED, alike >= MOVED) == (corrected, moved), alike


def test_no_two_actions_of_the_paper_are_one() -> None:
    """What the threshold rests on."""
    plan = json.loads(SEED.read_text("utf-8"))
    for texts in (
        [action["text"] for objective in plan["objectives"] for action in objective["actions"]],
        [objective["text"] for objective in plan["objectives"]],
    ):
        assert max(likeness(*pair) for pair in combinations(map(cut, texts), 2)) < CORRECTED


@pytest.mark.parametrize(
    ("text", "words"), [("Zoë’s plan (2021/22).", "zoes plan 2021 22"), ("  A\n b ", "a b"), ("…", "")]
)
def test_words_alone(text: str, words: str) -> None:
    assert normalise(text) == words


A, B, C, D = (
    "Audit the neglect cases",
    "Publish the annual report",
    "Hold a conference for staff",
    "Review the threshold document",
)
TYPO = "Audit the negelct cases"
Row = tuple[str, ...]
CASES: dict[str, tuple[dict[str, str], dict[str, str], dict[str, str], list[str]]] = {
    # words by number in the last file and in this one; the old number by new, and the numbers with quite other words
    "the same": ({"1.1": A, "1.2": B}, {"1.1": A, "1.2": B}, {"1.1": "1.1", "1.2": "1.2"}, []),
    "one put in before": ({"1.1": A, "1.2": B}, {"1.1": C, "1.2": A, "1.3": B}, {"1.2": "1.1", "1.3": "1.2"}, []),
    "one put in between": ({"1.1": A, "1.2": B}, {"1.1": A, "1.2": C, "1.3": B}, {"1.1": "1.1", "1.3": "1.2"}, []),
    "one gone from the middle": ({"1.1": A, "1.2": B, "1.3": C}, {"1.1": A, "1.2": C}, {"1.1": "1.1", "1.2": "1.3"}, []),
    "two that changed places": ({"1.1": A, "1.2": B}, {"1.1": B, "1.2": A}, {"1.1": "1.2", "1.2": "1.1"}, []),
    "moved to another objective": ({"1.1": A, "2.1": B}, {"1.1": C, "2.1": B, "2.2": A}, {"2.1": "2.1", "2.2": "1.1"}, []),
    "a slip corrected": ({"1.1": A}, {"1.1": TYPO}, {"1.1": "1.1"}, []),
    "a slip corrected, and one put in before": ({"1.1": A + " " + B}, {"1.1": C, "1.2": TYPO + " " + B}, {"1.2": "1.1"}, []),
    "quite other words": ({"1.1": A}, {"1.1": B}, {}, ["1.1"]),
    "quite other words where another came": ({"1.1": A, "1.2": B}, {"1.1": B}, {"1.1": "1.2"}, []),
    "quite other words and a new one": ({"1.1": A}, {"1.1": B, "1.2": C}, {}, ["1.1"]),
    "twins": ({"1.1": A, "1.2": A}, {"1.1": A, "1.2": A}, {"1.1": "1.1", "1.2": "1.2"}, []),
    "twins after one put in before": ({"1.1": A, "1.2": A}, {"1.1": B, "1.2": A, "1.3": A}, {"1.2": "1.1", "1.3": "1.2"}, []),
    "one twin gone": ({"1.1": A, "1.2": A}, {"1.2": A}, {"1.2": "1.2"}, []),
    "a third of twins": ({"1.1": A, "1.2": A}, {"1.1": A, "1.2": A, "1.3": A}, {"1.1": "1.1", "1.2": "1.2"}, []),
    "twins in two objectives that changed places": (
        {"1.1": B, "1.2": A, "2.1": A}, {"1.1": A, "2.1": B, "2.2": A}, {"1.1": "1.2", "2.1": "1.1", "2.2": "2.1"}, [],
    ),
    "nothing known": ({}, {"1.1": A}, {}, []),
    "nothing left": ({"1.1": A}, {}, {}, []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_who_is_who(name: str) -> None:
    old, new, found, unlike = CASES[name]
    ids = {number: number_id(place) for place, number in enumerate(old)}
    numbers = {each: number for number, each in ids.items()}
    matched = match([Known(ids[number], number, (text, text)) for number, text in old.items()], new)
    assert {number: numbers[each] for number, each in matched.found.items()} == found
    assert [(number, numbers[each]) for number, each in matched.unlike] == [(number, number) for number in unlike]


def test_words_that_were_changed_by_hand_are_known_too() -> None:
    by_hand = Known(number_id(1), "1.1", (A, B))
    assert match([by_hand], {"1.1": C, "1.2": B}).found == {"1.2": by_hand.id}
    assert match([by_hand], {"1.1": C, "1.2": A}).found == {"1.2": by_hand.id}


def test_what_has_no_number_in_the_file_is_known_by_its_words() -> None:
    gone = Known(number_id(1), None, (A, A))
    assert match([gone], {"1.1": B, "1.2": A}).found == {"1.2": gone.id}
    assert match([gone], {"1.1": B}).unlike == []


def test_words_that_were_removed_leave_the_number_to_know_it_by() -> None:
    marked = Known(number_id(1), "1.1", ("[removed]", "[removed]"), marked=True)
    assert match([marked], {"1.1": A}).found == {"1.1": marked.id}


def test_an_objective_in_quite_other_words_is_known_by_its_actions() -> None:
    objective = Known(number_id(1), "1", (A, A), parts=(B, C, D))
    parts = {"1": ["Something new"], "2": [D, "And more", B]}
    assert match([objective], {"1": "New aim", "2": "Quite another aim"}, parts).found == {"2": objective.id}
    assert match([objective], {"1": "New aim", "2": "Quite another aim"}, {"2": [B]}).unlike == [("1", objective.id)]


def test_a_file_that_changed_everything_is_not_compared_for_ever() -> None:
    size = int(MOST_COMPARED**0.5) + 1
    old = [Known(number_id(place), f"1.{place}", (f"{A} {place}",) * 2) for place in range(size)]
    new = {f"1.{place + 1}": f"{A} No {place}" for place in range(size)}
    found = match(old, new).found
    assert found["1.5"] == number_id(5), "under the same number, a slip is still a slip"


FOLLOW: dict[str, tuple[dict[str, int], dict[str, int], dict[str, int], dict[str, int]]] = {
    # numbers in the plan, in the last file, in this one; and then
    "nothing new": ({"a": 1, "b": 2}, {"a": 1, "b": 2}, {"a": 1, "b": 2}, {"a": 1, "b": 2}),
    "one put in before": ({"a": 1, "b": 2}, {"a": 1, "b": 2}, {"n": 1, "a": 2, "b": 3}, {"n": 1, "a": 2, "b": 3}),
    "two changed places": ({"a": 1, "b": 2}, {"a": 1, "b": 2}, {"b": 1, "a": 2}, {"b": 1, "a": 2}),
    "one gone from the middle": (
        {"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2, "c": 3}, {"a": 1, "c": 2}, {"a": 1, "c": 2, "b": 3},
    ),
    "the last gone": ({"a": 1, "b": 2}, {"a": 1, "b": 2}, {"a": 1}, {"a": 1, "b": 2}),
    "a gap in the file": ({"a": 1, "b": 5}, {"a": 1, "b": 5}, {"a": 1, "n": 3, "b": 5}, {"a": 1, "n": 3, "b": 5}),
    "one made by hand at the end": ({"a": 1, "h": 2}, {"a": 1}, {"a": 1, "n": 2}, {"a": 1, "h": 2, "n": 3}),
    "one made by hand that what moved pushes": (
        {"a": 1, "b": 2, "h": 3}, {"a": 1, "b": 2}, {"a": 1, "n": 2, "b": 3}, {"a": 1, "n": 2, "b": 3, "h": 4},
    ),
    "numbers changed by hand": (
        {"a": 2, "b": 1}, {"a": 1, "b": 2}, {"n": 1, "a": 2, "b": 3}, {"a": 2, "b": 1, "n": 3},
    ),
    "one that comes from another objective": ({"a": 1}, {"a": 1}, {"a": 1, "m": 2}, {"a": 1, "m": 2}),
    "a first file": ({}, {}, {"a": 1, "b": 3}, {"a": 1, "b": 3}),
}  # fmt: skip


@pytest.mark.parametrize("name", FOLLOW)
def test_numbers_follow_the_file_where_nobody_changed_them(name: str) -> None:
    now, was, wanted, then = FOLLOW[name]
    assert follow(now, was, wanted) == then


KEYS = st.sampled_from("abcdefgh")
NUMBERS = st.dictionaries(KEYS, st.integers(1, 12)).filter(lambda held: len(set(held.values())) == len(held))


@given(now=NUMBERS, was=NUMBERS, wanted=NUMBERS)
def test_no_two_have_one_number_whatever_was_there(
    now: dict[str, int], was: dict[str, int], wanted: dict[str, int]
) -> None:
    then = follow(now, {key: place for key, place in was.items() if key in now}, wanted)
    assert then.keys() == now.keys() | wanted.keys()
    assert len(set(then.values())) == len(then)
