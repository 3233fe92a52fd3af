"""What a session has shown: where an account has a second factor, knowing its password is not enough, however old the session is."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from api.domain.plan.permissions import ACCOUNT_ROLES, Role
from tests.authenticator import Authenticator
from tests.client import Api, Caller, problem
from tests.conftest import PASSWORD
from tests.signing import add_passkey, bearer, code_of, register, requiring, set_up_totp, sign_in

ENDED = (401, "session-revoked")
CONFIRM = (403, "confirmation-needed")


@pytest.fixture
def strict(api: Api) -> Api:
    """Every role needs a second factor."""
    return requiring(api, *ACCOUNT_ROLES)


def enter(api: Api, who: str = "lucy") -> Caller:
    """Whoever knows the password, and no more."""
    answer = sign_in(api, who)
    assert answer.status_code == 200, answer.text
    return bearer(api, answer.json["access_token"])


def ask(caller: Caller, method: str, path: str, body: Any) -> Any:
    return caller.get(path) if method == "GET" else caller.post(path, body)


# --- the first factor ends every session that was there before ---------------------------------------


@pytest.mark.parametrize("how", [set_up_totp, add_passkey])
def test_who_sits_in_another_session_does_not_come_in_with_the_owners_factor(
    strict: Api, how: Callable[[Api, str], Any]
) -> None:
    thief = enter(strict, "admin")
    assert problem(thief.get("/accounts")) == (403, "second-factor-needed")
    how(strict, "admin")
    assert strict.as_("admin").get("/accounts").status_code == 200
    for method, path, body in (
        ("GET", "/accounts", None),
        ("GET", "/me", None),
        ("POST", "/auth/confirm", {"password": PASSWORD}),
        ("POST", "/me/recovery-codes", None),
        ("POST", "/me/totp", None),
    ):
        assert problem(ask(thief, method, path, body)) == ENDED, path


def test_it_ends_them_where_no_role_needs_one_too(api: Api) -> None:
    other = enter(api)
    set_up_totp(api)
    assert problem(other.get("/plans")) == ENDED
    assert api.as_("lucy").get("/plans").status_code == 200
    assert api.as_("jane").get("/plans").status_code == 200


def test_a_further_factor_ends_none(api: Api) -> None:
    secret, _ = set_up_totp(api)
    other = bearer(api, sign_in(api, code=code_of(api, secret)).json["access_token"])
    assert register(api.as_("lucy"), Authenticator()).status_code == 201
    assert other.get("/plans").status_code == 200


def test_one_that_was_refused_ends_none(api: Api) -> None:
    other = enter(api)
    api.as_("lucy").post("/me/totp")
    assert api.as_("lucy").post("/me/totp/confirmation", {"code": "000000"}).status_code == 422
    assert other.get("/plans").status_code == 200


def test_the_session_in_which_it_was_set_up_has_shown_it(api: Api) -> None:
    set_up_totp(api)
    assert api.as_("lucy").read("/me/sessions")["data"][0]["method"] == "second_factor"
    add_passkey(api, "jane")
    assert api.as_("jane").read("/me/sessions")["data"][0]["method"] == "passkey"


# --- a session that was opened by password alone stays what it is --------------------------------------


def test_at_the_door_a_password_alone_is_not_a_factor_that_the_account_has(api: Api) -> None:
    """It was opened while the role needed none."""
    add_passkey(api)
    alone = enter(api)
    assert alone.get("/plans").status_code == 200
    later = requiring(api, Role.CONTRIBUTOR)
    for path in ("/plans", "/me", "/me/factors"):
        assert problem(Caller(later, alone.headers).get(path)) == ENDED, path
    assert later.as_("lucy").get("/plans").status_code == 200


def test_before_a_sensitive_act_it_shows_the_factor_however_young_it_is(api: Api) -> None:
    add_passkey(api)
    recovery = api.as_("lucy").post("/me/recovery-codes").json["recovery_codes"]
    alone = enter(api)
    for method, path, body in (
        ("POST", "/me/totp", None),
        ("POST", "/me/passkeys/options", None),
        ("POST", "/me/recovery-codes", None),
        ("POST", "/me/email", {"email": "thief@example.net"}),
        ("POST", "/me/password", {"current": PASSWORD, "new": "four words nobody joins"}),
    ):
        assert problem(ask(alone, method, path, body)) == CONFIRM, path
    refused = alone.post("/auth/confirm", {"password": PASSWORD})
    assert problem(refused) == (401, "invalid-credentials")
    assert "second factor" in refused.json["detail"]
    assert problem(alone.post("/me/totp")) == CONFIRM
    assert alone.post("/auth/confirm", {"code": recovery[0]}).status_code == 204
    assert alone.post("/me/totp").status_code == 200


# --- at the same instant -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        ("totp_secret = 'x', totp_since = now(), factor_since = now()", (401, "second-factor-required")),
        ("password_hash = 'another'", (401, "invalid-credentials")),
        ("disabled_at = now()", (401, "invalid-credentials")),
    ],
)
def test_who_signs_in_while_it_is_set_up_waits_and_is_asked_for_it(
    api: Api, meanwhile: str, told: tuple[int, str]
) -> None:
    lucy = api.seeded.sessions["lucy"]["account"]
    with api.connect() as holder, ThreadPoolExecutor(1) as pool:
        with holder.transaction():
            holder.execute(f"UPDATE account SET {meanwhile} WHERE id = %s".encode(), [lucy])
            answer = pool.submit(sign_in, api)
            wait_for_one(api)
        assert problem(answer.result()) == told
    assert api.one("SELECT count(*) FROM session WHERE account_id = %s", lucy) == 1


def wait_for_one(api: Api) -> None:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    deadline = time.monotonic() + 10
    while api.one(waiting) < 1:
        assert time.monotonic() < deadline, "signing in did not wait for the account"
        time.sleep(0.01)
