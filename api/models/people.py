"""The directory: people, agencies and named groups, shared by all plans."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, func
from sqlalchemy.orm import Mapped, mapped_column

from api.domain.people.directory import AgencyKind
from api.models.actions import one_of
from api.models.base import Base, Identified, Versioned


class Agency(Versioned, Base):
    """An agency, by the name that the plan prints. `succeeded_by_id` is what it became (a CCG an ICB), from `ended_on`."""

    __tablename__ = "agency"
    __table_args__ = (
        CheckConstraint("btrim(name) <> ''", name="name_not_blank"),
        # The order of the list; without it, each page sorts all of them.
        Index("ix_agency_name_id", "name", "id"),
        CheckConstraint(one_of("kind", [kind.value for kind in AgencyKind]), name="kind"),
        CheckConstraint("parent_id <> id AND succeeded_by_id <> id", name="not_its_own"),
    )

    # Keys are in `seed_key`; this is what the release before migration 0013 knows them by, and nothing here reads it.
    external_id: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default="{}")
    kind: Mapped[str | None]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"))
    succeeded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"))
    ended_on: Mapped[date | None]


class Person(Versioned, Base):
    """Somebody named in a plan. Agency is null when no plan states it (DOMAIN: true of most).

    `merged_into_id`: somebody said that this is the same person as that one, who stands for both since.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("btrim(name) <> ''", name="name_not_blank"),
        Index("ix_person_name_id", "name", "id"),
        CheckConstraint("email = lower(email) AND email LIKE '%_@_%'", name="email_form"),
        CheckConstraint("merged_into_id <> id", name="not_into_itself"),
    )

    external_id: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    post: Mapped[str | None]
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"), index=True)
    aliases: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default="{}")
    email: Mapped[str | None]
    left_on: Mapped[date | None]
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    contact_erased_at: Mapped[datetime | None]


class NamedGroup(Versioned, Base):
    """A collective as printed ("multi-agency partners"): no account, no reminder, never an agency."""

    __tablename__ = "named_group"
    __table_args__ = (CheckConstraint("btrim(name) <> ''", name="name_not_blank"),)

    external_id: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]


class SeedKey(Base):
    """Whom a key in a plan's seed file means. The same key in the file of another plan means somebody else, unless that file says who."""

    __tablename__ = "seed_key"
    __table_args__ = (
        CheckConstraint(
            "num_nonnulls(person_id, group_id, agency_id) = 1 AND"
            " CASE kind WHEN 'person' THEN person_id IS NOT NULL WHEN 'group' THEN group_id IS NOT NULL"
            " WHEN 'agency' THEN agency_id IS NOT NULL ELSE false END",
            name="one_of_its_kind",
        ),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey("named_group.id"))
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"))


class PeopleApart(Base):
    """Two people whose names are alike, and of whom somebody said that they are two."""

    __tablename__ = "people_apart"
    __table_args__ = (CheckConstraint("first_id < second_id", name="in_order"),)

    first_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    second_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    said_by_name: Mapped[str]


class PersonMerge(Identified, Base):
    """Two rows that are one person, joined by somebody. `moved` says what went from one to the other, so that it can go back."""

    __tablename__ = "person_merge"
    __table_args__ = (
        CheckConstraint("kept_id <> merged_id", name="two"),
        CheckConstraint("(undone_at IS NULL) = (undone_by_name IS NULL)", name="undone_whole"),
    )

    kept_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    merged_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str | None]
    moved: Mapped[dict[str, Any]]
    made_by_name: Mapped[str]
    undone_at: Mapped[datetime | None]
    undone_by_name: Mapped[str | None]
