"""A plan's own settings: its columns by the member of the plan document, what they are called, and what a change of them says."""

from collections.abc import Mapping
from typing import Any

LETTERS = ("R", "A", "G", "B")
"""The letters of a rating key, in the order of the paper. A board chooses words for them; their shapes never change."""

MEMBER_OF = {
    **{
        name: name
        for name in (
            "partnership", "name", "heading", "title", "priority", "service_team", "ends_on", "review_dates",
            "next_review_on", "summary", "update_every_days", "rating_key", "glossary",
        )
    },
    "owner_id": "owner",
    "owner_printed": "owner",
    "starts_printed": "starts",
    "starts_from": "starts",
    "starts_to": "starts",
}  # fmt: skip
"""The member of the plan document by column. A member is changed as a whole: two who change the same one clash."""

SAID = {
    "partnership": "name of the partnership",
    "name": "name of the plan",
    "heading": "heading",
    "title": "title",
    "priority": "priority",
    "service_team": "service or team",
    "owner": "owner",
    "starts": "start",
    "ends_on": "end date",
    "review_dates": "review dates",
    "next_review_on": "next review date",
    "summary": "summary",
    "update_every_days": "days between updates",
    "rating_key": "rating key",
    "glossary": "glossary",
}
SHOWN_BY_ACTIONS = frozenset({"title", "update_every_days", "rating_key"})
"""Columns that an action's own answer depends on."""

MOST_NAMED = 3
"""So many words and meanings are named; of more it is the whole key that changed."""

_COLOURS = {"R": "red", "A": "amber", "G": "green", "B": "blue"}
_PARTS = {
    "owner": {"person": "owner_id", "printed": "owner_printed"},
    "starts": {"printed": "starts_printed", "first": "starts_from", "last": "starts_to"},
}


def as_columns(members: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a change as columns; of `owner` and `starts` only the parts that are given."""
    found: dict[str, Any] = {}
    for name, value in members.items():
        if name in _PARTS:
            found |= {_PARTS[name][part]: below for part, below in value.items()}
        else:
            found[name] = value
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
    for column, member in MEMBER_OF.items():
        if column in after:
            whole = [f"the {SAID[member]}"]
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
