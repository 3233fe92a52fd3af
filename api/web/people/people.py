"""What the routes of people answer. An e-mail address is read only for who may have it (API 10)."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api.domain.people.directory import Emails, readable_emails
from api.domain.plan.permissions import Role
from api.http.database.replica import read_one
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.http.messages.etag import directory_etag
from api.http.messages.json_io import dumps
from api.http.paging import page, read_name_and_id
from api.queries.people.holdings import list_led, list_places
from api.queries.people.people import has_account, list_people, show_person
from api.schemas.people.people import shape_led, shape_person, shape_place
from api.services.people import people
from api.web.people.directory import Things
from api.web.plan.rendering import stands_at


def read_people(call: Call, *, limit: int, cursor: str | None = None, **filters: Any) -> Answer:
    """Answer with the people, by name."""
    after, (emails, reader) = read_name_and_id(cursor), _reader(call)

    def load(session: Session) -> list[dict[str, Any]]:
        found = list_people(session, after=after, limit=limit + 1, emails=emails, reader=reader, **filters)
        return [shape_person(*each) for each in found]

    rows = read_one(stands_at(call), load)
    return page(rows, limit, "name", lambda row: [row["name"], row["id"]], private=True)


def _reader(call: Call) -> tuple[Emails, UUID | None]:
    """Whose addresses this caller reads, and the person they are."""
    return readable_emails(Role(call.here.role)), call.here.person_id


def _show(call: Call, person_id: UUID, directory_revision: int) -> Answer:
    """One person. 4 SELECTs."""
    session = call.session
    person, agency, email = show_person(session, person_id, *_reader(call))
    body = {
        **shape_person(person, agency, email),
        "named_on": [shape_place(each) for each in list_places(session, [person_id])],
        "leads": [shape_led(each) for each in list_led(session, [person_id])],
        "account": has_account(session, person_id) if call.here.role == Role.ADMIN else None,
    }
    return Answer(body, etag=directory_etag(directory_revision, person.version, dumps(body)), private=True)


PEOPLE = Things("people", _show, people.create_person, people.may_edit, people.edit_person)
