"""Health, out."""

from marshmallow import fields

from api.schemas.base import Out


class HealthOut(Out):
    """`ok`, or what is wrong."""

    status = fields.String(required=True)
