"""Agencies and named groups of the directory, in and out."""

from typing import Any, ClassVar

from marshmallow import ValidationError, fields, validates_schema

from api.domain.people.directory import AgencyKind
from api.schemas.base import In, Out, Said, Thing, Warned, changes_something
from api.schemas.fields import Choice, Day, Id
from api.schemas.people.people import THING, other_names, shape_short_agency
from api.schemas.plan.plans import ShortAgencyOut, list_of
from api.schemas.text_fields import Line, Words, name_field

_KINDS = [kind.value for kind in AgencyKind]


def _short_name(**kwargs: Any) -> Line:
    return Line(most=60, missing="Write the short name.", **kwargs)


class AgencyIn(Said):
    """A new agency; without a short name it is called by its name."""

    name = name_field(required=True)
    short_name = _short_name()
    aliases = other_names()
    kind = Choice(_KINDS, allow_none=True)
    parent = Id(allow_none=True)


class AgencyPatch(Said):
    """What changes of an agency; null empties it. A name that changes stays among the other names."""

    together: ClassVar[dict[str, Any]] = {"minProperties": 1}

    name = name_field()
    short_name = _short_name()
    aliases = other_names()
    kind = Choice(_KINDS, allow_none=True)
    parent = Id(allow_none=True)
    ended_on = Day(allow_none=True)

    @validates_schema(skip_on_field_errors=True)
    def changes_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An empty body changes nothing."""
        changes_something(data)


class NewAgencyIn(In):
    """The agency that another became; without a kind it is of the same kind."""

    name = name_field(required=True)
    short_name = _short_name()
    kind = Choice(_KINDS)


class SuccessionIn(Said):
    """What an agency became, and from which day: an agency that is there, or a new one."""

    together: ClassVar[dict[str, Any]] = {"oneOf": [{"required": ["successor"]}, {"required": ["new"]}]}

    successor = Id()
    new = fields.Nested(NewAgencyIn)
    on = Day(required=True)
    note = Words(most=1000, missing="Write the note, or leave it out.")

    @validates_schema(skip_on_field_errors=True)
    def one_of_the_two(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """It became one agency."""
        if ("successor" in data) == ("new" in data):
            raise ValidationError("Give the successor's id, or a new agency: one of the two.", "successor")


class AgencyOut(Thing):
    """An agency by the name that the plan prints, and what became of it."""

    name = fields.String(required=True)
    short_name = fields.String(required=True)
    aliases = fields.List(fields.String(), required=True)
    kind = Choice(_KINDS, allow_none=True, required=True)
    parent = fields.Nested(ShortAgencyOut, allow_none=True, required=True)
    succeeded_by = fields.Nested(ShortAgencyOut, allow_none=True, required=True)
    ended_on = Day(allow_none=True, required=True)


class AgencyPersonOut(Out):
    """Somebody of an agency."""

    id = Id(required=True)
    name = fields.String(required=True)
    post = fields.String(allow_none=True, required=True)
    left_on = Day(allow_none=True, required=True)


class AgencyDetailOut(Warned, AgencyOut):
    """An agency with its people and how many actions are theirs."""

    people = fields.List(fields.Nested(AgencyPersonOut), required=True)
    actions = fields.Integer(
        required=True, metadata={"description": "Actions that name the agency or somebody of it, in all plans."}
    )
    named_on = fields.Integer(required=True, metadata={"description": "Actions that name the agency itself."})
    tokens = fields.Integer(
        allow_none=True,
        required=True,
        metadata={"description": "Its systems' tokens that were not revoked; null for who is no administrator."},
    )


class MovedOut(Out):
    """How much went along: its people, the actions that name the agency itself, its systems' tokens."""

    people = fields.Integer(required=True)
    actions = fields.Integer(required=True)
    tokens = fields.Integer(required=True)


class SuccessionOut(Warned):
    """An agency and what it became."""

    agency = fields.Nested(AgencyOut, required=True)
    successor = fields.Nested(AgencyOut, required=True)
    moved = fields.Nested(MovedOut, required=True)


class NamedGroupIn(Said):
    """A collective, by name."""

    name = name_field(required=True)


class NamedGroupOut(Warned, Thing):
    """A named collective: no account, no reminder, never an agency."""

    name = fields.String(required=True)


AgencyListOut = list_of(AgencyOut, "AgencyList")
NamedGroupListOut = list_of(NamedGroupOut, "NamedGroupList")


def shape_agency(agency: Any, parent: Any, successor: Any) -> dict[str, Any]:
    """An AgencyOut from three rows."""
    return {
        "parent": parent and shape_short_agency(parent),
        "succeeded_by": successor and shape_short_agency(successor),
        **{name: getattr(agency, name) for name in ("name", "short_name", "aliases", "kind", "ended_on", *THING)},
    }


def shape_member(person: Any) -> dict[str, Any]:
    """An AgencyPersonOut from a row."""
    return {name: getattr(person, name) for name in ("id", "name", "post", "left_on")}


def shape_group(group: Any) -> dict[str, Any]:
    """A NamedGroupOut from a row."""
    return {name: getattr(group, name) for name in ("name", *THING)}
