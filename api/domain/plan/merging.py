"""Two people at one action: what each changed, and whether that clashes (API 3.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.domain.plan.by_whom import print_places

# The columns of a journal entry by the field that a person sees; a field is changed as a whole.
FIELD_OF = {
    "text": "text",
    "status": "status",
    "status_reason": "status",
    "by_when": "by_when",
    "kind": "by_when",
    "first_on": "by_when",
    "last_on": "by_when",
    "date": "by_when",
    "places": "by_whom",
    "by_whom": "by_whom",
    "position": "position",
    "objective_id": "position",
}
SAID = {"text": "wording", "status": "status", "by_when": "date", "by_whom": "people", "position": "number"}
SAID_OF_OBJECTIVE = {
    "text": "wording",
    "short_title": "short title",
    "lead": "lead officer",
    "lead_printed": "lead officer as printed",
    "position": "number",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody changed of an action, from the journal: the new values by column."""

    by: str
    at: datetime
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both changed: whose value stands, and what it is."""

    field: str
    by: str
    at: datetime
    value: Any


def find_clashes(edits: Iterable[Edit], writes: frozenset[str]) -> list[Clash]:
    """Of the edits that came first, the last on each field that is now to be written again."""
    found: dict[str, Clash] = {}
    for edit in edits:
        for field in {FIELD_OF[column] for column in edit.after if column in FIELD_OF} & writes:
            found[field] = Clash(field, edit.by, edit.at, _value(field, edit.after))
    return [found[field] for field in sorted(found)]


def _value(field: str, after: dict[str, Any]) -> Any:
    """The value as the contract spells it."""
    if field == "by_when":
        return after["by_when"] if "by_when" in after else after["date"][0]
    if field == "by_whom":
        return after.get("by_whom") or print_places(after["places"])
    return after.get(field)
