"""plan check: say whether the settings and the database can be used."""

import argparse
import json
import os

from api import local
from api.app import create_app


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Take none: what it needs comes from the environment."""


def run(_arguments: argparse.Namespace) -> int:
    """Ask the app itself whether it is ready."""
    with local.running(os.environ) as (settings, _):
        answer = create_app(settings).test_client().get("/api/v1/health/ready")
        print(json.dumps(answer.get_json(), indent=2))
    return 0 if answer.status_code == 200 else 1
