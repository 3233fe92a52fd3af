"""Passkeys, by an authenticator of software: made, signed with, refused in every way in which one can be wrong (API 8.7)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.authenticator import PRESENT, Authenticator, text_of
from tests.client import Api, problem
from tests.conftest import email_of
from tests.signing import add_passkey, bearer, register, sign_in, sign_in_by


def test_a_passkey_signs_in_alone(api: Api) -> None:
    passkey = add_passkey(api)
    answer = sign_in_by(api, passkey)
    assert bearer(api, answer.json["access_token"]).read("/me")["account"]["name"] == "Lucy Goodfellow"
    here = next(each for each in api.as_("lucy").read("/me/sessions")["data"] if not each["current"])
    assert here["method"] == "passkey"


def test_a_page_gets_cookies(api: Api) -> None:
    answer = sign_in_by(api, add_passkey(api), transport="cookie")
    assert set(answer.json) == {"csrf_token", "expires_in"}
    names = {line.partition("=")[0] for line in answer.headers.getlist("Set-Cookie")}
    assert names == {"__Host-access", "__Host-refresh", "__Host-csrf", "__Host-device"}


def test_a_browser_is_asked_for_a_key_that_can_be_found_and_verifies_its_person(still: Api) -> None:
    options = still.as_("lucy").post("/me/passkeys/options").json["public_key"]
    assert options["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert (options["rp"]["id"], options["attestation"]) == ("localhost", "none")
    asked = still.nobody.post("/auth/passkey/options").json["public_key"]
    assert (asked["allowCredentials"], asked["userVerification"]) == ([], "required")


def test_a_passkey_there_is_not_made_twice(api: Api) -> None:
    passkey = add_passkey(api)
    excluded = api.as_("lucy").post("/me/passkeys/options").json["public_key"]["excludeCredentials"]
    assert [each["id"] for each in excluded] == [text_of(passkey.id)]
    assert problem(register(api.as_("lucy"), passkey)) == (409, "duplicate")
    assert problem(register(api.as_("jane"), passkey)) == (409, "duplicate")


def test_passkeys_are_listed_by_name_and_removed(api: Api) -> None:
    passkey = add_passkey(api, name="Work laptop")
    sign_in_by(api, passkey)
    (listed,) = api.as_("lucy").read("/me/factors")["passkeys"]
    assert listed["name"] == "Work laptop"
    assert listed["last_used_at"] is not None
    assert api.as_("lucy").open("DELETE", f"/me/passkeys/{listed['id']}").status_code == 204
    assert problem(sign_in_by(api, passkey)) == (401, "invalid-credentials")
    assert api.one("SELECT factor_since FROM account WHERE email = %s", email_of("lucy")) is None


def test_nobody_removes_the_passkey_of_another(api: Api) -> None:
    add_passkey(api)
    its_id = api.as_("lucy").read("/me/factors")["passkeys"][0]["id"]
    assert problem(api.as_("admin").open("DELETE", f"/me/passkeys/{its_id}")) == (404, "not-found")


BENT_AT_MAKING: dict[str, dict[str, Any]] = {
    "another origin": {"origin": "https://localhost.example.org"},
    "another port": {"origin": "https://localhost:8443"},
    "not https": {"origin": "http://localhost"},
    "another site": {"site": "example.org"},
    "nobody verified": {"flags": PRESENT},
    "nobody there": {"flags": 0},
}


@pytest.mark.parametrize("name", BENT_AT_MAKING)
def test_a_passkey_that_is_not_right_is_not_kept(still: Api, name: str) -> None:
    answer = register(still.as_("lucy"), Authenticator(**BENT_AT_MAKING[name]))
    assert problem(answer) == (422, "validation-failed")
    assert answer.json["errors"][0]["pointer"] == "/credential"


@pytest.mark.parametrize("name", BENT_AT_MAKING)
def test_a_signature_that_is_not_right_is_refused(api: Api, name: str) -> None:
    passkey = add_passkey(api)
    for part, value in BENT_AT_MAKING[name].items():
        setattr(passkey, part, value)
    assert problem(sign_in_by(api, passkey)) == (401, "invalid-credentials")


def another_key(passkey: Authenticator) -> None:
    passkey.key = Authenticator().key


def another_person(passkey: Authenticator) -> None:
    passkey.handle = bytes(16)


def unknown(passkey: Authenticator) -> None:
    passkey.id = b"x" * 32


def counter_back(passkey: Authenticator) -> None:
    passkey.count -= 2


def counter_at_zero(passkey: Authenticator) -> None:
    passkey.count, passkey.counts = 0, False


@pytest.mark.parametrize("bend", [another_key, another_person, unknown, counter_back, counter_at_zero])
def test_a_copy_or_a_forgery_is_refused(api: Api, bend: Callable[[Authenticator], None]) -> None:
    passkey = add_passkey(api)
    assert sign_in_by(api, passkey).status_code == 200
    bend(passkey)
    assert problem(sign_in_by(api, passkey)) == (401, "invalid-credentials")


def test_a_passkey_that_never_counts_goes_on(api: Api) -> None:
    passkey = add_passkey(api, counts=False)
    assert [sign_in_by(api, passkey).status_code for _ in range(2)] == [200, 200]


def test_a_challenge_works_once(api: Api) -> None:
    passkey = add_passkey(api, counts=False)
    asked = api.nobody.post("/auth/passkey/options").json
    body = {"challenge": asked["challenge"], "credential": passkey.sign(asked["public_key"])}
    assert [api.nobody.post("/auth/passkey", body).status_code for _ in range(2)] == [200, 401]


def test_of_several_with_one_challenge_at_once_one_wins(api: Api) -> None:
    passkey = add_passkey(api, counts=False)
    asked = api.nobody.post("/auth/passkey/options").json
    body = {"challenge": asked["challenge"], "credential": passkey.sign(asked["public_key"])}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: api.nobody.post("/auth/passkey", body).status_code, range(4)))
    assert sorted(answers) == [200, 401, 401, 401]


def test_a_challenge_that_was_answered_wrongly_is_used_up(api: Api) -> None:
    passkey = add_passkey(api)
    asked = api.nobody.post("/auth/passkey/options").json
    forged = {"challenge": asked["challenge"], "credential": Authenticator().sign(asked["public_key"])}
    assert api.nobody.post("/auth/passkey", forged).status_code == 401
    right = {**forged, "credential": passkey.sign(asked["public_key"])}
    assert api.nobody.post("/auth/passkey", right).status_code == 401


def test_a_challenge_lasts_five_minutes(api: Api) -> None:
    passkey = add_passkey(api)
    asked = api.nobody.post("/auth/passkey/options").json
    api.clock.move(minutes=5)
    body = {"challenge": asked["challenge"], "credential": passkey.sign(asked["public_key"])}
    assert problem(api.nobody.post("/auth/passkey", body)) == (401, "invalid-credentials")
    api.nobody.post("/auth/passkey/options")
    assert api.one("SELECT count(*) FROM challenge") == 1


def test_a_challenge_is_for_what_it_was_given_for(api: Api) -> None:
    passkey = add_passkey(api)
    asked = api.as_("lucy").post("/auth/confirm/options").json
    body = {"challenge": asked["challenge"], "credential": passkey.sign(asked["public_key"])}
    assert problem(api.nobody.post("/auth/passkey", body)) == (401, "invalid-credentials")


def test_a_challenge_is_for_whom_it_was_given_to(api: Api) -> None:
    made = Authenticator()
    asked = api.as_("jane").post("/me/passkeys/options").json
    body = {"challenge": asked["challenge"], "name": "Mine", "credential": made.make(asked["public_key"])}
    assert problem(api.as_("lucy").post("/me/passkeys", body)) == (422, "validation-failed")


def test_a_disabled_account_does_not_come_in(api: Api) -> None:
    passkey = add_passkey(api)
    api.sql("UPDATE account SET disabled_at = now() WHERE email = %s", email_of("lucy"))
    assert problem(sign_in_by(api, passkey)) == (401, "invalid-credentials")


def test_where_no_factor_is_required_the_password_goes_on_being_enough(api: Api) -> None:
    add_passkey(api)
    assert sign_in(api).status_code == 200


@pytest.mark.parametrize("member", ["clientDataJSON", "attestationObject"])
def test_garbage_is_refused_not_a_bug(still: Api, member: str) -> None:
    lucy = still.as_("lucy")
    asked = lucy.post("/me/passkeys/options").json
    credential = Authenticator().make(asked["public_key"])
    for garbage in ("AAAA", "-_-_", text_of(b"\xbf" * 200), text_of(b"\x9f" * 5000), text_of(b"{}")):
        credential["response"][member] = garbage
        body = {"challenge": asked["challenge"], "name": "x", "credential": credential}
        assert problem(lucy.post("/me/passkeys", body)) == (422, "validation-failed")


def test_what_is_not_base64url_is_said_to_be_so(still: Api) -> None:
    asked = still.nobody.post("/auth/passkey/options").json
    credential = Authenticator().sign(asked["public_key"])
    body = {"challenge": asked["challenge"], "credential": {**credential, "id": "not base64!"}}
    answer = still.nobody.post("/auth/passkey", body)
    assert (problem(answer), answer.json["errors"][0]["pointer"]) == ((422, "validation-failed"), "/credential/id")


@pytest.mark.parametrize(
    ("address", "offered"),
    [("https://localhost", True), ("https://plan.example.org", True), ("https://192.0.2.7:8000", False)],
)
def test_passkeys_are_offered_where_browsers_make_them(still: Api, address: str, offered: bool) -> None:
    answer = still.nobody.get("/auth/methods", base_url=address)
    assert answer.json == {"passkeys": offered, "directory": None}
