"""Handover, in and out."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from api.domain.people.holdings import HeldKind, still_asked
from api.schemas.base import In, Out, Said, Warned
from api.schemas.fields import Choice, Day, Flag, Id, Some
from api.schemas.people.duplicates import HolderAccountOut, shape_account
from api.schemas.people.people import shape_short_agency
from api.schemas.plan.actions import STATUSES
from api.schemas.plan.plans import ShortAgencyOut
from api.schemas.text_fields import Words

_KINDS = [kind.value for kind in HeldKind]
MOST = 2000


class ItemIn(In):
    """One open thing, an `action`, an `objective` or a `plan`, and who takes it; null leaves it without a name."""

    action = Id()
    objective = Id()
    plan = Id()
    to = Id(required=True, allow_none=True)

    together = {"oneOf": [{"required": [kind]} for kind in _KINDS]}  # noqa: RUF012 -- as the base declares it

    @validates_schema
    def _one_thing(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if sum(kind in data for kind in _KINDS) != 1:
            raise ValidationError("Name one thing: an action, an objective or a plan.", "to")


class HandoverIn(Said):
    """Everything that is open, the day they left, and whether their account ends."""

    items = Some(
        fields.Nested(ItemIn), required=True, validate=validate.Length(max=MOST, error=f"At most {MOST:,} items.")
    )
    left_on = Day(required=True)
    note = Words(most=1000, missing="Write a note, or leave it out.")
    end_account = Flag(load_default=True)


class PlanOfItemOut(Out):
    """The plan that something is in."""

    id = Id(required=True)
    slug = fields.String(required=True)
    title = fields.String(required=True)


class OpenItemOut(Out):
    """Something open in somebody's name. `objective` is the number of the objective it is or belongs to."""

    kind = Choice(_KINDS, required=True)
    id = Id(required=True)
    number = fields.String(allow_none=True, required=True)
    objective = fields.Integer(allow_none=True, required=True)
    text = fields.String(required=True)
    status = Choice(STATUSES, allow_none=True, required=True)
    plan = fields.Nested(PlanOfItemOut, required=True)


class WaitingOut(Out):
    """Updates on an action that wait for the lead officer's acknowledgement: they go with the objective."""

    action = Id(required=True)
    number = fields.String(required=True)
    plan = fields.String(required=True)
    updates = fields.Integer(required=True)


class LeaverOut(Out):
    """Who hands over."""

    id = Id(required=True)
    name = fields.String(required=True)
    post = fields.String(allow_none=True, required=True)
    agency = fields.Nested(ShortAgencyOut, allow_none=True, required=True)
    left_on = Day(allow_none=True, required=True)
    account = fields.Nested(HolderAccountOut, allow_none=True, required=True)


class OpenOut(Out):
    """What is open in somebody's name; `closed` is how many actions keep their name because nothing is asked of them any more."""

    person = fields.Nested(LeaverOut, required=True)
    items = fields.List(fields.Nested(OpenItemOut), required=True)
    closed = fields.Integer(required=True)
    to_acknowledge = fields.List(fields.Nested(WaitingOut), required=True)


class HandedOverOut(Warned, OpenOut):
    """A handover that was done: `items` is what is open now, which is nothing."""

    moved = fields.Integer(required=True)
    account_ended = fields.Boolean(required=True)
    notes = fields.List(
        fields.String(), required=True, metadata={"description": "What somebody should see to now, a sentence each."}
    )


def shape_open(person: Any, agency: Any, held: Any, waiting: list[Any]) -> dict[str, Any]:
    """An OpenOut from rows."""
    return {
        "person": {
            **{name: getattr(person, name) for name in ("id", "name", "post", "left_on")},
            "agency": agency and shape_short_agency(agency),
            "account": shape_account(held.account),
        },
        "items": [*_plans(held), *_objectives(held), *_actions(held)],
        "closed": sum(not still_asked(row.status) for row in held.places),
        "to_acknowledge": [
            {"action": row.action_id, "number": row.number, "plan": row.slug, "updates": row.updates} for row in waiting
        ],
    }


def _item(kind: HeldKind, row: Any, **more: Any) -> dict[str, Any]:
    plan = {"id": row.plan_id, "slug": row.slug, "title": row.title}
    empty = dict.fromkeys(("number", "objective", "status"))
    return {"kind": kind, **empty, "plan": plan, **more}


def _plans(held: Any) -> list[dict[str, Any]]:
    return [_item(HeldKind.PLAN, row, id=row.plan_id, text=row.title) for row in held.owned]


def _objectives(held: Any) -> list[dict[str, Any]]:
    return [
        _item(
            HeldKind.OBJECTIVE,
            row,
            id=row.id,
            number=str(row.objective),
            objective=row.objective,
            text=row.short_title or row.text,
        )
        for row in held.led
    ]


def _actions(held: Any) -> list[dict[str, Any]]:
    return [
        _item(
            HeldKind.ACTION,
            row,
            id=row.action_id,
            number=row.number,
            objective=row.objective,
            text=row.text,
            status=row.status,
        )
        for row in held.places
        if still_asked(row.status)
    ]
