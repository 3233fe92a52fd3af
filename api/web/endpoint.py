"""From URL to use case and back. A route declares what it is; here that becomes behaviour, documentation and tests.

A read: who is asking (one SELECT) → query → bytes. A write: who is asking → guard → body → one transaction → commit →
JSON with its ETag. The order of answers is 401, 403/404, 428, 412, 415, 400/422 (API 3.5).
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NoReturn
from uuid import UUID

from flask import Blueprint, Flask, Response, current_app, request
from sqlalchemy import Connection
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from api.domain.days import london_day
from api.domain.errors import Forbidden, NotFound, PlanError, PreconditionRequired, SessionRevoked, StaleVersion
from api.domain.permissions import Actor, Role
from api.queries.access import find_access
from api.schemas.fields import is_id
from api.services.work import Work
from api.web import idempotency, json_io, shapes, tokens
from api.web.accept import check_accept
from api.web.answers import NO_CONTENT, Answer, send
from api.web.declare import NOBODY, WRITING, Call, Operation, Routes
from api.web.envelope import name_account, request_id
from api.web.etag import read_if_match
from api.web.transaction import one_select, read, write
from api.web.transaction import session as own_session

_SLUG = re.compile(r"[a-z0-9-]{1,200}")


def install(app: Flask, routes: list[Routes], prefix: str) -> None:
    """Put the operations under the prefix, and keep them for the document and the tests."""
    blueprint = Blueprint("api", __name__, url_prefix=prefix)
    operations = [operation for each in routes for operation in each.operations]
    for operation in operations:
        blueprint.add_url_rule(
            operation.rule,
            operation.name,
            _runner(operation),
            methods=[operation.method],
            provide_automatic_options=False,
        )
    app.register_blueprint(blueprint)
    app.extensions["plan_operations"] = operations


def _runner(operation: Operation) -> Callable[..., Response]:
    if operation.method not in WRITING:
        return lambda **path: _read(operation, path)
    return lambda **path: _write(operation, path)


def now() -> datetime:
    """The instant of the request, from the clock the app was given."""
    clock: Callable[[], datetime] = current_app.extensions["plan_clock"]
    return clock().astimezone(UTC)


def _read(operation: Operation, path: dict[str, str]) -> Response:
    check_accept(operation.media)
    return read(lambda: _answer_read(operation, path))


def _answer_read(operation: Operation, path: dict[str, str]) -> Response:
    call = _reading_call(operation, path) if operation.door else Call(_work(NOBODY, now()), None)
    query = shapes.load_query(operation.query)
    return send(operation.view(call, **_ids(path), **query))


def _write(operation: Operation, path: dict[str, str]) -> Response:
    if operation.status != NO_CONTENT:
        check_accept(operation.media)
    token = tokens.read_token() if operation.door else None
    body, body_error = _try_body(operation)

    def work(session: Session) -> Answer:
        call = _call(operation, session.connection(), path, token) if token else Call(_work(NOBODY, now()), None)
        call.seen = read_if_match() if operation.if_match else None
        ids = _ids(path)
        if body_error is not None or _lacks_if_match(operation):
            if operation.guard is not None:
                operation.guard(call, next(iter(ids.values())))
            if _lacks_if_match(operation):
                raise PreconditionRequired(
                    "Send the ETag you read in If-Match, so that nobody's change is overwritten."
                )
            raise body_error or AssertionError
        return _once(operation, call, ids, body)

    try:
        return send(write(work))
    except StaleVersion as stale:
        _show_current(stale, operation, path)
        raise
    except idempotency.Repeated as repeated:
        kept = repeated.kept
        return send(Answer(kept.body, kept.status, kept.etag, kept.location, replayed=True))


def _once(operation: Operation, call: Call, ids: dict[str, Any], body: dict[str, Any]) -> Answer:
    """Do it, once for each Idempotency-Key.

    It is done first and the key asked for after: a repeat is rare, and then what it did is rolled back. So a new
    request pays for one statement and not for two, and an error (somebody posted meanwhile: the first of the two,
    perhaps) is only believed when there is no answer under the key.
    """
    key = idempotency.read_key() if operation.idempotent else None
    if key is None:
        return operation.view(call, **ids, **body)
    scope, body_hash = idempotency.scope_of(call.here.account_id, key), idempotency.hash_body(body)
    try:
        answer = operation.view(call, **ids, **body)
    except PlanError:
        _repeat(call, scope, body_hash)
        raise
    answer.body = json_io.dumps(answer.body)
    kept = idempotency.Kept(answer.status, answer.body, answer.location, answer.etag)
    if not idempotency.keep(call.session, scope, body_hash, kept):
        _repeat(call, scope, body_hash)
    return answer


def _repeat(call: Call, scope: bytes, body_hash: bytes) -> None:
    """Raise Repeated when this key has an answer."""
    kept = idempotency.find(call.session, scope, body_hash)
    if kept is not None:
        raise idempotency.Repeated(kept)


def _reading_call(operation: Operation, path: dict[str, str]) -> Call:
    token = tokens.read_token()
    with one_select() as connection:
        return _call(operation, connection, path, token)


def _call(operation: Operation, connection: Connection, path: dict[str, str], token: tokens.Token) -> Call:
    """Who is asking: 401 for no live session, 403 for a role that may not, 404 for a thing that is not there."""
    by, key = _found_by(operation, path)
    instant = now()
    access = find_access(connection, token.session_id, instant, by, key, acting=operation.method in WRITING)
    if access is None:
        raise SessionRevoked("This session has ended. Sign in again.")
    name_account(access.account_id)
    call = Call(_work(access.actor, instant), access, token)
    if operation.door is not None and access.role not in operation.door:
        _turn_away(operation, call, path)
    if operation.finds and access.plan_id is None:
        raise NotFound(f"There is no such {operation.finds}.")
    return call


def _turn_away(operation: Operation, call: Call, path: dict[str, str]) -> NoReturn:
    """Refuse a role at the door; where the object can say who may, it says so first."""
    if operation.guard is not None:
        operation.guard(call, next(iter(_ids(path).values())))
    who = _who(operation.door or frozenset())
    raise Forbidden(f"A {call.here.role.replace('_', ' ')} may not do this; {who} can.", who)


def _who(door: frozenset[Role]) -> str:
    return " or ".join(
        f"{'an' if role is Role.ADMIN else 'a'} {role.replace('_', ' ')}" for role in Role if role in door
    )


def _work(actor: Actor, instant: datetime) -> Work:
    return Work(own_session(), actor, instant, london_day(instant), request_id())


def _found_by(operation: Operation, path: dict[str, str]) -> tuple[str, UUID | str | None]:
    if not operation.finds:
        return "", None
    raw = path[operation.finds]
    if is_id(raw):
        return operation.finds, UUID(raw)
    if operation.finds == "plan" and _SLUG.fullmatch(raw):
        return "slug", raw
    return operation.finds, UUID(int=0)


def _ids(path: dict[str, str]) -> dict[str, Any]:
    """The ids of the path; a plan is found by id or slug already, so it is not handed on."""
    return {f"{name}_id": shapes.read_id(raw) for name, raw in path.items() if name != "plan"}


def _try_body(operation: Operation) -> tuple[dict[str, Any], PlanError | HTTPException | None]:
    """The body and the query, or the error to answer once it is known that the caller may do this at all."""
    try:
        query = shapes.load_query(operation.query)
        if operation.reads_raw:
            return {"document": json_io.read_body(json_io.MAX_SEED), **query}, None
        if operation.body is None:
            return query, None
        return shapes.load_body(operation.body, json_io.read_body()) | query, None
    except (PlanError, HTTPException) as error:
        return {}, error


def _lacks_if_match(operation: Operation) -> bool:
    return operation.if_match == "required" and "If-Match" not in request.headers


def _show_current(stale: StaleVersion, operation: Operation, path: dict[str, str]) -> None:
    """Put the action as it stands now into the 412, with its ETag."""
    reader = current_app.extensions.get("plan_current")
    if reader is None or operation.finds != "action":
        return
    call = _reading_call(operation, path)
    answer = reader(call, shapes.read_id(path["action"]))
    stale.extra = {"current": answer.body}
    stale.headers = {"ETag": answer.etag}
