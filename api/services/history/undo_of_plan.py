"""Undoing an entry about a plan itself: its settings as they were, or a question that was settled back on the list."""

from typing import Any

from api.domain.days import london_day
from api.domain.errors import Conflict, MoveNotAllowed
from api.domain.history.undoing import because, still_stands, why_not
from api.domain.plan.by_when import say_date
from api.domain.plan.plan_settings import MEMBER_OF, SAID
from api.models import Plan
from api.queries.history.history import Record, standing_of_plan
from api.queries.people.holdings import get_people
from api.queries.plan.actions import list_changes_of
from api.services.journal import Change
from api.services.plan.notes import put_back_on_plan
from api.services.plan.plans import check_owner, find_clashes, write
from api.services.plan.seed_rows import columns
from api.services.work import Work


def undo_of_plan(work: Work, plan: Plan, record: Record, reason: str | None) -> None:
    """Give a held plan what the entry took from it. Raises MoveNotAllowed, Conflict, ValidationFailed for an owner who left."""
    entry, now = record.recorded, standing_of_plan(plan)
    refusal = why_not(entry, now)
    if refusal is not None:
        raise MoveNotAllowed(refusal)
    if not still_stands(entry, now):
        raise Conflict(_say_since(work, plan, record))
    mark = {"undone": record.id, "reason": because(reason)}
    if record.verb == "edited":
        _give_back(work, plan, columns(dict(entry.before)), mark)
    else:
        put_back_on_plan(work, plan, Change("plan", plan.id, record.verb, dict(entry.before), {**entry.after, **mark}))


def _give_back(work: Work, plan: Plan, old: dict[str, Any], mark: dict[str, Any]) -> None:
    owner = old.get("owner_id")
    if owner is not None:
        check_owner(get_people(work.session, [owner]).get(owner))
    write(work, plan, old, mark)


def _say_since(work: Work, plan: Plan, record: Record) -> str:
    """Who changed since what the entry had changed."""
    edits = list_changes_of(work.session, plan.id, record.revision)
    for edit in edits:
        if edit.after.get("undone") == record.id:
            return f"{edit.by} has undone this already, on {say_date(london_day(edit.at))}."
    writes = frozenset(MEMBER_OF[name] for name in record.recorded.fields or () if name in MEMBER_OF)
    clashes = find_clashes(edits, writes, plan)
    if not clashes:
        return "This question is on the list again already."
    clash = clashes[0]
    on = say_date(london_day(clash.at))
    return f"{clash.by} changed the {SAID[clash.field]} again on {on}. Undo that first, or set it as it should be."
