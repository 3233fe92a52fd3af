"""Codes of a second factor: the six digits of an app, and the recovery codes for who has lost it.

A recovery code is 16 characters of Crockford's Base32, 80 bits: no letter in it is taken for a digit, and if one was
written down as one, it is read as what was meant.
"""

import re

TOTP_DIGITS = 6
TOTP_STEP = 30
"""Seconds that a code is shown."""
TOTP_DRIFT = 1
"""How many steps a clock may be off, either way."""

RECOVERY_CODES = 10
RECOVERY_LENGTH = 16
RECOVERY_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUP = 4
_DIGITS = re.compile(rf"[0-9]{{{TOTP_DIGITS}}}")
_RECOVERY = re.compile(rf"[{RECOVERY_ALPHABET}]{{{RECOVERY_LENGTH}}}")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2014]+")
_MEANT = str.maketrans("OIL", "011")


def read_digits(typed: str) -> str | None:
    """The six digits that somebody typed, with or without a space; None when it is something else."""
    plain = _BETWEEN.sub("", typed)
    return plain if _DIGITS.fullmatch(plain) else None


def read_recovery_code(typed: str) -> str | None:
    """A recovery code as it was made, from what somebody typed: groups, case and look-alikes do not matter."""
    plain = _BETWEEN.sub("", typed).upper().translate(_MEANT)
    return plain if _RECOVERY.fullmatch(plain) else None


def group_code(code: str) -> str:
    """A recovery code in groups of four, to be read and written down."""
    return "-".join(code[place : place + _GROUP] for place in range(0, len(code), _GROUP))


def steps_around(instant: float) -> list[int]:
    """The steps whose codes count at this time (seconds since 1970): the present one first."""
    now = int(instant) // TOTP_STEP
    return [now, *(now + off for drift in range(1, TOTP_DRIFT + 1) for off in (-drift, drift))]
