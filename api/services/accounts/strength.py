"""How many guesses a password takes, by zxcvbn: common passwords, words, keyboard walks, dates, letters swapped for digits and signs.

Its time is bounded whatever it is asked. It would try every way to read the swapped letters, thousands where a password
has all of them: beyond a few ways the password is read for it in the three likeliest. And it looks at so many characters only.
"""

from collections.abc import Collection
from math import prod

from api.lazy import lazily

_matching, _scoring = lazily("zxcvbn.matching"), lazily("zxcvbn.scoring")

# Its time grows with the square of the length; what comes after this many characters can only add to the guesses.
LOOKED_AT = 40
# So many ways it may try: as many as ten different digits have.
MOST_WAYS = 12
# As zxcvbn reads them; a 1 is an i or an l.
_SIGNS = str.maketrans("@({[<!|$+%", "acccciistx")
_DIGITS = [str.maketrans("0123456789", f"o{one}zeasgtbg") for one in "il"]


def count_guesses(text: str, words: Collection[str] = ()) -> float:
    """How many guesses it takes who knows these words, all in lower case."""
    if not text:
        return 1
    return min(_estimate(each, words) for each in _readings(text[:LOOKED_AT]))


def _readings(text: str) -> list[str]:
    """The text itself, or where that could be read in many ways: with letters for its signs, and for its digits too."""
    if _count_ways(text) <= MOST_WAYS:
        return [text]
    without_signs = text.translate(_SIGNS)
    return [without_signs, *(without_signs.translate(table) for table in _DIGITS)]


def _count_ways(text: str) -> int:
    """In how many ways zxcvbn would read its digits and signs, at most: what may stand for two letters counts twice."""
    table = _matching.L33T_TABLE
    seen, taken = set(text), set[str]()
    ways = []
    for signs in table.values():
        here = seen.intersection(signs)
        ways.append(sum(2 if sign in taken else 1 for sign in here) or 1)
        taken |= here
    return prod(ways)


def _estimate(text: str, words: Collection[str]) -> float:
    known = {**_matching.RANKED_DICTIONARIES, "user_inputs": _matching.build_ranked_dict(sorted(words))}
    found = _matching.omnimatch(text, known)
    return float(_scoring.most_guessable_match_sequence(text, found)["guesses"])
