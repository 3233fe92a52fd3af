"""What of an action's changes by a seed stands in rows of their own: its places, and the original of its dates."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from api.domain.editable import ACTION
from api.models import DateEntry, Place
from api.services.plan.seed_rows import columns, original_date, place_rows


def write_parts(session: Session, action_id: UUID, writes: dict[str, Any]) -> None:
    """Write those of them that changed. 3 statements at most."""
    if "places" in writes:
        session.execute(delete(Place).where(Place.action_id == action_id))
        if places := place_rows(action_id, writes["places"]):
            session.execute(insert(Place), places)
    if "date" in writes:
        paper = (DateEntry.action_id == action_id) & (DateEntry.position == 0)
        session.execute(update(DateEntry).where(paper).values(original_date(action_id, columns(ACTION, writes))))
