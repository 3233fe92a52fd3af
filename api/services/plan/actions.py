"""What a lead officer does with an action: set its status, move its date, sign it off (DOMAIN 4 and 5)."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update

from api.domain.editable import ACTION
from api.domain.errors import FieldError, MoveNotAllowed, ValidationFailed
from api.domain.fields import Clash, Field
from api.domain.journal import Entry
from api.domain.plan import permissions
from api.domain.plan.by_when import ByWhen, DateKind
from api.domain.plan.by_whom import print_named
from api.domain.plan.periods import ask, says_the_same
from api.domain.plan.status import CLOSED, WORDS, Status, may_move
from api.models import Action, DateEntry
from api.queries.plan.actions import LoadedAction, list_edits
from api.queries.plan.updates import has_evidence
from api.services.clashes import refuse_clashes, seen_at
from api.services.journal import Change, touch
from api.services.locks import hold_action
from api.services.plan.updates import append_update, check_posts
from api.services.work import Seen, Work, raise_if_refused


def may_lead(
    work: Work, action_id: UUID, seen: Seen | None = None, writes: frozenset[str] = frozenset()
) -> LoadedAction:
    """The action, locked, once this actor may lead on it and write these fields. Raises NotFound, Forbidden, StaleVersion."""
    action = hold_action(work, action_id)
    raise_if_refused(permissions.may_lead(work.actor, action.facts))
    check_edits(work, action, seen, writes)
    return action


def check_edits(work: Work, action: LoadedAction, seen: Seen | None, writes: frozenset[str]) -> None:
    """Raise StaleVersion when somebody changed one of these fields since the caller read the action (API 3.2)."""
    if seen is None or seen_at(seen.revision) >= action.revision:
        return
    entries = list_edits(work.session, action.id, seen_at(seen.revision))
    clashes = ACTION.find_clashes(entries, writes, _as_told)
    refuse_clashes(ACTION, clashes, _say_value(clashes[0]) if clashes else "")


def _as_told(field: Field, entry: Entry) -> Any:
    """The value that an entry gave a field, in the form of the contract."""
    if field.name == "by_when":
        return entry.after["by_when"] if "by_when" in entry.after else entry.after["date"][0]
    if field.name == "by_whom":
        return entry.after.get("by_whom") or print_named(entry.after["places"])
    return entry.after.get(next(iter(field.columns)))


def _say_value(clash: Clash) -> str:
    value = WORDS[Status(clash.value)].lower() if clash.field == "status" else clash.value
    return f" to {value}" if clash.field in {"status", "by_when"} else ""


def may_sign_off(work: Work, action_id: UUID, seen: Seen | None = None) -> LoadedAction:
    """The action, locked, once this actor may sign it off. Raises NotFound, Forbidden, StaleVersion.

    What is signed off is what was read: its status and all that was posted.
    """
    action = hold_action(work, action_id)
    raise_if_refused(permissions.may_sign_off(work.actor, action.facts))
    check_edits(work, action, seen, frozenset({"status"}))
    check_posts(action, seen)
    return action


def change_status(action: LoadedAction, wanted: Status, reason: str | None) -> Change:
    """The change to another status. Raises MoveNotAllowed."""
    current = action.facts.status
    if not may_move(current, wanted):
        raise MoveNotAllowed(_why_not(action.facts.number, current, wanted))
    before = {"status": current, "status_reason": action.status_reason}
    return Change("action", action.id, "status-changed", before, {"status": wanted, "status_reason": reason})


def claim(work: Work, *, claims: bool) -> dict[str, Any]:
    """Who claims that the action is delivered: they may not sign it off."""
    return {
        "claimed_by_account_id": work.actor.account_id if claims else None,
        "claimed_by_person_id": work.actor.person_id if claims else None,
        "claimed_by_lead": claims,
    }


def _why_not(number: str, current: Status, wanted: Status) -> str:
    if wanted is Status.COMPLETE:
        return "An action is made complete by signing it off, once it is delivered."
    if wanted is current:
        return f"Action {number} is already {WORDS[current].lower()}."
    return f"Action {number} cannot go from {WORDS[current].lower()} to {WORDS[wanted].lower()}."


def change(work: Work, action: LoadedAction, changes: list[Change], values: dict[str, Any]) -> None:
    """Give an action's own fields these values, journal the changes, and raise its version."""
    work.session.execute(
        update(Action).where(Action.id == action.id).values(**values, version=Action.version + 1),
        execution_options={"synchronize_session": False},
    )
    touch(work, action, changes)


def move_date(
    work: Work,
    action_id: UUID,
    *,
    seen: Seen | None = None,
    kind: str,
    reason: str,
    printed: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> None:
    """Move the date, or mend its words, with a reason; the printed original and every later date stay.

    Raises as the others, and ValidationFailed.
    """
    action = may_lead(work, action_id, seen, frozenset({"by_when"}))
    if action.facts.status in CLOSED:
        raise MoveNotAllowed(f"Action {action.facts.number} is closed; reopen it before moving its date.")
    when = ask(DateKind(kind), printed, first, last)
    stands = ByWhen(action.by_when, DateKind(action.kind), action.first_on, action.last_on)
    if says_the_same(when, stands) and printed in {None, action.by_when}:
        raise MoveNotAllowed(f"Action {action.facts.number} already has that date.")
    set_date(work, action, when, {"reason": reason})


def set_date(work: Work, action: LoadedAction, when: ByWhen, said: dict[str, Any]) -> None:
    """Give the action this date, as one more entry of its dates; `said` goes into the journal, with the `reason`."""
    fields = {"kind": when.kind, "first_on": when.first, "last_on": when.last}
    position = work.session.execute(
        select(func.coalesce(func.max(DateEntry.position), -1) + 1).where(DateEntry.action_id == action.id)
    ).scalar_one()
    entry = {**fields, "action_id": action.id, "position": position, "printed": when.printed, "reason": said["reason"]}
    entry |= {"at": work.now, "by_account_id": work.actor.account_id, "by_name": work.actor.name}
    work.session.execute(insert(DateEntry), entry)
    before = {"by_when": action.by_when, "kind": action.kind, "first_on": action.first_on, "last_on": action.last_on}
    after = {"by_when": when.printed, **fields}
    change(work, action, [Change("action", action.id, "date-moved", before, {**after, **said})], after)


def sign_off(
    work: Work,
    action_id: UUID,
    *,
    seen: Seen | None = None,
    text: str | None = None,
    impact: str | None = None,
    evidence: list[dict[str, str]] | None = None,
) -> None:
    """Make a delivered action complete: evidenced, and by a second pair of eyes. Raises as the others."""
    action = may_sign_off(work, action_id, seen)
    if action.facts.status is not Status.DELIVERED:
        raise MoveNotAllowed("Only a delivered action can be signed off as complete.")
    if not (impact or evidence or has_evidence(work.session, action_id)):
        detail = "Give a piece of evidence, or say what difference it has made: nothing on this action does yet."
        raise ValidationFailed(detail, [FieldError("/impact", "required", detail)])
    fields = {"text": text or "Signed off as complete.", "impact": impact, "evidence": evidence or []}
    append_update(work, action, fields, becomes=Status.COMPLETE)
