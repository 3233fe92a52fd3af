"""Removing words for good: what takes their place, which members hold words, and how a phrase is found (DOMAIN 9).

The same pattern is used by the database and here, so it says itself how each letter can be written, and what a space is.
"""

import re
from typing import Any
from urllib.parse import quote

from api.domain.folding import DASHES, QUOTES, fold, ways_of, words_of

MARK = "[removed]"
SHORTEST = 3

OF_UPDATE = frozenset(["text", "next_step", "impact", "evidence", "question", "reason"])
"""Members of the journal, and of an answer, that hold what somebody said in an update or of it."""
OF_ACTION = OF_UPDATE | {
    "text_printed", "by_whom", "by_whom_printed", "by_when", "by_when_printed", "printed", "date", "places", "notes",
    "status_reason", "note", "answer",
}  # fmt: skip
"""The same for an action with its updates. `date` and `places` are as the seed writes them."""
OF_ANSWER = OF_ACTION | {"name", "qualifier", "says", "title", "url", "words", "detail"}
"""And of answers that are kept for a repeat."""
OF_PLAN = frozenset([
    "heading", "partnership", "name", "title", "owner_printed", "priority", "service_team", "starts_printed", "review_dates",
    "summary", "rating_key", "glossary", "short_title", "lead_printed", "text", "text_printed", "notes", "note", "answer",
    "reason",
])  # fmt: skip
"""And of a plan's own settings and questions, and its objectives."""
OF_PLAN_ANSWER = OF_PLAN | {"owner", "starts"}
"""The same in answers that are kept, where an owner and a start have members of their own."""
FROM_PLAN = frozenset(["lead", "says"])
"""What of the plan's words an action's answer repeats: its lead officer as printed, and its rating in the key's words."""
OF_NAMES = frozenset([
    "name", "post", "short_name", "aliases", "other", "successor", "passkey", "of", "joined", "into", "from", "to", "places", "by_whom",
    "by_whom_printed", "lead_printed", "owner_printed", "author_name", "author_agency", "entered_by_name", "acknowledged_by_name", "via",
    "reason", "note", "actor_name",
])  # fmt: skip
"""Members of the journal that hold names of the directory, of accounts and of systems, and what is said of those."""
OF_NAMES_ANSWER = OF_NAMES | {
    "printed", "first_printed", "qualifier", "lead", "owner", "author", "agency", "entered_by", "by", "made_by", "undone_by", "left", "notes",
    "kept", "merged", "said_by",
}  # fmt: skip
"""The same in answers that are kept."""
OF_CONTACT = frozenset(["email", "new_email", "aliases"])
"""Members that hold how somebody can be reached."""

# What may stand between two letters of a word and is not seen as one of them: quotes (O'Connor), accents that stand alone, hyphens that show
# at a line's end only, what has no width. `folding.unseen_class` is longer than a pattern can hold after each letter.
_UNSEEN = (
    "\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20d0-\u20ff\u2800\u3164\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\uffa0\U000e0000-\U000e01ef"
)
_GAP = f"[{QUOTES}{_UNSEEN}]*"
_SPACE = "\t\n\x0b\x0c\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Quotes, dashes and spaces are percent-encoded in a link; each is three bytes there, or one or two.
_IN_LINK = "%20|%22|%27|%C2%A0|%C2%AD|%E2%80%[89AaBb][0-9A-Fa-f]|%E3%80%80"
_BETWEEN = f"(?:[{_SPACE}{QUOTES}{_UNSEEN}{DASHES}-]|{_IN_LINK})+"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def pattern_of(phrase: str) -> str:
    """A regular expression, for PostgreSQL and Python alike, that finds a phrase however it is typed; of no words, one that finds nothing.

    By the folding of everything that is looked for: case, accents, width, and kinds of quotes, dashes and spaces make no difference, nor
    does what cannot be seen; a hyphen is found by a space, and over a line's end. In a link the words stand percent-encoded.
    """
    words = words_of(phrase)
    if not words:
        return "$.^"
    in_links = {fold(char): char for char in phrase if not char.isascii()}
    begins, ends = (_GAP if phrase.strip()[place] in QUOTES else f"[{_UNSEEN}]*" for place in (0, -1))
    return begins + _BETWEEN.join(_any_way(word, in_links) for word in words) + ends


def letters_of(phrase: str) -> int:
    """How many letters, digits and signs of a phrase count when it is looked for."""
    return sum(map(len, words_of(phrase)))


def _any_way(word: str, in_links: dict[str, str]) -> str:
    """A folded word in every way to write it. A ligature stands for all its letters at once: æ, or a and e with what is between."""
    parts, place = [], 0
    while place < len(word):
        length = next((each for each in (3, 2) if ways_of(word[place : place + each]) and place + each <= len(word)), 1)
        letters = word[place : place + length]
        apart = _GAP.join(_any_form(char, in_links.get(char)) for char in letters)
        parts.append(f"(?:{apart}|[{ways_of(letters)}])" if length > 1 else apart)
        place += length
    return _GAP.join(parts)


def _any_form(plain: str, typed: str | None) -> str:
    ways = [_escaped(each) for each in ways_of(plain)]
    one = f"[{''.join(ways)}]" if len(ways) > 1 else ways[0]
    if typed is None:
        return one
    in_link = dict.fromkeys(quote(each) for each in (typed, typed.lower(), typed.upper()))
    return f"(?:{'|'.join([one, *in_link])})"


def _escaped(char: str) -> str:
    return f"\\{char}" if char.isascii() and not char.isalnum() and char != "_" else char


def holds(pattern: str, text: str) -> bool:
    """Whether the text has what fits the pattern."""
    return re.search(pattern, text) is not None


def clean(value: Any, pattern: str | None) -> Any:
    """The value with the mark in every text in place of what fits the pattern, or of all of it; ids and the rest as they are."""
    if isinstance(value, dict):
        return {name: clean(below, pattern) for name, below in value.items()}
    if isinstance(value, list):
        return [clean(below, pattern) for below in value]
    if not isinstance(value, str) or _UUID.fullmatch(value):
        return value
    return MARK if pattern is None else re.sub(pattern, MARK, value)


def clean_answer(value: Any, members: frozenset[str], pattern: str | None, of: frozenset[str] | None = None) -> Any:
    """A kept answer without the words: in these members of the objects whose id is among `of`, or of all; in every warning."""
    if isinstance(value, list):
        return [clean_answer(below, members, pattern, of) for below in value]
    if not isinstance(value, dict):
        return value
    here = None if of is None or value.get("id") in of else of
    return {
        name: clean(below, pattern)
        if here is None and name in members
        else [_clean_warning(each, pattern) for each in below]
        if name == "warnings"
        else clean_answer(below, members, pattern, here)
        for name, below in value.items()
    }


def clean_own(value: Any, pattern: str, of: frozenset[str], *, own: bool = False) -> Any:
    """A kept answer without a plan's words: in the plan and the objectives whose ids are `of`, not in what else stands there."""
    if isinstance(value, list):
        return [clean_own(below, pattern, of, own=own) for below in value]
    if not isinstance(value, dict):
        return value
    own = value["id"] in of if "id" in value else own
    members = OF_PLAN_ANSWER | FROM_PLAN if own else FROM_PLAN
    return {
        name: clean(below, pattern)
        if name in members
        else [_clean_warning(each, pattern) for each in below]
        if own and name == "warnings"
        else clean_own(below, pattern, of, own=own)
        for name, below in value.items()
    }


_TAKEN_BACK: dict[str, Any] = {
    "text": "", "next_step": None, "impact": None, "evidence": [], "wordings": [], "acknowledgement": None,
}  # fmt: skip


def take_back(value: Any, update: str) -> Any:
    """A kept answer without what somebody said in an update that they withdrew: as its tombstone reads."""
    if isinstance(value, list):
        return [take_back(below, update) for below in value]
    if not isinstance(value, dict):
        return value
    if value.get("id") != update:
        return {name: take_back(below, update) for name, below in value.items()}
    gone = {name: nothing for name, nothing in _TAKEN_BACK.items() if name in value}
    warned = {"warnings": [_clean_warning(each, None) for each in value["warnings"]]} if "warnings" in value else {}
    return {**value, **gone, **warned}


def is_marked(value: Any) -> bool:
    """Whether words were removed from it, anywhere inside."""
    return MARK in str(value)


def _clean_warning(warning: dict[str, str], pattern: str | None) -> dict[str, str]:
    return warning | {name: clean(warning[name], pattern) for name in ("words", "detail")}
