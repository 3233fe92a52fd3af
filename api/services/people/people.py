"""People of the directory: added and edited by an administrator. What the plan printed of them stays as printed."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from api.domain.editable import PERSON
from api.domain.errors import NotFound
from api.domain.people.directory import keep_names
from api.models import Person
from api.services.ids import new_id
from api.services.locks import hold_directory
from api.services.people import directory
from api.services.work import Seen, Work


def create_person(
    work: Work,
    *,
    name: str,
    post: str | None = None,
    agency: UUID | None = None,
    email: str | None = None,
    aliases: Iterable[str] = (),
    left_on: date | None = None,
) -> Person:
    """Add somebody. Two people may share a name. Raises ValidationFailed for an agency that is not there, or has ended."""
    hold_directory(work)
    if agency is not None:
        directory.get_agency(work, agency, "/agency")
    other = keep_names(name, aliases)
    row = Person(
        id=new_id(), name=name, post=post, agency_id=agency, email=email, aliases=other, left_on=left_on, version=1
    )
    directory.create(work, row)
    return row


def may_edit(work: Work, person_id: UUID, seen: Seen | None = None, writes: frozenset[str] = frozenset()) -> Person:
    """The person, locked until commit with the directory. Raises NotFound, StaleVersion."""
    hold_directory(work)
    found = work.session.get(Person, person_id, with_for_update={"key_share": True}, populate_existing=True)
    if found is None:
        raise NotFound("There is no such person.")
    if found.merged_into_id is not None:
        kept = work.session.scalars(select(Person.name).where(Person.id == found.merged_into_id)).one()
        raise NotFound(f"{found.name} is now listed as {kept}.")
    directory.check_seen(work, found, seen, writes)
    return found


def edit_person(work: Work, person_id: UUID, seen: Seen | None, **members: Any) -> Person:
    """Change what is given; a name that changed stays among the other names. Raises NotFound, StaleVersion, ValidationFailed."""
    values = PERSON.as_columns(members)
    person = may_edit(work, person_id, seen, frozenset(members))
    if values.get("agency_id") not in (None, person.agency_id):
        directory.get_agency(work, values["agency_id"], "/agency")
    name = values.get("name", person.name)
    values["aliases"] = keep_names(name, values.get("aliases", person.aliases), person.name)
    directory.save(work, person, values)
    return person
