"""What the tests of the replica share: a primary with its standby, and the app over both."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import Session

from api.app import create_app
from api.embedded import EmbeddedPostgres
from api.extensions import db
from api.http.database.replica import At, Replica, read_several
from tests.client import PLAN, Api
from tests.conftest import NOON, TEMPLATE, Clock, Seeded, connect, settings_for
from tests.integration.serving import wait_until
from tests.integration.standby import Standby


def past_day(api: Api) -> str:
    """The plan's first day, on the day after it."""
    api.clock.now = NOON + timedelta(days=1)
    return f"{PLAN}?as_at={NOON.date()}"


READS: dict[str, Callable[[Api], str]] = {
    "the plan": lambda _: PLAN,
    "the list": lambda _: f"{PLAN}/actions?sort=number",
    "a past day": past_day,
    "the status": lambda _: f"{PLAN}/status",
    "the flat rows": lambda _: f"{PLAN}/actions.csv",
    "one action": lambda api: api.action("3.4"),
    "the updates": lambda api: f"{api.action('3.4')}/updates",
    "the people": lambda _: "/people",
    "the agencies": lambda _: "/agencies",
    "the changes": lambda _: f"{PLAN}/changes",
    "the history": lambda api: f"{api.action('3.4')}/history",
    "the journal": lambda _: f"{PLAN}/journal",
}


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
    def worker(self, replica_url: str | None = None, primary_url: str | None = None) -> Iterator["Worker"]:
        """An app as a process of its own would have it: its own cache, its own view of the replica."""
        url = primary_url or self.primary.url("plan_web", TEMPLATE)
        settings = replace(settings_for(url), replica_url=replica_url or self.standby.url(TEMPLATE), threads=16)
        clock = Clock()
        app = create_app(settings, clock=clock)
        replica: Replica = app.extensions["plan_replica"]
        replica.rest = 0.2
        api = Api(app, clock, self.seeded, lambda: connect(self.primary.url("postgres", TEMPLATE)), url)
        try:
            yield Worker(api, replica)
        finally:
            api.close()
            replica.close()


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


@contextmanager
def killed(standby: Standby) -> Iterator[None]:
    standby.kill()
    yield
    standby.start()
