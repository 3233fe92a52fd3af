"""plan backup: dump the database while people work, with a checksum and what it holds."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from api import local
from api.backup.dump import backup, choose_path
from api.backup.server import Database
from api.config import data_dir


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument(
        "target", nargs="?", type=Path, metavar="FILE|DIR", help="default: a new file in DATA_DIR/backups"
    )


def run(arguments: argparse.Namespace) -> int:
    """Make it as the owner role (OWNER_DATABASE_URL, else DATABASE_URL, else the embedded database)."""
    path = choose_path(arguments.target, data_dir(os.environ) / "backups", datetime.now(UTC)).resolve()
    with local.running(os.environ) as (settings, _):
        found = backup(Database.at(settings.owner_url or settings.database_url), path)
    facts = found.facts
    print(
        f"Backed up to {path}: {found.size:,} bytes, {len(facts.plans)} plans, {facts.rows:,} rows, "
        f"journal to {facts.journal['last_id']}."
    )
    return 0
