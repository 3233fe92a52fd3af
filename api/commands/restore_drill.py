"""plan restore-drill: show that a backup can be restored; the database is not touched."""

import argparse
import os
from pathlib import Path

from api import local
from api.backup.drill import drill
from api.backup.facts import Line
from api.backup.server import Database

WIDEST = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The backup."""
    parser.add_argument("file", type=Path, metavar="FILE")


def run(arguments: argparse.Namespace) -> int:
    """Restore into a scratch database, migrate, compare; 1 when anything differs."""
    with local.running(os.environ) as (settings, embedded):
        name = Database.at(settings.database_url).name
        admin = Database.at(local.admin_url(os.environ, settings, embedded=embedded))
        manifest, lines = drill(admin, name, arguments.file.resolve())
    print(f"{arguments.file}, made {manifest.made_at} by release {manifest.release}")
    print(f"{'':<46}{'in the backup':>24}{'restored':>24}")
    for line in lines:
        print(_row(line))
    wrong = sum(not line.same for line in lines)
    print(
        f"{wrong} of {len(lines)} differ: this backup is not good."
        if wrong
        else "All the same: this backup can be restored."
    )
    return 1 if wrong else 0


def _row(line: Line) -> str:
    """One line of the table; what is too long for it is said in a word where it is the same."""
    cells = [line.wanted, line.found]
    if line.same and len(line.wanted) > WIDEST // 2:
        cells = ["", "the same"]
    return f"{line.what:<46}" + "".join(f"{cell:>24}" for cell in cells) + ("" if line.same else "  DIFFERS")
