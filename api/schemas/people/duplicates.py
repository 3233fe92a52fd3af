"""Possible duplicates, in and out."""

from typing import Any

from marshmallow import fields

from api.domain.plan.permissions import ACCOUNT_ROLES
from api.schemas.base import In, Out
from api.schemas.fields import Choice, Day, Id, Instant, QueryFlag
from api.schemas.people.people import shape_short_agency
from api.schemas.plan.plans import PageQuery, ShortAgencyOut, list_of


class PairIn(In):
    """Two people."""

    first = Id(required=True)
    second = Id(required=True)


class DuplicatesQuery(PageQuery):
    """Pairs that may be one person, or with `apart` those of whom somebody said that they are two."""

    apart = QueryFlag(load_default=False)


class HeldActionOut(Out):
    """An action that somebody is on."""

    id = Id(required=True)
    number = fields.String(required=True)
    plan = fields.String(required=True, metadata={"description": "The plan's slug."})


class HeldObjectiveOut(Out):
    """An objective that somebody leads."""

    id = Id(required=True)
    number = fields.Integer(required=True)
    plan = fields.String(required=True, metadata={"description": "The plan's slug."})


class HolderAccountOut(Out):
    """The account that stands for somebody."""

    id = Id(required=True)
    email = fields.String(required=True)
    role = Choice([role.value for role in ACCOUNT_ROLES], required=True)
    disabled_at = Instant(allow_none=True, required=True)


class HolderOut(Out):
    """Somebody, and what stands to their name."""

    id = Id(required=True)
    name = fields.String(required=True)
    aliases = fields.List(fields.String(), required=True)
    post = fields.String(allow_none=True, required=True)
    agency = fields.Nested(ShortAgencyOut, allow_none=True, required=True)
    left_on = Day(allow_none=True, required=True)
    actions = fields.List(fields.Nested(HeldActionOut), required=True)
    objectives = fields.List(fields.Nested(HeldObjectiveOut), required=True)
    plans = fields.List(fields.String(), required=True, metadata={"description": "The slugs of the plans they own."})
    updates = fields.Integer(required=True)
    account = fields.Nested(HolderAccountOut, allow_none=True, required=True)


class ApartOut(Out):
    """Who said that they are two, and when."""

    by = fields.String(required=True)
    at = Instant(required=True)


class PairOut(Out):
    """Two people who may be one: `why` says what is alike, null when nothing is any more."""

    first = fields.Nested(HolderOut, required=True)
    second = fields.Nested(HolderOut, required=True)
    why = fields.String(allow_none=True, required=True)
    apart = fields.Nested(ApartOut, allow_none=True, required=True)


class ToldApartOut(Out):
    """Two of whom somebody said that they are two."""

    first = Id(required=True)
    second = Id(required=True)
    apart = fields.Nested(ApartOut, required=True)


PairListOut = list_of(PairOut, "PairList")


def shape_account(account: Any) -> dict[str, Any] | None:
    """A HolderAccountOut from a row."""
    return account and {name: getattr(account, name) for name in ("id", "email", "role", "disabled_at")}


def shape_holder(person: Any, agency: Any, held: Any) -> dict[str, Any]:
    """A HolderOut from rows; `held` is what stands to their name."""
    return {
        **{name: getattr(person, name) for name in ("id", "name", "aliases", "post", "left_on")},
        "agency": agency and shape_short_agency(agency),
        "actions": [{"id": row.action_id, "number": row.number, "plan": row.slug} for row in held.places],
        "objectives": [{"id": row.id, "number": row.objective, "plan": row.slug} for row in held.led],
        "plans": [row.slug for row in held.owned],
        "updates": held.updates,
        "account": shape_account(held.account),
    }


def shape_apart(apart: Any) -> dict[str, Any]:
    """An ApartOut from a row."""
    return {"by": apart.said_by_name, "at": apart.at}
