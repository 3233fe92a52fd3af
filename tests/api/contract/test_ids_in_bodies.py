"""An id inside a body that is nobody's is 422 and says where it stands; only an id of the address is 404 (API 5.2)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from marshmallow import Schema, fields

from api.http.declare import Operation
from api.schemas.fields import Id
from tests.api.contract.test_access import Prepared, prepare
from tests.api.http.test_order_of_answers import there
from tests.client import Api
from tests.conftest import Databases, Seeded, api_over

NOBODYS = "0190a6f0-0000-7000-8000-000000000000"
WHO = {"name": "Nina Newman"}
LEAVING = {"left_on": "2026-11-20"}
# By operation and place in the body: a body that is right but for this id.
BODIES: dict[tuple[str, str], Any] = {
    ("post_update", "/on_behalf_of"): {"text": "We met.", "on_behalf_of": NOBODYS},
    ("edit_action", "/by_whom/0/person"): {"by_whom": [{"person": NOBODYS}]},
    ("edit_action", "/by_whom/0/group"): {"by_whom": [{"group": NOBODYS}]},
    ("edit_action", "/by_whom/0/agency"): {"by_whom": [{"agency": NOBODYS}]},
    ("edit_action", "/by_whom/0/new_person/agency"): {"by_whom": [{"new_person": {**WHO, "agency": NOBODYS}}]},
    ("edit_action", "/objective"): {"objective": NOBODYS},
    ("add_action", "/objective"): {"objective": NOBODYS, "text": "One more."},
    ("add_action", "/by_whom/0/person"): {"text": "One more.", "by_whom": [{"person": NOBODYS}]},
    ("add_action", "/by_whom/0/group"): {"text": "One more.", "by_whom": [{"group": NOBODYS}]},
    ("add_action", "/by_whom/0/new_person/agency"): {
        "text": "One more.", "by_whom": [{"new_person": {**WHO, "agency": NOBODYS}}],
    },
    ("add_action", "/by_whom/0/agency"): {"text": "One more.", "by_whom": [{"agency": NOBODYS}]},
    ("add_objective", "/lead"): {"text": "One more.", "lead": NOBODYS},
    ("edit_objective", "/lead"): {"lead": NOBODYS},
    ("edit_plan", "/owner/person"): {"owner": {"person": NOBODYS}},
    ("invite_account", "/person"): {"email": "a@example.org", "role": "contributor", "person": NOBODYS},
    ("invite_account", "/new_person/agency"): {
        "email": "a@example.org", "role": "contributor", "new_person": {**WHO, "agency": NOBODYS},
    },
    ("edit_account", "/person"): {"person": NOBODYS},
    ("create_person", "/agency"): {**WHO, "agency": NOBODYS},
    ("edit_person", "/agency"): {"agency": NOBODYS},
    ("create_agency", "/parent"): {"name": "Young Minds", "parent": NOBODYS},
    ("edit_agency", "/parent"): {"parent": NOBODYS},
    ("succeed_agency", "/successor"): {"successor": NOBODYS, "on": "2026-12-01"},
    ("create_partner_token", "/agency"): {"name": "Rio", "agency": NOBODYS, "scopes": ["plan:read"]},
    ("merge_person", "/into"): {"into": NOBODYS},
    ("merge_person", "/account"): {"account": NOBODYS},
    ("tell_apart", "/first"): {"first": NOBODYS},
    ("tell_apart", "/second"): {"second": NOBODYS},
    ("hand_over", "/items/0/action"): {"items": [{"action": NOBODYS, "to": None}], **LEAVING},
    ("hand_over", "/items/0/objective"): {"items": [{"objective": NOBODYS, "to": None}], **LEAVING},
    ("hand_over", "/items/0/plan"): {"items": [{"plan": NOBODYS, "to": None}], **LEAVING},
    ("hand_over", "/items/0/to"): {"items": [{"action": "{held}", "to": NOBODYS}], **LEAVING},
}  # fmt: skip
# The challenge of a passkey says who somebody is: one of nobody's is a sign-in that failed, or a browser's answer that is too late.
SIGNING_IN = {("add_passkey", "/challenge"), ("sign_in_by_passkey", "/challenge"), ("confirm", "/passkey/challenge")}


def operations(api: Api) -> dict[str, Operation]:
    found: list[Operation] = api.app.extensions["plan_operations"]
    return {each.name: each for each in found}


def ids_of(schema: Schema, pointer: str = "") -> Iterator[str]:
    """Where in a body an id may stand, of a list in its first."""
    for name, field in schema.fields.items():
        here = f"{pointer}/{field.data_key or name}"
        inner: Any = field
        if isinstance(inner, fields.List):
            inner, here = inner.inner, f"{here}/0"
        if isinstance(inner, Id):
            yield here
        elif isinstance(inner, fields.Nested):
            yield from ids_of(inner.schema, here)


def walked(api: Api) -> set[tuple[str, str]]:
    bodies = {name: each.body for name, each in operations(api).items() if each.body}
    return {(name, pointer) for name, body in bodies.items() for pointer in ids_of(body())}


def test_every_id_of_every_body_is_among_them(still: Api) -> None:
    assert walked(still) == BODIES.keys() | SIGNING_IN


@pytest.fixture(scope="module")
def ready(databases: Databases, seeded: Seeded) -> Iterator[Prepared]:
    with api_over(databases, seeded) as api:
        prepared = prepare(api)
        api.confirm_all()
        yield prepared


@pytest.mark.parametrize(("name", "pointer"), list(BODIES))
def test_nobody_s_id_is_422_and_says_where(ready: Prepared, name: str, pointer: str) -> None:
    admin, operation = ready.api.as_("admin"), operations(ready.api)[name]
    answer = admin.open(
        operation.method,
        there(ready, operation),
        json=whole(ready, name, BODIES[name, pointer]),
        headers={"If-Match": "*"},
    )
    assert (answer.status_code, answer.json["code"]) == (422, "validation-failed"), answer.text
    assert pointer in {each["pointer"] for each in answer.json["errors"]}, answer.text


def whole(prepared: Prepared, name: str, body: Any) -> Any:
    """The body with what else it has to have, of what is there."""
    api = prepared.api
    if name == "add_action":
        return {"objective": api.as_("admin").read(api.action("3.4"))["objective_id"], **body}
    if name == "tell_apart":
        return {"first": api.person("Jane Carroll"), "second": api.person("Trevor Cook"), **body}
    if name == "merge_person":
        return {"into": api.person("Trevor Cook"), **body}
    if name != "hand_over":
        return body
    open_now = api.as_("admin").read(f"/people/{api.person('Helen Harding')}/handover")["items"]
    mine = [{each["kind"]: each["id"], "to": None} for each in open_now]
    (given,) = body["items"]
    if "{held}" in given.values():
        return {**body, "items": [{**mine[0], "to": NOBODYS}, *mine[1:]]}
    return {**body, "items": [given, *mine]}


def test_a_stranger_s_id_is_no_better(ready: Prepared) -> None:
    """An id that is there, of another kind of thing."""
    api = ready.api
    other = api.seeded.actions["3.4"]
    assert UUID(other)
    for name, member in (("post_update", "on_behalf_of"), ("edit_objective", "lead"), ("create_person", "agency")):
        operation = operations(api)[name]
        body = {**BODIES[name, f"/{member}"], member: other}
        answer = api.as_("admin").open(operation.method, there(ready, operation), json=body, headers={"If-Match": "*"})
        assert answer.status_code == 422, answer.text
        assert answer.json["errors"][0]["pointer"] == f"/{member}"
