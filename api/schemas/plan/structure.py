"""Adding and removing actions and objectives: what goes in, and what comes out."""

from typing import Any, ClassVar

from marshmallow import fields, validate, validates_schema

from api.domain.plan.by_when import DateKind
from api.domain.plan.by_whom import MOST
from api.domain.plan.numbering import LAST
from api.schemas.base import In, Out, Said, Thing, Warned, changes_something
from api.schemas.fields import Choice, Day, Id, Instant, Some, Whole
from api.schemas.plan.actions import LeadOut
from api.schemas.plan.by_whom import NamedIn
from api.schemas.plan.plans import list_of
from api.schemas.text_fields import Line, Words


def number_field(**kwargs: Any) -> Whole:
    """The place of an action in its objective, or of an objective in its plan: what its number ends in."""
    return Whole(1, LAST, **kwargs)


class NewByWhenIn(In):
    """By When of a new action: words, days, or both."""

    kind = Choice([kind.value for kind in DateKind], required=True)
    printed = Line(most=100, missing="Write the words, or leave them out.")
    first = Day(data_key="from")
    last = Day(data_key="to")


class ActionIn(Said):
    """A new action of an objective; without a position it comes after the last."""

    objective = Id(required=True)
    text = Words(required=True, most=4000, missing="Write the action.")
    by_when = fields.Nested(NewByWhenIn)
    by_whom = Some(
        fields.Nested(NamedIn),
        validate=validate.Length(max=MOST, error=f"Name {MOST} at most on one action."),
    )
    position = number_field()


class RemovalIn(Said):
    """Why it is removed from the plan."""

    reason = Words(required=True, most=1000, missing="Give the reason.")


class ObjectiveIn(Said):
    """A new objective; without a position it comes after the last, without printed words its lead is printed by name."""

    text = Words(required=True, most=4000, missing="Write the objective.")
    short_title = Line(most=100, missing="Write the short title, or leave it out.")
    lead = Id()
    lead_printed = Line(most=300, missing="Write the words, or leave them out.")
    position = number_field()


class ObjectivePatch(Said):
    """What changes of an objective; null empties the short title, leaves it without a lead officer, or prints the lead's name."""

    together: ClassVar[dict[str, Any]] = {"minProperties": 1}

    text = Words(most=4000, missing="Write the objective.")
    short_title = Line(most=100, allow_none=True, missing="Write the short title, or send null.")
    lead = Id(allow_none=True)
    lead_printed = Line(most=300, allow_none=True, missing="Write the words, or send null.")
    position = number_field()

    @validates_schema(skip_on_field_errors=True)
    def changes_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An empty body changes nothing."""
        changes_something(data)


class ObjectiveDetailOut(Warned, Thing):
    """One objective, to be edited: its wording and what was printed, and how many actions stand in it."""

    number = fields.Integer(required=True)
    text = fields.String(required=True)
    text_printed = fields.String(required=True)
    short_title = fields.String(allow_none=True, required=True)
    lead = fields.Nested(LeadOut, allow_none=True, required=True)
    actions = fields.Integer(required=True)


class RemovedOut(Out):
    """What was removed from the plan: the number it had, who removed it when and why, and the entry that undoes it."""

    type = Choice(["action", "objective"], required=True)
    id = Id(required=True)
    number = fields.String(required=True, metadata={"example": "3.5"})
    text = fields.String(required=True)
    at = Instant(required=True)
    by = fields.String(required=True)
    reason = fields.String(allow_none=True, required=True)
    entry = fields.Integer(required=True, metadata={"description": "Undo it under /journal/{entry}/undo."})
    undoable = fields.Boolean(
        required=True, metadata={"description": "Whether the caller may undo it, and it would work now."}
    )


class RemovalOut(Warned, RemovedOut):
    """What was removed just now."""


RemovedListOut = list_of(RemovedOut, "RemovedList")
