"""The audit: what happened that changed nothing of the plan: sign-ins, failures, refusals, exports, use of tokens."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base


class AuditEvent(Base):
    """One event. Append-only in the database itself; old ones are deleted by the owner role only, for retention."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_at", "at", "id"),
        Index("ix_audit_event_account_id", "account_id", "id"),
        Index("ix_audit_event_kind", "kind", "id"),
        Index(
            "ix_audit_event_partner_token_id",
            "partner_token_id",
            "id",
            postgresql_where=text("partner_token_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    kind: Mapped[str]
    request_id: Mapped[str]
    address: Mapped[str | None]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    partner_token_id: Mapped[UUID | None] = mapped_column(ForeignKey("partner_token.id"))
    actor_name: Mapped[str | None]
    detail: Mapped[dict[str, Any] | None]
