"""The `plan` command: which command it is, and how what goes wrong is told. The commands are in api/commands/."""

import argparse
import gc
import sys
from importlib import import_module

from sqlalchemy.exc import DBAPIError

from api.backup.errors import BackupError
from api.domain.errors import PlanError, ValidationFailed
from api.embedded import EmbeddedError
from api.environment import SettingsError
from api.release import SchemaMisfit

COMMANDS = {
    "run": "start everything on this machine: database, migrations, first plan, server",
    "serve": "serve an already migrated database (DATABASE_URL, SECRET_KEY)",
    "migrate": "bring the database to this release's tables",
    "check": "say whether the settings and the database can be used",
    "openapi": "print the OpenAPI document",
    "seed": "load a plan from a seed file",
    "token": "make, list and revoke the tokens of partner systems",
    "audit": "say what happened that changed nothing: sign-ins, refusals, exports, the use of tokens",
    "user": "make an account; asks for the password",
    "passwords": "make the file of breached passwords (BREACHED_PASSWORDS) from lists that were downloaded",
    "person": "everything that is held about somebody, as JSON or as a page to print",
    "retention": "delete audit events, sessions and links that are over their time (--dry-run: only count them)",
    "backup": "dump the database while people work, with a checksum and what it holds",
    "restore": "put a backup in the place of the database",
    "restore-drill": "show that a backup can be restored; the database is not touched",
    "generate": "fill in many invented plans, to try out how the software behaves at the size of a country",
}


def main() -> int:
    """Run a command; expected errors are a line on standard error and exit code 1."""
    # What is imported stays: to look through it for garbage, again and again, is a fifth of the server's start, and would
    # later copy pages that the forked workers share.
    gc.disable()
    arguments = _parser().parse_args()
    gc.freeze()
    gc.enable()
    try:
        return int(arguments.run(arguments))
    except ValidationFailed as error:
        print(error.detail, file=sys.stderr)
        for each in error.errors:
            print(f"  {each.pointer or '(whole file)'}: {each.detail}", file=sys.stderr)
    except (PlanError, SettingsError, EmbeddedError, BackupError, SchemaMisfit) as error:
        print(getattr(error, "detail", None) or str(error), file=sys.stderr)
    except DBAPIError as error:
        print(f"The database does not let this be done: {said_by(error)}", file=sys.stderr)
        print("Is DATABASE_URL right, is OWNER_DATABASE_URL the owner's, and was `plan migrate` run?", file=sys.stderr)
    return 1


def said_by(error: DBAPIError) -> str:
    """What the database says of it, on one line and without the values of a row: containers keep what is printed."""
    state, diagnosis = (getattr(error.orig, name, None) for name in ("sqlstate", "diag"))
    if state is None:
        return str(error.orig).strip()
    # Of data (22) and constraints (23) it quotes what it was given, in its first line too.
    of_values = str(state).startswith(("22", "23"))
    says = getattr(diagnosis, "constraint_name", None) if of_values else getattr(diagnosis, "message_primary", None)
    return f"{says or 'a value that it does not take'} ({state})"


def _parser() -> argparse.ArgumentParser:
    """All commands by name; only the one that is meant is imported, so that the server starts without the others' needs."""
    parser = argparse.ArgumentParser(prog="plan", description="Partnership Plan")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, what in COMMANDS.items():
        each = commands.add_parser(name, help=what, description=what)
        if name in sys.argv[1:2]:
            module = import_module(f"api.commands.{name.replace('-', '_')}")
            module.add_arguments(each)
            each.set_defaults(run=module.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
