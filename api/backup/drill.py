"""The drill: is this backup one that can be restored? The live database is not touched."""

from pathlib import Path

from api.backup.chain import verify
from api.backup.facts import Line
from api.backup.manifest import Manifest, read_checked
from api.backup.scratch import fill, scratch, site
from api.backup.server import Database

_WHOLE = "whole"


def drill(admin: Database, name: str, dump: Path) -> tuple[Manifest, list[Line]]:
    """Restore into a scratch database beside `name`, migrate, compare, reckon the journal's chain, drop it. Raises BackupError.

    The chain is no condition of `plan restore`: whoever has to restore after a break-in needs what there is.
    """
    manifest = read_checked(dump)
    with site(admin, name) as here, scratch(here) as database:
        return manifest, [*fill(database, dump, manifest), _chained(database)]


def _chained(database: Database) -> Line:
    with database.connect() as connection:
        return Line("chain of the journal", _WHOLE, verify(connection).wrong or _WHOLE)
