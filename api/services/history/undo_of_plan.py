"""Undoing an entry about a plan itself: its settings as they were, or a question that was settled back on the list."""

from typing import Any

from api.domain.editable import PLAN
from api.domain.errors import Conflict, MoveNotAllowed
from api.domain.history.undoing import because, columns_undone, still_stands, why_not
from api.domain.journal import Entry
from api.models import Plan
from api.queries.history.history import stands_of_plan
from api.queries.journal import list_changes_of
from api.queries.people.holdings import get_people
from api.services.clashes import say_changed_again, say_undone_since
from api.services.journal import Change
from api.services.plan.notes import put_back_on_plan
from api.services.plan.plans import check_owner, find_clashes, write
from api.services.work import Work


def undo_of_plan(work: Work, plan: Plan, entry: Entry, reason: str | None) -> None:
    """Give a held plan what the entry took from it. Raises MoveNotAllowed, Conflict, ValidationFailed for an owner who left."""
    now = stands_of_plan(plan)
    refusal = why_not(entry, now)
    if refusal is not None:
        raise MoveNotAllowed(refusal)
    if not still_stands(entry, now):
        raise Conflict(_say_since(work, plan, entry))
    mark = {"undone": entry.id, "reason": because(reason)}
    if entry.verb == "edited":
        _give_back(work, plan, PLAN.from_json(entry.before), mark)
    else:
        put_back_on_plan(work, plan, Change("plan", plan.id, entry.verb, dict(entry.before), {**entry.after, **mark}))


def _give_back(work: Work, plan: Plan, old: dict[str, Any], mark: dict[str, Any]) -> None:
    owner = old.get("owner_id")
    if owner is not None:
        check_owner(get_people(work.session, [owner]).get(owner))
    write(work, plan, old, mark)


def _say_since(work: Work, plan: Plan, entry: Entry) -> str:
    """The refusal that names who changed the same fields since."""
    undone = say_undone_since(list_changes_of(work.session, plan.id, entry.revision), entry)
    if undone is not None:
        return undone
    clashes = find_clashes(work, plan, entry.revision, PLAN.names_of(columns_undone(entry) or ()))
    return say_changed_again(PLAN, clashes[0]) if clashes else "This question is on the list again already."
