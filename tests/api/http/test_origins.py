"""What another site's page has a browser send is refused, beside the CSRF value and SameSite (API 8.1)."""

from collections.abc import Iterator
from typing import Any

import pytest

from api.http.declare import PUBLIC, WRITING
from tests.client import Api, Caller, problem
from tests.conftest import PASSWORD, Databases, Seeded, api_over, email_of
from tests.signing import Browser, sign_in

FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "https://localhost.evil.example"},
    {"Origin": "https://localhost:8443"},
    {"Origin": "evil"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "anything"},
    {"Origin": "https://localhost", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
]
OURS: list[dict[str, str]] = [
    {},
    {"Origin": "https://localhost"},
    {"Origin": "https://localhost", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
]
REFUSED = (403, "foreign-origin")


def ids(headers: Any) -> str:
    return " ".join(headers.values()) or "nothing" if isinstance(headers, dict) else str(headers)


@pytest.mark.parametrize("headers", FOREIGN, ids=ids)
def test_nobody_is_signed_in_by_another_site(still: Api, headers: dict[str, str]) -> None:
    body = {"email": email_of("lucy"), "password": PASSWORD, "transport": "cookie"}
    answer = still.nobody.post("/auth/sign-in", body, headers=headers)
    assert problem(answer) == REFUSED
    assert "Set-Cookie" not in answer.headers
    assert "https://localhost/" in answer.json["detail"]


def test_nor_is_it_a_guess(still: Api) -> None:
    body = {"email": email_of("lucy"), "password": "not the right one"}
    for _ in range(12):
        assert problem(still.nobody.post("/auth/sign-in", body, headers=FOREIGN[0])) == REFUSED


@pytest.mark.parametrize("headers", OURS, ids=ids)
def test_a_page_of_ours_and_whoever_is_no_browser_sign_in(api: Api, headers: dict[str, str]) -> None:
    body = {"email": email_of("lucy"), "password": PASSWORD, "transport": "cookie"}
    assert api.nobody.post("/auth/sign-in", body, headers=headers).status_code == 200


def open_to_nobody_in_particular(api: Api) -> list[tuple[str, str]]:
    found = api.app.extensions["plan_operations"]
    return [(each.method, each.rule) for each in found if each.door is PUBLIC and each.method in WRITING]


def test_every_unsafe_request_that_needs_no_sign_in_is_asked(still: Api) -> None:
    asked = open_to_nobody_in_particular(still)
    assert ("POST", "/auth/reset") in asked
    for method, path in asked:
        for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            assert problem(still.nobody.open(method, path, json={}, headers=headers)) == REFUSED, path


@pytest.mark.parametrize("headers", FOREIGN, ids=ids)
def test_a_write_by_cookie_needs_more_than_the_csrf_value(api: Api, headers: dict[str, str]) -> None:
    browser = Browser(api)
    for path, body in ((f"{api.action('3.4')}/updates", {"text": "x"}), ("/auth/refresh", None)):
        answer = browser.caller.post(path, body, headers={"X-CSRF-Token": browser.csrf, **headers})
        assert problem(answer) == REFUSED
    assert browser.caller.get("/me", headers=headers).status_code == 200


def test_a_script_s_token_is_no_browser_s(api: Api) -> None:
    """An extension, or a page of a partner's own server, may send where it comes from: no other site's page has the token."""
    answer = api.as_("lucy").post(f"{api.action('3.4')}/updates", {"text": "x"}, headers=FOREIGN[0])
    assert answer.status_code == 201


# --- where the address is set -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def named(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    with api_over(databases, seeded, settings={"public_url": "https://plan.example.org"}) as api:
        yield api


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://plan.example.org"}, 200),
        ({"Origin": "https://plan.example.org", "Host": "10.0.0.7:8000"}, 200),
        ({"Origin": "http://plan.example.org"}, 403),
        ({"Origin": "https://localhost"}, 403),
        ({"Origin": "https://evil.example", "Host": "evil.example"}, 403),
        ({}, 200),
    ],
    ids=ids,
)
def test_public_url_says_which_origin_is_ours(named: Api, headers: dict[str, str], status: int) -> None:
    body: dict[str, Any] = {"email": email_of("lucy"), "password": PASSWORD, "transport": "cookie"}
    assert Caller(named, {}).post("/auth/sign-in", body, headers=headers).status_code == status


def test_without_it_the_host_does_and_only_a_proxy_knows_of_tls(still: Api) -> None:
    headers = {"Origin": "https://plan.example.org", "Host": "plan.example.org"}
    body = {"email": email_of("lucy"), "password": PASSWORD}
    answer = still.nobody.post("/auth/sign-in", body, headers=headers, base_url="http://plan.example.org")
    assert answer.status_code == 200


def test_a_bearer_sign_in_is_asked_too(still: Api) -> None:
    assert sign_in(still).status_code == 200
    body = {"email": email_of("lucy"), "password": PASSWORD}
    assert problem(still.nobody.post("/auth/sign-in", body, headers=FOREIGN[0])) == REFUSED
