"""Handover, when somebody leaves."""

from typing import Any
from uuid import UUID

from api.http.declare import ADMINS, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.people.handover import HandedOverOut, HandoverIn, OpenOut
from api.web.people import handover

routes = Routes(
    "Handover", about="What is open in a leaver's name moves to others in one step; history keeps their name."
)


@routes.get("/people/<person>/handover", door=ADMINS, answer=OpenOut, problems=("conflict",))
def read_handover(call: Call, person_id: UUID) -> Answer:
    """Read what is open in somebody's name."""
    return handover.read_open(call, person_id)


@routes.post(
    "/people/<person>/handover", door=ADMINS, body=HandoverIn, answer=HandedOverOut, idempotent=True, fresh=True,
    problems=("conflict", "last-admin"),
)  # fmt: skip
def hand_over(call: Call, person_id: UUID, **fields: Any) -> Answer:
    """Hand over everything that is open, write down when they left, and end their account.

    Each open thing must be named; `to: null` leaves it without a name.
    """
    return handover.hand_over(call, person_id, **fields)
