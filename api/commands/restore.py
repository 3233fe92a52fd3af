"""plan restore: put a backup in the place of the database."""

import argparse
import os
from pathlib import Path

from api import local
from api.backup.restore import restore
from api.backup.server import Database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The backup, and whether it may replace what is there."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--replace", action="store_true", help="also when the database holds plans")


def run(arguments: argparse.Namespace) -> int:
    """Restore as an administrator (ADMIN_DATABASE_URL, else the owner, else the embedded database's)."""
    with local.running(os.environ) as (settings, embedded):
        name = Database.at(settings.database_url).name
        admin = Database.at(local.admin_url(os.environ, settings, embedded=embedded))
        done = restore(admin, name, arguments.file.resolve(), replace=arguments.replace)
    facts = done.manifest.facts
    print(
        f"Restored {arguments.file}, made {done.manifest.made_at}: {len(facts.plans)} plans, {facts.rows:,} rows, "
        f"journal to {facts.journal['last_id']}; all as in its manifest."
    )
    if done.kept_as:
        print(f"What was there before is kept as the database {done.kept_as}, until the next restore.")
    return 0
