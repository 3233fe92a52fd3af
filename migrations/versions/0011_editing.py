"""Editing the plan where it is read: removal, numbers that move, names that change, updates that are corrected, and the words that it shortens (DOMAIN 3 and 6)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"

NOW = sa.text("now()")
TIME = sa.DateTime(timezone=True)

# What redact_journal() of migration 0010 may clean, and what may be cleaned from here on.
OLD_MEMBERS = (
    "text,next_step,impact,evidence,question,reason,text_printed,by_whom_printed,by_when,by_when_printed,printed,date,places,"
    "notes,status_reason,email,new_email,aliases"
)
NEW_MEMBERS = f"{OLD_MEMBERS},by_whom,note,answer"
REDACT_JOURNAL = """
CREATE OR REPLACE FUNCTION redact_journal(objects uuid[], members text[], pattern text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    touched bigint;
BEGIN
    -- Whoever runs it: only what holds words, never a status, a rating or a day.
    members := ARRAY(SELECT unnest(members) INTERSECT SELECT unnest('{%s}'::text[]));
    PERFORM set_config('plan.redacting', 'yes', true);
    UPDATE journal SET before = redacted_members(before, members, pattern), after = redacted_members(after, members, pattern)
    WHERE object_id = ANY (objects) AND (pattern IS NOT NULL OR verb <> 'redacted') AND (
        redacted_members(before, members, pattern) IS DISTINCT FROM before
        OR redacted_members(after, members, pattern) IS DISTINCT FROM after
    );
    GET DIAGNOSTICS touched = ROW_COUNT;
    PERFORM set_config('plan.redacting', 'no', true);
    RETURN touched;
END $$
"""
SEEDED_NUMBERS = (
    "UPDATE objective SET seeded_number = position::text WHERE seeded IS NOT NULL",
    (
        "UPDATE action SET seeded_number = objective.position || '.' || action.position FROM objective"
        " WHERE objective.id = action.objective_id AND action.seeded IS NOT NULL"
    ),
)


def upgrade() -> None:
    """Make the columns and the table. What is removed from a plan has no number, which frees it for another."""
    for table in ("objective", "action"):
        op.alter_column(table, "position", nullable=True)
        op.add_column(table, sa.Column("removed_at", TIME, nullable=True))
        op.add_column(table, sa.Column("seeded_number", sa.Text(), nullable=True))
        op.create_unique_constraint(op.f(f"uq_{table}_plan_id_seeded_number"), table, ["plan_id", "seeded_number"])
        op.create_check_constraint(
            op.f(f"ck_{table}_removed_has_no_number"), table, "(position IS NULL) = (removed_at IS NOT NULL)"
        )
    op.add_column("action", sa.Column("by_whom", sa.Text(), nullable=True))
    op.add_column("objective", sa.Column("text_printed", sa.Text(), nullable=True))
    op.execute("UPDATE objective SET text_printed = text")
    op.alter_column("objective", "text_printed", nullable=False)
    for statement in SEEDED_NUMBERS:
        op.execute(statement)
    op.add_column("plan", sa.Column("glossary", JSONB(), server_default=sa.text("'[]'"), nullable=False))
    op.add_column("progress_update", sa.Column("corrected_at", TIME, nullable=True))
    op.create_table(
        "update_wording",
        sa.Column("update_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("impact", sa.Text(), nullable=True),
        sa.Column("evidence", JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("replaced_at", TIME, nullable=False),
        sa.Column("replaced_by_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("created_at", TIME, server_default=NOW, nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_update_wording_position")),
        sa.ForeignKeyConstraint(["update_id"], ["progress_update.id"], name=op.f("fk_update_wording_update_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_wording")),
        sa.UniqueConstraint("update_id", "position", name=op.f("uq_update_wording_update_id_position")),
    )
    # UPDATE, because a redaction takes words out of old versions too.
    op.execute("GRANT SELECT, INSERT, UPDATE ON update_wording TO plan_web")
    op.execute(REDACT_JOURNAL % NEW_MEMBERS)


def downgrade() -> None:
    """Drop them. What was removed comes back at the end of its objective, or of its plan."""
    op.execute(REDACT_JOURNAL % OLD_MEMBERS)
    op.drop_table("update_wording")
    op.drop_column("progress_update", "corrected_at")
    op.drop_column("plan", "glossary")
    op.drop_column("objective", "text_printed")
    op.drop_column("action", "by_whom")
    for table, inside in (("objective", "plan_id"), ("action", "objective_id")):
        op.execute(
            f"UPDATE {table} SET position = last.position + back.place FROM"
            f" (SELECT id, row_number() OVER (PARTITION BY {inside} ORDER BY removed_at, id) AS place FROM {table}"
            "  WHERE position IS NULL) AS back,"
            f" (SELECT {inside}, coalesce(max(position), 0) AS position FROM {table} GROUP BY {inside}) AS last"
            f" WHERE back.id = {table}.id AND last.{inside} = {table}.{inside}"
        )
        op.drop_constraint(op.f(f"ck_{table}_removed_has_no_number"), table)
        op.drop_constraint(op.f(f"uq_{table}_plan_id_seeded_number"), table)
        op.drop_column(table, "seeded_number")
        op.drop_column(table, "removed_at")
        op.alter_column(table, "position", nullable=False)
