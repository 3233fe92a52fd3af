"""A primary with its streaming standby, for the tests of the replica: made once, when the first of them asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.embedded import EmbeddedPostgres
from tests.conftest import Databases, Seeded, connect, make_template
from tests.integration.replicas import Pair, Worker
from tests.integration.standby import primary_and_standby


@pytest.fixture(scope="session")
def pair(in_memory: Path) -> Iterator[Pair]:
    def prepare(primary: EmbeddedPostgres) -> Seeded:
        with connect(primary.url("postgres", "postgres")) as connection:
            return Seeded(**make_template(Databases(primary, "replica", connection)))

    with primary_and_standby(in_memory, prepare) as (primary, standby, seeded):
        yield Pair(primary, standby, seeded)


@pytest.fixture
def worker(pair: Pair) -> Iterator[Worker]:
    pair.settle()
    with pair.worker() as found:
        yield found
