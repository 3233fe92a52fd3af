"""Requests that another site's page makes a browser send, beside the CSRF value and SameSite (API 8.1).

Browsers say where an unsafe request comes from, and no page can change that. Whoever is no browser says nothing, and is let in. Asked
of every unsafe request that does not show a token of its own in Authorization: no other site's page knows one.
"""

from flask import request

from api.domain.accounts.sign_in_errors import ForeignOrigin
from api.http.callers.proof import origin_of_host, settings, site

_OURS = frozenset({"same-origin", "none"})


def check_origin() -> None:
    """Look where a browser says that this comes from. Raises ForeignOrigin."""
    fetched, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if (fetched and fetched not in _OURS) or (origin and not _is_ours(origin)):
        raise ForeignOrigin(f"This came from a page of another site. Open {site()}/ and do it there.")


def _is_ours(origin: str) -> bool:
    """Whether it is this site's origin, letter by letter as browsers write it: what somebody sent is compared, and never read.

    Without PUBLIC_URL it is the one of the host, with TLS or without: which of them, only a proxy could say.
    """
    if settings().public_url:
        return origin == site()
    return origin in {origin_of_host("http"), origin_of_host("https")}
