"""Undoing one entry of the history: a new change that gives the old values back (DOMAIN 5 and 6).

Nothing is taken out of the journal. What somebody changed meanwhile is never overwritten: then it is a conflict.
"""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from api.domain.days import london_day
from api.domain.editable import ACTION, FIELDS_OF, OBJECTIVE
from api.domain.errors import Conflict, MoveNotAllowed
from api.domain.fields import Fields
from api.domain.history.undoing import WAITING, because, columns_undone, still_stands, why_not
from api.domain.journal import Entry
from api.domain.plan import permissions
from api.domain.plan.by_when import ByWhen, DateKind, say_date
from api.domain.plan.status import SET_ASIDE, Status
from api.queries.history.history import get_entry, get_subjects, stands, stands_of
from api.queries.journal import list_changes_of
from api.queries.plan.actions import LoadedAction
from api.queries.plan.updates import get_update
from api.services.clashes import say_changed_again, say_undone_since
from api.services.history.undo_of_plan import undo_of_plan
from api.services.journal import Change, touch
from api.services.locks import hold_action, hold_numbers, take_turns
from api.services.plan import objectives, structure
from api.services.plan.actions import change, claim, set_date
from api.services.plan.by_whom import put_back
from api.services.plan.notes import put_back_on_action
from api.services.plan.plans import hold_plan
from api.services.plan.withdrawals import withdraw_update
from api.services.work import Work, raise_if_refused

# What is undone with the whole plan held.
_STRUCTURE = frozenset({"renumbered", "moved", "removed"})
_NEEDS_REASON = SET_ASIDE | {Status.ON_HOLD}


def may_undo(work: Work, entry_id: int) -> tuple[Entry, LoadedAction | None]:
    """The entry and its action, locked, once this actor may undo it; no action for an entry of something else.

    A post is undone by whoever may withdraw the update, an entry about the plan by the admin, the rest by whoever leads. Raises NotFound, Forbidden.
    """
    entry = get_entry(work.session, entry_id)
    if entry.object_type == "update":
        posted = get_update(work.session, entry.object_id)
        action = hold_action(work, posted.action_id)
        if entry.verb == "posted":
            age = work.now - posted.posted_at
            raise_if_refused(permissions.may_withdraw_update(work.actor, posted.author_account_id, age))
            return entry, action
    elif entry.object_type == "plan":
        hold_plan(work, entry.object_id)
        return entry, None
    elif entry.object_type == "action":
        if entry.verb in _STRUCTURE and entry.plan_id is not None:
            hold_numbers(work, entry.plan_id)
        if entry.verb == "places-changed":
            # A merge or handover that moves somebody's places is done before this, or after it.
            take_turns(work)
        action = hold_action(work, entry.object_id, removed=entry.verb == "removed")
    else:
        if entry.object_type == "objective":
            raise_if_refused(permissions.may_edit_objectives(work.actor))
        return entry, None
    raise_if_refused(permissions.may_lead(work.actor, action.facts))
    return entry, action


def undo_entry(work: Work, entry_id: int, *, reason: str | None = None) -> tuple[str, UUID]:
    """Give the fields of the entry their old values: ("action", "objective" or "plan", its id).

    Raises NotFound, Forbidden, MoveNotAllowed, Conflict.
    """
    entry, action = may_undo(work, entry_id)
    if entry.object_type == "plan":
        undo_of_plan(work, hold_plan(work, entry.object_id), entry, reason)
        return "plan", entry.object_id
    if entry.object_type == "objective":
        _undo_objective(work, entry, because(reason))
        return "objective", entry.object_id
    now: dict[str, Any] = {}
    if action is not None:
        now = stands(entry, get_subjects(work.session, action.plan_id, [entry]))
    refusal = why_not(entry, now)
    if refusal is not None or action is None:
        raise MoveNotAllowed(refusal or "A change of this kind cannot be undone.")
    if not still_stands(entry, now) or _is_elsewhere(work, entry):
        raise Conflict(_say_since(work, entry))
    _UNDO[entry.object_type, entry.verb](work, entry, action, because(reason))
    return "action", action.id


def _is_elsewhere(work: Work, entry: Entry) -> bool:
    """Whether an action has been in another objective since it got this number: there the number means another place."""
    return entry.verb == "renumbered" and any(
        "objective_id" in edit.after for edit in list_changes_of(work.session, entry.object_id, entry.revision)
    )


def _undo_objective(work: Work, entry: Entry, reason: str) -> None:
    """The same for an entry about an objective. Raises MoveNotAllowed, Conflict."""
    objective = objectives.hold_objective(work, entry.object_id, removed=entry.verb == "removed")
    now = stands_of(OBJECTIVE, objective)
    refusal = why_not(entry, now)
    if refusal is not None:
        raise MoveNotAllowed(refusal)
    if not still_stands(entry, now):
        raise Conflict(_say_since(work, entry))
    mark = _mark(entry, reason)
    if entry.verb == "removed":
        objectives.bring_back(work, objective, **mark)
    elif entry.verb == "renumbered":
        objectives.move_to(work, objective, entry.before["position"], **mark)
    else:
        objectives.put_back(work, objective, entry.before, **mark)


def _say_since(work: Work, entry: Entry) -> str:
    """The refusal that names who changed the same fields since."""
    since = list_changes_of(work.session, entry.object_id, entry.revision)
    undone = say_undone_since(since, entry)
    if undone is not None:
        return undone
    if entry.object_type == "update":
        last = since[-1]
        did = "withdrew" if "withdrawn" in last.after else "corrected" if "text" in last.after else "answered"
        return f"{last.by} {did} this update on {say_date(london_day(last.at))}, so this cannot be undone any more."
    if entry.verb == "note-settled":
        return "This question is on the list again already."
    return _say_clash(FIELDS_OF[entry.object_type], since, entry)


def _say_clash(fields: Fields, since: list[Entry], entry: Entry) -> str:
    clashes = fields.find_clashes(since, fields.names_of(columns_undone(entry) or ()), lambda *_: None)
    if not clashes:
        return "Somebody has changed this again since. Set it as it should be."
    return say_changed_again(fields, clashes[0])


def _mark(entry: Entry, reason: str) -> dict[str, Any]:
    """What the journal holds of an undo besides the values."""
    return {"undone": entry.id, "reason": reason}


def _undo_status(work: Work, entry: Entry, action: LoadedAction, reason: str) -> None:
    """Back to the status before, with its reason. Who undoes into delivered claims it, so does not sign it off."""
    old = entry.before
    wanted = Status(old["status"])
    status_reason = old.get("status_reason") or (reason if wanted in _NEEDS_REASON else None)
    values = {"status": wanted, "status_reason": status_reason}
    before = {"status": action.facts.status, "status_reason": action.status_reason}
    told = Change("action", action.id, entry.verb, before, {**values, **_mark(entry, reason)})
    change(work, action, [told], {**values, **claim(work, claims=wanted is Status.DELIVERED)})


def _undo_date(work: Work, entry: Entry, action: LoadedAction, reason: str) -> None:
    """Back to the date before, as one more date of the action."""
    old = entry.before
    first, last = (date.fromisoformat(old[name]) if old[name] else None for name in ("first_on", "last_on"))
    when = ByWhen(old["by_when"], DateKind(old["kind"]), first, last)
    set_date(work, action, when, _mark(entry, reason))


def _undo_fields(work: Work, entry: Entry, action: LoadedAction, reason: str) -> None:
    """The plain fields: those that need no other check."""
    values = ACTION.from_json(entry.before)
    before = ACTION.as_json({name: action.own[name] for name in values})
    change(
        work,
        action,
        [Change("action", action.id, entry.verb, before, {**entry.before, **_mark(entry, reason)})],
        values,
    )


def _undo_places(work: Work, entry: Entry, action: LoadedAction, reason: str) -> None:
    old = entry.before
    told = put_back(work, action, old["places"], old["by_whom"], _mark(entry, reason))
    change(work, action, [told], {"by_whom": old["by_whom"]})


def _undo_settling(work: Work, entry: Entry, action: LoadedAction, reason: str) -> None:
    after = {**entry.after, **_mark(entry, reason)}
    put_back_on_action(work, action, Change("action", action.id, entry.verb, dict(entry.before), after))


def _undo_number(work: Work, entry: Entry, action: LoadedAction, reason: str) -> None:
    structure.move_to(work, action, entry.before["position"], **_mark(entry, reason))


def _undo_move(work: Work, entry: Entry, action: LoadedAction, reason: str) -> None:
    old = entry.before
    structure.carry_back(work, action, UUID(old["objective_id"]), old["position"], **_mark(entry, reason))


def _undo_removal(work: Work, entry: Entry, action: LoadedAction, reason: str) -> None:
    structure.bring_back(work, action, **_mark(entry, reason))


def _undo_answer(work: Work, entry: Entry, action: LoadedAction, reason: str) -> None:
    """Take back the lead officer's answer to an update: it waits again."""
    found = get_update(work.session, entry.object_id, lock=True)
    before = {"acknowledgement": found.acknowledgement, "question": found.question}
    found.acknowledgement = WAITING
    found.question = found.acknowledged_at = None
    found.acknowledged_by_account_id = found.acknowledged_by_name = None
    found.updated_at = work.now
    found.version += 1
    work.session.flush()
    after = {"acknowledgement": WAITING, "action": action.id, **_mark(entry, reason)}
    touch(work, action, [Change("update", found.id, WAITING, before, after)])


def _undo_post(work: Work, entry: Entry, _action: LoadedAction, reason: str) -> None:
    withdraw_update(work, entry.object_id, reason=reason)


_UNDO: dict[tuple[str, str], Callable[[Work, Entry, LoadedAction, str], None]] = {
    **{("action", verb): _undo_fields for field in ACTION.fields if not field.checked for verb in field.verbs},
    ("action", "status-changed"): _undo_status,
    ("action", "date-moved"): _undo_date,
    ("action", "places-changed"): _undo_places,
    ("action", "note-settled"): _undo_settling,
    ("action", "renumbered"): _undo_number,
    ("action", "moved"): _undo_move,
    ("action", "removed"): _undo_removal,
    ("update", "acknowledged"): _undo_answer,
    ("update", "returned"): _undo_answer,
    ("update", "posted"): _undo_post,
}
