"""What a caller can take: `Accept` and `Accept-Encoding` against what an address gives (RFC 9110, 12.5)."""

import re
from functools import lru_cache

from flask import request
from werkzeug.datastructures import Accept, MIMEAccept
from werkzeug.http import parse_accept_header

from api.domain.errors import NotAcceptable

LONGEST = 2000
# The codings that we make, the better first.
CODINGS = ("br", "gzip")
# Whoever names it says which errors they can read, and rules nothing out: an answer that succeeds comes as if it were not there.
_PROBLEM = "application/problem+json"
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
    ranges = parse_accept_header(_CHARSET.sub("", accept), MIMEAccept)
    others = [each for each in ranges if each[0].lower() != _PROBLEM]
    if len(others) < len(ranges) and not others:
        return True
    return MIMEAccept(others).quality(media.partition(";")[0]) > 0


def prefers(media: str, other: str) -> bool:
    """Whether the caller would rather have the first media type; a tie is no preference."""
    accept = request.headers.get("Accept", "")
    ranges = parse_accept_header(_CHARSET.sub("", accept[:LONGEST]), MIMEAccept)
    return ranges.quality(media.partition(";")[0]) > ranges.quality(other.partition(";")[0])


def codings_of(accepts: str) -> tuple[str, ...]:
    """Of CODINGS those that an Accept-Encoding takes, the one to use first; empty when only plain bytes will do."""
    return _codings_of(accepts) if len(accepts) <= LONGEST else ()


@lru_cache(maxsize=256)
def _codings_of(accepts: str) -> tuple[str, ...]:
    ranges = parse_accept_header(accepts, Accept)
    weighed = sorted(((ranges.quality(coding), coding) for coding in CODINGS), key=lambda each: -each[0])
    return tuple(coding for weight, coding in weighed if weight > 0)
