"""The tables: one line of migrations, up and down over data, equal to the models; what they refuse, and whom (API 11)."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import errors
from sqlalchemy import CheckConstraint, create_engine

from api.migrate import alembic_config, migrate
from api.models import Base
from api.models.base import SCHEMA_HEAD
from tests.client import Api
from tests.conftest import EMPTY, TEMPLATE, Databases, Seeded, api_over

REPO = Path(__file__).resolve().parents[3]
SCRIPTS = ScriptDirectory.from_config(alembic_config("postgresql://nowhere/"))
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]


def version(databases: Databases, name: str) -> str | None:
    with databases.connect(name) as connection:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


def differences(databases: Databases, name: str) -> list[Any]:
    engine = create_engine(databases.url(name, "plan_owner"))
    try:
        with engine.connect() as connection:
            return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))
    finally:
        engine.dispose()


def test_there_is_one_head_and_the_code_needs_it() -> None:
    assert SCRIPTS.get_heads() == [SCHEMA_HEAD], "raise SCHEMA_HEAD in api/models/base.py"


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [f"{number:04}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS


def test_files_are_named_after_their_revision() -> None:
    assert all(Path(script.path).name.startswith(f"{script.revision}_") for script in SCRIPTS.walk_revisions())


def test_models_equal_migrations(databases: Databases) -> None:
    with databases.one(EMPTY) as name:
        assert differences(databases, name) == []


@pytest.mark.parametrize("revision", REVISIONS)
def test_down_and_up_again_over_data(databases: Databases, revision: str) -> None:
    """Each step down and everything above it, over a database that holds a plan, accounts and sessions."""
    below = REVISIONS.index(revision)
    with databases.one(TEMPLATE) as name:
        owner = databases.url(name, "plan_owner")
        command.downgrade(alembic_config(owner), REVISIONS[below - 1] if below else "base")
        assert version(databases, name) == (REVISIONS[below - 1] if below else None)
        migrate(owner)
        assert (version(databases, name), differences(databases, name)) == (SCHEMA_HEAD, [])


def test_down_to_nothing_leaves_nothing(databases: Databases) -> None:
    with databases.one(TEMPLATE) as name:
        command.downgrade(alembic_config(databases.url(name, "plan_owner")), "base")
        with databases.connect(name) as connection:
            left = connection.execute(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S', 'v')"
                " UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            ).fetchall()
    assert left == [("alembic_version",)]


def test_a_migrated_database_is_left_alone(databases: Databases) -> None:
    with databases.one(TEMPLATE) as name:
        with databases.connect(name) as connection:
            before = connection.execute("SELECT xmin::text FROM alembic_version").fetchall()
        migrate(databases.url(name, "plan_owner"))
        with databases.connect(name) as connection:
            assert connection.execute("SELECT xmin::text FROM alembic_version").fetchall() == before


def test_three_who_start_at_once_migrate_once(databases: Databases) -> None:
    with databases.one("template1") as name:
        code = "import sys; from api.migrate import migrate; migrate(sys.argv[1])"
        starters = [
            subprocess.Popen(
                [sys.executable, "-c", code, databases.url(name, "plan_owner")], cwd=REPO, stderr=subprocess.PIPE
            )
            for _ in range(3)
        ]
        said = [starter.communicate(timeout=60)[1].decode() for starter in starters]
        assert [starter.returncode for starter in starters] == [0, 0, 0], said
        assert (version(databases, name), differences(databases, name)) == (SCHEMA_HEAD, [])


def test_a_busy_table_is_not_waited_for_long(databases: Databases) -> None:
    """A migration gives up after its lock_timeout instead of stopping everybody behind it."""
    with databases.one(TEMPLATE) as name, databases.connect(name) as busy, busy.transaction():
        busy.execute("LOCK TABLE journal IN ACCESS SHARE MODE")
        with pytest.raises(Exception, match="lock timeout"):
            command.downgrade(alembic_config(databases.url(name, "plan_owner")), "0004")


# --- bad rows -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def filled(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """A database with a row in every table."""
    with api_over(databases, seeded) as api:
        lucy = api.as_("lucy")
        lucy.post(
            f"{api.action('3.4')}/updates",
            {"text": "x", "rating": "A"},
            headers={"Idempotency-Key": "0123456789abcdef"},
        )
        lucy.say("3.5")
        api.partner()
        for statement in FILLING:
            api.sql(statement)
        yield api


# What no request of these few makes a row in.
FILLING = [
    (
        "INSERT INTO account_link (account_id, kind, secret_hash, expires_at, made_by_name)"
        " SELECT id, 'reset', sha256('x'), now(), 'x' FROM account LIMIT 1"
    ),
    "INSERT INTO recovery_code SELECT id, sha256('x') FROM account LIMIT 1",
    (
        "INSERT INTO passkey (account_id, name, credential_id, public_key, sign_count, transports)"
        " SELECT id, 'Phone', id::text::bytea, 'x', 0, '{}' FROM account LIMIT 2"
    ),
    "INSERT INTO challenge (purpose, value, expires_at) VALUES ('sign_in', 'x', now())",
    (
        "INSERT INTO people_apart (first_id, second_id, said_by_name)"
        " SELECT min(id::text)::uuid, max(id::text)::uuid, 'x' FROM person"
    ),
    (
        "INSERT INTO person_merge (kept_id, merged_id, moved, made_by_name)"
        " SELECT min(id::text)::uuid, max(id::text)::uuid, '{}', 'x' FROM person"
    ),
    "INSERT INTO audit_event (kind, request_id) VALUES ('refused', 'x')",
    (
        "INSERT INTO update_wording (update_id, position, text, replaced_at, replaced_by_name)"
        " SELECT id, 1, 'x', now(), 'x' FROM progress_update LIMIT 1"
    ),
]


CHECKS: dict[str, str] = {
    "ck_account_email_form": "UPDATE account SET email = 'Not Lower@Example.org'",
    "ck_account_role": "UPDATE account SET role = 'owner'",
    "ck_account_totp_whole": "UPDATE account SET totp_since = now()",
    "ck_account_link_kind": "UPDATE account_link SET kind = 'gift'",
    "ck_account_link_secret_hash": "UPDATE account_link SET secret_hash = 'x'",
    "ck_account_link_email_with_address": "UPDATE account_link SET kind = 'email'",
    "ck_recovery_code_code_hash": "UPDATE recovery_code SET code_hash = 'x'",
    "ck_passkey_name_not_blank": "UPDATE passkey SET name = ' '",
    "ck_challenge_purpose": "UPDATE challenge SET purpose = 'fun'",
    "ck_session_method": "UPDATE session SET method = 'guess'",
    "ck_session_transport": "UPDATE session SET transport = 'pigeon'",
    "ck_person_email_form": "UPDATE person SET email = 'Not Lower@Example.org'",
    "ck_person_not_into_itself": "UPDATE person SET merged_into_id = id",
    "ck_agency_kind": "UPDATE agency SET kind = 'circus'",
    "ck_agency_not_its_own": "UPDATE agency SET parent_id = id",
    "ck_people_apart_in_order": "UPDATE people_apart SET first_id = second_id, second_id = first_id",
    "ck_person_merge_two": "UPDATE person_merge SET kept_id = merged_id",
    "ck_person_merge_undone_whole": "UPDATE person_merge SET undone_at = now()",
    "ck_action_kind": "UPDATE action SET kind = 'soon', first_on = NULL, last_on = NULL",
    "ck_action_period": "UPDATE action SET first_on = '2021-01-02', last_on = '2021-01-01' WHERE kind = 'date'",
    "ck_action_position_range": "UPDATE action SET position = 0",
    "ck_action_removed_has_no_number": "UPDATE action SET removed_at = now()",
    "ck_objective_removed_has_no_number": "UPDATE objective SET position = NULL",
    "ck_update_wording_position": "UPDATE update_wording SET position = 0",
    "ck_action_status": "UPDATE action SET status = 'done'",
    "ck_action_status_reason": "UPDATE action SET status = 'on_hold', status_reason = NULL",
    "ck_action_text_not_blank": "UPDATE action SET text = '  '",
    "ck_action_updates_count": "UPDATE action SET updates_count = -1",
    "ck_agency_name_not_blank": "UPDATE agency SET name = ''",
    "ck_date_entry_kind": "UPDATE date_entry SET kind = 'soon', first_on = NULL, last_on = NULL",
    "ck_date_entry_moved_with_reason": "UPDATE date_entry SET position = 1",
    "ck_date_entry_period": "UPDATE date_entry SET first_on = '2021-01-01' WHERE kind = 'ongoing'",
    "ck_directory_revision_one_row": "INSERT INTO directory_revision (id) VALUES (2)",
    "ck_directory_revision_value": "UPDATE directory_revision SET value = -1",
    "ck_journal_one_revision": (
        "INSERT INTO journal (plan_id, revision, directory_revision, request_id, actor_name, object_type, object_id, verb)"
        " SELECT id, 1, 1, 'x', 'x', 'x', id, 'x' FROM plan"
    ),
    "ck_journal_plan_with_revision": (
        "INSERT INTO journal (revision, request_id, actor_name, object_type, object_id, verb)"
        " SELECT 1, 'x', 'x', 'x', id, 'x' FROM plan"
    ),
    "ck_named_group_name_not_blank": "UPDATE named_group SET name = ' '",
    "ck_objective_lead_with_printed": "UPDATE objective SET lead_id = NULL",
    "ck_objective_position_range": "UPDATE objective SET position = 10000 WHERE position = 1",
    "ck_objective_text_not_blank": "UPDATE objective SET text = ''",
    "ck_partner_token_expires_within_a_year": "UPDATE partner_token SET expires_at = created_at + interval '400 days'",
    "ck_partner_token_has_scopes": "UPDATE partner_token SET scopes = '{}'",
    "ck_partner_token_name_not_blank": "UPDATE partner_token SET name = ' '",
    "ck_partner_token_scopes": "UPDATE partner_token SET scopes = '{everything}'",
    "ck_partner_token_secret_hash": "UPDATE partner_token SET secret_hash = 'x'",
    "ck_person_name_not_blank": "UPDATE person SET name = ''",
    "ck_place_name_not_blank": "UPDATE place SET name = ''",
    "ck_place_one_of_three": "UPDATE place SET person_id = NULL, group_id = NULL",
    "ck_action_days": "UPDATE action SET first_on = '0027-03-31', last_on = '0027-03-31' WHERE kind = 'date'",
    "ck_plan_days": "UPDATE plan SET next_review_on = '9999-12-31'",
    "ck_plan_starts_whole": "UPDATE plan SET starts_to = NULL",
    "ck_seed_key_one_of_its_kind": "UPDATE seed_key SET kind = 'agency' WHERE kind = 'person'",
    "ck_plan_ends_after_start": "UPDATE plan SET ends_on = '1999-01-01'",
    "ck_plan_slug_form": "UPDATE plan SET slug = 'Not A Slug'",
    "ck_plan_starts_in_order": "UPDATE plan SET starts_to = '1999-01-01'",
    "ck_plan_title_not_blank": "UPDATE plan SET title = ' '",
    "ck_plan_update_every_days_range": "UPDATE plan SET update_every_days = 0",
    "ck_plan_revision_value": "UPDATE plan_revision SET value = -1",
    "ck_progress_update_acknowledged_when": "UPDATE progress_update SET acknowledgement = 'acknowledged'",
    "ck_progress_update_acknowledgement": "UPDATE progress_update SET acknowledgement = 'seen', acknowledged_at = now()",
    "ck_progress_update_claim": "UPDATE progress_update SET claim = 'complete'",
    "ck_progress_update_evidence": "UPDATE progress_update SET evidence = '{}'",
    "ck_progress_update_impact_length": "UPDATE progress_update SET impact = repeat('x', 2001)",
    "ck_progress_update_next_step_length": "UPDATE progress_update SET next_step = repeat('x', 1001)",
    "ck_progress_update_rating": "UPDATE progress_update SET rating = 'B'",
    "ck_progress_update_redacted_whole": "UPDATE progress_update SET redacted_at = now()",
    "ck_progress_update_returned_with_question": "UPDATE progress_update SET question = 'Why?'",
    "ck_sign_in_guess_guesses": "INSERT INTO sign_in_guess VALUES (sha256('x'), now(), -1)",
    "ck_sign_in_guess_key": "INSERT INTO sign_in_guess VALUES ('x', now(), 1)",
    "ck_progress_update_via_a_partner": "UPDATE progress_update SET via = 'Rio'",
    "ck_progress_update_withdrawn_whole": "UPDATE progress_update SET withdrawn_at = now()",
    "ck_progress_update_text_length": "UPDATE progress_update SET text = repeat('x', 4001)",
}

UNIQUES: dict[str, str] = {
    "uq_account_oidc_subject": "UPDATE account SET oidc_subject = 'x'",
    "uq_account_link_secret_hash": (
        "INSERT INTO account_link (account_id, kind, secret_hash, expires_at, made_by_name)"
        " SELECT account_id, kind, secret_hash, expires_at, made_by_name FROM account_link"
    ),
    "uq_passkey_credential_id": "UPDATE passkey SET credential_id = 'x'",
    "uq_account_email": "UPDATE account SET email = 'the.same@example.org'",
    "uq_account_person_id": "UPDATE account SET person_id = (SELECT id FROM person LIMIT 1)",
    "uq_action_objective_id_position": "UPDATE action SET position = 1",
    "uq_action_plan_id_seeded_number": "UPDATE action SET seeded_number = '1.1'",
    "uq_objective_plan_id_seeded_number": "UPDATE objective SET seeded_number = '1'",
    "uq_update_wording_update_id_position": (
        "INSERT INTO update_wording (update_id, position, text, replaced_at, replaced_by_name)"
        " SELECT update_id, position, text, replaced_at, replaced_by_name FROM update_wording"
    ),
    "uq_agency_external_id": "UPDATE agency SET external_id = 'x'",
    "uq_date_entry_action_id_position": "UPDATE date_entry SET action_id = (SELECT id FROM action LIMIT 1)",
    "uq_named_group_external_id": "UPDATE named_group SET external_id = 'x'",
    "uq_objective_id_plan_id": "",  # follows from the primary key; it is there for a foreign key to refer to
    "uq_objective_plan_id_position": "UPDATE objective SET position = 1",
    "uq_person_external_id": "UPDATE person SET external_id = 'x'",
    "uq_place_action_id_agency_id": (
        "WITH one AS (SELECT id FROM action LIMIT 1), two AS (SELECT 98 AS position UNION SELECT 99)"
        " INSERT INTO place (action_id, position, agency_id, name)"
        " SELECT one.id, two.position, (SELECT id FROM agency LIMIT 1), 'x' FROM one, two"
    ),
    "uq_place_action_id_group_id": (
        "INSERT INTO place (action_id, position, group_id, name) SELECT action_id, 99, group_id, name FROM place WHERE group_id IS NOT NULL"
    ),
    "uq_place_action_id_person_id": (
        "INSERT INTO place (action_id, position, person_id, name) SELECT action_id, 99, person_id, name FROM place WHERE person_id IS NOT NULL"
    ),
    "uq_place_action_id_position": "UPDATE place SET position = 1",
    "uq_plan_slug": (
        "INSERT INTO plan (slug, heading, partnership, name, title, owner_printed, starts_printed, rating_key)"
        " SELECT slug, 'x', 'x', 'x', 'x', 'x', 'x', '[]' FROM plan"
    ),
    "uq_session_refresh_id": "UPDATE session SET refresh_id = '00000000-0000-0000-0000-000000000000'",
}  # fmt: skip


def constraints(api: Api, kind: str) -> set[str]:
    query = "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype = %s"
    return {row[0] for row in api.sql(query, kind)}


def refuses(api: Api, statement: str, error: type[psycopg.Error], constraint: str) -> None:
    with pytest.raises(error) as caught:
        api.sql(statement)
    assert caught.value.diag.constraint_name == constraint


@pytest.mark.parametrize("constraint", CHECKS)
def test_check_refuses(filled: Api, constraint: str) -> None:
    refuses(filled, CHECKS[constraint], errors.CheckViolation, constraint)


@pytest.mark.parametrize("constraint", [name for name, statement in UNIQUES.items() if statement])
def test_unique_refuses(filled: Api, constraint: str) -> None:
    refuses(filled, UNIQUES[constraint], errors.UniqueViolation, constraint)


def test_every_check_and_unique_has_its_bad_row(filled: Api) -> None:
    assert constraints(filled, "c") == set(CHECKS)
    assert constraints(filled, "u") == set(UNIQUES)


def test_the_models_have_the_checks_of_the_database(filled: Api) -> None:
    """Alembic compares tables and columns, but no CHECK."""
    written = {
        str(each.name)
        for table in Base.metadata.sorted_tables
        for each in table.constraints
        if isinstance(each, CheckConstraint)
    }
    assert written == constraints(filled, "c")


def test_every_foreign_key_refuses_a_row_that_points_nowhere(filled: Api) -> None:
    keys = filled.sql(
        "SELECT c.conname, c.conrelid::regclass::text, a.attname FROM pg_constraint c"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
        " WHERE c.connamespace = 'public'::regnamespace AND c.contype = 'f'"
    )
    assert len(keys) > 20
    # The journal refuses every update before its keys are asked; an objective's plan is also its actions'.
    kept = [
        (name, table, column)
        for name, table, column in keys
        if table not in {"journal", "plan_revision", "audit_event"} and name != "fk_objective_plan_id"
    ]
    for name, table, column in kept:
        places = (
            "group_id IS NOT NULL"
            if column == "group_id"
            else "person_id IS NOT NULL"
            if table == "place" and column == "person_id"
            else "true"
        )
        lead = ", lead_printed = 'x'" if column == "lead_id" else ""
        if column == "partner_token_id":
            lead = ", via = 'x'"
        if table == "place" and column == "agency_id":  # nobody's place in the plan is an agency's
            lead = ", person_id = NULL, group_id = NULL"
        if table == "seed_key" and column != "plan_id":  # a key means one of three
            places = f"{column} IS NOT NULL"
        # Two that are apart are kept in order.
        nobody = {"first_id": "0" * 32, "second_id": "f" * 32}.get(column)
        nowhere = f"'{nobody}'" if nobody else "gen_random_uuid()"
        row = f"ctid = (SELECT ctid FROM {table} WHERE {places} LIMIT 1)"
        refuses(
            filled,
            f"UPDATE {table} SET {column} = {nowhere}{lead} WHERE {row}",
            errors.ForeignKeyViolation,
            name,
        )


@pytest.mark.parametrize(
    ("column", "constraint"), [("account_id", "fk_journal_account_id"), ("plan_id", "fk_journal_plan_id")]
)
def test_a_journal_entry_of_nothing_is_refused(filled: Api, column: str, constraint: str) -> None:
    other = "account_id, plan_id, revision" if column == "account_id" else "plan_id, revision"
    ours = "gen_random_uuid(), (SELECT id FROM plan), (SELECT value FROM plan_revision)"
    values = ours if column == "account_id" else "gen_random_uuid(), 1"
    statement = f"INSERT INTO journal ({other}, request_id, actor_name, object_type, object_id, verb) VALUES ({values}, 'x', 'x', 'x', gen_random_uuid(), 'x')"
    refuses(filled, statement, errors.ForeignKeyViolation, constraint)


@pytest.mark.parametrize("column", ["account_id", "partner_token_id"])
def test_an_audited_event_of_nobody_is_refused(filled: Api, column: str) -> None:
    statement = f"INSERT INTO audit_event (kind, request_id, {column}) VALUES ('x', 'x', gen_random_uuid())"
    refuses(filled, statement, errors.ForeignKeyViolation, f"fk_audit_event_{column}")


def test_a_question_of_an_update_that_waits_for_nobody_is_refused(filled: Api) -> None:
    statement = "UPDATE progress_update SET acknowledgement = NULL, question = 'Why?'"
    refuses(filled, statement, errors.CheckViolation, "ck_progress_update_returned_with_question")


def test_an_objective_of_no_plan_is_refused(filled: Api) -> None:
    statement = "INSERT INTO objective (plan_id, position, text, text_printed) VALUES (gen_random_uuid(), 1, 'x', 'x')"
    refuses(filled, statement, errors.ForeignKeyViolation, "fk_objective_plan_id")


def test_an_action_cannot_stand_under_an_objective_of_another_plan(filled: Api) -> None:
    refuses(
        filled,
        "UPDATE action SET plan_id = gen_random_uuid()",
        errors.ForeignKeyViolation,
        "fk_action_objective_id_plan_id",
    )


# --- rights -----------------------------------------------------------------------------------------------

REFUSED = [
    "UPDATE journal SET verb = 'x'",
    "UPDATE journal SET verb = 'x' WHERE false",
    "DELETE FROM journal",
    "TRUNCATE journal",
    "ALTER TABLE journal DISABLE TRIGGER journal_append_only",
    "ALTER TABLE journal DISABLE TRIGGER ALL",
    "DROP TRIGGER journal_append_only ON journal",
    "CREATE OR REPLACE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE OR REPLACE FUNCTION chain_journal() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "DROP TRIGGER journal_chain ON journal",
    "ALTER TABLE journal DISABLE TRIGGER journal_redaction_noted",
    "DELETE FROM journal_redaction",
    "UPDATE journal_end SET entries = 0",
    "DROP TRIGGER journal_end_noted ON journal",
    "INSERT INTO journal_redaction (entry_id, at, was, becomes, digest) VALUES (1, now(), '', '', '')",
    "SET session_replication_role = replica",
    "DELETE FROM action",
    "DELETE FROM progress_update",
    "DELETE FROM plan",
    "DELETE FROM objective",
    "DELETE FROM date_entry",
    "DELETE FROM person",
    "DELETE FROM account",
    "DELETE FROM session",
    "DELETE FROM account_link",
    "DELETE FROM person_merge",
    "UPDATE audit_event SET kind = 'x'",
    "DELETE FROM audit_event",
    "DELETE FROM plan_revision",
    "TRUNCATE action CASCADE",
    "TRUNCATE progress_update CASCADE",
    "CREATE TABLE mine (x int)",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA mine",
    "CREATE ROLE mine",
    "CREATE DATABASE mine",
    "ALTER TABLE action ADD COLUMN mine int",
    "ALTER TABLE action DROP CONSTRAINT ck_action_status",
    "DROP TABLE action",
    "UPDATE alembic_version SET version_num = 'x'",
    "SET ROLE plan_owner",
    "SET ROLE postgres",
    "COPY action TO PROGRAM 'true'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT rolpassword FROM pg_authid",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_web_role_may_not(databases: Databases, filled: Api, statement: str) -> None:
    web = databases.connect(filled.url.split("/")[3].split("?")[0], "plan_web")
    with web, pytest.raises(errors.InsufficientPrivilege):
        web.execute(statement.encode())


@pytest.mark.parametrize("role", ["plan_owner", "postgres"])
@pytest.mark.parametrize("statement", ["UPDATE journal SET verb = 'x'", "DELETE FROM journal", "TRUNCATE journal"])
def test_not_even_the_owner_changes_the_journal_by_mistake(
    databases: Databases, filled: Api, role: str, statement: str
) -> None:
    connection = databases.connect(filled.url.split("/")[3].split("?")[0], role)
    with connection, pytest.raises(errors.InsufficientPrivilege, match="append-only"):
        connection.execute(statement.encode())


ALLOWED: list[Callable[[psycopg.Connection[Any]], Any]] = [
    lambda web: web.execute("SELECT * FROM journal LIMIT 1"),
    lambda web: web.execute("DELETE FROM idempotency_key WHERE created_at < now() - interval '1 day'"),
    lambda web: web.execute("SELECT version_num FROM alembic_version"),
]


@pytest.mark.parametrize("number", range(len(ALLOWED)))
def test_the_web_role_may(databases: Databases, filled: Api, number: int) -> None:
    with databases.connect(filled.url.split("/")[3].split("?")[0], "plan_web") as web:
        ALLOWED[number](web)
