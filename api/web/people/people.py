"""What the routes of people answer. An e-mail address is read only for who may have it (API 10)."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api.domain.people.directory import Emails, readable_emails
from api.domain.plan.permissions import Role
from api.http.database.replica import read_one, read_several
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.http.messages.etag import directory_etag
from api.http.messages.json_io import dumps
from api.http.paging import page, read_name_and_id
from api.queries.people.holdings import list_led, list_places
from api.queries.people.people import get_directory_revision, has_account, list_people, show_person
from api.schemas.people.people import shape_led, shape_person, shape_place
from api.services.people import people
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


def read_person(call: Call, person_id: UUID) -> Answer:
    """Answer with one person. 4 SELECTs."""
    revision = call.here.directory_revision
    return read_several(stands_at(call), lambda session: _show(call.through(session), person_id, revision))


def current_person(call: Call, person_id: UUID) -> Answer:
    """The person as they stand after a write that was refused."""
    return _show(call, person_id, call.here.directory_revision)


def _show(call: Call, person_id: UUID, directory_revision: int) -> Answer:
    session = call.session
    person, agency, email = show_person(session, person_id, *_reader(call))
    body = {
        **shape_person(person, agency, email),
        "named_on": [shape_place(each) for each in list_places(session, [person_id])],
        "leads": [shape_led(each) for each in list_led(session, [person_id])],
        "account": has_account(session, person_id) if call.here.role == Role.ADMIN else None,
    }
    return Answer(body, etag=directory_etag(directory_revision, person.version, dumps(body)), private=True)


def _show_written(call: Call, person_id: UUID) -> Answer:
    return _show(call, person_id, get_directory_revision(call.session))


def create_person(call: Call, **members: Any) -> Answer:
    """Add them."""
    person = people.create_person(call.work, **members)
    answer = _show_written(call, person.id)
    answer.status, answer.location = 201, f"/api/v1/people/{person.id}"
    return answer


def guard_person(call: Call, person_id: UUID) -> None:
    """Is there such a person?"""
    people.may_edit(call.work, person_id, call.seen)


def edit_person(call: Call, person_id: UUID, **members: Any) -> Answer:
    """The person after the change."""
    people.edit_person(call.work, person_id, call.seen, **members)
    return _show_written(call, person_id)
