"""Bases of the shapes."""

from typing import Any, ClassVar

from marshmallow import RAISE, Schema, fields

from api.schemas.fields import Id, Instant


class In(Schema):
    """A body or a query string: a member that is not listed is an error.

    `together` is what must hold between members, as JSON Schema for the document; the schema's own checks enforce it.
    """

    together: ClassVar[dict[str, Any]] = {}

    class Meta:
        """Refuse what is not listed."""

        unknown = RAISE


class Out(Schema):
    """An answer."""


class Thing(Out):
    """What every object has (API 1.6)."""

    id = Id(required=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    version = fields.Integer(required=True)
