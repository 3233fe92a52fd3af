"""What the routes for a handover answer."""

from typing import Any
from uuid import UUID

from api.http.declare import Call
from api.http.messages.answers import Answer
from api.queries.people.holdings import get_held, get_standing, list_agencies_of, list_waiting
from api.schemas.people.handover import shape_open
from api.services.people import handover


def read_open(call: Call, person_id: UUID) -> Answer:
    """Answer with what is open in somebody's name. 8 SELECTs."""
    return Answer(_show(call, person_id), private=True)


def _show(call: Call, person_id: UUID) -> dict[str, Any]:
    person = get_standing(call.session, person_id)
    agency = next(iter(list_agencies_of(call.session, [person]).values()), None)
    held = get_held(call.session, [person_id])[person_id]
    return shape_open(person, agency, held, list_waiting(call.session, person_id))


def hand_over(call: Call, person_id: UUID, **fields: Any) -> Answer:
    """Hand over; what is open after that, and what is to be seen to."""
    done = handover.hand_over(call.work, person_id, **fields)
    told = {"moved": len(done.moved), "account_ended": done.account_ended, "notes": done.notes}
    return Answer({**_show(call, person_id), **told}, private=True)
