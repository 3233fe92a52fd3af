"""Signing in through an agency's directory: the addresses' parameters."""

from marshmallow import EXCLUDE, fields

from api.schemas.base import In
from api.schemas.fields import length

_SHORT = length(most=2000)


class DirectoryStartQuery(In):
    """Where to go afterwards."""

    next = fields.String(validate=_SHORT, load_default="", metadata={"description": "A page of this site."})


class DirectoryCallbackQuery(In):
    """What the directory sends back (OpenID Connect Core 3.1.2.5). Directories add members of their own, which are let be."""

    class Meta:
        """Let be what is not listed."""

        unknown = EXCLUDE

    state = fields.String(validate=_SHORT, load_default="", metadata={"description": "As the start gave it."})
    code = fields.String(validate=_SHORT, load_default="", metadata={"description": "To be exchanged for who it is."})
    error = fields.String(validate=_SHORT, load_default="", metadata={"description": "Why there is no code."})
    iss = fields.String(validate=_SHORT, load_default="", metadata={"description": "Who answers (RFC 9207)."})
