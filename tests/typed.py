"""Every place in which somebody can type: each text of each body of each route, walked from the schemas, and a request for each.

A body with a text that is in no request here fails the tests that use this, by its name.
"""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields

from api.schemas.fields import Base64Url, Choice
from api.schemas.text_fields import Secret
from tests.client import PLAN, Api

Json = dict[str, Any]
KEY = [{"letter": letter, "word": f"Word {letter}", "meaning": "So."} for letter in "RAGB"]
LINK = {"title": "Minutes", "url": "https://example.org/"}


def texts_of(schema: type[Schema], pointer: str = "") -> Iterator[tuple[str, fields.Field[Any]]]:
    """(pointer, field) of each text of a body: /places/*/new_person/name."""
    for name, field in schema().load_fields.items():
        here = f"{pointer}/{field.data_key or name}"
        inner = field
        if isinstance(field, fields.List):
            inner, here = field.inner, f"{here}/*"
        if isinstance(inner, fields.Nested):
            yield from texts_of(type(inner.schema), here)
        elif isinstance(inner, fields.String) and not isinstance(inner, Choice | Secret | Base64Url):
            yield here, inner


def every_text(operations: list[Any]) -> Iterator[tuple[str, str]]:
    """(operation, pointer) of each text that any body takes."""
    for each in operations:
        if each.body is not None:
            yield from ((each.name, pointer) for pointer, _ in texts_of(each.body))


@dataclass
class Named:
    """What has been found or made, for the addresses and bodies below."""

    api: Api
    said: str = ""

    def __post_init__(self) -> None:
        self.api.confirm_all()
        self.admin, self.lucy = self.api.as_("admin"), self.api.as_("lucy")
        self.action = self.api.action("3.4")
        self.objective = f"/objectives/{self.one('SELECT id::text FROM objective WHERE position = 3')}"
        self.person = self.api.person("Helen Harding")
        self.agency = self.one("SELECT id::text FROM agency WHERE short_name = 'CCG'")
        self.group = self.one("SELECT id::text FROM named_group LIMIT 1")
        self.account = self.api.seeded.sessions["lucy"]["account"]

    def one(self, statement: str, *values: Any) -> Any:
        return self.api.one(statement, *values)

    def update(self) -> str:
        """The path of an update that is claimed, so that it can be answered, corrected and signed off; the same each time."""
        if not self.said:
            self.said = str(self.lucy.say("3.4", "Done.", claim="delivered", impact="Much.")["id"])
        return f"/updates/{self.said}"

    def token(self) -> str:
        self.api.partner("LB Havering", name="Other words, said")
        return f"/partner-tokens/{self.one('SELECT id::text FROM partner_token')}"

    def entry(self) -> str:
        """The path of an entry that can be undone."""
        self.admin.patch(self.action, {"text": "Words to undo."}, headers={"If-Match": "*"})
        return f"/journal/{self.one('SELECT max(id) FROM journal')}/undo"

    def handover(self) -> Json:
        items = self.admin.read(f"/people/{self.person}/handover")["items"]
        taker = self.api.person("Trevor Cook")
        return {"items": [{each["kind"]: each["id"], "to": taker} for each in items], "left_on": "2026-11-20"}

    def left(self) -> str:
        """The path of the erasure of somebody who has left."""
        self.api.sql("UPDATE person SET left_on = '2026-11-01' WHERE id = %s", self.person)
        return f"/people/{self.person}/erasure"


@dataclass(frozen=True)
class Request:
    """A request that holds a text for each of these pointers: who sends it, and bodies of which one holds each of them."""

    method: str
    path: Callable[[Named], str]
    bodies: Callable[[Named], list[Json]]
    who: str = "admin"


def _places(of: Named) -> list[Json]:
    return [
        {"by_whom": [{"person": of.person, "name": "x", "qualifier": "x"}]},
        {"by_whom": [{"new_person": {"name": "x", "post": "x"}}]},
        {"by_whom": [{"new_group": {"name": "x"}}]},
    ]


def _add(of: Named) -> list[Json]:
    new = {"objective": of.objective.rpartition("/")[2], "text": "x"}
    return [{**new, "by_when": {"kind": "to_be_confirmed", "printed": "x"}}, *({**new, **each} for each in _places(of))]


SAID = {"text": "x", "next_step": "x", "impact": "x", "evidence": [LINK]}
WHY = {"reason": "x"}
GONE = {"reason": "x", "words": "Other words"}
ANSWER = {"code": "question", "text": "What?", "answer": "x"}
PERSON = {"name": "x", "post": "x", "aliases": ["x"], "email": "x@example.org"}
AGENCY = {"name": "x", "short_name": "x", "aliases": ["x"]}
PLAN_LINES = ("partnership", "name", "heading", "title", "priority", "service_team", "summary", "review_dates")
REQUESTS: dict[str, Request] = {
    "invite_account": Request(
        "POST", lambda _: "/accounts",
        lambda _: [
            {"email": "x@example.org", "role": "viewer", "name": "x"},
            {"email": "x@example.org", "role": "viewer", "new_person": {"name": "x", "post": "x"}},
        ],
    ),
    "edit_account": Request("PATCH", lambda of: f"/accounts/{of.account}", lambda _: [{"name": "x"}]),
    "edit_action": Request(
        "PATCH", lambda of: of.action, lambda of: [{"text": "x"}, {"status": "on_hold", **WHY}, *_places(of)],
    ),
    "move_date": Request(
        "POST", lambda of: f"{of.action}/dates", lambda _: [{"kind": "to_be_confirmed", "printed": "x", **WHY}],
    ),
    "sign_off": Request(
        "POST", lambda of: (of.update(), f"{of.action}/sign-off")[1],
        lambda _: [{"text": "x", "impact": "x", "evidence": [LINK]}],
    ),
    "create_agency": Request("POST", lambda _: "/agencies", lambda _: [AGENCY]),
    "edit_agency": Request("PATCH", lambda of: f"/agencies/{of.agency}", lambda _: [AGENCY]),
    "succeed_agency": Request(
        "POST", lambda of: f"/agencies/{of.agency}/succession",
        lambda _: [{"new": {"name": "x", "short_name": "x"}, "on": "2026-11-01", "note": "x"}],
    ),
    "create_group": Request("POST", lambda _: "/groups", lambda _: [{"name": "x"}]),
    "edit_group": Request("PATCH", lambda of: f"/groups/{of.group}", lambda _: [{"name": "x"}]),
    "merge_person": Request(
        "POST", lambda of: f"/people/{of.api.person('Louise Dibsdale')}/merge",
        lambda of: [{"into": of.api.person("Louise Dibsdall"), "note": "x"}],
    ),
    "hand_over": Request("POST", lambda of: f"/people/{of.person}/handover", lambda of: [{**of.handover(), "note": "x"}]),
    "undo_entry": Request("POST", Named.entry, lambda _: [WHY]),
    "ask_about_plan": Request("POST", lambda _: f"{PLAN}/notes", lambda _: [{"text": "x"}]),
    "ask_about_action": Request("POST", lambda of: f"{of.action}/notes", lambda _: [{"text": "x"}]),
    "settle_note_of_plan": Request("POST", lambda of: f"{_asked(of, PLAN)}/settled-notes", lambda _: [ANSWER]),
    "settle_note_of_action": Request("POST", lambda of: f"{_asked(of, of.action)}/settled-notes", lambda _: [ANSWER]),
    "create_partner_token": Request(
        "POST", lambda _: "/partner-tokens",
        lambda of: [{"name": "x", "agency": of.agency, "scopes": ["plan:read"]}],
    ),
    "create_person": Request("POST", lambda _: "/people", lambda _: [PERSON]),
    "edit_person": Request("PATCH", lambda of: f"/people/{of.person}", lambda _: [PERSON]),
    "erase_contact": Request("POST", Named.left, lambda _: [WHY]),
    "edit_plan": Request(
        "PATCH", lambda _: PLAN,
        lambda _: [
            {
                **dict.fromkeys(PLAN_LINES, "x"), "owner": {"printed": "x"}, "starts": {"printed": "x"}, "rating_key": KEY,
                "glossary": [{"short": "x", "long": "x", "note": "x"}],
            }
        ],
    ),
    "redact_update": Request("POST", lambda of: f"{_redactable(of)}/redaction", lambda _: [GONE]),
    "redact_action": Request("POST", lambda of: f"{_reworded(of, of.action)}/redaction", lambda _: [GONE]),
    "redact_plan": Request("POST", lambda of: f"{_reworded(of, of.objective) and PLAN}/redaction", lambda _: [GONE]),
    "redact_person": Request("POST", lambda of: f"{_renamed(of, f'/people/{of.person}')}/redaction", lambda _: [GONE]),
    "redact_agency": Request("POST", lambda of: f"{_renamed(of, f'/agencies/{of.agency}')}/redaction", lambda _: [GONE]),
    "redact_group": Request("POST", lambda of: f"{_renamed(of, f'/groups/{of.group}')}/redaction", lambda _: [GONE]),
    "redact_account": Request("POST", lambda of: f"{_renamed(of, f'/accounts/{of.account}')}/redaction", lambda _: [GONE]),
    "redact_partner_token": Request("POST", lambda of: f"{of.token()}/redaction", lambda _: [GONE]),
    "add_action": Request("POST", lambda _: f"{PLAN}/actions", _add),
    "remove_action": Request("POST", lambda of: f"{of.action}/removal", lambda _: [WHY]),
    "add_objective": Request(
        "POST", lambda _: f"{PLAN}/objectives",
        lambda of: [{"text": "x", "short_title": "x", "lead": of.person, "lead_printed": "x"}],
    ),
    "edit_objective": Request(
        "PATCH", lambda of: of.objective, lambda _: [{"text": "x", "short_title": "x", "lead_printed": "x"}],
    ),
    "remove_objective": Request("POST", lambda of: f"{_empty(of)}/removal", lambda _: [WHY]),
    "post_update": Request("POST", lambda of: f"{of.action}/updates", lambda _: [SAID]),
    "correct_update": Request("PATCH", Named.update, lambda _: [SAID], who="lucy"),
    "withdraw_update": Request("POST", lambda of: f"{of.update()}/withdrawal", lambda _: [WHY]),
    "acknowledge_update": Request(
        "POST", lambda of: f"{of.update()}/acknowledgement", lambda _: [{"state": "returned", "question": "x"}],
    ),
}  # fmt: skip
"""By operation. Those that keep nothing of what is typed are in `NOT_HERE`."""

NOT_HERE: dict[str, str] = {
    "sign_in": "an address and a code to be compared; neither is kept",
    "confirm": "a code to be compared",
    "confirm_totp": "a code to be compared",
    "ask_for_reset": "an address to be compared",
    "ask_for_new_email": "an address: the account's own, sent a link",
    "add_passkey": "needs an authenticator: tests/api/accounts/test_passkeys.py",
}


def _ok(answer: Any) -> Any:
    assert answer.status_code in {200, 201}, answer.text
    return answer.json


def _reworded(of: Named, path: str) -> str:
    _ok(of.admin.patch(path, {"text": "Other words."}, headers={"If-Match": "*"}))
    return path


def _renamed(of: Named, path: str) -> str:
    match = of.admin.etag(path) if "/accounts" in path or "/groups" not in path else {"If-Match": "*"}
    _ok(of.admin.patch(path, {"name": "Other words, said"}, headers=match))
    return path


def _redactable(of: Named) -> str:
    return f"/updates/{of.lucy.say('3.4', 'Other words.')['id']}"


def _asked(of: Named, path: str) -> str:
    _ok(of.admin.post(f"{path}/notes", {"text": "What?"}))
    return path


def _empty(of: Named) -> str:
    return f"/objectives/{_ok(of.admin.post(f'{PLAN}/objectives', {'text': 'One more.'}))['id']}"


def has(body: Any, pointer: str) -> bool:
    """Whether the body has something at the pointer."""
    for step in pointer.strip("/").split("/"):
        if step == "*" and isinstance(body, list) and body:
            body = body[0]
        elif isinstance(body, dict) and step in body:
            body = body[step]
        else:
            return False
    return True


def put(body: Json, pointer: str, text: str) -> Json:
    """The body with this text at the pointer; in each item of a list."""
    made = deepcopy(body)
    *way, last = pointer.strip("/").split("/")
    there: Any = [made]
    for step in way:
        there = [below for each in there for below in (each if step == "*" else [each[step]])]
    for each in there:
        if last == "*":
            each[:] = [text]
        else:
            each[last] = f"https://example.org/{text}" if last == "url" else text
    return made


def request_for(of: Named, operation: str, pointer: str, text: str) -> tuple[str, str, Json, str]:
    """(method, path, body, who) of a request of this operation in which the text stands at the pointer and nowhere else."""
    request = REQUESTS[operation]
    path = request.path(of)
    body = next((each for each in request.bodies(of) if has(each, pointer)), None)
    assert body is not None, f"No request of {operation} has {pointer}: add it to tests/typed.py."
    return request.method, path, put(body, pointer, text), request.who


def send(of: Named, method: str, path: str, body: Json, who: str = "admin", **headers: str) -> Any:
    """Send it as somebody who has just read what they change."""
    caller = of.api.as_(who)
    match = {}
    if method == "PATCH" or path.endswith("/removal"):
        thing = path.removesuffix("/removal")
        match = (
            caller.etag(thing)
            if re.match(r"/(people|agencies|accounts|objectives|actions|updates|plans)", thing)
            else {"If-Match": "*"}
        )
    return caller.open(method, path, json=body, headers={**match, **headers})
