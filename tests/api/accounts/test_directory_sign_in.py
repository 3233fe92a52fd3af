"""Signing in through an agency's directory, against a real OpenID provider in a process of its own."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt as pyjwt
import pytest
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from tests.client import PREFIX, Api, Caller, problem
from tests.conftest import Databases, Seeded, api_over, email_of
from tests.provider import CLIENT, Provider, running_provider

ORIGIN = "https://localhost"
START, CALLBACK = "/auth/directory/start", "/auth/directory/callback"
FAILED, AWAY = "/sign-in?problem=directory", "/sign-in?problem=directory-away"
COOKIE = "__Host-directory"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as found:
        yield found


@pytest.fixture(autouse=True)
def _honest(request: pytest.FixtureRequest) -> None:
    if "provider" in request.fixturenames:
        found: Provider = request.getfixturevalue("provider")
        found.change, found.away = None, False


@pytest.fixture(scope="module")
def place(databases: Databases, seeded: Seeded, provider: Provider) -> Iterator[Api]:
    """One app for the module; each test has an account of its own in it, bound by nobody else."""
    settings = {"oidc": provider.settings, "public_url": ORIGIN}
    with api_over(databases, seeded, settings=settings) as api:
        api.clock.now = datetime.now(UTC)
        for who in seeded.sessions:
            provider.knows(f"sub-{who}", email_of(who).upper())
        yield api


class Browser:
    """A browser that keeps its cookies and goes where it is sent."""

    def __init__(self, api: Api, provider: Provider) -> None:
        self.client: FlaskClient = api.app.test_client()
        self.caller = Caller(api, {}, self.client)
        self.provider = provider

    def start(self, query: str = "") -> str:
        answer = self.caller.get(START + query)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def come_back(self, address: str) -> TestResponse:
        assert address.startswith(f"{ORIGIN}{PREFIX}{CALLBACK}?"), address
        return self.caller.get(address.removeprefix(ORIGIN + PREFIX))

    def sign_in(self, sub: str | None, query: str = "") -> TestResponse:
        return self.come_back(self.provider.sign_in(self.start(query), sub))

    def is_in(self) -> bool:
        return self.caller.get("/me").status_code == 200

    def cookies_set(self, answer: TestResponse) -> dict[str, str]:
        return {line.partition("=")[0]: line for line in answer.headers.getlist("Set-Cookie")}


@pytest.fixture
def guest(place: Api, provider: Provider) -> Browser:
    # The provider lives on the machine's clock: an app whose clock stood still since the first test would not believe it.
    place.clock.now = datetime.now(UTC)
    return Browser(place, provider)


def went_nowhere(guest: Browser, answer: TestResponse) -> bool:
    """As every failure is answered: to the sign-in page, with nothing else, and no session."""
    assert (answer.status_code, answer.headers["Location"], answer.data) == (302, FAILED, b"")
    assert list(guest.cookies_set(answer)) == [COOKIE]
    return not guest.is_in()


def last_noted(api: Api) -> tuple[str, Any]:
    return api.sql("SELECT kind, detail FROM audit_event ORDER BY id DESC LIMIT 1")[0]  # type: ignore[return-value]


# --- it works ------------------------------------------------------------------------------------


def test_who_has_an_account_is_signed_in_and_goes_on_to_their_page(guest: Browser, place: Api) -> None:
    answer = guest.sign_in("sub-jane", "?next=/actions/3.4%3Ftab=history")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/actions/3.4?tab=history")
    assert guest.caller.read("/me")["account"]["name"] == "Jane Carroll"
    opened = place.sql("SELECT method, authenticated_at FROM session ORDER BY created_at DESC, id DESC LIMIT 1")[0]
    assert opened == ("directory", place.clock.now)
    assert last_noted(place) == ("signed-in", {"method": "directory"})


def test_it_ends_the_session_that_the_browser_had(guest: Browser, place: Api) -> None:
    """A browser that another site sends back brings no cookies of the session: which it was, is known from the way out."""
    guest.sign_in("sub-gordon")
    before = guest.client.get_cookie("__Host-refresh")
    assert before is not None
    way_back = guest.provider.sign_in(guest.start(), "sub-gordon")
    for name in ("__Host-access", "__Host-refresh", "__Host-csrf"):
        guest.client.delete_cookie(name)
    assert guest.come_back(way_back).status_code == 302
    assert guest.is_in()
    ended = place.one("SELECT ended_at FROM session WHERE id = %s", session_of(before.value))
    assert ended == place.clock.now


def session_of(token: str) -> str:
    return str(pyjwt.decode(token, options={"verify_signature": False})["sid"])


def test_the_session_s_cookies_are_strict_and_that_of_the_way_is_gone(guest: Browser) -> None:
    cookies = guest.cookies_set(guest.sign_in("sub-pippa"))
    for name in ("__Host-access", "__Host-refresh", "__Host-csrf"):
        assert {"Secure", "SameSite=Strict", "Path=/"} <= set(cookies[name].split("; ")), name
        assert ("HttpOnly" in cookies[name]) is (name != "__Host-csrf")
    assert "__Host-device" not in cookies, "the browser did not send the marks it has, so they would be lost"
    assert "Max-Age=0" in cookies[COOKIE]


def test_a_contributor_without_a_page_in_mind_goes_to_their_actions(guest: Browser) -> None:
    assert guest.sign_in("sub-lucy").headers["Location"] == "/my"


def test_the_way_there_asks_for_what_the_standard_says(guest: Browser, provider: Provider) -> None:
    answer = guest.caller.get(START)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}
    assert answer.headers["Location"].startswith(f"{provider.issuer}/oauth2/authorize?")
    assert {"response_type": "code", "client_id": CLIENT, "scope": "openid email"}.items() <= asked.items()
    assert asked["redirect_uri"] == f"{ORIGIN}{PREFIX}{CALLBACK}"
    assert (asked["code_challenge_method"], len(asked["code_challenge"])) == ("S256", 43)
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    cookie = guest.cookies_set(answer)[COOKIE]
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"} <= set(cookie.split("; "))
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_invited_account_has_accepted_and_is_bound(guest: Browser, place: Api) -> None:
    account = place.one("UPDATE account SET password_hash = NULL WHERE email = %s RETURNING id", email_of("gloria"))
    place.sql(
        "INSERT INTO account_link (id, account_id, kind, secret_hash, expires_at, made_by_name, created_at) "
        "VALUES (gen_random_uuid(), %s, 'invitation', sha256('x'), now() + interval '7 days', 'Ann', now())",
        account,
    )
    assert guest.sign_in("sub-gloria").headers["Location"] == "/my"
    assert place.one("SELECT used_at FROM account_link WHERE account_id = %s", account) == place.clock.now
    subject = place.one("SELECT oidc_subject FROM account WHERE id = %s", account)
    assert subject == f"{guest.provider.issuer}|sub-gloria"
    entry = place.sql(
        "SELECT verb, actor_name, after FROM journal WHERE object_id = %s ORDER BY id DESC LIMIT 1", account
    )
    assert entry == [("bound", "Gloria Okewale", {"oidc_subject": subject})]


def test_once_bound_the_subject_counts_and_no_longer_the_address(place: Api, provider: Provider) -> None:
    """Robert's address moved on in the directory, to somebody new; Robert himself got another one."""
    assert Browser(place, provider).sign_in("sub-robert").headers["Location"] == "/"
    provider.knows("sub-new", email_of("robert"))
    newcomer = Browser(place, provider)
    assert went_nowhere(newcomer, newcomer.sign_in("sub-new"))
    provider.knows("sub-robert", "robert.renamed@example.org", verified=False)
    robert = Browser(place, provider)
    robert.sign_in("sub-robert")
    assert robert.caller.read("/me")["account"]["name"] == "Robert South"


def test_it_is_fresh_for_ten_minutes(guest: Browser, place: Api) -> None:
    csrf = guest.cookies_set(guest.sign_in("sub-admin"))["__Host-csrf"].partition("=")[2].partition(";")[0]
    agency = place.one("SELECT id::text FROM agency LIMIT 1")
    token = {"name": "Rio", "agency": agency, "scopes": ["plan:read"]}
    post = lambda: guest.caller.post("/partner-tokens", token, headers={"X-CSRF-Token": csrf})  # noqa: E731
    assert post().status_code == 201
    since = place.clock.now
    place.clock.move(minutes=11)
    assert problem(post()) == (403, "confirmation-needed")
    place.clock.now = since


# --- it does not ---------------------------------------------------------------------------------


def test_an_address_that_is_not_verified_opens_nothing(guest: Browser, place: Api, provider: Provider) -> None:
    for said in (False, "true", 1, None):
        provider.knows("sub-unsure", email_of("second admin"), verified=said)
        assert went_nowhere(guest, guest.sign_in("sub-unsure")), said
    assert last_noted(place) == ("sign-in-failed", {"method": "directory", "why": "no account"})


def test_an_unknown_address_and_a_disabled_account_are_answered_alike(guest: Browser, place: Api) -> None:
    guest.provider.knows("sub-unknown", "nobody.here@example.org")
    assert went_nowhere(guest, guest.sign_in("sub-unknown"))
    place.sql("UPDATE account SET disabled_at = now() WHERE email = %s", email_of("stranger"))
    assert went_nowhere(guest, guest.sign_in("sub-stranger"))
    assert place.one("SELECT oidc_subject FROM account WHERE email = %s", email_of("stranger")) is None


def test_a_bound_account_that_was_disabled_since_stays_closed(guest: Browser, place: Api) -> None:
    guest.provider.knows("sub-second", email_of("second admin"))
    assert guest.sign_in("sub-second").headers["Location"] == "/"
    place.sql("UPDATE account SET disabled_at = now() WHERE email = %s", email_of("second admin"))
    again = Browser(place, guest.provider)
    assert went_nowhere(again, again.sign_in("sub-second"))


def test_a_callback_is_good_once(guest: Browser, place: Api) -> None:
    back = guest.provider.sign_in(guest.start(), "sub-gordon")
    kept = guest.client.get_cookie(COOKIE)
    assert kept is not None
    assert guest.come_back(back).headers["Location"] == "/my"
    thief = Browser(place, guest.provider)
    thief.client.set_cookie(COOKIE, kept.value, secure=True, httponly=True)
    assert went_nowhere(thief, thief.come_back(back))
    assert last_noted(place)[1]["why"] == "the state is spent"


def test_a_callback_in_another_browser_is_refused_and_spends_nothing(guest: Browser, place: Api) -> None:
    """Somebody is made to sign in as somebody else: the state is not theirs."""
    back = guest.provider.sign_in(guest.start(), "sub-gordon")
    for victim in (Browser(place, guest.provider), Browser(place, guest.provider)):
        if victim is not guest:
            victim.start()
        assert went_nowhere(victim, victim.come_back(back))
    assert guest.come_back(back).headers["Location"] == "/my"


def test_a_way_that_took_more_than_ten_minutes_has_ended(guest: Browser, place: Api) -> None:
    back = guest.provider.sign_in(guest.start(), "sub-gordon")
    since = place.clock.now
    place.clock.move(minutes=10, seconds=1)
    answer = guest.come_back(back)
    place.clock.now = since
    assert went_nowhere(guest, answer)


@pytest.mark.parametrize("email", ["jane.carroll\0@example.org", "x" * 300 + "@example.org", "no address", ""])
def test_an_address_that_is_none_opens_nothing_and_is_no_fault_of_ours(
    guest: Browser, provider: Provider, place: Api, email: str
) -> None:
    provider.knows("sub-odd", email)
    assert went_nowhere(guest, guest.sign_in("sub-odd"))
    assert last_noted(place)[1]["why"] == "no account"


@pytest.mark.parametrize("sub", ["a\0b", "x" * 256, "Zoë"])
def test_a_subject_that_is_none_opens_nothing_and_is_no_fault_of_ours(
    guest: Browser, provider: Provider, place: Api, sub: str
) -> None:
    provider.knows(sub, "nobody@example.org")
    assert went_nowhere(guest, guest.sign_in(sub))
    assert last_noted(place)[1]["why"] == "the ID token: its subject is none"


def test_who_refuses_on_the_provider_s_page_is_not_signed_in(guest: Browser) -> None:
    state = parse_qs(urlsplit(guest.start()).query)["state"][0]
    assert went_nowhere(guest, guest.caller.get(f"{CALLBACK}?error=access_denied&state={state}"))


@pytest.mark.parametrize("query", ["", "?state=x&code=y", "?code=y", "?state=&code=", "?session_state=1&state=%00"])
def test_a_callback_out_of_the_blue(guest: Browser, query: str) -> None:
    assert went_nowhere(guest, guest.caller.get(CALLBACK + query))


@pytest.mark.parametrize("value", ["zzz.x/", "/", "0" * 32 + "." + "A" * 43 + "/", "%ff"])
def test_a_cookie_that_we_never_set(guest: Browser, value: str) -> None:
    guest.client.set_cookie(COOKIE, value, secure=True)
    state = value.partition("/")[0]
    assert went_nowhere(guest, guest.caller.get(CALLBACK, query_string={"state": state, "code": "x"}))


def test_an_answer_of_another_provider_is_not_taken(guest: Browser) -> None:
    back = guest.provider.sign_in(guest.start(), "sub-gordon")
    assert went_nowhere(guest, guest.come_back(f"{back}&iss=https://elsewhere.example"))


ANOTHER_KEY = RSAKey.generate_key(2048, parameters={"kid": "another"})


def packed(claims: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")


def forged(answer: dict[str, Any]) -> dict[str, Any]:
    """All as the provider said it, under its key's name, signed by somebody else's."""
    token = answer["id_token"]
    header = pyjwt.get_unverified_header(token)
    return {**answer, "id_token": jwt.encode(header, claims_of(token), ANOTHER_KEY)}


def claims_of(token: str) -> dict[str, Any]:
    return pyjwt.decode(token, options={"verify_signature": False})


def unsigned(answer: dict[str, Any]) -> dict[str, Any]:
    return {**answer, "id_token": f"{packed({'alg': 'none', 'typ': 'JWT'})}.{answer['id_token'].split('.')[1]}."}


def by_the_secret(answer: dict[str, Any]) -> dict[str, Any]:
    """HS256 under the client's secret: a symmetric algorithm where only asymmetric ones count."""
    secret = "the client's own secret" + " " * 16
    return {**answer, "id_token": pyjwt.encode(claims_of(answer["id_token"]), secret, "HS256")}


def changed_after_signing(answer: dict[str, Any]) -> dict[str, Any]:
    head, _, signature = answer["id_token"].split(".")
    body = packed({**claims_of(answer["id_token"]), "sub": "sub-admin"})
    return {**answer, "id_token": f"{head}.{body}.{signature}"}


@pytest.mark.parametrize(
    "change",
    [
        forged,
        unsigned,
        by_the_secret,
        changed_after_signing,
        lambda answer: {name: value for name, value in answer.items() if name != "id_token"},
        lambda answer: {**answer, "id_token": "not.a.token"},
        lambda answer: {**answer, "id_token": 7},
    ],
    ids=["another key", "no signature", "the client's secret", "changed", "no ID token", "no token at all", "a number"],
)
def test_an_id_token_that_is_not_the_provider_s(guest: Browser, change: Callable[..., Any]) -> None:
    guest.provider.change = change
    assert went_nowhere(guest, guest.sign_in("sub-gordon"))


def test_an_id_token_of_another_way_has_another_nonce(guest: Browser, place: Api, provider: Provider) -> None:
    """The provider's own token, good in everything, but asked for in another browser."""
    kept: dict[str, Any] = {}
    provider.change = lambda answer: kept.setdefault("first", answer)
    assert Browser(place, provider).sign_in("sub-gordon").headers["Location"] == "/my"
    assert went_nowhere(guest, guest.sign_in("sub-gordon"))
    assert last_noted(place)[1]["why"] == "the ID token: InvalidClaimError"


def test_an_id_token_that_has_expired(guest: Browser, place: Api) -> None:
    back = guest.provider.sign_in(guest.start(), "sub-gordon")
    since = place.clock.now
    place.sql("UPDATE challenge SET expires_at = now() + interval '1 day'")
    place.clock.move(hours=1, minutes=5)
    answer = guest.come_back(back)
    place.clock.now = since
    assert went_nowhere(guest, answer)
    assert last_noted(place)[1]["why"] == "the ID token: ExpiredTokenError"


def test_a_provider_that_does_not_answer_is_told_apart(guest: Browser, provider: Provider, place: Api) -> None:
    back = provider.sign_in(guest.start(), "sub-gordon")
    provider.away = True
    answer = guest.come_back(back)
    assert (answer.status_code, answer.headers["Location"]) == (302, AWAY)
    assert not guest.is_in()


def test_a_provider_that_did_not_answer_is_not_waited_for_by_the_next(place: Api, provider: Provider) -> None:
    known = place.app.extensions["plan_directory"]
    place.app.extensions["plan_directory"] = type(known)(provider.settings, ORIGIN)
    provider.away = True
    before = len(provider.asked)
    for _ in range(3):
        assert Browser(place, provider).caller.get(START).headers["Location"] == AWAY
    assert len(provider.asked) == before + 1
    place.app.extensions["plan_directory"] = known


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "/\\evil.example", "https://evil.example", "/%09/evil.example", "/api/v1/me", "x" * 600],
)
def test_nobody_is_sent_elsewhere_afterwards(guest: Browser, elsewhere: str) -> None:
    assert guest.sign_in("sub-gordon", f"?next={elsewhere}").headers["Location"] == "/my"


# --- where there is none -------------------------------------------------------------------------


@pytest.mark.parametrize("path", [START, CALLBACK])
def test_without_a_directory_there_is_nothing_at_its_addresses(still: Api, path: str) -> None:
    assert problem(still.nobody.get(path)) == (404, "not-found")


def test_the_ways_to_sign_in(still: Api, place: Api) -> None:
    assert still.nobody.read("/auth/methods") == {"passkeys": True, "directory": None}
    assert place.nobody.read("/auth/methods")["directory"] == {"name": "Havering Council"}
