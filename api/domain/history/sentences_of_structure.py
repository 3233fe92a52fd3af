"""What a journal entry about the structure of a plan says: actions and objectives added, numbered, removed, brought back."""

from api.domain.history.telling import Sayer, Told, changed_fields, end
from api.domain.text import join_names


def _called(told: Told) -> str:
    """What it is, with the number it had before or has after."""
    number = told.before.get("number") or told.after.get("number")
    return f"{told.object_type} {number}" if number else f"the {told.object_type}"


def _created(told: Told) -> str:
    if "number" not in told.after:
        number = told.after.get("position") if told.object_type == "objective" else None
        return f"{told.who} added {f'objective {number}' if number else f'the {told.object_type}'}."
    return f"{told.who} added {told.object_type} {told.after['number']} to the plan."


def _renumbered(told: Told) -> str:
    was, now = told.before.get("number"), told.after.get("number")
    begins = (
        f"{told.who} undid a renumbering" if told.undoes else f"{told.who} gave the {told.object_type} another number"
    )
    return end(f"{begins}: it is {now} now. It was {was} until then", told.reason)


def _moved(told: Told) -> str:
    was, now = told.before.get("number"), told.after.get("number")
    begins = "undid a move: the action is" if told.undoes else "moved the action to another objective: it is"
    return end(f"{told.who} {begins} {now} now. It was {was} until then", told.reason)


def _removed(told: Told) -> str:
    return end(f"{told.who} removed {_called(told)} from the plan", told.reason)


def _brought_back(told: Told) -> str:
    return end(f"{told.who} brought {told.object_type} {told.after.get('number')} back into the plan", told.reason)


def _changed(told: Told) -> str:
    fields = join_names(changed_fields(told.object_type, told.before))
    does = "undid a change of" if told.undoes else "changed"
    return end(f"{told.who} {does} {fields} of the {told.object_type}", told.reason)


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
    ("objective", "redacted"): lambda told: end(f"{told.who} removed words from the objective", told.reason),
}
