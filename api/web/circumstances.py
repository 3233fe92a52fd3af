"""The circumstances of a request, as the audit keeps them."""

from flask import request

from api.services import audit
from api.web.doorway import now
from api.web.envelope import request_id


def circumstances() -> audit.Circumstances:
    """When it is, of which request, and from which address."""
    return audit.Circumstances(now(), request_id(), request.remote_addr)
