"""What a journal entry says to people: one sentence for each, in the plan's own words."""

from datetime import date
from typing import Any

from api.domain.history.sentences_of_people import OF_PEOPLE
from api.domain.history.sentences_of_plan import OF_PLAN
from api.domain.history.sentences_of_structure import OF_STRUCTURE
from api.domain.history.telling import Sayer, Told, changed_fields, end
from api.domain.journal import Values
from api.domain.plan.by_when import Kind, say_date
from api.domain.plan.by_whom import say_change
from api.domain.plan.status import WORDS, Status
from api.domain.text import join_names

_NOUNS = {"named_group": "group", "partner_token": "token"}


def say(told: Told) -> str:
    """The sentence of an entry."""
    if told.verb == "seeded":
        return _seeded(told)
    found = _SENTENCES.get((told.object_type, told.verb))
    return found(told) if found else _plainly(told)


# What a row's number and place in the plan are journalled as.
_PLACE = frozenset({"number", "position", "objective_id"})


def _seeded(told: Told) -> str:
    said = []
    if "number" in told.after:
        was, now = told.before.get("number"), told.after["number"]
        said = [f"The seed gave the {told.object_type} another number: it is {now} now. It was {was} until then."]
    fields = changed_fields(told.object_type, {name: None for name in told.after if name not in _PLACE})
    return " ".join([*said, *([f"The seed changed {join_names(fields)}."] if fields else [])])


def _posted(told: Told) -> str:
    entered = told.after.get("entered_by_name")
    whole = f"{told.who} entered an update for {told.author}" if entered else f"{told.who} posted an update"
    if told.hidden:
        return f"{whole}, withdrawn since."
    rating = told.after.get("rating")
    said = [told.words.get(rating, rating).lower()] if rating else []
    said += ["delivered"] if told.after.get("claim") else []
    said += ["no change"] if told.after.get("no_change") else []
    return end(whole, ", ".join(said))


def _update_of(told: Told) -> str:
    return "their own update" if told.author == told.by else f"{told.author or 'somebody'}'s update"


def _acknowledged(told: Told) -> str:
    if "by_update" in told.after:
        return f"{told.who} answered {_update_of(told)} by rating anew."
    return f"{told.who} acknowledged {_update_of(told)}."


def _returned(told: Told) -> str:
    question = None if told.hidden else told.after.get("question")
    return end(f"{told.who} returned {_update_of(told)} with a question", question)


def _status(told: Told) -> str:
    word = WORDS[Status(told.after["status"])]
    if "update" in told.after:
        return f"{told.who} set the status to {word} by posting an update."
    if told.undoes:
        return end(f"{told.who} undid a change of status, back to {word}", told.reason)
    return end(f"{told.who} set the status to {word}", told.reason)


def _date(told: Told) -> str:
    before, after = _when(told.before), _when(told.after)
    if _days(told.before) == _days(told.after):
        does = "undid a change of" if told.undoes else "changed"
        words = f"from “{told.before['by_when']}” to “{told.after['by_when']}”"
        return end(f"{told.who} {does} the words of the date {words}", told.reason)
    if told.undoes:
        return end(f"{told.who} undid a move of the date, from {before} back to {after}", told.reason)
    return end(f"{told.who} moved the date from {before} to {after}", told.reason)


def _days(values: Values) -> tuple[Any, ...]:
    return values["kind"], values["first_on"], values["last_on"]


def _when(values: Values) -> str:
    """A date as a sentence says it: a day in words, anything else as printed."""
    if values["kind"] == Kind.DATE and values["first_on"]:
        return say_date(date.fromisoformat(values["first_on"]))
    return values["by_when"] or "no date"


def _reworded(told: Told) -> str:
    if told.undoes:
        return end(f"{told.who} undid a rewording of the action", told.reason)
    return f"{told.who} reworded the action."


def _places(told: Told) -> str:
    if told.undoes:
        return end(f"{told.who} undid a change of the people on the action", told.reason)
    return say_change(told.who, told.before["places"], told.after["places"])


def _plainly(told: Told) -> str:
    """A sentence for what has none of its own: the verb and what it was done to."""
    noun = _NOUNS.get(told.object_type, told.object_type.replace("_", " "))
    name = told.after.get("name") or told.before.get("name")
    if told.object_type == "objective" and "position" in told.after:
        noun, name = f"objective {told.after['position']}", None
    what = f"the {noun} {name}" if name else noun if noun[-1].isdigit() else f"the {noun}"
    if told.verb == "created":
        return f"{told.who} added {what}."
    return end(f"{told.who} {told.verb.replace('-', ' ')} {what}", told.reason)


_SENTENCES: dict[tuple[str, str], Sayer] = {
    ("update", "posted"): _posted,
    ("update", "acknowledged"): _acknowledged,
    ("update", "returned"): _returned,
    ("update", "waiting"): lambda told: end(f"{told.who} let {_update_of(told)} wait again", told.reason),
    ("update", "corrected"): lambda told: f"{told.who} corrected {_update_of(told)}.",
    ("update", "withdrawn"): lambda told: end(f"{told.who} withdrew {_update_of(told)}", told.reason),
    ("update", "redacted"): lambda told: end(f"{told.who} removed words from {_update_of(told)}", told.reason),
    ("action", "redacted"): lambda told: end(f"{told.who} removed words from the action", told.reason),
    ("action", "status-changed"): _status,
    ("action", "signed-off"): lambda told: f"{told.who} signed the action off as complete.",
    ("action", "date-moved"): _date,
    ("action", "reworded"): _reworded,
    ("action", "places-changed"): _places,
    **OF_STRUCTURE,
    ("plan", "restored"): lambda _told: "The plan was restored from a backup.",
    **OF_PEOPLE,
    **OF_PLAN,
}
