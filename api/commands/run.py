"""plan run: start everything on this machine, and stop everything when interrupted."""

import argparse
import os
from pathlib import Path

from api import local
from api.app import create_app
from api.config import data_dir
from api.migrate import migrate
from api.serve import check_port, serve


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Take none: what it needs comes from the environment."""


def run(_arguments: argparse.Namespace) -> int:
    """Start everything: database, migrations, first plan, server."""
    folder = data_dir(os.environ)
    with local.running(os.environ, signs=True) as (settings, embedded):
        check_port(settings)
        migrate(settings.owner_url or settings.database_url)
        app = create_app(settings)
        if local.seed_when_empty(app):
            print("Loaded the first plan, seed/havering-2020-23.json.")
        if embedded:
            _show_accounts(local.make_demonstration_accounts(app, folder), folder)
        local.tidy(app)
        serve(settings, log_path=str(folder / "api.log") if embedded else None)
    return 0


def _show_accounts(accounts: list[dict[str, str]], folder: Path) -> None:
    if not accounts:
        return
    print("Demonstration accounts, shown once and kept in", folder / "demo-accounts.json")
    for account in accounts:
        print(f"  {account['role']:<13} {account['email']:<32} {account['password']}")
