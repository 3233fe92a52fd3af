"""The change feed, for partners' systems."""

from typing import Any

from api.domain.accounts.partners import Scope
from api.http.declare import SIGNED_IN, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.history.changes import ChangesOut, ChangesQuery
from api.web.history import changes

routes = Routes(
    "Following changes", about="What changed since a cursor, in the order of commits; a follower misses nothing."
)


@routes.get(
    "/plans/<plan>/changes", door=SIGNED_IN, scope=Scope.CHANGES_READ, finds="plan", query=ChangesQuery,
    answer=ChangesOut, problems=("cursor-expired", "invalid-cursor"),
)  # fmt: skip
def list_changes(call: Call, **query: Any) -> Answer:
    """List what changed since a cursor, in the order in which it was committed."""
    return changes.read_changes(call, **query)
