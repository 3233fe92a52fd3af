"""What a body may be sent as, and headers that are there twice: at every address that takes them (API 5.4; ADR 20)."""

import gzip
import json
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from api.http.declare import Operation
from tests.api.contract.test_access import TABLE, Prepared, body_for, caller_of, path_for, prepare
from tests.api.http.test_conditional import stands, who_may
from tests.client import PLAN, Api, problem
from tests.conftest import Databases, Seeded, api_over

KEY = "0b9d4c4e-2f3f-4a53-9f5e-6d1f0b8f7a11"
NAMES = [f"{method} {rule}" for method, rule in TABLE]


@pytest.fixture(scope="module")
def standing(databases: Databases, seeded: Seeded) -> Iterator[Prepared]:
    with api_over(databases, seeded) as api:
        yield prepare(api)


def declared(prepared: Prepared, name: str) -> Operation:
    operations: list[Operation] = prepared.api.app.extensions["plan_operations"]
    return next(each for each in operations if f"{each.method} {each.rule}" == name)


def send(prepared: Prepared, name: str, raw: bytes, media: str = "application/json", **headers: str) -> TestResponse:
    method, _, rule = name.partition(" ")
    caller, path = caller_of(prepared, who_may(name)), path_for(prepared, method, rule)
    read = caller.etag(path) if rule == "/updates/<update>" else {"If-Match": "*"}
    given = {**(read if declared(prepared, name).if_match else {}), **headers}
    return caller.open(method, path, data=raw, content_type=media, headers=given)


def raw_for(prepared: Prepared, name: str) -> bytes:
    method, _, rule = name.partition(" ")
    body = body_for(prepared, method, rule)
    return b"" if body is None else json.dumps(body).encode()


def test_bodies_are_walked(standing: Prepared) -> None:
    takes = [name for name in NAMES if declared(standing, name).body or declared(standing, name).reads_raw]
    assert len(takes) > 40
    assert {"POST /seeds", "POST /auth/sign-in", "PATCH /actions/<action>"} <= set(takes)


@pytest.mark.parametrize("name", NAMES)
def test_a_packed_body_and_another_charset_are_415_wherever_a_body_is_taken(standing: Prepared, name: str) -> None:
    operation = declared(standing, name)
    if operation.body is None and not operation.reads_raw:
        return
    raw, before = raw_for(standing, name) or b"{}", stands(standing.api)
    answers = [
        send(standing, name, gzip.compress(raw), **{"Content-Encoding": "gzip"}),
        send(standing, name, raw, **{"Content-Encoding": "gzip"}),
        send(standing, name, raw.decode().encode("utf-16"), "application/json; charset=utf-16"),
        send(standing, name, raw, "application/json; charset=utf-16"),
    ]
    for answer in answers:
        assert problem(answer) == (415, "unsupported-media-type")
        assert (answer.headers["Accept"], answer.headers["Accept-Encoding"]) == ("application/json", "identity")
    assert stands(standing.api) == before


CODINGS = {
    "": 201, "identity": 201, "Identity": 201, "identity, identity": 201, " identity ": 201,
    "gzip": 415, "GZIP": 415, "x-gzip": 415, "br": 415, "deflate": 415, "zstd": 415, "utf-8": 415, "none": 415, "identity, gzip": 415,
    "gzip, identity": 415,
}  # fmt: skip


@pytest.mark.parametrize("coding", CODINGS)
def test_no_coding_but_identity_is_taken(api: Api, coding: str) -> None:
    headers = {"Content-Encoding": coding}
    answer = api.as_("lucy").post(f"{api.action('3.4')}/updates", {"text": "We met."}, headers=headers)
    assert answer.status_code == CODINGS[coding], answer.text


# --- headers that are there twice; a server joins them with a comma, some with a space after it ---


@pytest.mark.parametrize("comma", [",", ", "])
@pytest.mark.parametrize("name", NAMES)
def test_two_idempotency_keys_are_refused_wherever_one_is_taken(standing: Prepared, name: str, comma: str) -> None:
    if not declared(standing, name).idempotent:
        return
    before = stands(standing.api)
    answer = send(standing, name, raw_for(standing, name) or b"{}", **{"Idempotency-Key": f"{KEY}{comma}{KEY}"})
    assert problem(answer) == (400, "idempotency-key-invalid")
    assert stands(standing.api) == before


KEYS = {
    "0123456789abcdef": 201, "x" * 128: 201, '"0123456789abcdef"': 201, "!~/+=_.-;:0123456": 201, "0123456789,abcdef": 201,
    "0123456789abcde": 400, "x" * 129: 400, "0123456789 abcdef": 400, "": 400, "0123456789abcd\xe9f": 400,
    "0123456789abcdef,0123456789abcdef": 400, "0123456789abcdef,0123456789abcdef,0123456789abcdef": 400,
}  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_what_a_key_may_be(api: Api, key: str) -> None:
    headers = {"Idempotency-Key": key}
    answer = api.as_("lucy").post(f"{api.action('3.4')}/updates", {"text": "We met."}, headers=headers)
    assert answer.status_code == KEYS[key], answer.text


@pytest.mark.parametrize("name", NAMES)
def test_two_authorizations_are_refused_wherever_one_is_asked_for(standing: Prepared, name: str) -> None:
    method, _, rule = name.partition(" ")
    operation, caller = declared(standing, name), caller_of(standing, who_may(name))
    if operation.door is None and not operation.by_refresh:
        return
    given = caller.headers["Authorization"]
    before = stands(standing.api)
    answer = caller.open(method, path_for(standing, method, rule), headers={"Authorization": f"{given},{given}"})
    assert problem(answer) == (400, "invalid-header")
    assert stands(standing.api) == before


SCHEMES = {
    "{bearer}": 200, "{bearer},{bearer}": 400, "{bearer}, Basic eDp5": 400, "Basic eDp5,{bearer}": 400, "{bearer},": 400,
    "bearer x, bearer y": 400, "Bearer pp_x,Bearer pp_y": 400,
    "Basic eDp5": 401, "Basic eDp5, Basic eDp5": 401, 'Digest username="x", realm="y"': 401, "{bearer} more": 401, ",": 401,
}  # fmt: skip


@pytest.mark.parametrize("given", SCHEMES)
def test_what_authorization_may_be(still: Api, given: str) -> None:
    bearer = still.as_("robert").headers["Authorization"]
    answer = still.nobody.get("/me", headers={"Authorization": given.replace("{bearer}", bearer)})
    assert answer.status_code == SCHEMES[given], answer.text


def test_two_request_ids_are_none(still: Api) -> None:
    answer = still.as_("robert").get(PLAN, headers={"X-Request-Id": "the-first-one,the-second-one"})
    assert answer.status_code == 200
    assert len(answer.headers["X-Request-Id"]) == 32


def test_two_csrf_values_are_none(api: Api) -> None:
    lucy = api.nobody
    signed = lucy.post(
        "/auth/sign-in", {"email": "lucy@example.org", "password": "a long enough passphrase", "transport": "cookie"}
    )
    value = signed.json["csrf_token"]
    refused = lucy.post("/auth/sign-out", headers={"X-CSRF-Token": f"{value},{value}"})
    assert problem(refused) == (403, "csrf")
    assert lucy.post("/auth/sign-out", headers={"X-CSRF-Token": value}).status_code == 204
