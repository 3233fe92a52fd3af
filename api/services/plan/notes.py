"""Asking and settling the questions that a plan or an action leaves open; the journal keeps question and answer."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from api.domain.days import london_day
from api.domain.errors import Conflict, Duplicate
from api.domain.plan import permissions
from api.domain.plan.by_when import say_date
from api.domain.plan.notes import BY_HAND, MOST, Notes, find, put_back, said_in, without
from api.models import Action, JournalEntry, Plan
from api.queries.plan.actions import LoadedAction
from api.services.journal import Change
from api.services.locks import hold_action
from api.services.plan.actions import change
from api.services.plan.plans import hold_plan, save
from api.services.work import Work, raise_if_refused


def may_settle(work: Work, action_id: UUID) -> LoadedAction:
    """The action, locked, once this actor may ask and settle questions about it. Raises NotFound, Forbidden."""
    action = hold_action(work, action_id)
    raise_if_refused(permissions.may_settle_notes(work.actor, action.facts))
    return action


def settle_of_action(work: Work, action_id: UUID, *, code: str, text: str, answer: str) -> None:
    """Take a question of an action off its list, with the answer. Raises NotFound, Forbidden, Conflict when it is not there."""
    action = may_settle(work, action_id)
    notes = _notes_of(work, action_id)
    after = _settled(work, action_id, notes, (code, text), answer)
    change(work, action, [Change("action", action_id, "note-settled", {"notes": notes}, after)], _stored(after))


def settle_of_plan(work: Work, plan_id: UUID, *, code: str, text: str, answer: str) -> None:
    """The same for a question about the plan as a whole. Raises Forbidden, Conflict."""
    plan = hold_plan(work, plan_id)
    after = _settled(work, plan_id, plan.notes, (code, text), answer)
    save(work, plan, Change("plan", plan_id, "note-settled", {"notes": plan.notes}, after), _stored(after))


def ask_of_action(work: Work, action_id: UUID, *, text: str, whom: str | None = None) -> None:
    """Add a question about an action. Raises NotFound, Forbidden, Duplicate, Conflict."""
    action = may_settle(work, action_id)
    notes = _notes_of(work, action_id)
    after = _asked(notes, text, whom)
    change(work, action, [Change("action", action_id, "note-added", {"notes": notes}, after)], _stored(after))


def ask_of_plan(work: Work, plan_id: UUID, *, text: str, whom: str | None = None) -> None:
    """Add a question about the plan as a whole. Raises Forbidden, Duplicate, Conflict."""
    plan = hold_plan(work, plan_id)
    after = _asked(plan.notes, text, whom)
    save(work, plan, Change("plan", plan_id, "note-added", {"notes": plan.notes}, after), _stored(after))


def put_back_on_action(work: Work, action: LoadedAction, entry: Change) -> None:
    """Undo a settlement: the question comes back. `entry` holds what the settlement's entry held, with the mark of an undo."""
    notes = _notes_of(work, action.id)
    back = _put_back(notes, entry)
    change(work, action, [Change("action", action.id, entry.verb, {"notes": notes}, back)], _stored(back))


def put_back_on_plan(work: Work, plan: Plan, entry: Change) -> None:
    """The same for a question about the plan as a whole."""
    back = _put_back(plan.notes, entry)
    save(work, plan, Change("plan", plan.id, entry.verb, {"notes": plan.notes}, back), _stored(back))


def _put_back(notes: Notes, entry: Change) -> dict[str, Any]:
    after = entry.after or {}
    back = put_back(notes, (entry.before or {})["notes"], said_in(after))
    return {**{name: value for name, value in after.items() if name not in {"case_data", "answer"}}, "notes": back}


def _stored(after: dict[str, Any]) -> dict[str, Any]:
    return {"notes": after["notes"]}


def _notes_of(work: Work, action_id: UUID) -> Notes:
    found: Notes = work.session.execute(select(Action.notes).where(Action.id == action_id)).scalar_one()
    return found


def _settled(work: Work, of: UUID, notes: Notes, key: tuple[str, str], answer: str) -> dict[str, Any]:
    note = find(notes, *key)
    if note is None:
        raise Conflict(_why_gone(work, of, key[1]))
    return {"notes": without(notes, note), **_as_said(note), "answer": answer}


def _why_gone(work: Work, of: UUID, text: str) -> str:
    """Who settled it already, if somebody did. 1 SELECT."""
    found = work.session.execute(
        select(JournalEntry.actor_name, JournalEntry.at, JournalEntry.after["answer"].astext)
        .where(JournalEntry.object_id == of, JournalEntry.verb == "note-settled")
        .where(JournalEntry.after["note"].astext == text, JournalEntry.after.has_key("answer"))
        .order_by(JournalEntry.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        return "This question is not on the list. Read it again: somebody may have changed it."
    return f"{found[0]} settled this question on {say_date(london_day(found[1]))}: “{found[2]}”."


def _as_said(note: dict[str, Any]) -> dict[str, Any]:
    """A note as the journal holds it beside the list: `note`, because a redaction reaches that."""
    return {"code": note["code"], "note": note["text"], **({"for": note["for"]} if note.get("for") else {})}


def _asked(notes: Notes, text: str, whom: str | None) -> dict[str, Any]:
    if any(note["text"] == text for note in notes):
        raise Duplicate("This question is on the list already.")
    if len(notes) >= MOST:
        raise Conflict(f"There are {MOST} open questions here already. Settle some of them first.")
    note = {"code": BY_HAND, "text": text, **({"for": whom} if whom else {})}
    return {"notes": [*notes, note], **_as_said(note)}
