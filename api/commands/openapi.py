"""plan openapi: print the OpenAPI document; needs no database."""

import argparse

from api.app import create_app
from api.config import read_settings
from api.contract import openapi
from api.http.messages import json_io


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Take none."""


def run(_arguments: argparse.Namespace) -> int:
    """Print the document as the API serves it."""
    settings = read_settings(
        {"DATABASE_URL": "postgresql://nowhere/", "SECRET_KEY": "0123456789abcdefghijklmnopqrstuv"}
    )
    with create_app(settings).app_context():
        print(json_io.dumps_text(openapi.document()))
    return 0
