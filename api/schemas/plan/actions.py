"""One action: what goes in, and the documented shape of what comes out.

The answers themselves are `domain.plan.document` written as JSON (ADR 4); a test holds the two together.
"""

from typing import Any, ClassVar

from marshmallow import ValidationError, fields, validate, validates_schema

from api.domain.plan.by_when import DateKind
from api.domain.plan.by_whom import MOST
from api.domain.plan.numbering import LAST
from api.domain.plan.status import Status
from api.schemas.base import Out, Said, Warned, changes_something
from api.schemas.fields import Choice, Day, Id, Instant, Some, Whole
from api.schemas.plan.by_whom import ByWhomOut, NamedIn
from api.schemas.plan.updates import UpdateOut, evidence_field
from api.schemas.text_fields import Line, Words

_KINDS = [kind.value for kind in DateKind]
STATUSES = [status.value for status in Status]


class ActionPatch(Said):
    """What a lead officer changes of an action: its status, with the reason, its wording, its people, its place in its objective, or its objective."""

    together: ClassVar[dict[str, Any]] = {
        "minProperties": 1,
        "dependentRequired": {"status": ["reason"], "reason": ["status"]},
    }

    status = Choice(STATUSES)
    reason = Words(most=1000, missing="Give the reason.")
    text = Words(most=4000, missing="Write the action.")
    by_whom = Some(
        fields.Nested(NamedIn),
        validate=validate.Length(max=MOST, error=f"Name {MOST} at most on one action."),
        metadata={
            "description": "Everybody who is to be on it, in order: the whole list, in the place of the old one."
        },
    )
    position = Whole(1, LAST)
    objective = Id(
        metadata={
            "description": "Another objective of the plan: it comes after the last action there, or to `position`."
        }
    )

    @validates_schema(skip_on_field_errors=True)
    def says_why(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """A status comes with its reason, a reason with a status; and something is changed."""
        if "status" in data and "reason" not in data:
            raise ValidationError("Give the reason.", "reason")
        if "reason" in data and "status" not in data:
            raise ValidationError("Choose the status that this is the reason for.", "status")
        changes_something(data, "status")


class DateIn(Said):
    """A new By When: words, days, or both; always with a reason."""

    kind = Choice(_KINDS, required=True)
    printed = Line(most=100, missing="Write the words, or leave them out.")
    first = Day(data_key="from")
    last = Day(data_key="to")
    reason = Words(required=True, most=1000, missing="Give the reason for moving the date.")


class SignOffIn(Said):
    """Signing off as complete: what shows it, unless an update does already."""

    text = Words(most=4000, missing="Write something, or leave it out.")
    impact = Words(most=2000, missing="Write what difference it has made, or leave it out.")
    evidence = evidence_field()


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
    """Something the plan leaves open; `for` says who should settle it: the administrator, or the lead officer."""

    code = fields.String(required=True)
    text = fields.String(required=True)
    for_ = Choice(["admin", "lead"], data_key="for", allow_none=True, required=True)


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
    corrected = fields.Boolean(required=True, metadata={"description": "Its author corrected it since it was posted."})


class ActionOut(Out):
    """One numbered action; the number is text ("4.10"), sorted by objective and position."""

    id = Id(required=True)
    number = fields.String(required=True, metadata={"example": "4.10"})
    objective = fields.Integer(required=True)
    position = fields.Integer(required=True)
    text = fields.String(required=True)
    by_whom = fields.Nested(ByWhomOut, required=True)
    by_when = fields.Nested(ByWhenOut, required=True)
    status = Choice(STATUSES, required=True)
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
    from_ = Choice(STATUSES, data_key="from", required=True)
    to = Choice(STATUSES, required=True)
    reason = fields.String(allow_none=True, required=True)
    update = Id(allow_none=True, required=True)


class ShortPlanOut(Out):
    """The plan that an action is in."""

    id = Id(required=True)
    slug = fields.String(required=True)
    title = fields.String(required=True)


class NeighbourOut(Out):
    """The action before or after this one in the plan."""

    id = Id(required=True)
    number = fields.String(required=True)


class ActionLinksOut(Out):
    """`updates` is the address of the older updates; null when all are here."""

    updates = fields.String(allow_none=True, required=True)


class ActionDetailOut(Warned, ActionOut):
    """One action with its timeline, and what this caller may do."""

    text_printed = fields.String(
        allow_none=True,
        required=True,
        metadata={"description": "The paper's own wording, where `text` differs; else null."},
    )
    plan = fields.Nested(ShortPlanOut, required=True)
    objective_id = Id(required=True)
    lead = fields.Nested(LeadOut, allow_none=True, required=True)
    previous = fields.Nested(NeighbourOut, allow_none=True, required=True)
    next = fields.Nested(NeighbourOut, allow_none=True, required=True)
    updates = fields.List(fields.Nested(UpdateOut), required=True)
    status_changes = fields.List(fields.Nested(StatusChangeOut), required=True)
    links = fields.Nested(ActionLinksOut, required=True)
    may = fields.List(fields.String(), required=True, metadata={"description": "The verbs open to this caller."})
    why_not = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": "For each of the other verbs, the sentence that says why not."},
    )
    moves = fields.List(Choice(STATUSES), required=True, metadata={"description": "The statuses this caller may set."})
