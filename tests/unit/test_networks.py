"""Callers' addresses, as proxies write them, and what is counted as one caller."""

import pytest

from api.domain.networks import network_of, read_address


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("192.0.2.1", "192.0.2.1"),
        (" 192.0.2.1 ", "192.0.2.1"),
        ("192.0.2.1:50123", "192.0.2.1"),
        ("2001:DB8::0:1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ('"[2001:db8::1]:443"', "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("[fe80::1%25eth0]:443", "fe80::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("[::ffff:192.0.2.1]:80", "192.0.2.1"),
    ],
)
def test_one_address_is_written_in_one_way(raw: str, address: str) -> None:
    assert read_address(raw) == address


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "unknown",
        "_hidden",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.01",
        "192.0.2.1:x",
        "[]",
        "[::1",
        "::1]",
        "1:2",
        "a b",
    ],
)
def test_anything_else_is_none(raw: str) -> None:
    assert read_address(raw) is None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("no address", "no address"),
        ("no:address", "no:address"),
    ],
)
def test_what_is_counted_as_one_caller(address: str, network: str) -> None:
    assert network_of(address) == network
