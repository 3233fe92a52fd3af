"""The directory: people, agencies and named groups, shared by all plans."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base, Versioned


class Agency(Versioned, Base):
    """An agency, by the name that the plan prints."""

    __tablename__ = "agency"
    __table_args__ = (
        CheckConstraint("btrim(name) <> ''", name="name_not_blank"),
        # The order of the list; without it, each page sorts all of them.
        Index("ix_agency_name_id", "name", "id"),
    )

    external_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]


class Person(Versioned, Base):
    """Somebody named in a plan. Agency is null when no plan states it (DOMAIN: true of most)."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("btrim(name) <> ''", name="name_not_blank"),
        Index("ix_person_name_id", "name", "id"),
    )

    external_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    post: Mapped[str | None]
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"), index=True)


class NamedGroup(Versioned, Base):
    """A collective as printed ("multi-agency partners"): no account, no reminder, never an agency."""

    __tablename__ = "named_group"
    __table_args__ = (CheckConstraint("btrim(name) <> ''", name="name_not_blank"),)

    external_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
