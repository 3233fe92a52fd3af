"""Bases of the shapes."""

from typing import Any

from marshmallow import RAISE, Schema, fields

from api.schemas.fields import Id, Instant


class In(Schema):
    """A body or a query string: a member that is not listed is an error."""

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


def nullable(shape: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a value that may be null."""
    kind = shape["type"]
    return {**shape, "type": [*(kind if isinstance(kind, list) else [kind]), "null"]}
