"""My sessions and my password, in and out."""

from marshmallow import fields

from api.domain.accounts.signing_in import Method
from api.schemas.base import In, Out
from api.schemas.fields import Choice, Id, Instant
from api.schemas.plan.plans import list_of
from api.schemas.text_fields import Secret


class SessionOut(Out):
    """A place where I am signed in."""

    id = Id(required=True)
    device = fields.String(required=True, metadata={"description": "As its browser calls itself, in plain words."})
    method = Choice([method.value for method in Method], required=True)
    signed_in_at = Instant(required=True)
    last_used_at = Instant(required=True, metadata={"description": "To ten minutes."})
    current = fields.Boolean(required=True, metadata={"description": "Whether it is the one that asks."})


SessionListOut = list_of(SessionOut, "SessionList")


class EndedOut(Out):
    """How many sessions ended."""

    ended = fields.Integer(required=True)


class PasswordIn(In):
    """The present password, and the new one: 12 to 128 characters, any of them."""

    current = Secret(required=True, most=1024)
    new = Secret(required=True, most=1024)
