"""plan check: say whether the settings and the database can be used."""

import argparse
import json
import os

from api import local
from api.app import create_app
from api.web.replica_state import describe_replica


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Take none: what it needs comes from the environment."""


def run(_arguments: argparse.Namespace) -> int:
    """Ask the app itself whether it is ready, and how the replica stands: it is told, and decides nothing."""
    with local.running(os.environ) as (settings, _):
        app = create_app(settings)
        answer = app.test_client().get("/api/v1/health/ready")
        told = answer.get_json()
        if answer.status_code == 200:
            with app.app_context():
                replica = describe_replica()
            told |= {"replica": replica} if replica else {}
        print(json.dumps(told, indent=2))
    return 0 if answer.status_code == 200 else 1
