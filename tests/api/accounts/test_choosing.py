"""Choosing a password: judged and hashed before anything is locked, counted whether it is good or not, and looked at again under the lock."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from werkzeug.test import TestResponse

from api.services.accounts import passwords
from tests.client import Api, Caller, problem
from tests.conftest import PASSWORD, email_of
from tests.letters import settled, text_of, token_in, with_outbox
from tests.signing import bearer, sign_in

NEW = "seven herons knitting sandwiches"
WEAK = "Havering2026!"
MOST = 10


def change(caller: Caller, new: str = NEW, current: str = PASSWORD) -> TestResponse:
    return caller.post("/me/password", {"current": current, "new": new})


def ask_reset(api: Api, folder: Path) -> str:
    outbox = with_outbox(api, folder)
    api.nobody.post("/auth/reset-request", {"email": email_of("lucy")})
    settled(api)
    return token_in(text_of(outbox.read()[-1]))


def invite(api: Api, folder: Path) -> str:
    with_outbox(api, folder)
    api.confirm_all()
    made = api.as_("admin").post("/accounts", {"email": "n@example.org", "role": "viewer", "name": "Nina Newman"})
    return token_in(made.json["link"])


def ways(api: Api, folder: Path) -> dict[str, Callable[[str], TestResponse]]:
    """Every way to choose a password over the network."""
    reset, invitation = ask_reset(api, folder / "reset"), invite(api, folder / "invitation")
    lucy = api.as_("lucy")
    return {
        "change": lambda new: change(lucy, new),
        "reset": lambda new: api.nobody.post("/auth/reset", {"token": reset, "password": new}),
        "invitation": lambda new: api.nobody.post(
            "/auth/invitation/acceptance", {"token": invitation, "password": new}
        ),
    }


class Judging:
    """The judging of a password, which takes as long as the test wants."""

    def __init__(self) -> None:
        self.begun, self.done = Event(), Event()

    def wait(self) -> None:
        """Until a password is being judged."""
        assert self.begun.wait(10)


@pytest.fixture
def judging(monkeypatch: pytest.MonkeyPatch) -> Iterator[Judging]:
    slow, check = Judging(), passwords.check_password

    def slowly(*args: Any, **named: Any) -> None:
        slow.begun.set()
        assert slow.done.wait(30)
        check(*args, **named)

    monkeypatch.setattr(passwords, "check_password", slowly)
    yield slow
    slow.done.set()


def later(pool: ThreadPoolExecutor, judging: Judging, ask: Callable[[], TestResponse]) -> "Future[TestResponse]":
    asked = pool.submit(ask)
    judging.wait()
    return asked


@pytest.mark.parametrize("way", ["change", "reset", "invitation"])
def test_nobody_waits_while_a_password_is_judged(api: Api, tmp_path: Path, judging: Judging, way: str) -> None:
    ask = ways(api, tmp_path)[way]
    path = f"/people/{api.person('Robert South')}"
    admin = api.as_("admin")
    seen = admin.etag(path)
    with ThreadPoolExecutor(1) as pool:
        asked = later(pool, judging, lambda: ask(NEW))
        try:
            for table in ("account", "directory_revision", "account_link", "session"):
                api.sql(f"SELECT 1 FROM {table} FOR UPDATE NOWAIT")
            assert admin.patch(path, {"post": "Chair"}, headers=seen).status_code == 200
            assert not asked.done()
        finally:
            judging.done.set()
        assert asked.result(30).status_code == 204


def test_a_password_that_was_changed_meanwhile_is_asked_for_again(api: Api, judging: Judging) -> None:
    """The hash that was verified is not the one that stands any more, so the present password is the wrong one."""
    other = passwords.hasher.hash("another long enough passphrase")
    with ThreadPoolExecutor(1) as pool:
        asked = later(pool, judging, lambda: change(api.as_("lucy")))
        api.sql("UPDATE account SET password_hash = %s WHERE email = %s", other, email_of("lucy"))
        judging.done.set()
        answer = asked.result(30)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/current"
    assert api.one("SELECT password_hash FROM account WHERE email = %s", email_of("lucy")) == other


def test_who_was_put_out_meanwhile_changes_nothing(api: Api, judging: Judging) -> None:
    with ThreadPoolExecutor(1) as pool:
        asked = later(pool, judging, lambda: change(api.as_("lucy")))
        api.sql("UPDATE session SET ended_at = now() WHERE id = %s::uuid", api.seeded.sessions["lucy"]["session"])
        judging.done.set()
        assert asked.result(30).status_code == 401
    assert sign_in(api, password=PASSWORD).status_code == 200


@pytest.mark.parametrize("way", ["change", "reset", "invitation"])
def test_what_is_refused_counts_and_the_eleventh_is_not_judged(api: Api, tmp_path: Path, way: str) -> None:
    ask = ways(api, tmp_path)[way]
    assert [ask(WEAK).status_code for _ in range(MOST)] == [422] * MOST
    assert problem(ask(NEW)) == (429, "too-many-requests")
    api.clock.move(minutes=5)
    assert ask(NEW).status_code == 204


def test_they_count_for_the_account_in_all_its_sessions_and_for_nobody_else(api: Api) -> None:
    there = bearer(api, sign_in(api).json["access_token"])
    assert [change(api.as_("lucy"), WEAK).status_code for _ in range(MOST)] == [422] * MOST
    assert change(there).status_code == 429
    assert change(api.as_("jane")).status_code == 204


def test_what_is_taken_counts_too(api: Api) -> None:
    lucy, words = api.as_("lucy"), [PASSWORD, NEW]
    statuses = [change(lucy, words[(turn + 1) % 2], current=words[turn % 2]).status_code for turn in range(MOST + 1)]
    assert statuses == [204] * MOST + [429]


@pytest.mark.parametrize("new", ["GloriaOkewale26!", "R0bert S0uth 2026", "gloria.okewale", "0kewa1e0kewa1e!"])
def test_a_name_of_the_directory_is_no_password(api: Api, new: str) -> None:
    """Everybody who is signed in can read the names of all the others."""
    refused = change(api.as_("lucy"), new)
    assert problem(refused) == (422, "validation-failed")
    assert [(each["pointer"], each["code"]) for each in refused.json["errors"]] == [("/new", "guessable")]


@pytest.mark.parametrize("new", ["Gloria copper violin lantern", "copper % violin _ lantern", "雨 gläserne Brücke"])
def test_what_has_enough_beside_a_name_is_taken(api: Api, new: str) -> None:
    assert change(api.as_("lucy"), new).status_code == 204


def test_what_the_database_takes_for_no_text_is_no_fault(api: Api) -> None:
    assert change(api.as_("lucy"), "copper\0harbour\0violin").status_code in {204, 422}
