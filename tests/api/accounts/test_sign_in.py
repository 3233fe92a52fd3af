"""Signing in by password, and what ends with effect on the next request (API 8)."""

import jwt as pyjwt
import pytest

from tests.client import Api, problem
from tests.conftest import PASSWORD, email_of
from tests.signing import bearer, refresh, sign_in


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
