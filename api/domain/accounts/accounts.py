"""Accounts: their states between invitation and end."""

from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """Whether an account can sign in: not yet, yes, not any more."""

    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


class Concern(StrEnum):
    """A reason to look at an account: its person has left and it is not disabled; or it is used and has no second factor."""

    LEFT = "left"
    NO_FACTOR = "no_factor"


def state_of(*, disabled_at: datetime | None, can_show: bool) -> State:
    """The state of an account. `can_show`: it has a password, a passkey or a name in its agency's directory to show."""
    if disabled_at is not None:
        return State.DISABLED
    return State.ACTIVE if can_show else State.INVITED
