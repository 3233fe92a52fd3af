"""Who is asking, and may they come in: 401 for no live session, 403 for a role or token that may not, 404 for no such thing.

People come with a session's token and are let in by role; partners' systems come with their own and are let in by scope.
What is allowed with the one action asked about is decided later, by the use case.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NoReturn
from uuid import UUID

from flask import current_app
from sqlalchemy import Connection

from api.domain.accounts.partners import PartnerSecret
from api.domain.accounts.sign_in_errors import (
    ConfirmationNeeded,
    InsufficientScope,
    SecondFactorNeeded,
    SessionRevoked,
    WrongPartnerToken,
)
from api.domain.accounts.signing_in import is_fresh, lacks_factor
from api.domain.days import london_day
from api.domain.errors import CallerChanged, Forbidden, NotFound
from api.domain.plan.permissions import Actor, Role
from api.http import limits, shapes
from api.http.callers import tokens
from api.http.database.transaction import session as own_session
from api.http.declare import NOBODY, WRITING, Call, Operation
from api.http.messages.envelope import name_caller, request_id
from api.http.origins import check_origin
from api.queries.access import Access, find_access, find_partner_access, note_use
from api.schemas.fields import is_id
from api.services.work import Work

_SLUG = re.compile(r"[a-z0-9-]{1,200}")
_CONFIRM = "Confirm that it is you: send a code or a passkey to /auth/confirm, or your password if you have neither, then repeat."
_ENTRY = re.compile(r"[1-9][0-9]{0,17}")

Shown = tokens.Token | PartnerSecret


def read_shown() -> Shown:
    """What the request shows of who is asking. Raises the 401s and CsrfFailed."""
    return tokens.read_partner() or tokens.read_token()


def check_site(operation: Operation, shown: Shown | None) -> None:
    """Refuse what another site's page had a browser send; a token in Authorization no such page has. Raises ForeignOrigin."""
    by_header = isinstance(shown, PartnerSecret) or (shown is not None and not shown.by_cookie)
    if operation.method in WRITING and not by_header:
        check_origin()


def unknown_caller() -> Call:
    """The call of a public operation."""
    return Call(_work(NOBODY, now()), None)


def admit(operation: Operation, connection: Connection, path: dict[str, str], shown: Shown) -> Call:
    """The call of somebody who may come in. Raises SessionRevoked, WrongPartnerToken, Forbidden, NotFound, TooManyRequests."""
    by, key = _found_by(operation, path)
    instant = now()
    acting = operation.method in WRITING
    access = _find(connection, shown, instant, by, key, acting=acting)
    if access.partner is not None:
        note_use(connection, access.partner, instant)

    def ask_again() -> None:
        found = _find(connection, shown, instant, by, key, acting=acting)
        if _what(found) != _what(access):
            raise CallerChanged("Your account was changed while this waited. Send it again.")

    name_caller(access)
    limits.count_caller(access.id)
    call = Call(_work(access.actor, instant, ask_again), access, None if isinstance(shown, PartnerSecret) else shown)
    if access.partner is not None:
        _check_scope(operation, access.partner.scopes)
    else:
        _check_factor(operation, access)
        if operation.door is not None and access.role not in operation.door:
            _turn_away(operation, call, path)
        _check_fresh(operation, access, instant)
    if operation.finds and access.plan_id is None:
        raise NotFound(f"There is no such {operation.finds}.")
    return call


def _what(access: Access) -> tuple[object, ...]:
    """What the rules look at of somebody."""
    return access.role, access.person_id, access.agency_id, access.partner and access.partner.scopes


def _find(connection: Connection, shown: Shown, now: datetime, by: str, key: Any, *, acting: bool) -> Access:
    """Who it is, at this moment. Raises SessionRevoked, WrongPartnerToken."""
    if isinstance(shown, PartnerSecret):
        return _partner(connection, shown, now, by, key)
    return _person(connection, shown, now, by, key, acting=acting)


def _person(connection: Connection, token: tokens.Token, now: datetime, by: str, key: Any, *, acting: bool) -> Access:
    access = find_access(connection, token.session_id, now, by, key, acting=acting)
    if access is None:
        raise SessionRevoked("This session has ended. Sign in again.")
    return access


def _partner(connection: Connection, secret: PartnerSecret, now: datetime, by: str, key: Any) -> Access:
    access = find_partner_access(connection, secret, now, by, key)
    if access is None or access.partner is None:
        raise WrongPartnerToken(
            "This partner's token is unknown, has expired or was revoked. Ask the administrator for a new one."
        )
    return access


def _check_factor(operation: Operation, access: Access) -> None:
    """Somebody whose role needs a second factor sets one up before anything else; whoever has one has shown it in this session.

    Raises SecondFactorNeeded, SessionRevoked: signing in again asks for it.
    """
    needed: frozenset[Role] = current_app.extensions["plan_settings"].second_factor_roles
    if access.role not in needed:
        return
    if access.factor_since is None and not operation.before_factor:
        raise SecondFactorNeeded("Your role needs a second factor. Set one up under Account, then go on.")
    if _lacks_factor(access):
        raise SessionRevoked("This account has a second factor, and this session has not shown it. Sign in again.")


def _lacks_factor(access: Access) -> bool:
    return lacks_factor(factor_since=access.factor_since, method=access.method)


def _check_fresh(operation: Operation, access: Access, now: datetime) -> None:
    """Raises ConfirmationNeeded; where the account has a factor, a password alone is fresh of nothing."""
    shown = access.authenticated_at
    if operation.fresh and (shown is None or not is_fresh(shown, now)):
        raise ConfirmationNeeded(_CONFIRM)
    if operation.fresh:
        check_factor_shown(access)


def check_factor_shown(access: Access) -> None:
    """Raises ConfirmationNeeded where the account has a factor and this session has shown the password only."""
    if _lacks_factor(access):
        raise ConfirmationNeeded(_CONFIRM)


def _check_scope(operation: Operation, scopes: list[str]) -> None:
    if operation.scope is None:
        raise Forbidden("A partner's token never reaches this; somebody has to sign in.", "somebody who signs in")
    if operation.scope not in scopes:
        raise InsufficientScope(f"This token has no scope {operation.scope}.", f"a token with {operation.scope}")


def _turn_away(operation: Operation, call: Call, path: dict[str, str]) -> NoReturn:
    """Refuse a role at the door; where the object can say who may, it says so first."""
    if operation.guard is not None:
        operation.guard(call, next(iter(read_ids(path).values()), None))
    who = _who(operation.door or frozenset())
    raise Forbidden(f"A {call.here.role.replace('_', ' ')} may not do this; {who} can.", who)


def _who(door: frozenset[Role]) -> str:
    return " or ".join(
        f"{'an' if role is Role.ADMIN else 'a'} {role.replace('_', ' ')}" for role in Role if role in door
    )


def now() -> datetime:
    """The instant of the request, from the clock the app was given."""
    clock: Callable[[], datetime] = current_app.extensions["plan_clock"]
    return clock().astimezone(UTC)


def _work(actor: Actor, instant: datetime, ask_again: Callable[[], None] = lambda: None) -> Work:
    is_breached: Callable[[str], bool] = current_app.extensions["plan_breached"].holds
    return Work(own_session(), actor, instant, london_day(instant), request_id(), ask_again, is_breached=is_breached)


def _found_by(operation: Operation, path: dict[str, str]) -> tuple[str, UUID | str | int | None]:
    if not operation.finds:
        return "", None
    raw = path[operation.finds]
    if operation.finds == "entry":
        return "entry", int(raw) if _ENTRY.fullmatch(raw) else 0
    if is_id(raw):
        return operation.finds, UUID(raw)
    if operation.finds == "plan" and _SLUG.fullmatch(raw):
        return "slug", raw
    return operation.finds, UUID(int=0)


def read_ids(path: dict[str, str]) -> dict[str, Any]:
    """The ids of the path; a plan is found by id or slug already, so it is not handed on."""
    return {
        f"{name}_id": _read_entry(raw) if name == "entry" else shapes.read_id(raw)
        for name, raw in path.items()
        if name != "plan"
    }


def _read_entry(raw: str) -> int:
    """The number of a journal entry. Raises NotFound: a malformed one is the number of nothing."""
    if not _ENTRY.fullmatch(raw):
        raise NotFound("There is no such entry.")
    return int(raw)
