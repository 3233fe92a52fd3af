"""How ratings moved: the rows of now, the updates with ratings and the journal since the first day asked about."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import accumulate
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, BindParameter, DateTime, bindparam, case, cast, func, literal, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from api.domain.days import LONDON, end_of_day
from api.domain.journal import Entry
from api.domain.plan.as_at import LooseRow
from api.domain.plan.trend import Past, Point, Rated, points_of
from api.models import Action, JournalEntry, Plan, Update
from api.queries import AnySelect
from api.queries.journal import as_entry, entry_columns
from api.queries.plan.as_at import LONGEST_REQUEST

_PLAN: BindParameter[Any] = bindparam("plan")
_ENDS = cast(bindparam("ends"), ARRAY(DateTime(timezone=True)))
_CUTS = cast(bindparam("cuts"), ARRAY(BigInteger))
_NEVER = literal(2**31 - 1)
_OF_PLAN = JournalEntry.plan_id == _PLAN

# The last revision of each span between two ends, by the number of ends that were over: one pass over the journal.
_SPAN = func.width_bucket(JournalEntry.at, _ENDS)
_LASTS: AnySelect = select(_SPAN, func.max(JournalEntry.revision)).where(_OF_PLAN).group_by(_SPAN)

_PLAN_NOW: AnySelect = select(Plan.id, Plan.update_every_days).where(Plan.id == _PLAN)
_ACTIONS: AnySelect = select(Action.id, Action.position, Action.status, Action.last_on).where(Action.plan_id == _PLAN)
_ENTRIES: AnySelect = (
    select(*entry_columns(JournalEntry.revision))
    .where(
        _OF_PLAN,
        JournalEntry.revision > bindparam("cut"),
        JournalEntry.object_type.in_(("plan", "action")),
    )
    .order_by(JournalEntry.id.desc())
)


def _place(instant: Any, verb: str) -> Any:
    """The index of the first cut after which this happened to an update.

    Its instant says so, but around midnight: what was saved before the last thing of the day belongs to that day.
    """
    revision = (
        select(func.max(JournalEntry.revision))
        .where(JournalEntry.object_id == Update.id, JournalEntry.verb == verb)
        .scalar_subquery()
    )
    place = func.width_bucket(instant, _ENDS)
    near = func.width_bucket(instant - LONGEST_REQUEST, _ENDS) < place
    return case((near, func.least(place, func.width_bucket(revision - 1, _CUTS))), else_=place)


_COUNTS = (
    select(
        Update.action_id,
        _place(Update.posted_at, "posted").label("since"),
        case((Update.withdrawn_at.is_(None), _NEVER), else_=_place(Update.withdrawn_at, "withdrawn")).label("gone"),
        Update.posted_at,
        Update.id,
        Update.rating,
        func.date(func.timezone(LONDON.key, Update.posted_at)).label("on"),
    )
    .join(Action, Action.id == Update.action_id)
    .where(Action.plan_id == _PLAN, Update.rating.is_not(None))
    .subquery()
)
# Of the updates that count for the same days, the newest.
_SAME_DAYS = (_COUNTS.c.action_id, _COUNTS.c.since, _COUNTS.c.gone)
_RATED: AnySelect = (
    select(*_COUNTS.c)
    .ext(distinct_on(*_SAME_DAYS))
    .order_by(*_SAME_DAYS, _COUNTS.c.posted_at.desc(), _COUNTS.c.id.desc())
)


def get_trend(session: Session, plan_id: UUID, days: Sequence[date]) -> list[Point]:
    """The plan at the end of each of these past days, in their order, as as_at tells it. Those before the plan are left out.

    In one snapshot. 5 SELECTs, whatever the number of days.
    """
    cuts = _find_cuts(session, plan_id, days)
    if not cuts:
        return []
    ends = [end_of_day(day) for day, _ in cuts]
    keys = {"plan": plan_id, "ends": ends, "cuts": [revision for _, revision in cuts]}
    past = Past(
        plan=_loose(session.execute(_PLAN_NOW, keys))[0],
        actions=_loose(session.execute(_ACTIONS, keys)),
        rated=[Rated(*row) for row in session.execute(_RATED, keys)],
        entries=_entries(session, {"plan": plan_id, "cut": cuts[0][1]}),
    )
    return points_of(past, cuts)


def _find_cuts(session: Session, plan_id: UUID, days: Sequence[date]) -> list[tuple[date, int]]:
    """(day, last revision of it) of the days on which the plan was there. 1 SELECT."""
    ends: list[datetime] = [end_of_day(day) for day in days]
    lasts = {row[0]: row[1] for row in session.execute(_LASTS, {"plan": plan_id, "ends": ends})}
    reached = accumulate((lasts.get(place, 0) for place in range(len(days))), max)
    return [(day, revision) for day, revision in zip(days, reached, strict=True) if revision]


def _loose(rows: Iterable[Any]) -> list[LooseRow]:
    return [LooseRow(**row._asdict()) for row in rows]


def _entries(session: Session, keys: dict[str, Any]) -> Iterator[Entry]:
    return (as_entry(row) for row in session.execute(_ENTRIES, keys))
