"""An address on this site, such as somebody is sent to after signing in."""

import re

LONGEST = 500
# The rule of localPath in the client's router, and stricter: one slash, no backslash, nothing that a browser drops when it reads.
_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\x7f-\x9f\\]*")
_NOT_PAGES = ("/api/", "/assets/")


def local_path(wanted: str | None, otherwise: str = "/") -> str:
    """The address when it is a page of this site, so that a crafted link cannot send somebody elsewhere; else `otherwise`."""
    if not wanted or len(wanted) > LONGEST or not _LOCAL.fullmatch(wanted):
        return otherwise
    return otherwise if wanted.startswith(_NOT_PAGES) else wanted
