"""The change feed, in and out."""

from typing import Any

from marshmallow import fields

from api.domain.history.changes import ChangeKind
from api.schemas.base import In, Out
from api.schemas.fields import Choice, Day, Either, Id, Instant, QueryNumber
from api.schemas.plan.actions import ActionOut
from api.schemas.plan.plans import ObjectiveOut, PlanOut
from api.schemas.plan.updates import UpdateOut, shape_update

TYPES = ["plan", "objective", "action", "update", "person", "agency", "group"]


class ChangesQuery(In):
    """Where to go on, and how much at once."""

    since = fields.String(metadata={"description": "The cursor of the answer before; leave it out to begin."})
    limit = QueryNumber(1, 200, load_default=100)


class PersonInPlanOut(Out):
    """Somebody of the directory, as a plan shows them."""

    id = Id(required=True)
    name = fields.String(required=True)
    post = fields.String(allow_none=True, required=True)
    agency = Id(allow_none=True, required=True)
    left_on = Day(
        allow_none=True, required=True, metadata={"description": "Their last day; null while they are there."}
    )


class AgencyInPlanOut(Out):
    """An agency, as a plan shows it."""

    id = Id(required=True)
    name = fields.String(required=True)
    short_name = fields.String(required=True)


class GroupInPlanOut(Out):
    """A named group, as a plan shows it."""

    id = Id(required=True)
    name = fields.String(required=True)


def _without(schema: type[Out], *names: str) -> type[Out]:
    kept = {name: each for name, each in schema().fields.items() if name not in names}
    return Out.from_dict({**kept}, name=f"{schema.__name__.removesuffix('Out')}InFeedOut")  # type: ignore[return-value]


# Nothing in the feed depends on who asks, so one ETag is true for all. It tells how things stand, not what they said before.
_NOT_IN_FEED = ("mine", "may_correct", "wordings")
UpdateInFeedOut = _without(UpdateOut, *_NOT_IN_FEED, "warnings")
ObjectiveInFeedOut = _without(ObjectiveOut, "actions")
PlanInFeedOut = _without(PlanOut, "as_of", "counts", "objectives", "people", "agencies", "groups", "warnings")


class ChangeOut(Out):
    """One change, and what it changed as that stands now."""

    type = Choice(TYPES, required=True)
    id = Id(required=True)
    change = Choice([kind.value for kind in ChangeKind], required=True)
    verb = fields.String(required=True, metadata={"example": "posted"})
    by = fields.String(required=True)
    revision = fields.Integer(
        required=True, metadata={"description": "The plan's; of a person, agency or group the directory's."}
    )
    changed_at = Instant(required=True)
    object = Either(
        [
            PlanInFeedOut,
            ObjectiveInFeedOut,
            ActionOut,
            UpdateInFeedOut,
            PersonInPlanOut,
            AgencyInPlanOut,
            GroupInPlanOut,
        ],
        allow_none=True,
        required=True,
        metadata={"description": "As it stands now; null when it is gone or was withdrawn."},
    )
    action = fields.Nested(
        ActionOut,
        allow_none=True,
        required=True,
        metadata={"description": "Of an update: its action as it stands now."},
    )


class ChangesOut(Out):
    """Changes in the order in which they were committed, and the cursor to ask with next."""

    data = fields.List(fields.Nested(ChangeOut), required=True)
    cursor = fields.String(required=True, metadata={"description": "Always there; keep it and ask with it next time."})
    has_more = fields.Boolean(required=True)


def shape_update_in_feed(row: Any) -> dict[str, Any] | None:
    """An update without what depends on the caller; None when it was withdrawn."""
    if row["withdrawn_at"] is not None:
        return None
    shaped = shape_update(row, None)
    for name in _NOT_IN_FEED:
        del shaped[name]
    return shaped
