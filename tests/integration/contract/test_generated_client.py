"""A client made from the served document by somebody else's generator works: sign in, walk the actions, post, read it back, follow the feed."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from tests.conftest import PASSWORD, SECRET, Databases, Seeded, email_of
from tests.integration.serving import Server, serving

PACKAGE = "generated_plan_client"


@pytest.fixture(scope="module")
def server(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with (
        databases.one() as name,
        serving(
            "serve", tmp_path_factory.mktemp("serve"), DATABASE_URL=databases.url(name), SECRET_KEY=SECRET
        ) as found,
    ):
        yield found


@pytest.fixture(scope="module")
def client(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The generated package, from the document as the server gives it."""
    folder = tmp_path_factory.mktemp("generated")
    (folder / "openapi.json").write_bytes(server.ask("GET", "/openapi.json").body)
    (folder / "config.yml").write_text("post_hooks: []\n")
    command = [
        "generate",
        "--path",
        "openapi.json",
        "--config",
        "config.yml",
        "--meta",
        "none",
        "--output-path",
        PACKAGE,
    ]
    done = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", *command, "--fail-on-warning"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        names = [
            "signing_in.sign_in",
            "plans.list_actions",
            "updates.post_update",
            "updates.get_update",
            "following_changes.list_changes",
        ]
        modules = {name.split(".")[1]: importlib.import_module(f"{PACKAGE}.api.{name}") for name in names}
        package, models = importlib.import_module(PACKAGE), importlib.import_module(f"{PACKAGE}.models")
        yield SimpleNamespace(package=package, models=models, **modules)


@pytest.fixture(scope="module")
def lucy(server: Server, client: Any) -> Iterator[Any]:
    """The generated client with Lucy's token."""
    base = f"http://127.0.0.1:{server.port}"
    with client.package.Client(base_url=base) as anybody:
        body = client.models.SignInIn(email=email_of("lucy"), password=PASSWORD)
        signed_in = client.sign_in.sync(client=anybody, body=body)
    assert isinstance(signed_in, client.models.SignIn)
    with client.package.AuthenticatedClient(base_url=base, token=signed_in.access_token) as found:
        yield found


def walk(client: Any, signed_in: Any, **filters: Any) -> list[Any]:
    """All actions, page after page."""
    found: list[Any] = []
    more: dict[str, Any] = {}
    while True:
        page = client.list_actions.sync("havering-2020-23", client=signed_in, limit=10, **filters, **more)
        found += page.data
        if page.page.next_cursor is None:
            return found
        more = {"cursor": page.page.next_cursor}


def test_it_walks_all_actions_through_the_pages(client: Any, lucy: Any) -> None:
    numbers = [action.number for action in walk(client, lucy)]
    assert len(numbers) == len(set(numbers)) == 42


def test_what_it_reads_is_typed(client: Any, lucy: Any) -> None:
    (action,) = [each for each in walk(client, lucy, past_date=True) if each.number == "2.4"]
    assert isinstance(action, client.models.ListedAction)
    assert action.by_when.to.isoformat() == "2021-05-31"


def test_it_posts_an_update_and_reads_it_back(client: Any, lucy: Any, seeded: Seeded) -> None:
    body = client.models.UpdateIn(text="The audit tool is agreed.", rating=client.models.UpdateInRating.A)
    posted = client.post_update.sync_detailed(
        seeded.actions["3.4"], client=lucy, body=body, idempotency_key=str(uuid4())
    )
    assert posted.status_code == 201
    read = client.get_update.sync(posted.parsed.id, client=lucy)
    assert (read.text, read.author.name) == ("The audit tool is agreed.", "Lucy Goodfellow")


def test_a_problem_is_typed(client: Any, lucy: Any, seeded: Seeded) -> None:
    body = client.models.UpdateIn(text="We met.")
    refused = client.post_update.sync(seeded.actions["5.4"], client=lucy, body=body)
    assert isinstance(refused, client.models.Problem)
    assert refused.code is client.models.ProblemCode.FORBIDDEN


def test_it_follows_the_feed_to_what_it_posted(client: Any, lucy: Any, seeded: Seeded) -> None:
    def go_on(cursor: str | None) -> tuple[list[Any], str]:
        found, more = [], True
        while more:
            since = {} if cursor is None else {"since": cursor}
            answer = client.list_changes.sync("havering-2020-23", client=lucy, **since)
            found, cursor, more = [*found, *answer.data], answer.cursor, answer.has_more
        assert cursor is not None
        return found, cursor

    _, cursor = go_on(None)
    body = client.models.UpdateIn(text="The data set is agreed.")
    posted = client.post_update.sync(seeded.actions["3.5"], client=lucy, body=body)
    changes, _ = go_on(cursor)
    assert posted.id in {change.id for change in changes}
