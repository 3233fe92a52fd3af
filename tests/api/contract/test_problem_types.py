"""`/problems/<type>`: each type that any answer can carry is explained (RFC 9457, 3.1.1), to people and to programs."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.contract import examples
from api.contract.problem_pages import types
from api.http.messages.errors import STATUS
from tests.client import SECURITY_HEADERS, Api, check_problem

REPO = Path(__file__).parents[3]
FRONT = (REPO / ".docker" / "nginx.conf").read_text("utf-8")


def codes_of_front() -> dict[str, int]:
    """What the front says of each status that it answers itself."""
    block = re.search(r"map \$status \$plan_code \{(.*?)\}", FRONT, re.DOTALL)
    assert block
    found = re.findall(r"(\w+)\s+([a-z-]+);", block[1])
    return {code: 500 if status == "default" else int(status) for status, code in found}


@pytest.fixture(scope="module")
def visitor(still: Api) -> FlaskClient:
    return still.app.test_client()


def ask(visitor: FlaskClient, path: str, accept: str = "") -> TestResponse:
    answer = visitor.get(path, headers={"Accept": accept} if accept else {})
    assert set(answer.headers.keys()) >= SECURITY_HEADERS
    return answer


def test_those_explained_are_those_there_are() -> None:
    """Ours and the front's, each with its status."""
    assert {code: about["status"] for code, about in types().items()} == STATUS | codes_of_front()


def test_each_type_of_the_document_leads_somewhere(still: Api, visitor: FlaskClient) -> None:
    document = still.nobody.read("/openapi.json")
    named = set(document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"])
    for methods in document["paths"].values():
        for operation in methods.values():
            named |= {code for each in operation["responses"].values() for code in each.get("x-codes", [])}
    shown = {each["value"]["type"] for each in document["components"]["examples"].values()}
    assert shown <= {f"/problems/{code}" for code in named}
    for code in named:
        assert ask(visitor, f"/problems/{code}").status_code == 200, code


@pytest.mark.parametrize("code", sorted(types()))
def test_a_type_is_a_page_that_says_what_it_means_when_it_comes_and_what_to_do(visitor: FlaskClient, code: str) -> None:
    answer = ask(visitor, f"/problems/{code}", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    page = re.sub(r"<[^>]+>", "", answer.text)
    for words in (code, str(types()[code]["status"]), "What it means", "When it comes", "What to do"):
        assert words in page
    told = ask(visitor, f"/problems/{code}", "application/json")
    assert (told.status_code, told.mimetype) == (200, "application/json")
    assert told.json is not None
    assert list(told.json) == ["type", "code", "status", "title", "means", "when", "do"]
    assert told.json["type"] == f"/problems/{code}"
    for part in ("means", "when", "do"):
        said = told.json[part]
        assert len(said.split()) > 1, part
        assert said.endswith("."), part
        assert re.sub("`[^`]+`", "", said).count("`") == 0


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/html", "text/html"),
        ("text/html, application/json;q=0.9", "text/html"),
        ("application/json, text/html;q=0.9", "application/json"),
        ("application/json", "application/json"),
        ("application/*", "application/json"),
        ("application/problem+json", "application/json"),
        ("application/problem+json, application/json", "application/json"),
        ("text/html;q=0, */*", "application/json"),
    ],
)
@pytest.mark.parametrize("path", ["/problems", "/problems/forbidden"])
def test_the_form_is_the_one_that_is_asked_for(visitor: FlaskClient, path: str, accept: str, media: str) -> None:
    answer = ask(visitor, path, accept)
    assert (answer.status_code, answer.mimetype) == (200, media)
    assert answer.headers["Vary"] == "Accept, Accept-Encoding"
    again = visitor.get(path, headers={"Accept": accept, "If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", answer.headers["ETag"])


def test_all_of_them_are_listed(visitor: FlaskClient) -> None:
    page = ask(visitor, "/problems").text
    assert re.findall(r'href="/problems/([a-z0-9-]+)"', page) == list(types())
    listed: Any = ask(visitor, "/problems", "application/json").json
    assert [each["code"] for each in listed["data"]] == list(types())


def test_the_page_of_the_api_links_to_each_code(visitor: FlaskClient) -> None:
    linked = set(re.findall(r'href="/problems/([a-z0-9-]+)"', visitor.get("/api/v1/docs").text))
    assert linked >= set(STATUS) - {"internal-error", "request-in-progress", "method-not-allowed"}


@pytest.mark.parametrize(
    "path", ["/problems/nope", "/problems/Forbidden", "/problems/", "/problems/forbidden/", "/problems/a/b"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_type_that_there_is_not_is_404(visitor: FlaskClient, path: str, method: str) -> None:
    answer = visitor.open(path, method=method)
    assert answer.status_code == 404
    check_problem(answer, method)


def test_what_takes_neither_form_is_406(visitor: FlaskClient) -> None:
    answer = ask(visitor, "/problems/forbidden", "text/csv")
    assert answer.status_code == 406
    check_problem(answer)


def test_the_words_are_in_the_order_of_the_statuses() -> None:
    statuses = [about["status"] for about in types().values()]
    assert statuses == sorted(statuses)  # type: ignore[type-var]


def test_the_examples_carry_types_that_are_explained() -> None:
    kept = json.dumps(examples.kept())
    assert set(re.findall(r'"/problems/([a-z0-9-]+)"', kept)) <= set(types())
