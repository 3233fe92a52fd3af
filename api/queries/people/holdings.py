"""What people hold: actions they are named on, objectives, plans, updates, accounts; for duplicates, merges and handovers."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from api.domain.errors import Conflict, NotFound
from api.domain.people.holdings import HeldKind, Item, still_asked
from api.models import Account, Action, Agency, Named, Objective, Person, Plan, Update

Placed = list[list[str | None]]
"""Who is named on an action, as the journal holds it: [person, group, agency, name, qualifier], in printed order."""


@dataclass(slots=True)
class Held:
    """What one person holds, in the order of the paper; rows of `list_places`, `list_led` and `list_owned`."""

    places: list[Row[Any]] = field(default_factory=list)
    led: list[Row[Any]] = field(default_factory=list)
    owned: list[Row[Any]] = field(default_factory=list)
    updates: int = 0
    account: Account | None = None


def get_people(session: Session, ids: Collection[UUID], *, lock: bool = False) -> dict[UUID, Person]:
    """The people of these ids, merged ones too; locked until commit in order of id when asked. 1 SELECT."""
    query = select(Person).where(Person.id.in_(ids)).order_by(Person.id)
    if lock:
        # What refers to them may be written meanwhile (key_share): it waits for nobody, and nobody for it.
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    return {person.id: person for person in session.scalars(query)}


def get_standing(session: Session, person_id: UUID, *, lock: bool = False) -> Person:
    """A person who was not merged into another. Raises NotFound, Conflict. 2 SELECTs at most."""
    found = get_people(session, [person_id], lock=lock).get(person_id)
    if found is None:
        raise NotFound("There is no such person.")
    if found.merged_into_id is not None:
        other = session.get_one(Person, found.merged_into_id)
        raise Conflict(f"{found.name} was joined to {other.name}, who stands for both. Look there.")
    return found


def get_held(session: Session, ids: Collection[UUID]) -> dict[UUID, Held]:
    """What each of these people holds. 5 SELECTs."""
    found = {each: Held() for each in ids}
    for row in list_places(session, ids):
        found[row.person_id].places.append(row)
    for row in list_led(session, ids):
        found[row.lead_id].led.append(row)
    for row in list_owned(session, ids):
        found[row.owner_id].owned.append(row)
    counted = select(Update.author_person_id.label("person"), func.count().label("updates")).where(
        Update.author_person_id.in_(ids)
    )
    for counts in session.execute(counted.group_by(Update.author_person_id)):
        found[counts.person].updates = counts.updates
    for account in list_accounts(session, ids):
        if account.person_id is not None:
            found[account.person_id].account = account
    return found


def list_places(session: Session, ids: Collection[UUID], *, removed: bool = False) -> list[Row[Any]]:
    """The actions they are named on, with number, text and status and its plan; on what was removed too if asked. 1 SELECT."""
    columns = (Named.id, Named.action_id, Named.person_id, Named.position, Named.name, Named.qualifier)
    query = (
        select(*columns, *_OF_ACTION, *_OF_PLAN)
        .select_from(Named)
        .join(Action, Action.id == Named.action_id)
        .join(Objective, Objective.id == Action.objective_id)
        .join(Plan, Plan.id == Action.plan_id)
        .where(Named.person_id.in_(ids), *_standing(Action, removed=removed))
    )
    return list(session.execute(query.order_by(Plan.slug, Objective.position, Action.position)))


_NUMBER = func.concat(Objective.position, ".", Action.position).label("number")
_OF_ACTION = (_NUMBER, Action.text, Action.status, Objective.position.label("objective"))
_OF_PLAN = (Plan.id.label("plan_id"), Plan.slug, Plan.title)


def _standing(table: Any, *, removed: bool) -> tuple[Any, ...]:
    """Only what is in its plan, or removed actions too if asked."""
    return () if removed else (table.position.is_not(None),)


def list_led(session: Session, ids: Collection[UUID], *, removed: bool = False) -> list[Row[Any]]:
    """The objectives they lead, with their plans; those that were removed too if asked. 1 SELECT."""
    columns = (Objective.id, Objective.position.label("objective"), Objective.text, Objective.short_title)
    query = (
        select(*columns, Objective.lead_id, Objective.lead_printed, *_OF_PLAN)
        .select_from(Objective)
        .join(Plan, Plan.id == Objective.plan_id)
        .where(Objective.lead_id.in_(ids), *_standing(Objective, removed=removed))
    )
    return list(session.execute(query.order_by(Plan.slug, Objective.position)))


def list_owned(session: Session, ids: Collection[UUID]) -> list[Row[Any]]:
    """The plans they own. 1 SELECT."""
    query = select(*_OF_PLAN, Plan.owner_id, Plan.owner_printed).where(Plan.owner_id.in_(ids))
    return list(session.execute(query.order_by(Plan.slug)))


def list_accounts(session: Session, ids: Collection[UUID]) -> list[Account]:
    """The accounts that stand for these people, disabled ones too. 1 SELECT."""
    return list(session.scalars(select(Account).where(Account.person_id.in_(ids)).order_by(Account.id)))


def open_items(held: Held) -> list[Item]:
    """The open part of it: every objective and plan, and the actions that are not finished."""
    actions = [Item(HeldKind.ACTION, row.action_id) for row in held.places if still_asked(row.status)]
    objectives = [Item(HeldKind.OBJECTIVE, row.id) for row in held.led]
    return [*objectives, *actions, *(Item(HeldKind.PLAN, row.plan_id) for row in held.owned)]


def list_waiting(session: Session, person_id: UUID) -> list[Row[Any]]:
    """Updates that wait for the acknowledgement of this person, by action: (action_id, number, slug, updates). 1 SELECT."""
    query = (
        select(Action.id.label("action_id"), _NUMBER, Plan.slug, func.count().label("updates"))
        .select_from(Update)
        .join(Action, Action.id == Update.action_id)
        .join(Objective, Objective.id == Action.objective_id)
        .join(Plan, Plan.id == Action.plan_id)
        .where(Update.acknowledgement == "waiting", Update.withdrawn_at.is_(None), Objective.lead_id == person_id)
        .where(Action.position.is_not(None))
        .group_by(Action.id, Plan.slug, Objective.position, Action.position)
    )
    return list(session.execute(query.order_by(Plan.slug, Objective.position, Action.position)))


def read_placed(session: Session, actions: Collection[UUID]) -> dict[UUID, Placed]:
    """Who is named on these actions. 1 SELECT."""
    holders = (Named.person_id, Named.group_id, Named.agency_id)
    query = select(Named.action_id, *holders, Named.name, Named.qualifier).where(Named.action_id.in_(actions))
    found: dict[UUID, Placed] = defaultdict(list)
    for action_id, *ids, name, qualifier in session.execute(query.order_by(Named.action_id, Named.position)):
        found[action_id].append([*(str(each) if each else None for each in ids), name, qualifier])
    return found


def list_agencies_of(session: Session, people: Collection[Person]) -> dict[UUID, Agency]:
    """The agencies of these people. 1 SELECT."""
    ids = {person.agency_id for person in people if person.agency_id}
    return {agency.id: agency for agency in session.scalars(select(Agency).where(Agency.id.in_(ids)))}
