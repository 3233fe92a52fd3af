"""Progress updates: append-only; what the lead officer says of one is kept beside it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, desc
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base, Identified, Versioned


class Update(Versioned, Base):
    """What somebody said of an action, with their name and agency at the time.

    `author_…` is whose words they are; `entered_by_…` is set when an admin entered them on that person's behalf.
    `via` is the partner's system that brought them. `status` is the action's status after it, `previous_rating` the letter
    that stood before. A withdrawn one stays as a tombstone: it counts for nothing, and its words are shown to nobody.
    Of a redacted one an administrator removed words for good, because of what they said; it still counts.
    """

    __tablename__ = "progress_update"
    __table_args__ = (
        CheckConstraint("char_length(text) BETWEEN 1 AND 4000 AND btrim(text) <> ''", name="text_length"),
        CheckConstraint("char_length(next_step) BETWEEN 1 AND 1000", name="next_step_length"),
        CheckConstraint("char_length(impact) BETWEEN 1 AND 2000", name="impact_length"),
        CheckConstraint("rating IN ('R', 'A', 'G')", name="rating"),
        CheckConstraint("claim = 'delivered'", name="claim"),
        CheckConstraint("jsonb_typeof(evidence) = 'array' AND jsonb_array_length(evidence) <= 10", name="evidence"),
        CheckConstraint("acknowledgement IN ('waiting', 'acknowledged', 'returned')", name="acknowledgement"),
        CheckConstraint(
            "(acknowledgement IS NOT NULL AND acknowledgement <> 'waiting') = (acknowledged_at IS NOT NULL)",
            name="acknowledged_when",
        ),
        CheckConstraint(
            "(acknowledgement IS NOT DISTINCT FROM 'returned') = (question IS NOT NULL)", name="returned_with_question"
        ),
        CheckConstraint(
            "num_nonnulls(withdrawn_at, withdrawn_by_name, withdrawn_reason) IN (0, 3)", name="withdrawn_whole"
        ),
        CheckConstraint("(redacted_at IS NULL) = (redacted_reason IS NULL)", name="redacted_whole"),
        CheckConstraint("(via IS NULL) = (partner_token_id IS NULL)", name="via_a_partner"),
        # The timeline, newest first: one index range per action, however long its history.
        Index("ix_progress_update_timeline", "action_id", desc("posted_at"), desc("id")),
        Index("ix_progress_update_waiting", "action_id", postgresql_where=sql("acknowledgement = 'waiting'")),
    )

    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"))
    text: Mapped[str]
    posted_at: Mapped[datetime]
    rating: Mapped[str | None]
    previous_rating: Mapped[str | None]
    claim: Mapped[str | None]
    no_change: Mapped[bool] = mapped_column(server_default=sql("false"))
    next_step: Mapped[str | None]
    impact: Mapped[str | None]
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(server_default=sql("'[]'"))
    status: Mapped[str]
    author_account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    author_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    author_name: Mapped[str]
    author_agency: Mapped[str | None]
    partner_token_id: Mapped[UUID | None] = mapped_column(ForeignKey("partner_token.id"))
    via: Mapped[str | None]
    entered_by_account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    entered_by_name: Mapped[str | None]
    acknowledgement: Mapped[str | None]
    acknowledged_by_account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    acknowledged_by_name: Mapped[str | None]
    acknowledged_at: Mapped[datetime | None]
    question: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_name: Mapped[str | None]
    withdrawn_reason: Mapped[str | None]
    redacted_at: Mapped[datetime | None]
    redacted_reason: Mapped[str | None]
    corrected_at: Mapped[datetime | None]


class UpdateWording(Identified, Base):
    """What an update said before its author corrected it: `position` 1 is the first wording, kept for whoever asks."""

    __tablename__ = "update_wording"
    __table_args__ = (
        UniqueConstraint("update_id", "position"),
        CheckConstraint("position >= 1", name="position"),
    )

    update_id: Mapped[UUID] = mapped_column(ForeignKey("progress_update.id"))
    position: Mapped[int]
    text: Mapped[str]
    next_step: Mapped[str | None]
    impact: Mapped[str | None]
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(server_default=sql("'[]'"))
    replaced_at: Mapped[datetime]
    replaced_by_name: Mapped[str]
