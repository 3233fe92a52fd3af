"""The drill: is this backup one that can be restored? The live database is not touched."""

from pathlib import Path

from api.backup.facts import Line
from api.backup.manifest import Manifest, read_checked
from api.backup.scratch import fill, scratch, site
from api.backup.server import Database


def drill(admin: Database, name: str, dump: Path) -> tuple[Manifest, list[Line]]:
    """Restore into a scratch database beside `name`, migrate, compare, drop it. Raises BackupError."""
    manifest = read_checked(dump)
    with site(admin, name) as here, scratch(here) as database:
        return manifest, fill(database, dump, manifest)
