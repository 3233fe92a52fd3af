"""How often one caller, and one address, may ask (API 6): counted by all workers of a server together.

The counts lie in memory that the workers share from their fork, so that a request pays a microsecond and no statement.
Windows are fixed minutes. Two processes that count the same caller in the same instant may lose one count: this
keeps a runaway script from slowing others down, and guards nothing. Guesses at passwords are counted elsewhere.
"""

import mmap
import os
import struct
from hashlib import blake2b
from math import ceil
from time import time
from uuid import UUID

from flask import current_app

from api.config import Limits
from api.domain.errors import TooManyRequests
from api.http.callers.caller_address import network
from api.http.messages.envelope import add_headers

WINDOW = 60
_SLOTS = 65_536
_SLOT = struct.Struct("=QII")


class Counters:
    """Counts by key in anonymous shared memory: made before the workers are forked, it is one for all of them."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _SLOTS * _SLOT.size)
        # So that nobody can choose keys that share a slot.
        self._salt = os.urandom(16)

    def count(self, key: bytes, window: int) -> int:
        """Count one request of this key in this window: how many there are now."""
        return self.tally(key, window)[0]

    def tally(self, key: bytes, window: int) -> tuple[int, int]:
        """Count one: (how many there are now, how many there were in the last window, told to its successor's first).

        A slot's older owner is forgotten.
        """
        name = int.from_bytes(blake2b(key, digest_size=8, key=self._salt).digest())
        place = name % _SLOTS * _SLOT.size
        owner, its_window, counted = _SLOT.unpack_from(self._memory, place)
        same = (owner, its_window) == (name, window)
        before = counted if owner == name and not same else 0
        counted = counted + 1 if same else 1
        _SLOT.pack_into(self._memory, place, name, window, counted)
        return counted, before


def count_address() -> None:
    """Count a request of this address, an IPv6 one by its /64. Raises TooManyRequests."""
    allowed: Limits = current_app.extensions["plan_settings"].limits
    whose = network() if allowed.address else None
    if whose:
        _count("address", whose.encode(), allowed.address, told=False)


def count_caller(caller_id: UUID) -> None:
    """Count a request of this account or partner, and say in the answer how many are left. Raises TooManyRequests."""
    allowed: Limits = current_app.extensions["plan_settings"].limits
    if allowed.caller:
        _count("caller", caller_id.bytes, allowed.caller, told=True)


def _count(name: str, key: bytes, most: int, *, told: bool) -> None:
    counters: Counters = current_app.extensions["plan_counters"]
    now = time()
    window = int(now // WINDOW)
    counted = counters.count(name.encode() + key, window)
    left = ceil((window + 1) * WINDOW - now)
    if told or counted > most:
        # The header fields of draft-ietf-httpapi-ratelimit-headers: the policy, and what is left of it.
        add_headers(
            ("RateLimit-Policy", f'"{name}";q={most};w={WINDOW}'),
            ("RateLimit", f'"{name}";r={max(most - counted, 0)};t={left}'),
        )
    if counted > most:
        raise TooManyRequests(f"More than {most} requests in a minute. Wait {left} seconds, then go on.", left)
