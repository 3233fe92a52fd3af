"""What signing in leaves in the audit: who and how, never what was typed."""

import json
from pathlib import Path

from api.config import Mail
from tests.client import Api
from tests.conftest import PASSWORD, email_of
from tests.letters import with_mail
from tests.signing import add_passkey, bearer, set_up_totp, sign_in, sign_in_by


def events(api: Api) -> list[tuple[str, str | None]]:
    """(kind, whose) of every event, oldest first."""
    return api.sql("SELECT e.kind, a.name FROM audit_event e LEFT JOIN account a ON a.id = e.account_id ORDER BY e.id")  # type: ignore[return-value]


def test_every_way_in_and_out_is_noted(api: Api, tmp_path: Path) -> None:
    with_mail(api, Mail(outbox=tmp_path), public_url="https://localhost")
    there = bearer(api, sign_in(api).json["access_token"])
    lucy = api.as_("lucy")
    lucy.post("/auth/confirm", {"password": PASSWORD})
    lucy.post("/me/sessions/end-others")
    passkey = add_passkey(api)
    sign_in_by(api, passkey)
    lucy.post("/me/password", {"current": PASSWORD, "new": "seven herons knitting sandwiches"})
    lucy.post("/auth/sign-out")
    assert there.get("/me").status_code == 401
    kinds = ["signed-in", "confirmed", "session-ended", "factor-changed", "signed-in", "password-changed", "signed-out"]
    assert events(api) == [(kind, "Lucy Goodfellow") for kind in kinds]


def test_a_failure_is_noted_with_the_account_where_there_is_one(api: Api) -> None:
    sign_in(api, password="not the passphrase")
    sign_in(api, email="nobody@example.org")
    api.as_("lucy").post("/auth/confirm", {"password": "not this one"})
    failed = "sign-in-failed"
    assert events(api) == [(failed, "Lucy Goodfellow"), (failed, None), (failed, "Lucy Goodfellow")]


def test_being_asked_for_a_code_is_no_event_and_a_wrong_one_is(api: Api, tmp_path: Path) -> None:
    with_mail(api, Mail(outbox=tmp_path), public_url="https://localhost")
    set_up_totp(api)
    sign_in(api)
    sign_in(api, code="000000")
    assert events(api) == [("factor-changed", "Lucy Goodfellow"), ("sign-in-failed", "Lucy Goodfellow")]


def test_nothing_that_was_typed_is_in_it(api: Api) -> None:
    secret, recovery = set_up_totp(api)
    sign_in(api, email="private@example.org", password="my other passphrase")
    sign_in(api, code="123456")
    held = json.dumps(api.sql("SELECT e::text FROM audit_event e"))
    for typed in ("private", "my other", "123456", PASSWORD, secret, recovery[0], email_of("lucy")):
        assert typed not in held


def test_it_has_the_address_and_the_id_of_the_request(api: Api) -> None:
    body = {"email": email_of("lucy"), "password": PASSWORD}
    answer = api.nobody.post("/auth/sign-in", body, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    found = api.sql("SELECT address, request_id FROM audit_event")
    assert found == [("192.0.2.7", answer.headers["X-Request-Id"])]


def test_that_there_were_too_many_is_noted_once(api: Api) -> None:
    for number in range(14):
        body = {"email": "nobody@example.org", "password": "not the passphrase"}
        api.nobody.post("/auth/sign-in", body, environ_base={"REMOTE_ADDR": f"192.0.2.{number}"})
    assert api.one("SELECT count(*) FROM audit_event WHERE detail->>'reason' = 'too many'") == 1
