"""plan seed: load a plan from a seed file, or say what that would do."""

import argparse
import json
import os
import sys
from pathlib import Path

from api import local
from api.app import create_app

# A file that loads at once needs no progress line.
LONG_FILE = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and whether to try only."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="say what would change; write nothing")
    parser.add_argument(
        "--not-case-data", action="store_true", help="what looks like case data in it is about no child or family"
    )


def run(arguments: argparse.Namespace) -> int:
    """Load it, and print what changed."""
    with local.running(os.environ) as (settings, _):
        try:
            report = local.seed_file(
                create_app(settings),
                arguments.file,
                dry_run=arguments.dry_run,
                confirmed=arguments.not_case_data,
                progress=_show_progress,
            )
        except (OSError, ValueError) as error:
            print(f"{arguments.file} cannot be read as JSON: {error}", file=sys.stderr)
            return 1
    print(json.dumps(report, indent=2))
    return 0


def _show_progress(done: int, everything: int) -> None:
    if everything >= LONG_FILE and sys.stderr.isatty():
        print(f"\r{done} of {everything} actions", end="\n" if done == everything else "", file=sys.stderr, flush=True)
