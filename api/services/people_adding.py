"""Adding somebody to the directory whom no plan names yet."""

from uuid import UUID

from api.domain.errors import FieldError, ValidationFailed
from api.models import Agency, Person
from api.services.ids import new_id
from api.services.journal import Change, record_of_directory
from api.services.work import Work


def add_person(
    work: Work, name: str, post: str | None = None, agency_id: UUID | None = None, email: str | None = None
) -> Person:
    """A new person of the directory. Raises ValidationFailed for an agency that is not there. 3 statements at most."""
    if agency_id is not None and work.session.get(Agency, agency_id) is None:
        detail = "There is no such agency; GET /agencies lists them."
        raise ValidationFailed(detail, [FieldError("/agency", "invalid", detail)])
    person_id = new_id()
    values = {"name": name, "post": post, "agency_id": agency_id, "email": email}
    # A seed matches people by this: no seed has one that begins so.
    person = Person(id=person_id, external_id=f"added-{person_id.hex[-12:]}", **values)
    person.created_at = person.updated_at = work.now
    work.session.add(person)
    work.session.flush()
    record_of_directory(work, [Change("person", person_id, "created", None, values)])
    return person
