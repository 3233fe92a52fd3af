"""An address on this site, such as somebody is sent to after signing in."""

import re

from api.domain.accounts.signing_in import LinkKind

LONGEST = 500
# The rule of localPath in the client (rules/addresses.js), and stricter: one slash, no backslash, nothing that a browser drops when
# it reads, no dots that it would resolve.
_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\x7f-\x9f\\]*")
_DOTS = re.compile(r"/(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)
# Signing in again, a link's page with a secret of somebody else's choice, and what is no page: whoever came would be stuck there.
_NO_WAY_ON = re.compile(rf"(?:/p/[^/]+)?/(?:sign-in|{'|'.join(LinkKind)}|api|assets)(?:/|$)")


def local_path(wanted: str | None, otherwise: str = "/") -> str:
    """The address when it is a page of this site, so that a crafted link cannot send somebody elsewhere; else `otherwise`."""
    if not wanted or len(wanted) > LONGEST or not _LOCAL.fullmatch(wanted):
        return otherwise
    path = re.split("[?#]", wanted, maxsplit=1)[0]
    return otherwise if _DOTS.search(path) or _NO_WAY_ON.match(path) else wanted
