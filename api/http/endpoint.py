"""From URL to use case and back. A route declares what it is; here that becomes behaviour, documentation and tests.

A read: who is asking (one SELECT) → query → bytes. A write: who is asking → guard → body → one transaction → commit →
JSON with its ETag. The order of answers is 401, 403/404, 428, 412, 415, 400/422 (API 3.5).
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from typing import Any

from flask import Blueprint, Flask, Response, current_app
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from api.domain.errors import CallerChanged, Forbidden, NotFound, PlanError, StaleVersion
from api.http import addresses, case_data, idempotency, shapes
from api.http.auditing import watch
from api.http.conditions import ask_first, check_named, lacks_key, try_condition
from api.http.database.transaction import one_select, read, write
from api.http.declare import Call, Operation, Routes
from api.http.doorway import admit, check_site, read_ids, read_shown, unknown_caller
from api.http.guessing import SECRETS, count_wrong
from api.http.limits import count_address
from api.http.messages import json_io
from api.http.messages.accept import check_accept
from api.http.messages.answers import BODILESS, Answer, as_bytes, send
from api.http.messages.etag import body_etag
from api.http.turns import waited
from api.patience import LONG_REQUEST, REQUEST, at_most
from api.schemas.base import Said

Judged = tuple[dict[str, Any], case_data.Warnings, PlanError | HTTPException | None]


def install(app: Flask, routes: list[Routes], prefix: str) -> None:
    """Put the operations under the prefix, and keep them for the document and the tests."""
    blueprint = Blueprint("api", __name__, url_prefix=prefix)
    operations = [operation for each in routes for operation in each.operations]
    addresses.install(app)
    rules = [operation.rule.split("/") for operation in operations]
    for operation in operations:
        blueprint.add_url_rule(
            addresses.address_of(operation.rule, rules),
            operation.name,
            _runner(operation),
            methods=[operation.method],
            provide_automatic_options=False,
        )
    app.register_blueprint(blueprint)
    app.extensions["plan_operations"] = operations


def _runner(operation: Operation) -> Callable[..., Response]:
    run = _write if operation.changes else _read
    most = LONG_REQUEST if operation.reads_raw else REQUEST

    def answer(**path: str) -> Response:
        with at_most(most - waited()):
            try:
                return watch(operation, path, run)
            except SECRETS as wrong:
                count_wrong(wrong)
                raise

    return answer


def _read(operation: Operation, path: dict[str, str]) -> Response:
    check_accept(operation.media)
    return read(lambda: _answer_read(operation, path))


def _answer_read(operation: Operation, path: dict[str, str]) -> Response:
    count_address()
    call = _reading_call(operation, path) if operation.door else unknown_caller()
    ids = read_ids(path)
    try:
        query = shapes.load_query(operation.query)
    except PlanError:
        check_named(call, ids)
        raise
    answer = operation.view(call, **ids, **query)
    if answer.etag is None and operation.conditional:
        answer.etag = body_etag(as_bytes(answer))
    return send(answer)


def _write(operation: Operation, path: dict[str, str]) -> Response:
    if operation.status not in BODILESS:
        check_accept(operation.media)
    count_address()
    shown = read_shown() if operation.door else None
    check_site(operation, shown)
    # Who asks is asked before what they send is judged; once, however often the transaction is begun.
    judge = cache(partial(_try_body, operation, _try_take(operation)))
    if operation.before is not None:
        _do_before(operation.before, *judge())

    def work(session: Session) -> Answer:
        call = admit(operation, session.connection(), path, shown) if shown else unknown_caller()
        call.seen, unmet = try_condition(operation, call)
        body, call.left_out, body_error = judge()
        ids = read_ids(path)
        wrong = unmet or body_error or lacks_key(operation, call)
        if wrong is not None:
            ask_first(operation, call, ids)
            raise wrong
        return _once(operation, call, ids, body)

    try:
        return send(_after_commit(write(work)))
    except StaleVersion as stale:
        _show_current(stale, operation, path)
        raise
    except idempotency.Repeated as repeated:
        kept = repeated.kept
        return send(Answer(kept.body, kept.status, kept.etag, kept.location, private=True, replayed=True))


def _after_commit(answer: Answer) -> Answer:
    """Do what waits for the commit: a letter that went before it could speak of what never was."""
    if answer.after_commit is not None:
        answer.after_commit(answer)
    return answer


def _do_before(
    before: Callable[[dict[str, Any]], None], body: dict[str, Any], _left_out: Any, error: Exception | None
) -> None:
    if error is None:
        before(body)


def _once(operation: Operation, call: Call, ids: dict[str, Any], body: dict[str, Any]) -> Answer:
    """Do it, once for each Idempotency-Key.

    It is done first and the key asked for after: a repeat is rare, and then what it did is rolled back. So a new
    request pays for one statement and not for two, and an error (somebody posted meanwhile: the first of the two,
    perhaps) is only believed when there is no answer under the key.
    """
    key = idempotency.read_key() if operation.idempotent else None
    if key is None:
        return _do(operation, call, ids, body)
    scope, body_hash = idempotency.scope_of(call.here.id, key), idempotency.hash_body(body)
    try:
        answer = _do(operation, call, ids, body)
    except PlanError as error:
        if _still_may(operation, error):
            _repeat(call, scope, body_hash)
        raise
    body_kept = json_io.dumps(answer.body | dict.fromkeys(operation.shown_once))
    kept = idempotency.Kept(answer.status, body_kept, answer.location, answer.etag)
    if not idempotency.keep(call.session, scope, body_hash, kept):
        _repeat(call, scope, body_hash)
    return answer


def _still_may(operation: Operation, error: PlanError) -> bool:
    """Whether a repeat that failed like this may be shown the answer of then: not who has lost the right, nor what is gone.

    What this very request took away is gone for its repeat too. Who became somebody else meanwhile is asked again.
    """
    if isinstance(error, NotFound):
        return operation.takes_away
    return not isinstance(error, Forbidden | CallerChanged)


def _do(operation: Operation, call: Call, ids: dict[str, Any], body: dict[str, Any]) -> Answer:
    """Do it; words that look like case data are kept only when somebody says that they are none (DOMAIN 9)."""
    if operation.body is None or not issubclass(operation.body, Said):
        return operation.view(call, **ids, **body)
    confirmed = body.get(case_data.CONFIRMED, False)
    fields = {name: value for name, value in body.items() if name != case_data.CONFIRMED}
    warnings = case_data.look_through(operation.body, fields)
    if warnings and not confirmed:
        if operation.guard is not None:
            operation.guard(call, next(iter(ids.values()), None))
        raise case_data.ask(warnings)
    if warnings:
        call.work = replace(call.work, case_data=case_data.kinds_of(warnings))
    answer = operation.view(call, **ids, **fields)
    if warnings or call.left_out:
        answer.body = {**answer.body, "warnings": warnings + call.left_out}
    return answer


def _repeat(call: Call, scope: bytes, body_hash: bytes) -> None:
    """Raise Repeated when this key has an answer."""
    kept = idempotency.find(call.session, scope, body_hash)
    if kept is not None:
        raise idempotency.Repeated(kept)


def _reading_call(operation: Operation, path: dict[str, str]) -> Call:
    shown = read_shown()
    with one_select() as connection:
        return admit(operation, connection, path, shown)


def _try_take(operation: Operation) -> bytes | PlanError | HTTPException:
    """The body as it was sent, taken before a transaction waits for it; or why it cannot be."""
    if operation.body is None and not operation.reads_raw:
        return b""
    try:
        return json_io.take_body(json_io.MAX_SEED if operation.reads_raw else json_io.MAX_BODY)
    except (PlanError, HTTPException) as error:
        return error


def _try_body(operation: Operation, taken: bytes | PlanError | HTTPException) -> Judged:
    """The body and the query, what of it was left out, or the error to answer once it is known that the caller may do this at all."""
    try:
        if operation.idempotent:
            idempotency.read_key()
        query = shapes.load_query(operation.query)
        if operation.body is None and not operation.reads_raw:
            return query, [], None
        if isinstance(taken, Exception):
            raise taken
        raw = json_io.parse(taken)
        if operation.reads_raw or operation.body is None:
            return {"document": raw, **query}, [], None
        body = shapes.load_body(operation.body, raw) | query
        return body, case_data.find_left_out(raw) if issubclass(operation.body, Said) else [], None
    except (PlanError, HTTPException) as error:
        return {}, [], error


def _show_current(stale: StaleVersion, operation: Operation, path: dict[str, str]) -> None:
    """Put the thing as it stands now into the 412, with its ETag."""
    reader = operation.current or (current_app.extensions.get("plan_current") if operation.finds == "action" else None)
    if reader is None:
        return
    call = _reading_call(operation, path)
    answer = reader(call, next(iter(read_ids(path).values()), None))
    stale.extra["current"] = answer.body
    stale.headers = {"ETag": answer.etag}
