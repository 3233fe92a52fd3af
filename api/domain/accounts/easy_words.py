"""The words that anybody would try first here, and what is left of a password without them.

Words of the trade, of the plan and of people's names; seasons, months, days and years, in figures or words; postcodes; a few famous phrases. However
they are written: with digits and signs for letters, with every letter twice, or with the letters apart.
"""

import re
from collections.abc import Iterable

from api.domain.folding import fold

_TRADE = (
    "academy", "action", "adults", "agency", "board", "borough", "business", "camhs", "care", "carer", "chair", "child",
    "childhood", "children", "childrens", "clinical", "commissioning", "committee", "community", "conference", "council",
    "county", "custodian", "director", "district", "domestic", "early", "education", "executive", "families", "family",
    "foster", "fostering", "governance", "health", "help", "hospital", "housing", "integrated", "justice", "lead", "learning",
    "local", "london", "manager", "mash", "mental", "multi", "neglect", "nurse", "objective", "officer", "partner", "partners",
    "partnership", "password", "plan", "police", "priorities", "priority", "probation", "progress", "protect", "protection",
    "public", "review", "safe", "safeguard", "safeguarding", "safety", "school", "schools", "service", "services", "social",
    "strategic", "strategy", "support", "teacher", "team", "trust", "update", "welcome", "welfare", "work", "worker",
    "workers", "working", "young", "youth",
)  # fmt: skip
_TIMES = (
    "spring", "summer", "autumn", "winter", "january", "february", "march", "april", "june", "july", "august", "september",
    "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "three", "four", "five", "seven", "eight", "nine", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    "hundred", "thousand",
)  # fmt: skip
_FAMOUS = (
    "correct horse battery staple", "let me in", "open sesame", "the quick brown fox", "jumps over the lazy dog",
    "to be or not to be", "that is the question", "may the force be with you", "once upon a time", "trust no one",
    "change me", "i love you", "god save the king", "god save the queen", "keep calm and carry on",
)  # fmt: skip
# Shorter ones stand in too many words that have nothing to do with them, and are worth little to whoever guesses.
SHORTEST_OUT = 4
_PHRASES = re.compile("|".join(r"[\W_]*".join(each.replace(" ", "")) for each in _FAMOUS))
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_POSTCODES = re.compile(r"(?<![^\W_])(?:[a-z]{1,2}[0-9][0-9a-z]?[ -]?[0-9][a-z]{2}[\W_]*)+(?![^\W_])")
_TWICE = re.compile(r"(?:([^\W_])\1){4,}")
_OFTEN = re.compile(r"(.)\1{2,}")
_APART = re.compile(r"(?<![^\W_])[^\W_](?:[\W_]+[^\W_](?![^\W_])){3,}")
_BETWEEN = re.compile(r"[\W_]+")
_READ = str.maketrans("48369105+72@({[<!|$%l", "abeggiosttzacccciisxi")


def read_plainly(text: str) -> str:
    """Its letters and digits alone, folded, with letters for what may stand for them; an l is an i, as a 1 may be either."""
    return "".join(char for char in unfold_letters(text).translate(_READ) if char.isalnum())


def unfold_letters(text: str) -> str:
    """The text, folded, with every letter once that is written twice or more, and words whose letters are apart put together."""
    together = _APART.sub(lambda found: _BETWEEN.sub("", found[0]), fold(text))
    return _OFTEN.sub(r"\1", _TWICE.sub(lambda found: found[0][::2], together))


def left_of(password: str, words: Iterable[str]) -> str:
    """What is left of it, folded, without these words and what anybody would try; what stood between them is one space at most."""
    text = unfold_letters(password)
    for known in (_PHRASES, _YEAR, _POSTCODES):
        text = known.sub("", text)
    read = text.translate(_READ)
    out = {fold(word).translate(_READ) for word in (*words, *_TRADE, *_TIMES)}
    for word in sorted(out, key=lambda each: (-len(each), each)):
        if len(word) >= SHORTEST_OUT and word in read:
            read = read.replace(word, "\0" * len(word))
    left = "".join(char for char, seen in zip(text, read, strict=True) if seen != "\0")
    return re.sub(r"[\s._-]+", " ", left).strip()


_ONE_WORD = re.compile(r"(?![^aeiouy]*[^aeiouy\W\d_]{5})([^\W\d_]{3,10})[\W_]*([0-9]*)[\W_]*")


def find_one_word(left: str) -> str | None:
    """The digits after it, where no more is left than a word that can be spoken, its digits and signs; None where it is more."""
    found = _ONE_WORD.fullmatch(left)
    return found[2] if found else None
