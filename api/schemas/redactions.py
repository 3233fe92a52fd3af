"""Removing words for good, in and out."""

from typing import Any

from marshmallow import ValidationError, fields, validates

from api.domain.redaction import SHORTEST
from api.schemas.base import In, Out
from api.schemas.fields import Id
from api.schemas.text_fields import Words

PLACES = [
    "action", "progress updates", "dates", "people as printed", "plan settings", "objectives", "history", "kept answers",
]  # fmt: skip


class ActionRedactionIn(In):
    """Words to remove wherever an action holds them, in either case, and the reason, which stays."""

    reason = Words(required=True, most=1000, missing="Give the reason. It stays, so do not repeat the words in it.")
    words = Words(
        required=True,
        most=500,
        missing=f"Give the words to remove, {SHORTEST} characters or more.",
        metadata={"minLength": SHORTEST},
    )

    @validates("words")
    def long_enough(self, value: str, **_kwargs: Any) -> None:
        """One letter is everywhere."""
        if len(value) < SHORTEST:
            raise ValidationError(f"Give {SHORTEST} characters or more.")


class UpdateRedactionIn(ActionRedactionIn):
    """The same for one update; without `words` all of its words go."""

    words = Words(most=500, missing="Give the words to remove, or leave them out.", metadata={"minLength": SHORTEST})


class PlanRedactionIn(ActionRedactionIn):
    """Words to remove wherever the plan's own settings, its questions and its objectives hold them, and the reason."""


class PlaceOfWordsOut(Out):
    """Where words were removed, and from how many."""

    place = fields.String(required=True, metadata={"enum": PLACES})
    count = fields.Integer(required=True)


class RedactionOut(Out):
    """What a redaction touched. Backups made before still hold the words (docs/operations.md)."""

    action = Id(required=True)
    places = fields.List(fields.Nested(PlaceOfWordsOut), required=True)


class PlanRedactionOut(Out):
    """What a redaction of a plan touched: not its actions and updates, which have a redaction of their own."""

    plan = Id(required=True)
    places = fields.List(fields.Nested(PlaceOfWordsOut), required=True)
