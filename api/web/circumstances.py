"""Of which request the audit speaks."""

from flask import request

from api.services.audit import Circumstances
from api.web.doorway import now
from api.web.envelope import request_id


def circumstances() -> Circumstances:
    """When, under which id, and from which address the request that is being answered came."""
    return Circumstances(now(), request_id(), request.remote_addr)
