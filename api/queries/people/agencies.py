"""The directory: agencies and named groups, by keyset on (name, id)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from api.domain.errors import NotFound
from api.models import Action, Agency, Named, NamedGroup, PartnerToken, Person
from api.queries.folding import is_called
from api.queries.people.people import follow

_Parent = aliased(Agency)
_Successor = aliased(Agency)
Found = tuple[Agency, Agency | None, Agency | None]
"""An agency, the one it is a part of, and what it became."""


def list_agencies(session: Session, *, after: tuple[str, UUID] | None, limit: int) -> list[Found]:
    """In order of name, after the keyset given. 1 SELECT."""
    query = _agencies()
    if after is not None:
        query = query.where(tuple_(Agency.name, Agency.id) > after)
    return [_found(row) for row in session.execute(query.order_by(Agency.name, Agency.id).limit(limit))]


def show_agency(session: Session, agency_id: UUID) -> Found:
    """One agency. Raises NotFound. 1 SELECT."""
    row = session.execute(_agencies().where(Agency.id == agency_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such agency.")
    return _found(row)


def _agencies() -> Any:
    query = select(Agency, _Parent, _Successor).outerjoin(_Parent, _Parent.id == Agency.parent_id)
    return query.outerjoin(_Successor, _Successor.id == Agency.succeeded_by_id)


def _found(row: Any) -> Found:
    return row[0], row[1], row[2]


def list_people_of(session: Session, agency_id: UUID) -> list[Person]:
    """The people of an agency in order of name. 1 SELECT."""
    query = select(Person).where(Person.agency_id == agency_id, Person.merged_into_id.is_(None))
    return list(session.scalars(query.order_by(Person.name, Person.id)))


def count_actions(session: Session, agency_id: UUID) -> tuple[int, int]:
    """(actions that name the agency or somebody of it, actions that name the agency itself). 1 SELECT."""
    every = func.count(Named.action_id.distinct())
    own = every.filter(Named.agency_id == agency_id)
    query = select(every, own).select_from(Named).outerjoin(Person, Person.id == Named.person_id)
    query = query.join(Action, Action.id == Named.action_id).where(Action.position.is_not(None))
    found = session.execute(query.where(or_(Named.agency_id == agency_id, Person.agency_id == agency_id))).one()
    return found[0], found[1]


def list_tokens_of(session: Session, agency_id: UUID) -> list[PartnerToken]:
    """The agency's tokens that have not been revoked. 1 SELECT."""
    query = select(PartnerToken).where(PartnerToken.agency_id == agency_id, PartnerToken.revoked_at.is_(None))
    return list(session.scalars(query.order_by(PartnerToken.id)))


def list_parents(session: Session, agency_id: UUID) -> set[UUID]:
    """The agency and its parents, up to the top. 1 SELECT."""
    chain = select(Agency.id, Agency.parent_id).where(Agency.id == agency_id).cte("chain", recursive=True)
    chain = chain.union(select(Agency.id, Agency.parent_id).join(chain, Agency.id == chain.c.parent_id))
    return set(session.scalars(select(chain.c.id)))


def find_living(session: Session, name: str, beside: UUID | None = None) -> Agency | None:
    """An agency of this name that has not ended, other than `beside`. 1 SELECT."""
    query = select(Agency).where(is_called(Agency.name, name), Agency.ended_on.is_(None))
    return session.scalars(query.where(Agency.id.is_distinct_from(beside)).limit(1)).one_or_none()


def find_succeeded(session: Session, ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Those of these agencies that have a successor, with the last successor. 1 SELECT for each step of the longest chain, and one."""
    return follow(session, ids, Agency.id, Agency.succeeded_by_id)


def list_actions_naming(session: Session, agency_id: UUID) -> list[Action]:
    """The actions that name the agency itself, locked until commit, in order. 1 SELECT."""
    named = select(Named.action_id).where(Named.agency_id == agency_id)
    return list(
        session.scalars(select(Action).where(Action.id.in_(named)).order_by(Action.id).with_for_update(key_share=True))
    )


def list_groups(session: Session, *, after: tuple[str, UUID] | None, limit: int) -> list[NamedGroup]:
    """Named groups in order of name, after the keyset given. 1 SELECT."""
    query = select(NamedGroup)
    if after is not None:
        query = query.where(tuple_(NamedGroup.name, NamedGroup.id) > after)
    return list(session.scalars(query.order_by(NamedGroup.name, NamedGroup.id).limit(limit)))


def get_group(session: Session, group_id: UUID) -> NamedGroup:
    """One group. Raises NotFound. 1 SELECT."""
    found = session.get(NamedGroup, group_id)
    if found is None:
        raise NotFound("There is no such group.")
    return found


def find_group(session: Session, name: str, beside: UUID | None = None) -> NamedGroup | None:
    """A group of this name, other than `beside`. 1 SELECT."""
    query = select(NamedGroup).where(is_called(NamedGroup.name, name))
    return session.scalars(query.where(NamedGroup.id.is_distinct_from(beside)).limit(1)).one_or_none()
