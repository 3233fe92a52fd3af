"""The standby killed, frozen and paused under readers and writers: no error, and nobody goes back in time (ADR 11)."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.queries.plan.plan_document import get_plan_document
from tests.client import PLAN
from tests.conftest import PASSWORD, SECRET, TEMPLATE, Clock, email_of
from tests.integration.replicas import READS, Pair, Worker, killed
from tests.integration.serving import serving, wait_until
from tests.integration.standby import Standby

pytestmark = pytest.mark.fault


@dataclass
class Reader:
    """Builds the plan anew for each read, and notes what it got and how long that took."""

    worker: Worker
    who: str
    stop: threading.Event
    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0

    def run(self) -> None:
        caller = self.worker.api.as_(self.who)
        while not self.stop.is_set():
            for name in ("one action", "the plan", "the updates"):
                self.worker.forget()
                began = time.monotonic()
                self.statuses[caller.get(READS[name](self.worker.api)).status_code] += 1
                self.slowest = max(self.slowest, time.monotonic() - began)


@contextmanager
def running(*works: Callable[[], None], stop: threading.Event) -> Iterator[None]:
    """Run these side by side; what one of them raises is raised here."""
    raised: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001
            raised.append(error)

    threads = [threading.Thread(target=guarded, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)
    if raised:
        raise raised[0]


FAULTS: dict[str, Callable[[Standby], AbstractContextManager[None]]] = {"killed": killed, "frozen": Standby.frozen}


@pytest.mark.parametrize("fault", FAULTS)
def test_no_reader_sees_an_error_and_the_standby_is_used_again(
    pair: Pair, worker: Worker, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "plan")
    stop = threading.Event()
    readers = [Reader(worker, who, stop) for who in ("lucy", "gloria", "robert")]
    with worker.counting() as sent, running(*(reader.run for reader in readers), stop=stop):
        wait_until(lambda: sent["replica"] > 50, 20)
        with FAULTS[fault](pair.standby):
            wait_until(lambda: worker.replica.left, 10)
            time.sleep(0.5)
            before = sum(reader.statuses.total() for reader in readers)
            wait_until(lambda: sum(reader.statuses.total() for reader in readers) > before + 20, 20)
        wait_until(lambda: not worker.replica.left, 20)
        again = sent["replica"]
        wait_until(lambda: sent["replica"] > again + 50, 20)
    print(f"{fault}: slowest {max(reader.slowest for reader in readers):.2f} s", [dict(r.statuses) for r in readers])
    assert set().union(*(reader.statuses for reader in readers)) == {200}
    assert max(reader.slowest for reader in readers) < worker.replica.patience.seconds + 2
    lines = [record.message for record in caplog.records if record.message.startswith("replica")]
    assert lines == ["replica left", "replica used again"]


@pytest.mark.parametrize(("busy", "left"), [(True, False), (False, True)], ids=["at work", "between statements"])
def test_a_read_that_replaying_cancels_is_answered_by_the_primary(worker: Worker, busy: bool, left: bool) -> None:
    """A vacuum takes away rows that the standby's snapshot still sees: the statement is cancelled, or the connection."""
    asked: list[bool] = []

    def vacuum() -> None:
        worker.api.sql("UPDATE plan_revision SET value = value")
        worker.api.sql("VACUUM plan_revision")

    def work(session: Session) -> Any:
        asked.append(bool(session.scalar(text("SELECT pg_is_in_recovery()"))))
        if asked[-1]:
            thread = threading.Timer(0.2 if busy else 0, vacuum)
            thread.start()
            if busy:
                session.execute(text("SELECT pg_sleep(1.5)"))
            thread.join()
            time.sleep(0.5)
        return get_plan_document(session, UUID(worker.api.seeded.plan), Clock().now.date()).slug

    worker.replica.rest = 60
    assert worker.read(worker.at(), work) == "havering-2020-23"
    assert asked == [True, False]
    assert worker.replica.left is left


@dataclass
class Truth:
    """The highest revision that anybody was given or wrote: no read that begins later may show less."""

    highest: int = 0
    reads: int = 0
    writes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def saw(self, revision: int, least: int) -> None:
        assert revision >= least
        with self.lock:
            self.highest = max(self.highest, revision)


def test_no_reader_goes_back_in_time_while_the_standby_falls_behind_again_and_again(pair: Pair) -> None:
    """Two processes' worth of apps, each reader and writer going from one to the other, for some seconds."""
    truth, stop, pauses = Truth(), threading.Event(), 0
    with ExitStack() as stack:
        workers = [stack.enter_context(pair.worker()) for _ in range(2)]

        def read_on() -> None:
            while not stop.is_set():
                for worker in workers:
                    least = truth.highest
                    truth.saw(worker.api.as_("robert").read(PLAN)["revision"], least)
                    truth.reads += 1

        def write_on(who: str, number: str) -> None:
            for turn in range(10_000):
                worker, other = workers[turn % 2], workers[1 - turn % 2]
                said = f"{who} {turn}"
                path = worker.api.action(number)
                answer = worker.api.as_(who).post(f"{path}/updates", {"text": said})
                assert answer.status_code == 201
                least = int(answer.headers["ETag"].split(".")[0].strip('"r'))
                assert other.api.as_(who).read(path)["updates"][0]["text"] == said
                assert worker.api.as_(who).read(f"{path}/updates")["data"][0]["text"] == said
                truth.saw(other.api.as_(who).read(PLAN)["revision"], least)
                truth.writes += 1
                if stop.wait(0.02):
                    return

        counts = [stack.enter_context(worker.counting()) for worker in workers]
        writers = [lambda: write_on("lucy", "3.4"), lambda: write_on("gloria", "2.3")]
        until = time.monotonic() + 6
        with running(read_on, read_on, read_on, *writers, stop=stop):
            while time.monotonic() < until:
                with pair.standby.paused():
                    time.sleep(0.1)
                time.sleep(0.15)
                pauses += 1
        sent = sum(counts, Counter())
    print(f"{truth.reads} reads, {truth.writes} writes, {pauses} pauses, statements {dict(sent)}")
    assert truth.reads > 20
    assert truth.writes > 5
    assert sent["replica"] > 20


def test_a_real_server_outlives_its_standby_and_uses_it_again(pair: Pair, tmp_path: Path) -> None:
    """Two forked workers; the standby says itself when they are back."""
    users = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'partnership-plan'"
    environment = {
        "DATABASE_URL": pair.primary.url("plan_web", TEMPLATE),
        "DATABASE_REPLICA_URL": pair.standby.url(TEMPLATE),
        "SECRET_KEY": SECRET,
    }
    stop, statuses = threading.Event(), Counter[int]()
    pair.settle()
    with serving("serve", tmp_path, **environment) as server:
        server.sign_in(email_of("lucy"), PASSWORD)
        action = f"/actions/{pair.seeded.actions['3.4']}"

        def read_on() -> None:
            while not stop.is_set():
                for path in (action, f"{action}/updates", "/people"):
                    statuses[server.ask("GET", path).status] += 1

        with running(read_on, read_on, stop=stop):
            wait_until(lambda: pair.standby.ask(users), 10)
            with killed(pair.standby):
                time.sleep(0.5)
            wait_until(lambda: pair.standby.ask(users), 10)
        assert server.stop() == 0
    assert set(statuses) == {200}
