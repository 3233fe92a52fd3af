"""plan person: everything that is held about somebody, as JSON or as a page to print."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api import local
from api.app import create_app
from api.commands.writing import write_own
from api.environment import SettingsError
from api.http.database.transaction import snapshot
from api.http.messages.json_io import dumps
from api.queries.privacy.person_data import find_people_called, get_person_data
from api.schemas.fields import is_id
from api.web.privacy.person_page import render


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Export NAME."""
    verbs = parser.add_subparsers(required=True, metavar="export", dest="verb")
    export = verbs.add_parser("export", help="everything that is held about somebody")
    export.add_argument("name", help="as printed, or the id")
    export.add_argument("--html", action="store_true", help="a page to print instead of JSON")
    export.add_argument(
        "--out", type=Path, help="the file to write (default: standard output); only its owner can read it"
    )


def run(arguments: argparse.Namespace) -> int:
    """Read it in one snapshot and write it where it is wanted."""
    with local.running(os.environ) as (settings, _):
        app = create_app(settings)
        with app.app_context(), snapshot() as session:
            held = {
                "made_at": app.extensions["plan_clock"](),
                **get_person_data(session, _who(session, arguments.name)),
            }
        written = render(held, f"/assets/{settings.release}").encode() if arguments.html else dumps(held) + b"\n"
    _write(written, arguments.out)
    return 0


def _who(session: Session, name: str) -> UUID:
    """The id of the one person of that name. Raises SettingsError naming them when there are several."""
    if is_id(name):
        return UUID(name)
    found = find_people_called(session, name)
    if not found:
        raise SettingsError(f"Nobody is printed as {name!r}; GET /api/v1/people lists everybody.")
    if len(found) > 1:
        raise SettingsError(
            f"Several people are called {name!r}. Give the id of the one you mean:\n" + "\n".join(map(_line, found))
        )
    return found[0][0].id


def _line(found: tuple[Any, Any]) -> str:
    person, agency = found
    return f"  {person.id}  {person.name}" + "".join(
        f", {each}" for each in (person.post, agency and agency.name) if each
    )


def _write(written: bytes, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(written)
        return
    write_own(out, written)
    print(f"Written to {out}.")
