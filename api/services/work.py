"""What every use case is handed: the session, who asks, and when it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from api.domain.errors import Forbidden
from api.domain.plan.permissions import Actor, Refusal


def _is_known() -> None:
    """Nobody signed in for this work, so nobody can have been signed out."""


def _is_in_no_list(_password: str) -> bool:
    """There is no list of breached passwords to look into."""
    return False


@dataclass(frozen=True, slots=True)
class Work:
    """One unit of work: its transaction, its actor, its instant and London day, and the id of the request.

    `ask_again` raises when the actor may no longer come in, or is not what they were; for work that had to wait.
    `case_data`: what its words looked like, where the actor said that they are not about a child or family. `is_breached` looks
    into the list of breached passwords, where there is one.
    """

    session: Session
    actor: Actor
    now: datetime
    today: date
    request_id: str
    ask_again: Callable[[], None] = _is_known
    case_data: tuple[str, ...] = ()
    is_breached: Callable[[str], bool] = _is_in_no_list

    @property
    def connection(self) -> Connection:
        """The session's connection: a statement that makes no objects costs half of what it does through the session.

        Nothing is flushed before it; flush what it must see.
        """
        return self.session.connection()


@dataclass(frozen=True, slots=True)
class Seen:
    """What the caller had read when they began to write (their If-Match); None where it said nothing of it.

    `directory`: the directory's revision when they read a person, an agency or a group. `plan`: the plan's revision when
    they read its document.
    """

    revision: int | None
    version: int | None
    updates_count: int | None
    known: bool = True
    directory: int | None = None
    plan: int | None = None


NOT_OF_THIS = "If-Match is not the ETag of this as you read it. Read it, then try again; a weak one (W/) never holds."


def raise_if_refused(refusal: Refusal | None) -> None:
    """Raise Forbidden for a refusal."""
    if refusal is not None:
        raise Forbidden(refusal.detail, refusal.who_can)
