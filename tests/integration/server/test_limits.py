"""How often one may ask: counted by all workers together, told in the answer, refused with 429 (API 6)."""

import dataclasses
import os
import re
from collections.abc import Iterator

import pytest

from api.app import create_app
from api.config import Limits
from api.http.limits import Counters
from tests.client import PLAN, Api, Caller, problem
from tests.conftest import Clock, Databases, Seeded, settings_for


@pytest.fixture
def limited(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    with databases.one() as name:
        settings = dataclasses.replace(settings_for(databases.url(name)), limits=Limits(caller=5, address=12))
        app = create_app(settings, clock=Clock())
        api = Api(app, Clock(), seeded, lambda: databases.connect(name), databases.url(name))
        yield api
        api.close()


def ask(caller: Caller, times: int, **options: object) -> list[int]:
    return [caller.get(PLAN, **options).status_code for _ in range(times)]


def test_one_caller_too_often_is_429_with_when_to_come_back(limited: Api) -> None:
    lucy = limited.as_("lucy")
    assert ask(lucy, 5) == [200] * 5
    refused = lucy.get(PLAN)
    assert problem(refused) == (429, "too-many-requests")
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert limited.as_("jane").get(PLAN).status_code == 200


def test_the_answer_says_how_many_are_left(limited: Api) -> None:
    lucy = limited.as_("lucy")
    left = [re.fullmatch(r'"caller";r=(\d+);t=\d+', lucy.get(PLAN).headers["RateLimit"]) for _ in range(2)]
    assert [each and each[1] for each in left] == ["4", "3"]
    assert lucy.get(PLAN).headers["RateLimit-Policy"] == '"caller";q=5;w=60'


def test_an_address_has_a_limit_of_its_own_before_anybody_is_asked_who_they_are(limited: Api) -> None:
    statuses = [limited.nobody.get("/me").status_code for _ in range(13)]
    assert statuses == [401] * 12 + [429]


def test_a_claimed_address_is_not_believed_without_a_front(limited: Api) -> None:
    headers = [{"X-Forwarded-For": f"192.0.2.{number}"} for number in range(13)]
    statuses = [limited.nobody.get("/me", headers=each).status_code for each in headers]
    assert statuses[-1] == 429


def test_no_limit_is_no_limit(api: Api) -> None:
    answer = api.as_("lucy").get(PLAN)
    assert "RateLimit" not in answer.headers


def test_processes_count_together() -> None:
    counters = Counters()
    for _ in range(3):
        child = os.fork()
        if child == 0:
            counters.count(b"somebody", 1)
            os._exit(0)
        os.waitpid(child, 0)
    assert counters.count(b"somebody", 1) == 4


def test_a_new_window_counts_anew() -> None:
    counters = Counters()
    assert [counters.count(b"x", window) for window in (1, 1, 2)] == [1, 2, 1]
