"""Plans, actions and their lists: what goes in, and the documented shape of what comes out.

The answers themselves are `domain.plan.document` written as JSON (ADR 4); a test holds the two together.
"""

from copy import copy
from typing import Any

from marshmallow import Schema, fields

from api.schemas.base import In, Out, Thing, Warned
from api.schemas.fields import AnyOf, Choice, Counted, Day, Id, Instant, QueryFlag, QueryNumber
from api.schemas.plan.actions import STATUSES, ActionOut, LeadOut, NoteOut
from api.schemas.plan.updates import UpdateOut
from api.schemas.text_fields import Words

_UUIDS = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
SORTS = ["number", "-number", "by_when", "-by_when", "last_update", "-last_update"]


class PageQuery(In):
    """Keyset paging (API 2.1)."""

    limit = QueryNumber(1, 200, load_default=50)
    cursor = fields.String(
        metadata={"pattern": "^[A-Za-z0-9_-]+$", "description": "The `next_cursor` of the page before."}
    )


class AsAtQuery(In):
    """A day: the plan as it stood when that day ended in London; today, or none, is now."""

    as_at = Day()


class UpdatesQuery(PageQuery, AsAtQuery):
    """Pages of a plan's updates, now or as they stood when a day ended in London."""


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


class OwnerOut(Out):
    """The plan's owner as printed, and the person read from it."""

    printed = fields.String(required=True)
    person = Id(allow_none=True, required=True)
    name = fields.String(allow_none=True, required=True)


class StartsOut(Out):
    """The plan's start as printed ("September 2020"), and the days it means."""

    printed = fields.String(required=True)
    first = Day(data_key="from", allow_none=True, required=True)
    last = Day(data_key="to", allow_none=True, required=True)


class RatingKeyOut(Out):
    """What a letter means to this board."""

    letter = fields.String(required=True)
    word = fields.String(required=True)
    meaning = fields.String(required=True)


class TermOut(Out):
    """A short form in the plan's words, and what it stands for."""

    short = fields.String(required=True)
    long = fields.String(
        allow_none=True, required=True, metadata={"description": "Null where nobody has said what it stands for."}
    )
    note = fields.String(allow_none=True, required=True)


class CountsOut(Out):
    """What the overview says; every number counts actions."""

    actions = fields.Integer(required=True)
    rating = Counted(required=True, metadata={"description": "By effective rating; `none` is grey."})
    status = Counted(required=True)
    dated = fields.Integer(required=True)
    past_date = fields.Integer(required=True)
    needs_update = fields.Integer(required=True)
    nobody_named = fields.Integer(required=True)
    no_date = fields.Integer(required=True)
    delivered_or_complete = fields.Integer(required=True)


class PlanPersonOut(Out):
    """Somebody named in the plan; `agency` is an id, null when the plan does not state it."""

    id = Id(required=True)
    name = fields.String(required=True)
    post = fields.String(allow_none=True, required=True)
    agency = Id(allow_none=True, required=True)
    left_on = Day(
        allow_none=True, required=True, metadata={"description": "Their last day; null while they are there."}
    )


class ShortAgencyOut(Out):
    """An agency, in short."""

    id = Id(required=True)
    name = fields.String(required=True)
    short_name = fields.String(required=True)


class GroupOut(Out):
    """A named collective: no account, no reminder, never an agency."""

    id = Id(required=True)
    name = fields.String(required=True)


class PlanOut(Warned, PlanSummaryOut):
    """The plan document: the same for every reader."""

    heading = fields.String(required=True)
    owner = fields.Nested(OwnerOut, required=True)
    priority = fields.String(allow_none=True, required=True)
    service_team = fields.String(allow_none=True, required=True)
    starts = fields.Nested(StartsOut, required=True)
    ends_on = Day(allow_none=True, required=True)
    review_dates = fields.String(allow_none=True, required=True)
    next_review_on = Day(allow_none=True, required=True)
    summary = fields.String(allow_none=True, required=True)
    update_every_days = fields.Integer(required=True)
    rating_key = fields.List(fields.Nested(RatingKeyOut), required=True)
    as_of = Day(required=True)
    counts = fields.Nested(CountsOut, required=True)
    objectives = fields.List(fields.Nested(ObjectiveOut), required=True)
    people = fields.List(fields.Nested(PlanPersonOut), required=True)
    agencies = fields.List(fields.Nested(ShortAgencyOut), required=True)
    groups = fields.List(fields.Nested(GroupOut), required=True)
    notes = fields.List(fields.Nested(NoteOut), required=True)
    glossary = fields.List(fields.Nested(TermOut), required=True)


class PageOut(Out):
    """Where in the list this page is; `next_cursor` is null on the last."""

    limit = fields.Integer(required=True)
    next_cursor = fields.String(allow_none=True, required=True)


class CountedPageOut(PageOut):
    """Where in the list this page is, and how many pass the filters."""

    total = fields.Integer(required=True)


class LinksOut(Out):
    """This page and the next, with all filters; `next` is null on the last."""

    self_ = fields.String(data_key="self", required=True)
    next = fields.String(allow_none=True, required=True)


def list_of(item: type[Schema], name: str, *, counted: bool = False) -> type[Schema]:
    """The shape of a list (API 1.6): data, page, links. A counted one also says how many pass the filters."""
    return Out.from_dict(
        {
            "data": fields.List(fields.Nested(item), required=True),
            "page": fields.Nested(CountedPageOut if counted else PageOut, required=True),
            "links": fields.Nested(LinksOut, required=True),
        },
        name=f"{name}Out",
    )


def _optional(field: fields.Field[Any]) -> fields.Field[Any]:
    """A copy of the field that may be left out."""
    twin = copy(field)
    twin.required = False
    return twin


# With `fields=` only the members asked for come back, so none is promised.
_SPARSE = {name: _optional(field) for name, field in ActionOut().fields.items()}
ListedActionOut = Out.from_dict({**_SPARSE}, name="ListedActionOut")
ActionListOut = list_of(ListedActionOut, "ActionList", counted=True)
PlanListOut = list_of(PlanSummaryOut, "PlanList")
UpdateListOut = list_of(UpdateOut, "UpdateList")
