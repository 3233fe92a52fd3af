"""A first factor where the role needs one: a password that was stolen is not enough to set it up, and whoever owns it is told."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.domain.plan.permissions import Role
from api.http.callers import proof
from tests.authenticator import Authenticator
from tests.client import Api, Caller, problem
from tests.conftest import PASSWORD, email_of
from tests.letters import Outbox, settled, text_of, token_in, with_outbox
from tests.signing import bearer, code_of, register, requiring, set_up_totp, sign_in

NEW = "four words nobody joins"
NEEDED = (403, "mail-link-needed")
SITE = Authenticator("https://plan.example.org", "plan.example.org")


@pytest.fixture
def strict(api: Api, tmp_path: Path) -> Iterator[tuple[Api, Outbox]]:
    """Contributors need a factor, and passwords were chosen more than a day ago."""
    found = requiring(api, Role.CONTRIBUTOR)
    outbox = with_outbox(found, tmp_path / "outbox")
    found.clock.move(hours=25)
    yield found, outbox
    settled(found)


def enter(api: Api) -> Caller:
    """Lucy, in a session opened just now."""
    return bearer(api, sign_in(api).json["access_token"])


def ask(api: Api, outbox: Outbox, caller: Caller) -> str:
    assert caller.post("/me/factors/link").status_code == 202
    settled(api)
    letter = outbox.read()[-1]
    assert letter["To"] == email_of("lucy")
    assert "/factor#" in text_of(letter)
    return token_in(text_of(letter))


def first_app(api: Api, caller: Caller) -> Any:
    offer = caller.post("/me/totp")
    if offer.status_code != 200:
        return offer
    return caller.post("/me/totp/confirmation", {"code": code_of(api, offer.json["secret"])})


def test_a_password_alone_adds_no_first_factor(strict: tuple[Api, Outbox]) -> None:
    api, _ = strict
    thief = enter(api)
    assert thief.read("/me/factors")["mail_needed"] is True
    for path, body in (
        ("/me/totp", None),
        ("/me/totp/confirmation", {"code": "123456"}),
        ("/me/passkeys/options", None),
        ("/me/passkeys", {"challenge": "0" * 8 + "-0000-0000-0000-" + "0" * 12, "name": "Mine",
                          "credential": SITE.make({"challenge": "AAAA", "user": {"id": "AAAA"}})}),
    ):  # fmt: skip
        assert problem(thief.post(path, body)) == NEEDED, path
    assert api.one("SELECT count(*) FROM account WHERE factor_since IS NOT NULL") == 0


def test_the_link_opens_it_in_the_session_that_shows_it(strict: tuple[Api, Outbox]) -> None:
    api, outbox = strict
    lucy, thief = enter(api), enter(api)
    token = ask(api, outbox, lucy)
    assert lucy.post("/me/factors/mailbox", {"token": token}).status_code == 204
    assert lucy.read("/me/factors")["mail_needed"] is False
    assert problem(thief.post("/me/totp")) == NEEDED
    assert first_app(api, lucy).status_code == 200
    assert lucy.get("/plans").status_code == 200


def test_it_works_once_and_for_nobody_else(strict: tuple[Api, Outbox]) -> None:
    api, outbox = strict
    lucy = enter(api)
    token = ask(api, outbox, lucy)
    others = bearer(api, sign_in(api, "gloria").json["access_token"])
    assert problem(others.post("/me/factors/mailbox", {"token": token})) == (410, "link-expired")
    assert lucy.post("/me/factors/mailbox", {"token": token}).status_code == 204
    assert problem(lucy.post("/me/factors/mailbox", {"token": token})) == (410, "link-expired")


def test_changing_the_password_that_one_knows_shows_no_mailbox(strict: tuple[Api, Outbox]) -> None:
    api, _ = strict
    thief = enter(api)
    api.sql("UPDATE account SET password_changed_at = %s", api.clock.now)
    assert problem(thief.post("/me/totp")) == NEEDED


def test_a_password_chosen_by_a_link_is_enough_for_a_day(strict: tuple[Api, Outbox]) -> None:
    api, outbox = strict
    assert api.nobody.post("/auth/reset-request", {"email": email_of("lucy")}).status_code == 202
    settled(api)
    token = token_in(text_of(outbox.read()[-1]))
    assert api.nobody.post("/auth/reset", {"token": token, "password": NEW}).status_code == 204
    lucy = bearer(api, sign_in(api, password=NEW).json["access_token"])
    assert lucy.read("/me/factors")["mail_needed"] is False
    api.clock.move(hours=25)
    assert bearer(api, sign_in(api, password=NEW).json["access_token"]).read("/me/factors")["mail_needed"] is True


def test_an_account_of_the_last_release_asks_for_a_link_once(strict: tuple[Api, Outbox]) -> None:
    """It noted nothing of how a password was chosen."""
    api, outbox = strict
    api.sql("UPDATE account SET password_by_link_at = NULL")
    lucy = enter(api)
    assert problem(lucy.post("/me/totp")) == NEEDED
    assert lucy.post("/me/factors/mailbox", {"token": ask(api, outbox, lucy)}).status_code == 204
    assert first_app(api, lucy).status_code == 200


def test_a_second_one_needs_no_link(strict: tuple[Api, Outbox]) -> None:
    api, outbox = strict
    lucy = enter(api)
    lucy.post("/me/factors/mailbox", {"token": ask(api, outbox, lucy)})
    assert first_app(api, lucy).status_code == 200
    api.clock.move(hours=25)
    again = bearer(api, sign_in(api, code=code_of(api, _secret(api))).json["access_token"])
    assert register(again, SITE).status_code == 201


def _secret(api: Api) -> str:
    sealed = api.one("SELECT totp_secret FROM account WHERE email = %s", email_of("lucy"))
    with api.app.app_context():
        opened = proof.seal().open(bytes(sealed))
    assert opened
    return opened


def test_where_no_role_needs_one_nothing_is_asked(api: Api) -> None:
    api.clock.move(hours=25)
    api.confirm_all()
    assert api.as_("lucy").read("/me/factors")["mail_needed"] is False
    set_up_totp(api)


def test_without_a_mailbox_the_administrator_hands_the_link_on(strict: tuple[Api, Outbox]) -> None:
    api, _ = strict
    api.confirm_all()
    lucy = enter(api)
    account = api.seeded.sessions["lucy"]["account"]
    sent = api.as_("admin").post(f"/accounts/{account}/factors/link")
    assert sent.json["mail"] == "kept"
    assert lucy.post("/me/factors/mailbox", {"token": token_in(sent.json["link"])}).status_code == 204
    assert first_app(api, lucy).status_code == 200
    assert problem(api.as_("admin").post(f"/accounts/{account}/factors/link")) == (409, "conflict")


# --- letters --------------------------------------------------------------------------------------------------


@pytest.fixture
def outbox(api: Api, tmp_path: Path) -> Iterator[Outbox]:
    yield with_outbox(api, tmp_path / "outbox")
    settled(api)


def told(api: Api, outbox: Outbox) -> list[str]:
    """What letters to Lucy say of her factors, oldest first."""
    settled(api)
    return [text_of(each).splitlines()[2] for each in outbox.read() if each["To"] == email_of("lucy")]


def test_whoever_adds_or_removes_a_factor_its_owner_is_told(api: Api, outbox: Outbox) -> None:
    set_up_totp(api)
    api.confirm_all()
    lucy = api.as_("lucy")
    passkey = register(lucy, SITE).json["id"]
    lucy.post("/me/recovery-codes")
    lucy.open("DELETE", "/me/totp")
    lucy.open("DELETE", f"/me/passkeys/{passkey}")
    register(lucy, replace(SITE, id=b"x" * 32))
    api.as_("admin").post(f"/accounts/{api.seeded.sessions['lucy']['account']}/factors/removal")
    beginnings = ["An authenticator app was added", "A passkey was added", "New recovery codes were made"]
    beginnings += ["The authenticator app was removed", "A passkey was removed", "A passkey was added"]
    beginnings += ["Your second factor and passkeys were taken away by an administrator"]
    said = told(api, outbox)
    assert [each.startswith(begins) for each, begins in zip(said, beginnings, strict=True)] == [True] * 7, said
    assert "tell your partnership's business manager" in text_of(outbox.read()[-1])


def test_a_factor_that_was_refused_is_told_to_nobody(api: Api, outbox: Outbox) -> None:
    api.as_("lucy").post("/me/totp")
    api.as_("lucy").post("/me/totp/confirmation", {"code": "000000"})
    assert told(api, outbox) == []


def test_the_password_is_not_in_any_letter(api: Api, outbox: Outbox) -> None:
    set_up_totp(api)
    settled(api)
    assert PASSWORD not in " ".join(text_of(each) for each in outbox.read())
