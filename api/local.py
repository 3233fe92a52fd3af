"""Running on one machine: the database (embedded unless DATABASE_URL is set), the secret, the first plan and accounts."""

import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from api import release
from api.config import Settings, data_dir, read_settings, with_driver
from api.domain.days import london_day
from api.domain.plan.permissions import Actor, Role
from api.embedded import EmbeddedPostgres
from api.extensions import db
from api.http import case_data, idempotency
from api.http.database.transaction import write
from api.models import Account
from api.queries.accounts.accounts import has_accounts
from api.queries.people.people import find_person_by_name
from api.queries.plan.plans import has_plans
from api.schemas.plan.seeds import check_seed
from api.services.accounts.accounts import add_account, new_account_with
from api.services.accounts.challenges import forget_challenges
from api.services.accounts.guesses import forget_guesses
from api.services.plan.seeds import Progress, load_seed
from api.services.work import Work

FIRST_PLAN = release.ROOT / "seed" / "havering-2020-23.json"
OPERATOR = Actor(None, "command line", Role.ADMIN)
DEMONSTRATION = (
    ("Business Manager", Role.ADMIN),
    ("Pippa Ward", Role.LEAD_OFFICER),
    ("Jane Carroll", Role.LEAD_OFFICER),
    ("Gordon Henderson", Role.LEAD_OFFICER),
    ("Lucy Goodfellow", Role.CONTRIBUTOR),
    ("Gloria Okewale", Role.CONTRIBUTOR),
    ("Robert South", Role.VIEWER),
)


@contextmanager
def running(environ: Mapping[str, str], *, signs: bool = False) -> Iterator[tuple[Settings, bool]]:
    """(settings, whether the database is the embedded one), with the database up. Raises SettingsError, EmbeddedError.

    Only what `signs` tokens needs the real SECRET_KEY; any other command is better off without it.
    """
    mark = release.client_mark()
    if environ.get("DATABASE_URL"):
        spare = None if signs else secrets.token_urlsafe(48)
        yield read_settings(environ, secret_key=spare, release=mark), False
        return
    folder = data_dir(environ)
    with EmbeddedPostgres(folder) as server:
        settings = read_settings(
            environ,
            database_url=server.url("plan_web"),
            owner_url=server.url("plan_owner"),
            secret_key=_own_secret(folder / "secret-key"),
            release=mark,
            factor_roles=frozenset(),
        )
        yield settings, True


def admin_url(environ: Mapping[str, str], settings: Settings, *, embedded: bool) -> str:
    """As whom databases are made and dropped: the embedded server's administrator, ADMIN_DATABASE_URL, else the owner."""
    owner = settings.owner_url or settings.database_url
    if embedded:
        return make_url(owner).set(username="postgres").render_as_string(hide_password=False)
    return with_driver(environ.get("ADMIN_DATABASE_URL") or owner)


def _own_secret(path: Path) -> str:
    """The secret of this machine's embedded database: random, made once, readable by its owner only."""
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        secret = secrets.token_urlsafe(48)
        _write_private(path, secret + "\n")
        return secret


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, never for a moment by others, and never half."""
    temporary = path.with_name(path.name + ".new")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    temporary.replace(path)


def work_of(app: Flask, session: Session, request_id: str) -> Work:
    """A unit of work of whoever runs the command."""
    instant = app.extensions["plan_clock"]()
    is_breached = app.extensions["plan_breached"].holds
    return Work(session, OPERATOR, instant, london_day(instant), request_id, is_breached=is_breached)


def in_turn(app: Flask, request_id: str) -> Callable[[Callable[[Work], Any]], Any]:
    """What does one unit of work after the other, each in a transaction of its own; within an app's context."""
    return lambda case: write(lambda session: case(work_of(app, session, request_id)))


def seed_file(
    app: Flask, path: Path, *, dry_run: bool = False, confirmed: bool = False, progress: Progress | None = None
) -> dict[str, Any]:
    """Load a seed file in one transaction; `confirmed`: what looks like case data in it is none.

    Raises ValidationFailed, CaseDataSuspected, Conflict, OSError, ValueError.
    """
    document = check_seed(json.loads(path.read_text("utf-8")))
    with app.app_context():
        warnings = case_data.look_through_seed(document)

        def load(session: Session) -> dict[str, Any]:
            work = case_data.ask_unless(warnings, dry_run or confirmed, work_of(app, session, "seed"))
            return load_seed(work, document, dry_run=dry_run, progress=progress)

        report = write(load)
    return {**report, "warnings": warnings} if warnings else report


def tidy(app: Flask) -> None:
    """Throw away what is kept for a while only, then close this process's connections: no worker may inherit one."""
    with app.app_context():
        write(idempotency.forget_old)
        write(forget_guesses)
        write(forget_challenges)
        db.engine.dispose()


def seed_when_empty(app: Flask) -> bool:
    """Load the first plan into a database that has none."""
    with app.app_context():
        if write(has_plans):
            return False
    seed_file(app, FIRST_PLAN)
    return True


def make_demonstration_accounts(app: Flask, folder: Path) -> list[dict[str, str]]:
    """Make the demonstration accounts where there are no accounts at all: random passwords, kept in a private file."""
    made = [
        {
            "email": f"{name.lower().replace(' ', '.')}@example.org",
            "password": secrets.token_urlsafe(12),
            "role": role.value,
            "name": name,
        }
        for name, role in DEMONSTRATION
    ]
    with app.app_context():
        if not write(lambda session: _make_all(app, session, made)):
            return []
    # After the commit: a file that names accounts which are not there would be worse than none.
    _write_private(folder / "demo-accounts.json", json.dumps(made, indent=2) + "\n")
    return made


def _make_all(app: Flask, session: Session, accounts: list[dict[str, str]]) -> bool:
    if has_accounts(session):
        return False
    work = work_of(app, session, "demonstration")
    # All of them are judged before the first is added: with it the directory is held.
    for made in [_make_one(work, account) for account in accounts]:
        add_account(work, made, "created")
    return True


def _make_one(work: Work, account: dict[str, str]) -> Account:
    person = find_person_by_name(work.session, account["name"])
    return new_account_with(
        work,
        account["password"],
        email=account["email"],
        name=account["name"],
        role=Role(account["role"]),
        person_id=person.id if person else None,
    )
