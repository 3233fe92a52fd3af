"""Signing in, staying signed in, signing out; and every token that is not good enough (API 8)."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import jwt as pyjwt
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import create_app
from api.extensions import db
from tests.client import Api, Caller, problem
from tests.conftest import PASSWORD, SECRET, email_of, settings_for


def sign_in(api: Api, who: str = "lucy", **body: Any) -> TestResponse:
    return api.nobody.post("/auth/sign-in", {"email": email_of(who), "password": PASSWORD, **body})


def bearer(api: Api, token: str) -> Caller:
    return Caller(api, {"Authorization": f"Bearer {token}"})


class Browser:
    """A page that signed in with cookies."""

    def __init__(self, api: Api, who: str = "lucy") -> None:
        self.client: FlaskClient = api.app.test_client()
        self.caller = Caller(api, {}, self.client)
        self.answer = self.caller.post(
            "/auth/sign-in", {"email": email_of(who), "password": PASSWORD, "transport": "cookie"}
        )
        self.csrf: str = self.answer.json["csrf_token"]

    def post(self, path: str, body: Any = None, csrf: str | None = None) -> TestResponse:
        headers = {"X-CSRF-Token": csrf} if csrf is not None else {}
        return self.caller.post(path, body, headers=headers)


def test_bearer_sign_in_gives_tokens_that_work(api: Api) -> None:
    tokens = sign_in(api).json
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 600)
    assert bearer(api, tokens["access_token"]).read("/me")["account"]["name"] == "Lucy Goodfellow"


def test_bearer_sign_in_sets_no_cookie(api: Api) -> None:
    assert "Set-Cookie" not in sign_in(api).headers


def test_the_claims_of_an_access_token(api: Api) -> None:
    claims = pyjwt.decode(sign_in(api).json["access_token"], options={"verify_signature": False})
    assert {"iss", "aud", "exp", "nbf", "iat", "jti", "sub", "sid", "type", "role"} <= set(claims)
    assert (claims["type"], claims["role"]) == ("access", "contributor")
    assert claims["exp"] - claims["iat"] == 600


@pytest.mark.parametrize("email", [email_of("lucy").upper(), f"  {email_of('lucy')} "])
def test_the_email_is_read_in_any_case(api: Api, email: str) -> None:
    assert sign_in(api, email=email).status_code == 200


WRONG = {
    "wrong password": {"password": "not the passphrase"},
    "no such account": {"email": "nobody@example.org"},
    "password in other case": {"password": PASSWORD.upper()},
    "password with a space": {"password": PASSWORD + " "},
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_credentials_are_all_alike(api: Api, name: str) -> None:
    answer = sign_in(api, **WRONG[name])
    assert problem(answer) == (401, "invalid-credentials")
    assert answer.json["detail"] == "Check the e-mail address and the password, then try again."


def test_a_disabled_account_is_refused_like_a_wrong_password(api: Api) -> None:
    api.sql("UPDATE account SET disabled_at = now() WHERE email = %s", email_of("lucy"))
    assert problem(sign_in(api)) == (401, "invalid-credentials")


# --- cookies ----------------------------------------------------------------------------------------


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
def rotated(api: Api) -> Iterator[Callable[[Browser], Browser]]:
    """The same database behind an app with a new secret that still knows the old one; gives a page's cookies to it."""
    settings = replace(settings_for(api.url), secret_key=NEW_SECRET, previous_secret_key=SECRET)
    app = create_app(settings, clock=api.clock)

    def move(browser: Browser) -> Browser:
        moved = copy(browser)
        moved.client = app.test_client()
        moved.caller = Caller(api, {}, moved.client)
        for name in ("__Host-access", "__Host-refresh", "__Host-csrf"):
            cookie = browser.client.get_cookie(name)
            assert cookie is not None
            moved.client.set_cookie(name, cookie.value, secure=True)
        return moved

    yield move
    with app.app_context():
        db.engine.dispose()


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
    assert problem(browser.caller.get("/me")) == (401, "unauthenticated")


# --- refreshing -------------------------------------------------------------------------------------


def refresh(api: Api, token: str) -> TestResponse:
    return bearer(api, token).post("/auth/refresh")


def test_a_refresh_token_gives_new_tokens(api: Api) -> None:
    first = sign_in(api).json
    second = refresh(api, first["refresh_token"]).json
    assert second["refresh_token"] != first["refresh_token"]
    assert bearer(api, second["access_token"]).get("/me").status_code == 200


def test_a_refresh_token_works_once(api: Api) -> None:
    token = sign_in(api).json["refresh_token"]
    refresh(api, token)
    assert problem(refresh(api, token)) == (401, "refresh-superseded")


def test_the_loser_of_a_race_leaves_the_session_alone(api: Api) -> None:
    token = sign_in(api).json["refresh_token"]
    second = refresh(api, token).json
    refresh(api, token)
    assert refresh(api, second["refresh_token"]).status_code == 200


def test_of_several_refreshes_at_once_exactly_one_wins(api: Api) -> None:
    token = sign_in(api).json["refresh_token"]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: refresh(api, token), range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]
    assert {answer.json.get("code") for answer in answers} == {None, "refresh-superseded"}
    winner = next(answer.json for answer in answers if answer.status_code == 200)
    assert bearer(api, winner["access_token"]).get("/me").status_code == 200


def test_the_leeway_is_ten_seconds(api: Api) -> None:
    token = sign_in(api).json["refresh_token"]
    refresh(api, token)
    api.clock.move(seconds=10)
    assert problem(refresh(api, token)) == (401, "refresh-superseded")


def test_reuse_after_the_leeway_ends_the_session(api: Api) -> None:
    first = sign_in(api).json
    second = refresh(api, first["refresh_token"]).json
    api.clock.move(seconds=11)
    assert problem(refresh(api, first["refresh_token"])) == (401, "session-revoked")
    assert problem(refresh(api, second["refresh_token"])) == (401, "session-revoked")
    assert problem(bearer(api, second["access_token"]).get("/me")) == (401, "session-revoked")


def test_a_token_of_two_refreshes_ago_ends_the_session_at_once(api: Api) -> None:
    first = sign_in(api).json["refresh_token"]
    second = refresh(api, first).json["refresh_token"]
    refresh(api, second)
    assert problem(refresh(api, first)) == (401, "session-revoked")


def test_a_session_ends_after_fourteen_days(api: Api) -> None:
    tokens = sign_in(api).json
    api.clock.move(days=14)
    assert problem(refresh(api, tokens["refresh_token"])) == (401, "session-revoked")
    assert problem(bearer(api, tokens["access_token"]).get("/me")) == (401, "session-revoked")


def test_a_disabled_account_cannot_refresh(api: Api) -> None:
    token = sign_in(api).json["refresh_token"]
    api.sql("UPDATE account SET disabled_at = now() WHERE email = %s", email_of("lucy"))
    assert refresh(api, token).status_code == 401


# --- with effect on the next request ----------------------------------------------------------------


def test_signing_out_revokes_the_session(api: Api) -> None:
    tokens = sign_in(api).json
    caller = bearer(api, tokens["access_token"])
    assert caller.post("/auth/sign-out").status_code == 204
    assert problem(caller.get("/me")) == (401, "session-revoked")
    assert problem(refresh(api, tokens["refresh_token"])) == (401, "session-revoked")


def test_signing_out_leaves_other_devices_signed_in(api: Api) -> None:
    here, there = (sign_in(api).json["access_token"] for _ in range(2))
    bearer(api, here).post("/auth/sign-out")
    assert bearer(api, there).get("/me").status_code == 200


@pytest.mark.parametrize("path", ["/me", "/plans/havering-2020-23", "/people"])
def test_disabling_an_account_takes_effect_at_once(api: Api, path: str) -> None:
    lucy = api.as_("lucy")
    lucy.read(path)
    api.sql("UPDATE account SET disabled_at = now() WHERE email = %s", email_of("lucy"))
    assert problem(lucy.get(path)) == (401, "session-revoked")


def test_a_changed_role_takes_effect_at_once_whatever_the_token_says(api: Api) -> None:
    lucy, path = api.as_("lucy"), f"{api.action('3.4')}/updates"
    assert lucy.post(path, {"text": "x"}).status_code == 201
    api.sql("UPDATE account SET role = 'viewer' WHERE email = %s", email_of("lucy"))
    assert lucy.post(path, {"text": "x"}).status_code == 403
    assert lucy.read("/me")["account"]["role"] == "viewer"


# --- tokens that are not good enough ----------------------------------------------------------------


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
    import base64
    import json

    head = base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")
    return ".".join([head, *token.split(".")[1:]])


def _resigned(header: dict[str, Any], claims: dict[str, Any]) -> str:
    """Sign what the library would refuse to sign."""
    import base64
    import hashlib
    import hmac
    import json

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


@pytest.mark.parametrize("header", ["Basic bHVjeTp4", "Bearer", "Bearer ", "Token x", "bearer", "Bearer a b"])
def test_another_authorization_header_is_401(still: Api, header: str) -> None:
    assert Caller(still, {"Authorization": header}).get("/me").status_code == 401


def test_a_token_in_the_query_string_is_not_looked_at(still: Api) -> None:
    assert still.nobody.get(f"/me?jwt={still.token('lucy')}").status_code == 401


# --- me ---------------------------------------------------------------------------------------------


def test_me_as_a_contributor_is_on_and_owes_the_same_actions(still: Api) -> None:
    (plan,) = still.as_("lucy").read("/me")["plans"]
    named = [still.seeded.actions[number] for number in ("1.8", "3.4", "3.5", "6.3")]
    assert (plan["leads"], plan["on"], plan["owed"]) == ([], named, named)


def test_me_as_a_lead_officer_owes_those_of_the_objective_past_date_first(still: Api) -> None:
    (plan,) = still.as_("jane").read("/me")["plans"]
    numbers = {action: number for number, action in still.seeded.actions.items()}
    assert plan["leads"] == [3]
    assert [numbers[action] for action in plan["owed"]] == [
        "3.6",
        "3.1",
        "3.2",
        "3.3",
        "3.4",
        "3.5",
        "3.7",
        "3.8",
        "4.6",
    ]


def test_me_as_a_viewer_owes_nothing(still: Api) -> None:
    plans = still.as_("robert").read("/me")["plans"]
    assert [(plan["owed"], plan["on"]) for plan in plans] == [([], [])]


def test_me_as_admin_may_seed_and_has_four_actions_to_sign_off(still: Api) -> None:
    me = still.as_("admin").read("/me")
    assert me["may"] == ["seed"]
    assert len(me["plans"][0]["to_sign_off"]) == 4


def test_me_says_what_waits_for_the_lead_officer(api: Api) -> None:
    api.as_("lucy").say("3.4")
    assert api.as_("jane").read("/me")["plans"][0]["to_acknowledge"] == [api.seeded.actions["3.4"]]
    assert api.as_("gordon").read("/me")["plans"][0]["to_acknowledge"] == []


def test_me_names_the_person_with_agency(still: Api) -> None:
    person = still.as_("jane").read("/me")["person"]
    assert (person["name"], person["agency"]["short_name"]) == ("Jane Carroll", "LB Havering")


def test_me_of_an_account_without_a_person(still: Api) -> None:
    assert still.as_("stranger").read("/me")["person"] is None
