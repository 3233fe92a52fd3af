"""Whom a guess counts for: at a password or code by the device, or else the account and the address; in a session by the session (API 8.4)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g

from api.domain.accounts.sign_in_errors import LinkExpired, TooManyGuesses, Unauthenticated, WrongPartnerToken
from api.http.callers import known_devices, proof
from api.http.callers.caller_address import network
from api.http.circumstances import circumstances
from api.http.database.transaction import aside, one_select
from api.http.declare import Call
from api.http.doorway import now
from api.services.accounts import guesses
from api.services.accounts.audit import EventKind, note

# Secrets of 256 random bits, which nobody guesses. What is counted is somebody who tries all the same.
SECRETS = (WrongPartnerToken, LinkExpired)
_COUNTED_AS = {WrongPartnerToken: ("partner", "wrong tokens"), LinkExpired: ("link", "links that do not work")}


def count_sign_in(body: dict[str, Any]) -> None:
    """Count an attempt to sign in before the password is looked at. Raises TooManyGuesses."""
    instant = now()
    keys = _keys_of(body["email"], instant)
    with one_select() as connection:
        try:
            guesses.count_guess(connection, keys, instant, most())
        except TooManyGuesses as error:
            if error.first:
                note(connection, circumstances(), EventKind.SIGN_IN_FAILED, detail={"reason": "too many"})
            raise
    g.counted = keys, instant


def was_right(call: Call) -> None:
    """The attempt that was counted before was none."""
    keys, instant = g.counted
    guesses.take_off(call.work.connection, keys, instant)


def _keys_of(email: str, instant: datetime) -> list[bytes]:
    """A browser that signed in to this account before counts for itself alone; whoever else, for their address and the account."""
    mark = known_devices.find_mark(email, instant)
    if mark is not None:
        return [guesses.key_of("device", mark.hex())]
    return [*by_address("address"), guesses.key_of_account(email)]


def by_address(what: str) -> list[bytes]:
    """The key of the caller's address; none where there is no address."""
    return [guesses.key_of(what, found)] if (found := network()) else []


def count_in_session(call: Call) -> list[bytes]:
    """Count a password or code that is shown in a session, in the transaction that looks at it. Raises TooManyGuesses.

    By this session alone: no stranger can reach it, and whoever has it blocks nobody but themselves.
    """
    if call.token is None:
        raise AssertionError("only somebody who is signed in confirms who they are")
    keys = [guesses.key_of("session", call.token.session_id.hex)]
    guesses.count_guess(call.work.connection, keys, call.work.now, most(), what="attempts")
    return keys


def count_choice(call: Call, account_id: UUID) -> None:
    """Count a password that is chosen for an account, good or not: to judge it costs more than most requests. Raises TooManyGuesses.

    In the transaction that judges it, so that those of one account are judged one after the other.
    """
    keys = [guesses.key_of("choice", account_id.hex)]
    guesses.count_guess(call.work.connection, keys, call.work.now, most(), what="new passwords")


def count_wrong(wrong: LinkExpired | Unauthenticated) -> None:
    """Count a wrong token of a partner, or a link that is none, for its address. Raises TooManyGuesses.

    After it was looked at, so that a right one counts whoever else is at that address.
    """
    counted, what = next(found for kind, found in _COUNTED_AS.items() if isinstance(wrong, kind))
    with aside() as connection:
        try:
            guesses.count_guess(connection, by_address(counted), now(), most(), what=what)
        except TooManyGuesses as error:
            if error.first:
                note(connection, circumstances(), EventKind.SIGN_IN_FAILED, detail={"reason": f"too many {what}"})
            raise error from wrong


def most() -> int:
    """How many guesses in five minutes."""
    return proof.settings().limits.guesses
