"""Removing words for good: what takes their place, which members hold words, and how a phrase is found (DOMAIN 9).

The same pattern is used by the database and here, so it says itself what is a letter in either case, and what a space is.
"""

import re
from typing import Any
from urllib.parse import quote

from api.domain.folding import DASHES, QUOTES

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
OF_CONTACT = frozenset(["email", "new_email", "aliases"])
"""Members that hold how somebody can be reached."""

_SPACES = "(?:[ \t\n\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]|%20)+"
_DASHES = DASHES + "-"  # at the end, where it stands for itself in a class
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def pattern_of(phrase: str) -> str:
    """A regular expression, for PostgreSQL and Python alike, that finds a phrase in either case and over line ends.

    Quotes and dashes of any kind are found by each other: what was pasted out of Word has others than a keyboard. In a link
    the words stand percent-encoded.
    """
    return _SPACES.join("".join(map(_any_form, word)) for word in phrase.split())


def _any_form(char: str) -> str:
    alike = next((kind for kind in (QUOTES, _DASHES) if char in kind), "")
    forms = alike or "".join(dict.fromkeys(form for form in (char, char.lower(), char.upper()) if len(form) == 1))
    in_links = [quote(form) for form in forms if not form.isascii()]
    if in_links:
        return f"(?:[{forms}]|{'|'.join(in_links)})"
    if len(forms) > 1:
        return f"[{forms}]"
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
