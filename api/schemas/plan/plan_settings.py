"""What an administrator changes of a plan's own settings, and the questions that it leaves open."""

from typing import Any, ClassVar

from marshmallow import ValidationError, fields, validate, validates_schema

from api.domain.plan.plan_settings import LETTERS
from api.schemas.base import In, Said, Thing, Warned
from api.schemas.fields import Choice, Day, Id, Some, Whole
from api.schemas.plan.actions import NoteOut
from api.schemas.text_fields import Line, Words

_ASKED = "it is compared with a question that stands: that was looked through when it was asked"
_ONCE = "Give each of R, A, G and B once."


class OwnerPatch(In):
    """What changes of the owner: the person, the words for the paper, or both."""

    together: ClassVar[dict[str, Any]] = {"minProperties": 1}

    person = Id(allow_none=True)
    printed = Line(most=500, blank=True)

    @validates_schema(skip_on_field_errors=True)
    def changes_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An empty object changes nothing."""
        if not data:
            raise ValidationError("Give the person, the printed words, or both.", "person")


class StartsPatch(In):
    """What changes of the start: the printed words, or the first and last day that they mean."""

    together: ClassVar[dict[str, Any]] = {"minProperties": 1}

    printed = Line(most=500, blank=True)
    first = Day(data_key="from", allow_none=True)
    last = Day(data_key="to", allow_none=True)

    @validates_schema(skip_on_field_errors=True)
    def changes_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An empty object changes nothing."""
        if not data:
            raise ValidationError("Give the printed words, the days, or both.", "printed")


class RatingWordIn(In):
    """What a letter means to this board."""

    letter = Choice(list(LETTERS), required=True)
    word = Line(required=True, most=40, missing="Write the word for this rating.")
    meaning = Line(required=True, most=300, blank=True, missing="Write what this rating means; it may be empty.")


class TermIn(In):
    """A short form of the plan's words; `long` is null where nobody has spelled it out."""

    short = Line(required=True, most=40, missing="Write the short form.")
    long = Line(required=True, most=300, allow_none=True, missing="Write what it stands for, or send null.")
    note = Line(most=500, allow_none=True, missing="Write the note, or leave it out.")


class PlanPatch(Said):
    """What changes of a plan: a merge patch of its document. null empties what may be empty."""

    together: ClassVar[dict[str, Any]] = {"minProperties": 1}

    partnership = Line(most=500, missing="Write the name of the partnership.")
    name = Line(most=500, missing="Write the name of the plan.")
    heading = Line(most=500, missing="Write the heading.")
    title = Line(most=500, missing="Write the title.")
    priority = Line(most=500, allow_none=True, missing="Write the priority, or send null.")
    service_team = Line(most=500, allow_none=True, missing="Write the service or team, or send null.")
    summary = Words(most=4000, allow_none=True, missing="Write the summary, or send null.")
    owner = fields.Nested(OwnerPatch)
    starts = fields.Nested(StartsPatch)
    ends_on = Day(allow_none=True)
    review_dates = Line(most=500, allow_none=True, missing="Write the review dates, or send null.")
    next_review_on = Day(allow_none=True)
    update_every_days = Whole(1, 366)
    rating_key = Some(
        fields.Nested(RatingWordIn),
        validate=validate.Length(equal=len(LETTERS), error=_ONCE),
        metadata={"description": _ONCE},
    )
    glossary = Some(
        fields.Nested(TermIn),
        validate=validate.Length(max=500, error="A glossary has 500 short forms at most."),
        metadata={"description": "All short forms, in the place of those there are; each once."},
    )

    @validates_schema(skip_on_field_errors=True)
    def changes_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Something is changed, a rating key has each letter once, and a glossary each short form once."""
        if not data.keys() - {"confirm_no_case_data"}:
            raise ValidationError("Give what to change.", "title")
        letters = [entry["letter"] for entry in data.get("rating_key", ())]
        if letters and sorted(letters) != sorted(LETTERS):
            raise ValidationError(_ONCE, "rating_key")
        shorts = [entry["short"] for entry in data.get("glossary", ())]
        twice = next((short for short in shorts if shorts.count(short) > 1), None)
        if twice is not None:
            raise ValidationError(f"{twice} is there twice; keep one.", "glossary")


class SettledNoteIn(Said):
    """The answer to an open question, which is named by its code and its words."""

    code = Line(required=True, most=80, missing="Give the code of the question.", free=False, because=_ASKED)
    text = Words(required=True, most=1000, missing="Give the words of the question.", free=False, because=_ASKED)
    answer = Words(required=True, most=1000, missing="Write how it was settled.")


class NoteIn(Said):
    """A question that somebody adds; `for` says who should settle it."""

    text = Words(required=True, most=1000, missing="Write the question.")
    whom = Choice(["admin", "lead"], data_key="for", allow_none=True)


class PlanNotesOut(Warned, Thing):
    """A plan's open questions after one was asked or settled."""

    slug = fields.String(required=True)
    revision = fields.Integer(required=True)
    notes = fields.List(fields.Nested(NoteOut), required=True)
