"""Confirming that it is you: what sensitive acts want within ten minutes (API 8.7)."""

from typing import Any

import pytest

from tests.client import Api, Caller, problem
from tests.conftest import PASSWORD
from tests.signing import add_passkey, code_of, set_up_totp

SENSITIVE = "/me/totp"


def is_open(caller: Caller) -> bool:
    answer = caller.post(SENSITIVE)
    assert answer.status_code == 200 or problem(answer) == (403, "confirmation-needed")
    return answer.status_code == 200


def test_ten_minutes_after_signing_in_it_is_wanted_and_the_password_is_enough(api: Api) -> None:
    lucy = api.as_("lucy")
    assert is_open(lucy)
    api.clock.move(minutes=10, seconds=1)
    assert not is_open(lucy)
    assert lucy.post("/auth/confirm", {"password": PASSWORD}).status_code == 204
    assert is_open(lucy)
    api.clock.move(minutes=10, seconds=1)
    assert not is_open(lucy)


@pytest.mark.parametrize(("way", "status"), [("password", 401), ("code", 204), ("recovery", 204)])
def test_who_has_an_app_confirms_by_code_and_not_by_password(api: Api, way: str, status: int) -> None:
    secret, recovery = set_up_totp(api)
    api.clock.move(minutes=15)
    lucy = api.as_("lucy")
    shown = {
        "password": {"password": PASSWORD},
        "code": {"code": code_of(api, secret)},
        "recovery": {"code": recovery[0]},
    }
    assert lucy.post("/auth/confirm", shown[way]).status_code == status
    assert is_open(lucy) is (status == 204)


def with_passkey(api: Api, who: str, passkey: Any) -> dict[str, Any]:
    asked = api.as_(who).post("/auth/confirm/options").json
    return {"passkey": {"challenge": asked["challenge"], "credential": passkey.sign(asked["public_key"])}}


def test_a_passkey_confirms(api: Api) -> None:
    passkey = add_passkey(api)
    api.clock.move(minutes=15)
    assert api.as_("lucy").post("/auth/confirm", with_passkey(api, "lucy", passkey)).status_code == 204
    assert is_open(api.as_("lucy"))


def test_the_passkey_of_another_does_not(api: Api) -> None:
    passkey = add_passkey(api, "jane")
    api.clock.move(minutes=15)
    lucy = api.as_("lucy")
    assert problem(lucy.post("/auth/confirm", with_passkey(api, "lucy", passkey))) == (401, "invalid-credentials")
    assert not is_open(lucy)


def test_one_session_confirms_for_itself_only(api: Api) -> None:
    api.clock.move(minutes=15)
    lucy = api.as_("lucy")
    assert lucy.post("/auth/confirm", {"password": PASSWORD}).status_code == 204
    assert not is_open(api.as_("jane"))


@pytest.mark.parametrize("shown", [{"password": "not the passphrase"}, {"code": "000000"}])
def test_a_wrong_one_is_a_guess(api: Api, shown: dict[str, str]) -> None:
    lucy = api.as_("lucy")
    assert [lucy.post("/auth/confirm", shown).status_code for _ in range(11)] == [401] * 10 + [429]
    # The session lives on, and others at the same address are not kept out.
    assert lucy.get("/me").status_code == 200
    assert api.as_("jane").post("/auth/confirm", {"password": PASSWORD}).status_code == 204


def test_right_ones_are_no_guesses(api: Api) -> None:
    lucy = api.as_("lucy")
    assert {lucy.post("/auth/confirm", {"password": PASSWORD}).status_code for _ in range(12)} == {204}


@pytest.mark.parametrize("body", [{}, {"password": "x", "code": "1"}, {"password": ""}])
def test_one_of_the_three_is_sent(still: Api, body: dict[str, str]) -> None:
    assert problem(still.as_("lucy").post("/auth/confirm", body)) == (422, "validation-failed")
