"""People whose names are alike, those who were told apart, and the merges that were made."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, aliased

from api.models import PeopleApart, Person, PersonMerge

_Other = aliased(Person)


def list_names(session: Session) -> list[tuple[UUID, str]]:
    """(id, name) of everybody who was not merged into another. 1 SELECT."""
    return [
        (row.id, row.name)
        for row in session.execute(select(Person.id, Person.name).where(Person.merged_into_id.is_(None)))
    ]


def list_apart(session: Session) -> list[PeopleApart]:
    """Pairs that were told apart, where neither was merged since. 1 SELECT."""
    query = (
        select(PeopleApart)
        .join(Person, Person.id == PeopleApart.first_id)
        .join(_Other, _Other.id == PeopleApart.second_id)
        .where(Person.merged_into_id.is_(None), _Other.merged_into_id.is_(None))
    )
    return list(session.scalars(query))


def list_merges(session: Session, *, before: UUID | None, limit: int) -> list[Row[Any]]:
    """(merge, name of the person kept, name of the person merged), newest first, undone ones too. 1 SELECT."""
    query = _merges()
    if before is not None:
        query = query.where(PersonMerge.id < before)
    return list(session.execute(query.order_by(PersonMerge.id.desc()).limit(limit)))


def get_merge(session: Session, merge_id: UUID) -> Row[Any]:
    """The same for one. 1 SELECT."""
    return session.execute(_merges().where(PersonMerge.id == merge_id)).one()


def _merges() -> Any:
    return (
        select(PersonMerge, Person.name.label("kept"), _Other.name.label("merged"))
        .select_from(PersonMerge)
        .join(Person, Person.id == PersonMerge.kept_id)
        .join(_Other, _Other.id == PersonMerge.merged_id)
    )
