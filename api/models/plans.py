"""Plans and their objectives."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.actions import days_held
from api.models.base import Base, Versioned


class Plan(Versioned, Base):
    """A partnership's plan: the header of the printed table, and the settings of its rules."""

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="slug_form"),
        CheckConstraint("btrim(title) <> ''", name="title_not_blank"),
        CheckConstraint("update_every_days BETWEEN 1 AND 3660", name="update_every_days_range"),
        CheckConstraint("starts_from <= starts_to", name="starts_in_order"),
        CheckConstraint("ends_on >= starts_from", name="ends_after_start"),
        CheckConstraint("(starts_from IS NULL) = (starts_to IS NULL)", name="starts_whole"),
        CheckConstraint(days_held("starts_from", "starts_to", "ends_on", "next_review_on"), name="days"),
    )

    slug: Mapped[str] = mapped_column(unique=True)
    heading: Mapped[str]
    partnership: Mapped[str]
    name: Mapped[str]
    title: Mapped[str]
    owner_printed: Mapped[str]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    priority: Mapped[str | None]
    service_team: Mapped[str | None]
    starts_printed: Mapped[str]
    starts_from: Mapped[date | None]
    starts_to: Mapped[date | None]
    ends_on: Mapped[date | None]
    review_dates: Mapped[str | None]
    next_review_on: Mapped[date | None]
    summary: Mapped[str | None]
    update_every_days: Mapped[int] = mapped_column(server_default=text("92"))
    rating_key: Mapped[list[dict[str, Any]]]
    notes: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    glossary: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    seeded: Mapped[dict[str, Any] | None]


class Objective(Versioned, Base):
    """An objective; "lead" is this relation to a person, not a property of an account.

    `position` is its number; None once it was removed from the plan. `seeded_number` is its number in the seed file.
    """

    __tablename__ = "objective"
    __table_args__ = (
        UniqueConstraint("plan_id", "position", deferrable=True),
        UniqueConstraint("plan_id", "seeded_number", deferrable=True),
        UniqueConstraint("id", "plan_id"),
        CheckConstraint("position BETWEEN 1 AND 9999", name="position_range"),
        CheckConstraint("(position IS NULL) = (removed_at IS NOT NULL)", name="removed_has_no_number"),
        CheckConstraint("btrim(text) <> ''", name="text_not_blank"),
        CheckConstraint("(lead_id IS NULL) = (lead_printed IS NULL)", name="lead_with_printed"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    position: Mapped[int | None]
    removed_at: Mapped[datetime | None]
    seeded_number: Mapped[str | None]
    text: Mapped[str]
    text_printed: Mapped[str]
    short_title: Mapped[str | None]
    lead_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    lead_printed: Mapped[str | None]
    seeded: Mapped[dict[str, Any] | None]
