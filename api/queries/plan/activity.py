"""Who reported when: updates by the agency of their author at the time, and by month."""

from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from api.domain.days import LONDON, start_of_day
from api.models import Action, Update
from api.queries import AnySelect

_MONTH = func.to_char(func.timezone(LONDON.key, Update.posted_at), "YYYY-MM")
_COUNTED: AnySelect = (
    select(Update.author_agency, _MONTH, func.count())
    .join(Action, Action.id == Update.action_id)
    .where(
        Action.plan_id == bindparam("plan"),
        Update.posted_at >= bindparam("first"),
        Update.posted_at < bindparam("end"),
        Update.withdrawn_at.is_(None),
    )
    .group_by(Update.author_agency, _MONTH)
)


def count_updates(session: Session, plan_id: UUID, first: date, after: date) -> list[tuple[str | None, str, int]]:
    """(agency, month as YYYY-MM, updates) from the day `first` until the day `after`, in no order. 1 SELECT.

    Months begin at midnight in London. Withdrawn updates do not count.
    """
    days = {"first": start_of_day(first), "end": start_of_day(after)}
    rows = session.execute(_COUNTED, {"plan": plan_id, **days})
    return [(row[0], row[1], row[2]) for row in rows]
