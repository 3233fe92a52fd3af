"""One plan alone and the same plan among a country's: as many statements, and none of them reads a whole table."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from api.extensions import db
from api.generate import Size
from tests.client import Api
from tests.conftest import Databases, Seeded, api_over
from tests.integration.database.test_costs import statements
from tests.integration.database.test_generate import load

ALONE, MANY = Size(1, 6, 40), Size(12, 6, 480)
HAVERING = "/plans/havering-2020-23"


@pytest.fixture(scope="module")
def both(databases: Databases, seeded: Seeded) -> Iterator[list[Api]]:
    """The Havering plan with one invented plan beside it, and with twelve."""
    with ExitStack() as stack:
        found = [stack.enter_context(api_over(databases, seeded)) for _ in (ALONE, MANY)]
        for api, size in zip(found, (ALONE, MANY), strict=True):
            load(api, size=size)
        yield found


REQUESTS: dict[str, Callable[[Api], Any]] = {
    "the plan": lambda api: api.as_("robert").get(HAVERING),
    "the trend": lambda api: api.as_("robert").get(f"{HAVERING}/trend"),
    "the activity": lambda api: api.as_("robert").get(f"{HAVERING}/activity"),
    "one person's actions": lambda api: api.as_("lucy").get(
        f"{HAVERING}/actions?person={api.person('Lucy Goodfellow')}"
    ),
    "one action": lambda api: api.as_("lucy").get(api.action("3.4")),
    "its updates": lambda api: api.as_("lucy").get(f"{api.action('3.4')}/updates"),
    "a post": lambda api: api.as_("lucy").post(f"{api.action('3.4')}/updates", {"text": "We met."}),
    "the plans": lambda api: api.as_("robert").get("/plans"),
    "the people": lambda api: api.as_("robert").get("/people"),
    "the agencies": lambda api: api.as_("robert").get("/agencies"),
    "who I am, a contributor": lambda api: api.as_("lucy").get("/me"),
    "who I am, a lead officer": lambda api: api.as_("jane").get("/me"),
    "who I am, an administrator": lambda api: api.as_("admin").get("/me"),
    "who I am, nobody in the plan": lambda api: api.as_("stranger").get("/me"),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_cost_does_not_grow_with_the_country(both: list[Api], name: str) -> None:
    counts = []
    for api in both:
        api.app.extensions["plan_cache"].__init__()
        with statements(api) as sent:
            answer = REQUESTS[name](api)
        assert answer.status_code < 300, answer.text
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 12


def test_a_304_costs_one_statement_among_many_plans(both: list[Api]) -> None:
    robert = both[1].as_("robert")
    etag = robert.get(HAVERING).headers["ETag"]
    with statements(both[1]) as sent:
        assert robert.get(HAVERING, headers={"If-None-Match": etag}).status_code == 304
    assert len(sent) == 1


def test_an_administrator_sees_what_waits_in_every_plan(both: list[Api]) -> None:
    """As the documents of the plans say it, in the order of the paper."""
    api = both[1]
    admin = api.as_("admin")
    for mine in admin.read("/me")["plans"]:
        plan = admin.read(f"/plans/{mine['slug']}")
        actions = [action for objective in plan["objectives"] for action in objective["actions"]]
        waiting = {
            str(row[0]) for row in api.sql("SELECT action_id FROM progress_update WHERE acknowledgement = 'waiting'")
        }
        assert mine["to_sign_off"] == [each["id"] for each in actions if each["status"] == "delivered"]
        assert mine["to_acknowledge"] == [each["id"] for each in actions if each["id"] in waiting]
        assert mine["title"] == plan["title"]


# --- by index ---------------------------------------------------------------------------------------------

# Tables of a few rows here; and people, of whom the Havering plan names so many that this country's are read as quickly.
FEW = {"account", "session", "directory_revision", "plan", "plan_revision", "person"}


@pytest.fixture(scope="module")
def country(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """Large enough for the planner to choose: what is read whole here is read whole in a country."""
    with api_over(databases, seeded) as api:
        load(api, size=Size(100, 50, 5_000))
        api.sql("ANALYZE")
        yield api


@pytest.mark.parametrize("name", [name for name in REQUESTS if name not in {"a post", "who I am, an administrator"}])
def test_no_large_table_is_read_whole(country: Api, name: str) -> None:
    country.app.extensions["plan_cache"].__init__()
    with whole_statements(country) as sent:
        assert REQUESTS[name](country).status_code == 200
    assert read_whole(country, sent) <= FEW


@contextmanager
def whole_statements(api: Api) -> Iterator[list[tuple[str, Any]]]:
    """(statement, values) of what the app sends meanwhile."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        sent.append((statement, values))

    with api.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def read_whole(api: Api, sent: list[tuple[str, Any]]) -> set[str]:
    """The tables that these statements scan."""
    found: set[str] = set()
    with api.connect() as connection:
        connection.execute("SET random_page_cost = 1.1")
        for statement, values in sent:
            if statement.lstrip().startswith("SELECT"):
                plan = connection.execute(f"EXPLAIN (FORMAT JSON) {statement}".encode(), values).fetchall()[0][0]
                found |= set(_scanned(plan[0]["Plan"]))
    return found


def _scanned(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for child in node.get("Plans", []):
        yield from _scanned(child)
