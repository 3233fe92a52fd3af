"""What the web role may do, and the journal's guard: append-only in the database itself (API 11.1)."""

from alembic import op

revision = "0006"
down_revision = "0005"

READ_AND_WRITE = (
    "agency, named_group, person, plan, objective, account, session, action, date_entry, progress_update, "
    "plan_revision, directory_revision"
)

MAKE_ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'plan_web') THEN
        CREATE ROLE plan_web NOLOGIN;
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'There is no role plan_web, and this role may not make one. Run as an administrator: CREATE ROLE plan_web LOGIN';
END $$
"""

GUARD = """
CREATE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The journal is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$
"""


def upgrade() -> None:
    """Give the web role what it must have and no more; the counter rows get room for in-place updates."""
    op.execute(MAKE_ROLE)
    op.execute("GRANT USAGE ON SCHEMA public TO plan_web")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {READ_AND_WRITE} TO plan_web")
    # Places are replaced as a whole, and kept answers are thrown away when they are old.
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON place, idempotency_key TO plan_web")
    op.execute("GRANT SELECT, INSERT ON journal TO plan_web")
    op.execute("GRANT SELECT ON alembic_version TO plan_web")
    op.execute(GUARD)
    op.execute(
        "CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_change()"
    )
    op.execute("INSERT INTO directory_revision (id, value) SELECT 1, coalesce(max(directory_revision), 0) FROM journal")
    op.execute("ALTER TABLE plan_revision SET (fillfactor = 10)")
    op.execute("ALTER TABLE action SET (fillfactor = 80)")
    op.execute("ALTER TABLE idempotency_key SET (fillfactor = 70)")


def downgrade() -> None:
    """Take the rights back. The role stays: other databases of the cluster may use it. Nothing is lost: the journal tells the counter."""
    op.execute("ALTER TABLE idempotency_key RESET (fillfactor)")
    op.execute("ALTER TABLE action RESET (fillfactor)")
    op.execute("ALTER TABLE plan_revision RESET (fillfactor)")
    op.execute("DROP TRIGGER journal_append_only ON journal")
    op.execute("DROP FUNCTION refuse_journal_change()")
    op.execute("DELETE FROM directory_revision")
    op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM plan_web")
    op.execute("REVOKE USAGE ON SCHEMA public FROM plan_web")
