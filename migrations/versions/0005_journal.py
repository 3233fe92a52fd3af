"""The journal, the revision counters, the answers kept for repeats."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "directory_revision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_directory_revision_one_row")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_directory_revision_value")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_revision")),
    )
    op.create_table(
        "idempotency_key",
        sa.Column("scope", sa.LargeBinary(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_idempotency_key")),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=True),
        sa.Column("directory_revision", sa.BigInteger(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("object_type", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=True),
        sa.Column("after", postgresql.JSONB(), nullable=True),
        sa.CheckConstraint("(plan_id IS NULL) = (revision IS NULL)", name=op.f("ck_journal_plan_with_revision")),
        sa.CheckConstraint("num_nonnulls(revision, directory_revision) = 1", name=op.f("ck_journal_one_revision")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_journal_account_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_journal_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_table(
        "plan_revision",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_plan_revision_value")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_revision_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan_revision")),
        info={"fillfactor": 50},
    )
    op.create_index("ix_idempotency_key_created_at", "idempotency_key", ["created_at"], unique=False)
    op.create_index(
        "ix_journal_directory_revision",
        "journal",
        ["directory_revision"],
        unique=False,
        postgresql_where=sa.text("directory_revision IS NOT NULL"),
    )
    op.create_index("ix_journal_object_id", "journal", ["object_id", "id"], unique=False)
    op.create_index(
        "ix_journal_plan_id_revision",
        "journal",
        ["plan_id", "revision"],
        unique=False,
        postgresql_where=sa.text("plan_id IS NOT NULL"),
    )
    # Plans that are there already have a counter too: without one a plan is not found.
    op.execute(
        "INSERT INTO plan_revision (plan_id, value) SELECT plan.id, coalesce(max(action.revision), 0) FROM plan"
        " LEFT JOIN action ON action.plan_id = plan.id GROUP BY plan.id"
    )


def downgrade() -> None:
    """Drop them. A plan's counter goes on from its actions' after an upgrade.

    Lost: the journal and all that only it tells of what later migrations keep, and the answers kept for repeats.
    """
    op.drop_table("plan_revision")
    op.drop_table("journal")
    op.drop_table("idempotency_key")
    op.drop_table("directory_revision")
