"""Guesses at passwords, counted in the database by all workers together (API 8.4).

A guess is counted before the password is looked at, in a transaction of its own, so that neither a wrong one nor a killed
worker uncounts it, and ten at once are ten. A right one is no guess, and is taken off again. Whether the account is there
makes no difference. The count is over after five minutes: nobody can lock somebody else out for good.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

from sqlalchemy import Connection, bindparam, case, delete, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from api.domain.sign_in_errors import TooManyGuesses
from api.models import SignInGuess

WINDOW = timedelta(minutes=5)

_NEW = insert(SignInGuess)
_OVER = SignInGuess.started_at <= _NEW.excluded.started_at - WINDOW
_COUNT = _NEW.on_conflict_do_update(
    index_elements=[SignInGuess.key],
    set_={
        "guesses": case((_OVER, 1), else_=SignInGuess.guesses + 1),
        "started_at": case((_OVER, _NEW.excluded.started_at), else_=SignInGuess.started_at),
    },
).returning(SignInGuess.guesses, SignInGuess.started_at)
_TAKE_OFF = (
    update(SignInGuess)
    .where(SignInGuess.key == bindparam("its_key"))
    .values(guesses=func.greatest(SignInGuess.guesses - 1, 0))
)


def keys_of(email: str, address: str | None, act: str = "") -> list[bytes]:
    """What a guess counts for: the account of this e-mail, there or not, and the address it comes from.

    What is no guess at a password but counted like one is another `act`.
    """
    counted = [f"account\n{email.strip().lower()}", *([f"address\n{address}"] if address else [])]
    return [sha256(f"{act}{each}".encode("utf-8", "replace")).digest() for each in counted]


def count_guess(
    connection: Connection, keys: list[bytes], now: datetime, most: int, what: str = "attempts to sign in"
) -> None:
    """Count it for each key; `connection` commits by itself. Raises TooManyGuesses over `most`. 1 statement a key."""
    for key in keys:
        row = {"key": key, "started_at": now, "guesses": 1}
        guesses, started_at = connection.execute(_COUNT, row).one()
        if guesses > most:
            left = max(1, ceil((started_at + WINDOW - now).total_seconds()))
            minutes = ceil(left / 60)
            raise TooManyGuesses(
                f"There were too many {what}. Try again in {minutes} minute{'s' if minutes > 1 else ''}.",
                left,
                guesses == most + 1,
            )


def key_of_account(email: str) -> list[bytes]:
    """What a guess counts for in a session: the account only. Whoever is signed in already blocks nobody at their address."""
    return keys_of(email, None)


def take_off(session: Session, keys: list[bytes]) -> None:
    """The password was right, so it was no guess. 1 statement a key."""
    for key in keys:
        session.connection().execute(_TAKE_OFF, {"its_key": key})


def forget_guesses(session: Session) -> None:
    """Throw away counts that are over. 1 statement."""
    session.execute(delete(SignInGuess).where(SignInGuess.started_at < func.now() - 2 * WINDOW))
