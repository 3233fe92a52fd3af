"""Accounts for the administrator, and links by e-mail: in and out."""

from typing import Any, ClassVar

from marshmallow import ValidationError, fields, validates_schema

from api.domain.accounts.accounts import Concern, State
from api.domain.accounts.signing_in import Address
from api.domain.plan.permissions import ACCOUNT_ROLES
from api.schemas.base import In, Out, Said, Thing, Warned, is_empty
from api.schemas.fields import Choice, Day, Flag, Id, Instant
from api.schemas.people.people import shape_short_agency
from api.schemas.plan.plans import PageQuery, ShortAgencyOut, list_of
from api.schemas.text_fields import Email, Line, Secret, Words

ROLES = [role.value for role in ACCOUNT_ROLES]


class NewPersonIn(In):
    """Somebody whom no plan names yet."""

    name = Line(required=True, most=200, missing="Write the name.")
    post = Line(most=200, missing="Write the post, or leave it out.")
    agency = Id()


class InvitationIn(Said):
    """Who is to have an account: a person of the directory, a new one, or (admin and viewer only) a name alone."""

    together: ClassVar[dict[str, Any]] = {
        "oneOf": [{"required": [name]} for name in ("person", "new_person", "name")],
    }

    email = Email(required=True)
    role = Choice(ROLES, required=True)
    person = Id()
    new_person = fields.Nested(NewPersonIn)
    name = Line(most=200, missing="Write the name.")

    @validates_schema(skip_on_field_errors=True)
    def is_one_of_three(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Exactly one of person, new_person and name."""
        given = [name for name in ("person", "new_person", "name") if name in data]
        if len(given) != 1:
            said = "Give one of these and not two: person, new_person, name." if given else "Say who it is for."
            raise ValidationError(said, given[-1] if given else "person")


class AccountPatch(Said):
    """What an administrator changes of an account; `person` null: it stands for nobody."""

    together: ClassVar[dict[str, Any]] = {"minProperties": 1}

    role = Choice(ROLES)
    disabled = Flag()
    name = Line(most=200, missing="Write the name.")
    person = Id(allow_none=True)

    @validates_schema(skip_on_field_errors=True)
    def changes_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """At least one member."""
        if is_empty(data):
            raise ValidationError("Give what to change: role, disabled, name or person.", "role")


class AccountsQuery(PageQuery):
    """Which accounts."""

    q = Words(most=200, missing="Write what to look for, or leave it out.")
    state = Choice([state.value for state in State])
    concern = Choice(
        [concern.value for concern in Concern],
        metadata={"description": "`left`: the person has left; `no_factor`: it is used without a second factor."},
    )


class LinkIn(In):
    """What stands after the # in a link."""

    token = Secret(required=True, most=200, missing="Give the token that stands in the link.")


class LinkWithPasswordIn(LinkIn):
    """The link's token, and the password that is chosen with it: 12 to 128 characters, not one that is easily guessed."""

    password = Secret(required=True, most=1024)


class ResetRequestIn(In):
    """Who has forgotten their password."""

    email = Words(
        required=True,
        most=254,
        missing="Give your e-mail address.",
        free=False,
        because="it is compared, and kept nowhere",
    )


class NewEmailIn(In):
    """The address to sign in with from now on."""

    email = Email(required=True)


class AccountPersonOut(Out):
    """The person of the directory that an account stands for."""

    id = Id(required=True)
    name = fields.String(required=True)
    post = fields.String(allow_none=True, required=True)
    agency = fields.Nested(ShortAgencyOut, allow_none=True, required=True)
    left_on = Day(allow_none=True, required=True, metadata={"description": "Their last day. End the account then."})


class ManagedAccountOut(Warned, Thing):
    """An account as administrators see it."""

    email = fields.String(required=True)
    name = fields.String(required=True)
    role = Choice(ROLES, required=True)
    state = Choice([state.value for state in State], required=True)
    person = fields.Nested(AccountPersonOut, allow_none=True, required=True)
    second_factor = fields.Boolean(required=True, metadata={"description": "It has a second factor or a passkey."})
    directory_second_factor = fields.Boolean(
        required=True,
        metadata={
            "description": "Their agency's directory asked for a second factor the last time that they came through it."
        },
    )
    last_used_at = Instant(allow_none=True, required=True, metadata={"description": "To about ten minutes."})
    invited_at = Instant(allow_none=True, required=True, metadata={"description": "When it was last invited."})
    invitation_expires_at = Instant(
        allow_none=True, required=True, metadata={"description": "Of an invitation that was not accepted yet."}
    )


ManagedAccountListOut = list_of(ManagedAccountOut, "ManagedAccountList")
_ONCE = "Null when the answer is replayed."


class SentLinkOut(Warned):
    """What became of a link that was made."""

    account = fields.Nested(ManagedAccountOut, required=True)
    mail = Choice(
        ["sent", "kept", "failed"],
        allow_none=True,
        required=True,
        metadata={
            "description": f"`sent` by the mail server, `kept` in a file because there is none, or `failed`. {_ONCE}"
        },
    )
    link = fields.String(
        allow_none=True,
        required=True,
        metadata={"description": f"The link itself, to be handed on, where it was not sent. Shown this once. {_ONCE}"},
    )


class AgencyFactorsOut(Out):
    """The accounts of an agency that are used, and how many of them have no second factor."""

    agency = fields.Nested(
        ShortAgencyOut, allow_none=True, required=True, metadata={"description": "Null: of people without an agency."}
    )
    active = fields.Integer(required=True)
    without = fields.Integer(required=True)


class SecondFactorsOut(Out):
    """Who has no second factor yet, in numbers by agency; GET /accounts?concern=no_factor names them."""

    required = fields.List(
        Choice(ROLES), required=True, metadata={"description": "The roles that need one (SECOND_FACTOR_ROLES)."}
    )
    active = fields.Integer(required=True)
    without = fields.Integer(required=True)
    agencies = fields.List(fields.Nested(AgencyFactorsOut), required=True)


class EndedSessionsOut(Out):
    """How many sessions were ended."""

    ended = fields.Integer(required=True)


class InvitedOut(Out):
    """Whom an invitation is for."""

    name = fields.String(required=True)
    email = fields.String(required=True)
    service = fields.String(required=True, metadata={"description": "The partnership's name."})


class StoppedOut(Out):
    """What became of the address: never changed, put back, or changed and not put back because it is another account's by now."""

    address = Choice([each.value for each in Address], required=True)


class MailOnItsWayOut(Out):
    """The same whether or not there is such an account."""

    detail = fields.String(required=True)


def shape_account(listed: Any) -> dict[str, Any]:
    """A ManagedAccountOut from an account, its person and agency."""
    account, person = listed.account, listed.person
    names = ("id", "email", "name", "role", "created_at", "updated_at", "version")
    return {
        **{name: getattr(account, name) for name in names},
        "state": listed.state,
        "person": person
        and {
            **{name: getattr(person, name) for name in ("id", "name", "post", "left_on")},
            "agency": listed.agency and shape_short_agency(listed.agency),
        },
        "second_factor": account.factor_since is not None,
        "directory_second_factor": listed.factor_there,
        "last_used_at": listed.last_used_at,
        "invited_at": listed.invited_at,
        "invitation_expires_at": listed.expires_at if listed.state == State.INVITED else None,
    }
