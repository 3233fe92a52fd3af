"""What the audit is told of every request to somebody known: refusals, exports, and the use of a partner's token.

In one place, after the request's own work has ended, on a connection of its own: a refusal undoes what the request wrote, and
must not undo that it was refused. What cannot be written is logged, and the answer stays as it is.

A script that runs away must not fill the table. So the same is counted in the memory that the workers share, and only the first of
a window is written. Two workers that count in the very same instant may both be the first.
"""

import logging
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from api.domain.accounts.sign_in_errors import ConfirmationNeeded, SecondFactorNeeded
from api.domain.errors import Forbidden
from api.http.circumstances import circumstances
from api.http.database.transaction import aside
from api.http.declare import Operation
from api.http.doorway import now
from api.http.limits import Counters
from api.http.messages.envelope import caller, request_id
from api.queries.access import Access
from api.queries.accounts.audit import find_slug, is_known_address
from api.schemas.fields import is_id
from api.services.accounts.audit import EventKind, note

log = logging.getLogger("plan")

MINUTE, HOUR = 60, 3600
# What a path may hold of ours: anything else was typed by somebody, and is not kept.
_PLAIN = re.compile(r"[a-z0-9-]{1,200}")
# Asked for in the ordinary course of a sensitive act. What is done about it is an event of its own.
_NO_REFUSALS = (ConfirmationNeeded, SecondFactorNeeded)

Path = dict[str, str]


def watch(operation: Operation, path: Path, run: Callable[[Operation, Path], Response]) -> Response:
    """Answer the request, and tell the audit what it is to know of it."""
    try:
        response = run(operation, path)
    except _NO_REFUSALS:
        raise
    except Forbidden as refusal:
        _refused(operation, path, refusal.code)
        raise
    finally:
        _used()
    if operation.export and response.status_code == 200 and request.method != "HEAD":
        _exported(operation, path)
    return response


def _refused(operation: Operation, path: Path, code: str) -> None:
    """At most one row a minute for the same caller, operation and code; the next one says how many were left out."""
    access = caller()
    if access is None:
        return
    counted, before = _tally(MINUTE, b"refused", access.id.bytes, operation.name.encode(), code.encode())
    if counted == 1:
        left_out = {"not_written": before - 1} if before > 1 else {}
        detail = {"operation": operation.name, "code": code, **_objects(path), **left_out}
        _tell(access, EventKind.REFUSED, lambda _connection: detail)


def _exported(operation: Operation, path: Path) -> None:
    """Every one of a person's; of a partner's system at most one an hour for the same operation and plan."""
    access = caller()
    if access is None:
        return
    plan = access.plan_id.bytes if access.plan_id else b""
    if access.partner and _tally(HOUR, b"exported", access.id.bytes, operation.name.encode(), plan)[0] > 1:
        return
    detail = {"operation": operation.name, **_objects(path)}

    def with_slug(connection: Any) -> dict[str, Any]:
        asked = path.get("plan", "")
        return detail | {"plan": find_slug(connection, UUID(asked))} if is_id(asked) else detail

    _tell(access, EventKind.EXPORTED, with_slug)


def _used() -> None:
    """A partner's token: at most once an hour from the same address, and always the first time from a new one."""
    access = caller()
    if access is None or access.partner is None:
        return
    address = request.remote_addr or ""
    if _tally(HOUR, b"used", access.id.bytes, address.encode())[0] > 1:
        return
    token = access.partner.id
    _tell(
        access,
        EventKind.TOKEN_USED,
        lambda connection: None if is_known_address(connection, token, address) else {"new_address": True},
    )


def _tally(seconds: int, *key: bytes) -> tuple[int, int]:
    counters: Counters = current_app.extensions["plan_counters"]
    return counters.tally(b"audit " + b" ".join(key), int(now().timestamp()) // seconds)


def _objects(path: Path) -> dict[str, str]:
    """What the path names, as far as it is an id, a number or a slug."""
    return {name: raw for name, raw in path.items() if is_id(raw) or _PLAIN.fullmatch(raw)}


def _tell(access: Access, kind: EventKind, detail: Callable[[Any], dict[str, Any] | None]) -> None:
    """Write one event about this caller. Raises nothing: an answer is not lost for it. 1 INSERT."""
    try:
        with aside() as connection:
            note(
                connection,
                circumstances(),
                kind,
                account_id=access.account_id,
                partner_token_id=access.partner.id if access.partner else None,
                actor_name=access.actor.full_name,
                detail=detail(connection),
            )
    except SQLAlchemyError as error:
        fields = {"kind": kind.value, "request_id": request_id(), "error": type(error).__name__}
        log.warning("audit not written", extra={"fields": fields})
