"""The served document against the running server (contract_run.py), as those who lead."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.contract_run import Ground, hold, standing

pytestmark = pytest.mark.fault


@pytest.fixture(scope="module")
def ground(data_in_memory: Path) -> Iterator[Ground]:
    with standing(data_in_memory) as found:
        yield found


@pytest.mark.parametrize("who", ["admin", "lead_officer"])
def test_the_server_does_what_the_document_says(ground: Ground, who: str) -> None:
    hold(ground, who)
