"""Partner systems' tokens, in and out."""

from typing import Any

from marshmallow import fields, validate

from api.domain.accounts.partners import LONGEST_DAYS, Scope
from api.schemas.base import Out, Said, Warned
from api.schemas.fields import Choice, Day, Id, Instant, Some, Whole
from api.schemas.people.people import shape_short_agency
from api.schemas.plan.plans import ShortAgencyOut, list_of
from api.schemas.text_fields import Line

_SCOPES = [scope.value for scope in Scope]


class PartnerTokenIn(Said):
    """A new token: for which system of which agency, what it may do, and for how long."""

    name = Line(required=True, most=100, missing="Name the system, for example Liquidlogic.")
    agency = Id(required=True)
    scopes = Some(
        Choice(_SCOPES),
        required=True,
        validate=[
            validate.Length(min=1, max=len(_SCOPES), error=f"Give one to {len(_SCOPES)} scopes."),
        ],
    )
    days = Whole(1, LONGEST_DAYS, load_default=LONGEST_DAYS)


class PartnerTokenOut(Out):
    """A token without its secret."""

    id = Id(required=True)
    name = fields.String(required=True)
    agency = fields.Nested(ShortAgencyOut, required=True)
    scopes = fields.List(Choice(_SCOPES), required=True)
    created_at = Instant(required=True)
    made_by = fields.String(required=True)
    expires_at = Instant(required=True)
    last_used_at = Instant(
        allow_none=True, required=True, metadata={"description": "Written at most every five minutes."}
    )
    revoked_at = Instant(allow_none=True, required=True)
    agency_ended_on = Day(
        allow_none=True, required=True, metadata={"description": "Since when its agency is no more. Revoke it then."}
    )
    maker_ended = fields.Boolean(
        required=True,
        metadata={
            "description": "Whether the account that made it is disabled. Ask its agency whether it is still used."
        },
    )


class NewPartnerTokenOut(Warned, PartnerTokenOut):
    """A token with its secret, this once."""

    token = fields.String(
        allow_none=True,
        required=True,
        metadata={"description": "The token itself. Nobody can show it again: it is null when the answer is replayed."},
    )


PartnerTokenListOut = list_of(PartnerTokenOut, "PartnerTokenList")


def shape_token(token: Any, agency: Any, maker_ended: bool) -> dict[str, Any]:
    """A PartnerTokenOut from two rows, and whether the account that made it is disabled."""
    names = ("id", "name", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at")
    return {
        **{name: getattr(token, name) for name in names},
        "made_by": token.made_by_name,
        "agency": shape_short_agency(agency),
        "agency_ended_on": agency.ended_on,
        "maker_ended": maker_ended,
    }
