"""Signing in at the API, for tests: by password, with a code, with a passkey, as a script and as a page."""

from dataclasses import replace
from typing import Any

import pyotp
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import create_app
from api.domain.plan.permissions import Role
from tests.authenticator import Authenticator
from tests.client import Api, Caller
from tests.conftest import PASSWORD, email_of, settings_for


def sign_in(api: Api, who: str = "lucy", **body: Any) -> TestResponse:
    return api.nobody.post("/auth/sign-in", {"email": email_of(who), "password": PASSWORD, **body})


def bearer(api: Api, token: str) -> Caller:
    return Caller(api, {"Authorization": f"Bearer {token}"})


def refresh(api: Api, token: str) -> TestResponse:
    return bearer(api, token).post("/auth/refresh")


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


def beside(api: Api, **settings: Any) -> Api:
    """The same database behind another app, with these settings; it ends with the first, letters in the making too."""
    app = create_app(replace(settings_for(api.url), **settings), clock=api.clock)
    return api.beside(app)


def requiring(api: Api, *roles: Role) -> Api:
    """The same with a setting that requires a second factor of these roles."""
    return beside(api, second_factor_roles=frozenset(roles))


def code_of(api: Api, secret: str, steps: int = 0) -> str:
    """What an authenticator app shows at the app's instant, or so many steps later."""
    return pyotp.TOTP(secret).at(api.clock.now, counter_offset=steps)


def set_up_totp(api: Api, who: str = "lucy") -> tuple[str, list[str]]:
    """(secret, recovery codes) of somebody who has set up an app; a minute later, so that its first code is over."""
    caller = api.as_(who)
    secret = caller.post("/me/totp").json["secret"]
    answer = caller.post("/me/totp/confirmation", {"code": code_of(api, secret)})
    assert answer.status_code == 200, answer.text
    api.clock.move(minutes=1)
    return secret, answer.json["recovery_codes"]


def add_passkey(api: Api, who: str = "lucy", name: str = "My phone", **bent: Any) -> Authenticator:
    """Somebody's new passkey."""
    made = Authenticator(**bent)
    answer = register(api.as_(who), made, name)
    assert answer.status_code == 201, answer.text
    return made


def register(caller: Caller, made: Authenticator, name: str = "My phone") -> TestResponse:
    asked = caller.post("/me/passkeys/options").json
    body = {"challenge": asked["challenge"], "name": name, "credential": made.make(asked["public_key"])}
    return caller.post("/me/passkeys", body)


def sign_in_by(api: Api, passkey: Authenticator, **body: Any) -> TestResponse:
    asked = api.nobody.post("/auth/passkey/options").json
    signed = passkey.sign(asked["public_key"])
    return api.nobody.post("/auth/passkey", {"challenge": asked["challenge"], "credential": signed, **body})
