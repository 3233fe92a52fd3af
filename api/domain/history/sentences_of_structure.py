"""What a journal entry about the structure of a plan says: actions and objectives added, numbered, removed, brought back."""

from api.domain.history.shown_entry import Sayer, ShownEntry, changed_fields, end
from api.domain.text import join_names


def _called(entry: ShownEntry) -> str:
    """What it is, with the number it had before or has after."""
    number = entry.before.get("number") or entry.after.get("number")
    return f"{entry.object_type} {number}" if number else f"the {entry.object_type}"


def _created(entry: ShownEntry) -> str:
    if "number" not in entry.after:
        number = entry.after.get("position") if entry.object_type == "objective" else None
        return f"{entry.who} added {f'objective {number}' if number else f'the {entry.object_type}'}."
    return f"{entry.who} added {entry.object_type} {entry.after['number']} to the plan."


def _renumbered(entry: ShownEntry) -> str:
    was, now = entry.before.get("number"), entry.after.get("number")
    begins = (
        f"{entry.who} undid a renumbering"
        if entry.undoes
        else f"{entry.who} gave the {entry.object_type} another number"
    )
    return end(f"{begins}: it is {now} now. It was {was} until then", entry.reason)


def _moved(entry: ShownEntry) -> str:
    was, now = entry.before.get("number"), entry.after.get("number")
    begins = "undid a move: the action is" if entry.undoes else "moved the action to another objective: it is"
    return end(f"{entry.who} {begins} {now} now. It was {was} until then", entry.reason)


def _removed(entry: ShownEntry) -> str:
    return end(f"{entry.who} removed {_called(entry)} from the plan", entry.reason)


def _brought_back(entry: ShownEntry) -> str:
    return end(f"{entry.who} brought {entry.object_type} {entry.after.get('number')} back into the plan", entry.reason)


def _changed(entry: ShownEntry) -> str:
    fields = join_names(changed_fields(entry.object_type, entry.before))
    does = "undid a change of" if entry.undoes else "changed"
    return end(f"{entry.who} {does} {fields} of the {entry.object_type}", entry.reason)


OF_STRUCTURE: dict[tuple[str, str], Sayer] = {
    ("action", "created"): _created,
    ("objective", "created"): _created,
    ("action", "renumbered"): _renumbered,
    ("objective", "renumbered"): _renumbered,
    ("action", "moved"): _moved,
    ("action", "removed"): _removed,
    ("objective", "removed"): _removed,
    ("action", "brought-back"): _brought_back,
    ("objective", "brought-back"): _brought_back,
    ("objective", "changed"): _changed,
    ("action", "changed"): _changed,
    ("objective", "redacted"): lambda entry: end(f"{entry.who} removed words from the objective", entry.reason),
}
