"""plan user: make an account for a person of the plan, or for nobody in particular."""

import argparse
import getpass
import os
import sys

from sqlalchemy.orm import Session

from api import local
from api.app import create_app
from api.config import SettingsError
from api.domain.permissions import ACCOUNT_ROLES, Role
from api.queries.people import find_person_by_name
from api.services.accounts import create_account
from api.web.transaction import write


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who it is for, and what they may do."""
    parser.add_argument("email")
    parser.add_argument("--name", required=True)
    parser.add_argument("--role", required=True, choices=[role.value for role in ACCOUNT_ROLES])
    parser.add_argument("--person", help="the person of the plan that it stands for, as printed (default: --name)")


def run(arguments: argparse.Namespace) -> int:
    """Make it; the password is asked for, or read from standard input."""
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
