"""Wrong tokens of partners and links that are none are counted by address; a right one counts whoever else is there (API 8.4)."""

from zlib import crc32

import pytest
from werkzeug.test import TestResponse

from tests.client import PLAN, Api, Caller
from tests.conftest import PASSWORD, email_of

MOST = 10
HERE, THERE = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}
NEW = "four words nobody joins"


def whole(number: int) -> str:
    """A token that has our form and checksum, and is nobody's."""
    body = f"pp_{number:032x}_{'x' * 43}"
    return f"{body}_{crc32(body.encode()):08x}"


def show(api: Api, token: str, where: dict[str, str] = HERE) -> TestResponse:
    return Caller(api, {"Authorization": f"Bearer {token}"}).get(PLAN, environ_base=where)


@pytest.mark.parametrize("token", [whole(7), whole(7)[:-1] + "z", "pp_"])
def test_the_eleventh_wrong_token_from_an_address_is_429(api: Api, token: str) -> None:
    assert [show(api, token).status_code for _ in range(MOST + 1)] == [401] * MOST + [429]
    assert show(api, token, THERE).status_code == 401
    api.clock.move(minutes=5)
    assert show(api, token).status_code == 401


def test_a_right_token_counts_whoever_else_tries_there(api: Api) -> None:
    partner = api.partner()
    for number in range(MOST + 2):
        show(api, whole(number))
    assert partner.get(PLAN, environ_base=HERE).status_code == 200
    body = {"email": email_of("lucy"), "password": PASSWORD}
    assert api.nobody.post("/auth/sign-in", body, environ_base=HERE).status_code == 200


@pytest.mark.parametrize("path", ["/auth/invitation", "/auth/invitation/acceptance", "/auth/reset", "/auth/email"])
def test_so_is_the_eleventh_link_that_is_none(api: Api, path: str) -> None:
    def follow(number: int, where: dict[str, str] = HERE) -> int:
        body = {"token": f"{number:043d}", **({"password": NEW} if path.endswith(("acceptance", "reset")) else {})}
        return api.nobody.post(path, body, environ_base=where).status_code

    assert [follow(number) for number in range(MOST + 1)] == [410] * MOST + [429]
    assert follow(99, THERE) == 410


def test_it_is_told_to_the_audit_once(api: Api) -> None:
    for number in range(MOST + 3):
        show(api, whole(number))
    told = api.sql("SELECT detail FROM audit_event WHERE kind = 'sign-in-failed'")
    assert told == [({"reason": "too many wrong tokens"},)]
