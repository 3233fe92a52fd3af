"""Progress updates, in and out."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from marshmallow import ValidationError, fields, validate, validates_schema

from api.domain.plan.status import Status
from api.schemas.base import In, Out, Said, Thing, Warned
from api.schemas.fields import Choice, Flag, Id, Instant, Some, WebAddress
from api.schemas.text_fields import WORDS, Line, Words

ASK = "Write what has happened since the last update."


class EvidenceIn(In):
    """A link to something that shows it."""

    title = Line(required=True, most=200, missing="Say what the link shows.")
    url = WebAddress(required=True)


def evidence_field() -> Some:
    """The links of an update: as many as the database takes."""
    few = validate.Length(max=10, error="An update takes at most 10 evidence links.")
    return Some(fields.Nested(EvidenceIn), validate=few)


class UpdateIn(Said):
    """A progress update. `text` may be left out only with `no_change`, which cannot go with a claim."""

    together: ClassVar[dict[str, Any]] = {
        "if": {"properties": {"no_change": {"const": True}}, "required": ["no_change"]},
        "then": {"properties": {"claim": False}},
        "else": {"properties": {"text": {"pattern": WORDS}}, "required": ["text"]},
    }

    text = Words(most=4000, blank=True, load_default="", metadata={"description": "Do not name children or families."})
    rating = Choice(["R", "A", "G"])
    claim = Choice(["delivered"])
    no_change = Flag(load_default=False)
    next_step = Words(most=1000, missing="Write the next step, or leave it out.")
    impact = Words(most=2000, missing="Write what difference it has made, or leave it out.")
    evidence = evidence_field()
    on_behalf_of = Id()

    @validates_schema(skip_on_field_errors=False)
    def says_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """No words only with "no change", and no change cannot claim anything."""
        if data.get("text") == "" and not data.get("no_change"):
            raise ValidationError(ASK, "text")
        if data.get("no_change") and data.get("claim"):
            raise ValidationError("It cannot be unchanged and newly delivered; leave one out.", "no_change")


class CorrectionIn(Said):
    """Other words for an update; a member that is left out stays, null takes it away. Rating and claim need a new update."""

    text = Words(most=4000, missing="Write what happened; an update needs its words.")
    next_step = Words(most=1000, missing="Write the next step, or send null.", allow_none=True)
    impact = Words(most=2000, missing="Write what difference it has made, or send null.", allow_none=True)
    evidence = evidence_field()


class AcknowledgementIn(Said):
    """The lead officer's answer to a contributor's update: returned with a question, acknowledged without one."""

    together: ClassVar[dict[str, Any]] = {
        "if": {"properties": {"state": {"const": "returned"}}},
        "then": {"required": ["question"], "properties": {"question": True}},
        "else": {"properties": {"question": False}},
    }

    state = Choice(["acknowledged", "returned"], required=True)
    question = Words(most=1000, missing="Write the question.")

    @validates_schema(skip_on_field_errors=False)
    def asks_when_returned(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An update is returned with a question, and acknowledged without one."""
        if "state" in data and (data["state"] == "returned") != ("question" in data):
            message = "Write the question you return it with." if data.get("state") == "returned" else "Leave this out."
            raise ValidationError(message, "question")


class AuthorOut(Out):
    """Whose words they are, with the agency they were of at the time."""

    person = Id(allow_none=True, required=True)
    name = fields.String(required=True)
    agency = fields.String(allow_none=True, required=True)


class AcknowledgementOut(Out):
    """What the lead officer said of it."""

    state = Choice(["waiting", "acknowledged", "returned"], required=True)
    by = fields.String(allow_none=True, required=True)
    at = Instant(allow_none=True, required=True)
    question = fields.String(allow_none=True, required=True)


class EvidenceOut(Out):
    """A link to something that shows it."""

    title = fields.String(required=True)
    url = fields.String(required=True)


class WithdrawalIn(Said):
    """Taking an update back."""

    reason = Words(required=True, most=1000, missing="Give the reason.")


class RedactedOut(Out):
    """When an administrator removed words for good, and why."""

    at = Instant(required=True)
    reason = fields.String(required=True)


class WithdrawnOut(Out):
    """Who took an update back, when and why."""

    by = fields.String(required=True)
    at = Instant(required=True)
    reason = fields.String(required=True)


class WordingOut(Out):
    """What an update said until its author corrected it."""

    text = fields.String(required=True)
    next_step = fields.String(allow_none=True, required=True)
    impact = fields.String(allow_none=True, required=True)
    evidence = fields.List(fields.Nested(EvidenceOut), required=True)
    until = Instant(required=True)


class UpdateOut(Warned, Thing):
    """A progress update."""

    action = Id(required=True)
    text = fields.String(required=True)
    posted_at = Instant(required=True)
    author = fields.Nested(AuthorOut, required=True)
    entered_by = fields.String(allow_none=True, required=True)
    rating = Choice(["R", "A", "G"], allow_none=True, required=True)
    previous_rating = Choice(["R", "A", "G"], allow_none=True, required=True)
    claim = Choice(["delivered"], allow_none=True, required=True)
    no_change = fields.Boolean(required=True)
    next_step = fields.String(allow_none=True, required=True)
    impact = fields.String(allow_none=True, required=True)
    evidence = fields.List(fields.Nested(EvidenceOut), required=True)
    status = Choice([status.value for status in Status], required=True)
    acknowledgement = fields.Nested(AcknowledgementOut, allow_none=True, required=True)
    via = fields.String(
        allow_none=True, required=True, metadata={"description": "The partner's system that brought it."}
    )
    withdrawn = fields.Nested(
        WithdrawnOut, allow_none=True, required=True, metadata={"description": "Then its words are gone."}
    )
    redacted = fields.Nested(
        RedactedOut,
        allow_none=True,
        required=True,
        metadata={"description": "An administrator removed words of it; `[removed]` stands in their place."},
    )
    corrected_at = Instant(
        allow_none=True,
        required=True,
        metadata={"description": "Later than `acknowledgement.at`: what was acknowledged was the earlier wording."},
    )
    wordings = fields.List(
        fields.Nested(WordingOut), required=True, metadata={"description": "Its earlier wordings, the first one first."}
    )
    mine = fields.Boolean(required=True, metadata={"description": "Whether these are the caller's own words."})
    may_correct = fields.Boolean(
        required=True, metadata={"description": "Whether the caller may correct its words: PATCH /updates/{id}."}
    )


def _tombstone(row: Any) -> dict[str, Any]:
    """What is left of a withdrawn update: who said something when, and who withdrew it why."""
    words: dict[str, Any] = {"text": "", "rating": None, "previous_rating": None, "claim": None, "no_change": False}
    gone: dict[str, Any] = {"next_step": None, "impact": None, "evidence": [], "acknowledgement": None}
    gone |= {"wordings": [], "may_correct": False}
    by = {"by": row["withdrawn_by_name"], "at": row["withdrawn_at"], "reason": row["withdrawn_reason"]}
    return {**words, **gone, "withdrawn": by}


def shape_update(row: Any, caller_id: UUID | None, wordings: Iterable[Any] = ()) -> dict[str, Any]:
    """An UpdateOut from a row of progress_update and its earlier wordings, for this reader."""
    shaped = _as_posted(row, caller_id) | {"wordings": [_shape_wording(each) for each in wordings]}
    return shaped if row["withdrawn_at"] is None else {**shaped, **_tombstone(row)}


def _shape_wording(row: Any) -> dict[str, Any]:
    words = {name: row[name] for name in ("text", "next_step", "impact", "evidence")}
    return {**words, "until": row["replaced_at"]}


def _as_posted(row: Any, caller_id: UUID | None) -> dict[str, Any]:
    state = row["acknowledgement"]
    return {
        "id": row["id"],
        "action": row["action_id"],
        "text": row["text"],
        "posted_at": row["posted_at"],
        "author": {"person": row["author_person_id"], "name": row["author_name"], "agency": row["author_agency"]},
        "entered_by": row["entered_by_name"],
        **{name: row[name] for name in _AS_STORED},
        "acknowledgement": state
        and {
            "state": state,
            "by": row["acknowledged_by_name"],
            "at": row["acknowledged_at"],
            "question": row["question"],
        },
        "mine": caller_id is not None and caller_id in {row["author_account_id"], row["partner_token_id"]},
        "may_correct": caller_id is not None
        and row["redacted_at"] is None
        and caller_id == (row["entered_by_account_id"] or row["author_account_id"] or row["partner_token_id"]),
        "via": row["via"],
        "withdrawn": None,
        "redacted": row["redacted_at"] and {"at": row["redacted_at"], "reason": row["redacted_reason"]},
    }


_AS_STORED = (
    "rating", "previous_rating", "claim", "no_change", "next_step", "impact", "evidence", "status",
    "corrected_at", "created_at", "updated_at", "version",
)  # fmt: skip
