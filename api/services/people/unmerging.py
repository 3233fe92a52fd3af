"""Undoing a merge: what is as the merge left it goes back; what was changed since stays, and is named."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from api.domain.editable import PERSON
from api.domain.errors import Conflict, NotFound
from api.domain.people.holdings import take_out
from api.models import Account, Action, Named, Person, PersonMerge, Update
from api.queries.people.holdings import get_people, list_led, list_owned
from api.services.journal import Change
from api.services.locks import hold_directory, take_turns
from api.services.people.holdings import Moved, Moves
from api.services.people.merges import stand_for, touch_person
from api.services.work import Work


def undo_merge(work: Work, merge_id: UUID) -> tuple[PersonMerge, list[str]]:
    """(the merge, a sentence for each thing that stays as it is). Raises NotFound, Conflict."""
    take_turns(work)
    hold_directory(work)
    merge = _load(work, merge_id)
    accounts = _hold_accounts(work, merge)
    found = get_people(work.session, [merge.kept_id, merge.merged_id], lock=True)
    kept, gone = found[merge.kept_id], found[merge.merged_id]
    moves = Moves(work, "people-parted", {"joined": gone.name, "into": kept.name, "parted": True})
    moved = merge.moved
    _hold(work, moves, kept, moved)
    left = [
        *_give_back_places(work, moves, gone, kept, moved["places"]),
        *_give_back_plan(work, moves, gone, kept, moved),
    ]
    _refer_back(work, Update.id, Update.author_person_id, gone, kept, moved["updates"])
    _refer_back(work, Action.id, Action.claimed_by_person_id, gone, kept, moved["claims"])
    moves.record_plans()
    left += [
        *_give_back_accounts(work, moves, kept, accounts, moved["accounts"]),
        *_take_out(work, moves, gone, kept, moved),
        *_posted_since(work, merge, kept),
    ]
    gone.merged_into_id = None
    touch_person(work, gone)
    merge.undone_at, merge.undone_by_name = work.now, work.actor.name
    work.session.flush()
    after = {"merged_into_id": None, "name": gone.name, **moves.said}
    moves.directory.append(Change("person", gone.id, "unmerged", {"merged_into_id": kept.id}, after))
    moves.record_directory()
    return merge, left


def _hold_accounts(work: Work, merge: PersonMerge) -> dict[str, Account]:
    """The accounts that the merge changed, locked, by id as text."""
    ids = [UUID(each["id"]) for each in merge.moved["accounts"]]
    theirs = select(Account).where(Account.id.in_(ids)).order_by(Account.id).with_for_update(key_share=True)
    return {str(each.id): each for each in work.session.scalars(theirs)}


def _hold(work: Work, moves: Moves, kept: Person, moved: dict[str, Any]) -> None:
    """Lock everything in the plans that goes back."""
    actions = {UUID(each["action"]) for each in moved["places"]} | {UUID(each) for each in moved["claims"]}
    moves.hold(actions, list_led(work.session, [kept.id], removed=True), list_owned(work.session, [kept.id]))


def _load(work: Work, merge_id: UUID) -> PersonMerge:
    """The merge, locked, if it can be undone: neither undone already nor followed by another of the same people."""
    merge = work.session.get(PersonMerge, merge_id, with_for_update={"key_share": True}, populate_existing=True)
    if merge is None:
        raise NotFound("There is no such merge.")
    if merge.undone_at is not None:
        raise Conflict(f"{merge.undone_by_name} has undone this already.")
    both = [merge.kept_id, merge.merged_id]
    of_them = PersonMerge.kept_id.in_(both) | PersonMerge.merged_id.in_(both)
    later = select(PersonMerge).where(of_them, PersonMerge.id > merge.id, PersonMerge.undone_at.is_(None))
    last = work.session.scalars(later.order_by(PersonMerge.id.desc())).first()
    if last is not None:
        names = get_people(work.session, [last.merged_id, last.kept_id])
        joined, into = names[last.merged_id].name, names[last.kept_id].name
        raise Conflict(f"{joined} was joined to {into} after this. Undo that first.")
    return merge


def _give_back_places(work: Work, moves: Moves, gone: Person, kept: Person, places: list[dict[str, Any]]) -> list[str]:
    """Their names on actions that are still as the merge left them: those that moved, and those that went because the other was named there."""
    if not places:
        return []
    ours = select(Named).where(Named.action_id.in_([UUID(each["action"]) for each in places]))
    rows = list(work.session.scalars(ours))
    by_id = {row.id: row for row in rows}
    on = {(row.action_id, row.person_id) for row in rows}
    positions = {(row.action_id, row.position) for row in rows}
    back, left = [], []
    for each in places:
        place, action = UUID(each["id"]), UUID(each["action"])
        row = by_id.get(place)
        same = row is not None and (row.person_id, row.name) == (kept.id, each["name"])
        free = row is None and (action, kept.id) in on and (action, each["position"]) not in positions
        if (action, gone.id) in on or not (free if each["dropped"] else same):
            left.append(f"Who is on action {each['number']} was changed since, so that stays as it is.")
        else:
            values = {name: each[name] for name in ("position", "name", "qualifier")} if each["dropped"] else None
            back.append(Moved(place, action, gone.id, values=values))
    moves.change_places({UUID(each["action"]): UUID(each["plan"]) for each in places}, back)
    return left


def _give_back_plan(work: Work, moves: Moves, gone: Person, kept: Person, moved: dict[str, Any]) -> list[str]:
    """The objectives and plans that the one who stays still leads and owns."""
    led = {str(row.id): row for row in list_led(work.session, [kept.id], removed=True)}
    owned = {str(row.plan_id): row for row in list_owned(work.session, [kept.id])}
    for each in [each for each in moved["objectives"] if each in led]:
        moves.change_lead(led[each].plan_id, led[each], gone.id, led[each].lead_printed)
    for each in [each for each in moved["plans"] if each in owned]:
        moves.change_owner(owned[each], gone.id, owned[each].owner_printed)
    lost = len(moved["objectives"]) - len(led.keys() & set(moved["objectives"]))
    left = [f"{lost} of the objectives that {gone.name} led have another lead officer since."] if lost else []
    others = set(moved["plans"]) - owned.keys()
    return [*left, *(["A plan that they owned has another owner since."] if others else [])]


def _give_back_accounts(
    work: Work, moves: Moves, kept: Person, found: dict[str, Account], accounts: list[dict[str, Any]]
) -> list[str]:
    """Give back the accounts, ended ones too; ended sessions stay ended. An account that was linked to somebody else since stays so."""
    left, back = [], []
    for was in accounts:
        account = found[was["id"]]
        stands = None if was["ends"] else kept.id
        now = account.disabled_at.isoformat() if account.disabled_at else None
        if (account.person_id, now) != (stands, was["disabled_after"]):
            left.append(f"The account {account.name} was changed since, so that stays as it is.")
        else:
            back.append((account, was))
    # Each to nobody first: two may have changed places.
    for account, _ in back:
        moves.directory += stand_for(work, account, None)
    for account, was in back:
        moves.directory += [*stand_for(work, account, UUID(was["person"])), *_enable(work, account, was)]
    return left


def _posted_since(work: Work, merge: PersonMerge, kept: Person) -> list[str]:
    """What an account that goes back has posted in the other's name. 1 SELECT."""
    accounts = [UUID(each["id"]) for each in merge.moved["accounts"] if not each["ends"]]
    theirs = (Update.author_account_id.in_(accounts), Update.author_person_id == kept.id)
    since = select(func.count()).where(*theirs, Update.posted_at >= merge.created_at)
    posted = work.session.execute(since).scalar_one()
    what = "1 update that was" if posted == 1 else f"{posted} updates that were"
    return [f"{what} posted since the merge {'stays' if posted == 1 else 'stay'} with {kept.name}."] if posted else []


def _enable(work: Work, account: Account, was: dict[str, Any]) -> list[Change]:
    if account.disabled_at is None or was["disabled_at"] is not None:
        return []
    before = {"disabled_at": account.disabled_at}
    account.disabled_at = None
    work.session.flush()
    return [Change("account", account.id, "enabled", before, {"disabled_at": None, "name": account.name})]


def _take_out(work: Work, moves: Moves, gone: Person, kept: Person, moved: dict[str, Any]) -> list[str]:
    """Take out what was filled in, where it still has the other's value, and the names that were added."""
    stands = [name for name in moved["fields"] if getattr(kept, name) == getattr(gone, name)]
    aliases = take_out(kept.aliases, moved["aliases"])
    told = [name for name in stands if name != "email"]
    before = {"aliases": list(kept.aliases)} | {name: getattr(kept, name) for name in told}
    after: dict[str, Any] = {"aliases": aliases, **dict.fromkeys(told)}
    for name in stands:
        setattr(kept, name, None)
    kept.aliases = aliases
    touch_person(work, kept)
    after |= {"name": kept.name, "joined": gone.name}
    moves.directory.append(Change("person", kept.id, "parted", before, after))
    changed = [PERSON.by_column[name].noun for name in moved["fields"] if name not in stands]
    return [f"{kept.name} has another {name} since, and keeps it." for name in changed]


def _refer_back(work: Work, thing: Any, column: Any, gone: Person, kept: Person, ids: Collection[str]) -> None:
    """Point those references back that still point to the person kept. 1 UPDATE."""
    those = thing.in_([UUID(each) for each in ids]) & (column == kept.id)
    statement = update(thing.class_).where(those).values({column: gone.id})
    work.session.execute(statement, execution_options={"synchronize_session": False})
