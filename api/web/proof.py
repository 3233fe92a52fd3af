"""What signing in is checked against, for the services that know no environment: keys, roles, and whose site this is."""

from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import current_app, request

from api.config import Settings
from api.services.passkeys import RelyingParty
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


def relying_party() -> RelyingParty:
    """Whose passkeys: those of PUBLIC_URL; without it, of the address that the request was sent to."""
    address = urlsplit(settings().public_url or request.host_url)
    return RelyingParty(address.hostname or "", f"{address.scheme}://{address.netloc}")


def takes_passkeys() -> bool:
    """Whether browsers make passkeys for this address: they do not for one that is a number."""
    try:
        ip_address(relying_party().id)
    except ValueError:
        return True
    return False
