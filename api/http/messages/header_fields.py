"""Request headers that say one thing, and what is done with two of them.

Two lines of one header reach us joined by a comma (WSGI; RFC 9110, 5.3). For a list that is as if they had been one: Accept,
Accept-Encoding, Content-Encoding, If-Match, If-None-Match, X-Forwarded-…; Cookie is joined by a semicolon, and is one too.
Of the others nobody could say which of the two was meant (ADR 20):

- Authorization: 400 where either is a Bearer token.
- Idempotency-Key: 400 (http/idempotency.py).
- X-CSRF-Token: two are no session's value, so 403.
- X-Request-Id: two are no usable id, so a new one is made.
- Content-Type, Host, Content-Length: the server hands on one or refuses the request; the front refuses it.
"""

import re
from typing import ClassVar

from flask import request

from api.domain.errors import PlanError

_BEARER = re.compile(r"(?:^|,)\s*bearer(?:\s|$)", re.IGNORECASE)
_TOKEN = re.compile(r"bearer +(\S+)", re.IGNORECASE)


class HeaderInvalid(PlanError):
    """A header of the request that says one thing is there twice."""

    code: ClassVar[str] = "invalid-header"
    title: ClassVar[str] = "A header of the request is not valid"


def bearer_token() -> str | None:
    """What the Authorization header shows after Bearer, in any case (RFC 9110, 11.1); "" where it shows anything else.

    None: there is no such header. Raises HeaderInvalid for two of which one is a Bearer token (RFC 6750, 3.1: 400). Only then,
    because a token has no comma, and other schemes, which are a proxy's business and not ours, may have some.
    """
    given = request.headers.get("Authorization")
    if given is None:
        return None
    if "," in given and _BEARER.search(given):
        raise HeaderInvalid("Authorization is there twice. Send one.")
    found = _TOKEN.fullmatch(given.strip())
    return found[1] if found else ""
