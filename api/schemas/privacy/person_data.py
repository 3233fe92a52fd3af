"""What is held about somebody, out; and erasing how they can be reached, in and out."""

from marshmallow import fields

from api.schemas.base import Out, Said, Warned
from api.schemas.fields import Id, Instant
from api.schemas.text_fields import Words


def _rows(what: str) -> fields.Field:  # type: ignore[type-arg]
    """A list of rows as they are stored."""
    return fields.List(
        fields.Dict(keys=fields.String(), values=fields.Raw()), required=True, metadata={"description": what}
    )


def _row(what: str) -> fields.Field:  # type: ignore[type-arg]
    return fields.Dict(
        keys=fields.String(), values=fields.Raw(), required=True, allow_none=True, metadata={"description": what}
    )


class PersonDataOut(Out):
    """Everything that is held about one person, in rows as they are stored. Never a password, secret, token or hash of one."""

    made_at = Instant(required=True)
    person = _row("Name, post, aliases, e-mail, when they left; null for an account that stands for nobody of a plan.")
    merged = _rows("Those who were found to be the same person.")
    agency = _row("Their agency now.")
    named_on = _rows("The actions they are on.")
    objectives_led = _rows("The objectives they lead.")
    plans_owned = _rows("The plans they own.")
    seed_keys = _rows("The keys by which the seed files of plans name them.")
    updates = _rows("Progress updates: theirs, and those they entered for others.")
    earlier_wordings = _rows("What those updates said before they were corrected.")
    acknowledgements = _rows("What they said of others' updates.")
    dates = _rows("Dates they moved.")
    accounts = _rows("How they sign in, and from where.")
    journal_by = _rows("What they changed.")
    journal_about = _rows("What was changed of them and their account.")
    audit = _rows("Sign-ins, failures, exports and the like.")
    partner_tokens = _rows("Tokens of partners' systems that they made.")
    merges = _rows("Merges they were part of.")
    mentions = _rows("Where their name stands in words: what it is, plan, number, id.")


class ErasureIn(Said):
    """Why contact details are erased."""

    reason = Words(required=True, most=1000, missing="Give the reason.")


class ErasedOut(Out):
    """What was erased, and how many."""

    what = fields.String(required=True, metadata={"example": "sessions"})
    count = fields.Integer(required=True)


class ErasureOut(Warned):
    """What an erasure touched."""

    person = Id(required=True)
    erased = fields.List(fields.Nested(ErasedOut), required=True)
