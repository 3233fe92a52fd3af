"""Who a new action names: people, groups and agencies of the directory, by id."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.domain.by_when import say_date
from api.domain.errors import FieldError, ValidationFailed
from api.models import Agency, NamedGroup, Person
from api.queries.people import find_joined

Row = list[str | None]
"""A place as the journal holds it: [person, group, agency, name, qualifier]."""

_TABLES: dict[str, tuple[type[Any], str]] = {
    "person": (Person, "There is no such person; GET /people lists them."),
    "group": (NamedGroup, "There is no such group; GET /groups lists them."),
    "agency": (Agency, "There is no such agency; GET /agencies lists them."),
}


def read_places(session: Session, given: list[dict[str, Any]]) -> list[Row]:
    """The rows of these places, in this order; who was joined to another is that other one. Raises ValidationFailed."""
    errors: list[FieldError] = []
    rows: list[Row] = []
    for order, place in enumerate(given):
        kind = next(each for each in _TABLES if each in place)
        found = _find(session, kind, place)
        refusal = _TABLES[kind][1] if found is None else _gone(found)
        if refusal is None and any(str(found.id) in row[:3] for row in rows):
            refusal = f"{found.name} is on this list twice."
        if refusal is not None:
            errors.append(FieldError(f"/places/{order}/{kind}", "invalid", refusal))
            continue
        holder = (str(found.id) if each == kind else None for each in _TABLES)
        rows.append([*holder, place.get("name") or found.name, place.get("qualifier")])
    if errors:
        raise ValidationFailed(errors[0].detail, errors)
    return rows


def _find(session: Session, kind: str, place: dict[str, Any]) -> Any:
    wanted = place[kind]
    if kind == "person":
        wanted = find_joined(session, [wanted]).get(wanted, wanted)
    table = _TABLES[kind][0]
    return session.scalars(select(table).where(table.id == wanted)).one_or_none()


def _gone(found: Any) -> str | None:
    """Why somebody who is in the directory cannot be put on an action."""
    if getattr(found, "left_on", None) is not None:
        return f"{found.name} left on {say_date(found.left_on)}; name somebody who is there."
    if getattr(found, "ended_on", None) is not None:
        return f"{found.name} has ended; name the agency that there is now."
    return None
