"""What a route declares: its door, what it finds, its shapes. Behaviour, documentation and tests are made from this."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from marshmallow import Schema
from sqlalchemy.orm import Session

from api.domain.accounts.partners import Scope
from api.domain.plan.permissions import ACCOUNT_ROLES, Actor, Refusal, Role
from api.http.callers.tokens import Token
from api.http.messages.answers import Answer
from api.queries.access import Access
from api.services.work import Seen, Work

Door = frozenset[Role] | None
PUBLIC: Door = None
SIGNED_IN: Door = frozenset(ACCOUNT_ROLES)
MEMBERS: Door = frozenset({Role.ADMIN, Role.LEAD_OFFICER, Role.CONTRIBUTOR})
LEADS: Door = frozenset({Role.ADMIN, Role.LEAD_OFFICER})
ADMINS: Door = frozenset({Role.ADMIN})

# Why a few GETs have no ETag.
FOR_ITS_STATUS = "It is asked for its status, not for its body."
TAKEN_AWAY = "It is taken away, and each time is told to the audit: a 304 would not be."

NOBODY = Actor(None, "nobody", Role.VIEWER)
WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(slots=True)
class Call:
    """What a route's function is handed: who asks, the work, and what they had seen."""

    work: Work
    access: Access | None
    token: Token | None = None
    seen: Seen | None = None
    left_out: list[dict[str, str]] = field(default_factory=list)

    @property
    def session(self) -> Session:
        """The session of the request."""
        return self.work.session

    def through(self, session: Session) -> "Call":
        """The same call, to be read through another session."""
        return replace(self, work=replace(self.work, session=session))

    @property
    def here(self) -> Access:
        """The access of a signed-in caller."""
        if self.access is None:
            raise AssertionError("only a public route is reached without access")
        return self.access


Guard = Callable[[Call, Any], object]
"""Told the id of the path: a UUID, the number of a journal entry, or None where the path names the plan alone."""
Asked = Callable[..., Refusal | None]
"""A rule of domain.permissions."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A route as declared: the document, the access matrix and the behaviour are all made from this.

    For the document only: `problems` are statuses or codes beyond those that follow from the rest, `about` is the tag's
    description, `who` says who may where the door does not say it all, `gives` names more headers of the answer, and
    `by_refresh` says that the token is the refresh token.
    """

    method: str
    rule: str
    tag: str
    view: Callable[..., Answer]
    door: Door
    scope: Scope | None = None
    finds: str = ""
    query: type[Schema] | None = None
    body: type[Schema] | None = None
    reads_raw: bool = False
    answer: type[Schema] | None = None
    # Other shapes that it may answer with, by what it was asked about.
    or_answer: tuple[type[Schema], ...] = ()
    media: str = "application/json"
    status: int = 200
    guard: Guard | None = None
    # The rule that the use case asks about the object, where the door is not all: docs/security.md's table calls it too.
    asks: Asked | None = None
    # Done before the transaction begins, with the body; what it writes stays, whatever becomes of the request.
    before: Callable[[dict[str, Any]], None] | None = None
    if_match: str = ""
    # Shows the thing as it stands, for a 412.
    current: Callable[..., Answer] | None = None
    idempotent: bool = False
    # What the path names is there no more once this is done, so a repeat of it meets 404 and is answered as before all the same.
    takes_away: bool = False
    # Members of the answer that are given once and kept nowhere: in a replay they are null.
    shown_once: tuple[str, ...] = ()
    # Why a GET has no ETag. All others have one, so that whoever asks again can be told that nothing changed.
    no_etag: str = ""
    problems: tuple[int | str, ...] = ()
    about: str = ""
    who: str = ""
    gives: tuple[str, ...] = ()
    # A sensitive act: a password, factor or passkey was shown within ten minutes (API 8.7).
    fresh: bool = False
    # Open to somebody whose role needs a second factor and who has none yet: what is needed to set one up.
    before_factor: bool = False
    by_refresh: bool = False
    # It takes data out of the plan: each success is told to the audit (http/auditing.py).
    export: bool = False
    # A GET that writes all the same, because a browser is sent to it from another site.
    writes: bool = False

    @property
    def changes(self) -> bool:
        """Whether it runs in a transaction that is committed."""
        return self.writes or self.method in WRITING

    @property
    def conditional(self) -> bool:
        """Whether its answer has an ETag, and is a 304 to whoever has it."""
        return self.method == "GET" and self.status == HTTPStatus.OK and not self.no_etag

    @property
    def name(self) -> str:
        """The operation's id: the name of its function."""
        return self.view.__name__


@dataclass(slots=True)
class Routes:
    """The operations of one tag, and what the tag is about."""

    tag: str
    about: str = ""
    operations: list[Operation] = field(default_factory=list)

    def _add(self, method: str, rule: str, **declared: Any) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        def register(view: Callable[..., Answer]) -> Callable[..., Answer]:
            self.operations.append(Operation(method, rule, self.tag, view, about=self.about, **declared))
            return view

        return register

    def get(self, rule: str, **declared: Any) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """Declare a read."""
        return self._add("GET", rule, **declared)

    def post(self, rule: str, **declared: Any) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """Declare a write that creates or does something."""
        return self._add("POST", rule, **declared)

    def delete(self, rule: str, **declared: Any) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """Declare a write that ends something."""
        return self._add("DELETE", rule, **declared)

    def patch(self, rule: str, **declared: Any) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """Declare a write that changes some members."""
        return self._add("PATCH", rule, **declared)
