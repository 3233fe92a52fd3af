"""The journal, the revision counters, and the answers kept for repeated requests."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base


class PlanRevision(Base):
    """One counter for each plan, locked from its rise to the commit, so that its order is the commit order."""

    __tablename__ = "plan_revision"
    __table_args__ = (CheckConstraint("value >= 0", name="value"),)

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class DirectoryRevision(Base):
    """The counter of people, agencies and groups: one row."""

    __tablename__ = "directory_revision"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"), CheckConstraint("value >= 0", name="value"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class JournalEntry(Base):
    """Who changed what, when: before and after of the changed fields. Append-only in the database itself.

    `written_at` and `digest` are the database's own: when it wrote the entry, and a digest of it and of the one before (ADR 26).
    """

    __tablename__ = "journal"
    __table_args__ = (
        CheckConstraint("num_nonnulls(revision, directory_revision) = 1", name="one_revision"),
        CheckConstraint("(plan_id IS NULL) = (revision IS NULL)", name="plan_with_revision"),
        # An entry is in one of these two, so that a post pays for one.
        Index("ix_journal_plan_id_revision", "plan_id", "revision", "id", postgresql_where=text("plan_id IS NOT NULL")),
        Index(
            "ix_journal_directory_revision",
            "directory_revision",
            "id",
            postgresql_where=text("directory_revision IS NOT NULL"),
        ),
        Index("ix_journal_object_id", "object_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan.id"))
    revision: Mapped[int | None] = mapped_column(BigInteger)
    directory_revision: Mapped[int | None] = mapped_column(BigInteger)
    request_id: Mapped[str]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    partner_token_id: Mapped[UUID | None] = mapped_column(ForeignKey("partner_token.id"))
    actor_name: Mapped[str]
    object_type: Mapped[str]
    object_id: Mapped[UUID]
    verb: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    written_at: Mapped[datetime | None]
    digest: Mapped[bytes | None] = mapped_column(LargeBinary)


class JournalRedaction(Base):
    """Words that were removed from an entry: digests of what it was and of what it became. Only the database writes here (ADR 26)."""

    __tablename__ = "journal_redaction"
    __table_args__ = (Index("ix_journal_redaction_entry_id", "entry_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    entry_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    was: Mapped[bytes] = mapped_column(LargeBinary)
    becomes: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[bytes] = mapped_column(LargeBinary)


class JournalEnd(Base):
    """Of each chain of the journal how many entries it has, and the digest of the last. Only the database writes here (ADR 26).

    `chain` is the plan's id; of the directory, the id that is nobody's (all zeros).
    """

    __tablename__ = "journal_end"

    chain: Mapped[UUID] = mapped_column(primary_key=True)
    entries: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[bytes] = mapped_column(LargeBinary)


class IdempotencyKey(Base):
    """A creating request and its answer, in the same transaction as what it created (API 4)."""

    __tablename__ = "idempotency_key"
    __table_args__ = (Index("ix_idempotency_key_created_at", "created_at"),)

    scope: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    body_hash: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    status: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    location: Mapped[str | None]
    etag: Mapped[str | None]
