"""Removing words for good, in and out."""

from typing import Any

from marshmallow import ValidationError, fields, validates

from api.domain.privacy.redaction import SHORTEST, letters_of
from api.schemas.base import Out, Said, Warned
from api.schemas.fields import Flag, Id
from api.schemas.text_fields import Words

WHERE = [
    "action", "progress updates", "dates", "people as printed", "plan settings", "objectives", "history", "kept answers", "directory",
    "accounts", "merges", "names of who did it", "audit",
]  # fmt: skip
TO_GO = "they are what is to go, and are kept nowhere"


class ActionRedactionIn(Said):
    """Words to remove wherever an action holds them, in either case, and the reason, which stays."""

    reason = Words(required=True, most=1000, missing="Give the reason. It stays, so do not repeat the words in it.")
    words = Words(
        required=True,
        most=500,
        missing=f"Give the words to remove, {SHORTEST} characters or more.",
        metadata={"minLength": SHORTEST},
        free=False,
        because=TO_GO,
    )

    preview = Flag(load_default=False, metadata={"description": "true: say where they stand, and remove nothing."})

    @validates("words")
    def long_enough(self, value: str, **_kwargs: Any) -> None:
        """One letter is everywhere. What makes no difference when words are looked for does not count."""
        if letters_of(value) < SHORTEST:
            raise ValidationError(f"Give {SHORTEST} characters or more, beside spaces, quotes and hyphens.")


class UpdateRedactionIn(ActionRedactionIn):
    """The same for one update; without `words` all of its words go."""

    words = Words(
        most=500,
        missing="Give the words to remove, or leave them out.",
        metadata={"minLength": SHORTEST},
        free=False,
        because=TO_GO,
    )


class PlanRedactionIn(ActionRedactionIn):
    """Words to remove wherever the plan's own settings, its questions and its objectives hold them, and the reason."""


class DirectoryRedactionIn(ActionRedactionIn):
    """Words to remove from a person, agency, group, account or system and wherever its name is repeated, and the reason."""


class FoundInOut(Out):
    """Where words were removed, and from how many."""

    where = fields.String(required=True, metadata={"enum": WHERE})
    count = fields.Integer(required=True)


class WhereWordsStoodOut(Warned):
    """What every redaction answers: where the words stood, or with `preview` where they stand."""

    found = fields.List(fields.Nested(FoundInOut), required=True)
    preview = fields.Boolean(
        required=True, metadata={"description": "Whether nothing was removed: it was only looked."}
    )


class RedactionOut(WhereWordsStoodOut):
    """What a redaction touched. Backups made before still hold the words (docs/operations.md)."""

    action = Id(required=True)


class PlanRedactionOut(WhereWordsStoodOut):
    """What a redaction of a plan touched: not its actions and updates, which have a redaction of their own."""

    plan = Id(required=True)


class DirectoryRedactionOut(WhereWordsStoodOut):
    """What a redaction of names touched: in the directory, on actions, in what was done under them, in the history and the audit."""

    id = Id(required=True)
