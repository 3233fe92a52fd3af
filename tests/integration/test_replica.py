"""A replica answers the heavy reads; nobody sees less than they wrote or were given; its death is nobody's error (ADR 11)."""

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from api.app import create_app
from api.embedded import EmbeddedPostgres
from api.extensions import db
from api.queries.plan_document import get_plan_document
from api.web.replica import At, Replica, read_one, read_several
from tests.client import PLAN, Api
from tests.conftest import TEMPLATE, Clock, Databases, Seeded, connect, make_template, settings_for
from tests.integration.serving import REPO, wait_until
from tests.integration.standby import Standby, primary_and_standby

pytestmark = pytest.mark.fault


@dataclass
class Pair:
    primary: EmbeddedPostgres
    standby: Standby
    seeded: Seeded

    def settle(self) -> None:
        """Wait until all that was committed is replayed."""
        with connect(self.primary.url("postgres", TEMPLATE)) as connection:
            # A commit that is on disk, so that what lies there does not end within a record.
            connection.execute("SELECT pg_logical_emit_message(true, 'settle', '')")
            row = connection.execute("SELECT pg_current_wal_flush_lsn()::text").fetchone()
        wait_until(lambda: self.standby.ask(f"SELECT pg_last_wal_replay_lsn() >= '{row and row[0]}'"), 20)

    @contextmanager
    def worker(self, replica_url: str | None = None) -> Iterator["Worker"]:
        """An app as a process of its own would have it: its own cache, its own view of the replica."""
        url = self.primary.url("plan_web", TEMPLATE)
        settings = replace(settings_for(url), replica_url=replica_url or self.standby.url(TEMPLATE), threads=16)
        app, clock = create_app(settings, clock=Clock()), Clock()
        replica: Replica = app.extensions["plan_replica"]
        replica.rest = 0.2
        api = Api(app, clock, self.seeded, lambda: connect(self.primary.url("postgres", TEMPLATE)), url)
        try:
            yield Worker(api, replica)
        finally:
            api.close()
            replica.close()
            with app.app_context():
                db.engine.dispose()


@dataclass
class Worker:
    api: Api
    replica: Replica

    @contextmanager
    def counting(self) -> Iterator[Counter[str]]:
        """How many statements go to the primary and to the replica meanwhile."""
        with self.api.app.app_context():
            engines = {"primary": db.engine, "replica": self.replica.engine}
        sent: Counter[str] = Counter()
        with ExitStack() as stack:
            for name, engine in engines.items():

                def note(*_told: Any, name: str = name) -> None:
                    sent[name] += 1

                event.listen(engine, "before_cursor_execute", note)
                stack.callback(event.remove, engine, "before_cursor_execute", note)
            yield sent

    def at(self, revision: int = 0, directory: int = 0) -> At:
        """The present state, moved by so much."""
        now, people = self.api.sql("SELECT p.value, d.value FROM plan_revision p, directory_revision d")[0]
        return At(UUID(self.api.seeded.plan), now + revision, people + directory)

    def read(self, at: At, work: Callable[[Session], Any], how: Any = read_several) -> Any:
        with self.api.app.app_context():
            return how(at, work)

    def forget(self) -> None:
        """Forget the plan, so that the next read builds it."""
        self.api.app.extensions["plan_cache"].__init__()


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    def prepare(primary: EmbeddedPostgres) -> Seeded:
        with connect(primary.url("postgres", "postgres")) as connection:
            return Seeded(**make_template(Databases(primary, "replica", connection)))

    with primary_and_standby(prepare) as (primary, standby, seeded):
        yield Pair(primary, standby, seeded)


@pytest.fixture
def worker(pair: Pair) -> Iterator[Worker]:
    pair.settle()
    with pair.worker() as found:
        yield found


READS: dict[str, Callable[[Api], str]] = {
    "the plan": lambda _: PLAN,
    "the list": lambda _: f"{PLAN}/actions?sort=number",
    "one action": lambda api: api.action("3.4"),
    "the updates": lambda api: f"{api.action('3.4')}/updates",
    "the people": lambda _: "/people",
    "the agencies": lambda _: "/agencies",
}


@pytest.mark.parametrize("name", READS)
def test_a_read_asks_the_primary_who_is_asking_and_the_standby_the_rest(worker: Worker, name: str) -> None:
    with worker.counting() as sent:
        answer = worker.api.as_("lucy").get(READS[name](worker.api))
    assert answer.status_code == 200
    assert sent["primary"] == 1
    assert sent["replica"] >= 2


@pytest.mark.parametrize("name", READS)
def test_the_standby_answers_as_the_primary_does(worker: Worker, name: str) -> None:
    lucy, path = worker.api.as_("lucy"), READS[name](worker.api)
    by_standby = lucy.get(path)
    worker.forget()
    worker.replica.left = True
    by_primary = lucy.get(path)
    assert by_standby.data == by_primary.data
    assert by_standby.headers.get("ETag") == by_primary.headers.get("ETag")


def test_the_standby_itself_sees_the_readers(pair: Pair, worker: Worker) -> None:
    worker.api.as_("lucy").read(PLAN)
    query = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'partnership-plan' AND usename = 'plan_web'"
    assert pair.standby.ask(query) == 1


@pytest.mark.parametrize("name", ["the plan", "the list", "one action", "the updates"])
def test_a_writer_sees_their_write_at_once_while_the_standby_is_paused(pair: Pair, worker: Worker, name: str) -> None:
    lucy, path, said = worker.api.as_("lucy"), READS[name](worker.api), f"Seen in {name}."
    with pair.standby.paused():
        lucy.say("3.4", said)
        assert said in lucy.get(path).text
    pair.settle()
    worker.forget()
    with worker.counting() as sent:
        assert said in lucy.get(path).text
    assert sent["primary"] == 1


def test_a_session_ended_is_refused_at_once_while_the_standby_is_paused(pair: Pair, worker: Worker) -> None:
    robert = worker.api.as_("robert")
    session = pair.seeded.sessions["robert"]["session"]
    with pair.standby.paused():
        worker.api.sql("UPDATE session SET ended_at = now() WHERE id = %s", session)
        try:
            assert robert.get(READS["one action"](worker.api)).status_code == 401
        finally:
            worker.api.sql("UPDATE session SET ended_at = NULL WHERE id = %s", session)


@pytest.mark.parametrize("how", [read_several, read_one])
@pytest.mark.parametrize(
    ("moved", "who"),
    [((0, 0), True), ((1, 0), False), ((-1, 0), False), ((0, 1), False), ((0, -1), False)],
)
def test_only_exactly_the_state_that_the_primary_told_is_read_from_the_standby(
    worker: Worker, how: Any, moved: tuple[int, int], who: bool
) -> None:
    asked = worker.read(worker.at(*moved), lambda session: session.scalar(text("SELECT pg_is_in_recovery()")), how)
    assert asked is who
    assert not worker.replica.left


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


@contextmanager
def killed(standby: Standby) -> Iterator[None]:
    standby.kill()
    yield
    standby.start()


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
    assert max(reader.slowest for reader in readers) < worker.replica.patience + 2
    lines = [record.message for record in caplog.records if record.message.startswith("replica")]
    assert lines == ["replica left", "replica used again"]


def test_a_replica_that_is_left_costs_nothing(pair: Pair, worker: Worker) -> None:
    worker.replica.rest = 60
    with killed(pair.standby):
        worker.api.as_("lucy").read(PLAN)
        assert worker.replica.left
        worker.forget()
        with worker.counting() as sent:
            worker.api.as_("lucy").read(PLAN)
    assert sent == {"primary": 9}


def test_a_server_that_is_no_standby_is_left(pair: Pair, caplog: pytest.LogCaptureFixture) -> None:
    with pair.worker(pair.primary.url("plan_web", TEMPLATE)) as worker:
        worker.api.as_("lucy").read(PLAN)
        assert worker.replica.left
    assert [record.fields["error"] for record in caplog.records if record.message == "replica left"] == ["NotAReplica"]


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
    assert truth.reads > 50
    assert truth.writes > 20
    assert sent["replica"] > 50


def check(pair: Pair, url: str) -> tuple[int, Any]:
    """(exit code, what it said) of `plan check`."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "SECRET_KEY"},
        "DATABASE_URL": pair.primary.url("plan_web", TEMPLATE),
        "DATABASE_REPLICA_URL": url.replace("+psycopg", ""),
    }
    command = (sys.executable, "-m", "api.cli", "check")
    done = subprocess.run(command, cwd=REPO, env=environment, capture_output=True, text=True, timeout=30, check=False)
    return done.returncode, json.loads(done.stdout)


def test_plan_check_tells_how_the_replica_stands(pair: Pair, tmp_path: Path) -> None:
    url = pair.standby.url(TEMPLATE)
    pair.settle()
    following = {"state": "following", "behind_changes": 0, "behind_seconds": 0}
    assert check(pair, url) == (0, {"status": "ok", "replica": following})
    with pair.standby.paused():
        with pair.worker() as worker:
            worker.api.as_("lucy").say("3.4")
        replica = check(pair, url)[1]["replica"]
        assert (replica["state"], replica["behind_changes"]) == ("paused", 1)
        assert 0 < replica["behind_seconds"] < 30
    with killed(pair.standby):
        assert check(pair, url) == (0, {"status": "ok", "replica": {"state": "away", "error": "OperationalError"}})
    primary = pair.primary.url("plan_web", TEMPLATE)
    assert check(pair, primary)[1]["replica"] == {"state": "not a replica: it takes writes"}
