"""How many statements a request costs: the same for 42 actions as for 420."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from api.extensions import db
from tests.client import Api
from tests.conftest import Databases, Seeded, api_over
from tests.factories import wide_seed


@pytest.fixture(scope="module")
def both(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """The Havering plan, and beside it one ten times as long."""
    with api_over(databases, seeded) as api:
        assert api.as_("admin").post("/seeds", wide_seed()).status_code == 200
        # Its version 3.40 has the people of 3.8; 3.36 those of 3.4.
        api.clock.move(days=1)
        yield api


class Sent(str):
    """A statement, and how many parameters went with it."""

    __slots__ = ("parameters",)
    parameters: int


@contextmanager
def statements(api: Api) -> Iterator[list[Sent]]:
    """The statements that the app sends meanwhile."""
    sent: list[Sent] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        sent.append(Sent(statement))
        sent[-1].parameters = len(parameters)

    with api.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def action_of(api: Api, slug: str, position: int) -> str:
    found = api.one(
        "SELECT a.id::text FROM action a JOIN objective o ON o.id = a.objective_id JOIN plan p ON p.id = o.plan_id "
        "WHERE p.slug = %s AND o.position = 3 AND a.position = %s",
        slug,
        position,
    )
    return f"/actions/{found}"


def cost(api: Api, do: Callable[[], Any]) -> int:
    api.app.extensions["plan_cache"].__init__()
    with statements(api) as sent:
        answer = do()
    assert answer.status_code < 300, answer.text
    return len(sent)


REQUESTS: dict[str, tuple[Callable[[Api, str, int], Any], int]] = {
    "the plan": (lambda api, slug, _: api.as_("robert").get(f"/plans/{slug}"), 9),
    "the list": (lambda api, slug, _: api.as_("robert").get(f"/plans/{slug}/actions"), 9),
    "a past day": (lambda api, slug, _: api.as_("robert").get(f"/plans/{slug}?as_at=2026-11-22"), 13),
    "the trend": (lambda api, slug, _: api.as_("robert").get(f"/plans/{slug}/trend"), 10),
    "the activity": (lambda api, slug, _: api.as_("robert").get(f"/plans/{slug}/activity"), 2),
    "the status": (lambda api, slug, _: api.as_("robert").get(f"/plans/{slug}/status"), 10),
    "the flat rows": (lambda api, slug, _: api.as_("robert").get(f"/plans/{slug}/actions.csv"), 10),
    "the flat updates": (lambda api, slug, _: api.as_("robert").get(f"/plans/{slug}/updates.csv"), 11),
    "one action": (lambda api, slug, at: api.as_("lucy").get(action_of(api, slug, at)), 11),
    "one action on a past day": (
        lambda api, slug, at: api.as_("lucy").get(f"{action_of(api, slug, at)}?as_at=2026-11-22"),
        17,
    ),
    "the updates": (lambda api, slug, at: api.as_("lucy").get(f"{action_of(api, slug, at)}/updates"), 2),
    "a post": (lambda api, slug, at: api.as_("lucy").post(f"{action_of(api, slug, at)}/updates", {"text": "x"}), 8),
    "a repeatable post": (
        lambda api, slug, at: api.as_("lucy").post(
            f"{action_of(api, slug, at)}/updates", {"text": "x"}, headers={"Idempotency-Key": f"0123456789-{slug}"}
        ),
        10,
    ),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_cost_does_not_grow_with_the_plan(both: Api, name: str) -> None:
    request, most = REQUESTS[name]
    costs = [
        cost(both, lambda: request(both, "havering-2020-23", 4)),
        cost(both, lambda: request(both, "wide-plan", 36)),
    ]
    assert costs[0] == costs[1] <= most


@pytest.mark.parametrize("name", ["the plan", "the list", "one action", "the updates", "a post", "a repeatable post"])
def test_the_driver_reads_no_statement_anew(both: Api, name: str) -> None:
    """psycopg keeps how it read a statement of up to 4,096 letters and 50 parameters; a fifth of a post went into one of 52."""
    with statements(both) as sent:
        REQUESTS[name][0](both, "havering-2020-23", 4)
    assert sent
    assert [one for one in sent if len(one) > 4096 or one.parameters > 50] == []


def test_a_plan_read_again_costs_one_statement(both: Api) -> None:
    robert = both.as_("robert")
    robert.get("/plans/wide-plan")
    with statements(both) as sent:
        robert.get("/plans/wide-plan")
    assert len(sent) == 1


def test_a_304_costs_one_statement(both: Api) -> None:
    robert = both.as_("robert")
    etag = robert.get("/plans/wide-plan").headers["ETag"]
    both.app.extensions["plan_cache"].__init__()
    with statements(both) as sent:
        assert robert.get("/plans/wide-plan", headers={"If-None-Match": etag}).status_code == 304
    assert len(sent) == 1


@pytest.mark.parametrize("day", ["2026-11-22", "2026-11-23"])
def test_a_day_read_again_costs_one_statement(both: Api, day: str) -> None:
    robert = both.as_("robert")
    robert.get(f"/plans/wide-plan?as_at={day}")
    with statements(both) as sent:
        robert.get(f"/plans/wide-plan?as_at={day}")
    assert len(sent) == 1


@pytest.mark.parametrize("path", ["status", "actions.csv", "actions.json"])
@pytest.mark.parametrize("day", ["2026-11-22", "2026-11-23"])
def test_a_day_taken_away_again_costs_its_line_in_the_audit_more(both: Api, path: str, day: str) -> None:
    robert = both.as_("robert")
    robert.get(f"/plans/wide-plan/{path}?as_at={day}")
    with statements(both) as sent:
        robert.get(f"/plans/wide-plan/{path}?as_at={day}")
    assert len(sent) == 2
    assert sent[1].startswith("INSERT INTO audit_event")


def test_health_live_costs_no_statement(both: Api) -> None:
    with statements(both) as sent:
        both.nobody.get("/health/live")
    assert sent == []
