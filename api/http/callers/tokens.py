"""Tokens: JWT by flask-jwt-extended, in cookies with a CSRF value for the page, as bearer for scripts (API 8)."""

import hmac
from datetime import timedelta
from hashlib import sha256
from time import time
from typing import Any, NamedTuple
from uuid import UUID

from flask import Flask, current_app, request
from flask_jwt_extended import create_access_token, create_refresh_token, decode_token, verify_jwt_in_request
from flask_jwt_extended.exceptions import CSRFError, JWTExtendedException, NoAuthorizationError
from jwt import PyJWTError
from jwt.exceptions import ExpiredSignatureError

from api.config import Settings
from api.domain.accounts.partners import PartnerSecret, read_partner_token
from api.domain.accounts.sign_in_errors import (
    CsrfFailed,
    InvalidToken,
    TokenExpired,
    Unauthenticated,
    WrongPartnerToken,
)
from api.extensions import jwt
from api.http.callers import cookies
from api.http.messages.header_fields import bearer_token

ACCESS_LIFE = timedelta(minutes=10)
REFRESH_LIFE = timedelta(days=14)
CLOCKS_APART = timedelta(seconds=5)
"""How far the clocks of two machines may be apart: a token that one has just made is good at the other, for as much longer too."""
ISSUER = "partnership-plan"
_KEYS = "PLAN_KEYS"
_GOOD = "plan_good_tokens"
MOST_KEPT = 4096
_PARTNER = "pp_"
# What the libraries raise for a token that is not one of ours.
_NOT_OURS = (JWTExtendedException, PyJWTError, ValueError, TypeError, AttributeError)


class Token(NamedTuple):
    """What the request's token says."""

    session_id: UUID
    id: UUID
    by_cookie: bool
    expires_at: float
    csrf: str


def install(app: Flask, settings: Settings) -> None:
    """Configure flask-jwt-extended: fixed algorithm, two key slots, cookies with CSRF or bearer."""
    keys = {"a": settings.secret_key}
    if settings.previous_secret_key:
        keys["b"] = settings.previous_secret_key
    cookies.install(app, secure=settings.secure_cookies)
    app.config.update(
        {
            _KEYS: {_key_id(secret): secret for secret in keys.values()},
            "JWT_SECRET_KEY": settings.secret_key,
            "JWT_ALGORITHM": "HS256",
            "JWT_TOKEN_LOCATION": ["cookies"],
            "JWT_ACCESS_TOKEN_EXPIRES": ACCESS_LIFE,
            "JWT_REFRESH_TOKEN_EXPIRES": REFRESH_LIFE,
            "JWT_DECODE_LEEWAY": CLOCKS_APART,
            "JWT_ENCODE_ISSUER": ISSUER,
            "JWT_DECODE_ISSUER": ISSUER,
            "JWT_ENCODE_AUDIENCE": ISSUER,
            "JWT_DECODE_AUDIENCE": ISSUER,
            "JWT_COOKIE_SECURE": settings.secure_cookies,
            "JWT_COOKIE_CSRF_PROTECT": True,
            "JWT_CSRF_IN_COOKIES": False,
            "JWT_ACCESS_CSRF_HEADER_NAME": "X-CSRF-Token",
            "JWT_REFRESH_CSRF_HEADER_NAME": "X-CSRF-Token",
        }
    )
    app.extensions[_GOOD] = {}
    jwt.init_app(app)
    jwt.decode_key_loader(_key_for)


def _key_id(secret: str) -> str:
    """Name a key without giving it away."""
    return sha256(b"kid:" + secret.encode()).hexdigest()[:8]


def _key_for(header: dict[str, Any], _payload: dict[str, Any]) -> str:
    """Pick from our own list only: the sender chooses the kid, and an unknown one must not be a 500."""
    keys: dict[str, str] = current_app.config[_KEYS]
    found = keys.get(str(header.get("kid")))
    if found is None:
        raise NoAuthorizationError("unknown key")
    return found


def csrf_value(session_id: UUID) -> str:
    """The CSRF value of a session: the same for its whole life, and of no use for another."""
    key = str(current_app.config["JWT_SECRET_KEY"]).encode()
    return hmac.new(key, b"csrf:" + session_id.bytes, sha256).hexdigest()


def make_tokens(
    account_id: UUID, role: str, session_id: UUID, refresh_id: UUID, life: timedelta = REFRESH_LIFE
) -> tuple[str, str]:
    """(access, refresh) for a session that may live so long. The refresh token's `jti` is the one the session expects next."""
    claims = {"sid": str(session_id), "role": role, "csrf": csrf_value(session_id)}
    header = {"kid": _key_id(current_app.config["JWT_SECRET_KEY"])}
    subject = str(account_id)
    access = create_access_token(subject, additional_claims=claims, additional_headers=header)
    more = {**claims, "jti": str(refresh_id)}
    refresh = create_refresh_token(subject, expires_delta=life, additional_claims=more, additional_headers=header)
    return access, refresh


def read_partner() -> PartnerSecret | None:
    """The partner's token that the request bears; None when it bears none. Raises HeaderInvalid, WrongPartnerToken for a checksum."""
    given = bearer_token() or ""
    if not given.startswith(_PARTNER):
        return None
    found = read_partner_token(given)
    if found is None:
        raise WrongPartnerToken("The partner's token is not whole. Copy it again, all of it.")
    return found


def read_token(*, refresh: bool = False) -> Token:
    """The request's token. Raises the 401s and CsrfFailed.

    Whether an access token is good depends on what the request shows and on the time alone, and checking it again
    costs as much as the rest of a poll. So what was found good is kept until it expires (per process, under a hash).
    Whether its session still lives is asked of the database every time, elsewhere.
    """
    if refresh:
        return _verify(refresh=True)
    good: dict[bytes, Token] = current_app.extensions[_GOOD]
    shown = _shown()
    token = good.get(shown)
    if token is None or token.expires_at <= time():
        token = _verify(refresh=False)
        if len(good) >= MOST_KEPT:
            good.clear()
        good[shown] = token
    return token


def _shown() -> bytes:
    """All of the request that a token's check looks at, as one hash."""
    headers = request.headers
    shown = [headers.get(name) for name in ("Authorization", "Cookie", "X-CSRF-Token")]
    return sha256(repr([request.method, *shown]).encode()).digest()


def _verify(*, refresh: bool) -> Token:
    """A request that shows an Authorization header is judged by it alone: no cookie stands in for what is wrong with it."""
    shown = bearer_token()
    try:
        claims = _of_cookie(refresh=refresh) if shown is None else _of_header(shown, refresh=refresh)
    except CSRFError as error:
        raise CsrfFailed("Send the page's CSRF value in X-CSRF-Token.") from error
    except ExpiredSignatureError as error:
        raise TokenExpired("The token has expired; refresh it.") from error
    except _NOT_OURS as error:
        raise _bad_token() from error
    try:
        by_cookie, csrf = shown is None, str(claims.get("csrf", ""))
        return Token(UUID(claims["sid"]), UUID(claims["jti"]), by_cookie, float(claims["exp"]), csrf)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise _bad_token() from error


def _of_cookie(*, refresh: bool) -> dict[str, Any]:
    found = verify_jwt_in_request(refresh=refresh)
    return found[1] if found else {}


def _of_header(shown: str, *, refresh: bool) -> dict[str, Any]:
    claims: dict[str, Any] = decode_token(shown)
    if claims["type"] != ("refresh" if refresh else "access"):
        raise InvalidToken("The token is not one of ours.")
    return claims


def session_of_cookies() -> UUID | None:
    """The session that this browser's cookies are of, over or not; None when they are of none."""
    for name in (cookies.REFRESH, cookies.ACCESS):
        try:
            return UUID(decode_token(cookies.given(name) or "", allow_expired=True)["sid"])
        except (KeyError, *_NOT_OURS):
            continue
    return None


def _bad_token() -> Unauthenticated:
    has_one = "Authorization" in request.headers or any(map(cookies.given, (cookies.ACCESS, cookies.REFRESH)))
    return InvalidToken("The token is not one of ours.") if has_one else Unauthenticated("Sign in to read the plan.")
