"""A page that signed in: cookies out of the reach of scripts, and the CSRF value that goes with each write (API 8.1)."""

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from uuid import UUID

import jwt as pyjwt
import pytest
from werkzeug.test import TestResponse

from api.app import create_app
from tests.client import PLAN, Api, Caller, problem
from tests.conftest import PASSWORD, SECRET, email_of, settings_for
from tests.signing import Browser


@pytest.mark.parametrize("name", ["__Host-access", "__Host-refresh"])
def test_cookies_are_out_of_reach_of_scripts_and_other_sites(api: Api, name: str) -> None:
    cookies = Browser(api).answer.headers.getlist("Set-Cookie")
    (cookie,) = [each for each in cookies if each.startswith(f"{name}=")]
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_cookie_sign_in_shows_no_token_to_the_page(api: Api) -> None:
    assert set(Browser(api).answer.json) == {"csrf_token", "expires_in"}


def test_a_page_reads_with_its_cookies_alone(api: Api) -> None:
    browser = Browser(api)
    assert browser.caller.read("/me")["csrf_token"] == browser.csrf


NEW_SECRET = "".join(chr(33 + (7 * place) % 90) for place in range(60))


@pytest.fixture
def rotated(api: Api) -> Callable[[Browser], Browser]:
    """The same database behind an app with a new secret that still knows the old one; gives a page's cookies to it."""
    settings = replace(settings_for(api.url), secret_key=NEW_SECRET, previous_secret_key=SECRET)
    app = create_app(settings, clock=api.clock)
    api.beside(app)

    def move(browser: Browser) -> Browser:
        moved = copy(browser)
        moved.client = app.test_client()
        moved.caller = Caller(api, {}, moved.client)
        for name in ("__Host-access", "__Host-refresh", "__Host-csrf"):
            cookie = browser.client.get_cookie(name)
            assert cookie is not None
            moved.client.set_cookie(name, cookie.value, secure=True)
        return moved

    return move


def test_a_page_that_was_open_when_the_secret_changed_goes_on_reading(
    api: Api, rotated: Callable[[Browser], Browser]
) -> None:
    page = rotated(Browser(api))
    assert page.caller.read("/me")["csrf_token"] == page.csrf


@pytest.mark.parametrize("path", ["update", "/auth/refresh"])
def test_a_page_that_was_open_when_the_secret_changed_goes_on_writing(
    api: Api, rotated: Callable[[Browser], Browser], path: str
) -> None:
    page = rotated(Browser(api))
    body = {"text": "x"} if path == "update" else None
    answer = page.post(f"{api.action('3.4')}/updates" if path == "update" else path, body, csrf=page.csrf)
    assert answer.status_code in {200, 201}


def test_a_page_is_given_a_new_csrf_value_with_its_first_refresh_under_a_new_secret(
    api: Api, rotated: Callable[[Browser], Browser]
) -> None:
    page = rotated(Browser(api))
    fresh = page.post("/auth/refresh", csrf=page.csrf).json["csrf_token"]
    assert fresh != page.csrf
    assert page.post(f"{api.action('3.4')}/updates", {"text": "x"}, csrf=fresh).status_code == 201


def test_a_script_is_given_no_csrf_value(api: Api) -> None:
    assert api.as_("lucy").read("/me")["csrf_token"] is None


@pytest.mark.parametrize("path", ["update", "/auth/sign-out", "/auth/refresh"])
@pytest.mark.parametrize("csrf", ["missing", "wrong", "another session's"])
def test_a_cookie_write_without_the_csrf_value_is_refused(api: Api, path: str, csrf: str) -> None:
    browser = Browser(api)
    given = {"missing": None, "wrong": "x" * 64, "another session's": Browser(api, "jane").csrf}[csrf]
    path = f"{api.action('3.4')}/updates" if path == "update" else path
    answer = browser.post(path, {"text": "x"} if "updates" in path else None, csrf=given)
    assert problem(answer) == (403, "csrf")


def test_a_cookie_write_with_the_csrf_value_is_taken(api: Api) -> None:
    browser = Browser(api)
    assert browser.post(f"{api.action('3.4')}/updates", {"text": "x"}, csrf=browser.csrf).status_code == 201


def test_the_csrf_value_stays_the_same_for_the_life_of_a_session(api: Api) -> None:
    browser = Browser(api)
    refreshed = browser.post("/auth/refresh", csrf=browser.csrf)
    assert refreshed.json["csrf_token"] == browser.csrf


def test_signing_out_clears_the_cookies(api: Api) -> None:
    browser = Browser(api)
    answer = browser.post("/auth/sign-out", csrf=browser.csrf)
    assert answer.status_code == 204
    assert all("Max-Age=0" in each for each in answer.headers.getlist("Set-Cookie"))
    assert answer.headers["Clear-Site-Data"] == '"cache"'  # and not "storage", where drafts wait
    assert problem(browser.caller.get("/me")) == (401, "unauthenticated")


def lives(answer: TestResponse) -> dict[str, int]:
    """For how many seconds each cookie of the session is kept."""
    lines = answer.headers.getlist("Set-Cookie")
    return {
        line.partition("=")[0]: int(line.partition("Max-Age=")[2].partition(";")[0])
        for line in lines
        if not line.startswith("__Host-device")
    }


def test_cookies_end_with_the_session_and_a_refresh_makes_them_no_longer(api: Api) -> None:
    browser = Browser(api)
    names = {"__Host-access", "__Host-refresh", "__Host-csrf"}
    assert lives(browser.answer) == dict.fromkeys(names, 14 * 86_400)
    api.clock.move(days=13)
    refreshed = browser.post("/auth/refresh", csrf=browser.csrf)
    assert lives(refreshed) == dict.fromkeys(names, 86_400)
    kept = browser.client.get_cookie("__Host-refresh")
    assert kept is not None
    claims = pyjwt.decode(kept.value, options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == 86_400


@pytest.mark.parametrize("who", ["lucy", "jane"])
def test_a_second_sign_in_in_one_browser_ends_the_session_before(api: Api, who: str) -> None:
    browser, elsewhere = Browser(api), Browser(api)
    before = browser.client.get_cookie("__Host-access")
    assert before is not None
    api.clock.move(days=2)
    body = {"email": email_of(who), "password": PASSWORD, "transport": "cookie"}
    assert browser.caller.post("/auth/sign-in", body).status_code == 200
    old = api.app.test_client()
    old.set_cookie("__Host-access", before.value, secure=True)
    assert problem(Caller(api, {}, old).get("/me")) == (401, "session-revoked")
    assert browser.caller.get("/me").status_code == 200
    assert elsewhere.caller.get("/me").status_code == 200
    told = api.sql("SELECT account_id, detail FROM audit_event WHERE kind = 'session-ended'")
    assert told == [(UUID(api.seeded.sessions["lucy"]["account"]), {"reason": "signed in anew in the same browser"})]


def test_a_wrong_password_and_a_script_end_none(api: Api) -> None:
    browser = Browser(api)
    wrong = {"email": email_of("jane"), "password": "not the right one", "transport": "cookie"}
    assert browser.caller.post("/auth/sign-in", wrong).status_code == 401
    assert browser.caller.get("/me").status_code == 200
    script = {"email": email_of("jane"), "password": PASSWORD}
    assert browser.caller.post("/auth/sign-in", script).status_code == 200
    assert browser.caller.get("/me").status_code == 200


def test_cookies_that_are_not_ours_are_no_session_before(api: Api) -> None:
    client = api.app.test_client()
    for name in ("__Host-access", "__Host-refresh"):
        client.set_cookie(name, "x.y.z", secure=True)
    body = {"email": email_of("lucy"), "password": PASSWORD, "transport": "cookie"}
    assert Caller(api, {}, client).post("/auth/sign-in", body).status_code == 200


READS = [
    "/me",
    PLAN,
    f"{PLAN}/actions",
    f"{PLAN}/status",
    f"{PLAN}/actions.csv",
    f"{PLAN}/changes",
    f"{PLAN}/journal",
    f"{PLAN}?as_at=2026-11-22",
]


@pytest.mark.parametrize("path", READS)
def test_a_browser_keeps_nothing_of_what_a_page_reads(api: Api, path: str) -> None:
    """Others use it afterwards, and what its cache holds outlives the session (ADR 28)."""
    page = Browser(api).caller
    first = page.get(path)
    again = page.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-store")
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "no-store")


def test_a_page_and_a_script_have_one_etag(api: Api) -> None:
    assert Browser(api).caller.get(PLAN).headers["ETag"] == api.as_("lucy").get(PLAN).headers["ETag"]


def test_what_belongs_to_nobody_is_kept_by_a_page_too(api: Api) -> None:
    assert Browser(api).caller.get("/openapi.json").headers["Cache-Control"] == "private, no-cache"
