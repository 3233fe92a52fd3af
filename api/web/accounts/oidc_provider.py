"""An agency's OpenID provider over HTTP: where to send somebody, and who it says came back.

Imported only where a directory is configured: its libraries would cost every start a tenth of a second.
"""

import re
from datetime import datetime
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc6749 import OAuth2Error
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from marshmallow import ValidationError

from api.config import LOOPBACK, Oidc
from api.schemas.text_fields import Email
from api.services.accounts.oidc import Identity, ProviderAwayError, ProviderRefusedError

TIMEOUT = 5
KEPT = 3600
AWAY_FOR = 15
LEEWAY = 60
ALGORITHMS = ["RS256", "ES256"]
# At most 255 ASCII characters (OpenID Connect Core 2), of which none is a control character.
_SUBJECT = re.compile(r"[ -~]{1,255}")
_ADDRESS = Email()
_KINDS = frozenset({"RSA", "EC"})
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")

Json = dict[str, Any]


class Provider:
    """The provider of the settings. What it says of itself is kept for an hour; its keys are asked for each time.

    When it did not answer it is not asked again for a quarter of a minute.
    """

    def __init__(self, settings: Oidc, redirect_uri: str) -> None:
        self.issuer = settings.issuer
        self._settings = settings
        self._redirect_uri = redirect_uri
        self._metadata: Json = {}
        self._until = self._away_until = 0.0

    def metadata(self) -> Json:
        """Its own description (OpenID Connect Discovery). Raises ProviderAwayError."""
        now = monotonic()
        if now < self._away_until:
            if self._metadata:
                return self._metadata
            raise ProviderAwayError("it did not answer a moment ago")
        if now > self._until:
            # Taken for away until it has answered: those who ask meanwhile must not wait for it too, and hold up everybody.
            self._away_until = now + AWAY_FOR
            found = _get(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self.issuer or not all(_is_safe(found.get(name)) for name in _ENDPOINTS):
                raise ProviderAwayError("it describes another provider")
            self._metadata, self._until, self._away_until = found, now + KEPT, 0.0
        return self._metadata

    def address(self, state: str, nonce: str, verifier: str) -> str:
        """Where to send the browser, once `metadata` was asked for."""
        with self._session() as session:
            address, _ = session.create_authorization_url(
                self._metadata["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        return str(address)

    def identify(self, code: str, nonce: str, verifier: str, now: datetime) -> Identity:
        """Exchange the code, once, and check the ID token. Raises ProviderAwayError, ProviderRefusedError."""
        metadata = self.metadata()
        token = self._exchange(metadata["token_endpoint"], code, verifier)
        claims = self._verify(token.get("id_token"), _get(metadata["jwks_uri"]), nonce, now)
        second = asked_for_more(claims, self._settings.second_factor)
        return Identity(f"{claims['iss']}|{claims['sub']}", _read_email(claims), second)

    def _session(self) -> OAuth2Session:
        return OAuth2Session(
            self._settings.client_id,
            self._settings.client_secret,
            scope="openid email",
            redirect_uri=self._redirect_uri,
            code_challenge_method="S256",
        )

    def _exchange(self, endpoint: str, code: str, verifier: str) -> Json:
        try:
            with self._session() as session:
                given = session.fetch_token(
                    endpoint, code=code, code_verifier=verifier, timeout=TIMEOUT, allow_redirects=False
                )
        except requests.RequestException as error:
            raise ProviderAwayError(type(error).__name__) from error
        except (OAuth2Error, OAuthError) as error:
            raise ProviderRefusedError("the code was refused") from error
        except ValueError as error:
            raise ProviderAwayError("no JSON") from error
        return dict(given)

    def _verify(self, token: object, keys: Json, nonce: str, now: datetime) -> Json:
        """The claims of an ID token that is the provider's, for us, for this way and of now (OpenID Connect Core 3.1.3.7)."""
        if not isinstance(token, str):
            raise ProviderRefusedError("no ID token")
        usable = [key for key in keys.get("keys", []) if key.get("kty") in _KINDS and key.get("use", "sig") == "sig"]
        registry = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self._settings.client_id},
            nonce={"essential": True, "value": nonce},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
        )
        try:
            claims = jwt.decode(token, KeySet.import_key_set({"keys": usable}), algorithms=ALGORITHMS).claims
            registry.validate(claims)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise ProviderRefusedError(f"the ID token: {type(error).__name__}") from error
        audience = claims["aud"]
        if audience not in (self._settings.client_id, [self._settings.client_id]):
            raise ProviderRefusedError("the ID token is for others too")
        if not isinstance(claims["sub"], str) or not _SUBJECT.fullmatch(claims["sub"]):
            raise ProviderRefusedError("the ID token: its subject is none")
        return dict(claims)


def asked_for_more(claims: Json, values: frozenset[str]) -> bool:
    """Whether `amr` (RFC 8176, a list) or `acr` (one word) says one of the values that stand for a second factor."""
    methods = claims.get("amr")
    said = [*(methods if isinstance(methods, list) else []), claims.get("acr")]
    return any(isinstance(each, str) and each in values for each in said)


def _read_email(claims: Json) -> str | None:
    """The address that the directory says is theirs; None where it says nothing of it, or what it says is no address.

    Read as an address that is typed: what no body may hold must not reach the database by this door.
    """
    try:
        return str(_ADDRESS.deserialize(claims.get("email"))) if claims.get("email_verified") is True else None
    except ValidationError:
        return None


def _get(address: str) -> Json:
    """A JSON object from the provider. Raises ProviderAwayError."""
    try:
        answer = requests.get(address, timeout=TIMEOUT, allow_redirects=False, headers={"Accept": "application/json"})
        found = answer.json() if answer.status_code == requests.codes.ok else None
    except (requests.RequestException, ValueError) as error:
        raise ProviderAwayError(type(error).__name__) from error
    if not isinstance(found, dict):
        raise ProviderAwayError("no JSON object")
    return found


def _is_safe(address: object) -> bool:
    """https, or plain on this machine."""
    parts = urlsplit(address) if isinstance(address, str) else None
    return parts is not None and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))
