"""People of the directory, in and out."""

from typing import Any, ClassVar

from marshmallow import fields, validate, validates_schema

from api.domain.plan.status import Status
from api.schemas.base import Out, Said, Thing, Warned, changes_something
from api.schemas.fields import AnyOf, Choice, Day, Id, QueryFlag, Some
from api.schemas.plan.plans import PageQuery, ShortAgencyOut, list_of
from api.schemas.text_fields import Email, Line, Words, name_field

_UUIDS = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
MOST_NAMES = 20


def other_names(**kwargs: Any) -> Some:
    """Other names by which somebody or an agency is found."""
    few = validate.Length(max=MOST_NAMES, error=f"Give {MOST_NAMES} other names at most.")
    return Some(name_field(), validate=few, **kwargs)


class PeopleQuery(PageQuery):
    """Filters: different names are all of, a comma is any of."""

    q = Words(
        most=200, missing="Write what to search for.", metadata={"description": "In the name and the other names."}
    )
    agency = AnyOf(
        pattern=f"({_UUIDS}|none)",
        example="an agency's id, or none",
        metadata={"description": "Ids of agencies; `none` for who has no agency stated."},
    )
    left = QueryFlag(metadata={"description": "Whether a day of leaving is known."})


class PersonIn(Said):
    """Somebody who is added by hand. Two people may share a name."""

    name = name_field(required=True)
    post = Line(most=200, allow_none=True, missing="Write the post, or leave it out.")
    agency = Id(allow_none=True)
    email = Email(allow_none=True)
    aliases = other_names()
    left_on = Day(allow_none=True)


class PersonPatch(Said):
    """What changes of a person; null empties it. A name that changes stays among the other names."""

    together: ClassVar[dict[str, Any]] = {"minProperties": 1}

    name = name_field()
    post = Line(most=200, allow_none=True, missing="Write the post, or send null.")
    agency = Id(allow_none=True)
    email = Email(allow_none=True)
    aliases = other_names()
    left_on = Day(allow_none=True)

    @validates_schema(skip_on_field_errors=True)
    def changes_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An empty body changes nothing."""
        changes_something(data)


class PersonOut(Thing):
    """Somebody named in a plan; `agency` is null when no plan states it."""

    name = fields.String(required=True)
    aliases = fields.List(
        fields.String(), required=True, metadata={"description": "Other names: former ones, and how papers spell it."}
    )
    post = fields.String(allow_none=True, required=True)
    agency = fields.Nested(ShortAgencyOut, allow_none=True, required=True)
    email = fields.String(
        allow_none=True,
        required=True,
        metadata={
            "description": "For administrators and lead officers; for contributors that of their own agency; else null."
        },
    )
    left_on = Day(allow_none=True, required=True)


class NamedOnOut(Out):
    """An action that names somebody."""

    action = Id(required=True)
    number = fields.String(required=True)
    status = Choice([status.value for status in Status], required=True)
    plan = fields.String(required=True, metadata={"description": "The plan's slug."})


class PersonLeadOut(Out):
    """An objective that somebody leads."""

    objective = Id(required=True)
    number = fields.Integer(required=True)
    short_title = fields.String(allow_none=True, required=True)
    plan = fields.String(required=True, metadata={"description": "The plan's slug."})


class PersonDetailOut(Warned, PersonOut):
    """Somebody with what they are named for."""

    named_on = fields.List(fields.Nested(NamedOnOut), required=True)
    leads = fields.List(fields.Nested(PersonLeadOut), required=True)
    account = fields.Boolean(
        allow_none=True,
        required=True,
        metadata={"description": "Whether an account stands for them; null for who is no administrator."},
    )


PersonListOut = list_of(PersonOut, "PersonList")

THING = ("id", "created_at", "updated_at", "version")


def shape_short_agency(agency: Any) -> dict[str, Any]:
    """A ShortAgencyOut from a row."""
    return {name: getattr(agency, name) for name in ("id", "name", "short_name")}


def shape_person(person: Any, agency: Any, email: str | None) -> dict[str, Any]:
    """A PersonOut from two rows, with the address that this reader may have."""
    return {
        "agency": agency and shape_short_agency(agency),
        "email": email,
        **{name: getattr(person, name) for name in ("name", "aliases", "post", "left_on", *THING)},
    }


def shape_place(row: Any) -> dict[str, Any]:
    """An action that names somebody, from a row of queries.holdings."""
    return {"action": row.action_id, "number": row.number, "status": row.status, "plan": row.slug}


def shape_led(row: Any) -> dict[str, Any]:
    """An objective that somebody leads, from a row of queries.holdings."""
    return {"objective": row.id, "number": row.objective, "short_title": row.short_title, "plan": row.slug}
