"""The letters: plain and short, as text and as HTML, with nothing in them but names, the service and a link (API 8.5)."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from html import escape

_UNEXPECTED = "If you did not expect this, leave it: nothing happens without the link."
_BY_MACHINE = "A machine sent this; nobody reads answers to it."
_NOT_YOU = "If that was not you, tell your partnership's business manager now."


@dataclass(frozen=True, slots=True)
class To:
    """Whom a letter is for, and which service it is about. `name` is what they are called, `service` the partnership's name."""

    email: str
    name: str
    service: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter before it is a message: paragraphs, of which one may be a link."""

    to: To
    subject: str
    paragraphs: tuple[str, ...]
    link: str | None = None


def invitation(to: To, by: str, link: str, until: str) -> Letter:
    """To somebody who is to have an account. `until` is a day in words."""
    first = f"{by} has invited you to the action plan of {to.service}. Choose a password with this link:"
    last = f"It works once, until {until}. {_UNEXPECTED}"
    return Letter(to, f"Your invitation to {to.service}", (first, last), link)


def reset(to: To, link: str) -> Letter:
    """To somebody who has forgotten their password."""
    first = f"Choose a new password for {to.service} with this link:"
    last = f"It works once, for 30 minutes. {_UNEXPECTED} Your password stays as it is."
    return Letter(to, f"A new password for {to.service}", (first, last), link)


def new_address(to: To, link: str) -> Letter:
    """To the address that somebody wants to sign in with from now on."""
    first = f"Confirm with this link that you want to sign in to {to.service} with this e-mail address:"
    return Letter(
        to, f"Confirm your e-mail address for {to.service}", (first, f"It works once, for a day. {_UNEXPECTED}"), link
    )


def address_asked(to: To, link: str) -> Letter:
    """To the address that somebody signs in with, while another is asked for. The new one is not told."""
    first = (
        f"Somebody who is signed in to your account of {to.service} has asked to sign in with another e-mail address from "
        "now on. If that was you, there is nothing to do here. If it was not, stop it with this link:"
    )
    last = (
        "It works once, for a day, also after the address was changed: then it puts this one back. It signs your account out "
        "everywhere. Then choose a new password."
    )
    return Letter(to, f"Somebody asked to change your e-mail address for {to.service}", (first, last), link)


def first_factor(to: To, link: str) -> Letter:
    """To somebody who sets up their first second factor long after their password."""
    first = f"Set up the second step of signing in to {to.service} with this link, in the browser in which you are signed in:"
    last = f"It works once, for 30 minutes. If you did not ask for it, somebody may know your password: choose a new one. {_NOT_YOU}"
    return Letter(to, f"Set up how you sign in to {to.service}", (first, last), link)


def factor_changed(to: To, what: str) -> Letter:
    """To somebody of whose factors one was added or taken away. `what` is a sentence."""
    return Letter(to, f"How you sign in to {to.service} was changed", (f"{what} This is about {to.service}.", _NOT_YOU))


def address_changed(to: To) -> Letter:
    """To the address that somebody signed in with until now. The new one is not told."""
    first = (
        f"The e-mail address with which you sign in to {to.service} was changed. This one no longer counts. If that was not you, "
        "open the link in the letter before this one: for a day it puts this address back."
    )
    return Letter(to, f"Your e-mail address for {to.service} was changed", (first, _NOT_YOU))


def address_put_back(to: To) -> Letter:
    """To the address that somebody signed in with, until the one before it stopped the change."""
    first = (
        f"The change of the e-mail address with which you sign in to {to.service} was stopped from the address that you had before, "
        "which counts again. This one no longer does, and your account was signed out everywhere."
    )
    return Letter(to, f"Your e-mail address for {to.service} was put back", (first, _NOT_YOU))


def password_changed(to: To) -> Letter:
    """To somebody whose password was changed or reset."""
    first = f"Your password for {to.service} was changed, and you were signed out everywhere else."
    return Letter(to, f"Your password for {to.service} was changed", (first, _NOT_YOU))


def write(letter: Letter, sender: str, at: datetime) -> EmailMessage:
    """The message. Line ends in names become spaces. Raises ValueError for an address that no mail can go to."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = letter.to.email
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip("> ") or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    text, page = _as_text(letter), _as_html(letter)
    # As it is where it can be: in quoted-printable a link is cut in two, and the outbox is read by people.
    message.set_content(text, cte="7bit" if text.isascii() else None)
    message.add_alternative(page, subtype="html", cte="7bit" if page.isascii() else None)
    return message


def _lines(letter: Letter) -> list[str]:
    """What it says, a paragraph each; the link is one of them, so that any program of mail finds all of it."""
    first, *rest = letter.paragraphs
    link = [letter.link] if letter.link else []
    return [f"Hello {_one_line(letter.to.name)},", _one_line(first), *link, *map(_one_line, rest), _BY_MACHINE]


def _as_text(letter: Letter) -> str:
    return "\n\n".join(_lines(letter)) + "\n"


def _as_html(letter: Letter) -> str:
    paragraphs = "".join(
        f"<p>{_as_link(line) if line == letter.link else escape(line)}</p>\n" for line in _lines(letter)
    )
    title = escape(_one_line(letter.subject))
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><title>{title}</title></head><body>\n{paragraphs}</body></html>\n'
    )


def _as_link(address: str) -> str:
    return f'<a href="{escape(address)}">{escape(address)}</a>'


def _one_line(text: str) -> str:
    return " ".join(text.split())
