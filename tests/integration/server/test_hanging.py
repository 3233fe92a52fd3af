"""The whole database hangs under a running server: everybody is told so within five seconds, and nobody after it is back (API 12)."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest

from api.embedded import EmbeddedPostgres
from tests.conftest import PASSWORD, SECRET, TEMPLATE, Databases, Seeded, connect, email_of, make_template
from tests.integration.processes import frozen
from tests.integration.server.test_faults import texts
from tests.integration.serving import Answer, Server, serving, wait_until

pytestmark = pytest.mark.fault
PLAN = "/plans/havering-2020-23"


@dataclass
class Hanging:
    """A server of two workers, and a database of its own that can be frozen."""

    server: Server
    socket_dir: Path
    seeded: Seeded


@pytest.fixture(scope="module")
def hanging(data_in_memory: Path) -> Iterator[Hanging]:
    with EmbeddedPostgres(data_in_memory / "data") as database:
        with connect(database.url("postgres", "postgres")) as connection:
            seeded = Seeded(**make_template(Databases(database, "hanging", connection)))
        environment = {
            "DATABASE_URL": database.url("plan_web", TEMPLATE),
            "SECRET_KEY": SECRET,
            "SIGN_IN_GUESSES": "1000",
        }
        with serving("serve", data_in_memory, **environment) as server:
            server.sign_in(email_of("lucy"), PASSWORD)
            yield Hanging(server, database.socket_dir, seeded)


@dataclass
class Caller:
    """Asks once, and knows what was answered and after how many seconds."""

    server: Server
    action: str
    number: int
    key: str = field(default_factory=lambda: str(uuid4()))

    @property
    def text(self) -> str:
        return f"Said {self.number} while it hung."

    def post(self) -> Answer:
        return self.server.ask("POST", f"/actions/{self.action}/updates", {"text": self.text}, Idempotency_Key=self.key)

    def ask(self) -> tuple[Answer, float]:
        began = time.monotonic()
        kinds = {
            0: self.post,
            1: lambda: self.server.ask("GET", PLAN),
            2: lambda: self.server.ask("GET", "/me"),
            3: lambda: self.server.ask("POST", "/auth/sign-in", {"email": email_of("robert"), "password": PASSWORD}),
        }
        return kinds[self.number % 4](), time.monotonic() - began


@dataclass
class Watch:
    """Asks without pause whether the process lives and is ready."""

    server: Server
    over: threading.Event = field(default_factory=threading.Event)
    live: list[tuple[int, float]] = field(default_factory=list)
    ready: list[tuple[int, float]] = field(default_factory=list)

    def run(self) -> None:
        while not self.over.wait(0.1):
            for name, told in (("live", self.live), ("ready", self.ready)):
                began = time.monotonic()
                status = self.server.ask("GET", f"/health/{name}").status
                told.append((status, time.monotonic() - began))


def test_everybody_is_told_within_five_seconds_and_health_at_once(hanging: Hanging) -> None:
    """Three times as many callers as there are threads, again and again."""
    server, action = hanging.server, hanging.seeded.actions["3.4"]
    callers = [Caller(server, action, number) for number in range(24)]
    watch = Watch(server)
    with frozen(hanging.socket_dir), ThreadPoolExecutor(32) as pool:
        watching = pool.submit(watch.run)
        told = [each.result(60) for _ in range(2) for each in [pool.submit(caller.ask) for caller in callers]]
        watch.over.set()
        watching.result(30)
    print(f"slowest answer {max(seconds for _, seconds in told):.2f} s, live {max(s for _, s in watch.live):.2f} s")
    assert {(answer.status, answer.json["code"]) for answer, _ in told} == {(503, "database-unavailable")}
    assert all(int(answer.headers["retry-after"]) > 0 for answer, _ in told)
    assert max(seconds for _, seconds in told) < 5
    assert Counter(status for status, _ in watch.live).keys() == {200}
    assert max(seconds for _, seconds in watch.live) < 1
    assert Counter(status for status, _ in watch.ready).keys() == {503}
    assert max(seconds for _, seconds in watch.ready) < 2

    back = wait_until(lambda: server.ask("GET", "/health/ready").status == 200, 10)
    wait_until(lambda: server.ask("GET", PLAN).status == 200, 10)
    print(f"back after {back:.2f} s")
    writers = [caller for caller in callers if caller.number % 4 == 0]
    assert {caller.post().status for caller in writers} == {201}
    assert sorted(texts(server, action)) == sorted(caller.text for caller in writers)


def test_a_worker_that_starts_while_it_hangs_is_ready_when_it_is_back(hanging: Hanging, tmp_path: Path) -> None:
    environment = {"DATABASE_URL": f"postgresql://plan_web@/{TEMPLATE}?host={hanging.socket_dir}&port=5432"}
    with frozen(hanging.socket_dir):
        starting = serving("serve", tmp_path, SECRET_KEY=SECRET, **environment)
        server = starting.__enter__()
        began = time.monotonic()
        assert server.ask("GET", PLAN).status == 401
        assert server.ask("POST", "/auth/sign-in", {"email": "x@example.org", "password": PASSWORD}).status == 503
        assert time.monotonic() - began < 5
        wait_until(lambda: "It is not ready" in server.log.read_text(), 10)
    try:
        wait_until(lambda: server.ask("GET", "/health/ready").status == 200, 10)
        server.sign_in(email_of("lucy"), PASSWORD)
    finally:
        starting.__exit__(None, None, None)
