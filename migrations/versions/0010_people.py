"""People: second factors, passkeys, links by e-mail, the directory's own columns, merges, and the audit (API 8 to 10)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"

NOW = sa.text("now()")
TIME = sa.DateTime(timezone=True)

APPEND_ONLY = """
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$
"""


# Only while redact_journal() runs; plan_web may not UPDATE the journal in any case, so this keeps the owner from a mistake.
GUARD_OF_JOURNAL = """
CREATE OR REPLACE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('plan.redacting', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The journal is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$
"""
OLD_GUARD_OF_JOURNAL = """
CREATE OR REPLACE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The journal is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$
"""
# Every string in a document loses what fits the pattern, or all of itself when there is none. An id is no words.
REDACTED = """
CREATE FUNCTION redacted(value jsonb, pattern text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    words text := value #>> '{}';
BEGIN
    IF jsonb_typeof(value) = 'array' THEN
        RETURN (SELECT coalesce(jsonb_agg(redacted(each.value, pattern) ORDER BY each.place), '[]')
            FROM jsonb_array_elements(value) WITH ORDINALITY AS each(value, place));
    ELSIF jsonb_typeof(value) = 'object' THEN
        RETURN (SELECT coalesce(jsonb_object_agg(each.key, redacted(each.value, pattern)), '{}') FROM jsonb_each(value) AS each);
    ELSIF jsonb_typeof(value) <> 'string' OR words ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
        RETURN value;
    ELSIF pattern IS NULL THEN
        RETURN to_jsonb('[removed]'::text);
    END IF;
    RETURN to_jsonb(regexp_replace(words, pattern, '[removed]', 'g'));
END $$
"""
# The named members of a document, or of each in a list; of a note its text, of a date as the seed writes it
# ([printed, kind, from, to]) the printed words.
REDACTED_MEMBERS = """
CREATE FUNCTION redacted_members(document jsonb, members text[], pattern text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF jsonb_typeof(document) = 'array' THEN
        RETURN (SELECT coalesce(jsonb_agg(redacted_members(each.value, members, pattern) ORDER BY each.place), '[]')
            FROM jsonb_array_elements(document) WITH ORDINALITY AS each(value, place));
    ELSIF jsonb_typeof(document) = 'object' THEN
        RETURN (SELECT coalesce(jsonb_object_agg(each.key, CASE
            WHEN NOT each.key = ANY (members) THEN each.value
            WHEN each.key = 'notes' THEN redacted_members(each.value, '{text}', pattern)
            WHEN each.key = 'date' AND jsonb_typeof(each.value) = 'array'
            THEN jsonb_set(each.value, '{0}', redacted(each.value -> 0, pattern), false)
            ELSE redacted(each.value, pattern) END), '{}')
            FROM jsonb_each(document) AS each);
    END IF;
    RETURN document;
END $$
"""
REDACT_JOURNAL = """
CREATE FUNCTION redact_journal(objects uuid[], members text[], pattern text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    touched bigint;
BEGIN
    -- Whoever runs it: only what holds words, never a status, a rating or a day.
    members := ARRAY(SELECT unnest(members) INTERSECT SELECT unnest(
        '{text,next_step,impact,evidence,question,reason,text_printed,by_whom_printed,by_when,by_when_printed,printed,date,places,'
        'notes,status_reason,email,new_email,aliases}'::text[]));
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

# What the journal tells last of a column, as after a downgrade: (table, column, its type).
TOLD = (
    ("person", "aliases", "text[]"), ("person", "left_on", "date"), ("person", "merged_into_id", "uuid"),
    ("agency", "aliases", "text[]"), ("agency", "kind", "text"), ("agency", "parent_id", "uuid"),
    ("agency", "succeeded_by_id", "uuid"), ("agency", "ended_on", "date"),
)  # fmt: skip
LAST_TOLD = """
UPDATE {table} SET {column} = {value}
FROM (SELECT DISTINCT ON (object_id) object_id, after -> '{column}' AS value FROM journal
      WHERE object_type = '{table}' AND after ? '{column}' ORDER BY object_id, id DESC) AS told
WHERE told.object_id = {table}.id
"""
LAST_DONE = (
    (
        "UPDATE person SET contact_erased_at = told.at FROM (SELECT object_id, max(at) AS at FROM journal"
        " WHERE object_type = 'person' AND verb = 'contact-erased' GROUP BY object_id) AS told WHERE told.object_id = person.id"
    ),
    (
        "UPDATE progress_update SET redacted_at = told.at, redacted_reason = coalesce(told.after ->> 'reason', '')"
        " FROM (SELECT DISTINCT ON (object_id) object_id, at, after FROM journal WHERE object_type = 'update' AND verb = 'redacted'"
        " ORDER BY object_id, id DESC) AS told WHERE told.object_id = progress_update.id"
    ),
    # An account that never had a password has none again.
    "UPDATE account SET password_hash = NULL WHERE password_hash = ''",
)


def _bring_back() -> None:
    """What a downgrade took and the journal tells; before the first upgrade it tells nothing of all this."""
    for table, column, kind in TOLD:
        text = "ARRAY(SELECT jsonb_array_elements_text(told.value))" if kind == "text[]" else "(told.value #>> '{}')"
        op.execute(LAST_TOLD.format(table=table, column=column, value=f"{text}::{kind}"))
    for statement in LAST_DONE:
        op.execute(statement)


def upgrade() -> None:
    """Make the columns and tables; the web role deletes only what is used up."""
    _widen_accounts()
    _make_sign_in_tables()
    _widen_directory()
    _make_directory_tables()
    _make_audit()
    _allow_redaction()
    _bring_back()


def _allow_redaction() -> None:
    op.add_column("progress_update", sa.Column("redacted_at", TIME, nullable=True))
    op.add_column("progress_update", sa.Column("redacted_reason", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_progress_update_redacted_whole"),
        "progress_update",
        "(redacted_at IS NULL) = (redacted_reason IS NULL)",
    )
    for statement in (GUARD_OF_JOURNAL, REDACTED, REDACTED_MEMBERS, REDACT_JOURNAL):
        op.execute(statement)
    op.execute("REVOKE ALL ON FUNCTION redact_journal(uuid[], text[], text) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION redact_journal(uuid[], text[], text) TO plan_web")


def _widen_accounts() -> None:
    op.alter_column("account", "password_hash", nullable=True)
    for column in (
        sa.Column("password_changed_at", TIME, nullable=True),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("totp_since", TIME, nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=True),
        sa.Column("factor_since", TIME, nullable=True),
        sa.Column("oidc_subject", sa.Text(), nullable=True),
    ):
        op.add_column("account", column)
    op.create_unique_constraint(op.f("uq_account_oidc_subject"), "account", ["oidc_subject"])
    op.create_check_constraint(
        op.f("ck_account_totp_whole"),
        "account",
        "totp_since IS NULL OR (totp_secret IS NOT NULL AND factor_since IS NOT NULL)",
    )
    op.add_column("session", sa.Column("authenticated_at", TIME, server_default=NOW, nullable=False))
    op.add_column("session", sa.Column("device", sa.Text(), server_default="", nullable=False))
    op.add_column("session", sa.Column("method", sa.Text(), server_default="password", nullable=False))
    op.create_check_constraint(
        op.f("ck_session_method"), "session", "method IN ('password', 'second_factor', 'passkey', 'directory')"
    )


def _make_sign_in_tables() -> None:
    op.create_table(
        "account_link",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        sa.Column("new_email", sa.Text(), nullable=True),
        sa.Column("made_by_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("created_at", TIME, server_default=NOW, nullable=False),
        sa.CheckConstraint("kind IN ('invitation', 'reset', 'email')", name=op.f("ck_account_link_kind")),
        sa.CheckConstraint("octet_length(secret_hash) = 32", name=op.f("ck_account_link_secret_hash")),
        sa.CheckConstraint(
            "(kind = 'email') = (new_email IS NOT NULL)", name=op.f("ck_account_link_email_with_address")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_link_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_link")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_account_link_secret_hash")),
    )
    op.create_index(op.f("ix_account_link_account_id"), "account_link", ["account_id"])
    op.create_table(
        "recovery_code",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("octet_length(code_hash) = 32", name=op.f("ck_recovery_code_code_hash")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id")),
        sa.PrimaryKeyConstraint("account_id", "code_hash", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "passkey",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("transports", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("last_used_at", TIME, nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("created_at", TIME, server_default=NOW, nullable=False),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("ck_passkey_name_not_blank")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_passkey_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_account_id"), "passkey", ["account_id"])
    op.create_table(
        "challenge",
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("created_at", TIME, server_default=NOW, nullable=False),
        sa.CheckConstraint(
            "purpose IN ('register', 'sign_in', 'confirm', 'directory', 'totp')", name=op.f("ck_challenge_purpose")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_challenge_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE ON account_link TO plan_web")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON passkey, recovery_code, challenge TO plan_web")


def _widen_directory() -> None:
    for table in ("person", "agency"):
        op.add_column(table, sa.Column("aliases", sa.ARRAY(sa.Text()), server_default="{}", nullable=False))
    for column in (
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("contact_erased_at", TIME, nullable=True),
    ):
        op.add_column("person", column)
    op.create_foreign_key(op.f("fk_person_merged_into_id"), "person", "person", ["merged_into_id"], ["id"])
    op.create_check_constraint(op.f("ck_person_email_form"), "person", "email = lower(email) AND email LIKE '%_@_%'")
    op.create_check_constraint(op.f("ck_person_not_into_itself"), "person", "merged_into_id <> id")
    for column in (
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("succeeded_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
    ):
        op.add_column("agency", column)
    for column in ("parent_id", "succeeded_by_id"):
        op.create_foreign_key(op.f(f"fk_agency_{column}"), "agency", "agency", [column], ["id"])
    op.create_check_constraint(
        op.f("ck_agency_kind"),
        "agency",
        "kind IN ('council', 'health', 'police', 'education', 'probation', 'voluntary', 'partnership', 'other')",
    )
    op.create_check_constraint(op.f("ck_agency_not_its_own"), "agency", "parent_id <> id AND succeeded_by_id <> id")


def _make_directory_tables() -> None:
    op.create_table(
        "people_apart",
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("at", TIME, server_default=NOW, nullable=False),
        sa.Column("said_by_name", sa.Text(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_people_apart_in_order")),
        sa.ForeignKeyConstraint(["first_id"], ["person.id"], name=op.f("fk_people_apart_first_id")),
        sa.ForeignKeyConstraint(["second_id"], ["person.id"], name=op.f("fk_people_apart_second_id")),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_people_apart")),
    )
    op.create_table(
        "person_merge",
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("moved", JSONB(), nullable=False),
        sa.Column("made_by_name", sa.Text(), nullable=False),
        sa.Column("undone_at", TIME, nullable=True),
        sa.Column("undone_by_name", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("created_at", TIME, server_default=NOW, nullable=False),
        sa.CheckConstraint("kept_id <> merged_id", name=op.f("ck_person_merge_two")),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by_name IS NULL)", name=op.f("ck_person_merge_undone_whole")),
        sa.ForeignKeyConstraint(["kept_id"], ["person.id"], name=op.f("fk_person_merge_kept_id")),
        sa.ForeignKeyConstraint(["merged_id"], ["person.id"], name=op.f("fk_person_merge_merged_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    op.execute("GRANT SELECT, INSERT, DELETE ON people_apart TO plan_web")
    op.execute("GRANT SELECT, INSERT, UPDATE ON person_merge TO plan_web")


def _make_audit() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", TIME, server_default=NOW, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("partner_token_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.Column("detail", JSONB(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_audit_event_account_id")),
        sa.ForeignKeyConstraint(
            ["partner_token_id"], ["partner_token.id"], name=op.f("fk_audit_event_partner_token_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    op.create_index(op.f("ix_audit_event_at"), "audit_event", ["at", "id"])
    op.create_index(op.f("ix_audit_event_account_id"), "audit_event", ["account_id", "id"])
    op.create_index(op.f("ix_audit_event_kind"), "audit_event", ["kind", "id"])
    op.create_index(
        op.f("ix_audit_event_partner_token_id"),
        "audit_event",
        ["partner_token_id", "id"],
        postgresql_where=sa.text("partner_token_id IS NOT NULL"),
    )
    op.execute("GRANT SELECT, INSERT ON audit_event TO plan_web")
    op.execute(APPEND_ONLY)
    op.execute(
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR TRUNCATE ON audit_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    )


def downgrade() -> None:
    """Drop them. Accounts that never had a password get one that fits nothing.

    Lost: second factors, passkeys, links and challenges, how and where sessions were opened, when a password was changed, people's
    e-mail addresses, who was told apart, how a merge can be undone, and the audit. What the journal tells comes back with an
    upgrade: other names, days of leaving, who was joined to whom, what agencies became, and which updates were redacted.
    """
    for function in (
        "redact_journal(uuid[], text[], text)",
        "redacted_members(jsonb, text[], text)",
        "redacted(jsonb, text)",
    ):
        op.execute(f"DROP FUNCTION {function}")
    op.execute(OLD_GUARD_OF_JOURNAL)
    op.drop_column("progress_update", "redacted_reason")
    op.drop_column("progress_update", "redacted_at")
    op.drop_table("audit_event")
    op.execute("DROP FUNCTION refuse_audit_change()")
    for table in ("person_merge", "people_apart", "challenge", "passkey", "recovery_code", "account_link"):
        op.drop_table(table)
    for column in ("ended_on", "succeeded_by_id", "parent_id", "kind", "aliases"):
        op.drop_column("agency", column)
    for column in ("contact_erased_at", "merged_into_id", "left_on", "email", "aliases"):
        op.drop_column("person", column)
    for column in ("method", "device", "authenticated_at"):
        op.drop_column("session", column)
    for column in ("oidc_subject", "factor_since", "totp_step", "totp_since", "totp_secret", "password_changed_at"):
        op.drop_column("account", column)
    op.execute("UPDATE account SET password_hash = '' WHERE password_hash IS NULL")
    op.alter_column("account", "password_hash", nullable=False)
