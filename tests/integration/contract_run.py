"""The served document against the running server: schemathesis with all its checks and phases, as each kind of caller.

`make fuzz` runs the same for long, with another seed each time.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from api import local
from api.app import create_app
from api.config import Settings
from api.domain.plan.permissions import Role
from api.embedded import EmbeddedPostgres
from api.extensions import db
from api.http.database.transaction import write
from api.http.declare import PUBLIC, Operation
from api.migrate import migrate
from api.queries.people.people import find_person_by_name
from api.services.accounts import accounts, passwords
from tests.conftest import PASSWORD, SECRET
from tests.integration.serving import Server, serving

HOOKS = Path(__file__).with_name("contract_hooks.py")
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
WHO: dict[str, tuple[Role, str] | None] = {
    "admin": (Role.ADMIN, "Business Manager"),
    "lead_officer": (Role.LEAD_OFFICER, "Jane Carroll"),
    "contributor": (Role.CONTRIBUTOR, "Lucy Goodfellow"),
    "viewer": (Role.VIEWER, "Robert South"),
    "partner": None,
    "nobody": None,
}
# Every operation's edges are covered as an administrator, a lead officer, a contributor or nobody; and no link leads from what nobody may do to more of it.
PHASES = {
    "viewer": "examples,fuzzing,stateful",
    "partner": "examples,fuzzing,stateful",
    "nobody": "examples,coverage,fuzzing",
}
SCOPES = ["plan:read", "changes:read", "updates:write", "export:read"]


@dataclass
class Ground:
    """A server over a plan with some history, and ids to ask it about."""

    server: Server
    folder: Path
    actions: list[str]
    updates: list[str]
    people: list[str]
    directory: dict[str, list[str]]
    token: str
    closed: dict[str, list[str]]


@contextmanager
def standing(folder: Path) -> Iterator[Ground]:
    """A server of its own, prepared. Its database is durable: otherwise the server says that it is not ready."""
    with EmbeddedPostgres(folder / "data") as database:
        migrate(database.url("plan_owner"))
        settings = Settings(database_url=database.url("plan_web"), secret_key=SECRET)
        closed = make_accounts(settings)
        # Without limits: they would answer for everything else.
        environment = {
            "DATABASE_URL": settings.database_url,
            "RATE_LIMIT": "0",
            "RATE_LIMIT_ADDRESS": "0",
            "SIGN_IN_GUESSES": "10000",
            "DATA_DIR": str(folder),
        }
        with serving("serve", folder, SECRET_KEY=SECRET, **environment) as server:
            yield prepared(server, folder, closed)


def make_accounts(settings: Settings) -> dict[str, list[str]]:
    """Accounts of all roles: the operations by whom their door never lets in."""
    app = create_app(settings)
    local.seed_file(app, local.FIRST_PLAN)

    def make(session: Any) -> None:
        work = local.work_of(app, session, "tests")
        for role, name in filter(None, WHO.values()):
            person = find_person_by_name(session, name)
            email = f"{role}@example.org"
            accounts.create_account(
                work, email=email, name=name, role=role, password=PASSWORD, person_id=person.id if person else None
            )

    with app.app_context(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        write(make)
        db.engine.dispose()
    operations: list[Operation] = app.extensions["plan_operations"]
    return {who: [each.name for each in operations if not lets_in(each, who)] for who in WHO}


def lets_in(operation: Operation, who: str) -> bool:
    if operation.door is PUBLIC:
        return True
    named = WHO[who]
    return operation.scope is not None if who == "partner" else named is not None and named[0] in operation.door


def prepared(server: Server, folder: Path, closed: dict[str, list[str]]) -> Ground:
    """Post on some actions, so that there is something to read and to answer."""
    server.sign_in(f"{Role.CONTRIBUTOR}@example.org", PASSWORD)
    plan = server.ask("GET", "/plans/havering-2020-23").json
    named = [each for objective in plan["objectives"] for each in objective["actions"]]
    actions = [each["id"] for each in named if each["number"] in {"3.4", "3.5", "2.4", "4.10", "5.4"}]
    posted = [server.ask("POST", f"/actions/{each}/updates", {"text": "We met.", "rating": "A"}) for each in actions]
    updates = [each.json["id"] for each in posted if each.status == 201]
    assert len(updates) >= 2
    server.sign_in(f"{Role.ADMIN}@example.org", PASSWORD)
    body = {"name": "Liquidlogic", "agency": plan["agencies"][0]["id"], "scopes": SCOPES}
    token = server.ask("POST", "/partner-tokens", body).json["token"]
    server.headers.clear()
    people = [each["id"] for each in plan["people"][:3]]
    several = (("agency", "agencies"), ("group", "groups"), ("objective", "objectives"))
    directory = {"person": people, **{one: [each["id"] for each in plan[many][-3:]] for one, many in several}}
    return Ground(server, folder, actions, updates, people, directory, token, closed)


def configuration(ground: Ground, report: Path) -> str:
    """All phases, all checks; statuses that this API answers by contract are named beside the tool's own (API 3.2, 3.5).

    What a rule of the plan refuses is no failure of the data: a check of ours (contract_hooks.py) looks at each of those.
    """
    examples = EXAMPLES or 8
    return f"""
workers = 1
request-timeout = 20
hooks = {json.dumps(str(HOOKS))}
continue-on-failure = true
[generation]
max-examples = {examples}
deterministic = {"false" if EXAMPLES else "true"}
database = "none"
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "304", "400", "401", "403", "404", "409", "410", "412", "422", "429"]
[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "410", "412", "413", "415", "422", "428", "429"]
[checks.missing_required_header]
expected-statuses = ["400", "401", "403", "404", "406", "415", "422", "428"]
[phases.coverage]
generate-duplicate-query-parameters = true
[phases.stateful.generation]
max-examples = {examples}
[dictionaries.people]
values = {json.dumps(ground.people)}
[parameters]
"body.on_behalf_of" = {{ dictionary = "people", probability = 0.8 }}
[reports.json]
enabled = true
path = {json.dumps(str(report))}
"""


def hold(ground: Ground, who: str) -> None:
    """Ask the server everything that the document says, as this caller."""
    server, folder = ground.server, ground.folder / who
    folder.mkdir()
    (folder / "schemathesis.toml").write_text(configuration(ground, folder / "report.json"))
    url = f"http://127.0.0.1:{server.port}"
    environment = {
        **os.environ,
        "CONTRACT_URL": url,
        "CONTRACT_EMAIL": f"{who}@example.org" if WHO[who] else "",
        "CONTRACT_PASSWORD": PASSWORD,
        "CONTRACT_IDS": json.dumps(
            {"plan": ["havering-2020-23"], "action": ground.actions, "update": ground.updates, **ground.directory}
        ),
        "CONTRACT_TOKEN": ground.token if who == "partner" else "",
        # Hypothesis works out once, and not for each caller, which characters there are.
        "HYPOTHESIS_STORAGE_DIRECTORY": str(ground.folder / "hypothesis"),
    }
    command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", "schemathesis.toml", "run"]
    # That a shut door answers 401 or 403 before all else, tests/api/contract/test_access.py asks of each. `make fuzz` asks here too.
    shut = [] if EXAMPLES else [part for each in ground.closed[who] for part in ("--exclude-operation-id", each)]
    phases = "examples,coverage,fuzzing,stateful" if EXAMPLES else PHASES.get(who, "examples,coverage,fuzzing,stateful")
    done = subprocess.run(
        [*command, *shut, f"{url}/api/v1/openapi.json", "--checks", "all", "--phases", phases, "--no-color"],
        cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=3600 if EXAMPLES else 600,
    )  # fmt: skip
    print(done.stdout[-2500:])
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-3000:]
