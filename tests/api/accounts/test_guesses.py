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


def test_the_window_slides(api: Api) -> None:
    """In no five minutes are more than ten looked at, wherever they begin: not twenty within seconds across an edge."""
    assert guess_all(api, email_of("lucy"), 1) == [401]
    api.clock.move(minutes=4, seconds=58)
    assert guess_all(api, email_of("lucy"), MOST) == [401] * (MOST - 1) + [429]
    api.clock.move(seconds=3)
    assert guess_all(api, email_of("lucy"), MOST) == [401] + [429] * (MOST - 1)
    api.clock.move(minutes=4, seconds=56)
    assert guess_all(api, email_of("lucy"), 1) == [429]


def test_what_is_refused_does_not_count_so_nobody_keeps_a_count_full_by_going_on(api: Api) -> None:
    guess_all(api, email_of("lucy"))
    api.clock.move(minutes=4)
    assert guess_all(api, email_of("lucy"), 2 * MOST) == [429] * 2 * MOST
    api.clock.move(minutes=1)
    assert guess(api, email_of("lucy"), PASSWORD).status_code == 200


def test_an_address_that_is_refused_does_not_fill_the_counts_of_accounts(api: Api) -> None:
    guess_all(api, "nobody@example.org")
    assert guess_all(api, email_of("lucy"), MOST) == [429] * MOST
    assert guess(api, email_of("lucy"), address="192.0.2.2").status_code == 401
    assert guess_all(api, email_of("jane"), MOST, address="192.0.2.3") == [401] * MOST
    assert guess(api, email_of("lucy"), PASSWORD, address="192.0.2.4").status_code == 200


def test_nor_an_account_those_of_addresses(api: Api) -> None:
    guess_all(api, email_of("lucy"))
    assert guess_all(api, email_of("lucy"), MOST, address="192.0.2.2") == [429] * MOST
    assert guess(api, email_of("jane"), address="192.0.2.2").status_code == 401


def test_ipv6_counts_by_64_bits(api: Api) -> None:
    statuses = [
        guess(api, f"somebody{number}@example.org", address=f"2001:db8:1:2::{number:x}").status_code
        for number in range(MOST + 1)
    ]
    assert statuses == [401] * MOST + [429]
    assert guess(api, email_of("lucy"), address="2001:db8:1:3::1").status_code == 401


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
