"""Signing in: how somebody showed who they are, what a link by e-mail is for, and when it has to be shown again (API 8)."""

from datetime import datetime, timedelta
from enum import StrEnum

FRESH_FOR = timedelta(minutes=10)
CHALLENGE_LIFE = timedelta(minutes=5)
TOTP_SETUP_LIFE = timedelta(minutes=30)
"""How long a new secret waits for its first code: long enough to find the phone and an app for it."""


class Method(StrEnum):
    """How a session was opened."""

    PASSWORD = "password"  # noqa: S105
    SECOND_FACTOR = "second_factor"
    PASSKEY = "passkey"
    DIRECTORY = "directory"


class Transport(StrEnum):
    """What carries a session's tokens: a browser's cookies, or the Authorization header of a script."""

    COOKIE = "cookie"
    BEARER = "bearer"


class LinkKind(StrEnum):
    """What a link by e-mail is for."""

    INVITATION = "invitation"
    RESET = "reset"
    EMAIL = "email"


LINK_LIFE = {
    LinkKind.INVITATION: timedelta(days=7),
    LinkKind.RESET: timedelta(minutes=30),
    LinkKind.EMAIL: timedelta(days=1),
}
"""How long a link is good (API 8.5); a change of address waits a day, because that mailbox may be read late."""


class Purpose(StrEnum):
    """What a challenge was given out for."""

    REGISTER = "register"
    SIGN_IN = "sign_in"
    CONFIRM = "confirm"
    DIRECTORY = "directory"
    TOTP = "totp"


def is_fresh(authenticated_at: datetime, now: datetime) -> bool:
    """Whether it was shown lately enough for a sensitive act (API 8.7)."""
    return now - authenticated_at <= FRESH_FOR
