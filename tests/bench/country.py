"""The same plan twice: alone in its database, and among a country's. What it costs to work on it must not differ much."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from flask import Flask
from sqlalchemy import Engine, create_engine, text

from api.app import create_app
from api.config import Settings
from api.embedded import EmbeddedPostgres
from api.extensions import db
from api.generate import Country, Size, generate
from api.http.database.transaction import write
from api.migrate import migrate
from tests.bench import cases, house
from tests.bench.cases import Case
from tests.bench.measure import Bench
from tests.bench.servers import Load, Server, serving_api

WHOLE, QUICK = Size(150, 50, 200_000), Size(10, 30, 6_000)
SEED = 1
ALONE, AMONG = "one plan", "country"
MADE = 'CREATE DATABASE "{}" OWNER plan_owner'
GRANTED = 'GRANT CONNECT ON DATABASE "{}" TO plan_web'
_PEOPLE = "SELECT count(*) FROM person"
_ACTIONS = "SELECT count(*) FROM action WHERE plan_id = :plan"
_COMPLETE = "SELECT id FROM action WHERE plan_id = :plan AND status = 'complete'"
_PLAN = "SELECT id FROM plan WHERE slug = :slug"


@dataclass
class Compared:
    """One path at one number of connections: the p95 in ms and requests/s of each turn, alone and among the country's."""

    path: str
    connections: int
    p95: dict[str, list[float]] = field(default_factory=lambda: {ALONE: [], AMONG: []})
    rate: dict[str, list[float]] = field(default_factory=lambda: {ALONE: [], AMONG: []})

    @property
    def ratio(self) -> float:
        """Country to one plan, each in its middle turn: what else the machine does falls on single turns of either."""
        return median(self.p95[AMONG]) / median(self.p95[ALONE])


@dataclass
class Pairs:
    """The first page of possible duplicates, alone and among the country's: among how many people, and the ms of each asking."""

    people: dict[str, int] = field(default_factory=dict)
    ms: dict[str, list[float]] = field(default_factory=dict)

    def of_each(self, name: str) -> float:
        """The ms for each person, in the middle asking."""
        return median(self.ms[name]) / self.people[name]


def build(server: EmbeddedPostgres, folder: Path, name: str, size: Size, secret: str) -> house.House:
    """A database of its own with so many plans; what is measured on is the first, the same at every size."""
    administrator = create_engine(server.url("postgres", "postgres"), isolation_level="AUTOCOMMIT")
    with administrator.connect() as connection:
        connection.execute(text(MADE.format(name)))
        connection.execute(text(GRANTED.format(name)))
    administrator.dispose()
    migrate(server.url("plan_owner", name))
    app = create_app(Settings(database_url=server.url("plan_web", name), secret_key=secret))
    country = Country(SEED, size)
    with app.app_context():
        write(lambda session: generate(session, country, lambda _done, _all: None))
    owner = create_engine(server.url("postgres", name), isolation_level="AUTOCOMMIT")
    found = _furnish(app, server, folder, owner, country)
    with app.app_context():
        db.engine.dispose()
    return found


def _furnish(app: Flask, server: EmbeddedPostgres, folder: Path, owner: Engine, country: Country) -> house.House:
    with owner.connect() as connection:
        plan_id = connection.execute(text(_PLAN), {"slug": country.slugs[0]}).scalar_one()
        named = [tuple(row) for row in connection.execute(text(house.NAMED), {"plan": plan_id, "most": house.POSTERS})]
        on = [house.actions_of(connection, plan_id, person) for _, person in named]
        actions = connection.execute(text(_ACTIONS), {"plan": plan_id}).scalar_one()
        for statement in house.SETTLED:
            connection.execute(text(statement))
    with app.app_context():
        posters = [write(lambda session, who=who: house.make_account(app, session, *who)) for who in named]
        write(lambda session: house.make_administrator(app, session))
    plan = house.Plan(f"{country.size.plans} plans", country.slugs[0], plan_id, actions, country.size.updates, on)
    return house.House(server, folder, owner, [plan], posters)


@dataclass(frozen=True)
class Scale:
    """The two servers, and how long a turn is and how many there are."""

    servers: dict[str, Server]
    houses: dict[str, house.House]
    load: Load
    folder: Path
    seconds: float
    turns: int

    def measure(self, connections: list[int]) -> list[Compared]:
        """Every path in turn: reads first, then posts."""
        people = {name: cases.sign_in(self.servers[name], self.houses[name]) for name in self.servers}
        found = []
        for reads in (True, False):
            made = {name: self._cases(name, people[name], reads=reads) for name in self.servers}
            pairs = zip(made[ALONE], made[AMONG], strict=True)
            found += [self._compare(dict(zip(made, pair, strict=True)), many) for pair in pairs for many in connections]
        return [*found, self._first_reads(people)]

    def measure_duplicates(self) -> Pairs:
        """An administrator looks for people who may be one, who are as many as the country has."""
        found = Pairs()
        for name, server in self.servers.items():
            headers = cases.sign_in_as(server, house.ADMINISTRATOR)
            with self.houses[name].owner.connect() as connection:
                found.people[name] = connection.execute(text(_PEOPLE)).scalar_one()
            found.ms[name] = [_ask_duplicates(server, headers) for _ in range(self.turns)]
        return found

    def _cases(self, name: str, people: list[dict[str, str]], *, reads: bool) -> list[Case]:
        server, here = self.servers[name], self.houses[name]
        plan, answers = here.plans[0], self.folder / name.replace(" ", "-")
        answers.mkdir(exist_ok=True)
        if not reads:
            return [cases.posting_case(server, *_open(here, people), answers)]
        return [
            *cases.reading_cases(server, here, plan, people, answers),
            # Pages of the same length: the first plan, and as many people as one plan has.
            cases.listing_case("list of plans", server, plan, "/api/v1/plans?limit=1", people),
            cases.listing_case("list of people", server, plan, "/api/v1/people?limit=20", people),
        ]

    def _compare(self, pair: dict[str, Case], connections: int) -> Compared:
        found = Compared(pair[ALONE].path, connections)
        for turn in range(-1, self.turns):
            for name in pair if turn % 2 else reversed(pair):
                case = pair[name]
                scripts = case.product[:connections]
                done = self.load.run(self.servers[name].port, self.seconds, scripts, case.status, case.body)
                # The first turn warms both up.
                if turn >= 0:
                    found.p95[name].append(done["p95_ms"])
                    found.rate[name].append(done["requests"] / done["seconds"])
        return found

    def _first_reads(self, people: dict[str, list[dict[str, str]]]) -> Compared:
        """The first read after a change, of which each builds the plan anew: one a turn, so twice as many turns."""
        found = Compared("first read after a change", 1)
        for turn in range(self.turns * 2):
            for name, server in self.servers.items():
                here = self.houses[name]
                plan, posters = _open(here, people[name])
                bench = Bench(server, server, here.postmaster, self.load, self.seconds, self.turns)
                took, _ = bench.first_reads(plan, posters[0], [turn])
                found.p95[name].append(took)
                found.rate[name].append(1000 / took)
        return found


def _open(here: house.House, people: list[dict[str, str]]) -> tuple[house.Plan, list[dict[str, str]]]:
    """The plan with the actions that are not complete, since a complete one takes no rating, and who is named on any."""
    plan = here.plans[0]
    with here.owner.connect() as connection:
        complete = set(connection.execute(text(_COMPLETE), {"plan": plan.id}).scalars())
    open_ones = [[action for action in actions if action not in complete] for actions in plan.on]
    posters = [each for each, actions in zip(people, open_ones, strict=True) if actions]
    return replace(plan, on=list(filter(None, open_ones))), posters


def _ask_duplicates(server: Server, headers: dict[str, Any]) -> float:
    began = perf_counter()
    status, _, body = server.ask("GET", "/api/v1/duplicates", headers)
    took = (perf_counter() - began) * 1000
    if status != 200:
        raise RuntimeError(f"possible duplicates: {status}, {body[:500]!r}")
    return took


@contextmanager
def started(
    server: EmbeddedPostgres, data: Path, folder: Path, size: Size, secret: str, times: tuple[float, int]
) -> Iterator[Scale]:
    """Both databases filled and served; `times` are seconds of a turn, and turns."""
    alone = Size(1, size.actions, size.updates_of(0))
    houses = {
        ALONE: build(server, data, "alone", alone, secret),
        AMONG: build(server, data, "country", size, secret),
    }
    urls = {ALONE: server.url("plan_web", "alone"), AMONG: server.url("plan_web", "country")}
    load = Load()
    with serving_api(urls[ALONE], secret, folder) as one, serving_api(urls[AMONG], secret, folder) as many:
        yield Scale({ALONE: one, AMONG: many}, houses, load, folder, *times)
    load.close()
    for each in houses.values():
        each.owner.dispose()
