"""What an agency became: its people, the actions that name it and its systems' tokens move to the successor in one step.

Printed words stay as they are, and so does the agency under which an update was posted; a past day shows the old name.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from api.domain.errors import Conflict, FieldError, ValidationFailed
from api.models import Action, Agency, Named, PartnerToken, Person
from api.queries.people.agencies import list_actions_naming, list_tokens_of
from api.services.journal import NEXT_REVISION, WRITE_CHANGES, Change, write_changes, write_directory_changes
from api.services.people import agencies, directory
from api.services.work import Work


@dataclass(frozen=True, slots=True)
class Moved:
    """An agency and what it became, and how much went along."""

    agency: Agency
    successor: Agency
    people: int
    actions: int
    tokens: int


def succeed(
    work: Work,
    agency_id: UUID,
    *,
    on: date,
    successor: UUID | None = None,
    new: dict[str, Any] | None = None,
    note: str | None = None,
) -> Moved:
    """Say what an agency became, an existing one or a new one, from a day. Raises NotFound, Conflict, Duplicate, ValidationFailed.

    Whoever left before that day stays with the old one.
    """
    old = agencies.may_edit(work, agency_id)
    if old.succeeded_by_id is not None:
        raise Conflict(f"{old.name} has become another agency already.")
    to = _successor(work, old, successor, new)
    told = directory.apply(work, old, {"succeeded_by_id": to.id, "ended_on": on}, "succeeded")
    if told is None or told.after is None:
        raise AssertionError("it had no successor")
    # The day is told also where the agency had been ended on it before.
    told.after.update({"successor": to.name, "ended_on": on.isoformat(), "reason": note})
    tokens = _move_tokens(work, old, to)
    people = _move_people(work, old, to, on)
    actions = list_actions_naming(work.session, old.id)
    write_directory_changes(work, [told, *people, *tokens])
    _move_places(work, actions, old, to)
    listed = work.session.scalars(
        select(Person.id).where(Person.id.in_([each.object_id for each in people]), Person.merged_into_id.is_(None))
    )
    return Moved(old, to, len(listed.all()), len(actions), len(tokens))


def _successor(work: Work, old: Agency, successor: UUID | None, new: dict[str, Any] | None) -> Agency:
    if new is not None:
        parent = work.session.get(Agency, old.parent_id) if old.parent_id else None
        part_of = parent.id if parent is not None and parent.ended_on is None else None
        return agencies.create_agency(work, **{"kind": old.kind, "parent": part_of, **new})
    if successor is None:
        raise AssertionError("the body names one of the two")
    found = directory.get_agency(work, successor, "/successor")
    if found.id == old.id:
        detail = "An agency does not become itself; name another, or add a new one."
        raise ValidationFailed(detail, [FieldError("/successor", "invalid", detail)])
    return found


def _move_people(work: Work, old: Agency, to: Agency, on: date) -> list[Change]:
    there = or_(Person.left_on.is_(None), Person.left_on >= on)
    rows = work.session.scalars(
        select(Person)
        .where(Person.agency_id == old.id, there)
        .order_by(Person.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    changes = [directory.apply(work, row, {"agency_id": to.id}) for row in rows.all()]
    return [each for each in changes if each is not None]


def _move_tokens(work: Work, old: Agency, to: Agency) -> list[Change]:
    """Move the systems' tokens: they go on working, for the successor's actions."""
    changes = []
    for token in list_tokens_of(work.session, old.id):
        told = [{"name": token.name, "agency_id": each.id} for each in (old, to)]
        changes.append(Change("partner_token", token.id, "moved", *told))
    of_old = PartnerToken.agency_id == old.id, PartnerToken.revoked_at.is_(None)
    work.session.execute(update(PartnerToken).where(*of_old).values(agency_id=to.id))
    return changes


def _move_places(work: Work, actions: list[Action], old: Agency, to: Agency) -> None:
    """Name the new agency where the old one was named; where both are named on an action, one is left."""
    session = work.session
    ids = [action.id for action in actions]
    before = _places(work, ids)
    twice = select(Named.action_id).where(Named.action_id.in_(ids), Named.agency_id == to.id)
    session.execute(delete(Named).where(Named.agency_id == old.id, Named.action_id.in_(twice)))
    session.execute(update(Named).where(Named.agency_id == old.id).values(agency_id=to.id))
    after = _places(work, ids)
    named = {"from": old.name, "to": to.name}
    by_plan: dict[UUID, list[Change]] = {}
    for action in actions:
        told = {"places": before[action.id]}, {"places": after[action.id], **named}
        by_plan.setdefault(action.plan_id, []).append(Change("action", action.id, "agency-succeeded", *told))
    for plan_id, changes in sorted(by_plan.items()):
        _write_changes(work, plan_id, changes)


def _write_changes(work: Work, plan_id: UUID, changes: list[Change]) -> None:
    """Journal the changes of a plan's actions, and mark the actions with the revision. 1 statement."""
    marked = (
        update(Action)
        .where(Action.id.in_([change.object_id for change in changes]))
        .values(revision=NEXT_REVISION, version=Action.version + 1, updated_at=work.now)
        .cte("touched")
    )
    write_changes(work, plan_id, changes, WRITE_CHANGES.add_cte(marked))


def _places(work: Work, ids: list[UUID]) -> dict[UUID, list[list[Any]]]:
    """Who is named on each action, as the journal holds it."""
    columns = (Named.action_id, Named.person_id, Named.group_id, Named.agency_id, Named.name, Named.qualifier)
    rows = work.session.execute(select(*columns).where(Named.action_id.in_(ids)).order_by(Named.position))
    found: dict[UUID, list[list[Any]]] = {each: [] for each in ids}
    for action_id, *place in rows:
        found[action_id].append(place)
    return found
