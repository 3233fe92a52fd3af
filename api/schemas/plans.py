"""Plans, actions and their lists: what goes in, and the documented shape of what comes out.

The answers themselves are `domain.document` written as JSON (ADR 4); a test holds the two together.
"""

from copy import copy
from typing import Any

from marshmallow import Schema, fields

from api.schemas.actions import STATUSES, ActionOut, LeadOut, NoteOut
from api.schemas.base import In, Out, Thing, nullable
from api.schemas.fields import AnyOf, Choice, Day, Id, Instant, QueryFlag, QueryNumber, Raw, Words
from api.schemas.updates import UpdateOut

_UUIDS = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_TEXT = {"type": "string"}
_DAY = {"type": "string", "format": "date"}
_ID = {"type": "string", "format": "uuid"}
SORTS = ["number", "-number", "by_when", "-by_when", "last_update", "-last_update"]


class PageQuery(In):
    """Keyset paging (API 2.1)."""

    limit = QueryNumber(1, 200, load_default=50)
    cursor = fields.String()


class AsAtQuery(In):
    """A day: the plan as it stood when that day ended in London; today, or none, is now."""

    as_at = Day()


class ActionsQuery(PageQuery):
    """Filters: a comma is any of, different names are all of."""

    objective = AnyOf(pattern=r"[1-9]\d{0,3}", example="3")
    status = AnyOf(choices=STATUSES)
    rating = AnyOf(choices=["R", "A", "G", "B", "none"])
    agency = AnyOf(pattern=_UUIDS, example="an agency's id")
    person = AnyOf(pattern=_UUIDS, example="a person's id")
    due_before = Day()
    due_after = Day()
    past_date = QueryFlag()
    needs_update = QueryFlag()
    nobody_named = QueryFlag()
    no_date = QueryFlag()
    updated_since = Instant()
    q = Words(most=200, missing="Write what to search for.")
    sort = Choice(SORTS, load_default="number")
    fields_ = AnyOf(choices=list(ActionOut().fields), data_key="fields", attribute="fields")


class ObjectiveOut(Out):
    """An objective with its actions in number order."""

    id = Id(required=True)
    number = fields.Integer(required=True)
    text = fields.String(required=True)
    short_title = fields.String(allow_none=True, required=True)
    lead = fields.Nested(LeadOut, allow_none=True, required=True)
    actions = fields.List(fields.Nested(ActionOut), required=True)


class PlanSummaryOut(Thing):
    """A plan in the list of plans."""

    slug = fields.String(required=True)
    title = fields.String(required=True)
    partnership = fields.String(required=True)
    name = fields.String(required=True)
    revision = fields.Integer(required=True)


_NUMBERS = {"type": "object", "additionalProperties": {"type": "integer"}}
_COUNTED = ("actions", "dated", "past_date", "needs_update", "nobody_named", "no_date", "delivered_or_complete")


class PlanOut(PlanSummaryOut):
    """The plan document: the same for every reader (ADR 2)."""

    heading = fields.String(required=True)
    owner = Raw(
        {"type": "object", "properties": {"printed": _TEXT, "person": nullable(_ID), "name": nullable(_TEXT)}},
        required=True,
    )
    priority = fields.String(allow_none=True, required=True)
    service_team = fields.String(allow_none=True, required=True)
    starts = Raw(
        {"type": "object", "properties": {"printed": _TEXT, "from": nullable(_DAY), "to": nullable(_DAY)}},
        required=True,
    )
    ends_on = Day(allow_none=True, required=True)
    review_dates = fields.String(allow_none=True, required=True)
    next_review_on = Day(allow_none=True, required=True)
    summary = fields.String(allow_none=True, required=True)
    update_every_days = fields.Integer(required=True)
    rating_key = fields.List(
        Raw({"type": "object", "properties": {"letter": _TEXT, "word": _TEXT, "meaning": _TEXT}}), required=True
    )
    as_of = Day(required=True)
    counts = Raw(
        {
            "type": "object",
            "properties": {"rating": _NUMBERS, "status": _NUMBERS, **{name: {"type": "integer"} for name in _COUNTED}},
            "required": ["rating", "status", *_COUNTED],
        },
        required=True,
    )
    objectives = fields.List(fields.Nested(ObjectiveOut), required=True)
    people = fields.List(
        Raw(
            {
                "type": "object",
                "properties": {"id": _ID, "name": _TEXT, "post": nullable(_TEXT), "agency": nullable(_ID)},
            }
        ),
        required=True,
    )
    agencies = fields.List(
        Raw({"type": "object", "properties": {"id": _ID, "name": _TEXT, "short_name": _TEXT}}), required=True
    )
    groups = fields.List(Raw({"type": "object", "properties": {"id": _ID, "name": _TEXT}}), required=True)
    notes = fields.List(fields.Nested(NoteOut), required=True)


def list_of(item: type[Schema], *, counted: bool = False) -> type[Schema]:
    """The shape of a list (API 1.6): data, page, links. A counted one also says how many pass the filters."""
    inside = {"limit": {"type": "integer"}, "next_cursor": nullable(_TEXT)}
    page = {"type": "object", "properties": inside | ({"total": {"type": "integer"}} if counted else {})}
    links = {"type": "object", "properties": {"self": _TEXT, "next": nullable(_TEXT)}}
    return Out.from_dict(
        {
            "data": fields.List(fields.Nested(item), required=True),
            "page": Raw(page, required=True),
            "links": Raw(links, required=True),
        },
        name=f"{item.__name__.removesuffix('Out')}ListOut",
    )


def _optional(field: fields.Field[Any]) -> fields.Field[Any]:
    """A copy of the field that may be left out."""
    twin = copy(field)
    twin.required = False
    return twin


# With `fields=` only the members asked for come back, so none is promised.
_SPARSE = {name: _optional(field) for name, field in ActionOut().fields.items()}
SparseActionOut = Out.from_dict({**_SPARSE}, name="ActionInListOut")
ActionListOut = list_of(SparseActionOut, counted=True)
PlanListOut = list_of(PlanSummaryOut)
UpdateListOut = list_of(UpdateOut)
