"""plan audit: what happened that changed nothing of the plan, newest first; as lines, or as a CSV file."""

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from api import local
from api.app import create_app
from api.commands.writing import write_own
from api.domain.accounts.audit_sentences import SENTENCES
from api.http.database.transaction import session
from api.web.accounts.audit import file_of, tell_events, which


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which events, and where to."""
    parser.add_argument("--kind", action="append", choices=list(SENTENCES), help="only these; may be given again")
    parser.add_argument(
        "--from", dest="since", type=date.fromisoformat, metavar="DAY", help="from this day on, 2026-11-23"
    )
    parser.add_argument("--to", dest="until", type=date.fromisoformat, metavar="DAY", help="to the end of this day")
    parser.add_argument("--q", metavar="NAME", help="only of people and systems with this in their name")
    parser.add_argument("--limit", type=int, default=100, help="how many lines; 100 unless it is said")
    parser.add_argument("--csv", metavar="FILE", help="write a file instead, the newest 50,000; - is standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print or write them."""
    kinds = frozenset(arguments.kind) if arguments.kind else None
    found = which(since=arguments.since, until=arguments.until, kind=kinds, q=arguments.q)
    with local.running(os.environ) as (settings, _):
        app = create_app(settings)
        with app.app_context():
            if arguments.csv:
                _write(arguments.csv, file_of(session(), found))
                return 0
            for event in tell_events(session(), found, limit=arguments.limit):
                print(f"{event['at']:%Y-%m-%d %H:%M:%SZ}  {event['address'] or '-':<15}  {event['says']}")
    return 0


def _write(path: str, whole: bytes) -> None:
    if path == "-":
        sys.stdout.buffer.write(whole)
    else:
        write_own(Path(path), whole)
