"""Every token that is not good enough is 401 (API 8.1)."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import jwt as pyjwt
import pytest

from tests.client import PLAN, Api, Caller, problem
from tests.conftest import SECRET
from tests.signing import Browser, bearer, sign_in


def forged(api: Api, name: str) -> str:
    good = api.token("lucy")
    header = pyjwt.get_unverified_header(good)
    claims = pyjwt.decode(good, options={"verify_signature": False})

    def made(key: str = SECRET, algorithm: str = "HS256", head: dict[str, Any] | None = None, **changes: Any) -> str:
        body = {name: value for name, value in {**claims, **changes}.items() if value is not ...}
        return pyjwt.encode(body, key, algorithm, headers={**header, **(head or {})})

    past = datetime.now(UTC) - timedelta(hours=1)
    return {
        "unknown kid": lambda: made(head={"kid": "nope"}),
        "kid a list": lambda: _with_header(made(), {**header, "kid": ["a"]}),
        "kid a path": lambda: made(head={"kid": "../../dev/null"}),
        "no kid": lambda: _with_header(made(), {"alg": "HS256", "typ": "JWT"}),
        "alg none": lambda: _with_header(made(), {**header, "alg": "none"}).rsplit(".", 1)[0] + ".",
        "alg RS256": lambda: _with_header(made(), {**header, "alg": "RS256"}),
        "alg HS512": lambda: made(algorithm="HS512", key=SECRET * 3),
        "another key": lambda: made(key="another-key-0123456789-0123456789-xyz"),
        "no exp": lambda: made(exp=...),
        "exp a word": lambda: _resigned(header, {**claims, "exp": "tomorrow"}),
        "other issuer": lambda: made(iss="somebody-else"),
        "no issuer": lambda: made(iss=...),
        "other audience": lambda: made(aud="somebody-else"),
        "no audience": lambda: made(aud=...),
        "not yet": lambda: made(nbf=datetime.now(UTC) + timedelta(hours=1)),
        "no session": lambda: made(sid=...),
        "session a number": lambda: made(sid=7),
        "session not an id": lambda: made(sid="x"),
        "no jti": lambda: made(jti=...),
        "subject a number": lambda: _resigned(header, {**claims, "sub": 7}),
        "a refresh token": lambda: api.token("lucy", refresh=True),
        "expired, other key": lambda: made(key="another-key-0123456789-0123456789-xyz", exp=past),
        "session unknown": lambda: made(sid=str(uuid4())),
        "two dots": lambda: "..",
        "one word": lambda: "token",
        "latin": lambda: "caf\u00e9.x.y",
    }[name]()


def _with_header(token: str, header: dict[str, Any]) -> str:
    head = base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")
    return ".".join([head, *token.split(".")[1:]])


def _resigned(header: dict[str, Any], claims: dict[str, Any]) -> str:
    """Sign what the library would refuse to sign."""
    parts = [base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=") for each in (header, claims)]
    signed = hmac.new(SECRET.encode(), ".".join(parts).encode(), hashlib.sha256).digest()
    return ".".join([*parts, base64.urlsafe_b64encode(signed).decode().rstrip("=")])


FORGERIES = [
    "unknown kid", "kid a list", "kid a path", "no kid", "alg none", "alg RS256", "alg HS512", "another key", "no exp", "exp a word",
    "other issuer", "no issuer", "other audience", "no audience", "not yet", "no session", "session a number",
    "session not an id", "no jti", "subject a number", "a refresh token", "expired, other key", "two dots", "one word", "latin",
]  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_forged_token_is_401(still: Api, name: str, method: str) -> None:
    caller = bearer(still, forged(still, name))
    answer = caller.get("/me") if method == "GET" else caller.post(f"{still.action('3.4')}/updates", {"text": "x"})
    assert problem(answer) == (401, "invalid-token")


def test_a_token_of_a_session_that_is_not_there_is_401(still: Api) -> None:
    assert problem(bearer(still, forged(still, "session unknown")).get("/me")) == (401, "session-revoked")


NOT_BEARER = [
    "",
    "Basic bHVjeTp4",
    "Basic a, Basic b",
    "Bearer",
    "Bearer ",
    "Token x",
    "bearer",
    "Bearer a b",
    ",",
    "Bearer,",
]


@pytest.mark.parametrize("header", NOT_BEARER)
def test_another_authorization_header_is_401(still: Api, header: str) -> None:
    assert Caller(still, {"Authorization": header}).get("/me").status_code == 401


@pytest.mark.parametrize("header", [*NOT_BEARER, "Bearer {unknown kid}", "Bearer {another key}", "Bearer pp_x"])
def test_a_request_that_shows_a_header_is_judged_by_it_alone(api: Api, header: str) -> None:
    """No cookie stands in for it, neither to read nor to write, nor to be given both tokens."""
    browser = Browser(api)
    for name in ("unknown kid", "another key"):
        header = header.replace(f"{{{name}}}", forged(api, name))
    shown = {"Authorization": header, "X-CSRF-Token": browser.csrf}
    for method, path in (("GET", "/me"), ("POST", f"{api.action('3.4')}/updates"), ("POST", "/auth/refresh")):
        answer = browser.caller.open(method, path, headers=shown, json={"text": "x"} if "updates" in path else None)
        assert answer.status_code in {400, 401}, (path, answer.text)
        assert "access_token" not in answer.json
    assert browser.caller.get("/me").status_code == 200


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "bEaReR"])
def test_the_scheme_is_read_in_any_case(api: Api, scheme: str) -> None:
    assert Caller(api, {"Authorization": f"{scheme} {api.token('lucy')}"}).get("/me").status_code == 200
    partner = api.partner().headers["Authorization"].replace("Bearer", scheme)
    assert Caller(api, {"Authorization": partner}).get(PLAN).status_code == 200


def test_a_browser_s_refresh_token_gives_nothing_to_whoever_shows_it_as_a_script(api: Api) -> None:
    browser = Browser(api)
    kept = browser.client.get_cookie("__Host-refresh")
    assert kept is not None
    assert problem(bearer(api, kept.value).post("/auth/refresh")) == (401, "invalid-token")
    assert browser.post("/auth/refresh", csrf=browser.csrf).status_code == 200


def test_nor_does_a_script_s_become_a_browser_s(api: Api) -> None:
    given = sign_in(api).json
    client = api.app.test_client()
    client.set_cookie("__Host-refresh", given["refresh_token"], secure=True)
    csrf = pyjwt.decode(given["refresh_token"], options={"verify_signature": False})["csrf"]
    answer = Caller(api, {"X-CSRF-Token": csrf}, client).post("/auth/refresh")
    assert problem(answer) == (401, "invalid-token")


def test_a_session_of_before_that_was_written_down_goes_on_as_it_is_shown(api: Api) -> None:
    browser, script = Browser(api), sign_in(api).json
    api.sql("UPDATE session SET transport = NULL")
    assert set(browser.post("/auth/refresh", csrf=browser.csrf).json) == {"csrf_token", "expires_in"}
    assert "access_token" in bearer(api, script["refresh_token"]).post("/auth/refresh").json


def test_a_token_in_the_query_string_is_not_looked_at(still: Api) -> None:
    assert still.nobody.get(f"/me?jwt={still.token('lucy')}").status_code == 401


def made_by_a_clock(api: Api, ahead: int, *, refresh: bool = False) -> str:
    """A token that another machine has just made, whose clock is so many seconds ahead."""
    good = api.token("lucy", refresh=refresh)
    claims = pyjwt.decode(good, options={"verify_signature": False})
    moved = {name: claims[name] + ahead for name in ("iat", "nbf", "exp")}
    return pyjwt.encode({**claims, **moved}, SECRET, "HS256", headers=pyjwt.get_unverified_header(good))


@pytest.mark.parametrize(("ahead", "status"), [(1, 200), (3, 200), (60, 401), (3600, 401)])
def test_a_clock_that_is_a_little_behind_takes_a_fresh_token(still: Api, ahead: int, status: int) -> None:
    assert bearer(still, made_by_a_clock(still, ahead)).get("/me").status_code == status


def test_so_does_a_refresh(api: Api) -> None:
    token = made_by_a_clock(api, 3, refresh=True)
    assert bearer(api, token).post("/auth/refresh").status_code == 200


def test_a_token_lives_no_longer_than_its_ten_minutes_and_the_clocks_difference(still: Api) -> None:
    claims = pyjwt.decode(still.token("lucy"), options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == 600
    spent = bearer(still, made_by_a_clock(still, -610))
    assert problem(spent.get("/me")) == (401, "token-expired")
