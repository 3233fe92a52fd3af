"""Undoing a journal entry: which can be undone, and whether what it changed still stands as it left it."""

from api.domain.editable import FIELDS_OF
from api.domain.journal import Entry, Values
from api.domain.plan.notes import find
from api.domain.plan.status import CLOSED, Status

UNDONE = "Undone"
WAITING = "waiting"

_UNDOABLE = frozenset({"plan", "objective", "action"})
_ANSWER = ("acknowledgement", "question")
# Beside the fields that people edit: the columns that an entry of this kind changed.
_MORE: dict[tuple[str, str], tuple[str, ...]] = {
    ("update", "acknowledged"): _ANSWER,
    ("update", "returned"): _ANSWER,
    ("update", "posted"): (),
    ("action", "note-settled"): (),
    ("plan", "note-settled"): (),
}
_NEVER = {
    "created": "What was added cannot be undone here.",
    "seeded": "What the seed changed cannot be undone; change it by hand, or load the seed again.",
    "signed-off": "A sign-off cannot be undone. Reopen the action, with a reason.",
    "withdrawn": "An update that was withdrawn stays withdrawn. It can be posted again.",
    "corrected": "A correction cannot be undone. Correct the update again; its earlier words are kept with it.",
    "redacted": "Words that were removed are gone for good.",
    "people-joined": "A merge is undone as a whole, under Possible duplicates.",
    "people-parted": "A merge that was undone can be made again, under Possible duplicates.",
    "brought-back": "Remove it from the plan again, with a reason.",
    "handed-over": "A handover cannot be undone. Hand it over again.",
    "note-added": "A question is not taken back. Settle it, with an answer.",
    WAITING: "An update that waits again cannot be undone. Acknowledge it, or return it.",
}


def columns_undone(entry: Entry) -> tuple[str, ...] | None:
    """The columns to which an undo gives their old values; None when the entry is not of a kind that can be undone."""
    if entry.object_type in _UNDOABLE:
        fields = FIELDS_OF[entry.object_type].changed_by(entry.verb)
        if fields:
            changed = entry.before.keys() | entry.after.keys()
            return tuple(column for field in fields for column in field.columns if column in changed)
    return _MORE.get((entry.object_type, entry.verb))


def because(reason: str | None) -> str:
    """The reason kept with an undo."""
    return f"{UNDONE}: {reason}" if reason else f"{UNDONE}."


def still_stands(entry: Entry, now: Values) -> bool:
    """Whether every field has the value that the entry gave it, in JSON form. An update must not have been withdrawn."""
    if now.get("withdrawn"):
        return False
    if entry.verb == "note-settled":
        return find(now["notes"], entry.after["code"], entry.after["note"]) is None
    return all(entry.after[name] == now[name] for name in columns_undone(entry) or () if name in entry.after)


def why_not(entry: Entry, now: Values) -> str | None:
    """Why this entry can not be undone, whoever asks; None when it can, as far as it still stands.

    `now` is the action or update as it stands: its columns, and `reported`, whether the action has an update that counts.
    """
    if columns_undone(entry) is None:
        return _NEVER.get(entry.verb, "A change of this kind cannot be undone.")
    if entry.verb == "note-settled" and "undone" in entry.after:
        return "A question that was put back is settled with an answer."
    if entry.verb == "renumbered" and "position" not in entry.after:
        return "Its objective got another number. Give the objective its old number back."
    if entry.verb == "status-changed":
        return _why_no_status(Status(entry.before["status"]), reported=bool(now["reported"]))
    if entry.verb == "date-moved" and now["status"] in CLOSED:
        return "The action is closed; reopen it before moving its date."
    return None


def _why_no_status(status: Status, *, reported: bool) -> str | None:
    """An undo is no way round a second pair of eyes, and does not unsay what somebody said (DOMAIN 5)."""
    if status is Status.COMPLETE:
        return "An action is made complete by signing it off, so undoing cannot make it complete again."
    if status is Status.NOT_REPORTED and reported:
        return "Somebody has reported on this action, so it cannot become not reported again."
    return None
