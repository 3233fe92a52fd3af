"""The change feed: what a journal entry is called in it, and how old a cursor may be (API 7.1)."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from api.domain.days import london_day

KEPT_FOR = timedelta(days=400)
"""How long a system may stay away: a year between two meetings, and a month to notice that it had stopped."""

DIRECTORY = frozenset({"person", "agency", "named_group"})
"""What of the directory belongs in the feed: what a reader of a plan sees. Never an account or a token."""

_CREATES = frozenset({"created", "posted", "invited", "unmerged", "brought-back"})
_DELETES = frozenset({("person", "merged"), ("update", "withdrawn"), ("action", "removed"), ("objective", "removed")})
"""A person who was joined to another is there no more; unmerged, they are there again."""


class ChangeKind(StrEnum):
    """What happened to an object."""

    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"


def kind_of(object_type: str, verb: str) -> ChangeKind:
    """What a journal entry did. A withdrawn update is gone; a withdrawn action has that status and stays."""
    if verb in _CREATES:
        return ChangeKind.CREATED
    gone = verb == "deleted" or (object_type, verb) in _DELETES
    return ChangeKind.DELETED if gone else ChangeKind.CHANGED


def name_of(object_type: str) -> str:
    """The type of an object in the words of the API."""
    return "group" if object_type == "named_group" else object_type


def is_expired(given_on: date, next_change_at: datetime, today: date) -> bool:
    """Whether a cursor of that day has expired: the change after it is too long ago.

    A walk from the very beginning passes old changes with a cursor that was given out a moment ago; that is no absence.
    """
    oldest = today - KEPT_FOR
    return given_on < oldest and london_day(next_change_at) < oldest
