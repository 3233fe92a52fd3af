"""plan migrate: bring the database to this release's tables, as the owner role."""

import argparse
import os

from api import local
from api.app import create_app
from api.migrate import migrate


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Take none: what it needs comes from the environment."""


def run(_arguments: argparse.Namespace) -> int:
    """Migrate as the owner (OWNER_DATABASE_URL, else DATABASE_URL, else the embedded database)."""
    with local.running(os.environ) as (settings, _):
        migrate(settings.owner_url or settings.database_url)
        local.tidy(create_app(settings))
    print("The database is up to date.")
    return 0
