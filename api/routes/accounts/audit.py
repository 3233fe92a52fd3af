"""The audit, for administrators."""

from typing import Any

from api.http.declare import ADMINS, TAKEN_AWAY, Call, Routes
from api.http.messages.answers import CSV, Answer
from api.schemas.accounts.audit import EventListOut, EventPageQuery, EventsQuery
from api.web.accounts import audit

routes = Routes(
    "Audit", about="Sign-ins, failures, refusals, exports and the use of tokens: what happened that changed nothing."
)


@routes.get("/audit", door=ADMINS, query=EventPageQuery, answer=EventListOut)
def list_audit(call: Call, **query: Any) -> Answer:
    """List what happened, newest first."""
    return audit.read_events(call, **query)


@routes.get("/audit.csv", door=ADMINS, query=EventsQuery, media=CSV, fresh=True, export=True, no_etag=TAKEN_AWAY)
def export_audit(call: Call, **query: Any) -> Answer:
    """Read the same as CSV, the newest 50,000."""
    return audit.export_events(call, **query)
