"""What signing in is checked against, for the services that know no environment: keys, roles, and whose site this is."""

from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import current_app, request

from api.config import Settings
from api.domain.origin import as_origin
from api.services.accounts.passkeys import RelyingParty
from api.services.sealing import Seal


def settings() -> Settings:
    """The settings of the running app."""
    found: Settings = current_app.extensions["plan_settings"]
    return found


def seal() -> Seal:
    """What second factors' secrets are encrypted with."""
    found = settings()
    return _seal_of((found.secret_key, *([found.previous_secret_key] if found.previous_secret_key else [])))


@lru_cache(maxsize=8)
def _seal_of(secrets: tuple[str, ...]) -> Seal:
    return Seal(secrets)


def roles_needing() -> frozenset[str]:
    """The roles that need a second factor."""
    return frozenset(role.value for role in settings().second_factor_roles)


def site() -> str:
    """The address of this site, without a slash at its end: PUBLIC_URL; without it, the one that the request was sent to.

    What is made with the Host header goes to nobody else, because anybody can send any, and letters to somebody who did not ask
    in person are never made with it (web/accounts/mailing.py).
    """
    return settings().public_url or origin_of_host("https" if request.is_secure else "http")


def origin_of_host(scheme: str) -> str:
    """The origin of the host that the request was sent to, as browsers write it. The only place that uses the Host header.

    `http/messages/wire.py` has looked that it can be read. "" where there is none: HTTP/1.0 need not send it.
    """
    host = request.environ.get("HTTP_HOST")
    return as_origin(f"{scheme}://{host}") if host else ""


def relying_party() -> RelyingParty:
    """Whose passkeys: those of this site."""
    address = urlsplit(site())
    return RelyingParty(address.hostname or "", f"{address.scheme}://{address.netloc}")


def takes_passkeys() -> bool:
    """Whether browsers make passkeys for this address: they do not for one that is a number."""
    try:
        ip_address(relying_party().id)
    except ValueError:
        return True
    return False
