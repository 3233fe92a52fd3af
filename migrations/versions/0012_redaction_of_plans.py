"""Removing words of a plan's own settings and of its objectives from the journal too (DOMAIN 9)."""

from alembic import op

revision = "0012"
down_revision = "0011"

# What redact_journal() may clean of any entry since migration 0011, and what of a plan's and its objectives' only: there
# `name` is the plan's name, elsewhere it is a person's.
OF_ANY = (
    "text,next_step,impact,evidence,question,reason,text_printed,by_whom_printed,by_when,by_when_printed,printed,date,places,"
    "notes,status_reason,email,new_email,aliases,by_whom,note,answer"
)
OF_PLAN = (
    "heading,partnership,name,title,owner_printed,priority,service_team,starts_printed,review_dates,summary,rating_key,"
    "glossary,short_title,lead_printed"
)
# A plan and its objectives lose a phrase, never all of their words.
REDACT_JOURNAL = f"""
CREATE OR REPLACE FUNCTION redact_journal(objects uuid[], members text[], pattern text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    touched bigint;
    of_any text[] := ARRAY(SELECT unnest(members) INTERSECT SELECT unnest('{{{OF_ANY}}}'::text[]));
    of_plan text[] := ARRAY(SELECT unnest(members) INTERSECT SELECT unnest('{{{OF_ANY},{OF_PLAN}}}'::text[]));
BEGIN
    -- Whoever runs it: only what holds words, never a status, a rating or a day.
    PERFORM set_config('plan.redacting', 'yes', true);
    UPDATE journal SET before = clean.before, after = clean.after
    FROM (
        SELECT entry.id, redacted_members(entry.before, words.members, pattern) AS before,
            redacted_members(entry.after, words.members, pattern) AS after
        FROM journal AS entry, LATERAL (
            SELECT CASE WHEN entry.object_type IN ('plan', 'objective') THEN of_plan ELSE of_any END AS members
        ) AS words
        WHERE entry.object_id = ANY (objects)
        AND (pattern IS NOT NULL OR (entry.verb <> 'redacted' AND entry.object_type NOT IN ('plan', 'objective')))
    ) AS clean
    WHERE clean.id = journal.id
    AND (clean.before IS DISTINCT FROM journal.before OR clean.after IS DISTINCT FROM journal.after);
    GET DIAGNOSTICS touched = ROW_COUNT;
    PERFORM set_config('plan.redacting', 'no', true);
    RETURN touched;
END $$
"""
OLD_REDACT_JOURNAL = f"""
CREATE OR REPLACE FUNCTION redact_journal(objects uuid[], members text[], pattern text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    touched bigint;
BEGIN
    -- Whoever runs it: only what holds words, never a status, a rating or a day.
    members := ARRAY(SELECT unnest(members) INTERSECT SELECT unnest('{{{OF_ANY}}}'::text[]));
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


def upgrade() -> None:
    """Let the function clean what a plan and its objectives say."""
    op.execute(REDACT_JOURNAL)


def downgrade() -> None:
    """The function as it was."""
    op.execute(OLD_REDACT_JOURNAL)
