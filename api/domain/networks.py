"""Callers' addresses: read out of what a proxy may say of them, and what a limit counts as one caller."""

import re
from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address

# As much of an IPv6 address as one household or device is given: below it anybody takes another address for each request.
V6_PREFIX = 64
# "[2001:db8::1]:443" and "192.0.2.1:443", as some proxies write them.
_BRACKETS = re.compile(r"\[([^\]]*)\](?::[0-9]{1,5})?")
_WITH_PORT = re.compile(r"([0-9.]+):[0-9]{1,5}")


@lru_cache(maxsize=4096)
def read_address(raw: str) -> str | None:
    """The address alone, written in one way: without port, brackets and zone; None for what is no address.

    An IPv4 address that is written as IPv6 is IPv4.
    """
    bare = raw.strip().strip('"')
    found = _BRACKETS.fullmatch(bare) or _WITH_PORT.fullmatch(bare)
    try:
        address = ip_address((found[1] if found else bare).partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """What is counted as one caller: an IPv4 address, or the /64 of an IPv6 one. Anything else is itself."""
    if ":" not in address:
        return address
    try:
        return str(IPv6Network((address, V6_PREFIX), strict=False))
    except ValueError:
        return address
