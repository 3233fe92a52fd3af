"""The origin of a site (RFC 6454), written as browsers write it: what pages, passkeys and links are compared by."""

from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}


def as_origin(raw: str) -> str:
    """In small letters, in ASCII, without the port that goes without saying. Raises ValueError for more than an origin, or none."""
    parts = urlsplit(raw)
    more = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if parts.scheme not in _PORTS or not parts.hostname or more:
        raise ValueError(raw)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname.encode("idna").decode()
    port = "" if parts.port in {None, _PORTS[parts.scheme]} else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"
