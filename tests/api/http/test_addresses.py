"""Each thing has one address: other spellings of it are a 404, whatever the route (ADR 20).

With a server and with the front before it: tests/integration/server/test_addresses_for_real.py.
"""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.api.contract.test_access import TABLE
from tests.client import PREFIX, SECURITY_HEADERS, Api, check_problem

AN_ID = "00000000-0000-0000-0000-000000000000"
ROUTES = sorted({rule for _, rule in TABLE})


@pytest.fixture(scope="module")
def visitor(still: Api) -> FlaskClient:
    return still.app.test_client()


def at(visitor: FlaskClient, path: str, method: str = "GET", **headers: str) -> TestResponse:
    """This very path, as a server hands it on: the test client would tidy it."""
    return visitor.open("/", method=method, headers=headers, environ_overrides={"PATH_INFO": path})


def filled(rule: str) -> str:
    parts = [AN_ID if part.startswith("<") else part for part in rule.split("/")]
    return PREFIX + "/".join(parts)


SPELLINGS = {
    "a slash at the end": lambda path: f"{path}/",
    "two slashes at the end": lambda path: f"{path}//",
    "two slashes at the beginning": lambda path: f"/{path}",
    "three slashes at the beginning": lambda path: f"//{path}",
    "two slashes inside": lambda path: path.replace("/v1/", "/v1//"),
    "two slashes after api": lambda path: path.replace("/api/", "/api//"),
    "big letters": lambda path: path.replace("/api/", "/API/"),
    "a big letter": lambda path: path.replace("/api/", "/Api/"),
    "the version in a big letter": lambda path: path.replace("/v1/", "/V1/"),
    "a dot": lambda path: f"/.{path}",
    "two dots": lambda path: f"/x/..{path}",
    "dots inside": lambda path: path.replace("/v1/", "/v1/../v1/"),
    "backslashes": lambda path: path.replace("/", "\\"),
    "a backslash": lambda path: path.replace("/api/", "/api\\"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("rule", ROUTES)
def test_another_spelling_is_of_nothing(still: Api, visitor: FlaskClient, rule: str, spelling: str) -> None:
    """A problem, never the page of the client, and no redirect, which could lead in a circle or to a host named "api"."""
    methods = ["GET", "HEAD", *sorted({method for method, each in TABLE if each == rule} - {"GET"})]
    for method in methods:
        answer = at(visitor, SPELLINGS[spelling](filled(rule)), method, **still.as_("admin").headers)
        assert answer.status_code == 404, (method, answer.text[:200])
        assert "Location" not in answer.headers
        check_problem(answer, method)


NO_PAGES = [
    "/api", "/api/", "/API", "/Api/v1", "/api/v2/me", "/apI/", "//", "///x", "//evil.example/api/v1/me", "//api", "/a//b", "/.", "/..",
    "/./actions", "/actions/..", "/actions/../api", "/x\\y", "\\\\evil.example", "/assets", "/assets/", "/assets//x", "/assets/x",
    "/ASSETS/x", "/Problems", "/sw.js/", "/assets/test/js/main.js/",
]  # fmt: skip


@pytest.mark.parametrize("path", NO_PAGES)
def test_what_is_no_address_of_ours_is_no_page(visitor: FlaskClient, path: str) -> None:
    answer = at(visitor, path)
    assert answer.status_code == 404, answer.text[:100]
    assert "Location" not in answer.headers
    assert set(answer.headers.keys()) >= SECURITY_HEADERS
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("path", ["/", "/actions/4.10", "/actions/4.10/", "/my", "/my/", "/actions/a..b"])
def test_an_address_of_the_client_is_its_page(visitor: FlaskClient, path: str) -> None:
    answer = at(visitor, path)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
