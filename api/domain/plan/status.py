"""Status: a fact about the work, and the moves between facts (DOMAIN: "Status and rating are two things")."""

from datetime import date, timedelta
from enum import StrEnum


class Status(StrEnum):
    """The nine facts an action can be in."""

    NOT_REPORTED = "not_reported"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DELIVERED = "delivered"
    COMPLETE = "complete"
    ON_HOLD = "on_hold"
    BUSINESS_AS_USUAL = "business_as_usual"
    CARRIED_FORWARD = "carried_forward"
    WITHDRAWN = "withdrawn"


WORDS = {
    Status.NOT_REPORTED: "Not reported",
    Status.NOT_STARTED: "Not started",
    Status.IN_PROGRESS: "In progress",
    Status.DELIVERED: "Delivered",
    Status.COMPLETE: "Complete",
    Status.ON_HOLD: "On hold",
    Status.BUSINESS_AS_USUAL: "Business as usual",
    Status.CARRIED_FORWARD: "Carried forward",
    Status.WITHDRAWN: "Withdrawn",
}

UNTOUCHED = frozenset({Status.NOT_REPORTED, Status.NOT_STARTED})
OPEN = UNTOUCHED | {Status.IN_PROGRESS, Status.ON_HOLD}
DONE = frozenset({Status.DELIVERED, Status.COMPLETE})
SET_ASIDE = frozenset({Status.BUSINESS_AS_USUAL, Status.CARRIED_FORWARD, Status.WITHDRAWN})
CLOSED = SET_ASIDE | {Status.COMPLETE}

_WORKING = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS, Status.DELIVERED, Status.ON_HOLD}) | SET_ASIDE
_REOPENED = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS})

# The moves a lead officer or admin may make with a reason. `complete` is reached by signing off only, and
# nothing goes back to `not_reported`: once somebody has reported, the plan cannot say that nobody did.
MOVES: dict[Status, frozenset[Status]] = {
    **{status: _WORKING - {status} for status in OPEN},
    Status.DELIVERED: frozenset({Status.IN_PROGRESS, Status.ON_HOLD}) | SET_ASIDE,
    **dict.fromkeys(CLOSED, _REOPENED),
}


def may_move(current: Status, wanted: Status) -> bool:
    """Whether a lead officer or admin may set `wanted` on an action that is `current`."""
    return wanted in MOVES[current]


def moves_from(current: Status) -> list[Status]:
    """The statuses a lead officer or admin may set from here, in the order of the nine."""
    return [status for status in Status if status in MOVES[current]]


def after_update(current: Status, *, claims_delivered: bool) -> Status:
    """The status after a progress update: a claim delivers, a first word starts."""
    if claims_delivered:
        return Status.DELIVERED
    return Status.IN_PROGRESS if current in UNTOUCHED else current


def needs_update(status: Status, last_posted_on: date | None, today: date, every_days: int) -> bool:
    """Whether an open action has had no update within the plan's cycle of `every_days` days."""
    if status not in OPEN:
        return False
    return last_posted_on is None or last_posted_on < today - timedelta(days=every_days)
