"""Two people with similar names: marked as two different people, or that mark taken back."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from api.domain.errors import FieldError, NotFound, ValidationFailed
from api.models import PeopleApart, Person
from api.queries.people.holdings import get_people
from api.services.journal import Change, write_directory_changes
from api.services.locks import hold_directory
from api.services.work import Work


def tell_apart(work: Work, *, first: UUID, second: UUID) -> PeopleApart:
    """Mark two people as different; doing it again changes nothing. Raises ValidationFailed."""
    one, other = _load(work, first, second)
    row = {"first_id": one.id, "second_id": other.id, "at": work.now, "said_by_name": work.actor.name}
    made = work.session.execute(
        insert(PeopleApart).values(row).on_conflict_do_nothing().returning(PeopleApart.first_id)
    )
    if made.first() is not None:
        _write_changes(work, "told-apart", one, other)
    return work.session.get_one(PeopleApart, (one.id, other.id))


def take_back_apart(work: Work, *, first: UUID, second: UUID) -> None:
    """Take the mark back: they may be one person. Raises NotFound, ValidationFailed."""
    one, other = _load(work, first, second)
    pair = (PeopleApart.first_id == one.id) & (PeopleApart.second_id == other.id)
    gone = work.session.execute(delete(PeopleApart).where(pair).returning(PeopleApart.first_id))
    if gone.first() is None:
        raise NotFound("Nobody said that these are two people.")
    _write_changes(work, "maybe-one", one, other)


def _load(work: Work, first: UUID, second: UUID) -> tuple[Person, Person]:
    """Both, in order of id, with the directory held."""
    hold_directory(work)
    found = {
        each: person for each, person in get_people(work.session, {first, second}).items() if not person.merged_into_id
    }
    errors = [
        FieldError(f"/{name}", "invalid", "There is no such person; GET /people lists them.")
        for name, each in (("first", first), ("second", second))
        if each not in found
    ]
    if first == second:
        errors = [FieldError("/second", "invalid", "Choose another person.")]
    if errors:
        raise ValidationFailed(errors[0].detail, errors)
    one, other = (found[each] for each in sorted(found))
    return one, other


def _write_changes(work: Work, verb: str, one: Person, other: Person) -> None:
    after = {"name": one.name, "other": other.name, "other_id": other.id}
    write_directory_changes(work, [Change("person", one.id, verb, None, after)])
