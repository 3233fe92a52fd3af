"""plan generate: fill in many invented plans, to try out how the software behaves with a country's."""

import argparse
import os
import sys
from time import monotonic

from api import local
from api.app import create_app
from api.backup.server import Database
from api.generate import Country, Size, generate
from api.http.database.transaction import write
from api.patience import LONG_COMMAND, NO_END, at_most

BAR = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much, and which of the many countries."""
    parser.add_argument("--plans", type=_positive, default=150, help="how many plans (150)")
    parser.add_argument("--actions", type=_positive, default=50, help="actions of each plan (50)")
    parser.add_argument("--updates", type=_number, default=200_000, help="updates of all plans together (200000)")
    parser.add_argument("--seed", type=_number, default=1, help="the same number makes the same plans (1)")


def run(arguments: argparse.Namespace) -> int:
    """Write them in one transaction, as the web role; the owner then tells the database what its tables hold."""
    country = Country(arguments.seed, Size(arguments.plans, arguments.actions, arguments.updates))
    began = monotonic()
    with local.running(os.environ) as (settings, _):
        app = create_app(settings)
        with app.app_context(), at_most(NO_END, LONG_COMMAND):
            write(lambda session: generate(session, country, _show_progress))
        with Database.at(settings.owner_url or settings.database_url).connect() as connection:
            connection.execute("ANALYZE")
        local.tidy(app)
    size = country.size
    print(
        f"Made {size.plans:,} invented plans ({country.slugs[0]} and on) with {size.plans * size.actions:,} actions and "
        f"{size.updates:,} updates in {monotonic() - began:.1f} seconds."
    )
    return 0


def _show_progress(done: int, everything: int) -> None:
    if sys.stderr.isatty():
        bar = "#" * (done * BAR // everything)
        end = "\n" if done == everything else ""
        print(f"\r[{bar:<{BAR}}] {done} of {everything} plans", end=end, file=sys.stderr, flush=True)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("a whole number, 0 or more")
    return int(text)


def _positive(text: str) -> int:
    if _number(text) == 0:
        raise argparse.ArgumentTypeError("a whole number, 1 or more")
    return int(text)
