"""Making a backup: the dump and what it holds, of one snapshot; under their names only when they are whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from api import release
from api.backup.errors import BackupError
from api.backup.facts import Facts, read_facts
from api.backup.manifest import Manifest, describe, manifest_path, write_manifest
from api.backup.server import Connection, Database


def choose_path(wanted: Path | None, folder: Path, now: datetime) -> Path:
    """Where the dump goes: the file that is wanted, or a name of its own in that folder, else in `folder`."""
    name = f"plan-{now:%Y%m%dT%H%M%SZ}.dump"
    if wanted is None:
        return folder / name
    return wanted / name if wanted.is_dir() else wanted


def backup(database: Database, path: Path) -> Manifest:
    """Dump the database while people work. Raises BackupError; nothing is left at `path` then."""
    if path.exists() or manifest_path(path).exists():
        raise BackupError(f"There is a backup {path} already. Give another name, or move it away.")
    made_at = datetime.now(UTC)
    with _unfinished(path) as (dump, manifest):
        facts = _dump(database, dump)
        found = describe(dump, path.name, made_at, release.VERSION, facts)
        write_manifest(found, manifest)
        _put_in_place(dump, path)
        _put_in_place(manifest, manifest_path(path))
    return found


def _dump(database: Database, dump: Path) -> Facts:
    """Counts and dump see the same moment: pg_dump takes the snapshot of this transaction."""
    with database.connect() as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = _export(connection)
        facts = read_facts(connection)
        database.run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={dump}")
    return facts


def _export(connection: Connection) -> str:
    return str(connection.execute("SELECT pg_export_snapshot()").fetchall()[0][0])


@contextmanager
def _unfinished(path: Path) -> Iterator[tuple[Path, Path]]:
    """Temporary names beside the real ones; whatever still has one at the end is removed."""
    dump = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    manifest = manifest_path(dump)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield dump, manifest
    except OSError as error:
        raise BackupError(f"The backup cannot be written to {path.parent}: {error}.") from error
    finally:
        for leftover in (dump, manifest):
            with suppress(OSError):
                leftover.unlink()


def _put_in_place(made: Path, path: Path) -> None:
    """Give it its name; the name is on the disk when this returns, as the bytes are already."""
    made.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
