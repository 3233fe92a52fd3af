"""The order of answers, for every operation: 401, 403 and 404, 428, 412, 415, 400 and 422 (API 3.5)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.test import TestResponse

from api.http.declare import ADMINS, WRITING, Operation
from api.queries.existence import NAMED
from tests.api.contract.test_access import Prepared, prepare
from tests.client import Api, Caller, problem
from tests.conftest import Databases, Seeded, api_over

NOBODYS = "0190a6f0-0000-7000-8000-000000000000"
IN_PATH = re.compile(r"<(\w+)>")
# What is wrong with a request beside its address: (headers, how it is sent).
WRONG: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "nothing in it": ({}, {"json": {}}),
    "an unknown member": ({}, {"json": {"nonsense": 1}}),
    "no object": ({}, {"json": [1]}),
    "no JSON": ({}, {"data": b"{", "content_type": "application/json"}),
    "another media type": ({}, {"data": b"x", "content_type": "text/plain"}),
    "an unknown parameter": ({}, {"json": {}, "query_string": "nonsense=1"}),
    "a key that is none": ({"Idempotency-Key": "short"}, {"json": {}}),
    "an ETag of nothing": ({"If-Match": '"nonsense"'}, {"json": {"nonsense": 1}}),
}


def operations(api: Api) -> list[Operation]:
    found: list[Operation] = api.app.extensions["plan_operations"]
    return found


def named(api: Api) -> Iterator[tuple[Operation, str]]:
    """Every operation with something in its path, and the path of nobody's."""
    for operation in operations(api):
        if IN_PATH.search(operation.rule):
            path = IN_PATH.sub(lambda found: "999999999" if found[1] == "entry" else NOBODYS, operation.rule)
            yield operation, path


def send(caller: Caller, operation: Operation, path: str, name: str, **more: str) -> TestResponse:
    headers, options = WRONG[name]
    if operation.method not in WRITING:
        options = {"query_string": options.get("query_string", "limit=x&nonsense=1")}
    return caller.open(operation.method, path, headers={**headers, **more}, **options)


@pytest.fixture(scope="module")
def ready(databases: Databases, seeded: Seeded) -> Iterator[Prepared]:
    with api_over(databases, seeded) as api:
        prepared = prepare(api)
        api.confirm_all()
        yield prepared


def test_what_stands_in_a_path_is_found_at_the_door_or_by_name(ready: Prepared) -> None:
    for operation, _ in named(ready.api):
        (name,) = IN_PATH.findall(operation.rule)
        assert operation.finds == name or name in NAMED, operation.rule


@pytest.mark.parametrize("name", WRONG)
def test_an_id_of_nobody_s_is_404_whatever_else_is_wrong(ready: Prepared, name: str) -> None:
    caller, seen = ready.api.as_("admin"), 0
    for operation, path in named(ready.api):
        for address in (path, path.replace(NOBODYS, "no-such-thing").replace("999999999", "x")):
            answer = send(caller, operation, address, name)
            assert problem(answer) == (404, "not-found"), (operation.method, address, answer.text)
            seen += 1
    assert seen > 100


@pytest.mark.parametrize("name", WRONG)
def test_somebody_s_own_is_nobody_s_to_others(ready: Prepared, name: str) -> None:
    """A session or passkey of somebody else is not there, and that is said before what is wrong with the query."""
    theirs = ready.api.seeded.sessions["lucy"]["session"]
    operation = next(each for each in operations(ready.api) if each.name == "end_session")
    answer = send(ready.api.as_("robert"), operation, f"/me/sessions/{theirs}", name)
    assert problem(answer) == (404, "not-found")


def there(prepared: Prepared, operation: Operation) -> str:
    """The operation's path, of what is there."""
    api = prepared.api
    found = {
        "plan": "havering-2020-23",
        "action": api.seeded.actions["3.4"],
        "objective": api.as_("admin").read(api.action("3.4"))["objective_id"],
        "update": prepared.update,
        "entry": prepared.entry,
        "person": api.person("Helen Harding"),
        "agency": prepared.agency,
        "group": prepared.group,
        "account": prepared.accounts[""],
        "merge": prepared.merge,
        "partner_token": prepared.token,
    }
    return IN_PATH.sub(lambda name: found[name[1]], operation.rule)


@pytest.mark.parametrize("name", WRONG)
def test_who_may_not_is_told_so_whatever_else_is_wrong(ready: Prepared, name: str) -> None:
    """A viewer, and where the object says who may, somebody whose role would do."""
    seen = 0
    for operation in operations(ready.api):
        if operation.method not in WRITING or operation.door is None or "/me/" in operation.rule:
            continue
        whom = ["robert"] if operation.door == ADMINS else ["gordon"] if operation.asks else []
        # To which objective is asked of the body: a lead officer of one may add to that.
        for who in [] if operation.name == "add_action" else whom:
            answer = send(ready.api.as_(who), operation, there(ready, operation), name)
            assert answer.status_code == 403, (operation.name, who, answer.text)
            seen += 1
    assert seen > 40


@pytest.mark.parametrize("name", [name for name in WRONG if not WRONG[name][0]])
def test_then_the_etag_is_asked_for_and_then_compared(ready: Prepared, name: str) -> None:
    caller, seen = ready.api.as_("admin"), 0
    for operation in operations(ready.api):
        if operation.if_match != "required" or operation.name == "correct_update":
            continue
        path = there(ready, operation)
        assert problem(send(caller, operation, path, name)) == (428, "precondition-required"), operation.name
        stale = send(caller, operation, path, name, **{"If-Match": '"v0.00000000"'})
        assert problem(stale) == (412, "stale-version"), (operation.name, stale.text)
        seen += 1
    assert seen >= 9


@pytest.mark.parametrize(
    ("name", "status"), [("another media type", 415), ("no JSON", 400), ("no object", 422), ("an unknown member", 422)]
)
def test_only_then_what_is_wrong_with_it(ready: Prepared, name: str, status: int) -> None:
    """What is sent as a change of a thing that is there, by who may, as last read."""
    for operation in operations(ready.api):
        if operation.if_match == "required" and operation.name != "correct_update":
            answer = send(ready.api.as_("admin"), operation, there(ready, operation), name, **{"If-Match": "*"})
            assert answer.status_code == status, (operation.name, answer.text)
