"""How alike two wordings are: whether a file corrected an action's words, or put another action in its place."""

import re
from collections import Counter

from api.domain.folding import fold

CORRECTED = 0.65
"""From here on, words under the same number are the same action's, corrected.

Of the 861 pairs of actions of the Havering plan the two most alike are at 0.61 and half are under 0.2; a slip of the pen, an
added date or a changed verb stay over 0.7, also in an action of four words.
"""
MOVED = 0.85
"""From here on, words under another number are the same action's, moved and corrected.

More is asked than under its own number: "Deliver training to schools" and "Deliver training to GPs" are at 0.8, and are two.
"""

Pieces = Counter[str]


def normalise(text: str) -> str:
    """The words alone: without case, accents, punctuation or spaces that nobody sees."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def cut(text: str) -> Pieces:
    """The pieces of three letters of a text, so that a slip in one word leaves the others alone."""
    words = f" {normalise(text)} "
    return Counter(words[at : at + 3] for at in range(len(words) - 2))


def likeness(one: Pieces, other: Pieces) -> float:
    """The share of their pieces that two texts have in common, from 0 to 1 (Dice)."""
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 1.0
