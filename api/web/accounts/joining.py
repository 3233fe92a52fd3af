"""What the routes for links by e-mail answer: invitations, resets, changes of address, a first factor. Most of them to nobody in particular."""

from collections.abc import Callable
from typing import Any

from flask import Response, current_app
from sqlalchemy import Connection
from sqlalchemy.orm import Session as OrmSession

from api.domain.accounts.signing_in import LinkKind
from api.domain.days import london_day
from api.domain.errors import ValidationFailed
from api.http import guessing
from api.http.callers import known_devices
from api.http.circumstances import circumstances, note_about
from api.http.database.background import later
from api.http.database.transaction import one_select, write
from api.http.declare import NOBODY, Call
from api.http.doorway import now
from api.http.messages.answers import Answer, refused
from api.mail import compose
from api.models import Account
from api.queries.plan.plans import find_service_name
from api.services.accounts import guesses, joining
from api.services.accounts.audit import EventKind
from api.services.accounts.joining import Linked
from api.services.accounts.links import look_at_link
from api.services.accounts.passwords import judge_password
from api.services.work import Work
from api.web.accounts import mailing
from api.web.accounts.signing_in import session_id

# Letters to one address in five minutes, whoever asks for them: nobody's mailbox is filled from here.
MOST_LETTERS = 3
_ON_ITS_WAY = "If there is an account with this address, a letter is on its way to it. Look into the mailbox."
_CONFIRM = "A letter is on its way to the new address. Open the link in it."
_TO_YOU = "A letter is on its way to your mailbox. Open the link in it in this browser. If none comes, ask your business manager for the link."


def count_letter(body: dict[str, Any]) -> None:
    """Count what would send a letter, for its address and the caller's, there or not. Raises TooManyRequests."""
    with one_select() as connection:
        _count(connection, guessing.by_address("letter from"), guessing.most())
        _count(connection, [_letter_to(body["email"])], MOST_LETTERS)


def _letter_to(whom: str) -> bytes:
    return guesses.key_of("letter", whom.strip().lower())


def _count(connection: Connection, keys: list[bytes], most: int) -> None:
    guesses.count_guess(connection, keys, now(), most, what="requests for a letter")


def show_invitation(call: Call, *, token: str) -> Answer:
    """Whom an invitation is for."""
    account = look_at_link(call.session, LinkKind.INVITATION, token, call.work.now)
    body = {"name": account.name, "email": account.email, "service": find_service_name(call.session)}
    return Answer(body, private=True)


def accept_invitation(call: Call, *, token: str, password: str) -> Answer:
    """Choose the first password."""
    account = _choose(call, LinkKind.INVITATION, token, password)
    if isinstance(account, ValidationFailed):
        return refused(account)
    _note_use(call, account, LinkKind.INVITATION, password=True)
    return Answer(status=204, private=True, finish=_know_browser(call, account))


def _choose(call: Call, kind: LinkKind, token: str, password: str) -> Account | ValidationFailed:
    """The account with its new password; or why it may not be this one, and the try is counted. Raises LinkExpired, TooManyGuesses.

    The link is looked at without using it and the password judged before the account is locked; then it is looked at again.
    """
    owner = look_at_link(call.session, kind, token, call.work.now)
    guessing.count_choice(call, owner.id)
    try:
        chosen = judge_password(call.work, owner, password)
    except ValidationFailed as why:
        return why
    return joining.choose_password(call.work, kind, token, chosen)


def _know_browser(call: Call, account: Account) -> Callable[[Response], None]:
    """Whoever opened the letter signs in next, here, however many strangers guess meanwhile."""
    email, instant = account.email, call.work.now
    return lambda response: known_devices.remember(response, email, instant)


def reset_password(call: Call, *, token: str, password: str) -> Answer:
    """Choose a new password, and tell its owner that it was changed. What was guessed at the old one counts no more."""
    account = _choose(call, LinkKind.RESET, token, password)
    if isinstance(account, ValidationFailed):
        return refused(account)
    guesses.forget_account(call.work.connection, account.email)
    _note_use(call, account, LinkKind.RESET, password=True)
    letter = compose.password_changed(mailing.to(call.session, account.email, account.name))
    told = mailing.notice(account, letter, "password-changed")
    return Answer(status=204, private=True, after_commit=told, finish=_know_browser(call, account))


def change_email(call: Call, *, token: str) -> Answer:
    """Sign in with the new address from now on, and tell the old one."""
    account, old = joining.change_email(call.work, token)
    _note_use(call, account, LinkKind.EMAIL)
    letter = compose.address_changed(mailing.to(call.session, old, account.name))
    return Answer(status=204, private=True, after_commit=mailing.notice(account, letter, "address-changed"))


def stop_new_email(call: Call, *, token: str) -> Answer:
    """Stop what was asked for in somebody's name, and end the session that asked. An address that came meanwhile is told that it went."""
    stopped = joining.stop_new_email(call.work, token)
    account = stopped.account
    _note_use(call, account, LinkKind.STOP)
    note_about(call, account, EventKind.SESSION_ENDED, {"sessions": stopped.sessions})
    answer = Answer({"address": stopped.address.value}, private=True)
    if stopped.gone is not None:
        letter = compose.address_put_back(mailing.to(call.session, stopped.gone, account.name))
        answer.after_commit = mailing.notice(account, letter, "address-changed")
    return answer


def ask_for_reset(_call: Call, *, email: str) -> Answer:
    """The same at once for everybody: whether there is such an account is looked up after the answer."""
    _letters_later(lambda work: joining.ask_for_reset(work, email))
    return Answer({"detail": _ON_ITS_WAY}, 202, private=True)


def ask_for_new_email(call: Call, *, email: str) -> Answer:
    """The same at once, whether or not the address is somebody's already."""
    account_id, asking = call.here.id, session_id(call)
    _count(call.work.connection, [_letter_to(email), _letter_to(str(account_id))], MOST_LETTERS)
    _letters_later(lambda work: joining.ask_for_new_email(work, account_id, asking, email))
    return Answer({"detail": _CONFIRM}, 202, private=True)


def ask_for_first_factor(call: Call) -> Answer:
    """Send the link that shows whose mailbox it is; the same at once, whether or not anything asks for it."""
    account_id, asking = call.here.id, session_id(call)
    _count(call.work.connection, [_letter_to(str(account_id))], MOST_LETTERS)
    _letters_later(lambda work: joining.ask_for_first_factor(work, account_id, asking))
    return Answer({"detail": _TO_YOU}, 202, private=True)


def show_mailbox(call: Call, *, token: str) -> Answer:
    """Note in this session that its person has opened what was sent to their mailbox."""
    account = joining.show_mailbox(call.work, call.here.id, session_id(call), token)
    _note_use(call, account, LinkKind.FACTOR)
    return Answer(status=204, private=True)


def _letters_later(make: Callable[[Work], list[Linked]]) -> None:
    """Make links in a transaction of its own, after the answer, and send them."""
    around, base = circumstances(), mailing.base_url(current_app.extensions["plan_settings"])

    def ready(session: OrmSession) -> list[mailing.Posting]:
        instant = now()
        work = Work(session, NOBODY, instant, london_day(instant), around.request_id)
        return [_posting(session, base, each) for each in make(work)]

    def job() -> None:
        for posting in write(ready):
            mailing.send(posting, around)

    later(job)


def _posting(session: OrmSession, base: str, linked: Linked) -> mailing.Posting:
    account, link = linked.account, linked.link
    whom = mailing.to(session, link.new_email or account.email, account.name)
    letter = mailing.letter_with(linked, whom, mailing.write_link(base, linked), link.made_by_name)
    return mailing.Posting(letter, link.kind, account.id, account.id, account.name)


def _note_use(call: Call, account: Account, kind: LinkKind, *, password: bool = False) -> None:
    kinds = [EventKind.LINK_USED, *([EventKind.PASSWORD_CHANGED] if password else [])]
    for each in kinds:
        note_about(call, account, each, {"letter": kind})
