"""Where somebody may be sent after signing in: a page of this site, and nothing else."""

import re
from pathlib import Path

import pytest

from api.domain.accounts.local_path import LONGEST, local_path
from api.domain.accounts.signing_in import LinkKind

CLIENT = Path(__file__).parents[3] / "frontend" / "js"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/my",
        "/p/plan/",
        "/sign-in-sheet",
        "/actions?next=/sign-in",
        "/.well-known",
        "/a..b",
        "/actions/3.4?tab=history#progress",
        "/p/plan/actions?q=%C3%A9",
        "/é",
    ],
)
def test_a_page_of_this_site(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None, "", "my", "https://evil.example/", "javascript:alert(1)",
        "//evil.example", "/\\evil.example", "\\/evil.example", "/a\\b", "/\t/evil.example", "/\n/evil.example", "/ /x", "/\x00",
        "/\x85/x", "/api/v1/auth/directory/start", "/assets/x", "/" + "x" * LONGEST,
        "/sign-in", "/sign-in/", "/sign-in?next=/sign-in", "/sign-in#x", "/p/plan/sign-in", "/reset#secret", "/email#secret", "/stop#secret", "/factor#secret", "/p/plan/factor", "/invitation/",
        "/my/../sign-in", "/./sign-in", "/my/%2E%2e/sign-in", "/..", "/api", "/assets",
    ],
)  # fmt: skip
def test_anything_else_is_the_other_page(path: str | None) -> None:
    assert local_path(path, "/home") == "/home"


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("router.js", r"/\^\\/\(([a-z|]+)\)\\/\?\$/, 'link'\]"),
        ("rules/addresses.js", r"NO_WAY_ON = .*\(sign-in\|([a-z|]+)\|api\|assets\)"),
    ],
)
def test_the_client_has_the_same_pages_of_links(file: str, line: str) -> None:
    """What opens a page of its own with somebody's secret is nowhere to go on to."""
    found = re.search(line, (CLIENT / file).read_text())
    assert found, file
    assert set(found[1].split("|")) == set(LinkKind)
