"""What commands write, and what the server logs, only whoever runs them may read: whatever the umask lets through."""

import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli import COMMANDS
from api.embedded import EmbeddedPostgres
from tests.conftest import SECRET
from tests.integration.serving import REPO, serving

PLAN_FILE = REPO / "seed" / "havering-2020-23.json"
# What each command is asked for, in this order, in one data folder. {out} is a new folder for what is written by name.
RUNS: dict[str, list[str]] = {
    "migrate": [],
    "check": [],
    "openapi": [],
    "seed": [str(PLAN_FILE)],
    "user": ["ann@example.org", "--name", "Ann Example", "--role", "admin", "--invite"],
    "token": ["list"],
    "audit": ["--csv", "{out}/audit.csv"],
    "person": ["export", "Lucy Goodfellow", "--out", "{out}/person.json"],
    "passwords": ["{out}/../passwords.txt", "{out}/passwords.bin"],
    "retention": ["--dry-run"],
    "generate": ["--plans", "1", "--updates", "1"],
    "backup": ["{out}/plan.dump"],
    "restore-drill": ["{out}/plan.dump"],
    "restore": ["{out}/plan.dump", "--replace"],
}
SERVING = {"run", "serve"}


@pytest.fixture(scope="module")
def written(data_in_memory: Path) -> Path:
    """The folder in which everything was run, one command after the other, with a umask that hides nothing."""
    folder = data_in_memory
    (out := folder / "out").mkdir()
    (out / "audit.csv").write_text("an older one that everybody may read")
    (folder / "passwords.txt").write_text(f"{hashlib.sha1(b'winter').hexdigest().upper()}:7\n")
    (out / "audit.csv").chmod(0o644)
    before = os.umask(0)
    try:
        with serving("run", folder, DATA_DIR=str(folder / "data")):
            pass
        with EmbeddedPostgres(folder / "data") as database:
            where = {"DATABASE_URL": database.url("plan_web"), "LOG_FILE": str(out / "server.log")}
            with serving("serve", folder, SECRET_KEY=SECRET, **where) as server:
                server.ask("GET", "/health/live")
        environ = {**os.environ, "DATA_DIR": str(folder / "data")}
        for command, arguments in RUNS.items():
            asked = [each.format(out=out) for each in arguments]
            done = subprocess.run(
                [sys.executable, "-m", "api.cli", command, *asked],
                check=False,
                cwd=REPO,
                env=environ,
                capture_output=True,
                text=True,
                timeout=120,
            )
            assert done.returncode == 0, (command, done.stdout, done.stderr)
    finally:
        os.umask(before)
    return folder


def others_may_read(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    assert files
    return [str(path.relative_to(folder)) for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077]


def test_every_command_was_run() -> None:
    assert RUNS.keys() | SERVING == COMMANDS.keys()


def test_only_its_owner_may_read_what_was_written_by_name(written: Path) -> None:
    assert {path.name for path in (written / "out").iterdir()} >= {
        "server.log",
        "audit.csv",
        "person.json",
        "plan.dump",
    }
    # A public list, which the service's own account has to read: nobody else may change it.
    assert others_may_read(written / "out") == ["passwords.bin"]
    assert stat.S_IMODE((written / "out" / "passwords.bin").stat().st_mode) == 0o644


def test_only_its_owner_may_read_what_is_in_the_data_folder(written: Path) -> None:
    assert (written / "data" / "demo-accounts.json").exists()
    assert (written / "data" / "secret-key").exists()
    assert others_may_read(written / "data") == []
