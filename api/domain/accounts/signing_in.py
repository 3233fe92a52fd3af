"""Signing in: how somebody showed who they are, what a link by e-mail is for, and when it has to be shown again (API 8)."""

from datetime import datetime, timedelta
from enum import StrEnum

FRESH_FOR = timedelta(minutes=10)
CHALLENGE_LIFE = timedelta(minutes=5)
TOTP_SETUP_LIFE = timedelta(minutes=30)
"""How long a new secret waits for its first code: long enough to find the phone and an app for it."""


class Method(StrEnum):
    """How a session was opened; PASSWORD rises to SECOND_FACTOR or PASSKEY once one was shown in it, or set up."""

    PASSWORD = "password"  # noqa: S105
    SECOND_FACTOR = "second_factor"
    PASSKEY = "passkey"
    DIRECTORY = "directory"
    DIRECTORY_SECOND_FACTOR = "directory_second_factor"


class Transport(StrEnum):
    """What carries a session's tokens: a browser's cookies, or the Authorization header of a script."""

    COOKIE = "cookie"
    BEARER = "bearer"


class LinkKind(StrEnum):
    """What a link by e-mail is for."""

    INVITATION = "invitation"
    RESET = "reset"
    EMAIL = "email"
    STOP = "stop"
    FACTOR = "factor"


class Address(StrEnum):
    """What became of an address when a change of it was stopped: it was never changed, is back, or cannot be put back."""

    KEPT = "kept"
    PUT_BACK = "put-back"
    TAKEN = "taken"


LINK_LIFE = {
    LinkKind.INVITATION: timedelta(days=7),
    LinkKind.RESET: timedelta(minutes=30),
    LinkKind.EMAIL: timedelta(days=1),
    LinkKind.STOP: timedelta(days=1),
    LinkKind.FACTOR: timedelta(minutes=30),
}
"""How long a link is good (API 8.5); a change of address waits a day, because that mailbox may be read late, and so does its stop."""
YOUNG_FOR = timedelta(days=1)
"""For so long a password that was chosen with a link by mail shows by itself whose mailbox it is."""


class Purpose(StrEnum):
    """The purpose of a challenge."""

    REGISTER = "register"
    SIGN_IN = "sign_in"
    CONFIRM = "confirm"
    DIRECTORY = "directory"
    TOTP = "totp"


def needs_mail(*, has_password: bool, method: str, mailed: datetime | None, now: datetime) -> bool:
    """Whether a first factor that a role needs wants a link by mail too: a stolen password must not be enough to set it up.

    `method` is how the session was opened; `mailed` when a mailbox was last shown, for the session or for the password.
    """
    if not has_password or method != Method.PASSWORD:
        return False
    return mailed is None or now - mailed > YOUNG_FOR


def lacks_factor(*, factor_since: datetime | None, method: str | None) -> bool:
    """Whether an account has a factor that this session has not shown: so far only the password was given."""
    return factor_since is not None and method == Method.PASSWORD


def is_fresh(authenticated_at: datetime, now: datetime) -> bool:
    """Whether it was shown lately enough for a sensitive act (API 8.7)."""
    return now - authenticated_at <= FRESH_FOR
