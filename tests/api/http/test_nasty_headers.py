"""Whatever stands in a header that is read, nobody is answered by a 500; an Origin that cannot be read is not ours (API 5, 8.1)."""

from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.client import PLAN, PREFIX, Api, problem
from tests.conftest import PASSWORD, Databases, Seeded, api_over, email_of
from tests.signing import Browser

NASTY = [
    "http://[",
    "http://]",
    "http://[]",
    "http://[::",
    "http://[v1.x]",
    "//[",
    "//localhost",
    "https:localhost",
    "https://localhost/",
    "https://localhost:x",
    "https://localhost:99999",
    "https://localhost@evil.example",
    "https://xn--",
    "https://a..b",
    f"https://{'a' * 70}.example",
    "http://a\xc3\xa9",
    "http://a\xe9",
    "http://\u00bd",
    "\xff\xfe",
    "\x00",
    "\t",
    ",",
    ";",
    "=",
    '"',
    'W/"',
    '"\xe9"',
    "*",
    "*, *",
    "xn--",
    "[",
    "[::1",
    "%",
    "%ff%zz",
    "-1",
    "9" * 5000,
    f'"{"9" * 5000}"',
    f'"{"9" * 400}-{"9" * 400}"',
    "1e999",
    "nan",
    "br;q=nan",
    "br;q=1e999, gzip;q=-1, *;q=" + "9" * 500,
    "text/html;q=x;q=;=,/,//,*/x",
    "a/b; charset=\xe9; charset*=utf-8''%ff",
    "Bearer",
    "Bearer \xe9",
    "Bearer a.b.c",
    "Bearer bm9uZQ.e30.",
    "Bearer eyJhbGciOiJub25lIn0.e30.",
    "Basic \xff",
    "__Host-access=\xe9; __Host-refresh=a.b.c; __Host-device=====; __Host-csrf=\x01",
    "__Host-device=Zm9v.\xe9.AAAA",
    "bytes=9-1",
    "Thu, 99 Foo 99999 99:99:99 GMT",
    "javascript",
    "::ffff:1.2.3.4%\xe9",
    "[1:2]:x, 300.1.1.1, unknown, _hidden",
    "\u2028".encode().decode("latin-1"),
]
READ = [
    "Accept",
    "Accept-Encoding",
    "Authorization",
    "Content-Encoding",
    "Content-Type",
    "Cookie",
    "Host",
    "Idempotency-Key",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "Last-Event-ID",
    "Origin",
    "Referer",
    "Sec-Fetch-Site",
    "User-Agent",
    "X-CSRF-Token",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Request-Id",
]
SIGN_IN = {"email": "nobody@example.org", "password": "not the right one", "transport": "cookie"}
BY_ANYBODY = ["/auth/sign-in", "/auth/reset-request", "/auth/email", "/auth/passkey/options"]


@pytest.fixture(scope="module")
def behind_a_proxy(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """Where what a proxy says is read too."""
    with api_over(databases, seeded, settings={"trusted_proxies": 1}) as api:
        yield api


def status_of(api: Api, method: str, path: str, headers: dict[str, str], body: Any = None) -> int:
    """The status of the answer, without the test client: that reads the Host itself, and fails at what is none."""
    environ = EnvironBuilder(path, "https://localhost", method=method, headers=headers, json=body).get_environ()
    environ |= {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": headers.get("Host", "localhost")}
    return int(run_wsgi_app(api.app.wsgi_app, environ, buffered=True)[1].partition(" ")[0])


def asked(api: Api, header: str, value: str) -> Iterator[int]:
    """What a nasty header is answered: at a read and a write with a token, and at a write by anybody."""
    sent = {header: value}
    with_token = {**api.as_("lucy").headers, **sent}
    yield status_of(api, "GET", PREFIX + PLAN, with_token)
    yield status_of(api, "PATCH", f"{PREFIX}{api.action('3.4')}", with_token, {})
    yield status_of(api, "POST", f"{PREFIX}/auth/passkey/options", {"Origin": "https://localhost", **sent})


@pytest.mark.parametrize("header", READ)
def test_no_header_is_a_500(behind_a_proxy: Api, header: str) -> None:
    for value in NASTY:
        statuses = list(asked(behind_a_proxy, header, value))
        assert max(statuses) < 500, (header, value, statuses)


# These are read as nothing else but an origin: of another site, or of none.
FOREIGN = [each for each in NASTY if each != "\t"]


@pytest.mark.parametrize("path", BY_ANYBODY)
def test_an_origin_that_cannot_be_read_is_foreign(still: Api, path: str) -> None:
    for origin in FOREIGN:
        answer = still.nobody.post(path, {"email": email_of("lucy")}, headers={"Origin": origin})
        assert problem(answer) == (403, "foreign-origin"), origin


def test_nor_does_it_write_by_cookie(api: Api) -> None:
    browser = Browser(api)
    for origin in FOREIGN:
        headers = {"X-CSRF-Token": browser.csrf, "Origin": origin}
        answer = browser.caller.post(f"{api.action('3.4')}/updates", {"text": "x"}, headers=headers)
        assert problem(answer) == (403, "foreign-origin"), origin


@pytest.mark.parametrize("host", ["a..b", "localhost:99999", "[::x]", f"{'a' * 70}.example"])
def test_a_host_that_is_none_is_400(still: Api, host: str) -> None:
    for headers in ({"Host": host}, {"Host": host, "Origin": f"https://{host}"}):
        assert status_of(still, "POST", f"{PREFIX}/auth/sign-in", headers, SIGN_IN) == 400


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("LOCALHOST", "https://localhost"),
        ("localhost:443", "https://localhost"),
        ("localhost:80", "http://localhost"),
        ("localhost:8020", "http://localhost:8020"),
        ("[::1]:8020", "http://[::1]:8020"),
        ("xn--mnchen-3ya.example", "https://xn--mnchen-3ya.example"),
    ],
)
def test_the_origin_that_a_browser_makes_of_a_host_is_ours(still: Api, host: str, origin: str) -> None:
    body = {"email": email_of("lucy"), "password": PASSWORD}
    answer = still.nobody.post("/auth/sign-in", body, headers={"Host": host, "Origin": origin})
    assert answer.status_code == 200
