"""A caller's address behind proxies of our own: however they write it, it is one caller, for limits, guesses and the audit."""

from collections.abc import Iterator

import pytest

from api.config import Limits
from api.http.limits import Counters
from tests.client import Api
from tests.conftest import Databases, Seeded, api_over, email_of


@pytest.fixture(scope="module")
def behind(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """The app behind one proxy of ours."""
    with api_over(databases, seeded, settings={"trusted_proxies": 1}) as api:
        yield api


def noted(api: Api, forwarded: str | None, connected: str = "10.0.0.1") -> str:
    """The address that the audit keeps of a wrong password."""
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    body = {"email": email_of("lucy"), "password": "not the right one"}
    api.clock.move(minutes=5)
    api.nobody.post("/auth/sign-in", body, headers=headers, environ_base={"REMOTE_ADDR": connected})
    return str(api.one("SELECT address FROM audit_event ORDER BY id DESC LIMIT 1"))


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("198.51.100.7:40001", "198.51.100.7"),
        ("203.0.113.9, 198.51.100.7:40001", "198.51.100.7"),
        ("[2001:db8::7]:40001", "2001:db8::7"),
        ("2001:DB8:0::7", "2001:db8::7"),
        ("fe80::7%eth0", "fe80::7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
    ],
)
def test_however_a_proxy_writes_it(behind: Api, forwarded: str, address: str) -> None:
    assert noted(behind, forwarded) == address


@pytest.mark.parametrize("forwarded", ["unknown", "_hidden", "", "198.51.100.300", "<script>", None])
def test_what_is_no_address_makes_no_new_caller(behind: Api, forwarded: str | None) -> None:
    assert noted(behind, forwarded) == "10.0.0.1"


def test_a_port_for_each_request_does_not_get_around_a_limit(behind: Api) -> None:
    behind.clock.move(minutes=5)
    statuses = [
        behind.nobody.post(
            "/auth/sign-in",
            {"email": f"somebody{number}@example.org", "password": "not the right one"},
            headers={"X-Forwarded-For": f"198.51.100.8:{40000 + number}"},
        ).status_code
        for number in range(11)
    ]
    assert statuses == [401] * 10 + [429]


def test_requests_are_counted_by_64_bits_of_ipv6(databases: Databases, seeded: Seeded) -> None:
    with api_over(databases, seeded, settings={"limits": Limits(caller=0, address=3)}) as api:
        api.app.extensions["plan_counters"] = OneMinute()
        where = [f"2001:db8:1:{third}::{number:x}" for third, number in ((1, 1), (1, 2), (1, 3), (1, 4), (2, 5))]
        answers = [api.nobody.get("/auth/methods", environ_base={"REMOTE_ADDR": address}) for address in where]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 200]


class OneMinute(Counters):
    """Counters in whose minute all of the test falls."""

    def tally(self, key: bytes, _window: int) -> tuple[int, int]:
        return super().tally(key, 0)
