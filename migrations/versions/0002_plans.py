"""Plans and objectives."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "plan",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("partnership", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("owner_printed", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("priority", sa.Text(), nullable=True),
        sa.Column("service_team", sa.Text(), nullable=True),
        sa.Column("starts_printed", sa.Text(), nullable=False),
        sa.Column("starts_from", sa.Date(), nullable=True),
        sa.Column("starts_to", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("review_dates", sa.Text(), nullable=True),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("update_every_days", sa.Integer(), server_default=sa.text("92"), nullable=False),
        sa.Column("rating_key", postgresql.JSONB(), nullable=False),
        sa.Column("notes", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("seeded", postgresql.JSONB(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("btrim(title) <> ''", name=op.f("ck_plan_title_not_blank")),
        sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("ck_plan_slug_form")),
        sa.CheckConstraint("ends_on >= starts_from", name=op.f("ck_plan_ends_after_start")),
        sa.CheckConstraint("starts_from <= starts_to", name=op.f("ck_plan_starts_in_order")),
        sa.CheckConstraint("update_every_days BETWEEN 1 AND 3660", name=op.f("ck_plan_update_every_days_range")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_plan_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("slug", name=op.f("uq_plan_slug")),
    )
    op.create_table(
        "objective",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("short_title", sa.Text(), nullable=True),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column("lead_printed", sa.Text(), nullable=True),
        sa.Column("seeded", postgresql.JSONB(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("btrim(text) <> ''", name=op.f("ck_objective_text_not_blank")),
        sa.CheckConstraint("(lead_id IS NULL) = (lead_printed IS NULL)", name=op.f("ck_objective_lead_with_printed")),
        sa.CheckConstraint("position BETWEEN 1 AND 9999", name=op.f("ck_objective_position_range")),
        sa.ForeignKeyConstraint(["lead_id"], ["person.id"], name=op.f("fk_objective_lead_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_objective_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
        sa.UniqueConstraint("id", "plan_id", name=op.f("uq_objective_id_plan_id")),
        sa.UniqueConstraint("plan_id", "position", deferrable=True, name=op.f("uq_objective_plan_id_position")),
    )
    op.create_index(op.f("ix_objective_lead_id"), "objective", ["lead_id"], unique=False)


def downgrade() -> None:
    """Drop them. Lost: all of them; nothing that is left tells of plans and objectives."""
    op.drop_table("objective")
    op.drop_table("plan")
