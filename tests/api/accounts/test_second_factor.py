"""A second factor: an app's codes and recovery codes, each good once, and what a role that needs one may do before (API 8.7)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from api.domain.plan.permissions import Role
from tests.authenticator import Authenticator
from tests.client import Api, problem
from tests.conftest import SECRET, email_of
from tests.signing import (
    add_passkey,
    bearer,
    beside,
    code_of,
    register,
    requiring,
    set_up_totp,
    sign_in,
    sign_in_by,
)

NEW_SECRET = "".join(chr(33 + (7 * place) % 90) for place in range(60))


@pytest.fixture
def strict(api: Api) -> Api:
    """An app that requires a second factor of contributors."""
    return requiring(api, Role.CONTRIBUTOR)


# --- setting it up ----------------------------------------------------------------------------------


def test_the_secret_comes_with_the_address_and_the_drawing_of_its_qr_code(api: Api) -> None:
    offer = api.as_("lucy").post("/me/totp").json
    assert offer["uri"].startswith("otpauth://totp/Partnership%20Plan:lucy%40example.org?")
    assert f"secret={offer['secret']}" in offer["uri"]
    # Version 7 at least, with its quiet zone; a module for each dark square.
    assert offer["qr"]["size"] >= 45
    assert offer["qr"]["path"].startswith("M4 4h1v1h-1z")


def test_a_secret_counts_only_when_its_first_code_confirmed_it(api: Api) -> None:
    lucy = api.as_("lucy")
    lucy.post("/me/totp")
    assert problem(lucy.post("/me/totp/confirmation", {"code": "000000"})) == (422, "validation-failed")
    assert lucy.read("/me/factors")["totp"] is None
    assert sign_in(api).status_code == 200


def test_a_secret_waits_for_half_an_hour(api: Api) -> None:
    lucy = api.as_("lucy")
    secret = lucy.post("/me/totp").json["secret"]
    api.clock.move(minutes=30)
    assert problem(lucy.post("/me/totp/confirmation", {"code": code_of(api, secret)})) == (409, "conflict")


def test_a_new_phone_takes_over_only_when_it_is_confirmed(api: Api) -> None:
    old, _ = set_up_totp(api)
    lucy = api.as_("lucy")
    lucy.post("/auth/confirm", {"code": code_of(api, old)})
    api.clock.move(minutes=1)
    new = lucy.post("/me/totp").json["secret"]
    assert sign_in(api, code=code_of(api, old)).status_code == 200
    assert lucy.post("/me/totp/confirmation", {"code": code_of(api, new)}).status_code == 200
    api.clock.move(minutes=1)
    assert sign_in(api, code=code_of(api, old)).status_code == 401
    assert sign_in(api, code=code_of(api, new)).status_code == 200


def test_the_database_holds_neither_secret_nor_recovery_code(api: Api) -> None:
    secret, recovery = set_up_totp(api)
    for table in ("account", "recovery_code", "challenge", "journal", "idempotency_key"):
        held = api.one(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
        assert secret not in held
        assert secret.encode().hex() not in held
        assert recovery[0] not in held
        assert recovery[0].replace("-", "").encode().hex() not in held


def test_there_are_ten_recovery_codes_of_eighty_bits_in_groups(api: Api) -> None:
    _, recovery = set_up_totp(api)
    assert len(set(recovery)) == 10
    assert {tuple(map(len, each.split("-"))) for each in recovery} == {(4, 4, 4, 4)}
    assert api.as_("lucy").read("/me/factors")["recovery_codes"] == 10


def test_setting_up_and_removing_want_a_fresh_confirmation(api: Api) -> None:
    lucy = api.as_("lucy")
    api.clock.move(minutes=11)
    for method, path in [
        ("POST", "/me/totp"),
        ("DELETE", "/me/totp"),
        ("POST", "/me/recovery-codes"),
        ("POST", "/me/passkeys/options"),
        ("DELETE", "/me/passkeys/00000000-0000-0000-0000-000000000000"),
    ]:
        assert problem(lucy.open(method, path)) == (403, "confirmation-needed"), path


# --- signing in -------------------------------------------------------------------------------------


def test_the_code_is_asked_for_after_the_right_password_only(api: Api) -> None:
    set_up_totp(api)
    asked = sign_in(api)
    assert problem(asked) == (401, "second-factor-required")
    assert asked.json["methods"] == ["code", "recovery"]
    assert problem(sign_in(api, password="not the passphrase")) == (401, "invalid-credentials")


def test_being_asked_for_the_code_is_no_guess(api: Api) -> None:
    set_up_totp(api)
    assert {sign_in(api).status_code for _ in range(12)} == {401}


def test_a_wrong_code_is_a_guess(api: Api) -> None:
    set_up_totp(api)
    statuses = [sign_in(api, code="000000").status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]


@pytest.mark.parametrize("code", ["000000", "123 45", "abcdef", "0000-0000-0000-0000", "1" * 40])
def test_a_wrong_code_is_told_as_one(api: Api, code: str) -> None:
    set_up_totp(api)
    answer = sign_in(api, code=code)
    assert problem(answer) == (401, "invalid-credentials")
    assert "code" in answer.json["detail"]


@pytest.mark.parametrize(("steps", "status"), [(-2, 401), (-1, 200), (0, 200), (1, 200), (2, 401)])
def test_a_clock_may_be_one_step_off(api: Api, steps: int, status: int) -> None:
    secret, _ = set_up_totp(api)
    api.clock.move(minutes=5)
    assert sign_in(api, code=code_of(api, secret, steps)).status_code == status


def test_a_session_says_that_it_was_opened_with_a_second_factor(api: Api) -> None:
    secret, _ = set_up_totp(api)
    token = sign_in(api, code=f" {code_of(api, secret)[:3]} {code_of(api, secret)[3:]}").json["access_token"]
    assert bearer(api, token).read("/me/sessions")["data"][0]["method"] == "second_factor"


def test_a_code_never_works_twice(api: Api) -> None:
    secret, _ = set_up_totp(api)
    code = code_of(api, secret)
    assert [sign_in(api, code=code).status_code for _ in range(2)] == [200, 401]
    # Nor one from before it.
    assert sign_in(api, code=code_of(api, secret, -1)).status_code == 401


@pytest.mark.parametrize("kind", ["code", "recovery"])
def test_of_several_with_the_same_code_at_once_one_wins(api: Api, kind: str) -> None:
    secret, recovery = set_up_totp(api)
    code = code_of(api, secret) if kind == "code" else recovery[0]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: sign_in(api, code=code).status_code, range(4)))
    assert sorted(answers) == [200, 401, 401, 401]


def test_the_code_that_set_it_up_is_used(api: Api) -> None:
    lucy = api.as_("lucy")
    secret = lucy.post("/me/totp").json["secret"]
    code = code_of(api, secret)
    lucy.post("/me/totp/confirmation", {"code": code})
    assert sign_in(api, code=code).status_code == 401


def test_a_recovery_code_works_once_however_it_is_typed(api: Api) -> None:
    _, recovery = set_up_totp(api)
    typed = recovery[0].lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert sign_in(api, code=typed).status_code == 200
    assert sign_in(api, code=recovery[0]).status_code == 401
    assert api.as_("lucy").read("/me/factors")["recovery_codes"] == 9


def test_new_recovery_codes_end_the_old_ones(api: Api) -> None:
    _, old = set_up_totp(api)
    new = api.as_("lucy").post("/me/recovery-codes").json["recovery_codes"]
    assert sign_in(api, code=old[0]).status_code == 401
    assert sign_in(api, code=new[0]).status_code == 200


def test_recovery_codes_need_a_factor_to_stand_in_for(api: Api) -> None:
    assert problem(api.as_("lucy").post("/me/recovery-codes")) == (409, "conflict")


def test_a_new_secret_key_reads_what_was_sealed_under_the_one_before(api: Api) -> None:
    secret, recovery = set_up_totp(api)
    before = beside(api, secret_key=NEW_SECRET, previous_secret_key=SECRET)
    after = beside(api, secret_key=NEW_SECRET)
    assert sign_in(before, code=code_of(api, secret)).status_code == 200
    api.clock.move(minutes=1)
    # Used once, it is sealed under the new key, so that the old one can go.
    assert sign_in(after, code=code_of(api, secret)).status_code == 200
    assert sign_in(after, code=recovery[0]).status_code == 200


# --- taking it away ---------------------------------------------------------------------------------


def test_without_the_app_the_password_is_enough_again(api: Api) -> None:
    set_up_totp(api)
    assert api.as_("lucy").open("DELETE", "/me/totp").status_code == 204
    assert sign_in(api).status_code == 200
    assert api.one("SELECT factor_since FROM account WHERE email = %s", email_of("lucy")) is None
    assert api.one("SELECT count(*) FROM recovery_code") == 0


def test_with_a_passkey_left_there_is_still_a_factor(api: Api) -> None:
    set_up_totp(api)
    add_passkey(api)
    api.as_("lucy").open("DELETE", "/me/totp")
    assert api.one("SELECT factor_since FROM account WHERE email = %s", email_of("lucy")) is not None


def test_what_is_not_there_cannot_be_removed(api: Api) -> None:
    assert problem(api.as_("lucy").open("DELETE", "/me/totp")) == (404, "not-found")


def test_the_history_says_who_did_it_without_secrets(api: Api) -> None:
    secret, _ = set_up_totp(api)
    api.as_("lucy").open("DELETE", "/me/totp")
    rows = api.sql(
        "SELECT verb, actor_name FROM journal WHERE object_type = 'account' AND verb <> 'created' ORDER BY id"
    )
    assert [row[0] for row in rows] == ["factor-added", "factor-removed"]
    assert secret not in api.one("SELECT string_agg(j::text, ' ') FROM journal j")


# --- where a role needs one ---------------------------------------------------------------------------


def test_without_one_everything_else_is_closed(strict: Api) -> None:
    lucy = strict.as_("lucy")
    assert lucy.get("/me").status_code == 200
    assert lucy.read("/me/factors")["required"] is True
    for path in ("/plans", "/me/sessions", "/people"):
        assert problem(lucy.get(path)) == (403, "second-factor-needed")
    set_up_totp(strict)
    assert lucy.get("/plans").status_code == 200


def test_other_roles_go_on_as_before(strict: Api) -> None:
    assert strict.as_("jane").get("/plans").status_code == 200
    assert strict.as_("jane").read("/me/factors")["required"] is False


def test_a_passkey_is_enough_to_come_in_and_then_it_is_asked_for(strict: Api) -> None:
    passkey = add_passkey(strict)
    assert strict.as_("lucy").get("/plans").status_code == 200
    asked = sign_in(strict)
    assert (problem(asked), asked.json["methods"]) == ((401, "second-factor-required"), ["passkey"])
    assert sign_in_by(strict, passkey).status_code == 200


def test_a_recovery_code_stands_in_for_a_lost_passkey(strict: Api) -> None:
    add_passkey(strict)
    recovery = strict.as_("lucy").post("/me/recovery-codes").json["recovery_codes"]
    assert sign_in(strict).json["methods"] == ["recovery", "passkey"]
    assert sign_in(strict, code=recovery[3]).status_code == 200


def test_the_last_one_cannot_be_removed(strict: Api) -> None:
    set_up_totp(strict)
    lucy = strict.as_("lucy")
    answer = lucy.open("DELETE", "/me/totp")
    assert problem(answer) == (409, "conflict")
    assert "Add another first" in answer.json["detail"]
    made = register(lucy, Authenticator())
    assert lucy.open("DELETE", "/me/totp").status_code == 204
    assert problem(lucy.open("DELETE", f"/me/passkeys/{made.json['id']}")) == (409, "conflict")


def test_of_two_who_remove_one_each_at_once_one_stays(strict: Api) -> None:
    set_up_totp(strict)
    made = register(strict.as_("lucy"), Authenticator()).json["id"]
    with ThreadPoolExecutor(2) as pool:
        paths = ["/me/totp", f"/me/passkeys/{made}"]
        answers = list(pool.map(lambda path: strict.as_("lucy").open("DELETE", path).status_code, paths))
    assert sorted(answers) == [204, 409]
