"""Editing the plan where it is read: removal, numbers that move, names that change, updates that are corrected, and the words that it shortens (DOMAIN 3 and 6)."""

from typing import Any

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
UPDATES = sa.table(
    "progress_update",
    *(sa.column(name, sa.Text()) for name in ("text", "next_step", "impact")),
    sa.column("id", sa.Uuid()), sa.column("evidence", JSONB()), sa.column("corrected_at", TIME),
)  # fmt: skip
WORDINGS = sa.table(
    "update_wording",
    *(sa.column(name, sa.Text()) for name in ("text", "next_step", "impact", "replaced_by_name")),
    sa.column("update_id", sa.Uuid()), sa.column("position", sa.Integer()), sa.column("evidence", JSONB()),
    sa.column("replaced_at", TIME),
)  # fmt: skip
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
# The number in the seed file: the first that the journal says it was moved from, else the one it has.
SEEDED_NUMBER = """
UPDATE {table} SET seeded_number = first.number
FROM (SELECT id, number, row_number() OVER (PARTITION BY plan_id, number ORDER BY created_at, id) AS nth
      FROM (SELECT {table}.id, {table}.plan_id, {table}.created_at, coalesce((
                SELECT before ->> 'number' FROM journal WHERE object_id = {table}.id AND before ? 'number'
                ORDER BY journal.id LIMIT 1
            ), {now}) AS number
            FROM {tables} WHERE {table}.seeded IS NOT NULL) AS each) AS first
WHERE first.id = {table}.id AND first.nth = 1
"""
# The words of the paper: those it was made with, or those that were changed first.
TEXT_PRINTED = """
UPDATE objective SET text_printed = coalesce(
    (SELECT after ->> 'text' FROM journal WHERE object_id = objective.id AND verb = 'created' ORDER BY journal.id LIMIT 1),
    (SELECT before ->> 'text' FROM journal WHERE object_id = objective.id AND before ? 'text' ORDER BY journal.id LIMIT 1),
    text
)
"""
LAST_TOLD = """
UPDATE {table} SET {column} = {value}
FROM (SELECT DISTINCT ON (object_id) object_id, after -> '{column}' AS value FROM journal
      WHERE object_type = '{table}' AND after ? '{column}' ORDER BY object_id, id DESC) AS told
WHERE told.object_id = {table}.id
"""
# What was removed last of all that was done with it, and has nothing in it since.
REMOVED = """
UPDATE {table} SET position = NULL, removed_at = told.at
FROM (SELECT DISTINCT ON (object_id) object_id, at, verb FROM journal WHERE object_type = '{table}' ORDER BY object_id, id DESC) AS told
WHERE told.object_id = {table}.id AND told.verb = 'removed' AND NOT EXISTS ({since})
"""
SINCE = {
    "action": "SELECT FROM progress_update WHERE action_id = action.id AND posted_at > told.at",
    "objective": "SELECT FROM action WHERE objective_id = objective.id AND position IS NOT NULL",
}
WORDS = ("text", "next_step", "impact", "evidence")
CORRECTED = "SELECT object_id, at, actor_name, before FROM journal WHERE object_type = 'update' AND verb = 'corrected' ORDER BY id DESC"


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
    op.execute(TEXT_PRINTED)
    op.alter_column("objective", "text_printed", nullable=False)
    op.execute(SEEDED_NUMBER.format(table="objective", tables="objective", now="position::text"))
    both = "action JOIN objective ON objective.id = action.objective_id"
    op.execute(SEEDED_NUMBER.format(table="action", tables=both, now="objective.position || '.' || action.position"))
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
    _bring_back()


def _bring_back() -> None:
    """What a downgrade took and the journal tells; before the first upgrade it tells nothing of all this."""
    op.execute(LAST_TOLD.format(table="plan", column="glossary", value="told.value"))
    op.execute(LAST_TOLD.format(table="action", column="by_whom", value="told.value #>> '{}'"))
    for table in ("action", "objective"):
        op.execute(REMOVED.format(table=table, since=SINCE[table]))
    connection = op.get_bind()
    corrections: dict[Any, list[Any]] = {}
    for entry in connection.execute(sa.text(CORRECTED)):
        corrections.setdefault(entry.object_id, []).append(entry)
    for update_id, entries in corrections.items():
        _write_wordings(connection, update_id, entries)


def _write_wordings(connection: sa.Connection, update_id: Any, entries: list[Any]) -> None:
    """The earlier wordings of an update, from its words as they stand, turned back by its corrections, newest first."""
    found = connection.execute(UPDATES.select().where(UPDATES.c.id == update_id)).one_or_none()
    if found is None:
        return
    words = {name: getattr(found, name) for name in WORDS}
    corrected = sa.update(UPDATES).where(UPDATES.c.id == update_id).values(corrected_at=entries[0].at)
    connection.execute(corrected)
    for place, entry in enumerate(entries):
        words |= {name: value for name, value in entry.before.items() if name in WORDS}
        replaced = {"replaced_at": entry.at, "replaced_by_name": entry.actor_name}
        row = {"update_id": update_id, "position": len(entries) - place, **words, **replaced}
        connection.execute(WORDINGS.insert().values(row))


def downgrade() -> None:
    """Drop them. What was removed comes back at the end of its objective, or of its plan.

    Nothing is lost but the ids of earlier wordings: after an upgrade the journal tells the glossary, the words for the people on an
    action, the words and numbers of the paper, what was removed, and what updates said before they were corrected.
    """
    op.execute(REDACT_JOURNAL % OLD_MEMBERS)
    op.drop_table("update_wording")
    op.drop_column("progress_update", "corrected_at")
    op.drop_column("plan", "glossary")
    op.drop_column("objective", "text_printed")
    op.drop_column("action", "by_whom")
    for table, inside in (("objective", "plan_id"), ("action", "objective_id")):
        op.drop_constraint(op.f(f"ck_{table}_removed_has_no_number"), table)
        op.execute(
            f"UPDATE {table} SET position = last.position + back.place FROM"
            f" (SELECT id, row_number() OVER (PARTITION BY {inside} ORDER BY removed_at, id) AS place FROM {table}"
            "  WHERE position IS NULL) AS back,"
            f" (SELECT {inside}, coalesce(max(position), 0) AS position FROM {table} GROUP BY {inside}) AS last"
            f" WHERE back.id = {table}.id AND last.{inside} = {table}.{inside}"
        )
        op.drop_constraint(op.f(f"uq_{table}_plan_id_seeded_number"), table)
        op.drop_column(table, "seeded_number")
        op.drop_column(table, "removed_at")
        op.alter_column(table, "position", nullable=False)
