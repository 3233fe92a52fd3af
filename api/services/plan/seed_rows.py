"""From the members of a seed document to the columns of the tables, in JSON form: dates as text, people as ids."""

from datetime import date
from typing import Any
from uuid import UUID

from api.domain.plan.seeding import PLACE_LISTS

SINCE: dict[str, Any] = {"glossary": []}
"""Members that a seed may be silent about, and what stands in a plan then: an older seed did not know them."""

Ids = dict[str, UUID]
Names = dict[tuple[str, str], str]

PLAN_DAYS = frozenset({"starts_from", "starts_to", "ends_on", "next_review_on"})


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
    as_is = [
        "heading",
        "partnership",
        "name",
        "title",
        "priority",
        "service_team",
        "ends_on",
        "review_dates",
        "next_review_on",
        "summary",
        "update_every_days",
        "rating_key",
    ]
    return {
        **{name: document[name] for name in as_is},
        "owner_printed": document["owner"]["printed"],
        "owner_id": _id(people, document["owner"]["person"]),
        "starts_printed": document["starts"]["printed"],
        "starts_from": document["starts"]["from"],
        "starts_to": document["starts"]["to"],
        "notes": _notes(document["notes"]),
        **({"glossary": document["glossary"]} if "glossary" in document else {}),
    }


def objective_row(objective: dict[str, Any], people: Ids) -> dict[str, Any]:
    """An objective's columns."""
    lead = objective["lead"]
    return {
        "text": objective["text"],
        "short_title": objective["short_title"],
        "lead_id": _id(people, lead["person"]) if lead else None,
        "lead_printed": lead["printed"] if lead else None,
    }


def action_row(action: dict[str, Any], ids: dict[str, Ids], names: Names) -> dict[str, Any]:
    """An action's columns; `date` and `places` stand for several columns and rows that change together."""
    when = action["by_when"]
    return {
        "text": action["text"],
        "text_printed": action["text"],
        "by_whom_printed": action["by_whom"]["printed"],
        "by_when_printed": when["printed"],
        "status": action["status"],
        "notes": _notes(action["notes"]),
        "date": [when["printed"], when["kind"], when["from"], when["to"]],
        "places": [_place(place, ids, names) for place in action["by_whom"]["places"]],
    }


def _place(place: dict[str, Any], ids: dict[str, Ids], names: Names) -> list[str | None]:
    """[person, group, agency, name, qualifier]: one of the first three is an id."""
    kind = next(kind for kind in PLACE_LISTS if kind in place)
    name = place.get("name") or names[kind, place[kind]]
    return [*(_id(ids[each], place.get(each)) for each in PLACE_LISTS), name, place.get("qualifier")]


def _id(ids: Ids, key: str | None) -> str | None:
    return str(ids[key]) if key else None


def place_rows(action_id: UUID, places: list[list[str | None]]) -> list[dict[str, Any]]:
    """The rows of an action's places, in printed order."""
    return [
        {
            "action_id": action_id,
            "position": position,
            **{f"{kind}_id": UUID(each) if each else None for kind, each in zip(PLACE_LISTS, place, strict=False)},
            "name": place[-2],
            "qualifier": place[-1],
        }
        for position, place in enumerate(places, 1)
    ]


def original_date(action_id: UUID, row: dict[str, Any]) -> dict[str, Any]:
    """Entry 0 of an action's by-when history, from its columns: the paper's own words."""
    days = {name: row[name] for name in ("kind", "first_on", "last_on")}
    return {"action_id": action_id, "position": 0, "printed": row["by_when"], **days}


def columns(row: dict[str, Any]) -> dict[str, Any]:
    """A row in JSON form as column values."""
    values = {name: value for name, value in row.items() if name not in {"date", "places"}}
    for name in PLAN_DAYS & values.keys():
        values[name] = day(values[name])
    for name in {"owner_id", "lead_id"} & values.keys():
        values[name] = UUID(values[name]) if values[name] else None
    if "date" in row:
        printed, kind, first, last = row["date"]
        values |= {"by_when": printed, "kind": kind, "first_on": day(first), "last_on": day(last)}
    return values


def as_json(row: Any, names: list[str]) -> dict[str, Any]:
    """The current columns of a row in the same JSON form."""
    values = {name: getattr(row, name) for name in names if name not in {"date", "places"}}
    if "date" in names:
        values["date"] = [row.by_when, row.kind, row.first_on, row.last_on]
        values["date"] = [_plain(value) for value in values["date"]]
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID) else value
