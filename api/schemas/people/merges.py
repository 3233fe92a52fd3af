"""Merges of people, in and out."""

from typing import Any

from marshmallow import fields

from api.schemas.base import Out, Said, Warned
from api.schemas.fields import Id, Instant
from api.schemas.plan.plans import list_of
from api.schemas.text_fields import Words


class MergeIn(Said):
    """Who this person is joined to; `account` is the one that stays where both have one."""

    into = Id(required=True)
    note = Words(most=1000, missing="Write a note, or leave it out.")
    account = Id()


class MergedPersonOut(Out):
    """One of the two."""

    id = Id(required=True)
    name = fields.String(required=True)


class JoinedOut(Out):
    """How much went from the one to the other; of `named_on`, those that went because the other was on the action too."""

    named_on = fields.Integer(required=True)
    dropped = fields.Integer(required=True)
    objectives = fields.Integer(required=True)
    plans = fields.Integer(required=True)
    updates = fields.Integer(required=True)
    accounts = fields.Integer(required=True)


class MergeOut(Warned):
    """Two rows that are one person since."""

    id = Id(required=True)
    kept = fields.Nested(MergedPersonOut, required=True)
    merged = fields.Nested(MergedPersonOut, required=True)
    note = fields.String(allow_none=True, required=True)
    moved = fields.Nested(JoinedOut, required=True)
    made_by = fields.String(required=True)
    made_at = Instant(required=True)
    undone_by = fields.String(allow_none=True, required=True)
    undone_at = Instant(allow_none=True, required=True)


class UndoneMergeOut(MergeOut):
    """A merge that was undone."""

    left = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "What was changed since the merge and so stays as it is, a sentence each."},
    )


MergeListOut = list_of(MergeOut, "MergeList")


def shape_merge(merge: Any, kept: str, merged: str) -> dict[str, Any]:
    """A MergeOut from a row and two names."""
    moved = merge.moved
    counted = {name: len(moved[name]) for name in ("objectives", "plans", "updates", "accounts")}
    return {
        "id": merge.id,
        "kept": {"id": merge.kept_id, "name": kept},
        "merged": {"id": merge.merged_id, "name": merged},
        "note": merge.note,
        "moved": {
            "named_on": len(moved["places"]),
            **counted,
            "dropped": sum(place["dropped"] for place in moved["places"]),
        },
        "made_by": merge.made_by_name,
        "made_at": merge.created_at,
        "undone_by": merge.undone_by_name,
        "undone_at": merge.undone_at,
    }
