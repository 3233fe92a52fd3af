"""The parts of an action that a seed changes in other tables: who is named on it, and its original date."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from api.domain.editable import ACTION
from api.models import DateEntry, Named
from api.services.plan.seed_rows import columns, named_rows, original_date


def write_parts(session: Session, action_id: UUID, writes: dict[str, Any]) -> None:
    """Write those of them that changed. 3 statements at most."""
    if "places" in writes:
        session.execute(delete(Named).where(Named.action_id == action_id))
        if places := named_rows(action_id, writes["places"]):
            session.execute(insert(Named), places)
    if "date" in writes:
        paper = (DateEntry.action_id == action_id) & (DateEntry.position == 0)
        session.execute(update(DateEntry).where(paper).values(original_date(action_id, columns(ACTION, writes))))
