"""The `plan` command: parse, open what is needed, call a service, print."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from api import local
from api.app import create_app
from api.config import SettingsError, data_dir, read_settings
from api.domain.errors import PlanError, ValidationFailed
from api.domain.permissions import Role
from api.embedded import EmbeddedError
from api.migrate import migrate
from api.queries.people import find_person_by_name
from api.release import client_mark
from api.serve import check_port, serve
from api.services.accounts import create_account
from api.web import json_io, openapi
from api.web.transaction import write

# A file that loads at once needs no progress line.
LONG_FILE = 200


def main() -> int:
    """Run a command; expected errors are a line on standard error and exit code 1."""
    arguments = _parser().parse_args()
    command: Callable[[argparse.Namespace], int] = arguments.command
    try:
        return command(arguments)
    except ValidationFailed as error:
        print(error.detail, file=sys.stderr)
        for each in error.errors:
            print(f"  {each.pointer or '(whole file)'}: {each.detail}", file=sys.stderr)
    except (PlanError, SettingsError, EmbeddedError) as error:
        print(getattr(error, "detail", None) or str(error), file=sys.stderr)
    except DBAPIError as error:
        print(f"The database does not let this be done: {str(error.orig).strip()}", file=sys.stderr)
        print("Is DATABASE_URL right, is OWNER_DATABASE_URL the owner's, and was `plan migrate` run?", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="plan", description="Partnership Plan")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add(commands, "run", run, "start everything on this machine: database, migrations, first plan, server")
    _add(commands, "serve", run_server, "serve an already migrated database (DATABASE_URL, SECRET_KEY)")
    _add(commands, "migrate", run_migrations, "bring the database to this release's tables")
    _add(commands, "check", check, "say whether the settings and the database can be used")
    _add(commands, "openapi", print_openapi, "print the OpenAPI document")
    seeding = _add(commands, "seed", seed, "load a plan from a seed file")
    seeding.add_argument("file", type=Path)
    seeding.add_argument("--dry-run", action="store_true", help="say what would change; write nothing")
    adding = _add(commands, "user", add_user, "make an account; asks for the password")
    adding.add_argument("email")
    adding.add_argument("--name", required=True)
    adding.add_argument("--role", required=True, choices=[role.value for role in Role])
    adding.add_argument("--person", help="the person of the plan that it stands for, as printed (default: --name)")
    return parser


def _add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run_it: Callable[[argparse.Namespace], int], what: str) -> argparse.ArgumentParser:  # fmt: skip
    parser = commands.add_parser(name, help=what, description=what)
    parser.set_defaults(command=run_it)
    return parser


def run(_arguments: argparse.Namespace) -> int:
    """Start everything, and stop everything when interrupted."""
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


def run_server(_arguments: argparse.Namespace) -> int:
    """Serve; the database is migrated by somebody else."""
    settings = read_settings(os.environ, release=client_mark())
    check_port(settings)
    serve(settings, log_path=os.environ.get("LOG_FILE"))
    return 0


def run_migrations(_arguments: argparse.Namespace) -> int:
    """Migrate as the owner role (OWNER_DATABASE_URL, else DATABASE_URL, else the embedded database)."""
    with local.running(os.environ) as (settings, _):
        migrate(settings.owner_url or settings.database_url)
        local.tidy(create_app(settings))
    print("The database is up to date.")
    return 0


def check(_arguments: argparse.Namespace) -> int:
    """Ask the app itself whether it is ready."""
    with local.running(os.environ) as (settings, _):
        answer = create_app(settings).test_client().get("/api/v1/health/ready")
        print(json.dumps(answer.get_json(), indent=2))
    return 0 if answer.status_code == 200 else 1


def print_openapi(_arguments: argparse.Namespace) -> int:
    """Print the document; needs no database."""
    settings = read_settings(
        {"DATABASE_URL": "postgresql://nowhere/", "SECRET_KEY": "0123456789abcdefghijklmnopqrstuv"}
    )
    with create_app(settings).app_context():
        print(json_io.dumps_text(openapi.document()))
    return 0


def seed(arguments: argparse.Namespace) -> int:
    """Load a seed file, or say what that would do."""
    with local.running(os.environ) as (settings, _):
        try:
            report = local.seed_file(
                create_app(settings), arguments.file, dry_run=arguments.dry_run, progress=_show_progress
            )
        except (OSError, ValueError) as error:
            print(f"{arguments.file} cannot be read as JSON: {error}", file=sys.stderr)
            return 1
    print(json.dumps(report, indent=2))
    return 0


def _show_progress(done: int, everything: int) -> None:
    if everything >= LONG_FILE and sys.stderr.isatty():
        print(f"\r{done} of {everything} actions", end="\n" if done == everything else "", file=sys.stderr, flush=True)


def add_user(arguments: argparse.Namespace) -> int:
    """Make an account for a person of the plan, or for nobody in particular."""
    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    with local.running(os.environ) as (settings, _):
        app = create_app(settings)
        with app.app_context():

            def make(session: Session) -> None:
                person = find_person_by_name(session, arguments.person or arguments.name)
                if arguments.person and person is None:
                    raise SettingsError(f"Nobody is printed as {arguments.person!r} in the plan.")
                create_account(
                    local.work_of(app, session, "user"),
                    email=arguments.email,
                    name=arguments.name,
                    role=Role(arguments.role),
                    password=password,
                    person_id=person.id if person else None,
                )

            write(make)
    print(f"Made an account for {arguments.email}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
