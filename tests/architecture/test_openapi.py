"""What a linter asks of the OpenAPI document, held here without one (`make openapi-lint` asks Redocly the rest)."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import validate

from api.app import create_app
from api.config import read_settings
from api.contract import openapi
from api.http.declare import Operation

Found = tuple[str, dict[str, Any]]
SETTINGS = {"DATABASE_URL": "postgresql://nowhere/", "SECRET_KEY": "0123456789abcdefghijklmnopqrstuv"}


@pytest.fixture(scope="module")
def declared() -> list[Operation]:
    found: list[Operation] = create_app(read_settings(SETTINGS)).extensions["plan_operations"]
    return found


@pytest.fixture(scope="module")
def document(declared: list[Operation]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(openapi.build(declared)))
    return found


def operations(document: dict[str, Any]) -> Iterator[Found]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_the_document_is_openapi(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_it_says_who_and_under_which_licence(document: dict[str, Any]) -> None:
    info = document["info"]
    assert info["license"]["identifier"] == "MIT"
    assert info["contact"]["name"]
    assert len(info["description"]) > 100
    assert document["servers"]


def test_every_operation_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z][a-z_]*", name) for name in names)


@pytest.mark.parametrize("member", ["summary", "description", "tags", "security", "responses"])
def test_every_operation_says(document: dict[str, Any], member: str) -> None:
    assert [where for where, operation in operations(document) if member not in operation] == []


def test_every_operation_says_who_may(document: dict[str, Any]) -> None:
    assert [where for where, each in operations(document) if "Who may: " not in each["description"]] == []


def test_tags_are_declared_described_and_used(document: dict[str, Any]) -> None:
    used = {tag for _, operation in operations(document) for tag in operation["tags"]}
    assert used == {tag["name"] for tag in document["tags"]}
    assert [tag["name"] for tag in document["tags"] if not tag["description"]] == []


def test_every_operation_has_a_success_and_an_error(document: dict[str, Any]) -> None:
    for where, operation in operations(document):
        kinds = {status[0] for status in operation["responses"]}
        assert "4" in kinds, where
        assert kinds & {"2", "3"}, where


def test_every_answer_is_described_and_every_error_has_its_codes(document: dict[str, Any]) -> None:
    for where, operation in operations(document):
        for status, answer in operation["responses"].items():
            assert answer["description"].endswith("."), (where, status)
            assert ("x-codes" in answer) is (status >= "400"), (where, status)
            assert "X-Request-Id" in answer["headers"], (where, status)


def test_what_an_operation_is_secured_by_exists(document: dict[str, Any]) -> None:
    schemes = set(document["components"]["securitySchemes"])
    named = {name for _, each in operations(document) for one in each["security"] for name in one}
    assert named == schemes


def test_a_write_by_cookie_needs_the_csrf_value(document: dict[str, Any]) -> None:
    for where, operation in operations(document):
        by_cookie = [one for one in operation["security"] if {"cookie", "refreshCookie"} & set(one)]
        assert all(("csrf" in one) is not where.startswith("GET") for one in by_cookie), where


def test_path_parameters_are_those_of_the_path(document: dict[str, Any]) -> None:
    for where, operation in operations(document):
        told = {each["name"] for each in operation.get("parameters", []) if each["in"] == "path"}
        assert told == set(re.findall(r"{(\w+)}", where)), where


def test_no_two_paths_are_ambiguous(document: dict[str, Any]) -> None:
    shapes = [re.sub(r"{\w+}", "{}", path) for path in document["paths"]]
    assert len(shapes) == len(set(shapes))
    assert [path for path in document["paths"] if path.endswith("/") or "?" in path] == []


def test_every_parameter_is_described(document: dict[str, Any]) -> None:
    without = [
        f"{where} {each['name']}"
        for where, operation in operations(document)
        for each in operation.get("parameters", [])
        if not each.get("description") and each["in"] != "query"
    ]
    assert without == []


@pytest.mark.parametrize("kind", ["schemas", "headers", "examples"])
def test_no_component_is_unused_or_missing(document: dict[str, Any], kind: str) -> None:
    named = set(re.findall(rf'"#/components/{kind}/([^"]+)"', json.dumps(document)))
    assert named == set(document["components"][kind])


def test_no_shape_is_an_object_of_anything(document: dict[str, Any]) -> None:
    """But what JSON Schema says of itself, under /openapi.json."""
    bare = [
        name
        for name, shape in document["components"]["schemas"].items()
        if shape.get("type") == "object" and not {"properties", "additionalProperties"} & set(shape)
    ]
    assert bare == []


def test_every_link_leads_somewhere(document: dict[str, Any]) -> None:
    names = {operation["operationId"] for _, operation in operations(document)}
    links = [
        link
        for _, operation in operations(document)
        for answer in operation["responses"].values()
        for link in answer.get("links", {}).values()
    ]
    assert len(links) > 20
    assert {link["operationId"] for link in links} <= names


# POSTs that create nothing that a repeat could double: a session, a plan, which a second load leaves as it is, what takes the
# place of what was there (codes, a password), a challenge, and what uses one up.
NOT_CREATING = {
    "sign_in", "refresh", "sign_out", "load_plan", "ask_for_passkey", "sign_in_by_passkey", "ask_to_confirm", "confirm",
    "offer_totp", "confirm_totp", "renew_recovery_codes", "ask_for_new_passkey", "add_passkey", "end_other_sessions",
    "change_password",
}  # fmt: skip
# What a link does it does once, and of letters there are three in five minutes.
NOT_CREATING |= {"show_invitation", "accept_invitation", "ask_for_reset", "reset_password", "confirm_new_email"}
NOT_CREATING |= {"stop_new_email", "ask_for_first_factor", "show_mailbox"}


def test_every_creating_post_takes_an_idempotency_key(declared: list[Operation]) -> None:
    without = {each.name for each in declared if each.method == "POST" and not each.idempotent}
    assert without == NOT_CREATING


def test_every_change_of_what_is_there_takes_if_match(declared: list[Operation]) -> None:
    changing = [each for each in declared if each.method in {"PATCH", "PUT"}]
    assert [each.name for each in changing if each.if_match != "required"] == []


def shapes_within(
    document: dict[str, Any], shape: Any, where: str, seen: frozenset[str] = frozenset()
) -> Iterator[Found]:
    """A schema and all that it holds, with what it refers to."""
    if isinstance(shape, list):
        for each in shape:
            yield from shapes_within(document, each, where, seen)
    if not isinstance(shape, dict):
        return
    name = shape.get("$ref", "")
    if isinstance(name, str) and name and name not in seen:
        kind = document["components"]["schemas"][name.rsplit("/", 1)[1]]
        yield from shapes_within(document, kind, name.rsplit("/", 1)[1], seen | {name})
    yield where, shape
    for word, each in shape.items():
        if word not in {"example", "examples", "default", "enum", "const"}:
            yield from shapes_within(document, each, f"{where}/{word}", seen)


def test_no_list_that_comes_in_is_without_end_and_no_object_without_form(document: dict[str, Any]) -> None:
    bodies = [
        each["requestBody"]["content"]["application/json"]["schema"]
        for _, each in operations(document)
        if "requestBody" in each
    ]
    found = [each for body in bodies for each in shapes_within(document, body, "body")]
    assert len(found) > 500
    kinds = [(where, shape, shape.get("type")) for where, shape in found]
    assert [where for where, shape, kind in kinds if kind == "array" and "maxItems" not in shape] == []
    free = [
        where
        for where, shape, kind in kinds
        if kind == "object" and shape.get("additionalProperties") is not False and "maxProperties" not in shape
    ]
    assert free == []
