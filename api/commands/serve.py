"""plan serve: serve a database that somebody else migrates."""

import argparse
import os

from api import serve
from api.config import read_settings
from api.release import client_mark


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Take none: what it needs comes from the environment."""


def run(_arguments: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM."""
    settings = read_settings(os.environ, release=client_mark())
    serve.check_port(settings)
    serve.serve(settings, log_path=os.environ.get("LOG_FILE"))
    return 0
