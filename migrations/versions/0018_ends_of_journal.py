"""What the last entry of each chain of the journal is, and how many there are, kept beside it: an end that is cut off shows (ADR 26).

It only adds, so the release before this one works on: the database keeps it for whoever writes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

# A chain is a plan's, by its id, or the directory's, by the id that is nobody's.
CHAIN = "coalesce(plan_id, '00000000-0000-0000-0000-000000000000')"
# Once a statement, after its entries are chained; their counter is held. As its owner: the web role writes no ends.
NOTE = f"""
CREATE FUNCTION note_journal_end() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO journal_end AS known (chain, entries, digest)
    SELECT {CHAIN}, count(*), (array_agg(digest ORDER BY id DESC))[1] FROM added GROUP BY 1 ORDER BY 1
    ON CONFLICT (chain) DO UPDATE SET entries = known.entries + excluded.entries, digest = excluded.digest;
    RETURN NULL;
END $$
"""
NOTE_THOSE_THERE = f"""
INSERT INTO journal_end (chain, entries, digest)
SELECT {CHAIN}, count(*), (array_agg(digest ORDER BY coalesce(revision, directory_revision) DESC, id DESC))[1]
FROM journal GROUP BY 1
"""


def upgrade() -> None:
    """Note the ends that are there, and let the database note those that come."""
    op.execute("LOCK TABLE journal IN SHARE ROW EXCLUSIVE MODE")
    op.create_table(
        "journal_end",
        sa.Column("chain", sa.Uuid(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_journal_end")),
    )
    # Changed with every post, in its own place.
    op.execute("ALTER TABLE journal_end SET (fillfactor = 10)")
    op.execute("GRANT SELECT ON journal_end TO plan_web")
    op.execute(NOTE)
    op.execute(NOTE_THOSE_THERE)
    op.execute(
        "CREATE TRIGGER journal_end_noted AFTER INSERT ON journal REFERENCING NEW TABLE AS added "
        "FOR EACH STATEMENT EXECUTE FUNCTION note_journal_end()"
    )


def downgrade() -> None:
    """Drop it. Lost: what the ends were; an upgrade takes those that it finds."""
    op.execute("DROP TRIGGER journal_end_noted ON journal")
    op.execute("DROP FUNCTION note_journal_end()")
    op.drop_table("journal_end")
