"""Signing in, and who I am."""

from marshmallow import fields, validate

from api.schemas.base import In, Out
from api.schemas.fields import Choice, Raw, Secret, Words


class SignInIn(In):
    """E-mail and password; `transport` says where the tokens go."""

    email = Words(required=True, most=254, missing="Give your e-mail address.")
    password = Secret(required=True, most=1024)
    transport = Choice(["bearer", "cookie"], load_default="bearer")


class SignInOut(Out):
    """Tokens for a script, or the CSRF value for the page (its tokens are in cookies)."""

    access_token = fields.String()
    refresh_token = fields.String()
    token_type = fields.String(validate=validate.OneOf(["Bearer"]))
    expires_in = fields.Integer(required=True, metadata={"description": "Seconds until the access token ends."})
    csrf_token = fields.String()
    me = Raw({"type": "object", "description": "As GET /me; for the transport `cookie`."})


class MeOut(Out):
    """The account, the person it stands for, and what is owed in each plan."""

    account = Raw({"type": "object"}, required=True)
    person = Raw({"type": ["object", "null"]}, required=True)
    csrf_token = Raw({"type": ["string", "null"]}, required=True)
    may = fields.List(fields.String(), required=True)
    plans = fields.List(Raw({"type": "object"}), required=True)
