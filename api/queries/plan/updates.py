"""Progress updates of one action, newest first, by keyset on (posted_at, id)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, select, tuple_
from sqlalchemy.orm import Session

from api.domain.errors import NotFound
from api.models import Action, Objective, Update, UpdateWording

Key = tuple[datetime, UUID]


def list_updates(
    session: Session, action_id: UUID, *, before: Key | None = None, until: datetime | None = None, limit: int = 20
) -> list[RowMapping]:
    """Rows of up to `limit` updates older than the keyset `before` (None: the newest) and posted before `until`. 1 SELECT."""
    return _list(session, select(Update.__table__).where(Update.action_id == action_id), before, until, limit)


def list_plan_updates(
    session: Session, plan_id: UUID, *, before: Key | None = None, until: datetime | None = None, limit: int = 20
) -> list[RowMapping]:
    """The same of all actions of a plan. 1 SELECT."""
    query = select(Update.__table__).join(Action, Action.id == Update.action_id).where(Action.plan_id == plan_id)
    return _list(session, query, before, until, limit)


def list_every_update(session: Session, plan_id: UUID, until: datetime | None = None) -> list[RowMapping]:
    """All updates of a plan, of removed actions too, with `action_text`; posted before `until`, the oldest first. 1 SELECT."""
    columns = (Update.__table__, Action.text.label("action_text"))
    query = select(*columns).join(Action, Action.id == Update.action_id).where(Action.plan_id == plan_id)
    if until is not None:
        query = query.where(Update.posted_at < until)
    return list(session.execute(query.order_by(Update.posted_at, Update.id)).mappings())


def _list(
    session: Session, query: Select[Any], before: Key | None, until: datetime | None, limit: int
) -> list[RowMapping]:
    if before is not None:
        query = query.where(tuple_(Update.posted_at, Update.id) < before)
    if until is not None:
        query = query.where(Update.posted_at < until)
    rows = session.execute(query.order_by(Update.posted_at.desc(), Update.id.desc()).limit(limit))
    return list(rows.mappings())


def find_wordings(session: Session, rows: Iterable[Any]) -> dict[UUID, list[RowMapping]]:
    """The earlier wordings of these updates, the first one first, by update. 1 SELECT; none where nothing was corrected."""
    found: dict[UUID, list[RowMapping]] = defaultdict(list)
    corrected = [row["id"] for row in rows if row["corrected_at"] is not None]
    if corrected:
        query = select(UpdateWording.__table__).where(UpdateWording.update_id.in_(corrected))
        for wording in session.execute(query.order_by(UpdateWording.position)).mappings():
            found[wording["update_id"]].append(wording)
    return found


def get_update(session: Session, update_id: UUID, *, lock: bool = False) -> Update:
    """One update, its row locked until commit when asked. Raises NotFound. 1 SELECT."""
    query = select(Update).where(Update.id == update_id)
    if lock:
        # Read anew: one that was read before its lock may have been changed while we waited for it.
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("There is no such update.")
    return found


def has_waiting_update(session: Session, action_id: UUID) -> bool:
    """Whether a contributor's update waits for the lead officer. 1 SELECT."""
    query = select(Update.id).where(Update.action_id == action_id, Update.acknowledgement == "waiting").limit(1)
    return session.execute(query).first() is not None


def has_evidence(session: Session, action_id: UUID) -> bool:
    """Whether any update of the action has evidence or says what difference it made. 1 SELECT."""
    query: Any = (
        select(Update.id)
        .where(
            Update.action_id == action_id,
            Update.withdrawn_at.is_(None),
            Update.impact.is_not(None) | (Update.evidence != []),
        )
        .limit(1)
    )
    return session.execute(query).first() is not None


def list_waiting_actions(session: Session, person_id: UUID) -> list[UUID]:
    """Actions with an update that waits for this person, who leads their objective. 1 SELECT."""
    waiting = (
        select(Update.action_id)
        .join(Action, Action.id == Update.action_id)
        .join(Objective, Objective.id == Action.objective_id)
        .where(Update.acknowledgement == "waiting", Objective.lead_id == person_id, Action.position.is_not(None))
        .distinct()
    )
    return list(session.scalars(waiting))
