"""Guesses at passwords: ten in five minutes for an account and from an address, whoever guesses and however (API 8.4)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from werkzeug.test import TestResponse

from tests.client import Api, problem
from tests.conftest import PASSWORD, email_of

MOST = 10


def guess(api: Api, email: str, password: str = "not the right one", address: str = "192.0.2.1") -> TestResponse:
    body = {"email": email, "password": password}
    return api.nobody.post("/auth/sign-in", body, environ_base={"REMOTE_ADDR": address})


def guess_all(api: Api, email: str, times: int = MOST, **options: str) -> list[int]:
    return [guess(api, email, **options).status_code for _ in range(times)]


@pytest.mark.parametrize("email", [email_of("lucy"), "nobody@example.org"])
def test_the_eleventh_guess_for_an_account_is_429_whether_it_is_there_or_not(api: Api, email: str) -> None:
    statuses = [guess(api, email, address=f"192.0.2.{number}").status_code for number in range(MOST + 1)]
    assert statuses == [401] * MOST + [429]


def test_it_says_when_to_try_again(api: Api) -> None:
    guess_all(api, email_of("lucy"))
    api.clock.move(minutes=2)
    refused = guess(api, email_of("lucy"))
    assert problem(refused) == (429, "too-many-requests")
    assert refused.headers["Retry-After"] == "180"
    assert "Try again in 3 minutes." in refused.json["detail"]


def test_the_right_password_is_not_looked_at_then(api: Api) -> None:
    guess_all(api, email_of("lucy"))
    assert guess(api, email_of("lucy"), PASSWORD).status_code == 429


def test_other_spellings_are_the_same_account(api: Api) -> None:
    guess_all(api, email_of("lucy"))
    assert guess(api, f" {email_of('lucy').upper()} ", address="192.0.2.9").status_code == 429


def test_after_five_minutes_it_is_over(api: Api) -> None:
    guess_all(api, email_of("lucy"))
    api.clock.move(minutes=5)
    assert guess(api, email_of("lucy"), PASSWORD).status_code == 200


def test_an_address_that_guesses_many_accounts(api: Api) -> None:
    statuses = [guess(api, f"somebody{number}@example.org").status_code for number in range(MOST + 1)]
    assert statuses == [401] * MOST + [429]


def test_others_are_not_locked_out_by_it(api: Api) -> None:
    guess_all(api, "nobody@example.org")
    assert guess(api, email_of("lucy"), PASSWORD, "192.0.2.2").status_code == 200


def test_signing_in_is_no_guess(api: Api) -> None:
    """An agency's people come from one address, all at nine o'clock."""
    assert guess_all(api, email_of("lucy"), 2 * MOST, password=PASSWORD) == [200] * 2 * MOST


def test_at_once_they_count_as_many(api: Api) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: guess(api, email_of("lucy")).status_code, range(2 * MOST)))
    assert sorted(answers) == [401] * MOST + [429] * MOST


def test_the_database_holds_no_address_and_no_email(api: Api) -> None:
    guess(api, "private@example.org")
    held = api.one("SELECT string_agg(g::text, ' ') FROM sign_in_guess g")
    assert "private" not in held
    assert "192.0.2" not in held


def test_a_body_that_is_wrong_is_no_guess(api: Api) -> None:
    for _ in range(MOST + 1):
        assert api.nobody.post("/auth/sign-in", {"email": email_of("lucy")}).status_code == 422
    assert api.one("SELECT count(*) FROM sign_in_guess") == 0
