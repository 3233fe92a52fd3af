"""One private database server a session, a fresh copy of the seeded database a test, and clients that check every answer.

The production code runs unchanged: its transactions commit. A test is kept from the next by having a database of its
own (a file copy of a template in memory, some 20 ms), not by a savepoint, because reads here switch isolation levels.
"""

import fcntl
import gc
import ipaddress
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from argon2 import PasswordHasher
from sqlalchemy.engine import make_url

from api import local
from api.app import create_app
from api.config import Limits, Settings
from api.domain.accounts.signing_in import Method
from api.domain.plan.permissions import Role
from api.embedded import EmbeddedPostgres
from api.extensions import db
from api.http.database.transaction import write
from api.migrate import migrate
from api.queries.people.people import find_person_by_name
from api.services.accounts import accounts, passwords, sessions
from tests import app_parts, memory
from tests.client import Api
from tests.lock_order import Watch, watching

SECRET = "not-so-well-known-0123456789-abcdefghij"
PASSWORD = "a long enough passphrase"
TEMPLATE = "template_plan"
EMPTY = "template_empty"
TESTS = Path(__file__).parent
# The folders of the tests in the order in which they run: those whose files take longest come first.
ORDER = {folder: place for place, folder in enumerate(("integration", "e2e", "api", "architecture", "unit"))}
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

# Who signs in: name for tests -> (name, role, whether they stand for the person of that name in the plan).
ACCOUNTS: dict[str, tuple[str, Role, bool]] = {
    "admin": ("Business Manager", Role.ADMIN, False),
    "second admin": ("Deputy Manager", Role.ADMIN, False),
    "jane": ("Jane Carroll", Role.LEAD_OFFICER, True),
    "pippa": ("Pippa Ward", Role.LEAD_OFFICER, True),
    "gordon": ("Gordon Henderson", Role.LEAD_OFFICER, True),
    "lucy": ("Lucy Goodfellow", Role.CONTRIBUTOR, True),
    "gloria": ("Gloria Okewale", Role.CONTRIBUTOR, True),
    "stranger": ("Somebody Else", Role.CONTRIBUTOR, False),
    "robert": ("Robert South", Role.VIEWER, True),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--examples", action="store_true", help="keep the answers of a run as the document's examples")
    parser.addoption("--release", action="store_true", help="keep this release's statements, for the next one's tables")


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # until the tests are collected: what is imported is no garbage, and is not looked through for it
    if not hasattr(config, "workerinput"):
        memory.make(config)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["memory"] = str(memory.of(node.config))


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        memory.remove(config)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, and of those the two that take minutes.

    `make test` hands out whole files in this order: whoever got a long one last would work alone at the end, so the
    last ones are those of the unit tests, which take a blink.
    """
    items.sort(
        key=lambda item: (ORDER.get(item.path.relative_to(TESTS).parts[0], 0), "_contract_of_" not in item.path.name)
    )


def pytest_collection_finish() -> None:
    """What was collected and imported stays to the end: the garbage collector need not go through it every few tests.

    Half a second each time, and the apps that tests make and drop are few enough for it to come less often.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(5000, 20, 20)


def email_of(who: str) -> str:
    return f"{who.replace(' ', '.')}@example.org"


@pytest.fixture(scope="session", autouse=True)
def _only_this_machine() -> Iterator[None]:
    """No test reaches another machine: only loopback addresses and unix sockets can be connected to."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def _apps_share_what_is_the_same() -> Iterator[None]:
    with app_parts.shared():
        yield


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(address[0]):
            raise AssertionError(f"A test tried to reach {address[0]}.")
        return connect(self, address)

    return guarded


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass
class Clock:
    """The instant that the app takes for now; a test moves it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Databases:
    """The session's server, and the databases made on it."""

    server: EmbeddedPostgres
    worker: str
    connection: psycopg.Connection[Any]
    made: int = 0

    def url(self, name: str, role: str = "plan_web") -> str:
        return self.server.url(role, name)

    def create(self, template: str = TEMPLATE) -> str:
        """Make a database of our own: a copy of the seeded one, of EMPTY (migrated only), or of template1."""
        self.made += 1
        name = f"test_{self.worker}_{self.made}"
        self.connection.execute(
            f'CREATE DATABASE "{name}" OWNER plan_owner TEMPLATE "{template}" STRATEGY file_copy'.encode()
        )
        return name

    def drop(self, name: str) -> None:
        self.connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())

    @contextmanager
    def one(self, template: str = TEMPLATE) -> Iterator[str]:
        name = self.create(template)
        try:
            yield name
        finally:
            self.drop(name)

    def connect(self, name: str, role: str = "postgres") -> psycopg.Connection[Any]:
        return connect(self.url(name, role))


def connect(url: str) -> psycopg.Connection[Any]:
    """An autocommitting connection, outside of the app."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True, connect_timeout=10)


def settings_for(url: str) -> Settings:
    # No limits: a test may ask more often in a minute than anybody should.
    return Settings(database_url=url, secret_key=SECRET, release="test", limits=Limits(caller=0, address=0))


@pytest.fixture(autouse=True)
def locks() -> Iterator[Watch]:
    """Whatever a test lets the product do, no transaction locks in another order than all the others (ADR 25)."""
    with watching() as watch:
        yield watch
    assert watch.wrong == []


@pytest.fixture(scope="session")
def worker_id_or_main() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id_or_main: str) -> Path:
    """A folder that the workers of one session share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id_or_main == "main" else base.parent


@pytest.fixture(scope="session")
def in_memory(pytestconfig: pytest.Config) -> Path:
    """A folder in memory that the workers of one session share; it goes with the session."""
    return memory.of(pytestconfig)


@pytest.fixture(scope="module")
def data_in_memory(in_memory: Path) -> Iterator[Path]:
    """A folder in memory for the data of one module's server."""
    yield from memory.new_folder(in_memory)


@pytest.fixture(scope="session")
def databases(shared_folder: Path, in_memory: Path, worker_id_or_main: str) -> Iterator[Databases]:
    """The session's server with its template database; the first worker makes it, the others wait for it."""
    settings = {"max_connections": "200"}
    with (
        EmbeddedPostgres(in_memory / "postgres", durable=False, settings=settings) as server,
        connect(server.url("postgres", "postgres")) as connection,
    ):
        found = Databases(server, worker_id_or_main, connection)
        with (shared_folder / "template.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared_folder / "template.json").exists():
                facts = make_template(found)
                (shared_folder / "template.json").write_text(json.dumps(facts))
        yield found


def make_template(databases: Databases) -> dict[str, Any]:
    """Migrate, load the plan with the code that loads it, make the accounts, and sign each of them in."""
    databases.connection.execute(f'CREATE DATABASE "{EMPTY}" OWNER plan_owner'.encode())
    migrate(databases.url(EMPTY, "plan_owner"))
    databases.connection.execute(f'CREATE DATABASE "{TEMPLATE}" OWNER plan_owner TEMPLATE "{EMPTY}"'.encode())
    app = create_app(settings_for(databases.url(TEMPLATE)), clock=Clock())
    local.seed_file(app, local.FIRST_PLAN)
    with app.app_context(), pytest.MonkeyPatch.context() as patch:
        # Real argon2, at a cost that a thousand tests can pay.
        patch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        opened = {who: write(_maker(app, who)) for who in ACCOUNTS}
        db.engine.dispose()
    with databases.connect(TEMPLATE) as connection:
        # Tests move the clock by years; the sessions they were given stay good.
        connection.execute("UPDATE session SET expires_at = '2190-01-01'")
        # The database's clock is the real one; the tests' plan was made at their noon.
        for table in ("plan", "objective", "action", "person", "agency", "date_entry"):
            columns = "at" if table == "date_entry" else "created_at"
            connection.execute(f"UPDATE {table} SET {columns} = '{NOON.isoformat()}'".encode())
        for table in ("plan", "objective", "action", "person", "agency"):
            connection.execute(f"UPDATE {table} SET updated_at = created_at".encode())
        numbers = connection.execute(
            "SELECT o.position || '.' || a.position, a.id::text FROM action a JOIN objective o ON o.id = a.objective_id"
        ).fetchall()
        people = connection.execute("SELECT name, id::text FROM person").fetchall()
        plan = connection.execute("SELECT id::text FROM plan").fetchone()
    return {"sessions": opened, "actions": dict(numbers), "people": dict(people), "plan": plan and plan[0]}


def _maker(app: Any, who: str) -> Callable[[Any], dict[str, str]]:
    name, role, stands_for = ACCOUNTS[who]

    def make(session: Any) -> dict[str, str]:
        work = local.work_of(app, session, "tests")
        person = find_person_by_name(session, name) if stands_for else None
        account = accounts.create_account(
            work, email=email_of(who), name=name, role=role, password=PASSWORD, person_id=person.id if person else None
        )
        opened = sessions.open_session(work, account, Method.PASSWORD, "")
        return {"account": str(account.id), "session": str(opened.id), "refresh": str(opened.refresh_id), "role": role}

    return make


@dataclass
class Seeded:
    """What the template holds: ids by printed number and name, and a live session for each account."""

    sessions: dict[str, dict[str, str]]
    actions: dict[str, str]
    people: dict[str, str]
    plan: str
    ids: dict[str, UUID] = field(default_factory=dict)


@pytest.fixture(scope="session")
def seeded(databases: Databases, shared_folder: Path) -> Seeded:
    return Seeded(**json.loads((shared_folder / "template.json").read_text()))


@contextmanager
def api_over(
    databases: Databases,
    seeded: Seeded,
    template: str = TEMPLATE,
    *,
    settings: dict[str, Any] | None = None,
    **options: Any,
) -> Iterator[Api]:
    """An app over a fresh copy of a database, torn down without a connection left behind."""
    with databases.one(template) as name:
        clock = Clock()
        app = create_app(replace(settings_for(databases.url(name)), **(settings or {})), clock=clock, **options)
        api = Api(app, clock, seeded, lambda: databases.connect(name), databases.url(name))
        try:
            yield api
        finally:
            api.close()


@pytest.fixture
def clock(api: Api) -> Clock:
    found: Clock = api.clock
    return found


@pytest.fixture
def api(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """The app over a database of this test's own."""
    with api_over(databases, seeded) as found:
        yield found


@pytest.fixture(scope="module")
def still(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """The app over one database for a whole module: for tests whose requests change nothing."""
    with api_over(databases, seeded) as found:
        yield found


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how much axe saw: the line that the accessibility statement and the closing notes quote.

    Here and not beside the browser's tests: with several workers the one who sums up collects nothing itself.
    """
    reports = [one for group in terminalreporter.stats.values() for one in group]
    told = [seen for one in reports for name, seen in getattr(one, "user_properties", ()) if name == "axe"]
    states, checks, wrong = (sum(one[key] for one in told) for key in ("states", "checks", "violations"))
    if checks:
        more = checks - 3 * states
        terminalreporter.write_line(
            f"axe: {states} states x 3 widths = {3 * states} checks, and {more} at one width: {wrong} violations"
        )
