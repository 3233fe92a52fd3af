"""plan user: make an account for a person of the plan, or for nobody in particular."""

import argparse
import getpass
import os
import sys

from api import local
from api.app import create_app
from api.commands.reading import read_line
from api.domain.plan.permissions import ACCOUNT_ROLES, Role
from api.environment import SettingsError
from api.http.database.transaction import write
from api.queries.people.people import find_person_by_name
from api.services.accounts.accounts import create_account
from api.services.accounts.joining import Linked, invite_named
from api.services.work import Work
from api.web.accounts.mailing import base_url, write_link


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who it is for, and what they may do."""
    parser.add_argument("email")
    parser.add_argument("--name", required=True)
    parser.add_argument("--role", required=True, choices=[role.value for role in ACCOUNT_ROLES])
    parser.add_argument("--person", help="the person of the plan that it stands for, as printed (default: --name)")
    parser.add_argument("--invite", action="store_true", help="ask for no password; print a link to choose one with")


def run(arguments: argparse.Namespace) -> int:
    """Make it; the password is asked for, or read from standard input, unless it is an invitation."""
    password = None if arguments.invite else _read_password()
    with local.running(os.environ) as (settings, _):
        app = create_app(settings)
        with app.app_context():
            linked = write(lambda session: _make(local.work_of(app, session, "user"), arguments, password))
            if linked is not None:
                print(write_link(base_url(settings), linked))
                print("It works once, for seven days, and is not shown again.")
    print(f"Made an account for {arguments.email}.")
    return 0


def _read_password() -> str:
    return getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _make(work: Work, arguments: argparse.Namespace, password: str | None) -> Linked | None:
    """The account; an invitation's link when there is no password."""
    person = find_person_by_name(work.session, arguments.person or arguments.name)
    if arguments.person and person is None:
        raise SettingsError(f"Nobody is printed as {arguments.person!r} in the plan.")
    fields = {"email": arguments.email, "name": read_line(arguments.name), "role": Role(arguments.role)}
    person_id = person.id if person else None
    if password is None:
        return invite_named(work, **fields, person_id=person_id)
    create_account(work, **fields, password=password, person_id=person_id)
    return None
