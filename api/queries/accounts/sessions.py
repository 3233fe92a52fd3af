"""The sessions of an account."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from api.models import Session


def list_sessions(
    session: OrmSession, account_id: UUID, now: datetime, *, before: UUID | None = None, limit: int = 200
) -> list[Session]:
    """Live sessions, newest first, before the id given. 1 SELECT."""
    query = select(Session).where(
        Session.account_id == account_id, Session.ended_at.is_(None), Session.expires_at > now
    )
    if before is not None:
        query = query.where(Session.id < before)
    return list(session.scalars(query.order_by(Session.id.desc()).limit(limit)))
