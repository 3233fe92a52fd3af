"""plan retention: delete what is over its time, or say what that would be."""

import argparse
import os
from dataclasses import replace

from api import local
from api.app import create_app
from api.services.privacy.retention import Kept, keep_in_time


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to do it."""
    parser.add_argument("--dry-run", action="store_true", help="count what would go, and change nothing")


def run(arguments: argparse.Namespace) -> int:
    """Do it as the owner role (OWNER_DATABASE_URL, else DATABASE_URL): the web role may not delete these."""
    with local.running(os.environ) as (settings, _):
        said = settings.retention
        kept = Kept(said.audit_days, said.session_days, said.contact_days, said.leavers)
        app = create_app(replace(settings, database_url=settings.owner_url or settings.database_url))
        with app.app_context():
            counts = keep_in_time(local.in_turn(app, "retention"), kept, dry_run=arguments.dry_run)
    for what, count in counts.items():
        print(f"{count:>8,}  {what}")
    print("This was a dry run: nothing was changed." if arguments.dry_run else "Done.")
    return 0
