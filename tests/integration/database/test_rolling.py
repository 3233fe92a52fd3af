"""This release's code on the next one's tables, and the last one's on these: both ways of a rolling upgrade (ADR 19)."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.adapt import PyFormat, Transformer
from sqlalchemy import event

from api.extensions import db
from api.migrate import head, migrate, oldest_code
from api.models.base import SCHEMA_HEAD
from api.release import SchemaMisfit, check_schema
from tests.client import PLAN, Api, problem
from tests.conftest import PASSWORD, SECRET, Databases, Seeded, api_over, email_of
from tests.integration.serving import REPO

AHEAD = "0999"
# The last release's statements, by `pytest tests/integration/database/test_rolling.py --release` on the day it is made.
KEPT = Path(__file__).with_name("hot_statements.json")

# What the next release may do to the tables while this one still runs.
EXPANDED = f"""
ALTER TABLE action ADD COLUMN pounds_of_the_next integer;
ALTER TABLE person ADD COLUMN pronouns text NOT NULL DEFAULT '';
ALTER TABLE progress_update ADD COLUMN mood text CHECK (mood <> '');
ALTER TABLE journal ADD COLUMN place text;
CREATE TABLE meeting (id uuid PRIMARY KEY, plan_id uuid REFERENCES plan (id));
CREATE INDEX ON action (pounds_of_the_next);
UPDATE alembic_version SET version_num = '{AHEAD}'
"""


def use(api: Api) -> None:
    """The requests that people and partners make all day."""
    signed_in = api.nobody.post("/auth/sign-in", {"email": email_of("lucy"), "password": PASSWORD})
    assert signed_in.status_code == 200
    lucy, pippa, action = api.as_("lucy"), api.as_("jane"), api.action("3.4")
    cursor = lucy.read(f"{PLAN}/changes")["cursor"]
    key = {"Idempotency-Key": str(uuid4())}
    for _ in range(2):
        posted = lucy.post(f"{action}/updates", {"text": "We met.", "rating": "G"}, headers=key)
        assert posted.status_code == 201, posted.text
    answered = pippa.post(f"/updates/{posted.get_json()['id']}/acknowledgement", {"state": "acknowledged"})
    assert answered.status_code == 200, answered.text
    changed = pippa.patch(action, {"status": "on_hold", "reason": "Agreed."}, headers=pippa.etag(action))
    assert changed.status_code == 200, changed.text
    for path in ("/me", "/plans", PLAN, f"{PLAN}/actions", action, f"{action}/updates", f"{action}/history", "/people"):
        lucy.read(path)
    assert lucy.read(f"{PLAN}/changes?since={cursor}")["data"]
    assert api.partner().get(f"{PLAN}/actions.csv").status_code == 200


@pytest.fixture
def ahead(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """The app over a database that a newer release has expanded."""
    with api_over(databases, seeded) as api:
        api.sql(EXPANDED)
        yield api


def contract(api: Api) -> None:
    """A still newer release has taken away what this one uses, and says so."""
    api.sql(f"COMMENT ON TABLE alembic_version IS '{AHEAD}'")


def owner(api: Api) -> str:
    return api.url.replace("//plan_web@", "//plan_owner@")


def test_this_release_works_on_tables_of_the_next_one(ahead: Api) -> None:
    use(ahead)


def test_and_is_ready_on_them(ahead: Api) -> None:
    """The tests' database may lose what it acknowledged: that is all there is to say of it."""
    answer = ahead.nobody.get("/health/ready")
    assert problem(answer) == (503, "not-ready")
    assert answer.get_json()["detail"].startswith("The database may lose what it acknowledged")


def test_but_not_on_tables_that_lack_what_it_uses(ahead: Api) -> None:
    contract(ahead)
    answer = ahead.nobody.get("/health/ready")
    assert problem(answer) == (503, "not-ready")
    assert f"migration {AHEAD} of a newer release, which works with code of {AHEAD}" in answer.get_json()["detail"]


@pytest.mark.parametrize("found", ["0001", None], ids=["too old", "no tables at all"])
def test_nor_without_its_own(api: Api, found: str | None) -> None:
    api.sql("UPDATE alembic_version SET version_num = '0001'" if found else "DROP TABLE alembic_version")
    answer = api.nobody.get("/health/ready")
    assert problem(answer) == (503, "not-ready")
    assert "Run plan migrate" in answer.get_json()["detail"]


def test_migrating_leaves_the_next_ones_tables_alone(ahead: Api) -> None:
    migrate(owner(ahead))
    assert ahead.one("SELECT version_num FROM alembic_version") == AHEAD
    contract(ahead)
    with pytest.raises(SchemaMisfit):
        migrate(owner(ahead))


@pytest.mark.parametrize("contracted", [False, True])
def test_the_command_says_which(ahead: Api, tmp_path: Path, contracted: bool) -> None:
    if contracted:
        contract(ahead)
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "migrate"],
        env={**os.environ, "DATABASE_URL": owner(ahead), "SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path)},
        cwd=REPO, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == int(contracted), done.stderr
    assert ("up to date" in done.stdout, "Run that release" in done.stderr) == (not contracted, contracted)


def test_a_migrated_database_says_which_code_works_on_it(api: Api) -> None:
    noted = api.one("SELECT obj_description('alembic_version'::regclass, 'pg_class')")
    assert noted == oldest_code(SCHEMA_HEAD)
    api.sql("COMMENT ON TABLE alembic_version IS NULL")
    migrate(owner(api))
    assert api.one("SELECT obj_description('alembic_version'::regclass, 'pg_class')") == noted


# --- the last release's code on these tables -------------------------------------------------------------


def as_postgresql_has_it(statement: str, values: Any) -> str:
    """What PREPARE takes: "(timestamptz, unknown) AS SELECT … $1 … $2", typed as the driver types these values."""
    names: dict[str, int] = {}
    numbered = re.sub(r"%\((\w+)\)s", lambda each: f"${names.setdefault(each[1], len(names) + 1)}", statement)
    first = values if isinstance(values, dict) else next(iter(values), {})
    types = ", ".join(type_of(first[name]) for name in names)
    return f"({types}) AS {numbered.replace('%%', '%').strip()}".removeprefix("() ")


def type_of(value: Any) -> str:
    if value is None:
        return "unknown"
    dumper = Transformer().get_dumper(value, PyFormat.AUTO)
    found = psycopg.adapters.types.get(dumper.upgrade(value, PyFormat.AUTO).oid)
    return "unknown" if found is None else found.regtype + "[]" * isinstance(value, list)


def sent_by_hot_requests(api: Api) -> list[str]:
    """Every SELECT, INSERT, UPDATE, DELETE and WITH of them, once each."""
    sent: set[str] = set()

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)", statement):
            sent.add(as_postgresql_has_it(statement, values))

    with api.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        use(api)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sorted(sent)


def hold(api: Api, statements: list[str]) -> None:
    """They can be planned on this database's tables, and its INSERTs give every column a value that needs one."""
    for number, statement in enumerate(statements):
        api.sql(f"PREPARE hot_{number} {statement}")
    needed = api.sql(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AND is_generated = 'NEVER'"
    )
    for table, named in inserted(statements):
        assert {column for of, column in needed if of == table} <= named, table


def test_the_last_release_works_on_these_tables_or_they_say_that_it_does_not(
    api: Api, pytestconfig: pytest.Config
) -> None:
    if pytestconfig.getoption("--release"):
        made = {"schema": head(), "statements": sent_by_hot_requests(api)}
        KEPT.write_text(json.dumps(made, indent=1) + "\n", "utf-8")
    last = json.loads(KEPT.read_text("utf-8"))
    assert len(last["statements"]) > 30
    if last["schema"] >= oldest_code(head()):
        hold(api, last["statements"])
    else:
        with pytest.raises(SchemaMisfit):
            check_schema(head(), oldest_code(head()), oldest=last["schema"], newest=last["schema"])


def inserted(statements: list[str]) -> Iterator[tuple[str, set[str]]]:
    """(table, the columns that get a value) of every INSERT."""
    for statement in statements:
        for table, columns in re.findall(r"INSERT INTO (\w+) \(([^)]*)\)", statement):
            yield table, {each.strip().strip('"') for each in columns.split(",")}


@pytest.mark.parametrize(
    "broken",
    [
        "ALTER TABLE action RENAME COLUMN text TO words",
        "ALTER TABLE action ALTER COLUMN version DROP DEFAULT, ALTER COLUMN version TYPE text",
        "ALTER TABLE progress_update ADD COLUMN mood text NOT NULL",
        "DROP TABLE idempotency_key",
    ],
)
def test_a_migration_that_takes_away_what_the_last_release_uses_is_found(api: Api, broken: str) -> None:
    """Unless it says so by OLDEST_CODE; then the code that it was taken from refuses to be ready."""
    api.sql(broken)
    with pytest.raises((psycopg.Error, AssertionError)):
        hold(api, json.loads(KEPT.read_text("utf-8"))["statements"])
