"""Where a name occurs in what people wrote: the places, not the words."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from api.domain.privacy.redaction import pattern_of
from api.models import Action, DateEntry, Objective, Plan, Update, UpdateWording

_NUMBER = func.coalesce(cast(Objective.position, Text) + literal(".") + cast(Action.position, Text), "removed")
_EARLIER = (UpdateWording.text, UpdateWording.next_step, UpdateWording.impact, cast(UpdateWording.evidence, Text))
# What an update said before it was corrected.
_EARLIER_WORDS = (
    select(func.string_agg(func.concat_ws(" ", *_EARLIER), " "))
    .where(UpdateWording.update_id == Update.id)
    .correlate(Update)
    .scalar_subquery()
)
# What it is, the columns, and how to get from there to the action and its objective.
_IN_ACTIONS: dict[str, tuple[Any, tuple[Any, ...], Any]] = {
    "wording of the action": (Action, (Action.text, Action.text_printed, Action.status_reason), None),
    "people as printed": (Action, (Action.by_whom, Action.by_whom_printed), None),
    "note": (Action, (cast(Action.notes, Text),), None),
    "reason of a date": (DateEntry, (DateEntry.reason,), DateEntry.action_id),
    "progress update": (
        Update,
        (
            Update.text,
            Update.next_step,
            Update.impact,
            Update.question,
            Update.withdrawn_reason,
            cast(Update.evidence, Text),
            _EARLIER_WORDS,
        ),
        Update.action_id,
    ),
}


def list_mentions(session: Session, names: Iterable[str]) -> list[dict[str, Any]]:
    """Where any of these names occurs, folded: what it is, plan, action and the id. 1 SELECT, over all words."""
    sought = "|".join(pattern_of(name, in_links=False) for name in sorted(names) if name.strip())
    if not sought:
        return []
    found = [_of_action(what, *where, sought) for what, where in _IN_ACTIONS.items()]
    led = (Objective.text, Objective.lead_printed)
    found.append(
        select(literal("objective"), Plan.slug, func.coalesce(cast(Objective.position, Text), "removed"), Objective.id)
        .join(Plan, Plan.id == Objective.plan_id)
        .where(_holds(led, sought))
    )
    plan = (Plan.owner_printed, Plan.summary, cast(Plan.notes, Text))
    found.append(select(literal("plan"), Plan.slug, literal(None, Text()), Plan.id).where(_holds(plan, sought)))
    rows = session.execute(union_all(*found)).all()
    keys = ("what", "plan", "number", "id")
    return [dict(zip(keys, row, strict=True)) for row in sorted(rows, key=lambda row: (row[1], row[2] or "", row[0]))]


def _of_action(what: str, table: Any, columns: tuple[Any, ...], action_id: Any, sought: str) -> Any:
    query = select(literal(what), Plan.slug, _NUMBER, table.id).select_from(table)
    if action_id is not None:
        query = query.join(Action, Action.id == action_id)
    query = query.join(Objective, Objective.id == Action.objective_id).join(Plan, Plan.id == Action.plan_id)
    return query.where(_holds(columns, sought))


def _holds(columns: tuple[Any, ...], sought: str) -> ColumnElement[bool]:
    """Whether one of the columns contains one of the names."""
    return or_(*(column.op("~")(sought) for column in columns))
