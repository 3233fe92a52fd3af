"""plan token: make, list and revoke the tokens of partner systems."""

import argparse
import os
from uuid import UUID

from sqlalchemy.orm import Session

from api import local
from api.app import create_app
from api.commands.reading import read_line
from api.domain.accounts.partners import LONGEST_DAYS, Scope
from api.environment import SettingsError
from api.http.database.transaction import write
from api.queries.accounts.partners import ListedToken, find_agency_by_name, list_tokens
from api.services.accounts import partners
from api.services.work import Work


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """create, list or revoke."""
    verbs = parser.add_subparsers(required=True, metavar="create|list|revoke", dest="verb")
    create = verbs.add_parser("create", help="make a token and show it, this once")
    create.add_argument("--name", required=True, help="the system, for example Liquidlogic")
    create.add_argument("--agency", required=True, help="the agency, by its name or short name as in the plan")
    create.add_argument("--scope", required=True, action="append", choices=[scope.value for scope in Scope])
    create.add_argument("--days", type=int, default=LONGEST_DAYS, help=f"days until it expires, {LONGEST_DAYS} at most")
    verbs.add_parser("list", help="list the tokens, without their secrets")
    revoke = verbs.add_parser("revoke", help="end a token, with effect on its next request")
    revoke.add_argument("id", type=UUID)


def run(arguments: argparse.Namespace) -> int:
    """Do it in one transaction, and print what came of it once that is kept."""
    with local.running(os.environ) as (settings, _):
        app = create_app(settings)
        with app.app_context():
            verb = {"create": _create, "list": _list, "revoke": _revoke}[arguments.verb]
            print(write(lambda session: verb(local.work_of(app, session, "token"), session, arguments)))
    return 0


def _create(work: Work, session: Session, arguments: argparse.Namespace) -> str:
    agency = find_agency_by_name(session, arguments.agency)
    if agency is None:
        raise SettingsError(f"No agency is called {arguments.agency!r}; GET /api/v1/agencies lists them.")
    if not 1 <= arguments.days <= LONGEST_DAYS:
        raise SettingsError(f"A token lasts 1 to {LONGEST_DAYS} days.")
    token, shown = partners.create_token(
        work, name=read_line(arguments.name), agency=agency.id, scopes=arguments.scope, days=arguments.days
    )
    return f"{shown}\nfor {token.name} of {agency.name}, until {token.expires_at:%-d %B %Y}. It is not shown again."


def _list(_work: Work, session: Session, _arguments: argparse.Namespace) -> str:
    return "\n".join(_line(each) for each in list_tokens(session)) or "There is no token."


def _line(listed: ListedToken) -> str:
    token, agency, maker_ended = listed
    until = "revoked" if token.revoked_at else f"until {token.expires_at:%Y-%m-%d}"
    ended = f"; its agency ended on {agency.ended_on}" if agency.ended_on else ""
    made = f"; {token.made_by_name}, who made it, has no account any more" if maker_ended else ""
    return f"{token.id}  {token.name} ({agency.short_name})  {' '.join(token.scopes)}  {until}{ended}{made}"


def _revoke(work: Work, _session: Session, arguments: argparse.Namespace) -> str:
    return f"{partners.revoke_token(work, arguments.id).name} can do nothing from now on."
