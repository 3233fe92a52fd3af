"""The connection under a request: it is for one host, and its body is read to its end before the answer goes out.

A body that nobody read makes the server close the connection, after an answer that did not say so: the caller's next request is
lost. So what is left of it is read and dropped; where that would be too much, the answer says that the connection closes.
"""

import re
from typing import Any

from flask import request

from api.domain.errors import PlanError
from api.domain.origin import as_origin

# Bytes: as much as the largest body that any address takes.
MOST_UNREAD = 5 * 1024 * 1024
_PIECE = 65_536
_READ = "plan.body_read"
# RFC 3986, 3.2.2. The server joins two of them by a comma, which a name may have there and never has.
_HOST = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+;=%-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{0,5})?")

Environ = dict[str, Any]


class BadHost(PlanError):
    """RFC 9112, 3.2: a request without exactly one good Host is answered by 400."""

    code = "bad-request"
    title = "This is not a well-formed HTTP request"


def check_host() -> None:
    """Look whether the request says for which host it is; HTTP/1.0 need not. Raises BadHost."""
    host = request.environ.get("HTTP_HOST", "")
    old = not host and request.environ.get("SERVER_PROTOCOL") in {"HTTP/1", "HTTP/1.0"}
    if not old and not _is_host(host):
        raise BadHost("Send one Host header, with the name that you reach this service by.")


def _is_host(host: str) -> bool:
    """Whether there can be such a host and port; nobody who makes an origin of it later need ask."""
    if not _HOST.fullmatch(host):
        return False
    try:
        as_origin(f"http://{host}")
    except ValueError:
        return False
    return True


def note_read() -> None:
    """The body was read to its end."""
    request.environ[_READ] = True


def read_rest(environ: Environ) -> bool:
    """Read what is left of the body; whether it was read to its end, so that another request may follow."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if (length == "0" and "HTTP_TRANSFER_ENCODING" not in environ) or _READ in environ:
        return True
    # Who expects to be told to go on has sent nothing yet, and need not.
    if "HTTP_EXPECT" in environ or not environ.get("wsgi.input_terminated") or int(length) > MOST_UNREAD:
        return False
    left = MOST_UNREAD
    while left > 0:
        got = len(environ["wsgi.input"].read(_PIECE))
        if not got:
            return True
        left -= got
    return False
