"""Actions, places, dates and progress updates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "action",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("objective_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_printed", sa.Text(), nullable=False),
        sa.Column("by_whom_printed", sa.Text(), nullable=False),
        sa.Column("by_when_printed", sa.Text(), nullable=False),
        sa.Column("by_when", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_reason", sa.Text(), nullable=True),
        sa.Column("claimed_by_account_id", sa.Uuid(), nullable=True),
        sa.Column("claimed_by_person_id", sa.Uuid(), nullable=True),
        sa.Column("claimed_by_lead", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("updates_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("latest_update_id", sa.Uuid(), nullable=True),
        sa.Column("rating_update_id", sa.Uuid(), nullable=True),
        sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("notes", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("seeded", postgresql.JSONB(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN kind IN ('date', 'month', 'quarter', 'season', 'year') THEN first_on IS NOT NULL AND last_on IS NOT NULL AND first_on <= last_on ELSE first_on IS NULL AND last_on IS NULL END",
            name=op.f("ck_action_period"),
        ),
        sa.CheckConstraint("btrim(text) <> ''", name=op.f("ck_action_text_not_blank")),
        sa.CheckConstraint(
            "kind IN ('date', 'season', 'month', 'quarter', 'year', 'ongoing', 'to_be_confirmed', 'not_given', 'status_in_date_column')",
            name=op.f("ck_action_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('not_reported', 'not_started', 'in_progress', 'delivered', 'complete', 'on_hold', 'business_as_usual', 'carried_forward', 'withdrawn')",
            name=op.f("ck_action_status"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('on_hold', 'business_as_usual', 'carried_forward', 'withdrawn') OR status_reason IS NOT NULL",
            name=op.f("ck_action_status_reason"),
        ),
        sa.CheckConstraint("position BETWEEN 1 AND 9999", name=op.f("ck_action_position_range")),
        sa.CheckConstraint("updates_count >= 0", name=op.f("ck_action_updates_count")),
        sa.ForeignKeyConstraint(
            ["claimed_by_account_id"], ["account.id"], name=op.f("fk_action_claimed_by_account_id")
        ),
        sa.ForeignKeyConstraint(["claimed_by_person_id"], ["person.id"], name=op.f("fk_action_claimed_by_person_id")),
        sa.ForeignKeyConstraint(
            ["objective_id", "plan_id"],
            ["objective.id", "objective.plan_id"],
            name=op.f("fk_action_objective_id_plan_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("objective_id", "position", deferrable=True, name=op.f("uq_action_objective_id_position")),
    )
    op.create_table(
        "date_entry",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("by_account_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN kind IN ('date', 'month', 'quarter', 'season', 'year') THEN first_on IS NOT NULL AND last_on IS NOT NULL AND first_on <= last_on ELSE first_on IS NULL AND last_on IS NULL END",
            name=op.f("ck_date_entry_period"),
        ),
        sa.CheckConstraint(
            "kind IN ('date', 'season', 'month', 'quarter', 'year', 'ongoing', 'to_be_confirmed', 'not_given', 'status_in_date_column')",
            name=op.f("ck_date_entry_kind"),
        ),
        sa.CheckConstraint(
            "position = 0 OR (reason IS NOT NULL AND by_name IS NOT NULL)", name=op.f("ck_date_entry_moved_with_reason")
        ),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_date_entry_action_id")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_date_entry_by_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_entry")),
        sa.UniqueConstraint("action_id", "position", name=op.f("uq_date_entry_action_id_position")),
    )
    op.create_table(
        "place",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("ck_place_name_not_blank")),
        sa.CheckConstraint("num_nonnulls(person_id, group_id, agency_id) = 1", name=op.f("ck_place_one_of_three")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_place_action_id")),
        sa.ForeignKeyConstraint(["group_id"], ["named_group.id"], name=op.f("fk_place_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_place_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("action_id", "group_id", name=op.f("uq_place_action_id_group_id")),
        sa.UniqueConstraint("action_id", "agency_id", name=op.f("uq_place_action_id_agency_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_place_agency_id")),
        sa.UniqueConstraint("action_id", "person_id", name=op.f("uq_place_action_id_person_id")),
        sa.UniqueConstraint("action_id", "position", deferrable=True, name=op.f("uq_place_action_id_position")),
    )
    op.create_table(
        "progress_update",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rating", sa.Text(), nullable=True),
        sa.Column("previous_rating", sa.Text(), nullable=True),
        sa.Column("claim", sa.Text(), nullable=True),
        sa.Column("no_change", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("impact", sa.Text(), nullable=True),
        sa.Column("evidence", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("author_account_id", sa.Uuid(), nullable=True),
        sa.Column("author_person_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("author_agency", sa.Text(), nullable=True),
        sa.Column("entered_by_account_id", sa.Uuid(), nullable=True),
        sa.Column("entered_by_name", sa.Text(), nullable=True),
        sa.Column("acknowledgement", sa.Text(), nullable=True),
        sa.Column("acknowledged_by_account_id", sa.Uuid(), nullable=True),
        sa.Column("acknowledged_by_name", sa.Text(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(acknowledgement IS NOT DISTINCT FROM 'returned') = (question IS NOT NULL)",
            name=op.f("ck_progress_update_returned_with_question"),
        ),
        sa.CheckConstraint(
            "(acknowledgement IS NOT NULL AND acknowledgement <> 'waiting') = (acknowledged_at IS NOT NULL)",
            name=op.f("ck_progress_update_acknowledged_when"),
        ),
        sa.CheckConstraint(
            "acknowledgement IN ('waiting', 'acknowledged', 'returned')",
            name=op.f("ck_progress_update_acknowledgement"),
        ),
        sa.CheckConstraint(
            "char_length(text) BETWEEN 1 AND 4000 AND btrim(text) <> ''", name=op.f("ck_progress_update_text_length")
        ),
        sa.CheckConstraint("claim = 'delivered'", name=op.f("ck_progress_update_claim")),
        sa.CheckConstraint(
            "jsonb_typeof(evidence) = 'array' AND jsonb_array_length(evidence) <= 10",
            name=op.f("ck_progress_update_evidence"),
        ),
        sa.CheckConstraint("rating IN ('R', 'A', 'G')", name=op.f("ck_progress_update_rating")),
        sa.CheckConstraint("char_length(impact) BETWEEN 1 AND 2000", name=op.f("ck_progress_update_impact_length")),
        sa.CheckConstraint(
            "char_length(next_step) BETWEEN 1 AND 1000", name=op.f("ck_progress_update_next_step_length")
        ),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_account_id"], ["account.id"], name=op.f("fk_progress_update_acknowledged_by_account_id")
        ),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_progress_update_action_id")),
        sa.ForeignKeyConstraint(
            ["author_account_id"], ["account.id"], name=op.f("fk_progress_update_author_account_id")
        ),
        sa.ForeignKeyConstraint(["author_person_id"], ["person.id"], name=op.f("fk_progress_update_author_person_id")),
        sa.ForeignKeyConstraint(
            ["entered_by_account_id"], ["account.id"], name=op.f("fk_progress_update_entered_by_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_update")),
    )
    op.create_index("ix_action_plan_id", "action", ["plan_id"], unique=False)
    op.create_index(op.f("ix_place_person_id"), "place", ["person_id"], unique=False)
    op.create_index(
        "ix_progress_update_timeline",
        "progress_update",
        ["action_id", sa.literal_column("posted_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_progress_update_waiting",
        "progress_update",
        ["action_id"],
        unique=False,
        postgresql_where=sa.text("acknowledgement = 'waiting'"),
    )
    # An action points at its updates and they at it, so these two come last.
    for column in ("latest_update_id", "rating_update_id"):
        op.create_foreign_key(op.f(f"fk_action_{column}"), "action", "progress_update", [column], ["id"])


def downgrade() -> None:
    """Drop them. Lost: all of them; nothing that is left tells of actions, places, dates and updates."""
    for column in ("latest_update_id", "rating_update_id"):
        op.drop_constraint(op.f(f"fk_action_{column}"), "action", type_="foreignkey")
    op.drop_table("progress_update")
    op.drop_table("place")
    op.drop_table("date_entry")
    op.drop_table("action")
