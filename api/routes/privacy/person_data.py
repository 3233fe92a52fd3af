"""What is held about a person, and erasing how they can be reached."""

from typing import Any
from uuid import UUID

from api.http.declare import ADMINS, SIGNED_IN, TAKEN_AWAY, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.privacy.person_data import ErasureIn, ErasureOut, PersonDataOut
from api.web.privacy import person_data

routes = Routes("A person's data", about="Everything that is held about somebody, and erasing their contact details.")


@routes.get("/people/<person>/data", door=ADMINS, fresh=True, export=True, no_etag=TAKEN_AWAY, answer=PersonDataOut)
def get_person_data(call: Call, person_id: UUID) -> Answer:
    """Read everything that is held about a person: in the plans, in the history, in the audit, and of their account."""
    return person_data.read_person(call, person_id)


@routes.get(
    "/people/<person>/data.html",
    door=ADMINS,
    fresh=True,
    export=True,
    no_etag=TAKEN_AWAY,
    media="text/html; charset=utf-8",
)
def get_person_data_page(call: Call, person_id: UUID) -> Answer:
    """The same as a page to print, or to keep as PDF."""
    return person_data.show_person(call, person_id)


@routes.get("/me/data", door=SIGNED_IN, fresh=True, export=True, no_etag=TAKEN_AWAY, answer=PersonDataOut)
def get_my_data(call: Call) -> Answer:
    """Read everything that is held about you."""
    return person_data.read_me(call)


@routes.post(
    "/people/<person>/erasure", door=ADMINS, fresh=True, idempotent=True, body=ErasureIn, answer=ErasureOut, problems=("conflict", "last-admin")
)  # fmt: skip
def erase_contact(call: Call, person_id: UUID, **fields: Any) -> Answer:
    """Erase the contact details of somebody who has left, and end their account; the printed name and the history stay.

    409 while they have not left: it says what is open. Addresses in the audit stay for as long as the audit is kept.
    """
    return person_data.erase(call, person_id, **fields)
