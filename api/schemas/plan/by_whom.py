"""Who is named on an action: what goes in, and the By Whom that comes out."""

from typing import Any, ClassVar

from marshmallow import ValidationError, fields, validates_schema

from api.schemas.base import In, Out
from api.schemas.fields import Id
from api.schemas.text_fields import Line, name_field


class AddedPersonIn(In):
    """Somebody who is in the directory for the first time. Two people may share a name."""

    name = name_field(required=True)
    agency = Id(allow_none=True)
    post = Line(most=200, allow_none=True, missing="Write the post, or leave it out.")


class AddedGroupIn(In):
    """A group that is in the directory for the first time."""

    name = name_field(required=True)


_HOLDERS = ("person", "group", "agency", "new_person", "new_group")


class NamedIn(In):
    """A person, a group or an agency on an action: one of them, by id or new; `name` and `qualifier` are words for the paper."""

    together: ClassVar[dict[str, Any]] = {"oneOf": [{"required": [each]} for each in _HOLDERS]}

    person = Id()
    group = Id()
    agency = Id()
    new_person = fields.Nested(AddedPersonIn)
    new_group = fields.Nested(AddedGroupIn)
    name = name_field()
    qualifier = Line(
        most=200, allow_none=True, missing="Write the words, or leave them out.", metadata={"example": "for Havering"}
    )

    @validates_schema(skip_on_field_errors=True)
    def is_one(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Each is one person, group or agency."""
        if sum(each in data for each in _HOLDERS) != 1:
            raise ValidationError(f"Give one of {', '.join(_HOLDERS)}.", "person")


class NamedOut(Out):
    """A person, a group or an agency on an action."""

    person = Id(allow_none=True, required=True)
    group = Id(allow_none=True, required=True)
    agency = Id(allow_none=True, required=True)
    name = fields.String(required=True)
    qualifier = fields.String(allow_none=True, required=True)


class ByWhomOut(Out):
    """By Whom as it stands, and who is named in it, in printed order."""

    printed = fields.String(required=True)
    first_printed = fields.String(
        allow_none=True,
        required=True,
        metadata={
            "description": "The paper's own words, where the people were changed so that they differ; else null."
        },
    )
    named = fields.List(fields.Nested(NamedOut), required=True)
