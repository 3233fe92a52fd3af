"""What the routes about a person's data answer."""

from typing import Any
from uuid import UUID

from flask import current_app

from api.http.database.transaction import snapshot
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.queries.privacy.person_data import get_account_data, get_person_data
from api.services.privacy import erasures
from api.web.privacy.person_page import render


def read_person(call: Call, person_id: UUID) -> Answer:
    """Everything that is held about a person, as one state of the database."""
    return Answer(_held(call, person_id), private=True, file_name=f"person-{person_id}.json")


def show_person(call: Call, person_id: UUID) -> Answer:
    """The same as a page."""
    mark = current_app.extensions["plan_settings"].release
    page = render(_held(call, person_id), f"/assets/{mark}").encode()
    return Answer(page, media="text/html; charset=utf-8", private=True)


def read_me(call: Call) -> Answer:
    """Everything that is held about the caller."""
    here = call.here
    if here.person_id is not None:
        return Answer(_held(call, here.person_id), private=True)
    with snapshot() as session:
        return Answer({"made_at": call.work.now, **get_account_data(session, here.id)}, private=True)


def _held(call: Call, person_id: UUID) -> dict[str, Any]:
    with snapshot() as session:
        return {"made_at": call.work.now, **get_person_data(session, person_id)}


def erase(call: Call, person_id: UUID, **fields: Any) -> Answer:
    """Erase; what was erased."""
    erased = erasures.erase_contact(call.work, person_id, **fields)
    counts = [{"what": what, "count": count} for what, count in erased.items()]
    return Answer({"person": person_id, "erased": counts}, private=True)
