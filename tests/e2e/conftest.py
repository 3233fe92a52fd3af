"""Fixtures of the browser tests: a server a module, one browser, and windows that fail on any complaint."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.axe import counted
from tests.e2e.find_browser import HELP, find
from tests.e2e.site import Site, copied, running_site
from tests.e2e.visit import DESK, PATIENCE, SIZES, Visit, visiting

FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

expect.set_options(timeout=PATIENCE)

Windows = Callable[..., Visit]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Known when this folder is named on the command line; elsewhere the default holds."""
    parser.addoption("--screenshots", metavar="DIR", default=None, help="put the README's pictures there")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The browser that `make browser` found. Without one the tests fail."""
    path = find()
    if not path:
        pytest.fail(HELP, pytrace=False)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": path, "args": [*FLAGS, *sandbox], "headless": True}


@pytest.fixture(scope="session")
def started_once(shared_folder: Path, in_memory: Path) -> Path:
    """The data folder of a server that was started in an empty one, and stopped when it had answered.

    Once for all workers: a cluster, its tables, the first plan and the accounts cost four seconds of a processor and
    wait for the disk, and each module would pay for them again.
    """
    folder = in_memory / "started-once" / "data"
    with (shared_folder / "started-once.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder.with_name("done")
        if not done.exists():
            folder.parent.mkdir()
            with running_site(folder):
                pass
            done.touch()
    return folder


@pytest.fixture(scope="module")
def data_folder(started_once: Path, data_in_memory: Path) -> Path:
    """A data folder of this module's own, with the first plan and the accounts."""
    return copied(started_once, data_in_memory / "data")


@pytest.fixture(scope="module")
def site(data_folder: Path) -> Iterator[Site]:
    """A server with the first plan and nothing posted, for one module: its tests keep to actions of their own."""
    with running_site(data_folder) as found:
        yield found


@pytest.fixture
def window(browser: Browser, site: Site) -> Iterator[Windows]:
    """Open windows: window("Lucy Goodfellow", size=PHONE). Afterwards none of them may have complained."""
    opened: list[Visit] = []
    with ExitStack() as stack:

        def open_one(who: str | None = None, size: tuple[int, int] = DESK, **options: Any) -> Visit:
            visit = stack.enter_context(visiting(browser, site, who, size, **options))
            opened.append(visit)
            return visit

        yield open_one
        for visit in opened:
            if not visit.page.is_closed():
                visit.page.evaluate("1")  # whatever the browser still has to say arrives before its answer
    complaints = [complaint for visit in opened for complaint in visit.unannounced()]
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


@pytest.fixture(params=SIZES.values(), ids=SIZES)
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """A phone, a tablet and a desk."""
    found: tuple[int, int] = request.param
    return found


@pytest.fixture(autouse=True)
def _tell_what_axe_saw(request: pytest.FixtureRequest) -> Iterator[None]:
    """Put the test's count of axe's checks into its report, which also comes back from other processes."""
    counted.update(dict.fromkeys(counted, 0))
    yield
    request.node.user_properties.append(("axe", dict(counted)))
