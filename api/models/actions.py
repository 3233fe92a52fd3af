"""Actions, who is on them, and the dates they have had."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from api.domain.days import FIRST_DAY, LAST_DAY
from api.domain.plan.by_when import DATED, DateKind
from api.domain.plan.status import Status
from api.models.base import Base, Identified, Versioned


def one_of(column: str, values: list[str]) -> str:
    """The SQL of a CHECK that a text column holds one of these values."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def days_held(*columns: str) -> str:
    """The SQL of a CHECK that each of these columns is a day that a plan can hold, or null."""
    return " AND ".join(f"{column} BETWEEN '{FIRST_DAY}' AND '{LAST_DAY}'" for column in columns)


KINDS = one_of("kind", [kind.value for kind in DateKind])
# A dated kind has its whole period, first day not after last, a date one day; the others have none. `domain.plan.periods` says the same.
PERIOD = (
    f"CASE WHEN {one_of('kind', sorted(kind.value for kind in DATED))} "
    "THEN first_on IS NOT NULL AND last_on IS NOT NULL AND first_on <= last_on "
    f"AND (kind <> '{DateKind.DATE}' OR first_on = last_on) "
    "ELSE first_on IS NULL AND last_on IS NULL END"
)
STATUSES = one_of("status", [status.value for status in Status])
NEEDS_REASON = (
    "status NOT IN ('on_hold', 'business_as_usual', 'carried_forward', 'withdrawn') OR status_reason IS NOT NULL"
)


class Action(Versioned, Base):
    """A numbered action. The printed words stay; the dates, status and latest update are what moves.

    `position` is the second half of its number; None once it was removed from the plan, which frees the number.
    `seeded_number` is its number in the seed file, which knows it by that. `by_whom` is set once its people were changed:
    until then the paper's words stand.
    `kind`, `first_on`, `last_on` and `by_when` are the date as it stands; `by_when_printed` is the paper's.
    `latest_update_id` and `rating_update_id` point at the newest update and the newest one with a rating,
    so that nobody loads all history to show the latest. `revision` is the plan's at the last change of any part.
    """

    __tablename__ = "action"
    __table_args__ = (
        ForeignKeyConstraint(["objective_id", "plan_id"], ["objective.id", "objective.plan_id"]),
        UniqueConstraint("objective_id", "position", deferrable=True),
        UniqueConstraint("plan_id", "seeded_number", deferrable=True),
        CheckConstraint("position BETWEEN 1 AND 9999", name="position_range"),
        CheckConstraint("(position IS NULL) = (removed_at IS NOT NULL)", name="removed_has_no_number"),
        CheckConstraint("btrim(text) <> ''", name="text_not_blank"),
        CheckConstraint(KINDS, name="kind"),
        CheckConstraint(PERIOD, name="period"),
        CheckConstraint(days_held("first_on", "last_on"), name="days"),
        CheckConstraint(STATUSES, name="status"),
        CheckConstraint(NEEDS_REASON, name="status_reason"),
        CheckConstraint("updates_count >= 0", name="updates_count"),
        # Not with `revision`: no index holds what a post changes, so a post rewrites the row and no index entry.
        Index("ix_action_plan_id", "plan_id"),
    )

    plan_id: Mapped[UUID]
    objective_id: Mapped[UUID]
    position: Mapped[int | None]
    removed_at: Mapped[datetime | None]
    seeded_number: Mapped[str | None]
    text: Mapped[str]
    text_printed: Mapped[str]
    by_whom: Mapped[str | None]
    by_whom_printed: Mapped[str]
    by_when_printed: Mapped[str]
    by_when: Mapped[str]
    kind: Mapped[str]
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    status: Mapped[str]
    status_reason: Mapped[str | None]
    claimed_by_account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    claimed_by_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    claimed_by_lead: Mapped[bool] = mapped_column(server_default=sql("false"))
    updates_count: Mapped[int] = mapped_column(server_default=sql("0"))
    latest_update_id: Mapped[UUID | None] = mapped_column(ForeignKey("progress_update.id", use_alter=True))
    rating_update_id: Mapped[UUID | None] = mapped_column(ForeignKey("progress_update.id", use_alter=True))
    revision: Mapped[int] = mapped_column(server_default=sql("0"))
    notes: Mapped[list[dict[str, Any]]] = mapped_column(server_default=sql("'[]'"))
    seeded: Mapped[dict[str, Any] | None]


class Named(Identified, Base):
    """A person, a group or an agency that is named on an action: in which printed order, with which printed words.

    The table, and the list of them in the journal, are called by the older name: place.
    """

    __tablename__ = "place"
    __table_args__ = (
        UniqueConstraint("action_id", "position", deferrable=True),
        UniqueConstraint("action_id", "person_id"),
        UniqueConstraint("action_id", "group_id"),
        UniqueConstraint("action_id", "agency_id"),
        CheckConstraint("num_nonnulls(person_id, group_id, agency_id) = 1", name="one_of_three"),
        CheckConstraint("btrim(name) <> ''", name="name_not_blank"),
    )

    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"))
    position: Mapped[int]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey("named_group.id"))
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str]
    qualifier: Mapped[str | None]


class DateEntry(Identified, Base):
    """By-when history: the printed original (entry 0) and every date since, each with its reason."""

    __tablename__ = "date_entry"
    __table_args__ = (
        UniqueConstraint("action_id", "position"),
        CheckConstraint(KINDS, name="kind"),
        CheckConstraint(PERIOD, name="period"),
        CheckConstraint("position = 0 OR (reason IS NOT NULL AND by_name IS NOT NULL)", name="moved_with_reason"),
    )

    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"))
    position: Mapped[int]
    printed: Mapped[str]
    kind: Mapped[str]
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    reason: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(server_default=sql("now()"))
    by_account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str | None]
