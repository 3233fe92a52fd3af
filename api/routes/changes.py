"""The change feed, for partners' systems."""

from typing import Any

from api.domain.partners import Scope
from api.schemas.changes import ChangesOut, ChangesQuery
from api.web import changes
from api.web.answers import Answer
from api.web.declare import SIGNED_IN, Call, Routes

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
