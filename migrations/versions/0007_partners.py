"""Partner systems and their tokens, updates that were withdrawn, and kept answers that are always whole (API 4, 7.3, 10)."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

# Updates that the journal says were withdrawn, as after a downgrade.
WITHDRAWN = """
UPDATE progress_update SET withdrawn_at = told.at, withdrawn_by_name = told.actor_name,
    withdrawn_reason = coalesce(told.after ->> 'reason', '')
FROM (SELECT DISTINCT ON (object_id) object_id, at, actor_name, after FROM journal
      WHERE object_type = 'update' AND verb = 'withdrawn' ORDER BY object_id, id DESC) AS told
WHERE told.object_id = progress_update.id
"""


def upgrade() -> None:
    """Make the table, and the columns that say what came through a partner's system and what was withdrawn."""
    op.create_table(
        "partner_token",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("ck_partner_token_name_not_blank")),
        sa.CheckConstraint("cardinality(scopes) > 0", name=op.f("ck_partner_token_has_scopes")),
        sa.CheckConstraint(
            "scopes <@ ARRAY['plan:read', 'changes:read', 'updates:write', 'export:read']",
            name=op.f("ck_partner_token_scopes"),
        ),
        sa.CheckConstraint("octet_length(secret_hash) = 32", name=op.f("ck_partner_token_secret_hash")),
        sa.CheckConstraint(
            "expires_at <= created_at + interval '366 days'", name=op.f("ck_partner_token_expires_within_a_year")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_partner_token_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_token")),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE ON partner_token TO plan_web")
    for table in ("journal", "progress_update"):
        op.add_column(table, sa.Column("partner_token_id", sa.Uuid(), nullable=True))
        op.create_foreign_key(
            op.f(f"fk_{table}_partner_token_id"), table, "partner_token", ["partner_token_id"], ["id"]
        )
    op.add_column("progress_update", sa.Column("via", sa.Text(), nullable=True))
    op.add_column("progress_update", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("progress_update", sa.Column("withdrawn_by_name", sa.Text(), nullable=True))
    op.add_column("progress_update", sa.Column("withdrawn_reason", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_progress_update_withdrawn_whole"),
        "progress_update",
        "num_nonnulls(withdrawn_at, withdrawn_by_name, withdrawn_reason) IN (0, 3)",
    )
    op.create_check_constraint(
        op.f("ck_progress_update_via_a_partner"), "progress_update", "(via IS NULL) = (partner_token_id IS NULL)"
    )
    op.execute(WITHDRAWN)
    op.execute("DELETE FROM idempotency_key WHERE status IS NULL OR body IS NULL")
    op.alter_column("idempotency_key", "status", nullable=False)
    op.alter_column("idempotency_key", "body", nullable=False)


def downgrade() -> None:
    """Take them back. Lost: the tokens, and who a partner's updates came through; their words stay.

    What was withdrawn is withdrawn again after an upgrade: the journal tells of it.
    """
    op.alter_column("idempotency_key", "body", nullable=True)
    op.alter_column("idempotency_key", "status", nullable=True)
    op.drop_constraint(op.f("ck_progress_update_via_a_partner"), "progress_update")
    op.drop_constraint(op.f("ck_progress_update_withdrawn_whole"), "progress_update")
    for column in ("withdrawn_reason", "withdrawn_by_name", "withdrawn_at", "via"):
        op.drop_column("progress_update", column)
    for table in ("journal", "progress_update"):
        op.drop_column(table, "partner_token_id")
    op.drop_table("partner_token")
