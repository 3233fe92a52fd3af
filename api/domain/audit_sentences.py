"""What an event of the audit says to people: one sentence for each kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_METHODS = {
    "password": "a password",
    "second_factor": "a password and a second factor",
    "passkey": "a passkey",
    "directory": "their agency's directory",
    "totp": "a code",
    "recovery_code": "a recovery code",
}
_LINKS = {"invitation": "invitation", "reset": "link for a new password", "email": "link for a new e-mail address"}
_EXPORTS = {
    "get_status": "the status in numbers",
    "get_actions_csv": "the actions as CSV",
    "get_actions_json": "the actions as JSON",
    "export_audit": "the audit as CSV",
}
_CODES = {"insufficient-scope": "the token has no scope for it", "forbidden": "it is not theirs to do"}


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as its sentence needs it: `actor` None for somebody unknown."""

    kind: str
    actor: str | None
    detail: Mapping[str, Any] = field(default_factory=dict)

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


def _with(event: Happened, what: str) -> str:
    method = event.said("method", _METHODS)
    return f"{event.who} {what} with {method}." if method else f"{event.who} {what}."


def _because(event: Happened, what: str) -> str:
    reason = event.said("reason")
    return f"{event.who} {what}: {reason}." if reason else f"{event.who} {what}."


def _link(event: Happened, what: str) -> str:
    name = event.said("link", _LINKS) or event.said("kind", _LINKS) or "link"
    return f"{event.who}: {'an' if name[0] in 'aeiou' else 'a'} {name} was {what}."


def _factor(event: Happened) -> str:
    what = event.said("change") or event.said("what") or event.said("factor")
    return f"{event.who} changed how they sign in: {what}." if what else f"{event.who} changed how they sign in."


def _refused(event: Happened) -> str:
    what = event.said("operation") or "something"
    why = event.said("code", _CODES)
    sentence = f"{event.who} was refused “{what}”: {why}." if why else f"{event.who} was refused “{what}”."
    more = event.detail.get("not_written")
    return f"{sentence} And {more} times more, not listed one by one." if more else sentence


def _exported(event: Happened) -> str:
    what = event.said("operation", _EXPORTS) or "data"
    # A slug is a name: it is said as it is written.
    plan = event.detail.get("plan")
    return f"{event.who} took {what} of {plan}." if plan else f"{event.who} took {what}."


def _token_used(event: Happened) -> str:
    new = " from an address not seen before" if event.detail.get("new_address") else ""
    return f"{event.who} used its token{new}."


SENTENCES: dict[str, Callable[[Happened], str]] = {
    "signed-in": lambda event: _with(event, "signed in"),
    "sign-in-failed": lambda event: _because(event, "could not sign in"),
    "signed-out": lambda event: f"{event.who} signed out.",
    "session-ended": lambda event: _because(event, "had a session ended"),
    "confirmed": lambda event: _with(event, "confirmed who they are"),
    "password-changed": lambda event: f"{event.who} has a new password.",
    "link-sent": lambda event: _link(event, "sent"),
    "link-used": lambda event: _link(event, "used"),
    "mail-failed": lambda event: _because(event, "could not be sent an e-mail"),
    "factor-changed": _factor,
    "refused": _refused,
    "exported": _exported,
    "token-used": _token_used,
}
"""Every kind of event, each with its sentence."""
