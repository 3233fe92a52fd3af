"""A client of the API for tests: who asks, and whether each answer is what the OpenAPI document promises."""

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

import brotli
import psycopg
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from api.contract import openapi
from api.extensions import db
from api.http.callers import tokens
from api.http.messages.bounds import LONGEST_SENTENCE

PREFIX = "/api/v1"
SCOPES = ["plan:read", "changes:read", "updates:write", "export:read"]
PLAN = "/plans/havering-2020-23"
SECURITY_HEADERS = {
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "X-Request-Id",
}


@dataclass
class Api:
    """The app under test over one database."""

    app: Flask
    clock: Any
    seeded: Any
    connect: Callable[[], psycopg.Connection[Any]]
    url: str
    _connection: psycopg.Connection[Any] | None = field(default=None, repr=False)
    others: list["Api"] = field(default_factory=list, repr=False)
    """The same database behind apps with other settings, closed with this one."""

    def as_(self, who: str) -> "Caller":
        """Somebody who is signed in, by bearer token."""
        return Caller(self, {"Authorization": f"Bearer {self.token(who)}"})

    def token(self, who: str, *, refresh: bool = False) -> str:
        """A token of the session that this account has in the template."""
        mine = self.seeded.sessions[who]
        account, session, spent = (UUID(mine[name]) for name in ("account", "session", "refresh"))
        with self.app.app_context():
            return tokens.make_tokens(account, mine["role"], session, spent)[1 if refresh else 0]

    def partner(self, agency: str = "LB Havering", *scopes: str, name: str = "Liquidlogic") -> "Caller":
        """A partner's system with a token of its own; without scopes named it has all of them."""
        admin = self.as_("admin")
        self.confirm_all()
        found = {each["short_name"]: each["id"] for each in admin.read("/agencies")["data"]}
        body = {"name": name, "agency": found[agency], "scopes": list(scopes or SCOPES)}
        made = admin.post("/partner-tokens", body)
        assert made.status_code == 201, made.text
        return Caller(self, {"Authorization": f"Bearer {made.json['token']}"})

    def confirm_all(self) -> None:
        """Everybody has shown just now who they are: a sensitive act needs that, and tests move the clock."""
        self.sql("UPDATE session SET authenticated_at = %s", self.clock())

    @property
    def nobody(self) -> "Caller":
        """Somebody who is not signed in."""
        return Caller(self, {})

    def action(self, number: str) -> str:
        """The path of the action with this printed number."""
        return f"/actions/{self.seeded.actions[number]}"

    def person(self, name: str) -> str:
        found: str = self.seeded.people[name]
        return found

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run a statement beside the app, as the administrator of the database; commits."""
        if self._connection is None:
            self._connection = self.connect()
        cursor = self._connection.execute(statement.encode(), values)
        return cursor.fetchall() if cursor.description else []

    def one(self, statement: str, *values: Any) -> Any:
        """The first column of the first row."""
        return self.sql(statement, *values)[0][0]

    def revision(self) -> int:
        return int(self.one("SELECT value FROM plan_revision"))

    def journal_length(self) -> int:
        return int(self.one("SELECT count(*) FROM journal"))

    def beside(self, app: Flask) -> "Api":
        """The same database behind another app; it is closed with this one."""
        other = replace(self, app=app, _connection=None, others=[])
        self.others.append(other)
        return other

    def close(self) -> None:
        """Leave no connection behind."""
        for other in self.others:
            other.close()
        if self._connection is not None:
            self._connection.close()
        close_app(self.app)


def close_app(app: Flask) -> None:
    """Close an app's connections: first what it does after its answers, which gives its connection back to a pool that is there."""
    app.extensions["plan_background"].close()
    with app.app_context():
        db.engine.dispose()


@dataclass
class Caller:
    """One user of the API. Paths are those under /api/v1. Every answer is checked before a test sees it."""

    api: Api
    headers: dict[str, str]
    client: FlaskClient | None = None

    def __post_init__(self) -> None:
        if self.client is None:
            self.client = self.api.app.test_client()

    def open(self, method: str, path: str, *, headers: dict[str, str] | None = None, **options: Any) -> TestResponse:
        assert self.client is not None
        options.setdefault("base_url", "https://localhost")
        answer = self.client.open(PREFIX + path, method=method, headers={**self.headers, **(headers or {})}, **options)
        check(self.api.app, method, answer)
        return answer

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.open("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self.open("POST", path, **({"json": body} if body is not None else {}), **options)

    def patch(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self.open("PATCH", path, **({"json": body} if body is not None else {}), **options)

    def read(self, path: str) -> Any:
        """The JSON of a GET that succeeds."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json

    def etag(self, path: str) -> dict[str, str]:
        """The If-Match header of somebody who has just read this."""
        return {"If-Match": self.get(path).headers["ETag"]}

    def say(self, number: str, text: str = "We met twice.", **fields: Any) -> Any:
        """Post an update on an action, which succeeds; the update."""
        answer = self.post(f"{self.api.action(number)}/updates", {"text": text, **fields})
        assert answer.status_code == 201, answer.text
        return answer.json

    def set_status(self, number: str, status: str, reason: str = "Agreed at the meeting.") -> TestResponse:
        path = self.api.action(number)
        return self.patch(path, {"status": status, "reason": reason}, headers=self.etag(path))


def problem(answer: TestResponse) -> tuple[int, str]:
    """(status, code) of an error."""
    assert answer.mimetype == "application/problem+json", (answer.status, answer.mimetype, answer.text[:300])
    body = answer.json
    assert body is not None
    return answer.status_code, body["code"]


def body_of(answer: TestResponse) -> bytes:
    """The bytes of an answer, uncompressed."""
    coding = answer.headers.get("Content-Encoding")
    if coding == "br":
        return bytes(brotli.decompress(answer.data))
    return gzip.decompress(answer.data) if coding == "gzip" else answer.data


# --- what every answer is held to ----------------------------------------------------------------


def check(app: Flask, method: str, answer: TestResponse) -> None:
    """Hold an answer to the document that this app serves: status, media type, body, and the headers of every answer."""
    missing = SECURITY_HEADERS - set(answer.headers.keys())
    assert not missing, f"{answer.request.path} lacks {sorted(missing)}"
    assert answer.status_code != 500, answer.text
    if answer.status_code >= 400:
        check_problem(answer, method)
    operation = _operation(app, method, answer.request.path)
    if operation is None:
        assert answer.status_code in {404, 405}, answer.text
        return
    where = f"{method} {answer.request.path} -> {answer.status_code}"
    # HEAD is documented as the GET that it answers for.
    spoken = "get" if method == "HEAD" else method.lower()
    responses = _documents(app)["paths"][operation][spoken]["responses"]
    assert str(answer.status_code) in responses, f"{where} is not in the document: {answer.text[:300]}"
    promised = responses[str(answer.status_code)]
    _check_headers(promised.get("headers", {}), answer, where)
    if answer.status_code >= 400 and method != "HEAD":
        code = json.loads(body_of(answer))["code"]
        assert code in promised["x-codes"], f"{where} is {code}, the document says {promised['x-codes']}"
    content = promised.get("content", {})
    if not content:
        assert not answer.data, f"{where} has a body that the document does not speak of"
        return
    assert answer.mimetype in content, f"{where} is {answer.mimetype}, the document says {list(content)}"
    if answer.mimetype.endswith("json") and method != "HEAD":
        _check_body(operation, spoken, answer, where)


TELLING = ("Allow", "ETag", "Idempotency-Replayed", "Link", "Location", "Retry-After", "Set-Cookie", "WWW-Authenticate")
NEVER_MISSING = {"Location", "Retry-After", "WWW-Authenticate"}


def _check_headers(promised: dict[str, Any], answer: TestResponse, where: str) -> None:
    """No telling header that the document does not speak of, and none missing that it says is always there."""
    there = {name for name in TELLING if name in answer.headers}
    assert there <= set(promised), f"{where} has {sorted(there - set(promised))}, the document does not"
    missing = (set(promised) & NEVER_MISSING) - there
    assert not missing, f"{where} lacks {sorted(missing)}"


def check_problem(answer: TestResponse, method: str = "GET") -> None:
    """Every error is a problem whose members agree with the answer around it."""
    assert answer.mimetype == "application/problem+json", (answer.status, answer.mimetype, answer.text[:300])
    assert answer.headers["Cache-Control"] == "no-store"
    if method == "HEAD":
        return
    body = json.loads(body_of(answer))
    assert body["status"] == answer.status_code
    assert body["type"] == f"/problems/{body['code']}"
    # A very long one is cut.
    path = answer.request.path
    assert body["instance"] == (path if len(path) <= LONGEST_SENTENCE else f"{path[:LONGEST_SENTENCE]}…")
    assert body["request_id"] == answer.headers["X-Request-Id"]
    assert body["detail"].endswith((".", "?")), body["detail"]


def _operation(app: Flask, method: str, path: str) -> str | None:
    try:
        rule, _ = app.url_map.bind("localhost").match(path, method=method, return_rule=True)
    except HTTPException:
        return None
    if not rule.endpoint.startswith("api."):
        return None
    return re.sub(r"<(?:.*:)?(\w+)>", r"{\1}", rule.rule)


_served: dict[str, Any] = {}


def _documents(app: Flask) -> Any:
    """The document as served; the same for every app of a session, so it is asked for once."""
    if not _served:
        answer = app.test_client().get(f"{PREFIX}/openapi.json")
        assert answer.status_code == 200
        assert answer.json is not None
        _served.update(answer.json)
    return _served


_seen: set[bytes] = set()


def _check_body(operation: str, method: str, answer: TestResponse, where: str) -> None:
    raw = body_of(answer)
    mark = sha256(f"{method}{operation}{answer.status_code}".encode() + raw).digest()
    if mark in _seen:
        return
    errors = [
        f"{where}: /{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"
        for error in _validator(operation, method, str(answer.status_code), answer.mimetype).iter_errors(
            json.loads(raw)
        )
    ]
    assert not errors, "\n".join(errors[:10])
    _seen.add(mark)


@cache
def _validator(operation: str, method: str, status: str, media: str) -> Draft202012Validator:
    schema = _served["paths"][operation][method]["responses"][status]["content"][media]["schema"]
    whole = {**_closed(schema), "components": _closed(_served["components"])}
    return Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _closed(schema: Any) -> Any:
    """The schema with every object closed, so that a member the document does not name is an error here."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _closed(each) for name, each in schema.items()}
    if isinstance(schema.get("properties"), dict) and "additionalProperties" not in schema:
        made["additionalProperties"] = False
    return made


__all__ = ["PLAN", "PREFIX", "Api", "Caller", "body_of", "check", "check_problem", "openapi", "problem"]
