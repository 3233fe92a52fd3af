"""What a journal entry says to people: one sentence for each, in the plan's own words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from api.domain.by_when import Kind, say_date
from api.domain.status import WORDS, Status
from api.domain.text import join_names
from api.domain.undoing import UNDONE

Values = Mapping[str, Any]

_OPERATOR = "command line"
_NOUNS = {"named_group": "group", "partner_token": "token"}
# Columns whose names do not say it themselves, as the seed changes them.
_COLUMNS = {
    "text": "wording",
    "text_printed": "wording on paper",
    "places": "people",
    "by_whom_printed": "people as printed",
    "by_when_printed": "date as printed",
    "starts_printed": "start",
    "starts_from": "start",
    "starts_to": "start",
    "ends_on": "end",
    "next_review_on": "next review",
    "update_every_days": "update cycle",
    "left_on": "last day",
    "ended_on": "last day",
    "email": "e-mail address",
    "aliases": "other names",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A journal entry with what its sentence needs: `author` is whose update it is about, `words` are those of the ratings.

    `hidden`: the update was withdrawn, and this reader does not learn what it said.
    """

    by: str
    object_type: str
    verb: str
    before: Values
    after: Values
    author: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False

    @property
    def who(self) -> str:
        """Who did it, as a sentence begins."""
        return f"The {self.by}" if self.by == _OPERATOR else self.by

    @property
    def undoes(self) -> bool:
        """Whether it undid another entry."""
        return "undone" in self.after

    @property
    def reason(self) -> str | None:
        """The reason somebody gave, without the mark of an undo."""
        given = self.after.get("status_reason") if self.verb == "status-changed" and not self.undoes else None
        said = given or self.after.get("reason") or ""
        return said.removeprefix(UNDONE).lstrip(":. ") if self.undoes else said


def say(told: Told) -> str:
    """The sentence of an entry."""
    if told.verb == "seeded":
        return f"The seed changed {join_names(_changed(told.after))}."
    found = _SENTENCES.get((told.object_type, told.verb))
    return found(told) if found else _plainly(told)


def _end(sentence: str, reason: str | None = None) -> str:
    """The sentence with its reason and a full stop."""
    whole = f"{sentence}: {reason}" if reason else sentence
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."


def _posted(told: Told) -> str:
    entered = told.after.get("entered_by_name")
    whole = f"{told.who} entered an update for {told.author}" if entered else f"{told.who} posted an update"
    if told.hidden:
        return f"{whole}, withdrawn since."
    rating = told.after.get("rating")
    said = [told.words.get(rating, rating).lower()] if rating else []
    said += ["delivered"] if told.after.get("claim") else []
    said += ["no change"] if told.after.get("no_change") else []
    return _end(whole, ", ".join(said))


def _update_of(told: Told) -> str:
    return "their own update" if told.author == told.by else f"{told.author or 'somebody'}'s update"


def _acknowledged(told: Told) -> str:
    if "by_update" in told.after:
        return f"{told.who} answered {_update_of(told)} by rating anew."
    return f"{told.who} acknowledged {_update_of(told)}."


def _returned(told: Told) -> str:
    question = None if told.hidden else told.after.get("question")
    return _end(f"{told.who} returned {_update_of(told)} with a question", question)


def _status(told: Told) -> str:
    word = WORDS[Status(told.after["status"])]
    if "update" in told.after:
        return f"{told.who} set the status to {word} by posting an update."
    if told.undoes:
        return _end(f"{told.who} undid a change of status, back to {word}", told.reason)
    return _end(f"{told.who} set the status to {word}", told.reason)


def _date(told: Told) -> str:
    before, after = _when(told.before), _when(told.after)
    if told.undoes:
        return _end(f"{told.who} undid a move of the date, from {before} back to {after}", told.reason)
    return _end(f"{told.who} moved the date from {before} to {after}", told.reason)


def _when(values: Values) -> str:
    """A date as a sentence says it: a day in words, anything else as printed."""
    if values["kind"] == Kind.DATE and values["first_on"]:
        return say_date(date.fromisoformat(values["first_on"]))
    return values["by_when"] or "no date"


def _reworded(told: Told) -> str:
    if told.undoes:
        return _end(f"{told.who} undid a rewording of the action", told.reason)
    return f"{told.who} reworded the action."


def _changed_in_directory(told: Told) -> str:
    """A change of a person, an agency or a group; a name that changed is the news, and the rest follows."""
    old, new = told.before.get("name"), told.after.get("name")
    # Where the name changed, the former one is among the other names: that goes without saying.
    unsaid = {"name"} if old == new else {"name", "aliases"}
    fields = _changed({name: value for name, value in told.after.items() if name not in unsaid})
    if old != new:
        rest = f", and changed {join_names(fields)}" if fields else ""
        return f"{told.who} renamed {old} to {new}{rest}."
    return f"{told.who} changed {join_names(fields)} of {new}."


def _succeeded(told: Told) -> str:
    day = say_date(date.fromisoformat(told.after["ended_on"]))
    return _end(f"{told.who} recorded that {told.after['name']} became {told.after['successor']} on {day}", told.reason)


def _whose(told: Told) -> str:
    """Of an account: the owner's, as a sentence says it."""
    owner = told.after.get("of")
    return "their own" if owner in {None, told.by} else f"{owner}'s"


def _passkey(told: Told) -> str:
    name = told.after.get("passkey") or told.before.get("passkey")
    return f"{told.who} {'added' if told.verb == 'passkey-added' else 'removed'} a passkey, {name}."


_ROLES = {"admin": "administrator", "lead_officer": "lead officer"}


def _role(told: Told) -> str:
    before, after = (_ROLES.get(values["role"], values["role"]) for values in (told.before, told.after))
    return f"{told.who} changed the role of {told.after['name']} from {before} to {after}."


def _email(told: Told) -> str:
    whose = "their own" if told.by == told.after["name"] else f"{told.after['name']}'s"
    return f"{told.who} changed {whose} e-mail address."


def _of_account(does: str) -> Callable[[Told], str]:
    """A sentence about somebody's account; `does` has a place for whose."""
    return lambda told: f"{told.who} {does.format(told.after['name'])}."


def _joined(told: Told) -> str:
    """A merge, of whatever it touched, or its undo."""
    if "parted" in told.after:
        return f"{told.who} undid that {told.after['joined']} and {told.after['into']} are one person."
    return _end(f"{told.who} said that {told.after['joined']} and {told.after['into']} are one person", told.reason)


def _handed(told: Told) -> str:
    """Of an action: the leaver hands it over, and whoever entered that is named after it."""
    leaver, number, taker = told.after["from"], told.after["number"], told.after["to"]
    did = f"handed action {number} to {taker}" if taker else f"left action {number}, and nobody is named in their place"
    return _end(f"{leaver} {did} (entered by {told.by})", told.reason)


def _lead(told: Told) -> str:
    """Of an objective: handed over, or a merge and its undo."""
    if "from" not in told.after:
        return _joined(told)
    leaver, number, taker = told.after["from"], told.after["number"], told.after["to"]
    did = f"handed objective {number} to {taker}" if taker else f"left objective {number} without a lead officer"
    return _end(f"{leaver} {did} (entered by {told.by})", told.reason)


def _owner(told: Told) -> str:
    if "from" not in told.after:
        return _joined(told)
    leaver, taker = told.after["from"], told.after["to"]
    did = f"handed the plan to {taker}" if taker else "left the plan without an owner"
    return _end(f"{leaver} {did} (entered by {told.by})", told.reason)


def _left(told: Told) -> str:
    day = say_date(date.fromisoformat(told.after["left_on"]))
    return _end(f"{told.who} wrote down that {told.after['name']} left on {day}", told.reason)


def _plainly(told: Told) -> str:
    """A sentence for what has none of its own: the verb and what it was done to."""
    noun = _NOUNS.get(told.object_type, told.object_type.replace("_", " "))
    name = told.after.get("name") or told.before.get("name")
    if told.object_type == "objective" and "position" in told.after:
        noun, name = f"objective {told.after['position']}", None
    what = f"the {noun} {name}" if name else noun if noun[-1].isdigit() else f"the {noun}"
    if told.verb == "created":
        return f"{told.who} added {what}."
    return _end(f"{told.who} {told.verb.replace('-', ' ')} {what}", told.reason)


def _changed(after: Values) -> list[str]:
    """The fields that changed, in words, each once."""
    names = (_COLUMNS.get(name, name.removesuffix("_id").removesuffix("_printed").replace("_", " ")) for name in after)
    return [f"the {name}" for name in dict.fromkeys(names)]


_SENTENCES: dict[tuple[str, str], Callable[[Told], str]] = {
    ("update", "posted"): _posted,
    ("update", "acknowledged"): _acknowledged,
    ("update", "returned"): _returned,
    ("update", "waiting"): lambda told: _end(f"{told.who} let {_update_of(told)} wait again", told.reason),
    ("update", "withdrawn"): lambda told: _end(f"{told.who} withdrew {_update_of(told)}", told.reason),
    ("update", "redacted"): lambda told: _end(f"{told.who} removed words from {_update_of(told)}", told.reason),
    ("action", "redacted"): lambda told: _end(f"{told.who} removed words from the action", told.reason),
    ("action", "status-changed"): _status,
    ("action", "signed-off"): lambda told: f"{told.who} signed the action off as complete.",
    ("action", "date-moved"): _date,
    ("action", "reworded"): _reworded,
    ("account", "bound"): lambda told: f"{told.who} signed in through their agency's directory for the first time.",
    ("action", "agency-succeeded"): lambda told: (
        f"{told.who} put {told.after['to']} in the place of {told.after['from']}, which it succeeds."
    ),
    ("person", "changed"): _changed_in_directory,
    ("agency", "changed"): _changed_in_directory,
    ("named_group", "changed"): _changed_in_directory,
    ("agency", "succeeded"): _succeeded,
    ("account", "password-changed"): lambda told: f"{told.who} changed {_whose(told)} password.",
    ("account", "factor-added"): lambda told: f"{told.who} set up a second factor.",
    ("account", "factor-removed"): lambda told: f"{told.who} removed {_whose(told)} second factor.",
    ("account", "passkey-added"): _passkey,
    ("account", "passkey-removed"): _passkey,
    ("account", "invited"): _of_account("invited {}"),
    ("account", "invited-again"): _of_account("sent {} the invitation again"),
    ("account", "role-changed"): _role,
    ("account", "disabled"): _of_account("ended the account of {}"),
    ("account", "enabled"): _of_account("opened the account of {} again"),
    ("account", "email-changed"): _email,
    ("person", "contact-erased"): lambda told: _end(
        f"{told.who} erased the contact details of {told.after.get('name', 'somebody')}", told.reason
    ),
    ("action", "people-joined"): _joined,
    ("action", "people-parted"): _joined,
    ("action", "handed-over"): _handed,
    ("objective", "lead-changed"): _lead,
    ("plan", "owner-changed"): _owner,
    ("person", "merged"): _joined,
    ("person", "unmerged"): _joined,
    ("person", "joined"): lambda told: f"{told.after['joined']} is known as {told.after['name']} since.",
    ("person", "parted"): lambda told: f"{told.after['joined']} is no longer known as {told.after['name']}.",
    ("person", "told-apart"): lambda told: (
        f"{told.who} said that {told.after['name']} and {told.after['other']} are two people."
    ),
    ("person", "maybe-one"): lambda told: (
        f"{told.who} took back that {told.after['name']} and {told.after['other']} are two people."
    ),
    ("person", "left"): _left,
    ("plan", "restored"): lambda _told: "The plan was restored from a backup.",
}
