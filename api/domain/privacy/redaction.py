"""Removing words for good: what takes their place, which members hold words, and how a phrase is found (DOMAIN 9).

The same pattern is used by the database and here, so it says itself how each letter can be written, and what a space is.
"""

import re
from functools import cache
from typing import Any

from api.domain.editable import ACTION, AGENCY, GROUP, OBJECTIVE, PERSON, PLAN
from api.domain.fields import LIST, ROWS, WORDS
from api.domain.folding import DASHES, QUOTES, fold, unseen_class, ways_of, words_of

MARK = "[removed]"
SHORTEST = 3

OF_UPDATE = frozenset(["text", "next_step", "impact", "evidence", "question", "reason"])
"""Members of the journal, and of an answer, that hold what somebody said in an update or of it."""
_TEXTS = (WORDS, LIST, ROWS)
OF_ACTION = OF_UPDATE | {
    *ACTION.holding(*_TEXTS), "text_printed", "by_whom_printed", "by_when_printed", "printed", "date", "notes", "note", "answer",
}  # fmt: skip
"""The same for an action with its updates. `date` and `places` are as the seed writes them."""
OF_ANSWER = OF_ACTION | {"name", "qualifier", "says", "title", "url", "words", "detail"}
"""And of answers that are kept for a repeat."""
OF_PLAN = frozenset(
    [*PLAN.holding(*_TEXTS), *OBJECTIVE.holding(*_TEXTS), "text_printed", "notes", "note", "answer", "reason"]
)
"""And of a plan's own settings and questions, and its objectives."""
OF_PLAN_ANSWER = OF_PLAN | {"owner", "starts"}
"""The same in answers that are kept, where an owner and a start have members of their own."""
FROM_PLAN = frozenset(["lead", "says"])
"""What of the plan's words an action's answer repeats: its lead officer as printed, and its rating in the key's words."""
OF_NAMES = frozenset([
    *(column for each in (PERSON, AGENCY, GROUP) for column in each.holding(*_TEXTS)),
    "other", "successor", "passkey", "of", "joined", "into", "from", "to", "places", "by_whom",
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

# Not given to any letter yet, and by Unicode's rule nothing is seen of them. The rest of what is not seen is in `folding`.
_IGNORED = "\u2065\ufff0-\ufff8\U000e0000-\U000e0fff"
_SPACE = "\t\n\x0b\x0c\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Signs between words, as in names of files and lists: those of the keyboard, the general ones, and their wide forms.
_SIGNS = r"!-/:-@\[-`{-~" + "\u00a6\u00b7\u2010-\u205e\u3001\u3002\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
# The same percent-encoded, as in a link: up to three bytes each. First what may stand inside a word.
_HEX = "[0-9A-Fa-f]"
_GAP_IN_LINK = (
    f"%(?:2[27]|[Cc](?:2%[Aa][Dd]|[Cc]%[89AaBb]{_HEX}|[Dd]%[89Aa]{_HEX})|[Ee](?:2%8(?:0%(?:8[B-Fb-f]|9[89A-Fa-f]|[Aa][A-Ea-e])|1%[Aa]{_HEX})|"
    f"[Ff]%[Bb][Bb]%[Bb][Ff]))"
)
_BETWEEN_IN_LINK = f"%2{_HEX}|%3[A-Fa-f]|%40|%5[B-Fb-f]|%60|%7[B-Eb-e]|%0[9ADad]|%[Cc]2%(?:[Aa]0|[Bb]7)|%[Ee]2%8[01]%[89AaBb]{_HEX}|%[Ee]3%80%8[012]"
# A pattern that says of more letters how a link has them is more than PostgreSQL takes.
_IN_LINKS = 100
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def pattern_of(phrase: str, *, in_links: bool = True) -> str:
    """A regular expression, for PostgreSQL and Python alike, that finds a phrase however it is typed; of no words, one that finds nothing.

    By the folding of everything that is looked for: case, accents, width, and kinds of quotes, dashes and spaces make no difference, nor
    does what cannot be seen. Between two words any signs may stand, and a line's end. In a link all of it may be percent-encoded;
    of a phrase of more than 100 letters, or without `in_links`, only what stands between words, and accented letters as they were typed.
    """
    words = words_of(phrase)
    if not words:
        return "$.^"
    typed = {fold(char): char for char in phrase if not char.isascii()}
    in_links = in_links and sum(map(len, words)) <= _IN_LINKS
    begins, ends = (_gap(in_links) if phrase.strip()[place] in QUOTES else f"[{_unseen()}]*" for place in (0, -1))
    return begins + _between().join(_any_way(word, typed, in_links) for word in words) + ends


def _unseen() -> str:
    """Unseen characters that may occur between two letters: lone accents, soft hyphens, characters without width."""
    return unseen_class()[1:-1] + _IGNORED


@cache
def _gap(in_links: bool) -> str:
    """The same with quotes (O'Connor)."""
    seen = f"[{QUOTES}{_unseen()}]"
    return f"(?:{seen}|{_GAP_IN_LINK})*" if in_links else f"{seen}*"


@cache
def _between() -> str:
    """What may occur between two words: at least one character."""
    return f"(?:[{_SPACE}{QUOTES}{_unseen()}{DASHES}{_SIGNS}]|{_GAP_IN_LINK}|{_BETWEEN_IN_LINK})+"


def letters_of(phrase: str) -> int:
    """How many letters, digits and signs of a phrase count when it is looked for."""
    return sum(map(len, words_of(phrase)))


def _any_way(word: str, typed: dict[str, str], in_links: bool) -> str:
    """A folded word in every way to write it. A ligature stands for all its letters at once: æ, or a and e with what is between."""
    parts, place = [], 0
    while place < len(word):
        length = next((each for each in (3, 2) if ways_of(word[place : place + each]) and place + each <= len(word)), 1)
        letters = word[place : place + length]
        apart = _gap(in_links).join(_any_form(char, typed.get(char, ""), in_links) for char in letters)
        ligatures = _any_form(letters, "", in_links) if length > 1 else ""
        parts.append(f"(?:{apart}|{ligatures})" if ligatures else apart)
        place += length
    return _gap(in_links).join(parts)


@cache
def _any_form(plain: str, typed: str, in_links: bool) -> str:
    ways = ways_of(plain)
    latin = [each for each in ways if each < "\u0800" or "\u1e00" <= each < "\u1f00"] if in_links else []
    one = f"[{''.join(map(_escaped, ways))}]"
    encoded = _in_link("".join([*latin, typed, typed.lower(), typed.upper()]))
    return f"(?:{one}|{encoded})" if encoded else one


def _in_link(chars: str) -> str:
    """What finds any of these, percent-encoded; nothing of none. By the bytes before the last, then by the digits of that."""
    lasts: dict[bytes, dict[str, str]] = {}
    for code in sorted({char.encode() for char in chars}):
        last, lows = f"{code[-1]:02X}", lasts.setdefault(code[:-1], {})
        lows[last[0]] = lows.get(last[0], "") + last[1]
    found = []
    for leading, lows in lasts.items():
        alike = {low: "".join(each for each in lows if lows[each] == low) for low in lows.values()}
        before = "".join(f"%{_hex(digits[0])}{_hex(digits[1])}" for digits in (f"{byte:02X}" for byte in leading))
        found.append(f"{before}%(?:{'|'.join(_hex(highs) + _hex(low) for low, highs in alike.items())})")
    return "|".join(found)


def _hex(digits: str) -> str:
    both = "".join(dict.fromkeys(digits + digits.lower()))
    return f"[{both}]" if len(both) > 1 else both


def _escaped(char: str) -> str:
    return f"\\{char}" if char.isascii() and not char.isalnum() and char != "_" else char


def holds(pattern: str, text: str) -> bool:
    """Whether the pattern occurs in the text."""
    return re.search(pattern, text) is not None


def clean(value: Any, pattern: str | None) -> Any:
    """The value with the mark in place of every match of the pattern, or of every whole text; ids and the rest unchanged."""
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
