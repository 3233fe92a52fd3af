"""Passwords: 12 to 128 characters, any of them; not one that is commonly used, nor made of the plan's words or the e-mail (API 8.3).

How easily one is guessed is zxcvbn's estimate, which knows the common passwords, keyboard walks, dates, and the letters that
people swap for digits.
"""

import re
from collections.abc import Iterable
from importlib import import_module
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.domain.errors import FieldError, ValidationFailed
from api.models import Account, Plan
from api.services.journal import Change, record_of_directory
from api.services.sessions import end_sessions, hasher, verify_password
from api.services.work import Work

PASSWORD_LENGTH = (12, 128)
# Its time grows with the square of the length; what comes after this many characters can only add to the guesses.
LOOKED_AT = 64
# An attacker who has the hashes tries some 10^4 argon2id a second on one machine: 10^8 is hours, and more than any list.
FEWEST_GUESSES = 10**8
_WORD = re.compile(r"[^\W_]{3,}")


def check_password(password: str, about: Iterable[str] = (), pointer: str = "/password") -> None:
    """Refuse one that is too short, too long or easily guessed by who knows `about`. Raises ValidationFailed."""
    shortest, longest = PASSWORD_LENGTH
    if not shortest <= len(password) <= longest:
        raise _refused(pointer, "length", f"A password has {shortest} to {longest} characters.")
    if _guesses(password, about) < FEWEST_GUESSES:
        raise _refused(
            pointer,
            "guessable",
            "This password is easily guessed: it is a common one, or made of names, dates or words of the plan. "
            "Take three or four words that have nothing to do with each other.",
        )


def _guesses(password: str, about: Iterable[str]) -> float:
    # Imported here: it reads its lists into memory, and few requests set a password.
    zxcvbn = import_module("zxcvbn").zxcvbn
    return float(zxcvbn(password[:LOOKED_AT], user_inputs=sorted(_words(about)), max_length=LOOKED_AT)["guesses"])


def set_password(work: Work, account: Account, password: str, pointer: str = "/password") -> None:
    """Give the account this password. Raises ValidationFailed. Ending its other sessions is the caller's work."""
    check_password(password, [account.email, account.name, *words_of_plans(work.session)], pointer)
    account.password_hash = hasher.hash(password)
    account.password_changed_at = work.now


def change_password(work: Work, account: Account, *, current: str, new: str, keep: UUID) -> ValidationFailed | None:
    """Change one's own, and end one's other sessions; or say, not raise, that the present one is wrong. Raises ValidationFailed."""
    if not verify_password(account.password_hash, current):
        return _refused("/current", "wrong", "This is not your present password.")
    before = {"password_changed_at": account.password_changed_at}
    set_password(work, account, new, "/new")
    work.session.flush()
    end_sessions(work, account.id, keep=keep)
    after = {"password_changed_at": work.now, "of": account.name}
    record_of_directory(work, [Change("account", account.id, "password-changed", before, after)])
    return None


def words_of_plans(session: Session) -> list[str]:
    """What the plans are called, and by whom. 1 SELECT."""
    rows = session.execute(select(Plan.title, Plan.partnership, Plan.name, Plan.slug).limit(500))
    return [text for row in rows for text in row if text]


def _words(about: Iterable[str]) -> set[str]:
    """The whole of each, its words, and its words run together, in lower case, as zxcvbn wants them."""
    texts = [text.lower() for text in about]
    words = [_WORD.findall(text) for text in texts]
    return {*texts, *("".join(each) for each in words), *(word for each in words for word in each)}


def _refused(pointer: str, code: str, detail: str) -> ValidationFailed:
    return ValidationFailed(detail, [FieldError(pointer, code, detail)])
