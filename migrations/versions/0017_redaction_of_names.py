"""Removing words of people, agencies, groups, accounts and systems from the journal and the audit too (DOMAIN 9, ADR 27)."""

from alembic import op

revision = "0017"
down_revision = "0016"

# What redact_journal() may clean of any entry, and what of a plan's and its objectives', since migration 0012.
OF_ANY = (
    "text,next_step,impact,evidence,question,reason,text_printed,by_whom_printed,by_when,by_when_printed,printed,date,places,"
    "notes,status_reason,email,new_email,aliases,by_whom,note,answer"
)
OF_PLAN = (
    "heading,partnership,name,title,owner_printed,priority,service_team,starts_printed,review_dates,summary,rating_key,"
    "glossary,short_title,lead_printed"
)
# Names of the directory: in entries about it, and where others repeat them (joined, handed over, entered for somebody).
OF_DIRECTORY = "name,post,short_name,other,successor,passkey,of"
OF_HOLDERS = "joined,into,from,to,author_name,author_agency,entered_by_name,acknowledged_by_name,via"
# A phrase may go from names, all words of a name never: who did something is known for ever.
REDACT_JOURNAL = f"""
CREATE OR REPLACE FUNCTION redact_journal(objects uuid[], members text[], pattern text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    touched bigint;
    signed bigint := 0;
    of_any text[] := ARRAY(SELECT unnest(members) INTERSECT SELECT unnest('{{{OF_ANY}}}'::text[]));
    of_part text[] := ARRAY(SELECT unnest(members) INTERSECT SELECT unnest('{{{OF_ANY},{OF_HOLDERS}}}'::text[]));
    of_plan text[] := ARRAY(SELECT unnest(members) INTERSECT SELECT unnest('{{{OF_ANY},{OF_HOLDERS},{OF_PLAN}}}'::text[]));
    of_directory text[] := ARRAY(
        SELECT unnest(members) INTERSECT SELECT unnest('{{{OF_ANY},{OF_HOLDERS},{OF_DIRECTORY}}}'::text[])
    );
BEGIN
    -- Whoever runs it: only what holds words, never a status, a rating or a day.
    PERFORM set_config('plan.redacting', 'yes', true);
    UPDATE journal SET before = clean.before, after = clean.after
    FROM (
        SELECT entry.id, redacted_members(entry.before, words.members, pattern) AS before,
            redacted_members(entry.after, words.members, pattern) AS after
        FROM journal AS entry, LATERAL (
            SELECT CASE WHEN pattern IS NULL THEN of_any
                WHEN entry.object_type IN ('plan', 'objective') THEN of_plan
                WHEN entry.object_type IN ('action', 'update') THEN of_part
                ELSE of_directory END AS members
        ) AS words
        WHERE entry.object_id = ANY (objects)
        AND (pattern IS NOT NULL OR (entry.verb <> 'redacted' AND entry.object_type NOT IN ('plan', 'objective')))
    ) AS clean
    WHERE clean.id = journal.id
    AND (clean.before IS DISTINCT FROM journal.before OR clean.after IS DISTINCT FROM journal.after);
    GET DIAGNOSTICS touched = ROW_COUNT;
    -- The name under which these accounts and systems did what they did, where it is asked for.
    IF 'actor_name' = ANY (members) AND pattern IS NOT NULL THEN
        UPDATE journal SET actor_name = regexp_replace(actor_name, pattern, '[removed]', 'g')
        WHERE (account_id = ANY (objects) OR partner_token_id = ANY (objects)) AND actor_name ~ pattern;
        GET DIAGNOSTICS signed = ROW_COUNT;
    END IF;
    PERFORM set_config('plan.redacting', 'no', true);
    RETURN touched + signed;
END $$
"""
OLD_REDACT_JOURNAL = f"""
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
# The same door for the audit, which keeps under which name somebody signed in.
GUARD_OF_AUDIT = """
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('plan.redacting', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The audit is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$
"""
OLD_GUARD_OF_AUDIT = """
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$
"""
REDACT_AUDIT = """
CREATE FUNCTION redact_audit(actors uuid[], pattern text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    touched bigint;
BEGIN
    PERFORM set_config('plan.redacting', 'yes', true);
    UPDATE audit_event SET actor_name = regexp_replace(actor_name, pattern, '[removed]', 'g')
    WHERE (account_id = ANY (actors) OR partner_token_id = ANY (actors)) AND actor_name ~ pattern;
    GET DIAGNOSTICS touched = ROW_COUNT;
    PERFORM set_config('plan.redacting', 'no', true);
    RETURN touched;
END $$
"""


def upgrade() -> None:
    """Let the functions clean names; of a name only a phrase, never all of it unseen."""
    for statement in (REDACT_JOURNAL, GUARD_OF_AUDIT, REDACT_AUDIT):
        op.execute(statement)
    op.execute("REVOKE ALL ON FUNCTION redact_audit(uuid[], text) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION redact_audit(uuid[], text) TO plan_web")
    op.execute("GRANT UPDATE (said_by_name) ON people_apart TO plan_web")


def downgrade() -> None:
    """The functions as they were."""
    op.execute("REVOKE UPDATE (said_by_name) ON people_apart FROM plan_web")
    op.execute("DROP FUNCTION redact_audit(uuid[], text)")
    op.execute(OLD_GUARD_OF_AUDIT)
    op.execute(OLD_REDACT_JOURNAL)
