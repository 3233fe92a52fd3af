"""Of which request, from which address, when: what an event of the audit is noted with."""

from flask import request

from api.services.audit import Circumstances
from api.web.doorway import now
from api.web.envelope import request_id


def circumstances() -> Circumstances:
    """Those of the present request."""
    return Circumstances(now(), request_id(), request.remote_addr)
