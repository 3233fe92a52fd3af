"""Bases of the shapes."""

from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields, pre_load

from api.domain.privacy.case_data import CaseDataKind
from api.schemas.fields import Flag, Id, Instant
from api.schemas.messages import an_object, speak

LEFT_OUT = "left_out"
# No body has so many members. One with more is not looked into: each that is unknown would be told.
MOST_MEMBERS = 100


class In(Schema):
    """A body or a query string: a member that is not listed is an error.

    `together` is what must hold between members, as JSON Schema for the document; the schema's own checks enforce it.
    """

    together: ClassVar[dict[str, Any]] = {}

    class Meta:
        """Refuse what is not listed."""

        unknown = RAISE

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.error_messages["type"] = an_object(self)

    @pre_load
    def is_small(self, data: Any, **_kwargs: Any) -> Any:
        """An object has no more members than anybody could mean."""
        if isinstance(data, dict) and len(data) > MOST_MEMBERS:
            raise ValidationError(f"There are {len(data):,} members here; leave out what is not asked for.")
        return data

    def on_bind_field(self, _field_name: str, field_obj: fields.Field[Any]) -> None:
        """Every field speaks in our sentences."""
        speak(field_obj)


class Said(In):
    """A body with words that people write freely: they are looked through for case data before they are kept (DOMAIN 9).

    All of them, but for a text that says that it is not `free`, and why.
    """

    confirm_no_case_data = Flag(
        metadata={
            "description": "true: what looked like case data (422 case-data-suspected) is not about a child or family."
        }
    )


def is_empty(data: dict[str, Any]) -> bool:
    """Whether a body of changes changes nothing: to confirm its words is no change."""
    return not data.keys() - {"confirm_no_case_data"}


def changes_something(data: dict[str, Any], member: str = "name") -> None:
    """Raise, at this member, when there is nothing to change."""
    if is_empty(data):
        raise ValidationError("Give what to change.", member)


class Out(Schema):
    """An answer."""


class CaseDataWarningOut(Out):
    """Words that look like case data: where they stand in the body, and what they look like.

    Or what was left out of them because it could hide words or change their order: `left_out`, with `words` as U+202E.
    """

    pointer = fields.String(required=True, metadata={"example": "/text"})
    kind = fields.String(required=True, metadata={"enum": [*(kind.value for kind in CaseDataKind), LEFT_OUT]})
    words = fields.String(required=True)
    detail = fields.String(required=True, metadata={"example": "“943 476 5919” looks like an NHS number."})


class Warned(Out):
    """An answer to words: `warnings` only where something looked like case data and was said to be none, or was left out."""

    warnings = fields.List(fields.Nested(CaseDataWarningOut))


class Thing(Out):
    """What every object has (API 1.6)."""

    id = Id(required=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    version = fields.Integer(required=True)
