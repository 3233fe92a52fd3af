"""From the members of a seed document to the columns of the tables, in JSON form: dates as text, people as ids."""

from datetime import date
from typing import Any
from uuid import UUID

from api.domain.editable import ACTION, OBJECTIVE, PLAN
from api.domain.fields import Fields, to_json
from api.domain.plan.seeding import HOLDER_LISTS

SINCE: dict[str, Any] = {"glossary": []}
"""Members that a seed may be silent about, and what stands in a plan then: an older seed did not know them."""

Ids = dict[str, UUID]
Names = dict[tuple[str, str], str]

_COMPOSED = frozenset({"date", "places"})
"""What stands in several columns, or in rows of its own."""


def day(text: str | None) -> date | None:
    """A date column's value."""
    return date.fromisoformat(text) if text else None


def _notes(notes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"code": note["code"], "text": note["text"], **({"for": note["for"]} if "for" in note else {})}
        for note in notes
    ]


def plan_row(document: dict[str, Any], people: Ids) -> dict[str, Any]:
    """The plan's columns."""
    return {
        **_as_is(PLAN, document),
        "owner_printed": document["owner"]["printed"],
        "owner_id": _id(people, document["owner"]["person"]),
        "starts_printed": document["starts"]["printed"],
        "starts_from": document["starts"]["from"],
        "starts_to": document["starts"]["to"],
        "notes": _notes(document["notes"]),
    }


def _as_is(fields: Fields, given: dict[str, Any]) -> dict[str, Any]:
    """The members that are columns of the same name; a file may be silent about some."""
    return {name: given[name] for name in fields.as_is if name in given}


def objective_row(objective: dict[str, Any], people: Ids) -> dict[str, Any]:
    """An objective's columns."""
    lead = objective["lead"]
    return {
        **_as_is(OBJECTIVE, objective),
        "lead_id": _id(people, lead["person"]) if lead else None,
        "lead_printed": lead["printed"] if lead else None,
    }


def action_row(action: dict[str, Any], ids: dict[str, Ids], names: Names) -> dict[str, Any]:
    """An action's columns; `date` and `places` stand for several columns and rows that change together."""
    when = action["by_when"]
    return {
        **_as_is(ACTION, action),
        "text_printed": action["text"],
        "by_whom_printed": action["by_whom"]["printed"],
        "by_when_printed": when["printed"],
        "status": action["status"],
        "notes": _notes(action["notes"]),
        "date": [when["printed"], when["kind"], when["from"], when["to"]],
        "places": [_place(place, ids, names) for place in action["by_whom"]["named"]],
    }


def _place(place: dict[str, Any], ids: dict[str, Ids], names: Names) -> list[str | None]:
    """[person, group, agency, name, qualifier]: one of the first three is an id."""
    kind = next(kind for kind in HOLDER_LISTS if kind in place)
    name = place.get("name") or names[kind, place[kind]]
    return [*(_id(ids[each], place.get(each)) for each in HOLDER_LISTS), name, place.get("qualifier")]


def _id(ids: Ids, key: str | None) -> str | None:
    return str(ids[key]) if key else None


def named_rows(action_id: UUID, places: list[list[str | None]]) -> list[dict[str, Any]]:
    """The rows of who is named on an action, in printed order."""
    return [
        {
            "action_id": action_id,
            "position": position,
            **{f"{kind}_id": UUID(each) if each else None for kind, each in zip(HOLDER_LISTS, place, strict=False)},
            "name": place[-2],
            "qualifier": place[-1],
        }
        for position, place in enumerate(places, 1)
    ]


def original_date(action_id: UUID, row: dict[str, Any]) -> dict[str, Any]:
    """Entry 0 of an action's by-when history, from its columns: the paper's own words."""
    days = {name: row[name] for name in ("kind", "first_on", "last_on")}
    return {"action_id": action_id, "position": 0, "printed": row["by_when"], **days}


def columns(fields: Fields, row: dict[str, Any]) -> dict[str, Any]:
    """A row in JSON form as column values."""
    values = fields.from_json({name: value for name, value in row.items() if name not in _COMPOSED})
    if "date" in row:
        printed, kind, first, last = row["date"]
        values |= {"by_when": printed, "kind": kind, "first_on": day(first), "last_on": day(last)}
    return values


def as_json(row: Any, names: list[str]) -> dict[str, Any]:
    """The current columns of a row in the same JSON form."""
    values = {name: to_json(getattr(row, name)) for name in names if name not in _COMPOSED}
    if "date" in names:
        values["date"] = [to_json(each) for each in (row.by_when, row.kind, row.first_on, row.last_on)]
    return values
