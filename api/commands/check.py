"""plan check: say whether the settings and the database can be used; with --journal, whether the journal is as it was written."""

import argparse
import json
import os

from api import local
from api.app import create_app
from api.backup.chain import verify
from api.backup.server import Database
from api.http.database.replica_state import describe_replica


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What else is to be looked at; the rest comes from the environment."""
    parser.add_argument("--journal", action="store_true", help="reckon the digest of every entry of the journal again")


def run(arguments: argparse.Namespace) -> int:
    """Ask the app itself whether it is ready, and how the replica stands: it is told, and decides nothing."""
    with local.running(os.environ) as (settings, _):
        if arguments.journal:
            return _check_journal(Database.at(settings.database_url))
        app = create_app(settings)
        answer = app.test_client().get("/api/v1/health/ready")
        told = answer.get_json()
        if answer.status_code == 200:
            with app.app_context():
                replica = describe_replica()
            told |= {"replica": replica} if replica else {}
        print(json.dumps(told, indent=2))
    return 0 if answer.status_code == 200 else 1


def _check_journal(database: Database) -> int:
    """Say the first entry that does not fit; 1 when there is one. Nothing is changed."""
    with database.connect() as connection:
        found = verify(connection)
    print(f"{found.entries:,} entries of the journal; words were removed from {found.redacted:,}.")
    if found.apart:
        print(
            f"{found.apart:,} say another hour than the database, from entry {found.first_apart} on: loaded from elsewhere, "
            "or written by a machine whose clock was wrong."
        )
    print(found.wrong or "Every one is as it was written.")
    return 1 if found.wrong else 0
