"""The plan as it stood: the rows of now, turned back by what the journal says was changed since (API 7.2).

The cut is a revision: whatever was journalled after it is put back, newest first. What is left is what stood there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from api.domain.editable import FIELDS_OF
from api.domain.fields import DAY, read_json
from api.domain.journal import Entry, Values
from api.domain.plan.document import Named
from api.domain.plan.plan_rows import PlanRows

LooseRow = SimpleNamespace
"""A row that can be written to, by the names of its columns."""
_SHOW_VERSION = frozenset({"plan", "action"})


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a day ended: the plan's revision and the directory's, and the last withdrawal or redaction since (0: none).

    An update that was withdrawn since counts for the days before that, but its words are given to nobody any more.
    """

    revision: int
    directory_revision: int
    withdrawal: int


def turn_back(rows: PlanRows, entries: Iterable[Entry]) -> None:
    """Undo these entries, which are newest first, in rows that may be written to."""
    things = {thing.id: thing for thing in [rows.plan, *rows.objectives, *rows.actions]}
    # Once for each write, however many entries it has; a post that moves the status raises no version.
    raised: set[tuple[UUID, int]] = set()
    for entry in entries:
        if entry.object_type == "update":
            _put_back_acknowledgement(rows.actions, entry)
            _put_back_words(rows.actions, entry)
        elif entry.verb == "created":
            things.pop(entry.object_id, None)
        elif entry.object_id in things:
            restore(things[entry.object_id], entry.object_type, entry.before)
            _put_back_parts(rows, entry)
            if entry.object_type in _SHOW_VERSION and "update" not in entry.after:
                raised.add((entry.object_id, entry.revision))
    for object_id, _ in raised:
        if object_id in things:
            things[object_id].version -= 1
    _leave_what_stood(rows, things)


def _leave_what_stood(rows: PlanRows, things: dict[UUID, Any]) -> None:
    """Keep the rows that were in the plan then, in the order of their numbers; an action takes its objective's."""
    rows.objectives = sorted((each for each in rows.objectives if _stood(each, things)), key=_position)
    numbers = {objective.id: objective.position for objective in rows.objectives}
    actions = [each for each in rows.actions if _stood(each, things) and each.objective_id in numbers]
    for action in actions:
        action.objective_position = numbers[action.objective_id]
    rows.actions = sorted(actions, key=_number)


def _stood(row: Any, things: dict[UUID, Any]) -> bool:
    """Whether it was there: made by then, and not removed from the plan."""
    return row.id in things and row.position is not None


def restore(row: Any, object_type: str, before: Values) -> None:
    """Give a row the values it had, by column; what it has no column for is left to others."""
    holds = FIELDS_OF[object_type].holds
    for name, value in before.items():
        if name == "date":
            row.by_when, row.kind = value[:2]
            row.first_on, row.last_on = (read_json(DAY, each) for each in value[2:])
        elif hasattr(row, name):
            setattr(row, name, read_json(holds.get(name), value))


def _put_back_parts(rows: PlanRows, entry: Entry) -> None:
    """Turn back the parts of an action that are rows of their own: who is named on it, and its dates."""
    before, action_id = entry.before, entry.object_id
    if "places" in before:
        rows.places[action_id] = [_place(*each) for each in before["places"]]
    moves = rows.moves.get(action_id, [])
    if entry.verb == "date-moved" and moves:
        moves.pop()
    if "date" in before and moves:
        printed, kind, first, last = before["date"]
        moves[0] |= {"printed": printed, "kind": kind, "from": read_json(DAY, first), "to": read_json(DAY, last)}
    # The paper's own date alone says nothing that the action does not say itself.
    if len(moves) == 1:
        moves.clear()


def _put_back_acknowledgement(actions: Iterable[Any], entry: Entry) -> None:
    before = entry.before
    if "acknowledgement" not in before:
        return
    for action in actions:
        if action.latest_id == entry.object_id:
            action.latest_acknowledgement = before["acknowledgement"]
        if action.rated_id == entry.object_id:
            action.rated_acknowledgement = before["acknowledgement"]


def _put_back_words(actions: Iterable[Any], entry: Entry) -> None:
    """Restore what an update said before it was corrected; words of a withdrawn one stay removed."""
    if entry.verb != "corrected":
        return
    for action in actions:
        if action.latest_id == entry.object_id:
            action.latest_corrected_at = entry.before["corrected_at"]
            if "text" in entry.before and action.latest_withdrawn_at is None:
                action.latest_text = entry.before["text"]


def name_holders(rows: PlanRows, people: dict[UUID, Any], agencies: dict[UUID, Any]) -> None:
    """Write the names of that day beside each lead officer and the owner: name, post, agency."""
    for objective in rows.objectives:
        lead = people.get(objective.lead_id)
        objective.lead_name, objective.lead_post = (lead.name, lead.post) if lead else (None, None)
        agency = agencies.get(lead.agency_id) if lead else None
        objective.lead_agency = agency.short_name if agency else None
    owner = people.get(rows.plan.owner_id)
    rows.owner_name = owner.name if owner else None


def _position(row: Any) -> int:
    position: int = row.position
    return position


def _number(row: Any) -> tuple[int, int]:
    return row.objective_position, row.position


def _place(person: str | None, group: str | None, agency: str | None, name: str | None, qualifier: str | None) -> Named:
    return Named(_id(person), _id(group), _id(agency), name or "", qualifier)


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None
