"""What an event of the audit says to people: one sentence for each kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_METHODS = {
    "password": "a password",
    "second_factor": "a password and a second factor",
    "passkey": "a passkey",
    "directory": "their agency's directory",
    "directory_second_factor": "their agency's directory and a second factor there",
    "code": "a code",
    "recovery_code": "a recovery code",
}
_LINKS = {
    "invitation": "an invitation",
    "reset": "a link for a new password",
    "email": "a link for a new e-mail address",
    "stop": "a link to stop a change of e-mail address",
    "factor": "a link to set up a second factor",
}
_REASONS = {"too many": "too many attempts"}
_EXPORTS = {
    "get_status": "the status in numbers",
    "get_actions_csv": "the actions as CSV",
    "get_actions_json": "the actions as JSON",
    "get_updates_csv": "all updates as CSV",
    "get_updates_json": "all updates as JSON",
    "export_audit": "the audit as CSV",
    "export_without_second_factor": "the list of accounts without a second factor",
    "get_person_data": "what is held about {}",
    "get_person_data_page": "what is held about {}, as a page",
    "get_my_data": "what is held about themselves",
}
_CODES = {"insufficient-scope": "the token has no scope for it", "forbidden": "it is not theirs to do"}


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as its sentence needs it.

    `actor` is who did it, None for somebody unknown; `about` is whose account it happened to, where that is somebody else's.
    """

    kind: str
    actor: str | None
    detail: Mapping[str, Any] = field(default_factory=dict)
    about: str | None = None

    @property
    def who(self) -> str:
        """Whose event it is, as a sentence begins."""
        return self.actor or "Somebody"

    def said(self, name: str, words: Mapping[str, str] | None = None) -> str:
        """What the detail says under this name, in words; nothing when it says nothing."""
        value = self.detail.get(name)
        if value in {None, "", False}:
            return ""
        return (words or {}).get(str(value)) or _in_words(value)


def say_event(event: Happened) -> str:
    """The sentence of an event."""
    found = SENTENCES.get(event.kind)
    return found(event) if found else f"{event.who}: {_in_words(event.kind)}."


def _in_words(name: object) -> str:
    return str(name).replace("_", " ").replace("-", " ")


def _signed_in(event: Happened) -> str:
    method = event.said("method", _METHODS)
    return f"{event.who} signed in with {method}." if method else f"{event.who} signed in."


def _failed(event: Happened) -> str:
    if what := event.said("what"):
        return f"{event.who} gave a wrong password or code: {what}."
    whom = f" as {event.about}" if event.about else ""
    method = event.said("method", _METHODS)
    end = f" with {method}" if method else ""
    if event.detail.get("code") is True:
        end = ": the code was wrong"
    why = event.said("reason", _REASONS) or event.said("why")
    return f"{event.who} could not sign in{whom}{end}{f': {why}' if why else ''}."


def _ended(event: Happened) -> str:
    if reason := event.said("reason"):
        return f"A session{_of(event)} was ended: {reason}."
    count = event.detail.get("sessions") or event.detail.get("ended") or 1
    return f"{event.who} ended {count} {'session' if count == 1 else 'sessions'}{_of(event)}."


def _of(event: Happened) -> str:
    return f" of {event.about}" if event.about else ""


def _confirmed(event: Happened) -> str:
    what = event.said("what", _METHODS) or event.said("method", _METHODS)
    return f"{event.who} confirmed who they are with {what}." if what else f"{event.who} confirmed who they are."


def _password(event: Happened) -> str:
    link = event.said("letter", _LINKS)
    return f"{event.who} chose a new password by {link}." if link else f"{event.who} changed their password."


def _sent(event: Happened) -> str:
    link = event.said("letter", _LINKS) or "a link"
    if event.actor and event.about:
        return f"{event.who} sent {event.about} {link}."
    return f"{link[0].upper()}{link[1:]} was sent to {event.about or event.who}."


def _used(event: Happened) -> str:
    return f"{event.who} used {event.said('letter', _LINKS) or 'a link'}."


def _mail_failed(event: Happened) -> str:
    return f"An e-mail to {event.about or event.actor or 'somebody'} could not be sent: {event.said('letter') or 'letter'}."


def _factor(event: Happened) -> str:
    if event.detail.get("removed_by_admin"):
        return f"{event.who} took away the second factor and passkeys{_of(event)}."
    what = event.said("what")
    return f"{event.who} changed how they sign in: {what}." if what else f"{event.who} changed how they sign in."


def _refused(event: Happened) -> str:
    what = event.said("operation") or "something"
    why = event.said("code", _CODES)
    sentence = f"{event.who} was refused “{what}”: {why}." if why else f"{event.who} was refused “{what}”."
    more = event.detail.get("not_written")
    return f"{sentence} And {more} times more, not listed one by one." if more else sentence


def _exported(event: Happened) -> str:
    operation = str(event.detail.get("operation") or "export")
    known = _EXPORTS.get(operation)
    what = known.format(event.about or "a person") if known else f"data (“{_in_words(operation)}”)"
    # A slug is a name: it is said as it is written.
    plan = event.detail.get("plan")
    return f"{event.who} took {what} of {plan}." if plan else f"{event.who} took {what}."


def _token_used(event: Happened) -> str:
    new = " from an address not seen before" if event.detail.get("new_address") else ""
    return f"{event.who} used its token{new}."


SENTENCES: dict[str, Callable[[Happened], str]] = {
    "signed-in": _signed_in,
    "sign-in-failed": _failed,
    "signed-out": lambda event: f"{event.who} signed out.",
    "session-ended": _ended,
    "confirmed": _confirmed,
    "password-changed": _password,
    "link-sent": _sent,
    "link-used": _used,
    "mail-failed": _mail_failed,
    "factor-changed": _factor,
    "refused": _refused,
    "exported": _exported,
    "token-used": _token_used,
}
"""Every kind of event, each with its sentence."""
