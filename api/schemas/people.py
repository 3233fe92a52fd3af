"""People and agencies, out."""

from typing import Any

from marshmallow import fields

from api.schemas.base import Thing
from api.schemas.plans import ShortAgencyOut, list_of


class AgencyOut(Thing):
    """An agency by the name that the plan prints."""

    name = fields.String(required=True)
    short_name = fields.String(required=True)


class PersonOut(Thing):
    """Somebody named in a plan; `agency` is null when no plan states it."""

    name = fields.String(required=True)
    post = fields.String(allow_none=True, required=True)
    agency = fields.Nested(ShortAgencyOut, allow_none=True, required=True)


PersonListOut = list_of(PersonOut, "PersonList")
AgencyListOut = list_of(AgencyOut, "AgencyList")

_THING = ("id", "created_at", "updated_at", "version")


def shape_short_agency(agency: Any) -> dict[str, Any]:
    """A ShortAgencyOut from a row."""
    return {name: getattr(agency, name) for name in ("id", "name", "short_name")}


def shape_agency(agency: Any) -> dict[str, Any]:
    """An AgencyOut from a row."""
    return {name: getattr(agency, name) for name in ("name", "short_name", *_THING)}


def shape_person(person: Any, agency: Any) -> dict[str, Any]:
    """A PersonOut from two rows."""
    return {
        "agency": agency and shape_short_agency(agency),
        **{name: getattr(person, name) for name in ("name", "post", *_THING)},
    }
