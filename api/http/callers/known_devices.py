"""Browsers that somebody has signed in with, known again by a cookie (OWASP, "Device Cookies"; ADR 24).

What they guess is counted apart, so that strangers who guess cannot keep an account's owner out of their own browser. The cookie
opens nothing and names nobody: a mark is random, and signed together with the e-mail address that it is for. It outlives sessions.
"""

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from secrets import token_bytes

from flask import Response

from api.http.callers import cookies
from api.http.callers.proof import settings

LIFE = timedelta(days=180)
# Of people who share a browser; the one who was there longest ago is forgotten.
MOST = 5
# Bytes of a mark: what it is counted by, the day it was made, and the signature.
_NONCE, _DAY, _SIGNED = 16, 4, 16
_MARK = re.compile(rf"[A-Za-z0-9_-]{{{(_NONCE + _DAY + _SIGNED) * 4 // 3}}}")


def find_mark(email: str, now: datetime) -> bytes | None:
    """What this browser's guesses at this account are counted by; None for a browser that is not known to it."""
    return next((mark[:_NONCE] for mark in map(urlsafe_b64decode, _marks()) if _fits(mark, email, now)), None)


def remember(answer: Response, email: str, now: datetime) -> None:
    """Let the browser that gets this answer be known again as one of this account's."""
    others = [mark for mark in _marks() if not _fits(urlsafe_b64decode(mark), email, now)]
    said = token_bytes(_NONCE) + _day(now).to_bytes(_DAY, "big")
    made = urlsafe_b64encode(said + _sign(said, email, settings().secret_key)).decode()
    cookies.put(answer, cookies.DEVICE, ".".join([made, *others][:MOST]), LIFE)


def _marks() -> list[str]:
    given = (cookies.given(cookies.DEVICE) or "").split(".")[:MOST]
    return [mark for mark in given if _MARK.fullmatch(mark)]


def _fits(mark: bytes, email: str, now: datetime) -> bool:
    said, signature = mark[:-_SIGNED], mark[-_SIGNED:]
    age = _day(now) - int.from_bytes(said[_NONCE:], "big")
    keys = filter(None, (settings().secret_key, settings().previous_secret_key))
    signed = any(hmac.compare_digest(signature, _sign(said, email, key)) for key in keys)
    return signed and age <= LIFE.days


def _sign(said: bytes, email: str, secret: str) -> bytes:
    whose = email.strip().lower().encode("utf-8", "replace")
    return hmac.digest(secret.encode(), b"device:" + said + whose, "sha256")[:_SIGNED]


def _day(now: datetime) -> int:
    return int(now.timestamp()) // 86_400
