"""Signing in, and who I am."""

from marshmallow import fields, validate

from api.domain.plan.permissions import Role
from api.schemas.base import In, Out
from api.schemas.fields import Choice, Id
from api.schemas.plan.plans import ShortAgencyOut
from api.schemas.text_fields import Secret, Words


class SignInIn(In):
    """E-mail and password; `transport` says where the tokens go."""

    email = Words(
        required=True,
        most=254,
        missing="Give your e-mail address.",
        free=False,
        because="it is compared, and kept nowhere",
    )
    password = Secret(required=True, most=1024)
    code = Words(
        most=40,
        free=False,
        because="it is compared, and kept nowhere",
        metadata={
            "description": "Of the authenticator app, or a recovery code; asked for by `second-factor-required`."
        },
    )
    transport = Choice(["bearer", "cookie"], load_default="bearer")


class SignInOut(Out):
    """Tokens for a script, or the CSRF value for the page (its tokens are in cookies)."""

    access_token = fields.String()
    refresh_token = fields.String()
    token_type = fields.String(validate=validate.OneOf(["Bearer"]))
    expires_in = fields.Integer(required=True, metadata={"description": "Seconds until the access token ends."})
    csrf_token = fields.String(metadata={"description": "To be sent as X-CSRF-Token; for the transport `cookie`."})


class DirectoryOut(Out):
    """An agency's own directory, in which its people sign in."""

    name = fields.String(required=True)


class MethodsOut(Out):
    """What the sign-in page offers beside e-mail and password."""

    passkeys = fields.Boolean(required=True)
    directory = fields.Nested(DirectoryOut, allow_none=True, required=True)


class AccountOut(Out):
    """Who is signed in."""

    id = Id(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    role = Choice([role.value for role in Role], required=True)


class MyPersonOut(Out):
    """The person of the plan that the account stands for."""

    id = Id(required=True)
    name = fields.String(required=True)
    post = fields.String(allow_none=True, required=True)
    agency = fields.Nested(ShortAgencyOut, allow_none=True, required=True)


class MyPlanOut(Out):
    """What is mine in one plan: objectives by number, actions by id."""

    id = Id(required=True)
    slug = fields.String(required=True)
    title = fields.String(required=True)
    may = fields.List(
        fields.String(), required=True, metadata={"description": "The verbs open to me on the plan itself."}
    )
    leads = fields.List(fields.Integer(), required=True, metadata={"description": "Numbers of the objectives I lead."})
    on = fields.List(Id(), required=True, metadata={"description": "Actions that name me."})
    owed = fields.List(Id(), required=True, metadata={"description": "Actions that need an update of mine."})
    to_acknowledge = fields.List(Id(), required=True, metadata={"description": "Actions whose updates wait for me."})
    to_sign_off = fields.List(Id(), required=True, metadata={"description": "Delivered actions that wait for me."})
    adds_to = fields.List(
        Id(),
        required=True,
        allow_none=True,
        metadata={"description": "The objectives that I may add actions to; null for each of them."},
    )


class MeOut(Out):
    """The account, the person it stands for, and what is owed in each plan."""

    account = fields.Nested(AccountOut, required=True)
    person = fields.Nested(MyPersonOut, allow_none=True, required=True)
    csrf_token = fields.String(allow_none=True, required=True, metadata={"description": "Null for a bearer token."})
    may = fields.List(fields.String(), required=True)
    plans = fields.List(fields.Nested(MyPlanOut), required=True)
