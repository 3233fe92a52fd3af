"""Status and flat feeds, out. What is answered is `api.exports` written as JSON; a test holds the two together."""

from marshmallow import fields

from api.domain.editable import ACTION
from api.domain.plan.by_when import DateKind
from api.schemas.base import Out
from api.schemas.fields import Choice, Day, Id, Instant
from api.schemas.plan.actions import STATUSES, ActionOut, ShortPlanOut
from api.schemas.plan.plans import CountsOut


class StatusLeadOut(Out):
    """Who leads an objective; the agency where the plan states it."""

    name = fields.String(required=True)
    agency = fields.String(allow_none=True, required=True)


class ObjectiveStatusOut(Out):
    """An objective in numbers."""

    id = Id(required=True)
    number = fields.Integer(required=True)
    short_title = fields.String(allow_none=True, required=True)
    lead = fields.Nested(StatusLeadOut, allow_none=True, required=True)
    counts = fields.Nested(CountsOut, required=True)


class AgencyStatusOut(Out):
    """An agency and the actions it is on, itself or by one of its people; an action can be on several."""

    id = Id(required=True)
    name = fields.String(required=True)
    short_name = fields.String(required=True)
    counts = fields.Nested(CountsOut, required=True)


class StatusSaysOut(Out):
    """The counts as people write them: "4 of 42"."""

    delivered_or_complete = fields.String(required=True)
    dated = fields.String(required=True)
    past_date = fields.String(required=True)
    needs_update = fields.String(required=True)
    nobody_named = fields.String(required=True)
    no_date = fields.String(required=True)


class StatusOut(Out):
    """A plan in numbers, for the day `as_of`."""

    plan = fields.Nested(ShortPlanOut, required=True)
    as_of = Day(required=True)
    revision = fields.Integer(required=True)
    counts = fields.Nested(CountsOut, required=True)
    says = fields.Nested(StatusSaysOut, required=True)
    objectives = fields.List(fields.Nested(ObjectiveStatusOut), required=True)
    agencies = fields.List(fields.Nested(AgencyStatusOut), required=True)
    agency_not_stated = fields.Nested(CountsOut, required=True)


class _FixedOut(Out):
    """What every flat action has."""

    plan = fields.String(required=True)
    objective_number = fields.Integer(required=True)
    objective = fields.String(required=True)
    lead_officer = fields.String(allow_none=True, required=True)
    lead_agency = fields.String(allow_none=True, required=True)
    number = fields.String(required=True)
    number_objective = fields.Integer(required=True)
    number_position = fields.Integer(required=True)
    action = fields.String(required=True)
    by_whom = fields.String(required=True)
    people = fields.String(required=True)
    groups = fields.String(required=True)
    agencies = fields.String(required=True)
    by_when = fields.String(required=True)
    by_when_kind = Choice([kind.value for kind in DateKind], required=True)
    due_from = Day(allow_none=True, required=True)
    due_to = Day(allow_none=True, required=True)
    times_moved = fields.Integer(required=True)
    first_due = fields.String(required=True)
    status = Choice(STATUSES, required=True)
    status_word = fields.String(required=True)
    rating = Choice(["R", "A", "G", "B"], allow_none=True, required=True)
    rating_word = fields.String(required=True)
    rating_basis = Choice(["none", "declared", "past_date", "complete", "stale"], required=True)
    declared_rating = Choice(["R", "A", "G"], allow_none=True, required=True)
    declared_by = fields.String(allow_none=True, required=True)
    past_date = fields.Boolean(required=True)
    needs_update = fields.Boolean(required=True)
    updates = fields.Integer(required=True)
    last_update_on = Day(allow_none=True, required=True)
    last_update_by = fields.String(allow_none=True, required=True)
    last_update = fields.String(allow_none=True, required=True)
    as_of = Day(required=True)
    revision = fields.Integer(required=True)
    url = fields.String(required=True)


FlatActionOut: type[Out] = type(
    "FlatActionOut",
    (_FixedOut,),
    {name: declared for name, declared in ActionOut().fields.items() if name in ACTION.as_is and name != "text"}
    | {
        "__doc__": 'An action in one row; the order is that of the columns of the CSV. `number` is text ("4.10").',
        "__module__": __name__,
    },
)
"""The wording is the column `action`; whatever else can be edited of an action stands under its own name."""


class FlatActionsOut(Out):
    """All actions of a plan, for the day `as_of`."""

    data = fields.List(fields.Nested(FlatActionOut), required=True)
    plan = fields.String(required=True)
    as_of = Day(required=True)
    revision = fields.Integer(required=True)


class FlatUpdateOut(Out):
    """An update in one row; the order is that of the columns of the CSV. `number` is null when the action is not in the plan."""

    plan = fields.String(required=True)
    objective_number = fields.Integer(allow_none=True, required=True)
    objective = fields.String(allow_none=True, required=True)
    number = fields.String(allow_none=True, required=True)
    number_objective = fields.Integer(allow_none=True, required=True)
    number_position = fields.Integer(allow_none=True, required=True)
    action = fields.String(required=True)
    posted_on = Day(required=True)
    posted_at = Instant(required=True)
    author = fields.String(required=True)
    agency = fields.String(allow_none=True, required=True)
    entered_by = fields.String(allow_none=True, required=True)
    via = fields.String(allow_none=True, required=True)
    rating = Choice(["R", "A", "G"], allow_none=True, required=True)
    rating_word = fields.String(allow_none=True, required=True)
    previous_rating = Choice(["R", "A", "G"], allow_none=True, required=True)
    claim = Choice(["delivered"], allow_none=True, required=True)
    no_change = fields.Boolean(required=True)
    text = fields.String(required=True)
    next_step = fields.String(allow_none=True, required=True)
    impact = fields.String(allow_none=True, required=True)
    evidence = fields.String(required=True)
    status = Choice(STATUSES, required=True)
    status_word = fields.String(required=True)
    acknowledgement = Choice(["waiting", "acknowledged", "returned"], allow_none=True, required=True)
    acknowledged_by = fields.String(allow_none=True, required=True)
    acknowledged_on = Day(allow_none=True, required=True)
    question = fields.String(allow_none=True, required=True)
    corrected_on = Day(allow_none=True, required=True)
    withdrawn_on = Day(allow_none=True, required=True)
    withdrawn_by = fields.String(allow_none=True, required=True)
    withdrawn_reason = fields.String(allow_none=True, required=True)
    words_removed_on = Day(allow_none=True, required=True)
    as_of = Day(required=True)
    revision = fields.Integer(required=True)
    url = fields.String(allow_none=True, required=True)
    action_id = Id(required=True)
    id = Id(required=True)


class FlatUpdatesOut(Out):
    """All updates of a plan, for the day `as_of`."""

    data = fields.List(fields.Nested(FlatUpdateOut), required=True)
    plan = fields.String(required=True)
    as_of = Day(required=True)
    revision = fields.Integer(required=True)
