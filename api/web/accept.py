"""What a caller can take: `Accept` against the media type that an address gives (RFC 9110, 12.5.1)."""

import re
from functools import lru_cache

from flask import request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from api.domain.errors import NotAcceptable

LONGEST = 2000
# All of it is UTF-8, whichever charset somebody asks for.
_CHARSET = re.compile(r";\s*charset=[^;,]*", re.IGNORECASE)


def check_accept(media: str) -> None:
    """Raise NotAcceptable when `Accept` rules this media type out. The few that callers send are looked up, not read."""
    accept = request.headers.get("Accept")
    if accept and (len(accept) > LONGEST or not _takes(accept, media)):
        raise NotAcceptable(f"This address gives {media.partition(';')[0]}, which the Accept header rules out.")


@lru_cache(maxsize=256)
def _takes(accept: str, media: str) -> bool:
    """Whether it is among what is accepted, the most specific range that fits it deciding."""
    return parse_accept_header(_CHARSET.sub("", accept), MIMEAccept).quality(media.partition(";")[0]) > 0
