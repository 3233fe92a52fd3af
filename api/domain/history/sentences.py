"""What a journal entry says to people: one sentence for each, in the plan's own words."""

from datetime import date
from typing import Any

from api.domain.history.sentences_of_people import OF_PEOPLE
from api.domain.history.sentences_of_plan import OF_PLAN
from api.domain.history.sentences_of_structure import OF_STRUCTURE
from api.domain.history.shown_entry import Sayer, ShownEntry, changed_fields, end
from api.domain.journal import Values
from api.domain.plan.by_when import DateKind, say_date
from api.domain.plan.by_whom import say_change
from api.domain.plan.status import WORDS, Status
from api.domain.text import join_names

_NOUNS = {"named_group": "group", "partner_token": "token"}


def say(entry: ShownEntry) -> str:
    """The sentence of an entry."""
    if entry.verb == "seeded":
        return _seeded(entry)
    found = _SENTENCES.get((entry.object_type, entry.verb))
    return found(entry) if found else _plainly(entry)


# What a row's number and place in the plan are journalled as.
_PLACE = frozenset({"number", "position", "objective_id"})


def _seeded(entry: ShownEntry) -> str:
    said = []
    if "number" in entry.after:
        was, now = entry.before.get("number"), entry.after["number"]
        said = [f"The seed gave the {entry.object_type} another number: it is {now} now. It was {was} until then."]
    fields = changed_fields(entry.object_type, {name: None for name in entry.after if name not in _PLACE})
    return " ".join([*said, *([f"The seed changed {join_names(fields)}."] if fields else [])])


def _posted(entry: ShownEntry) -> str:
    entered = entry.after.get("entered_by_name")
    whole = f"{entry.who} entered an update for {entry.author}" if entered else f"{entry.who} posted an update"
    if entry.hidden:
        return f"{whole}, withdrawn since."
    rating = entry.after.get("rating")
    said = [entry.words.get(rating, rating).lower()] if rating else []
    said += ["delivered"] if entry.after.get("claim") else []
    said += ["no change"] if entry.after.get("no_change") else []
    return end(whole, ", ".join(said))


def _update_of(entry: ShownEntry) -> str:
    return "their own update" if entry.author == entry.by else f"{entry.author or 'somebody'}'s update"


def _acknowledged(entry: ShownEntry) -> str:
    if "by_update" in entry.after:
        return f"{entry.who} answered {_update_of(entry)} by rating anew."
    return f"{entry.who} acknowledged {_update_of(entry)}."


def _returned(entry: ShownEntry) -> str:
    question = None if entry.hidden else entry.after.get("question")
    return end(f"{entry.who} returned {_update_of(entry)} with a question", question)


def _status(entry: ShownEntry) -> str:
    word = WORDS[Status(entry.after["status"])]
    if "update" in entry.after:
        return f"{entry.who} set the status to {word} by posting an update."
    if entry.undoes:
        return end(f"{entry.who} undid a change of status, back to {word}", entry.reason)
    return end(f"{entry.who} set the status to {word}", entry.reason)


def _date(entry: ShownEntry) -> str:
    before, after = _when(entry.before), _when(entry.after)
    if _days(entry.before) == _days(entry.after):
        does = "undid a change of" if entry.undoes else "changed"
        words = f"from “{entry.before['by_when']}” to “{entry.after['by_when']}”"
        return end(f"{entry.who} {does} the words of the date {words}", entry.reason)
    if entry.undoes:
        return end(f"{entry.who} undid a move of the date, from {before} back to {after}", entry.reason)
    return end(f"{entry.who} moved the date from {before} to {after}", entry.reason)


def _days(values: Values) -> tuple[Any, ...]:
    return values["kind"], values["first_on"], values["last_on"]


def _when(values: Values) -> str:
    """A date as a sentence says it: a day in words, anything else as printed."""
    if values["kind"] == DateKind.DATE and values["first_on"]:
        return say_date(date.fromisoformat(values["first_on"]))
    return values["by_when"] or "no date"


def _reworded(entry: ShownEntry) -> str:
    if entry.undoes:
        return end(f"{entry.who} undid a rewording of the action", entry.reason)
    return f"{entry.who} reworded the action."


def _places(entry: ShownEntry) -> str:
    if entry.undoes:
        return end(f"{entry.who} undid a change of the people on the action", entry.reason)
    return say_change(entry.who, entry.before["places"], entry.after["places"])


def _plainly(entry: ShownEntry) -> str:
    """A sentence for what has none of its own: the verb and what it was done to."""
    noun = _NOUNS.get(entry.object_type, entry.object_type.replace("_", " "))
    name = entry.after.get("name") or entry.before.get("name")
    if entry.object_type == "objective" and "position" in entry.after:
        noun, name = f"objective {entry.after['position']}", None
    what = f"the {noun} {name}" if name else noun if noun[-1].isdigit() else f"the {noun}"
    if entry.verb == "created":
        return f"{entry.who} added {what}."
    return end(f"{entry.who} {entry.verb.replace('-', ' ')} {what}", entry.reason)


_SENTENCES: dict[tuple[str, str], Sayer] = {
    ("update", "posted"): _posted,
    ("update", "acknowledged"): _acknowledged,
    ("update", "returned"): _returned,
    ("update", "waiting"): lambda entry: end(f"{entry.who} let {_update_of(entry)} wait again", entry.reason),
    ("update", "corrected"): lambda entry: f"{entry.who} corrected {_update_of(entry)}.",
    ("update", "withdrawn"): lambda entry: end(f"{entry.who} withdrew {_update_of(entry)}", entry.reason),
    ("update", "redacted"): lambda entry: end(f"{entry.who} removed words from {_update_of(entry)}", entry.reason),
    ("action", "redacted"): lambda entry: end(f"{entry.who} removed words from the action", entry.reason),
    ("action", "status-changed"): _status,
    ("action", "signed-off"): lambda entry: f"{entry.who} signed the action off as complete.",
    ("action", "date-moved"): _date,
    ("action", "reworded"): _reworded,
    ("action", "places-changed"): _places,
    **OF_STRUCTURE,
    ("plan", "restored"): lambda _entry: "The plan was restored from a backup.",
    **OF_PEOPLE,
    **OF_PLAN,
}
