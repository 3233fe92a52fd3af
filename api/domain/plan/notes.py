"""Questions that the plan leaves open: notes of a plan or an action, asked by the seed or by hand, settled with an answer."""

from typing import Any

BY_HAND = "question"
"""The code of a note that somebody added."""

MOST = 100
Notes = list[dict[str, Any]]
"""As they are stored: code, text, and `for` (admin or lead) where somebody in particular should settle it."""


def find(notes: Notes, code: str, text: str) -> dict[str, Any] | None:
    """The note of this code and these words; None when it is not on the list."""
    return next((note for note in notes if (note["code"], note["text"]) == (code, text)), None)


def without(notes: Notes, gone: dict[str, Any]) -> Notes:
    """The list without this note."""
    return [note for note in notes if (note["code"], note["text"]) != (gone["code"], gone["text"])]


def said_in(after: dict[str, Any]) -> dict[str, Any]:
    """The note that a journal entry speaks of."""
    return {"code": after["code"], "text": after["note"], **({"for": after["for"]} if after.get("for") else {})}


def put_back(notes: Notes, before: Notes, note: dict[str, Any]) -> Notes:
    """The list with a settled note back in its old place, as far as the notes before it are still there."""
    place = next((at for at, each in enumerate(before) if each == note), len(notes))
    return [*notes[:place], note, *notes[place:]]
