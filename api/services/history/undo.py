"""Undoing one entry of the history: a new change that gives the old values back (DOMAIN 5 and 6).

Nothing is taken out of the journal. What somebody changed meanwhile is never overwritten: then it is a conflict.
"""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from api.domain.days import london_day
from api.domain.errors import Conflict, MoveNotAllowed
from api.domain.history.undoing import WAITING, because, still_stands, why_not
from api.domain.plan import permissions
from api.domain.plan.by_when import ByWhen, Kind, say_date
from api.domain.plan.merging import FIELD_OF, SAID, SAID_OF_OBJECTIVE, Clash, Edit, find_clashes
from api.domain.plan.status import SET_ASIDE, Status
from api.queries.history.history import Record, get_entry, get_subjects, standing, standing_objective
from api.queries.plan.actions import LoadedAction, list_changes_of
from api.queries.plan.updates import get_update
from api.services.history.undo_of_plan import undo_of_plan
from api.services.journal import Change, touch
from api.services.locks import hold_action, hold_numbers, take_turns
from api.services.plan import objectives, structure
from api.services.plan.actions import change, claim, set_date
from api.services.plan.notes import put_back_on_action
from api.services.plan.places import put_back
from api.services.plan.plans import hold_plan
from api.services.plan.withdrawals import withdraw_update
from api.services.work import Work, refuse

# What is undone with the whole plan held.
_STRUCTURE = frozenset({"renumbered", "moved", "removed"})
_NEEDS_REASON = SET_ASIDE | {Status.ON_HOLD}


def may_undo(work: Work, entry_id: int) -> tuple[Record, LoadedAction | None]:
    """The entry and its action, locked, once this actor may undo it; no action for an entry of something else.

    A post is undone by whoever may withdraw the update, an entry about the plan by the admin, the rest by whoever leads. Raises NotFound, Forbidden.
    """
    record = get_entry(work.session, entry_id)
    if record.object_type == "update":
        posted = get_update(work.session, record.object_id)
        action = hold_action(work, posted.action_id)
        if record.verb == "posted":
            age = work.now - posted.posted_at
            refuse(permissions.may_withdraw_update(work.actor, posted.author_account_id, age))
            return record, action
    elif record.object_type == "plan":
        hold_plan(work, record.object_id)
        return record, None
    elif record.object_type == "action":
        if record.verb in _STRUCTURE and record.plan_id is not None:
            hold_numbers(work, record.plan_id)
        if record.verb == "places-changed":
            # A merge or handover that moves somebody's places is done before this, or after it.
            take_turns(work)
        action = hold_action(work, record.object_id, removed=record.verb == "removed")
    else:
        if record.object_type == "objective":
            refuse(permissions.may_edit_objectives(work.actor))
        return record, None
    refuse(permissions.may_lead(work.actor, action.facts))
    return record, action


def undo_entry(work: Work, entry_id: int, *, reason: str | None = None) -> tuple[str, UUID]:
    """Give the fields of the entry their old values: ("action", "objective" or "plan", its id).

    Raises NotFound, Forbidden, MoveNotAllowed, Conflict.
    """
    record, action = may_undo(work, entry_id)
    if record.object_type == "plan":
        undo_of_plan(work, hold_plan(work, record.object_id), record, reason)
        return "plan", record.object_id
    entry = record.recorded
    if record.object_type == "objective":
        _undo_objective(work, record, because(reason))
        return "objective", record.object_id
    now: dict[str, Any] = {}
    if action is not None:
        subjects = get_subjects(work.session, action.plan_id, [record])
        now = standing(subjects.actions[action.id], subjects.updates.get(record.object_id))
    refusal = why_not(entry, now)
    if refusal is not None or action is None:
        raise MoveNotAllowed(refusal or "A change of this kind cannot be undone.")
    if not still_stands(entry, now) or _is_elsewhere(work, record):
        raise Conflict(_say_since(work, record))
    _UNDO[record.object_type, record.verb](work, record, action, because(reason))
    return "action", action.id


def _is_elsewhere(work: Work, record: Record) -> bool:
    """Whether an action that was given this number has been in another objective since: there it means another place."""
    return record.verb == "renumbered" and any(
        "objective_id" in edit.after for edit in list_changes_of(work.session, record.object_id, record.revision)
    )


def _undo_objective(work: Work, record: Record, reason: str) -> None:
    """The same for an entry about an objective. Raises MoveNotAllowed, Conflict."""
    entry = record.recorded
    objective = objectives.hold_objective(work, record.object_id, removed=record.verb == "removed")
    now = standing_objective(objective)
    refusal = why_not(entry, now)
    if refusal is not None:
        raise MoveNotAllowed(refusal)
    if not still_stands(entry, now):
        raise Conflict(_say_since_of_objective(work, record, objective))
    mark = _mark(record, reason)
    if record.verb == "removed":
        objectives.bring_back(work, objective, **mark)
    elif record.verb == "renumbered":
        objectives.move_to(work, objective, entry.before["position"], **mark)
    else:
        objectives.put_back(work, objective, entry.before, **mark)


def _say_since(work: Work, record: Record) -> str:
    """Who changed since what the entry had changed."""
    edits = list_changes_of(work.session, record.object_id, record.revision)
    for edit in edits:
        if edit.after.get("undone") == record.id:
            return _undone_by(edit)
    if record.object_type == "update":
        last = edits[-1]
        did = "withdrew" if "withdrawn" in last.after else "corrected" if "text" in last.after else "answered"
        return f"{last.by} {did} this update on {say_date(london_day(last.at))}, so this cannot be undone any more."
    if record.verb == "note-settled":
        return "This question is on the list again already."
    clash = find_clashes(edits, frozenset(FIELD_OF[name] for name in record.recorded.fields or ()))[0]
    return _changed_by(clash, SAID[clash.field])


def _say_since_of_objective(work: Work, record: Record, objective: Any) -> str:
    for edit in list_changes_of(work.session, record.object_id, record.revision):
        if edit.after.get("undone") == record.id:
            return _undone_by(edit)
    fields = frozenset(name.removesuffix("_id") for name in record.recorded.after)
    clashes = objectives.find_clashes(work, objective, record.revision, fields & SAID_OF_OBJECTIVE.keys())
    if not clashes:
        return "Somebody has changed this again since. Set it as it should be."
    return _changed_by(clashes[0], SAID_OF_OBJECTIVE[clashes[0].field])


def _undone_by(edit: Edit) -> str:
    return f"{edit.by} has undone this already, on {say_date(london_day(edit.at))}."


def _changed_by(clash: Clash, what: str) -> str:
    on = say_date(london_day(clash.at))
    return f"{clash.by} changed the {what} again on {on}. Undo that first, or set it as it should be."


def _mark(record: Record, reason: str) -> dict[str, Any]:
    """What the journal says of an undo beside the values."""
    return {"undone": record.id, "reason": reason}


def _undo_status(work: Work, record: Record, action: LoadedAction, reason: str) -> None:
    """Back to the status before, with its reason. Who undoes into delivered claims it, so does not sign it off."""
    old = record.recorded.before
    wanted = Status(old["status"])
    status_reason = old.get("status_reason") or (reason if wanted in _NEEDS_REASON else None)
    values = {"status": wanted, "status_reason": status_reason}
    before = {"status": action.facts.status, "status_reason": action.status_reason}
    entry = Change("action", action.id, record.verb, before, {**values, **_mark(record, reason)})
    change(work, action, [entry], {**values, **claim(work, claims=wanted is Status.DELIVERED)})


def _undo_date(work: Work, record: Record, action: LoadedAction, reason: str) -> None:
    """Back to the date before, as one more date of the action."""
    old = record.recorded.before
    first, last = (date.fromisoformat(old[name]) if old[name] else None for name in ("first_on", "last_on"))
    when = ByWhen(old["by_when"], Kind(old["kind"]), first, last)
    set_date(work, action, when, _mark(record, reason))


def _undo_wording(work: Work, record: Record, action: LoadedAction, reason: str) -> None:
    values = {"text": record.recorded.before["text"]}
    entry = Change("action", action.id, record.verb, {"text": action.text}, {**values, **_mark(record, reason)})
    change(work, action, [entry], values)


def _undo_places(work: Work, record: Record, action: LoadedAction, reason: str) -> None:
    old = record.recorded.before
    entry = put_back(work, action, old["places"], old["by_whom"], _mark(record, reason))
    change(work, action, [entry], {"by_whom": old["by_whom"]})


def _undo_settling(work: Work, record: Record, action: LoadedAction, reason: str) -> None:
    entry = record.recorded
    after = {**entry.after, **_mark(record, reason)}
    put_back_on_action(work, action, Change("action", action.id, record.verb, dict(entry.before), after))


def _undo_number(work: Work, record: Record, action: LoadedAction, reason: str) -> None:
    structure.move_to(work, action, record.recorded.before["position"], **_mark(record, reason))


def _undo_move(work: Work, record: Record, action: LoadedAction, reason: str) -> None:
    old = record.recorded.before
    structure.carry_back(work, action, UUID(old["objective_id"]), old["position"], **_mark(record, reason))


def _undo_removal(work: Work, record: Record, action: LoadedAction, reason: str) -> None:
    structure.bring_back(work, action, **_mark(record, reason))


def _undo_answer(work: Work, record: Record, action: LoadedAction, reason: str) -> None:
    """What the lead officer had said of an update is taken back: it waits again."""
    found = get_update(work.session, record.object_id, lock=True)
    before = {"acknowledgement": found.acknowledgement, "question": found.question}
    found.acknowledgement = WAITING
    found.question = found.acknowledged_at = None
    found.acknowledged_by_account_id = found.acknowledged_by_name = None
    found.updated_at = work.now
    found.version += 1
    work.session.flush()
    after = {"acknowledgement": WAITING, "action": action.id, **_mark(record, reason)}
    touch(work, action, [Change("update", found.id, WAITING, before, after)])


def _undo_post(work: Work, record: Record, _action: LoadedAction, reason: str) -> None:
    withdraw_update(work, record.object_id, reason=reason)


_UNDO: dict[tuple[str, str], Callable[[Work, Record, LoadedAction, str], None]] = {
    ("action", "status-changed"): _undo_status,
    ("action", "date-moved"): _undo_date,
    ("action", "reworded"): _undo_wording,
    ("action", "places-changed"): _undo_places,
    ("action", "note-settled"): _undo_settling,
    ("action", "renumbered"): _undo_number,
    ("action", "moved"): _undo_move,
    ("action", "removed"): _undo_removal,
    ("update", "acknowledged"): _undo_answer,
    ("update", "returned"): _undo_answer,
    ("update", "posted"): _undo_post,
}
