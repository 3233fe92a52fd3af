"""The directory: people and agencies, by keyset on (name, id)."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from api.domain.errors import NotFound
from api.models import Agency, Person


def list_people(session: Session, *, after: tuple[str, UUID] | None, limit: int) -> list[tuple[Person, Agency | None]]:
    """(person, agency or None) in order of name, after the keyset given. 1 SELECT."""
    query = select(Person, Agency).outerjoin(Agency, Agency.id == Person.agency_id)
    query = query.where(Person.merged_into_id.is_(None))
    if after is not None:
        query = query.where(tuple_(Person.name, Person.id) > after)
    rows = session.execute(query.order_by(Person.name, Person.id).limit(limit))
    return [(person, agency) for person, agency in rows]


def list_agencies(session: Session, *, after: tuple[str, UUID] | None, limit: int) -> list[Agency]:
    """Agencies in order of name, after the keyset given. 1 SELECT."""
    query = select(Agency)
    if after is not None:
        query = query.where(tuple_(Agency.name, Agency.id) > after)
    return list(session.scalars(query.order_by(Agency.name, Agency.id).limit(limit)))


def get_person(session: Session, person_id: UUID) -> tuple[Person, Agency | None]:
    """A person with their agency. Raises NotFound. 1 SELECT."""
    row = session.execute(
        select(Person, Agency).outerjoin(Agency, Agency.id == Person.agency_id).where(Person.id == person_id)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such person.")
    return row[0], row[1]


def find_person_by_name(session: Session, name: str) -> Person | None:
    """The one person printed with exactly this name; None when nobody or several are. 1 SELECT."""
    named = (Person.name == name) & Person.merged_into_id.is_(None)
    found = list(session.scalars(select(Person).where(named).limit(2)))
    return found[0] if len(found) == 1 else None


def find_joined(session: Session, ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Of these people, those who were joined to another, and who stands for them at the end. A SELECT, and one a step."""
    asked, steps = set(ids), dict[UUID, UUID]()
    wanted = asked
    while wanted:
        into = select(Person.id, Person.merged_into_id).where(Person.id.in_(wanted), Person.merged_into_id.is_not(None))
        found = {each: other for each, other in session.execute(into) if other}
        steps |= found
        wanted = set(steps.values()) - steps.keys() if found else set()
    return {each: _end_of(steps, each) for each in asked & steps.keys()}


def _end_of(steps: dict[UUID, UUID], person: UUID) -> UUID:
    while person in steps:
        person = steps[person]
    return person
