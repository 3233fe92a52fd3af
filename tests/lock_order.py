"""Which rows each transaction locks, in which order, read from the statements that it sends (ADR 25)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from threading import get_ident
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import Engine, event

from api.services.accounts import passwords

ORDER = (
    "turn of moves", "directory_revision", "account", "partner_token", "person", "plan", "numbers", "action", "objective",
    "progress_update", "plan_revision", "challenge", "passkey", "recovery_code", "account_link", "session",
)  # fmt: skip
RANK = {what: rank for rank, what in enumerate(ORDER)}
OF_ACCOUNT = frozenset({"challenge", "passkey", "recovery_code", "account_link", "session"})
"""Rows of one account, in any order for whoever holds it: nobody else has two of them."""
OTHERS = {
    "agency": "changed with the directory held only",
    "named_group": "changed with the directory held only",
    "person_merge": "changed with the directory held only",
    "people_apart": "changed with the directory held only",
    "place": "changed with its action held only",
    "date_entry": "changed with its action held only",
    "update_wording": "changed with its action held only",
    "idempotency_key": "a repeat waits for its twin, which waits for nobody who waits for the repeat",
    "sign_in_guess": "a count: waited for in a transaction of its own, or by one session or account that holds nothing yet, or last",
    "audit_event": "only ever added to",
}
"""What else is changed, and why it needs no place in the order."""

_LOCKS = re.compile(
    r"pg_(?:try_)?advisory_xact_lock\((?P<numbers>hashtextextended)?"
    r"|(?<!KEY )\bUPDATE (?P<changed>(?!SET\b)\w+)"
    r"|\bDELETE FROM (?P<gone>\w+)"
)
_SELECTED = re.compile(r"\bFROM (\w+)")


@lru_cache(4096)
def locks_of(statement: str) -> tuple[str, ...]:
    """What a statement locks, in the order in which it says so."""
    found = []
    for each in _LOCKS.finditer(statement):
        advisory = "numbers" if each["numbers"] else "turn of moves"
        found.append(each["changed"] or each["gone"] or advisory)
    if "FOR NO KEY UPDATE" in statement:
        found.append(_SELECTED.findall(statement)[0])
    return tuple(dict.fromkeys(found))


@dataclass
class Watch:
    """The transactions that were seen: what each locked, by first touch; and what was wrong with one."""

    seen: list[list[str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def note(self, held: list[str], statement: str) -> None:
        if re.search(r"\bFOR UPDATE\b", statement):
            self.wrong.append(f"FOR UPDATE, which whoever checks a foreign key waits for: {statement}")
        new = [each for each in locks_of(statement) if each not in held]
        if len(new) > 1 and "plan_revision" in new:
            # One statement that raises a counter takes it before anything else that it changes.
            new = ["plan_revision", *(each for each in new if each != "plan_revision")]
        for each in new:
            self._check(held, each)
            held.append(each)

    def _check(self, held: list[str], what: str) -> None:
        if what in OTHERS:
            return
        if what not in RANK:
            self.wrong.append(f"{what} has no place in the order")
            return
        own = OF_ACCOUNT if what in OF_ACCOUNT and "account" in held else frozenset()
        later = [each for each in held if RANK.get(each, -1) > RANK[what] and each not in own]
        if later:
            self.wrong.append(f"{what} is locked after {', '.join(later)}")


SLOW = ((PasswordHasher, "hash"), (PasswordHasher, "verify"), (passwords, "check_password"))
"""What takes a tenth of a second or more: nobody may wait for who does it."""


def _wrapped(slow: Any, watch: Watch, of_thread: dict[int, list[str]]) -> Any:
    @wraps(slow)
    def seen(*args: Any, **named: Any) -> Any:
        held = [each for each in of_thread.get(get_ident(), []) if each not in OTHERS]
        if held:
            watch.wrong.append(f"{slow.__name__} of a password while {', '.join(held)} is locked")
        return slow(*args, **named)

    return seen


@contextmanager
def _watching_passwords(watch: Watch, of_thread: dict[int, list[str]]) -> Iterator[None]:
    """Note when a password is judged, hashed or verified with anything locked that somebody else could wait for."""
    before = [(where, name, getattr(where, name)) for where, name in SLOW]
    for where, name, slow in before:
        setattr(where, name, _wrapped(slow, watch, of_thread))
    try:
        yield
    finally:
        for where, name, slow in before:
            setattr(where, name, slow)


@contextmanager
def watching() -> Iterator[Watch]:
    """Watch every transaction of the web role meanwhile; a migration has the tables to itself."""
    watch, open_ones, of_thread = Watch(), dict[int, list[str]](), dict[int, list[str]]()

    def begin(connection: Any) -> None:
        if connection.engine.url.username == "plan_web":
            open_ones[id(connection)] = of_thread[get_ident()] = []

    def end(connection: Any) -> None:
        held = open_ones.pop(id(connection), [])
        of_thread.pop(get_ident(), None)
        if held:
            watch.seen.append(held)

    def sent(connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if id(connection) in open_ones:
            watch.note(open_ones[id(connection)], statement)

    told = {"begin": begin, "commit": end, "rollback": end, "before_cursor_execute": sent}
    for name, listener in told.items():
        event.listen(Engine, name, listener)
    try:
        with _watching_passwords(watch, of_thread):
            yield watch
    finally:
        for name, listener in told.items():
            event.remove(Engine, name, listener)
