"""A plan's own settings: how the members of a change become columns, and what a change of them says."""

from collections.abc import Mapping
from typing import Any

from api.domain.editable import PLAN

LETTERS = ("R", "A", "G", "B")
"""The letters of a rating key, in the order of the paper. A board chooses words for them; their shapes never change."""

SHOWN_BY_ACTIONS = frozenset({"title", "update_every_days", "rating_key"})
"""Columns that an action's own answer depends on."""

MOST_NAMED = 3
"""So many words and meanings are named; of more it is the whole key that changed."""

_COLOURS = {"R": "red", "A": "amber", "G": "green", "B": "blue"}


def as_columns(members: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a change as columns, as a seed would write them; of `owner` and `starts` only the parts that are given."""
    found = PLAN.as_columns(members)
    if "rating_key" in found:
        found["rating_key"] = sorted(found["rating_key"], key=lambda entry: LETTERS.index(entry["letter"]))
    if "glossary" in found:
        found["glossary"] = [_term(entry) for entry in found["glossary"]]
    return found


def _term(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A short form as a seed writes it: without a note where there is none."""
    return {"short": entry["short"], "long": entry["long"], **({"note": entry["note"]} if entry.get("note") else {})}


def say_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What was changed, in words, each once; of the rating key which word and which meaning."""
    said: list[str] = []
    for column in PLAN.columns:
        if column in after:
            whole = PLAN.nouns_of([column])
            said += _of_key(before.get(column), after[column]) or whole if column == "rating_key" else whole
    return list(dict.fromkeys(said))


def _of_key(old: list[dict[str, str]] | None, new: list[dict[str, str]]) -> list[str]:
    was = {entry["letter"]: entry for entry in old or ()}
    said = [
        f"the {part} {'for' if part == 'word' else 'of'} {_COLOURS[entry['letter']]}"
        for entry in new
        for part in ("word", "meaning")
        if was.get(entry["letter"], {}).get(part) != entry[part]
    ]
    return said if len(said) <= MOST_NAMED else []
