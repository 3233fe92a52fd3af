"""Plans, actions and their lists: what goes in, and the documented shape of what comes out.

The answers themselves are `domain.document` written as JSON (ADR 4); a test holds the two together.
"""

from copy import copy
from typing import Any

from marshmallow import Schema, fields

from api.domain.by_when import Kind
from api.domain.status import Status
from api.schemas.base import In, Out, Thing, nullable
from api.schemas.fields import AnyOf, Choice, Day, Id, Instant, QueryFlag, QueryNumber, Raw, Words
from api.schemas.updates import EvidenceIn, UpdateOut

_UUIDS = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_KINDS = [kind.value for kind in Kind]
_STATUSES = [status.value for status in Status]
_TEXT = {"type": "string"}
_DAY = {"type": "string", "format": "date"}
_ID = {"type": "string", "format": "uuid"}
SORTS = ["number", "-number", "by_when", "-by_when", "last_update", "-last_update"]


class PageQuery(In):
    """Keyset paging (API 2.1)."""

    limit = QueryNumber(1, 200, load_default=50)
    cursor = fields.String()


class ActionsQuery(PageQuery):
    """Filters: a comma is any of, different names are all of."""

    objective = AnyOf(pattern=r"[1-9]\d{0,3}", example="3")
    status = AnyOf(choices=_STATUSES)
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
    fields_ = AnyOf(pattern=r"[a-z_]{2,20}", example="number,rating", data_key="fields", attribute="fields")


class StatusIn(In):
    """A change of status, with its reason."""

    status = Choice(_STATUSES, required=True)
    reason = Words(required=True, most=1000, missing="Give the reason.")


class DateIn(In):
    """A new By When: words, days, or both; always with a reason."""

    kind = Choice(_KINDS, required=True)
    printed = Words(most=100, missing="Write the words, or leave them out.")
    first = Day(data_key="from")
    last = Day(data_key="to")
    reason = Words(required=True, most=1000, missing="Give the reason for moving the date.")


class SignOffIn(In):
    """Signing off as complete: what shows it, unless an update does already."""

    text = Words(most=4000, missing="Write something, or leave it out.")
    impact = Words(most=2000, missing="Write what difference it has made, or leave it out.")
    evidence = fields.List(fields.Nested(EvidenceIn))


class PlaceOut(Out):
    """A person or a group on an action."""

    person = Id(allow_none=True, required=True)
    group = Id(allow_none=True, required=True)
    name = fields.String(required=True)
    qualifier = fields.String(allow_none=True, required=True)


class ByWhomOut(Out):
    """By Whom as printed, and the places read from it, in printed order."""

    printed = fields.String(required=True)
    places = fields.List(fields.Nested(PlaceOut), required=True)


class PeriodOut(Out):
    """Words, kind and days."""

    printed = fields.String(required=True)
    kind = Choice(_KINDS, required=True)
    first = Day(data_key="from", allow_none=True, required=True)
    last = Day(data_key="to", allow_none=True, required=True)


class DateMoveOut(PeriodOut):
    """One date the action has had; the first is the paper's."""

    reason = fields.String(allow_none=True, required=True)
    at = Instant(required=True)
    by = fields.String(allow_none=True, required=True)


class ByWhenOut(PeriodOut):
    """By When as it stands; `moved` is every date so far, oldest first, empty if it never moved."""

    moved = fields.List(fields.Nested(DateMoveOut), required=True)


class RatingOut(Out):
    """The effective rating; `says` is a sentence when the letter alone would mislead."""

    value = Choice(["R", "A", "G", "B"], allow_none=True, required=True)
    basis = Choice(["none", "declared", "past_date", "complete", "stale"], required=True)
    declared = Choice(["R", "A", "G"], allow_none=True, required=True)
    declared_by = fields.String(allow_none=True, required=True)
    declared_on = Day(allow_none=True, required=True)
    acknowledgement = Choice(["waiting", "acknowledged", "returned"], allow_none=True, required=True)
    says = fields.String(allow_none=True, required=True)


class NoteOut(Out):
    """Something the seed asks somebody to settle."""

    code = fields.String(required=True)
    text = fields.String(required=True)


class LatestAuthorOut(Out):
    """Whose words they are."""

    name = fields.String(required=True)
    agency = fields.String(allow_none=True, required=True)


class LatestUpdateOut(Out):
    """The newest progress update."""

    id = Id(required=True)
    text = fields.String(required=True)
    posted_at = Instant(required=True)
    author = fields.Nested(LatestAuthorOut, required=True)
    entered_by = fields.String(allow_none=True, required=True)
    rating = Choice(["R", "A", "G"], allow_none=True, required=True)
    claim = Choice(["delivered"], allow_none=True, required=True)
    no_change = fields.Boolean(required=True)
    acknowledgement = Choice(["waiting", "acknowledged", "returned"], allow_none=True, required=True)


class ActionOut(Out):
    """One numbered action; the number is text ("4.10"), sorted by objective and position."""

    id = Id(required=True)
    number = fields.String(required=True, metadata={"example": "4.10"})
    objective = fields.Integer(required=True)
    position = fields.Integer(required=True)
    text = fields.String(required=True)
    by_whom = fields.Nested(ByWhomOut, required=True)
    by_when = fields.Nested(ByWhenOut, required=True)
    status = Choice(_STATUSES, required=True)
    status_reason = fields.String(allow_none=True, required=True)
    rating = fields.Nested(RatingOut, required=True)
    needs_update = fields.Boolean(required=True)
    past_date = fields.Boolean(required=True)
    notes = fields.List(fields.Nested(NoteOut), required=True)
    updates_count = fields.Integer(required=True)
    latest_update = fields.Nested(LatestUpdateOut, allow_none=True, required=True)
    version = fields.Integer(required=True)
    updated_at = Instant(required=True)


class LeadOut(Out):
    """The lead officer of an objective, and the words of the plan."""

    person = Id(required=True)
    name = fields.String(required=True)
    post = fields.String(allow_none=True, required=True)
    agency = fields.String(allow_none=True, required=True)
    printed = fields.String(required=True)


class StatusChangeOut(Out):
    """One change of status."""

    at = Instant(required=True)
    by = fields.String(required=True)
    from_ = Choice(_STATUSES, data_key="from", required=True)
    to = Choice(_STATUSES, required=True)
    reason = fields.String(allow_none=True, required=True)
    update = Id(allow_none=True, required=True)


class ActionDetailOut(ActionOut):
    """One action with its timeline, and what this caller may do."""

    plan = Raw({"type": "object"}, required=True)
    objective_id = Id(required=True)
    lead = fields.Nested(LeadOut, allow_none=True, required=True)
    previous = Raw({"type": ["object", "null"]}, required=True)
    next = Raw({"type": ["object", "null"]}, required=True)
    updates = fields.List(fields.Nested(UpdateOut), required=True)
    status_changes = fields.List(fields.Nested(StatusChangeOut), required=True)
    links = Raw({"type": "object", "properties": {"updates": nullable(_TEXT)}}, required=True)
    may = fields.List(fields.String(), required=True)
    why_not = Raw({"type": "object", "additionalProperties": _TEXT}, required=True)


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


def list_of(item: type[Schema]) -> type[Schema]:
    """The shape of a list (API 1.6): data, page, links."""
    page = {"type": "object", "properties": {"limit": {"type": "integer"}, "next_cursor": nullable(_TEXT)}}
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
ActionListOut = list_of(SparseActionOut)
PlanListOut = list_of(PlanSummaryOut)
UpdateListOut = list_of(UpdateOut)
