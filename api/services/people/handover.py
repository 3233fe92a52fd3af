"""Handover: a leaver's open actions, objectives and plans move to others in one step; what they did keeps their name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from api.domain.errors import Conflict, FieldError, ValidationFailed
from api.domain.people.holdings import HeldKind, Item
from api.domain.plan.permissions import Role
from api.models import Person
from api.queries.people.holdings import (
    Held,
    get_held,
    get_people,
    get_standing,
    list_agencies_of,
    list_places,
    open_items,
)
from api.services.accounts.leaving import end_account
from api.services.journal import Change
from api.services.locks import hold_accounts_of, hold_directory, take_turns
from api.services.people.holdings import Moved, Moves
from api.services.people.merges import touch_person
from api.services.work import Work

Wanted = list[tuple[Item, UUID | None]]
"""Each open thing, and who takes it: None leaves it without a name."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The result: the leaver, what moved to whom, whether an account ended, and notes on what needs attention."""

    person: Person
    moved: Wanted
    account_ended: bool
    notes: list[str]


def hand_over(
    work: Work,
    person_id: UUID,
    *,
    items: list[dict[str, Any]],
    left_on: date,
    note: str | None = None,
    end_account: bool = True,
) -> HandedOver:
    """Move everything open to others, write down that the person left, and end their account.

    Raises NotFound, Conflict, ValidationFailed (an item that is not open, or an open one that is not named), LastAdmin.
    """
    take_turns(work)
    hold_directory(work)
    hold_accounts_of(work, [person_id])
    wanted: Wanted = [(_item(each), each["to"]) for each in items]
    people = get_people(work.session, {person_id, *(to for _, to in wanted if to)}, lock=True)
    leaver = get_standing(work.session, person_id)
    held = get_held(work.session, [person_id])[person_id]
    _check_items(wanted, held, leaver)
    _check_takers(wanted, people, leaver)
    if leaver.left_on is not None and not wanted:
        raise Conflict(f"{leaver.name} has left already, and nothing of theirs is open.")
    said = {"from": leaver.name, **({"reason": note} if note else {})}
    moves = Moves(work, "handed-over", said)
    moves.hold([row.action_id for row in held.places], held.led, held.owned)
    _move(work, moves, wanted, held, people)
    _write_down(work, moves, leaver, left_on, note)
    moves.record_plans()
    ended = _end(work, moves, held) if end_account else False
    moves.record_directory()
    return HandedOver(leaver, wanted, ended, _find_notes(work, wanted, held, people))


def _item(given: dict[str, Any]) -> Item:
    kind = next(kind for kind in HeldKind if kind in given)
    return Item(kind, given[kind])


def _check_items(wanted: Wanted, held: Held, leaver: Person) -> None:
    """Check that each open item is named once, and nothing else."""
    named = _say(held)
    there = open_items(held)
    errors = []
    seen: set[Item] = set()
    for place, (item, _) in enumerate(wanted):
        if item not in there or item in seen:
            what = "is here twice" if item in seen else f"is not open in {leaver.name}'s name (any more); read it again"
            errors.append(FieldError(f"/items/{place}/{item.kind}", "invalid", f"This {item.kind} {what}."))
        seen.add(item)
    missing = [named[item] for item in there if item not in seen]
    if missing:
        detail = f"Say who takes {', '.join(missing)}; to: null leaves it without a name."
        errors.append(FieldError("/items", "missing", detail))
    if errors:
        raise ValidationFailed(errors[0].detail, errors)


def _say(held: Held) -> dict[Item, str]:
    """Each thing in a few words."""
    return {
        **{Item(HeldKind.ACTION, row.action_id): f"action {row.number}" for row in held.places},
        **{Item(HeldKind.OBJECTIVE, row.id): f"objective {row.objective}" for row in held.led},
        **{Item(HeldKind.PLAN, row.plan_id): f"the plan {row.title}" for row in held.owned},
    }


def _check_takers(wanted: Wanted, people: dict[UUID, Person], leaver: Person) -> None:
    errors = []
    for place, (_, to) in enumerate(wanted):
        taker = people.get(to) if to else None
        why = "There is no such person; GET /people lists them."
        if taker is not None and taker.id == leaver.id:
            why = "This is who leaves; choose somebody else."
        elif taker is not None and taker.merged_into_id is not None:
            why = f"{taker.name} was joined to somebody else; choose them."
        elif to is None or (taker is not None and taker.left_on is None):
            continue
        elif taker is not None:
            why = f"{taker.name} has left; choose somebody else."
        errors.append(FieldError(f"/items/{place}/to", "invalid", why))
    if errors:
        raise ValidationFailed(errors[0].detail, errors)


def _move(work: Work, moves: Moves, wanted: Wanted, held: Held, people: dict[UUID, Person]) -> None:
    """Objectives, plans, then actions; the receiver takes the leaver's position and the words in brackets."""
    to = {item: people[each] if each else None for item, each in wanted}
    printed = _as_printed(work, people)
    for row in held.led:
        taker = to[Item(HeldKind.OBJECTIVE, row.id)]
        number = str(row.objective)
        lead = (taker.id, printed[taker.id]) if taker else (None, None)
        moves.change_lead(row.plan_id, row, *lead, to=_name(taker), number=number)
    for row in held.owned:
        taker = to[Item(HeldKind.PLAN, row.plan_id)]
        # The paper has to name an owner; the printed words stay until there is another.
        moves.change_owner(
            row, taker.id if taker else None, printed[taker.id] if taker else row.owner_printed, to=_name(taker)
        )
    _move_places(work, moves, [row for row in held.places if Item(HeldKind.ACTION, row.action_id) in to], to)


def _as_printed(work: Work, people: dict[UUID, Person]) -> dict[UUID, str]:
    """How the paper names a lead officer: name, post, agency, as far as they are known."""
    agencies = list_agencies_of(work.session, people.values())
    agency = {each.id: agencies[each.agency_id].short_name if each.agency_id else None for each in people.values()}
    return {
        each.id: ", ".join(part for part in (each.name, each.post, agency[each.id]) if part) for each in people.values()
    }


def _name(person: Person | None) -> str | None:
    return person.name if person else None


def _move_places(work: Work, moves: Moves, rows: Collection[Any], to: dict[Item, Person | None]) -> None:
    takers = {person.id for person in to.values() if person}
    there = {(row.action_id, row.person_id) for row in list_places(work.session, takers)}
    moved, said = [], {}
    for row in rows:
        taker = to[Item(HeldKind.ACTION, row.action_id)]
        goes = taker is None or (row.action_id, taker.id) in there
        moved.append(Moved(row.id, row.action_id, None if goes or taker is None else taker.id, _name(taker)))
        said[row.action_id] = {"to": _name(taker), "number": row.number}
    moves.change_places({row.action_id: row.plan_id for row in rows}, moved, said)


def _write_down(work: Work, moves: Moves, leaver: Person, left_on: date, note: str | None) -> None:
    before = {"left_on": leaver.left_on}
    leaver.left_on = left_on
    touch_person(work, leaver)
    after = {"left_on": left_on, "name": leaver.name, **({"reason": note} if note else {})}
    moves.directory.append(Change("person", leaver.id, "left", before, after))


def _end(work: Work, moves: Moves, held: Held) -> bool:
    """End the account, if they have one that has not ended."""
    ended = end_account(work, held.account) if held.account else []
    moves.directory += ended
    return bool(ended)


def _find_notes(work: Work, wanted: Wanted, held: Held, people: dict[UUID, Person]) -> list[str]:
    """Notes on what needs attention: a new lead officer who cannot sign in, or not as one."""
    takers = dict.fromkeys(to for item, to in wanted if item.kind is HeldKind.OBJECTIVE and to)
    accounts = {each: found.account for each, found in get_held(work.session, takers).items()} if takers else {}
    notes = []
    for taker in takers:
        account, name = accounts[taker], people[taker].name
        if account is None or account.disabled_at is not None:
            notes.append(f"{name} leads an objective now and has no account. Invite them.")
        elif account.role not in {Role.LEAD_OFFICER, Role.ADMIN}:
            notes.append(f"{name} leads an objective now. Give their account the role of lead officer.")
    gone = [_say(held)[item] for item, to in wanted if to is None]
    return [*notes, *([f"Nobody is named in their place on {', '.join(gone)}."] if gone else [])]
