"""What a seed file is compared with: what its keys stand for, and which of its actions have progress."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.domain.people.duplicates import find_alike, find_same
from api.models import JournalEntry, Person, Plan, SeedKey, Update
from api.queries.people.duplicates import list_names

# What happens to an action without anybody saying how it is going.
_NO_PROGRESS = (
    "created", "seeded", "renumbered", "moved", "removed", "brought-back", "people-joined", "people-parted", "agency-succeeded",
)  # fmt: skip
Keys = dict[tuple[str, str], UUID]
"""Whom a key means, by kind (person, group, agency) and key."""


def list_keys(session: Session, slug: str) -> Keys:
    """The keys of the file of a plan; none for a plan that is not there. 1 SELECT."""
    holder = func.coalesce(SeedKey.person_id, SeedKey.group_id, SeedKey.agency_id)
    query = select(SeedKey.kind, SeedKey.key, holder).join(Plan, Plan.id == SeedKey.plan_id).where(Plan.slug == slug)
    return {(kind, key): found for kind, key, found in session.execute(query)}


def list_there(session: Session, table: Any, ids: Collection[UUID]) -> set[UUID]:
    """Those of these that are in the table. 1 SELECT."""
    return set(session.scalars(select(table.id).where(table.id.in_(ids))))


def list_like(session: Session, table: Any, new: Mapping[str, str]) -> list[tuple[str, dict[str, Any]]]:
    """New entries that resemble existing ones, by key: `id`, `like` and `why`. People are compared as possible duplicates are. 1 SELECT."""
    ours = {UUID(int=place): key for place, key in enumerate(new)}
    names = [(each, new[key]) for each, key in ours.items()]
    if table is Person:
        there = dict(list_names(session))
        pairs = find_alike(names, there.items())
    else:
        query = select(table.id, table.name)
        there = {row.id: row.name for row in session.execute(query)}
        pairs = find_same(names, there.items())
    return [(ours[own], {"id": str(other), "like": there[other], "why": why}) for own, other, why in pairs]


def find_with_progress(session: Session, ids: Collection[UUID]) -> set[UUID]:
    """Of these actions those that somebody has posted on or changed by hand. 2 SELECTs."""
    posted = select(Update.action_id).where(Update.action_id.in_(ids)).distinct()
    edited = select(JournalEntry.object_id).where(
        JournalEntry.object_id.in_(ids), JournalEntry.verb.not_in(_NO_PROGRESS)
    )
    return {*session.scalars(posted), *session.scalars(edited)}
