"""A browser that signed in before is counted apart: strangers who guess cannot keep an owner out of it (OWASP, "Device Cookies")."""

from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.client import Api, Caller, problem
from tests.conftest import PASSWORD, email_of
from tests.letters import settled, text_of, token_in, with_outbox
from tests.signing import Browser

COOKIE = "__Host-device"
NEW = "four words nobody joins"


def attempt(
    api: Api, client: FlaskClient | None = None, password: str = PASSWORD, who: str = "lucy", address: str = "192.0.2.1"
) -> TestResponse:
    body = {"email": email_of(who), "password": password, "transport": "cookie"}
    return Caller(api, {}, client).post("/auth/sign-in", body, environ_base={"REMOTE_ADDR": address})


def besiege(api: Api, who: str = "lucy", address: str = "203.0.113.1") -> None:
    """A stranger guesses until nobody else may."""
    assert [attempt(api, None, "a guess at it", who, address).status_code for _ in range(10)] == [401] * 10
    assert attempt(api, None, PASSWORD, who, "203.0.113.99").status_code == 429


def test_a_stranger_cannot_keep_the_owner_out_of_their_own_browser(api: Api) -> None:
    mine = Browser(api).client
    besiege(api)
    assert attempt(api, mine).status_code == 200


def test_nor_somebody_at_the_same_address(api: Api) -> None:
    mine = Browser(api).client
    besiege(api, address="192.0.2.1")
    assert attempt(api, mine, address="192.0.2.1").status_code == 200


def test_a_known_browser_that_guesses_keeps_out_itself_alone(api: Api) -> None:
    mine, other = Browser(api).client, Browser(api).client
    assert [attempt(api, mine, "a guess at it").status_code for _ in range(11)] == [401] * 10 + [429]
    assert attempt(api, mine).status_code == 429
    assert attempt(api, other).status_code == 200
    assert attempt(api).status_code == 200
    api.clock.move(minutes=5)
    assert attempt(api, mine).status_code == 200


def test_it_is_known_to_the_accounts_that_signed_in_with_it_and_no_other(api: Api) -> None:
    """A desk that people share."""
    desk = Browser(api).client
    assert attempt(api, desk, who="jane").status_code == 200
    for number, who in enumerate(("lucy", "jane", "pippa")):
        besiege(api, who, f"203.0.113.{number}")
    assert [attempt(api, desk, who=who).status_code for who in ("lucy", "jane", "pippa")] == [200, 200, 429]


def test_the_cookie_names_nobody_opens_nothing_and_outlives_the_session(api: Api) -> None:
    browser = Browser(api)
    (line,) = [each for each in browser.answer.headers.getlist("Set-Cookie") if each.startswith(COOKIE)]
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict", "Max-Age=15552000"} <= set(line.split("; "))
    assert browser.post("/auth/sign-out", csrf=browser.csrf).status_code == 204
    assert browser.client.get_cookie(COOKIE) is not None
    assert problem(browser.caller.get("/me")) == (401, "unauthenticated")


def test_a_changed_one_and_one_of_another_account_are_strangers(api: Api) -> None:
    mine, hers = Browser(api).client, Browser(api, "jane").client
    good = mine.get_cookie(COOKIE)
    assert good is not None
    besiege(api)
    for place in (0, len(good.value) // 2, len(good.value) - 1):
        changed = "A" if good.value[place] != "A" else "B"
        bent = api.app.test_client()
        bent.set_cookie(COOKIE, good.value[:place] + changed + good.value[place + 1 :], secure=True)
        assert attempt(api, bent).status_code == 429
    for value in ("", ".", "x" * 48, good.value * 3, "é", f"{good.value},{good.value}"):
        bent = api.app.test_client()
        bent.set_cookie(COOKIE, value, secure=True)
        assert attempt(api, bent).status_code == 429, value
    assert attempt(api, hers).status_code == 429
    assert attempt(api, mine).status_code == 200


def test_after_half_a_year_it_is_forgotten(api: Api) -> None:
    mine = Browser(api).client
    api.clock.move(days=180)
    besiege(api)
    assert attempt(api, mine).status_code == 200
    other = Browser(api, "jane").client
    api.clock.move(days=181)
    besiege(api, "jane")
    assert attempt(api, other, who="jane").status_code == 429


def test_a_script_is_given_none(api: Api) -> None:
    body = {"email": email_of("lucy"), "password": PASSWORD}
    assert "Set-Cookie" not in api.nobody.post("/auth/sign-in", body).headers


def test_a_reset_clears_what_strangers_guessed_and_lets_its_browser_in_while_they_go_on(
    api: Api, tmp_path: Path
) -> None:
    outbox = with_outbox(api, tmp_path / "outbox")
    besiege(api)
    api.nobody.post("/auth/reset-request", {"email": email_of("lucy")})
    settled(api)
    token = token_in(text_of(outbox.read()[-1]))
    mine = api.app.test_client()
    assert Caller(api, {}, mine).post("/auth/reset", {"token": token, "password": NEW}).status_code == 204
    settled(api)
    assert attempt(api, None, NEW, address="192.0.2.7").status_code == 200
    besiege_again = [attempt(api, None, "a guess at it", address="203.0.113.2").status_code for _ in range(11)]
    assert besiege_again == [401] * 10 + [429]
    assert attempt(api, mine, NEW).status_code == 200


def test_whoever_is_signed_in_confirms_and_changes_their_password_while_strangers_guess(api: Api) -> None:
    besiege(api)
    lucy = api.as_("lucy")
    assert lucy.post("/auth/confirm", {"password": PASSWORD}).status_code == 204
    assert lucy.post("/me/password", {"current": PASSWORD, "new": NEW}).status_code == 204


def test_and_what_is_guessed_in_a_session_keeps_nobody_else_out(api: Api) -> None:
    thief = Browser(api)
    wrong = [thief.post("/auth/confirm", {"password": "a guess at it"}, thief.csrf).status_code for _ in range(11)]
    assert wrong == [401] * 10 + [429]
    assert problem(thief.post("/me/password", {"current": PASSWORD, "new": NEW}, thief.csrf))[0] == 429
    assert api.as_("lucy").post("/auth/confirm", {"password": PASSWORD}).status_code == 204
    assert attempt(api).status_code == 200
