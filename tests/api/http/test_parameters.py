"""Every parameter of every operation takes one way to write a value; whatever else is 400 and named (API 2.2)."""

import re
from typing import Any

import pytest

from api.http.declare import Operation
from api.schemas.fields import AnyOf, Day, Id, Instant, Month, QueryFlag, QueryNumber
from tests.client import PLAN, Api, Caller, problem

ID = "0190a6f0-0000-7000-8000-000000000000"
NOT_UTF8 = {
    "a byte that begins nothing": "%FF",
    "a byte that nothing follows": "%C3%28",
    "half a character": "caf%C3",
    "an overlong slash": "%C0%AF",
    "an overlong letter": "%E0%81%81",
    "a surrogate": "%ED%A0%80",
    "beyond Unicode": "%F4%90%80%80",
    "Latin-1": "caf%E9",
}
DIGITS = "%EF%BC%97"  # a full-width 7
WRONG: dict[type[Any], list[str]] = {
    QueryNumber: ["00007", "07", "%2B7", "+7", "%207", "7%20", DIGITS, "7.0", "7e0", "0x7", "7_0", "-7", "", "7,8", "%D9%A7"],
    QueryFlag: ["True", "TRUE", "1", "0", "yes", "on", "", "%20true", "true%20", "true,false"],
    Day: [
        "2026-1-1", "20260101", "2026-W01-1", "2026-001", "2026-01-01T00:00:00Z", f"202{DIGITS}-01-01", "2026-02-30", "+2026-01-01",
        "2026-01-01%20", "1899-12-31", "2200-01-01", "01/01/2026", "today", "",
    ],
    Month: ["2026-1", "202601", "2026-13", "2026-00", f"202{DIGITS}-01", "2026-01-01", "1899-12", "", "2026-01%0A"],
    Instant: [
        "2026-01-01", "2026-01-01T00:00:00", "2026-01-01%2000:00:00Z", "20260101T000000Z", "2026-01-01T00Z", "2026-W01-1T00:00:00Z",
        f"202{DIGITS}-01-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00,5Z", "1767225600", "",
    ],
    Id: ["x", "1", ID.replace("-", ""), f"%7B{ID}%7D", f"urn:uuid:{ID}", f"{ID}%20", ""],
}  # fmt: skip


def operations(api: Api) -> list[Operation]:
    found: list[Operation] = api.app.extensions["plan_operations"]
    return found


@pytest.fixture(scope="module")
def there(still: Api) -> dict[str, str]:
    """What stands for each part of a path, of what is there or nobody's."""
    still.confirm_all()
    admin = still.as_("admin")
    plan = admin.read(PLAN)
    return {
        "plan": "havering-2020-23",
        "action": still.seeded.actions["3.4"],
        "objective": plan["objectives"][0]["id"],
        "person": still.person("Lucy Goodfellow"),
        "agency": plan["agencies"][0]["id"],
        "group": plan["groups"][0]["id"],
        "account": still.seeded.sessions["lucy"]["account"],
    }


def send(caller: Caller, operation: Operation, there: dict[str, str], query: str) -> Any:
    path = re.sub(r"<(\w+)>", lambda found: there[found[1]], operation.rule)
    headers = {"If-Match": "*"} if operation.if_match else {}
    return caller.open(operation.method, f"{path}?{query}", headers=headers)


def reaches(operation: Operation, there: dict[str, str]) -> bool:
    """Whether what its path names is there, so that the query is looked at."""
    return not operation.by_refresh and set(re.findall(r"<(\w+)>", operation.rule)) <= set(there)


def of_lists(field: AnyOf) -> list[str]:
    """Wrong values of a comma-separated list, made from right ones."""
    choices = field.hint.removeprefix("Use any of ").removesuffix(", with commas.").split(", ")
    one, *others = [each for each in (*choices, "1", "2", ID) if field.allowed.fullmatch(each)]
    two = next(iter(others), ID[:-1] + "1")
    doubled = [f"{one},{one}", f"{one},{two},{one}", f"{one},{two},{two}"]
    return [
        *doubled,
        "",
        ",",
        f"{one},",
        f",{one}",
        f"{one},,{two}",
        f"{one},%20{two}",
        f"{one}%20",
        f"{one};{two}",
        f"{one}{DIGITS}",
    ]


@pytest.mark.parametrize("kind", [*WRONG, AnyOf], ids=lambda kind: kind.__name__)
def test_a_value_written_another_way_is_400_and_named(still: Api, there: dict[str, str], kind: type[Any]) -> None:
    caller, seen = still.as_("admin"), 0
    for operation in operations(still):
        for field in operation.query().fields.values() if operation.query else ():
            if type(field) is not kind:
                continue
            name, seen = field.data_key or field.name, seen + 1
            for value in of_lists(field) if isinstance(field, AnyOf) else WRONG[kind]:
                answer = send(caller, operation, there, f"{name}={value}")
                assert problem(answer) == (400, "invalid-parameter"), (operation.rule, name, value)
                assert f"?{name}" in {each["pointer"] for each in answer.json["errors"]}, (operation.rule, name, value)
    assert seen


def test_every_kind_of_parameter_is_among_them(still: Api) -> None:
    """What is left is text, a word from a list, or a cursor."""
    fields = [each for operation in operations(still) if operation.query for each in operation.query().fields.values()]
    assert {type(each).__name__ for each in fields} - {kind.__name__ for kind in (*WRONG, AnyOf)} == {
        "String",
        "Words",
        "Choice",
    }


@pytest.mark.parametrize("name", NOT_UTF8)
def test_what_is_not_utf_8_is_400_in_every_parameter_of_every_operation(
    still: Api, there: dict[str, str], name: str
) -> None:
    caller, seen = still.as_("admin"), 0
    for operation in operations(still):
        fields = operation.query().fields.values() if operation.query else ()
        for parameter in [each.data_key or each.name for each in fields] or ["q"]:
            if not reaches(operation, there):
                continue
            answer = send(caller, operation, there, f"{parameter}={NOT_UTF8[name]}")
            assert problem(answer) == (400, "invalid-parameter"), (operation.name, parameter)
            assert answer.json["errors"][0]["pointer"] == f"?{parameter}"
            seen += 1
    assert seen > 80


@pytest.mark.parametrize("query", ["%FF=1", "q=ok&x%C3%28=1"])
def test_a_name_that_is_not_utf_8_is_400_too(still: Api, query: str) -> None:
    assert problem(still.as_("robert").get(f"{PLAN}/actions?{query}")) == (400, "invalid-parameter")


@pytest.mark.parametrize("raw", NOT_UTF8.values())
@pytest.mark.parametrize("path", ["/plans/{}", "/plans/{}/actions", "/actions/{}", "/people/{}", "/journal/{}/undo"])
def test_a_path_that_is_not_utf_8_leads_nowhere(still: Api, path: str, raw: str) -> None:
    method = "POST" if path.endswith("undo") else "GET"
    assert problem(still.as_("admin").open(method, path.format(raw))) == (404, "not-found")


RIGHT = [
    "limit=7", "limit=200", "q=caf%C3%A9", "q=%F0%9F%92%A9", "q=%EF%BF%BD", "q=100%25", "fields=id,number", "objective=1,2", "status=delivered",
    "due_before=2026-01-01", "updated_since=2026-01-01T00:00:00Z", "updated_since=2026-01-01T00:00:00.5%2B01:00", "no_date=true",
]  # fmt: skip


@pytest.mark.parametrize("query", RIGHT)
def test_a_value_as_the_document_has_it_is_taken(still: Api, query: str) -> None:
    assert still.as_("robert").get(f"{PLAN}/actions?{query}").status_code == 200
