"""What the routes of the history answer: entries as sentences, newest first, and the action after an undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api.domain.days import start_of_day
from api.domain.history.changes import name_of
from api.domain.history.sentences import say
from api.domain.history.shown_entry import ShownEntry
from api.domain.history.undoing import still_stands, why_not
from api.domain.journal import Entry, Values
from api.domain.plan.permissions import Role, leads, may_edit_plan, may_withdraw_update
from api.http.database.replica import read_several
from api.http.declare import LEADS, Call
from api.http.messages.answers import Answer
from api.http.messages.json_io import dumps
from api.http.paging import envelope, forged_cursor, link, read_cursor, write_cursor
from api.queries.history.history import (
    LATEST,
    Subjects,
    get_subjects,
    list_action_history,
    list_directory_journal,
    list_plan_journal,
    stands,
)
from api.queries.plan.as_at import LONGEST_REQUEST
from api.services.history import undo
from api.web.plan.actions import show_action
from api.web.plan.objectives import show_objective
from api.web.plan.plans import show_plan
from api.web.plan.rendering import check_day, plan_stamp, stands_at

# What an update said. Once it is withdrawn, only an administrator reads it.
_SAID = frozenset(
    ["text", "rating", "previous_rating", "claim", "no_change", "next_step", "impact", "evidence", "question"]
)
# Ids of accounts and tokens are nobody's business but the administrator's; names are there.
_INNER = frozenset(["author_account_id", "entered_by_account_id", "partner_token_id"])


def read_history(call: Call, action_id: UUID, *, limit: int, cursor: str | None = None) -> Answer:
    """Answer with the history of an action and its updates."""
    key = _read_key(cursor, "entry") or [LATEST]

    def load(session: Session) -> Answer:
        entries = list_action_history(session, action_id, before=key[0], limit=limit + 1)
        return _list(call, session, entries, limit, "entry", lambda shown: [shown[-1].id])

    return read_several(stands_at(call), load)


def read_journal(call: Call, *, limit: int, cursor: str | None = None, first: date | None = None) -> Answer:
    """Answer with the journal of a plan; to an administrator with that of people, agencies, groups, accounts and tokens.

    Only what was done on the day `first` and after it. Raises InvalidParameter for a day to come.
    """
    plan_id, _ = plan_stamp(call)
    check_day(call, first, "from")
    begin = start_of_day(first) if first else None
    key = _read_key(cursor, "journal") or [LATEST] * 4

    def load(session: Session) -> Answer:
        entries = list_plan_journal(session, plan_id, before=(key[0], key[1]), limit=limit + 1)
        if _is_admin(call):
            entries += list_directory_journal(session, before=(key[2], key[3]), limit=limit + 1)
        entries = sorted(entries, key=lambda entry: entry.id, reverse=True)[: limit + 1]
        return _list(call, session, entries, limit, "journal", lambda shown: _journal_key(shown, key), begin)

    return read_several(stands_at(call), load)


def undo_entry(call: Call, entry_id: int, **fields: Any) -> Answer:
    """Undo it; the action, the objective or the plan as it stands after that."""
    what, found = undo.undo_entry(call.work, entry_id, **fields)
    if what == "plan":
        return show_plan(call)
    return show_objective(call, found) if what == "objective" else show_action(call, found)


def guard_undo(call: Call, entry_id: int) -> None:
    """May this caller undo it?"""
    undo.may_undo(call.work, entry_id)


def _is_admin(call: Call) -> bool:
    return call.here.role == Role.ADMIN


def _read_key(cursor: str | None, order: str) -> list[int] | None:
    found = read_cursor(cursor, order)
    if found is not None and not all(0 <= part <= LATEST for part in found):
        raise forged_cursor()
    return found


def _journal_key(shown: list[Entry], key: list[int]) -> list[int]:
    """Where the next page begins: before the last entry shown of either kind."""
    own = next(([each.revision, each.id] for each in reversed(shown) if each.plan_id), key[:2])
    shared = next(([each.revision, each.id] for each in reversed(shown) if not each.plan_id), key[2:])
    return [*own, *shared]


def _list(
    call: Call,
    session: Session,
    entries: list[Entry],
    limit: int,
    order: str,
    key_of: Callable[[list[Entry]], list[int]],
    begin: datetime | None = None,
) -> Answer:
    """One page, without what was done before `begin`.

    Around midnight instants may be in another order than entries, so the list ends with one that is older than that, and
    a page may hold fewer than `limit` though more follow.
    """
    shown = entries[:limit]
    kept = [entry for entry in shown if begin is None or entry.at >= begin]
    over = len(entries) <= limit or (begin is not None and entries[-1].at < begin - LONGEST_REQUEST)
    plan_id, _ = plan_stamp(call)
    subjects = get_subjects(session, plan_id, kept)
    next_cursor = None if over else write_cursor(order, key_of(shown))
    data = dumps([_shape(call, entry, subjects) for entry in kept])
    body = b'{"data":' + data + b"," + envelope(limit, next_cursor)[1:]
    return Answer(body, links=link(next_cursor), private=True)


def _shape(call: Call, entry: Entry, subjects: Subjects) -> dict[str, Any]:
    """An EntryOut for this reader."""
    update = subjects.updates.get(entry.object_id)
    action = subjects.actions.get(update.action_id if update else entry.object_id)
    hidden = update is not None and update.withdrawn_at is not None and not _is_admin(call)
    author = update.author_name if update else None
    before, after = (_visible(call, values, hidden=hidden) for values in (entry.before, entry.after))
    told = ShownEntry(replace(entry, before=before, after=after), author, subjects.words, hidden=hidden)
    return {
        "id": entry.id,
        "at": entry.at,
        "by": entry.by,
        "verb": entry.verb,
        "object": {
            "type": name_of(entry.object_type),
            "id": entry.object_id,
            "number": _number(entry, action, subjects),
        },
        "action": action.id if action else None,
        "sentence": say(told),
        "before": before or None,
        "after": after or None,
        "undoable": _is_undoable(call, entry, subjects),
    }


def _visible(call: Call, values: Values, *, hidden: bool) -> Values:
    """Before or after as this reader may see it; what a withdrawn update said is null."""
    if _is_admin(call):
        return values
    return {name: None if hidden and name in _SAID else value for name, value in values.items() if name not in _INNER}


def _number(entry: Entry, action: Any, subjects: Subjects) -> str | None:
    if action is not None:
        return None if action.position is None else f"{action.objective}.{action.position}"
    objective = subjects.objectives.get(entry.object_id)
    return None if objective is None or objective.position is None else str(objective.position)


def _is_undoable(call: Call, entry: Entry, subjects: Subjects) -> bool:
    """Whether an undo would work now, by the rules of the undo itself; of what was removed from the plan, only the removal."""
    if not _may_undo(call, entry, subjects):
        return False
    now = stands(entry, subjects)
    return why_not(entry, now) is None and still_stands(entry, now)


def _may_undo(call: Call, entry: Entry, subjects: Subjects) -> bool:
    """Whether this caller may undo it, and it is about something that is in the plan, or takes it out."""
    actor = call.work.actor
    if entry.object_type == "plan":
        return may_edit_plan(actor) is None
    objective = subjects.objectives.get(entry.object_id)
    if objective is not None:
        return _is_admin(call) and (objective.position is not None or entry.verb == "removed")
    update = subjects.updates.get(entry.object_id)
    action = subjects.actions.get(update.action_id if update else entry.object_id)
    if action is None or (action.position is None and entry.verb != "removed") or actor.role not in (LEADS or ()):
        return False
    if update is not None and entry.verb == "posted":
        return may_withdraw_update(actor, update.author_account_id, call.work.now - update.posted_at) is None
    return leads(actor, action.lead_id)
