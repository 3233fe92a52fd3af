"""What zxcvbn is asked is bounded, whatever is sent: its time was seconds where a password had all the letters that people swap."""

import random

import pytest
import zxcvbn.matching as theirs

from api.services.accounts import strength
from api.services.accounts.strength import LOOKED_AT, MOST_WAYS, count_guesses

EVERY_SIGN = "".join(dict.fromkeys(sign for signs in theirs.L33T_TABLE.values() for sign in signs))
SLOW = '"a4@b8({[<3e69&#!1l|/o0s$5t+7%x2z"x4'


def made_up() -> list[str]:
    """Passwords of swapped letters, the same each time."""
    some = random.Random(20)
    return ["".join(some.choices(EVERY_SIGN + "ab1", k=some.randint(1, 60))) for _ in range(300)]


@pytest.mark.parametrize("text", [SLOW, SLOW * 3, EVERY_SIGN, "0123456789" * 12, "1|7" * 40, *made_up()[:20]])
def test_it_is_asked_for_few_ways_and_characters(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    asked: list[int] = []

    def enumerate_ways(table: dict[str, list[str]]) -> list[dict[str, str]]:
        found: list[dict[str, str]] = really(table)
        asked.append(len(found))
        return found

    really = theirs.enumerate_l33t_subs
    monkeypatch.setattr(theirs, "enumerate_l33t_subs", enumerate_ways)
    assert count_guesses(text) > 0
    assert max(asked) <= MOST_WAYS


def test_no_reading_has_more_ways_than_are_allowed() -> None:
    for text in made_up():
        for reading in strength._readings(text[:LOOKED_AT]):
            ways = theirs.enumerate_l33t_subs(theirs.relevant_l33t_subtable(reading, theirs.L33T_TABLE))
            assert len(ways) <= MOST_WAYS, text
            assert len(reading) <= LOOKED_AT


@pytest.mark.parametrize("text", ["p@$$w0rd(3|8+2%7)", "p4$5w0rd!1|79+6[3<8@%2"])
def test_what_is_read_for_it_is_still_known(text: str) -> None:
    """The word in it is found, so it takes no more guesses than the rest of it does."""
    assert count_guesses(text) < count_guesses("xk" + text[2:])
