"""Ids: UUIDs of version 7 (RFC 9562), in the order they were made.

Ids made together take the same instant and rise by small random steps ("monotonic random", 6.2 method 2): they sort
and index well, and a document with a hundred of them is a third smaller when compressed. Nothing relies on their
being hard to guess: every read asks who is asking.
"""

import secrets
import time
from collections.abc import Iterator
from itertools import accumulate, chain, repeat
from uuid import UUID

_STEP_BITS = 20
_VERSION = 7 << 76
_VARIANT = 2 << 62


def new_id() -> UUID:
    """Make one id."""
    return next(new_ids())


def new_ids() -> Iterator[UUID]:
    """Make as many ids as are taken, for things that are made together."""
    instant = (time.time_ns() // 1_000_000) << 80
    # The top bit stays clear, so that the steps of any batch cannot overflow the 74 random bits.
    start = secrets.randbits(73)
    steps = (secrets.randbits(_STEP_BITS) + 1 for _ in repeat(None))
    return (_compose(instant, random) for random in accumulate(chain([start], steps)))


def _compose(instant: int, random: int) -> UUID:
    high, low = random >> 62, random & ((1 << 62) - 1)
    return UUID(int=instant | _VERSION | (high << 64) | _VARIANT | low)
