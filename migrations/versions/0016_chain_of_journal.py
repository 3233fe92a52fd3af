"""Every entry of the journal carries a digest of itself and of the one before it, made by the database (ADR 26).

It only adds, so the release before this one works on: its entries are chained too.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

TIME = sa.DateTime(timezone=True)

# What may be taken out for good, and what may never change. `api/backup/chain.py` reckons the same without these functions. They have
# no search path of their own, so that they cost no call: they are used by functions that have one.
WORDS = """
CREATE FUNCTION journal_words(before jsonb, after jsonb, actor_name text) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(before, after, actor_name)::text, 'UTF8'))
$$
"""
LINK = """
CREATE FUNCTION journal_link(previous bytea, words bytea, entry journal) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(coalesce(previous, ''::bytea) || words || convert_to(jsonb_build_array(
        entry.id, extract(epoch FROM entry.at), extract(epoch FROM entry.written_at), entry.plan_id, entry.revision,
        entry.directory_revision, entry.request_id, entry.account_id, entry.partner_token_id,
        entry.object_type, entry.object_id, entry.verb)::text, 'UTF8'))
$$
"""
# Whoever adds an entry: it stands at its counter's number, after all that are there; the hour is the database's; whoever is said
# to have written it may still come in. The counter is held by whoever raised it; who did not takes it here, so that no chain ever forks.
CHAIN = """
CREATE FUNCTION chain_journal() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    number bigint := coalesce(NEW.revision, NEW.directory_revision);
    counter bigint;
    raised boolean;
    refused boolean := false;
    last record;
    acting uuid := nullif(current_setting('plan.session', true), '')::uuid;
BEGIN
    IF num_nonnulls(NEW.revision, NEW.directory_revision) <> 1 OR (NEW.plan_id IS NULL) <> (NEW.revision IS NULL) THEN
        RETURN NEW; -- The table's own constraints refuse it.
    END IF;
    IF NEW.plan_id IS NOT NULL THEN
        SELECT value, xmin = pg_current_xact_id()::xid INTO counter, raised FROM plan_revision WHERE plan_id = NEW.plan_id;
        IF NOT raised THEN
            SELECT value INTO counter FROM plan_revision WHERE plan_id = NEW.plan_id FOR NO KEY UPDATE;
        END IF;
        SELECT id, revision AS number, digest INTO last FROM journal WHERE plan_id = NEW.plan_id
            ORDER BY plan_id, revision DESC, id DESC LIMIT 1;
    ELSE
        SELECT value, xmin = pg_current_xact_id()::xid INTO counter, raised FROM directory_revision;
        IF NOT raised THEN
            SELECT value INTO counter FROM directory_revision FOR NO KEY UPDATE;
        END IF;
        SELECT id, directory_revision AS number, digest INTO last FROM journal WHERE directory_revision IS NOT NULL
            ORDER BY directory_revision DESC, id DESC LIMIT 1;
    END IF;
    IF counter IS NULL AND NOT EXISTS (SELECT FROM plan WHERE id = NEW.plan_id) THEN
        RETURN NEW; -- And its keys this.
    END IF;
    IF counter IS NULL OR number > counter OR last.number > number OR last.id >= NEW.id THEN
        RAISE EXCEPTION 'An entry of the journal stands at its counter''s number, after all that are there'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- What this very transaction has ended was there when it began.
    IF acting IS NOT NULL THEN
        refused := NOT EXISTS (SELECT FROM session WHERE id = acting AND account_id = NEW.account_id
            AND (ended_at IS NULL OR xmin = pg_current_xact_id()::xid));
    ELSIF NEW.partner_token_id IS NOT NULL THEN
        refused := EXISTS (SELECT FROM partner_token WHERE id = NEW.partner_token_id AND revoked_at IS NOT NULL);
    ELSIF NEW.account_id IS NOT NULL THEN
        refused := EXISTS (SELECT FROM account WHERE id = NEW.account_id AND disabled_at IS NOT NULL);
    END IF;
    IF refused THEN
        RAISE EXCEPTION 'Whoever writes this may no longer come in' USING ERRCODE = 'PLN01';
    END IF;
    NEW.written_at := clock_timestamp();
    NEW.digest := journal_link(last.digest, journal_words(NEW.before, NEW.after, NEW.actor_name), NEW);
    RETURN NEW;
END $$
"""
# Only redact_journal() gets here, and the owner by the same door (refuse_journal_change): what was taken out is kept as a digest,
# so that a removal is told apart from tampering.
NOTE = """
CREATE FUNCTION note_redaction() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    was bytea := journal_words(OLD.before, OLD.after, OLD.actor_name);
    becomes bytea := journal_words(NEW.before, NEW.after, NEW.actor_name);
    now timestamptz := clock_timestamp();
    last bytea;
BEGIN
    IF to_jsonb(NEW) - '{before,after,actor_name}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{before,after,actor_name}'::text[] THEN
        RAISE EXCEPTION 'Only words are ever taken out of the journal' USING ERRCODE = 'insufficient_privilege';
    END IF;
    LOCK TABLE journal_redaction IN SHARE ROW EXCLUSIVE MODE;
    SELECT digest INTO last FROM journal_redaction ORDER BY id DESC LIMIT 1;
    INSERT INTO journal_redaction (entry_id, at, was, becomes, digest) VALUES (OLD.id, now, was, becomes, sha256(
        coalesce(last, ''::bytea) || was || becomes
        || convert_to(jsonb_build_array(OLD.id, extract(epoch FROM now))::text, 'UTF8')));
    RETURN NEW;
END $$
"""
GUARD = """
CREATE FUNCTION refuse_redaction_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was taken out of the journal is kept: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$
"""
# Entries of before, in the order in which they were written. Nobody knows when the database wrote them.
CHAIN_THOSE_THERE = """
DO $$ DECLARE
    entry journal;
    chain uuid;
    previous bytea;
BEGIN
    PERFORM set_config('plan.redacting', 'yes', true);
    FOR entry IN SELECT * FROM journal ORDER BY plan_id NULLS FIRST, coalesce(revision, directory_revision), id LOOP
        IF chain IS DISTINCT FROM entry.plan_id THEN
            previous := NULL;
        END IF;
        chain := entry.plan_id;
        previous := journal_link(previous, journal_words(entry.before, entry.after, entry.actor_name), entry);
        UPDATE journal SET digest = previous WHERE id = entry.id;
    END LOOP;
    PERFORM set_config('plan.redacting', 'no', true);
END $$
"""
# Whoever made a system's token has claimed what the system did, so they do not sign it off.
CLAIMS = """
UPDATE action SET claimed_by_account_id = made.account_id
FROM (
    SELECT DISTINCT ON (action_id) action_id, partner_token_id FROM progress_update
    WHERE claim IS NOT NULL AND withdrawn_at IS NULL ORDER BY action_id, posted_at DESC, id DESC
) AS said JOIN journal AS made ON made.object_id = said.partner_token_id AND made.verb = 'created'
WHERE said.action_id = action.id AND action.status = 'delivered'
AND action.claimed_by_account_id IS NULL AND action.claimed_by_person_id IS NULL
"""
# The last entry of a chain is found by these, and they serve whatever the shorter ones did: a post pays for one as before.
INDEXES = {
    "ix_journal_plan_id_revision": (["plan_id", "revision"], "plan_id IS NOT NULL"),
    "ix_journal_directory_revision": (["directory_revision"], "directory_revision IS NOT NULL"),
}


def upgrade() -> None:
    """Chain what is there, and let the database chain what comes."""
    op.execute("LOCK TABLE journal IN SHARE ROW EXCLUSIVE MODE")
    op.add_column("journal", sa.Column("written_at", TIME, nullable=True))
    op.add_column("journal", sa.Column("digest", sa.LargeBinary(), nullable=True))
    op.create_table(
        "journal_redaction",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("was", sa.LargeBinary(), nullable=False),
        sa.Column("becomes", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_redaction")),
    )
    op.create_index("ix_journal_redaction_entry_id", "journal_redaction", ["entry_id", "id"], unique=False)
    op.execute("GRANT SELECT ON journal_redaction TO plan_web")
    _index_again(longer=True)
    for function in (WORDS, LINK, CHAIN, NOTE, GUARD, CHAIN_THOSE_THERE, CLAIMS):
        op.execute(function)
    op.execute("CREATE TRIGGER journal_chain BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION chain_journal()")
    op.execute(
        "CREATE TRIGGER journal_redaction_noted BEFORE UPDATE ON journal FOR EACH ROW EXECUTE FUNCTION note_redaction()"
    )
    op.execute(
        "CREATE TRIGGER journal_redaction_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_redaction "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_redaction_change()"
    )


def _index_again(*, longer: bool) -> None:
    for name, (columns, where) in INDEXES.items():
        op.drop_index(name, "journal")
        op.create_index(name, "journal", [*columns, *(["id"] if longer else [])], postgresql_where=sa.text(where))


def downgrade() -> None:
    """Drop it all. Lost: the chain, what it kept of removals, and when the database wrote each entry; an upgrade chains anew."""
    op.execute("DROP TRIGGER journal_chain ON journal")
    op.execute("DROP TRIGGER journal_redaction_noted ON journal")
    op.drop_table("journal_redaction")
    for function in (
        "chain_journal()",
        "note_redaction()",
        "refuse_redaction_change()",
        "journal_link(bytea, bytea, journal)",
        "journal_words(jsonb, jsonb, text)",
    ):
        op.execute(f"DROP FUNCTION {function}")
    _index_again(longer=False)
    op.drop_column("journal", "digest")
    op.drop_column("journal", "written_at")
