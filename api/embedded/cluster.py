"""Making the cluster: whole, or not at all."""

import os
import shutil
import tempfile
from pathlib import Path

from api.embedded.commands import Programs
from api.embedded.errors import EmbeddedError
from api.embedded.layout import Layout
from api.embedded.settings import HBA, ident_file

UNFINISHED = "cluster.new-"

INITDB = (
    "--username=postgres",
    "--auth=peer",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
    "--no-sync",
    "--no-instructions",
)  # fmt: skip

# One statement a line: that is how single-user mode reads. In template1, so that every database
# made later is as closed as this one.
SET_UP = """\
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
CREATE ROLE plan_owner LOGIN;
CREATE ROLE plan_web LOGIN;
CREATE DATABASE plan OWNER plan_owner;
REVOKE ALL ON DATABASE plan FROM PUBLIC;
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
REVOKE ALL ON DATABASE template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE plan TO plan_web;
"""


def ensure_cluster(layout: Layout, programs: Programs, *, lock: int, durable: bool) -> None:
    """Make the cluster with its roles and database unless a whole one is there.

    It is made under another name and renamed when it is finished and on disk. `lock` is the start
    lock, which initdb holds too: if we are killed, nobody cleans up under a living initdb.
    Raises EmbeddedError for a cluster of another major version.
    """
    if layout.cluster.exists():
        _check_version(layout, programs)
        return
    for leftover in layout.root.glob(f"{UNFINISHED}*"):
        shutil.rmtree(leftover)
    _make(layout, programs, lock=lock, durable=durable)


def write_access(layout: Layout, programs: Programs) -> None:
    """Say who may connect; at each start, because another account may be the one who starts."""
    account = programs.account
    owner = (account.uid, account.gid) if account.dropped else None
    layout.write(layout.cluster / "pg_hba.conf", HBA, owner)
    layout.write(layout.cluster / "pg_ident.conf", ident_file(account.names()), owner)


def _make(layout: Layout, programs: Programs, *, lock: int, durable: bool) -> None:
    made = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=layout.root))
    try:
        if programs.account.dropped:
            os.chown(made, programs.account.uid, programs.account.gid)
        place = programs.place(made)
        programs.run("initdb", f"--pgdata={place}", *INITDB, cwd=made, keep=(lock,))
        single = ("--single", "-F", "-c", "exit_on_error=on", "-D", place, "template1")
        programs.run("postgres", *single, cwd=made, text=SET_UP, keep=(lock,))
        if durable:
            programs.run("initdb", "--sync-only", f"--pgdata={place}", cwd=made, keep=(lock,))
        made.rename(layout.cluster)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    _sync_folder(layout.root)


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _check_version(layout: Layout, programs: Programs) -> None:
    try:
        theirs = (layout.cluster / "PG_VERSION").read_text("ascii").strip()
    except OSError as error:
        raise EmbeddedError(f"{layout.cluster} is not a PostgreSQL cluster: {error}.") from error
    ours = programs.run("postgres", "--version", cwd=layout.cluster).split()[-1].split(".")[0]
    if theirs != ours:
        raise EmbeddedError(
            f"{layout.cluster} was made by PostgreSQL {theirs}, these programs are {ours}. Set PG_BIN"
            f" to PostgreSQL {theirs}, make a backup, and restore it into a new data folder."
        )
