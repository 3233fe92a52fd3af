"""History, out, and undoing, in."""

from marshmallow import fields

from api.schemas.base import Out, Said
from api.schemas.fields import Day, Id, Instant
from api.schemas.plan.plans import PageQuery, list_of
from api.schemas.text_fields import Words


class UndoIn(Said):
    """Undoing an entry of the history."""

    reason = Words(most=1000, missing="Give the reason, or leave it out.")


class JournalQuery(PageQuery):
    """Pages of a plan's journal; of this day in London and those after it, when one is named."""

    first = Day(data_key="from")


class ObjectOfEntryOut(Out):
    """What an entry is about."""

    type = fields.String(required=True)
    id = Id(required=True)
    number = fields.String(allow_none=True, required=True)


class EntryOut(Out):
    """One entry of the journal: who did what when, as a sentence, and the fields before and after."""

    id = fields.Integer(required=True)
    at = Instant(required=True)
    by = fields.String(required=True)
    verb = fields.String(required=True, metadata={"example": "date-moved"})
    object = fields.Nested(ObjectOfEntryOut, required=True)
    action = Id(allow_none=True, required=True)
    sentence = fields.String(required=True, metadata={"example": "Pippa Ward reworded the action."})
    before = fields.Dict(keys=fields.String(), values=fields.Raw(), allow_none=True, required=True)
    after = fields.Dict(keys=fields.String(), values=fields.Raw(), allow_none=True, required=True)
    undoable = fields.Boolean(required=True, metadata={"description": "Whether an undo by this caller would work now."})


EntryListOut = list_of(EntryOut, "EntryList")
