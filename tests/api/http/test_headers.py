"""The headers that every answer carries, whoever made it (API 9): routes, errors, the framework, the client's files, HEAD, 304."""

import re
from http.cookies import SimpleCookie
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.client import PLAN, PREFIX, Api, body_of
from tests.conftest import PASSWORD, email_of

EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types sw"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
A_PLAN, NOWHERE = f"{PREFIX}{PLAN}", f"{PREFIX}/nowhere"
REQUESTS: list[tuple[str, str, dict[str, Any], int]] = [
    ("GET", "/", {}, 200),
    ("HEAD", "/", {}, 200),
    ("OPTIONS", "/", {}, 200),
    ("POST", "/", {}, 405),
    ("GET", "/sign-in", {}, 200),
    ("GET", "/nope.js", {}, 404),
    ("GET", "{asset}", {}, 200),
    ("HEAD", "{asset}", {}, 200),
    ("GET", "{asset}", {"headers": {"Accept-Encoding": "br"}}, 200),
    ("OPTIONS", "{asset}", {}, 200),
    ("DELETE", "{asset}", {}, 405),
    ("GET", "/assets/x/nope.js", {}, 404),
    ("GET", A_PLAN, {}, 200),
    ("HEAD", A_PLAN, {}, 200),
    ("GET", A_PLAN, {"headers": {"If-None-Match": "{etag}"}}, 304),
    ("GET", f"{A_PLAN}/actions.csv", {}, 200),
    ("GET", f"{A_PLAN}?nope=1", {}, 400),
    ("GET", f"{PREFIX}/me", {"nobody": True}, 401),
    ("GET", f"{PREFIX}/me", {"headers": {"Authorization": "Bearer x.y.z"}}, 401),
    ("POST", f"{PREFIX}/seeds", {"json": {}}, 403),
    ("GET", NOWHERE, {}, 404),
    ("OPTIONS", NOWHERE, {}, 404),
    ("PUT", A_PLAN, {}, 405),
    ("OPTIONS", A_PLAN, {}, 405),
    ("TRACE", A_PLAN, {}, 405),
    ("GET", A_PLAN, {"headers": {"Accept": "text/html"}}, 406),
    ("POST", f"{PREFIX}/auth/sign-in", {"data": b"x" * (6 * 1024 * 1024), "content_type": "application/json"}, 413),
    ("POST", f"{PREFIX}/auth/sign-in", {"data": b"{}", "content_type": "text/plain"}, 415),
    ("POST", f"{PREFIX}/auth/sign-in", {"json": {"email": "x"}}, 422),
    ("POST", f"{PREFIX}/auth/sign-out", {}, 204),
    ("GET", f"{PREFIX}/auth/directory/start", {}, 404),
    ("GET", f"{PREFIX}/health/ready", {}, 503),
    ("GET", f"{PREFIX}/docs", {}, 200),
]


@pytest.fixture(scope="module")
def visitor(still: Api) -> FlaskClient:
    return still.app.test_client()


def ask(api: Api, visitor: FlaskClient, method: str, path: str, options: dict[str, Any]) -> TestResponse:
    """One request by somebody who is signed in, unless the row says otherwise, over https."""
    sent = {**({} if options.get("nobody") else api.as_("robert").headers), **options.get("headers", {})}
    if "{asset}" in path:
        path = re.findall(r'"(/assets/[^"]+\.js)"', visitor.get("/").text)[0]
    if sent.get("If-None-Match"):
        sent["If-None-Match"] = api.as_("robert").get(PLAN).headers["ETag"]
    more = {name: value for name, value in options.items() if name not in {"headers", "nobody"}}
    return visitor.open(path, method=method, headers=sent, base_url="https://localhost", **more)


@pytest.mark.parametrize(("method", "path", "options", "status"), REQUESTS)
def test_every_answer_carries_them_all(
    request: pytest.FixtureRequest, method: str, path: str, options: dict[str, Any], status: int
) -> None:
    changes = path.endswith("/sign-out")
    api: Api = request.getfixturevalue("api" if changes else "still")
    answer = ask(api, api.app.test_client(), method, path, options)
    assert answer.status_code == status, answer.text[:300]
    for name, value in EXPECTED.items():
        assert answer.headers.getlist(name) == [value], name
    assert re.fullmatch(r"[A-Za-z0-9._-]{8,64}", answer.headers["X-Request-Id"])
    assert answer.headers.getlist("Server") == []
    assert not [name for name, _ in answer.headers if name.startswith(("Access-Control", "X-Powered"))]
    if status >= 400:
        assert answer.mimetype == "application/problem+json"
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", A_PLAN, NOWHERE, f"{PREFIX}/health/live"])
def test_over_plain_http_nobody_is_told_to_keep_to_https(still: Api, visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(path, base_url="http://localhost")
    assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "PATCH"])
@pytest.mark.parametrize("path", ["/", A_PLAN, f"{PREFIX}/auth/sign-in", f"{PREFIX}/openapi.json"])
def test_another_site_is_answered_nothing_about_itself(visitor: FlaskClient, method: str, path: str) -> None:
    """Also when it asks as a browser does before a request from another origin."""
    asks = {
        "Origin": "https://evil.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-csrf-token",
    }
    answer = visitor.open(path, method=method, headers=asks)
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]
    assert "Origin" not in answer.headers.get("Vary", "")


PRIVATE = ["/me", "/people", "/partner-tokens"]


@pytest.mark.parametrize("path", PRIVATE)
def test_what_is_about_people_is_stored_nowhere(still: Api, path: str) -> None:
    assert still.as_("admin").get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("transport", ["cookie", "bearer"])
def test_tokens_are_stored_nowhere(api: Api, transport: str) -> None:
    body = {"email": email_of("lucy"), "password": PASSWORD, "transport": transport}
    assert api.nobody.post("/auth/sign-in", body).headers["Cache-Control"] == "no-store"


def test_the_cookies_and_what_a_browser_may_do_with_them(api: Api) -> None:
    answer = api.nobody.post("/auth/sign-in", {"email": email_of("lucy"), "password": PASSWORD, "transport": "cookie"})
    found = {
        name: morsel for line in answer.headers.getlist("Set-Cookie") for name, morsel in SimpleCookie(line).items()
    }
    assert {name: bool(morsel["httponly"]) for name, morsel in found.items()} == {
        "__Host-access": True,
        "__Host-refresh": True,
        "__Host-csrf": False,  # the page reads it; it is of no use without the other two
        "__Host-device": True,
    }
    for name, morsel in found.items():
        assert (morsel["samesite"], morsel["path"], morsel["secure"], morsel["domain"]) == ("Strict", "/", True, ""), (
            name
        )
    assert b"__Host" not in body_of(answer)


def test_signing_out_takes_all_three_away(api: Api) -> None:
    cleared = api.as_("lucy").post("/auth/sign-out").headers.getlist("Set-Cookie")
    assert {line.partition("=")[0] for line in cleared} == {"__Host-access", "__Host-refresh", "__Host-csrf"}
    assert all("Max-Age=0" in line and "Secure" in line for line in cleared)
