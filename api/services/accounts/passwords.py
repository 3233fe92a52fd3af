"""Passwords: 12 to 128 characters, any of them; not one that is commonly used, is known from a break-in, or is made of what anybody
would try here (API 8.3): the plan, its partnership and agencies, everybody's names, the words of the trade, times and postcodes.

How easily one is guessed is zxcvbn's estimate, which knows the common passwords, keyboard walks, dates, and the letters that
people swap for digits. It is asked twice: about all of it, and about what is left once those words are taken out, because a few of
them together look long to it.
"""

import re
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.domain.accounts.easy_words import find_one_word, left_of, read_plainly
from api.domain.errors import CallerChanged, FieldError, ValidationFailed
from api.models import Account, Agency, Plan
from api.queries.accounts.names import find_parts_of_names
from api.services.accounts.sessions import end_sessions, hasher, verify_password
from api.services.accounts.strength import count_guesses
from api.services.journal import Change, write_directory_changes
from api.services.locks import hold_account
from api.services.work import Work

PASSWORD_LENGTH = (12, 128)
# An attacker who has the hashes tries some 10^4 argon2id a second on one machine: 10^8 is hours, and more than any list.
FEWEST_GUESSES = 10**8
_WORD = re.compile(r"[^\W_]{3,}")
# How many words, of no list that we have, somebody else has in one: places, brands, teams.
_WORDS_ELSEWHERE = 10**5


def check_password(password: str, about: Iterable[str] = (), pointer: str = "/password") -> None:
    """Refuse a password that is too short, too long, or easily guessed from the words `about`. Raises ValidationFailed."""
    shortest, longest = PASSWORD_LENGTH
    if not shortest <= len(password) <= longest:
        raise _refused(pointer, "length", f"A password has {shortest} to {longest} characters.")
    words = _words(about)
    if min(count_guesses(password, words), _count_left(left_of(password, words), words)) < FEWEST_GUESSES:
        raise _refused(
            pointer,
            "guessable",
            "This password is easily guessed: it is a common one, or made of names, dates or words of the plan. "
            "Take three or four words that have nothing to do with each other, nor with you or your work.",
        )


def _count_left(left: str, words: set[str]) -> float:
    """The guesses for what is left of a password. One word takes no more than a list of words has, whatever it is."""
    counted = count_guesses(left, words)
    digits = find_one_word(left)
    return counted if digits is None else min(counted, _WORDS_ELSEWHERE * count_guesses(digits))


def judge_password(work: Work, account: Account, password: str, pointer: str = "/password") -> str:
    """Check a password for this account, and return its hash. Raises ValidationFailed. 3 SELECTs.

    It takes as long as everything else together, so it is done before anything is locked (ADR 25).
    """
    names = find_parts_of_names(work.session, read_plainly(password))
    check_password(password, [account.email, account.name, *words_of_here(work.session), *names], pointer)
    if work.is_breached(password):
        raise _refused(
            pointer,
            "breached",
            "This password is in a list of passwords that were stolen elsewhere, which are tried first. Take another.",
        )
    return hasher.hash(password)


def set_password(work: Work, account: Account, password_hash: str) -> None:
    """Give the account the password that was judged. Ending its other sessions is the caller's work."""
    account.password_hash = password_hash
    account.password_changed_at = work.now


def check_present(account: Account, current: str) -> ValidationFailed | None:
    """Return, rather than raise, the refusal of a wrong password: the counted guess has to be committed."""
    if verify_password(account.password_hash, current):
        return None
    return _refused("/current", "wrong", "This is not your present password.")


def change_password(work: Work, account_id: UUID, *, verified: str | None, new_hash: str, keep: UUID) -> Account:
    """Change one's own, and end one's other sessions. Raises CallerChanged.

    `verified`: the hash that the present password was held against, before anything was locked. Where it is not the one that
    stands, somebody chose another meanwhile, and the whole request is done again.
    """
    account = hold_account(work, account_id)
    if account.password_hash != verified:
        raise CallerChanged("The password was changed meanwhile. Try again.")
    before = {"password_changed_at": account.password_changed_at}
    set_password(work, account, new_hash)
    work.session.flush()
    end_sessions(work, account.id, keep=keep)
    after = {"password_changed_at": work.now, "of": account.name}
    write_directory_changes(work, [Change("account", account.id, "password-changed", before, after)])
    return account


def words_of_here(session: Session) -> list[str]:
    """The names of plans, partnerships and agencies. 2 SELECTs."""
    plans = session.execute(select(Plan.title, Plan.partnership, Plan.name, Plan.slug).limit(500))
    agencies = session.execute(select(Agency.name, Agency.short_name, Agency.aliases).limit(2000)).all()
    names = [text for name, short_name, aliases in agencies for text in (name, short_name, *aliases)]
    return [*(text for row in plans for text in row if text), *names]


def _words(about: Iterable[str]) -> set[str]:
    """The whole of each, its words, and its words run together, in lower case, as zxcvbn wants them."""
    texts = [text.lower() for text in about]
    words = [_WORD.findall(text) for text in texts]
    return {*texts, *("".join(each) for each in words), *(word for each in words for word in each)}


def _refused(pointer: str, code: str, detail: str) -> ValidationFailed:
    return ValidationFailed(detail, [FieldError(pointer, code, detail)])
