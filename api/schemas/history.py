"""History, out, and undoing, in."""

from marshmallow import fields

from api.schemas.base import In, Out, nullable
from api.schemas.fields import Id, Instant, Raw, Words
from api.schemas.plans import list_of

_TEXT = {"type": "string"}


class UndoIn(In):
    """Undoing an entry of the history."""

    reason = Words(most=1000, missing="Give the reason, or leave it out.")


class EntryOut(Out):
    """One entry of the journal: who did what when, as a sentence, and the fields before and after."""

    id = fields.Integer(required=True)
    at = Instant(required=True)
    by = fields.String(required=True)
    verb = fields.String(required=True, metadata={"example": "date-moved"})
    object = Raw(
        {
            "type": "object",
            "properties": {"type": _TEXT, "id": {"type": "string", "format": "uuid"}, "number": nullable(_TEXT)},
            "required": ["type", "id", "number"],
        },
        required=True,
    )
    action = Id(allow_none=True, required=True)
    sentence = fields.String(required=True, metadata={"example": "Pippa Ward reworded the action."})
    before = Raw(nullable({"type": "object"}), required=True)
    after = Raw(nullable({"type": "object"}), required=True)
    undoable = fields.Boolean(required=True, metadata={"description": "Whether an undo by this caller would work now."})


EntryListOut = list_of(EntryOut)
