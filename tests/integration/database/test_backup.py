"""The drill as a test: what was backed up comes back, exactly; what is broken is refused; what is there is never lost (API 12)."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command

from api import cli
from api.backup import BackupError
from api.backup.dump import backup, choose_path
from api.backup.facts import Facts, read_facts
from api.backup.manifest import manifest_path
from api.backup.scratch import site as in_use
from api.backup.server import Database
from api.embedded.binaries import find_binaries
from api.migrate import alembic_config
from api.models.base import SCHEMA_HEAD
from tests.client import PLAN, Api
from tests.conftest import EMPTY, Databases, Seeded, api_over
from tests.integration.serving import REPO, wait_until


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


class Site:
    """The app over a database of this test's own, and the `plan` command on the same."""

    def __init__(self, api: Api, databases: Databases, folder: Path) -> None:
        self.api, self.databases, self.folder = api, databases, folder
        self.name = api.url.rpartition("/")[2].partition("?")[0]
        self.environ = {
            "DATABASE_URL": api.url,
            "OWNER_DATABASE_URL": databases.url(self.name, "plan_owner"),
            "ADMIN_DATABASE_URL": databases.url("postgres", "postgres"),
            "DATA_DIR": str(folder),
        }

    def plan(self, *arguments: str, **environ: str) -> "Done":
        """The command, in this process: a new one for each would cost a second."""
        with (
            pytest.MonkeyPatch.context() as patch,
            redirect_stdout(StringIO()) as out,
            redirect_stderr(StringIO()) as err,
        ):
            for name, value in {**self.environ, **environ}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["plan", *arguments])
            code = cli.main()
        return Done(code, out.getvalue(), err.getvalue())

    def backup(self, name: str = "a.dump") -> Path:
        backup(Database.at(self.environ["OWNER_DATABASE_URL"]), self.folder / name)
        return self.folder / name

    def facts(self) -> Facts:
        with Database.at(self.environ["OWNER_DATABASE_URL"]).connect() as connection:
            return read_facts(connection)

    def rows(self) -> dict[str, list[str]]:
        """Every row as text, without what a restore marks: revisions, the plan's version, its own entries, ends."""
        tables = {name: f"SELECT to_jsonb(t) - 'revision' FROM {name} t" for name in self.facts().tables}
        tables["journal"] = "SELECT to_jsonb(t) FROM journal t WHERE verb <> 'restored'"
        tables["plan"] = "SELECT to_jsonb(t) - 'version' - 'updated_at' FROM plan t"
        for name in ("plan_revision", "directory_revision"):
            tables[name] = f"SELECT to_jsonb(t) - 'value' FROM {name} t"
        tables["journal_end"] = "SELECT to_jsonb(t) - 'entries' - 'digest' FROM journal_end t"
        with self.databases.connect(self.name) as connection:
            return {
                name: sorted(str(row[0]) for row in connection.execute(query.encode()))
                for name, query in tables.items()
            }

    def beside(self) -> list[str]:
        """The databases of this test beside its own."""
        found = self.databases.connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY 1", [f"{self.name}_"]
        )
        return [row[0] for row in found]


@contextmanager
def site_over(databases: Databases, seeded: Seeded, folder: Path, **options: Any) -> Iterator[Site]:
    with api_over(databases, seeded, **options) as api:
        site = Site(api, databases, folder)
        yield site
        for name in site.beside():
            databases.drop(name)


@pytest.fixture
def site(databases: Databases, seeded: Seeded, tmp_path: Path) -> Iterator[Site]:
    with site_over(databases, seeded, tmp_path) as found:
        yield found


# --- plan backup ------------------------------------------------------------------------------------------


def test_backup_says_what_and_where_and_is_for_its_owner_only(site: Site) -> None:
    done = site.plan("backup")
    assert done.returncode == 0, done.stderr
    (dump,) = (site.folder / "backups").glob("*.dump")
    assert str(dump) in done.stdout
    assert len(done.stdout.splitlines()) == 1
    files = [dump, manifest_path(dump)]
    assert sorted((site.folder / "backups").iterdir()) == sorted(files)
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600, 0o600]


def test_manifest_says_what_the_dump_holds(site: Site) -> None:
    site.api.as_("lucy").say("3.4", rating="A")
    manifest = json.loads(manifest_path(site.backup()).read_text())
    assert manifest["tables"]["progress_update"] == 1
    assert manifest["tables"]["action"] == 42
    assert manifest["journal"]["last_id"] == site.api.one("SELECT max(id) FROM journal")
    assert manifest["plans"] == {"havering-2020-23": site.api.revision()}
    assert manifest["size"] == (site.folder / "a.dump").stat().st_size


def test_counts_and_dump_are_of_one_moment(site: Site) -> None:
    """What is committed while the dump is being made is in neither."""
    programs, slow = find_binaries(), site.folder / "bin"
    slow.mkdir()
    for name in ("initdb", "postgres", "pg_isready", "pg_restore"):
        (slow / name).symlink_to(programs / name)
    waiting, go_on = site.folder / "waiting", site.folder / "go-on"
    script = (
        f'#!/bin/sh\ntouch "{waiting}"\nwhile [ ! -e "{go_on}" ]; do sleep 0.02; done\nexec "{programs}/pg_dump" "$@"\n'
    )
    (slow / "pg_dump").write_text(script)
    (slow / "pg_dump").chmod(0o755)
    before = site.facts()
    environ = {**os.environ, **site.environ, "PG_BIN": str(slow)}
    words = [sys.executable, "-m", "api.cli", "backup", str(site.folder / "a.dump")]
    with subprocess.Popen(words, cwd=REPO, env=environ) as process:
        wait_until(waiting.exists, 30)
        site.api.as_("lucy").say("3.4")
        go_on.touch()
        assert process.wait(30) == 0
    manifest = json.loads(manifest_path(site.folder / "a.dump").read_text())
    assert manifest["journal"]["entries"] == before.journal["entries"] < site.facts().journal["entries"]
    assert site.plan("restore-drill", str(site.folder / "a.dump")).returncode == 0


def test_backup_never_writes_over_another(site: Site) -> None:
    dump = site.backup()
    before = dump.read_bytes()
    done = site.plan("backup", str(dump))
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert dump.read_bytes() == before


def test_backup_without_the_rights_says_so_and_leaves_nothing(site: Site) -> None:
    done = site.plan("backup", str(site.folder / "a.dump"), OWNER_DATABASE_URL=site.api.url)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "privilege" in done.stderr
    assert list(site.folder.iterdir()) == []


def test_backup_to_where_nothing_can_be_written_says_so(site: Site) -> None:
    (site.folder / "file").touch()
    done = site.plan("backup", str(site.folder / "file" / "a.dump"))
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)


def test_backup_of_a_database_without_tables_is_refused(databases: Databases, tmp_path: Path) -> None:
    with databases.one("template1") as name, pytest.raises(BackupError, match="plan migrate"):
        backup(Database.at(databases.url(name, "plan_owner")), tmp_path / "a.dump")


def test_a_folder_gets_a_name_of_its_own(tmp_path: Path) -> None:
    now = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
    assert choose_path(tmp_path, Path("/elsewhere"), now) == tmp_path / "plan-20261123T010203Z.dump"
    assert choose_path(None, Path("/elsewhere"), now) == Path("/elsewhere/plan-20261123T010203Z.dump")
    assert choose_path(tmp_path / "mine", Path("/elsewhere"), now) == tmp_path / "mine"


# --- plan restore-drill -----------------------------------------------------------------------------------


def test_drill_compares_with_the_manifest_and_touches_nothing(site: Site) -> None:
    site.api.as_("lucy").say("3.4", rating="A")
    dump = site.backup()
    site.api.as_("lucy").say("3.4", "More was done since.")
    before = site.facts()
    done = site.plan("restore-drill", str(dump))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "can be restored" in done.stdout
    assert site.facts() == before
    assert site.beside() == []


def test_drill_finds_what_is_missing(site: Site) -> None:
    dump = site.backup()
    manifest = json.loads(manifest_path(dump).read_text())
    manifest["tables"]["place"] += 1
    manifest["plans"]["havering-2020-23"] += 1
    manifest_path(dump).write_text(json.dumps(manifest))
    done = site.plan("restore-drill", str(dump))
    assert done.returncode == 1
    wrong = [line.split("  ")[0] for line in done.stdout.splitlines() if line.endswith("DIFFERS")]
    assert {"rows of place", "revision of havering-2020-23"} <= set(wrong)


def test_the_journal_is_reckoned_again_live_and_in_the_drill(site: Site) -> None:
    said = site.api.as_("lucy").say("3.4", "What Lucy said.")
    site.api.as_("lucy").say("3.4", "And once more.")
    whole = site.plan("check", "--journal")
    assert (whole.returncode, whole.stdout.splitlines()[-1]) == (0, "Every one is as it was written."), whole.stderr
    assert site.plan("restore-drill", str(site.backup("whole.dump"))).returncode == 0
    site.api.sql("SET session_replication_role = replica")
    site.api.sql("UPDATE journal SET actor_name = 'Another' WHERE object_id = %s AND verb = 'posted'", said["id"])
    found = site.plan("check", "--journal")
    assert (found.returncode, "by Another" in found.stdout) == (1, True)
    done = site.plan("restore-drill", str(site.backup("tampered.dump")))
    assert (done.returncode, "by Another" in done.stdout) == (1, True)


def test_drill_by_a_role_that_may_not_make_databases_says_what_to_set(site: Site) -> None:
    done = site.plan("restore-drill", str(site.backup()), ADMIN_DATABASE_URL=site.environ["OWNER_DATABASE_URL"])
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)


def test_two_at_once_are_one_after_the_other(site: Site) -> None:
    dump = site.backup()
    with in_use(Database.at(site.environ["ADMIN_DATABASE_URL"]), site.name):
        done = site.plan("restore-drill", str(dump))
    assert (done.returncode, "under way" in done.stderr) == (1, True)
    assert site.plan("restore-drill", str(dump)).returncode == 0


# --- plan restore -----------------------------------------------------------------------------------------


def test_restore_brings_back_exactly_the_backup(site: Site) -> None:
    lucy = site.api.as_("lucy")
    lucy.say("3.4", "This was said before.")
    dump, wanted = site.backup(), site.facts()
    lucy.say("3.4", "This was said after.")
    assert site.plan("restore", str(dump), "--replace").returncode == 0
    with closing(site.api.connect()) as connection:
        texts = connection.execute("SELECT text FROM progress_update").fetchall()
        last, verb = connection.execute("SELECT id, verb FROM journal ORDER BY id DESC LIMIT 1").fetchall()[0]
    assert texts == [("This was said before.",)]
    assert (last, verb) == (wanted.journal["last_id"] + 1, "restored")
    found = site.facts()
    assert found.tables == {**wanted.tables, "journal": wanted.tables["journal"] + 1}
    assert (found.grants, found.triggers) == (wanted.grants, wanted.triggers)


def test_everything_but_the_marks_of_the_restore_is_as_it_was(site: Site) -> None:
    """Row by row, in every table."""
    lucy = site.api.as_("lucy")
    lucy.say("3.4", "This was said before.", rating="A")
    dump, before = site.backup(), site.rows()
    lucy.say("3.4", "This was said after.", rating="R")
    assert site.plan("restore", str(dump), "--replace").returncode == 0
    assert site.rows() == before


def test_restored_database_is_served_at_once_and_guarded(site: Site) -> None:
    """By the same processes, whose connections are cut meanwhile, and whose kept plan is newer than what is there now."""
    lucy, robert = site.api.as_("lucy"), site.api.as_("robert")
    lucy.say("3.4", "This was said before.")
    dump = site.backup()
    lucy.say("3.4", "This was said after.")
    seen = robert.get(PLAN)
    assert site.plan("restore", str(dump), "--replace").returncode == 0
    again = robert.get(PLAN, headers={"If-None-Match": seen.headers["ETag"]})
    assert again.status_code == 200
    assert again.json["revision"] > seen.json["revision"]
    assert "This was said after." not in again.text
    assert lucy.say("3.4", "This is said now.")["text"] == "This is said now."
    with closing(site.databases.connect(site.name, "plan_web")) as web:
        for statement in ("UPDATE journal SET verb = 'x'", "DELETE FROM journal", "CREATE TABLE mine (id int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(statement.encode())
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only")
    with closing(site.databases.connect(site.name, "plan_owner")) as owner, refused:
        owner.execute("UPDATE journal SET verb = 'x'")


def test_who_follows_the_plan_is_told_to_start_again(site: Site) -> None:
    """What their cursor had reached is not there any more, however many changes were made since."""
    lucy = site.api.as_("lucy")
    dump = site.backup()
    lucy.say("3.4", "This was said after.")
    cursor = lucy.read(f"{PLAN}/changes?limit=200")["cursor"]
    assert site.plan("restore", str(dump), "--replace").returncode == 0
    lucy.say("3.4", "This is said now.")
    answer = lucy.get(f"{PLAN}/changes?since={cursor}")
    assert (answer.status_code, answer.json["code"]) == (410, "cursor-expired")


def test_what_was_replaced_is_kept_until_the_next_restore(site: Site) -> None:
    dump = site.backup()
    site.api.as_("lucy").say("3.4", "This was said after.")
    done = site.plan("restore", str(dump), "--replace")
    assert site.beside() == [f"{site.name}_before_restore"]
    assert site.beside()[0] in done.stdout
    with closing(site.databases.connect(site.beside()[0])) as connection:
        assert connection.execute("SELECT text FROM progress_update").fetchall() == [("This was said after.",)]
    assert site.plan("restore", str(dump), "--replace").returncode == 0
    assert site.beside() == [f"{site.name}_before_restore"]


def test_plans_are_replaced_only_when_told(site: Site) -> None:
    dump, before = site.backup(), site.facts()
    done = site.plan("restore", str(dump))
    assert (done.returncode, "--replace" in done.stderr) == (1, True)
    assert site.facts() == before


def test_restore_into_an_empty_database_needs_no_word(site: Site, seeded: Seeded, tmp_path: Path) -> None:
    dump, wanted = site.backup(), site.facts()
    with site_over(site.databases, seeded, tmp_path, template=EMPTY) as empty:
        assert empty.plan("restore", str(dump)).returncode == 0
        assert (empty.facts(), empty.beside()) == (wanted, [])


def test_backup_of_an_older_release_is_migrated(site: Site) -> None:
    command.downgrade(alembic_config(site.environ["OWNER_DATABASE_URL"]), "0005")
    done = site.plan("restore-drill", str(site.backup()))
    assert done.returncode == 0, done.stdout
    lines = {line[:46].strip(): line[46:].split() for line in done.stdout.splitlines()}
    assert (lines["migration"], lines["migration afterwards"]) == (["0005"] * 2, [SCHEMA_HEAD] * 2)


def test_backup_of_a_newer_release_is_refused(site: Site) -> None:
    dump = site.backup()
    newer = json.loads(manifest_path(dump).read_text())
    manifest_path(dump).write_text(json.dumps({**newer, "schema_head": "9999", "oldest_code": "9999"}))
    done = site.plan("restore-drill", str(dump))
    assert (done.returncode, "newer" in done.stderr) == (1, True)


def test_backup_of_a_newer_release_whose_tables_this_one_works_with_is_restored(site: Site) -> None:
    """As they are: the way back to an older release brings its newest backup along (ADR 19)."""
    site.api.sql("ALTER TABLE action ADD COLUMN of_the_next integer")
    site.api.sql("UPDATE alembic_version SET version_num = '0999'")
    dump, wanted = site.backup(), site.facts()
    done = site.plan("restore-drill", str(dump))
    assert done.returncode == 0, done.stdout + done.stderr
    lines = {line[:46].strip(): line[46:].split() for line in done.stdout.splitlines()}
    assert lines["migration afterwards"] == ["0999"] * 2
    assert wanted.schema_head == "0999"
    site.api.sql("COMMENT ON TABLE alembic_version IS '0999'")
    refused = site.plan("restore-drill", str(site.backup("b.dump")))
    assert (refused.returncode, "works with code of 0999" in refused.stderr) == (1, True)


def spoil_last_byte(dump: Path) -> None:
    raw = bytearray(dump.read_bytes())
    raw[-1] ^= 1
    dump.write_bytes(raw)


def spoil_with_true_manifest(dump: Path) -> None:
    """Truncated before its manifest was made: only pg_restore can see it."""
    dump.write_bytes(dump.read_bytes()[:20_000])
    manifest = json.loads(manifest_path(dump).read_text())
    sum_ = subprocess.run(["sha256sum", str(dump)], capture_output=True, text=True, check=True).stdout.split()[0]
    manifest_path(dump).write_text(json.dumps({**manifest, "size": 20_000, "sha256": sum_}))


BROKEN = {
    "one byte differs": spoil_last_byte,
    "truncated": lambda dump: dump.write_bytes(dump.read_bytes()[:-100]),
    "truncated, as its manifest says": spoil_with_true_manifest,
    "empty": lambda dump: dump.write_bytes(b""),
    "gone": lambda dump: dump.unlink(),
    "without a manifest": lambda dump: manifest_path(dump).unlink(),
    "with a manifest that is none": lambda dump: manifest_path(dump).write_text("[1, 2]"),
    "with half a manifest": lambda dump: manifest_path(dump).write_text('{"file": "a.dump"}'),
}


@pytest.mark.parametrize("how", BROKEN)
def test_broken_backup_is_refused_in_one_line(site: Site, how: str) -> None:
    dump, before = site.backup(), site.facts()
    BROKEN[how](dump)
    for words in (["restore", "--replace"], ["restore-drill"]):
        done = site.plan(*words, str(dump))
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1), done.stderr
    assert (site.facts(), site.beside()) == (before, [])


@pytest.mark.fault
def test_killed_restore_leaves_what_was_there(site: Site) -> None:
    dump = site.backup()
    site.api.as_("lucy").say("3.4", "This was said after.")
    before = site.facts()
    words = [sys.executable, "-m", "api.cli", "restore", str(dump), "--replace"]
    with subprocess.Popen(words, cwd=REPO, env={**os.environ, **site.environ}) as process:
        wait_until(site.beside, 30)
        process.send_signal(signal.SIGKILL)
    assert site.facts() == before
    assert site.plan("restore", str(dump), "--replace").returncode == 0
    assert site.beside() == [f"{site.name}_before_restore"]


def test_no_password_is_on_a_command_line(site: Site) -> None:
    """A pg_dump that tells how it was called."""
    told = site.folder / "told"
    fake = site.folder / "bin"
    fake.mkdir()
    for name in ("initdb", "postgres", "pg_isready", "pg_restore", "pg_dump"):
        (fake / name).write_text(f'#!/bin/sh\necho "$0 $*" > {told}\necho "$PGPASSWORD" >> {told}\nexit 1\n')
        (fake / name).chmod(0o755)
    url = site.environ["OWNER_DATABASE_URL"].replace("plan_owner@", "plan_owner:very-private@")
    done = site.plan("backup", str(site.folder / "a.dump"), OWNER_DATABASE_URL=url, PG_BIN=str(fake))
    assert done.returncode == 1
    called, password = told.read_text().splitlines()
    assert ("very-private" in called, password) == (False, "very-private")
    assert "very-private" not in done.stdout + done.stderr


# --- on the embedded server -------------------------------------------------------------------------------


@pytest.mark.fault
def test_embedded_database_is_backed_up_and_restored_while_nothing_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.chmod(0o711)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("DATABASE_URL", raising=False)

    def plan(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["plan", *arguments])
        return cli.main()

    assert plan("migrate") == 0
    # In a process of its own, which ends with its connections.
    words = [sys.executable, "-m", "api.cli", "seed", "seed/havering-2020-23.json"]
    subprocess.run(words, cwd=REPO, check=True, stdout=subprocess.DEVNULL)
    assert plan("backup") == 0
    (dump,) = (tmp_path / "data" / "backups").glob("*.dump")
    shutil.move(tmp_path / "data", tmp_path / "lost")
    kept = tmp_path / "lost" / "backups" / dump.name
    # A new folder: nothing is migrated yet. Then there is something to lose.
    assert plan("restore", str(kept)) == 0
    assert plan("restore", str(kept)) == 1
    assert "all as in its manifest" in capsys.readouterr().out
