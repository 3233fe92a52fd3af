"""What was removed from a plan: actions and objectives without a number, and what the journal says of their removal."""

from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Row, bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from api.domain.days import london_day
from api.domain.errors import NotFound
from api.domain.history.shown_entry import end
from api.domain.plan.by_when import say_date
from api.models import Action, JournalEntry, Objective
from api.queries import AnySelect

REMOVED = "removed"
_THING: BindParameter[Any] = bindparam("thing")
_LAST: AnySelect = (
    select(JournalEntry.id, JournalEntry.at, JournalEntry.actor_name, JournalEntry.before, JournalEntry.after)
    .where(JournalEntry.object_id == _THING, JournalEntry.verb == REMOVED)
    .order_by(JournalEntry.id.desc())
    .limit(1)
)


def get_removal(session: Session, thing_id: UUID) -> Row[Any]:
    """The last removal of something that is removed: id, at, actor_name, before, after. 1 SELECT."""
    return session.connection().execute(_LAST, {"thing": thing_id}).one()


def no_such_action(session: Session, action_id: UUID) -> NotFound:
    """The error for an action that is not in its plan: it says who removed it when and why, if it ever was there. 1 SELECT."""
    return _gone(session, action_id, "action", "Action")


def no_such_objective(session: Session, objective_id: UUID) -> NotFound:
    """The same for an objective. 1 SELECT."""
    return _gone(session, objective_id, "objective", "Objective")


def _gone(session: Session, thing_id: UUID, noun: str, name: str) -> NotFound:
    row = session.connection().execute(_LAST, {"thing": thing_id}).one_or_none()
    if row is None:
        return NotFound(f"There is no such {noun}.")
    on = say_date(london_day(row.at))
    removed = f"{name} {row.before['number']} was removed from the plan on {on} by {row.actor_name}"
    return NotFound(end(removed, row.after.get("reason")))


def _things(table: Any, noun: str, lead: Any, objective: Any) -> AnySelect:
    """One row for each, with its last removal."""
    last = (
        select(JournalEntry.id)
        .where(JournalEntry.object_id == table.id, JournalEntry.verb == REMOVED)
        .order_by(JournalEntry.id.desc())
        .limit(1)
        .correlate(table)
        .scalar_subquery()
    )
    columns = (literal(noun).label("type"), table.id, table.text, lead.label("lead_id"), objective.label("standing"))
    told = (JournalEntry.id.label("entry"), JournalEntry.at, JournalEntry.actor_name, JournalEntry.before)
    return (
        select(*columns, *told, JournalEntry.after)
        .join(JournalEntry, JournalEntry.id == last)
        .where(table.plan_id == bindparam("plan"), table.position.is_(None))
    )


_ACTIONS = _things(Action, "action", Objective.lead_id, Objective.position).join(
    Objective, Objective.id == Action.objective_id
)
_OBJECTIVES = _things(Objective, "objective", Objective.lead_id, literal(0))
_ALL = union_all(_ACTIONS, _OBJECTIVES).subquery()
_LIST: AnySelect = (
    select(_ALL).where(_ALL.c.entry < bindparam("before")).order_by(_ALL.c.entry.desc()).limit(bindparam("limit"))
)


def list_removed(session: Session, plan_id: UUID, *, before: int, limit: int) -> list[Row[Any]]:
    """What was removed from a plan, the last first, before this entry. 1 SELECT.

    `standing` is the number of the action's objective, None when that is removed too; `lead_id` leads it.
    """
    return list(session.execute(_LIST, {"plan": plan_id, "before": before, "limit": limit}))
