"""Partner systems' tokens: what they may do, and how they are written (API 7.3).

`pp_<id>_<secret>_<checksum>`: the id finds the row, 43 characters of base64url hold 256 random bits, and the checksum tells a
token that was cut short or mistyped from one that was revoked, before the database is asked. A scanner of source
code can find one by its form.
"""

import re
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID
from zlib import crc32

LONGEST_DAYS = 365
_FORM = re.compile(r"pp_([0-9a-f]{32})_([A-Za-z0-9_-]{43})_([0-9a-f]{8})")


class Scope(StrEnum):
    """What a partner's token may do."""

    PLAN_READ = "plan:read"
    CHANGES_READ = "changes:read"
    UPDATES_WRITE = "updates:write"
    EXPORT_READ = "export:read"


class PartnerSecret(NamedTuple):
    """A token taken apart."""

    id: UUID
    secret: str

    @property
    def hash(self) -> bytes:
        """The hash that is stored. The secret is random, so a plain hash cannot be reversed by guessing."""
        return sha256(self.secret.encode()).digest()

    def write(self) -> str:
        """The token as it is shown, once."""
        body = f"pp_{self.id.hex}_{self.secret}"
        return f"{body}_{_checksum(body)}"


def read_partner_token(raw: str) -> PartnerSecret | None:
    """Take a token apart; None when it is none or its checksum is wrong."""
    found = _FORM.fullmatch(raw)
    if found is None or _checksum(raw[: found.start(3) - 1]) != found[3]:
        return None
    return PartnerSecret(UUID(found[1]), found[2])


def _checksum(body: str) -> str:
    return f"{crc32(body.encode()):08x}"
