"""Two rows that are one person: merged by somebody, never by machine, and separated again by an undo (DOMAIN 3).

Whatever refers to the person merged then refers to the person kept. Printed words stay.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from api.domain.errors import Conflict, FieldError, NotFound, ValidationFailed
from api.domain.people.holdings import find_filled, find_new_aliases
from api.models import Account, Action, PeopleApart, Person, PersonMerge, Update
from api.queries.people.holdings import get_people, list_accounts, list_led, list_owned, list_places
from api.services.accounts.leaving import end_account
from api.services.ids import new_id
from api.services.journal import Change
from api.services.locks import hold_accounts_of, hold_directory, take_turns
from api.services.people.holdings import Moved, Moves
from api.services.work import Work

REFERENCES = {
    ("place", "person_id"): "moves, or goes where the other is on the action",
    ("objective", "lead_id"): "moves",
    ("plan", "owner_id"): "moves",
    ("progress_update", "author_person_id"): "moves",
    ("action", "claimed_by_person_id"): "moves",
    ("account", "person_id"): "moves, or is nobody's when the account ends",
    ("person", "merged_into_id"): "stays: who was joined before follows along",
    ("seed_key", "person_id"): "stays: the file speaks of the one who went (ADR 15)",
    ("people_apart", "first_id"): "stays: those two were told apart",
    ("people_apart", "second_id"): "stays",
    ("person_merge", "kept_id"): "stays: it says what was done",
    ("person_merge", "merged_id"): "stays",
}
"""Every column that refers to a person, and what becomes of it; a test holds this to the database."""


def merge_people(
    work: Work, person_id: UUID, *, into: UUID, note: str | None = None, account: UUID | None = None
) -> PersonMerge:
    """Join a person to another, who stands for both since; `account` is the one that stays where both have one.

    Raises NotFound, ValidationFailed, Conflict, LastAdmin.
    """
    take_turns(work)
    hold_directory(work)
    hold_accounts_of(work, [person_id, into])
    gone, kept = _load(work, person_id, into)
    accounts = _sort_accounts(work, gone, kept, account)
    moves = Moves(work, "people-joined", {"joined": gone.name, "into": kept.name, **({"reason": note} if note else {})})
    _hold(work, moves, gone, kept)
    moved = {
        "places": _move_places(work, moves, gone, kept),
        "objectives": _move_leads(work, moves, gone, kept),
        "plans": _move_plans(work, moves, gone, kept),
        "updates": _refer(work, Update.id, Update.author_person_id, gone, kept),
        "claims": _refer(work, Action.id, Action.claimed_by_person_id, gone, kept),
        **_fill_in(work, moves, gone, kept),
    }
    moves.record_plans()
    moved["accounts"] = _move_accounts(work, moves, kept, accounts)
    return _keep(work, moves, gone, kept, note, moved)


def _hold(work: Work, moves: Moves, gone: Person, kept: Person) -> None:
    """Lock everything in the plans that refers to the person merged."""
    rows = list_places(work.session, [gone.id, kept.id], removed=True)
    claimed = work.session.scalars(select(Action.id).where(Action.claimed_by_person_id == gone.id))
    actions = {row.action_id for row in rows} | set(claimed)
    moves.hold(actions, list_led(work.session, [gone.id], removed=True), list_owned(work.session, [gone.id]))


def _load(work: Work, person_id: UUID, into: UUID) -> tuple[Person, Person]:
    """Both people, locked, if they can be merged."""
    found = get_people(work.session, [person_id, into], lock=True)
    if person_id not in found:
        raise NotFound("There is no such person.")
    if into == person_id or into not in found:
        detail = "Choose another person." if into == person_id else "There is no such person; GET /people lists them."
        raise ValidationFailed(detail, [FieldError("/into", "invalid", detail)])
    for person in found.values():
        if person.merged_into_id is not None:
            other = work.session.get_one(Person, person.merged_into_id)
            raise Conflict(f"{person.name} was joined to {other.name} already. Read the list again.")
    first, second = sorted(found)
    if work.session.get(PeopleApart, (first, second)) is not None:
        raise Conflict("Somebody said that these are two people. Take that back first.")
    return found[person_id], found[into]


def _sort_accounts(work: Work, gone: Person, kept: Person, stays: UUID | None) -> tuple[Account | None, Account | None]:
    """(the account kept, the account that ends). Raises Conflict when the caller must choose, ValidationFailed."""
    found = {each.id: each for each in list_accounts(work.session, [gone.id, kept.id])}
    if stays is not None and stays not in found:
        detail = "This is no account of theirs; GET /duplicates shows which they have."
        raise ValidationFailed(detail, [FieldError("/account", "invalid", detail)])
    if len(found) < len((gone, kept)):
        return next(iter(found.values()), None), None
    if stays is None:
        both = " and ".join(f"{each.name} ({each.email})" for each in found.values())
        raise Conflict(f"Both have an account: {both}. Say in account which one stays; the other one ends.")
    (ends,) = found.keys() - {stays}
    return found[stays], found[ends]


def _move_places(work: Work, moves: Moves, gone: Person, kept: Person) -> list[dict[str, Any]]:
    rows = list_places(work.session, [gone.id], removed=True)
    there = {row.action_id for row in list_places(work.session, [kept.id], removed=True)}
    taken = [Moved(row.id, row.action_id, None if row.action_id in there else kept.id) for row in rows]
    moves.change_places({row.action_id: row.plan_id for row in rows}, taken)
    return [
        {
            **{name: getattr(row, name) for name in ("position", "name", "qualifier", "number")},
            **{name: str(value) for name, value in (("id", row.id), ("action", row.action_id), ("plan", row.plan_id))},
            "dropped": row.action_id in there,
        }
        for row in rows
    ]


def _move_leads(work: Work, moves: Moves, gone: Person, kept: Person) -> list[str]:
    led = list_led(work.session, [gone.id], removed=True)
    for row in led:
        moves.change_lead(row.plan_id, row, kept.id, row.lead_printed)
    return [str(row.id) for row in led]


def _move_plans(work: Work, moves: Moves, gone: Person, kept: Person) -> list[str]:
    owned = list_owned(work.session, [gone.id])
    for row in owned:
        moves.change_owner(row, kept.id, row.owner_printed)
    return [str(row.plan_id) for row in owned]


def _refer(work: Work, thing: Any, column: Any, gone: Person, kept: Person) -> list[str]:
    """Point every reference from one row to the other; returns which they were. 1 UPDATE."""
    statement = update(thing.class_).where(column == gone.id).values({column: kept.id}).returning(thing)
    options = {"synchronize_session": False}
    return sorted(str(each) for each in work.session.scalars(statement, execution_options=options))


def _move_accounts(
    work: Work, moves: Moves, kept: Person, accounts: tuple[Account | None, Account | None]
) -> list[dict[str, Any]]:
    """Link one account to the person kept; the other ends and is linked to nobody."""
    stays, ends = accounts
    those = [each for each in accounts if each is not None and (each is ends or each.person_id != kept.id)]
    was = {each.id: (str(each.person_id), _text(each.disabled_at)) for each in those}
    if ends is not None:
        moves.directory += [*end_account(work, ends), *stand_for(work, ends, None)]
    if stays is not None:
        moves.directory += stand_for(work, stays, kept.id)
    return [
        {
            "id": str(each.id),
            "person": was[each.id][0],
            "disabled_at": was[each.id][1],
            "disabled_after": _text(each.disabled_at),
            "ends": each is ends,
        }
        for each in those
    ]


def _text(instant: Any) -> str | None:
    return instant.isoformat() if instant else None


def stand_for(work: Work, account: Account, person_id: UUID | None) -> list[Change]:
    """Link an account to another person, or nobody; returns the change to journal."""
    if account.person_id == person_id:
        return []
    before, after = {"person_id": account.person_id}, {"person_id": person_id, "name": account.name}
    account.person_id = person_id
    account.version += 1
    account.updated_at = work.now
    work.session.flush()
    return [Change("account", account.id, "edited", before, after)]


def _fill_in(work: Work, moves: Moves, gone: Person, kept: Person) -> dict[str, list[str]]:
    """Fill in what the person kept lacks, and add the other's names as other names.

    The journal never holds an e-mail address, because nothing can be erased from it.
    """
    fields = find_filled(kept, gone)
    aliases = find_new_aliases(kept.name, kept.aliases, [gone.name, *gone.aliases])
    told = {"aliases": [*kept.aliases, *aliases]} | {name: getattr(gone, name) for name in fields if name != "email"}
    before = {name: getattr(kept, name) for name in told}
    for name in fields:
        setattr(kept, name, getattr(gone, name))
    kept.aliases = [*kept.aliases, *aliases]
    touch_person(work, kept)
    after = {**told, "name": kept.name, "joined": gone.name, "filled": fields}
    moves.directory.append(Change("person", kept.id, "joined", before, after))
    return {"fields": fields, "aliases": aliases}


def touch_person(work: Work, person: Person) -> None:
    """Raise a person's version."""
    person.version += 1
    person.updated_at = work.now
    work.session.flush()


def _keep(work: Work, moves: Moves, gone: Person, kept: Person, note: str | None, moved: dict[str, Any]) -> PersonMerge:
    """Store what was moved, so that it can be undone, and journal it all."""
    gone.merged_into_id = kept.id
    touch_person(work, gone)
    merge = PersonMerge(
        id=new_id(),
        created_at=work.now,
        kept_id=kept.id,
        merged_id=gone.id,
        note=note,
        moved=moved,
        made_by_name=work.actor.name,
    )
    work.session.add(merge)
    work.session.flush()
    after = {"merged_into_id": kept.id, "name": gone.name, "updates": len(moved["updates"]), **moves.said}
    moves.directory.append(Change("person", gone.id, "merged", {"merged_into_id": None}, after))
    moves.record_directory()
    return merge
