"""Guesses at passwords, counted in the database by all workers together (API 8.4).

A guess is counted before the password is looked at, in a transaction of its own, so that neither a wrong one nor a killed
worker uncounts it, and ten at once are ten. A right one is no guess, and is taken off again. Whether the account is there
makes no difference.

The window slides: in no five minutes, wherever they begin, are more passwords looked at than are allowed. What is refused was
not looked at, so it does not count, and nobody can keep a count full by going on.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

from sqlalchemy import Connection, delete, func, text
from sqlalchemy.orm import Session

from api.domain.accounts.sign_in_errors import TooManyGuesses
from api.models import SignInGuess

WINDOW = timedelta(minutes=5)

# `guesses` tells how many there were, refused ones too, since it was last under the limit: so the first of those can be known.
_COUNT = text("""
INSERT INTO sign_in_guess AS held (key, started_at, guesses, times)
VALUES (:key, :now, 1, ARRAY[CAST(:now AS timestamptz)])
ON CONFLICT (key) DO UPDATE SET (times, guesses, started_at) = (
    SELECT CASE WHEN counted < :most THEN recent || CAST(:now AS timestamptz) ELSE recent END,
        CASE WHEN counted < :most THEN counted ELSE greatest(held.guesses, counted) END + 1,
        coalesce(recent[1], :now)
    FROM (
        SELECT coalesce(array_agg(at ORDER BY at), '{}') AS recent, CAST(count(*) AS integer) AS counted
        FROM unnest(held.times) AS at WHERE at > :since
    ) AS kept
)
RETURNING guesses, started_at
""")
_TAKE_OFF = text("""
UPDATE sign_in_guess SET guesses = greatest(guesses - 1, 0),
    times = times[1 : array_position(times, :at) - 1] || times[array_position(times, :at) + 1 : cardinality(times)]
WHERE key = :key AND :at = ANY (times)
""")


def key_of(counted: str, whose: str) -> bytes:
    """What a guess counts for, such as ("account", "ann@example.org"): kept as a hash, so that the table names nobody."""
    return sha256(f"{counted}\n{whose}".encode("utf-8", "replace")).digest()


def key_of_account(email: str) -> bytes:
    """The account of this e-mail, there or not, however it is typed."""
    return key_of("account", email.strip().lower())


def count_guess(
    connection: Connection, keys: list[bytes], now: datetime, most: int, what: str = "attempts to sign in"
) -> None:
    """Count a guess for each key. Raises TooManyGuesses over `most`, and then counts it for none of them.

    `connection` commits by itself, or what was counted goes with the caller's transaction. 1 statement a key, and one more
    for each that came before the one that is over.
    """
    counted: list[bytes] = []
    for key in keys:
        row = {"key": key, "now": now, "since": now - WINDOW, "most": most}
        guesses, oldest = connection.execute(_COUNT, row).one()
        if guesses > most:
            take_off(connection, counted, now)
            raise _too_many(what, (oldest + WINDOW - now).total_seconds(), first=guesses == most + 1)
        counted.append(key)


def _too_many(what: str, seconds: float, *, first: bool) -> TooManyGuesses:
    left = max(1, ceil(seconds))
    minutes = ceil(left / 60)
    said = f"There were too many {what}. Try again in {minutes} minute{'s' if minutes > 1 else ''}."
    return TooManyGuesses(said, left, first)


def take_off(connection: Connection, keys: list[bytes], at: datetime) -> None:
    """Take a counted guess back: the password was right. 1 statement a key."""
    for key in keys:
        connection.execute(_TAKE_OFF, {"key": key, "at": at})


def forget_account(connection: Connection, email: str) -> None:
    """Forget an account's guesses: its owner has shown by a letter who they are. 1 statement."""
    connection.execute(delete(SignInGuess).where(SignInGuess.key == key_of_account(email)))


def forget_guesses(session: Session) -> None:
    """Delete expired counts. 1 statement."""
    session.execute(delete(SignInGuess).where(SignInGuess.started_at < func.now() - 2 * WINDOW))
