"""The examples of the document are a real run over the Havering plan: made by `make examples`, held to the document here."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pyotp
import pytest
from jsonschema import Draft202012Validator

from api.contract import examples
from api.domain.plan.permissions import Role
from api.http.declare import Operation
from tests.authenticator import Authenticator
from tests.client import PLAN, PREFIX, Api, Caller, body_of
from tests.conftest import PASSWORD, Databases, Seeded, api_over, email_of
from tests.factories import seed_document
from tests.letters import settled

ACTION = "3.4"
KEY = {"Idempotency-Key": "0b9d4c4e-2f3f-4a53-9f5e-6d1f0b8f7a11"}
TOKENS = dict.fromkeys(("access_token", "refresh_token"), "eyJhbGciOiJIUzI1NiIs...")
TOKENS |= {"path": "M4 4h1v1h-1zM5 4h1v1h-1z..."}
TOKENS |= {"csrf_token": "5d1f6c...", "token": "pp_...", "link": "https://plan.example.org/invitation#..."}


def small_havering() -> dict[str, Any]:
    """The seed of the Havering plan, down to one action of one objective and whom they name."""
    document = seed_document()
    objective = next(each for each in document["objectives"] if each["number"] == 6)
    action = objective["actions"][0]
    objective["actions"], document["objectives"] = [action], [objective]
    named = {place.get("person") for place in action["by_whom"]["named"]}
    named |= {document["owner"]["person"], (objective["lead"] or {}).get("person")}
    document["people"] = [each for each in document["people"] if each["key"] in named]
    kept = {each["agency"] for each in document["people"]}
    document["agencies"] = [each for each in document["agencies"] if each["key"] in kept]
    groups = {place.get("group") for place in action["by_whom"]["named"]}
    document["groups"] = [each for each in document["groups"] if each["key"] in groups]
    document["notes"] = []
    return document


# What stands in a link; a run puts a good one in its place.
SECRET_OF_LINK = "kfTqCHxmJbmRc0cCSkVzL0Y1yQk3mE9wTt2cW8uN5pA"
LINKED = {
    "show_invitation": "invitation",
    "accept_invitation": "invitation",
    "reset_password": "reset",
    "confirm_new_email": "email",
    "stop_new_email": "stop",
    "show_mailbox": "factor",
}

# What is sent, by whom, for each operation that takes a body; in the order in which they can be done.
WRITES: dict[str, tuple[str, dict[str, Any]]] = {
    "sign_in": ("lucy", {"email": email_of("lucy"), "password": PASSWORD}),
    "invite_account": (
        "admin",
        {
            "email": "lucinda.may@example.org",
            "role": "contributor",
            "new_person": {"name": "Lucinda May", "post": "Team Manager"},
        },
    ),
    "ask_for_reset": ("lucy", {"email": email_of("lucy")}),
    "show_invitation": ("lucy", {"token": SECRET_OF_LINK}),
    "edit_account": ("admin", {"role": "viewer"}),
    "ask_for_new_email": ("lucy", {"email": "lucy@example.org"}),
    "move_date": ("jane", {"kind": "season", "printed": "Spring 2027", "reason": "The tool needs piloting first."}),
    "post_update": (
        "lucy",
        {
            "text": "The audit tool is agreed by all agencies.",
            "rating": "G",
            "claim": "delivered",
            "next_step": "Pilot it with two teams.",
            "evidence": [{"title": "The audit tool", "url": "https://example.org/audit-tool"}],
        },
    ),
    "acknowledge_update": ("jane", {"state": "returned", "question": "Agreed by whom?"}),
    "correct_update": ("lucy", {"text": "The audit tool is agreed by all agencies but one."}),
    "sign_off": ("admin", {"impact": "Calls about neglect are counted since June."}),
    "edit_action": ("jane", {"status": "in_progress", "reason": "The pilot found more to do."}),
    "ask_about_action": ("jane", {"text": "Which teams are to pilot it?", "for": "lead"}),
    "settle_note_of_action": (
        "jane",
        {"code": "question", "text": "Which teams are to pilot it?", "answer": "Early help and the east team."},
    ),
    "ask_about_plan": ("admin", {"text": "Who chairs the board from April?", "for": "admin"}),
    "settle_note_of_plan": (
        "admin",
        {"code": "question", "text": "Who chairs the board from April?", "answer": "The independent scrutineer."},
    ),
    "add_objective": ("admin", {"text": "Children and families are heard.", "short_title": "Listening"}),
    "edit_objective": ("admin", {"short_title": "Being heard", "lead": "Lucy Goodfellow"}),
    "add_action": (
        "admin",
        {
            "objective": "",
            "text": "Ask families each quarter what has changed for them.",
            "by_when": {"kind": "season", "printed": "Spring 2027"},
            "by_whom": [{"person": "Lucy Goodfellow", "qualifier": "for Havering"}],
        },
    ),
    "load_plan": ("admin", small_havering()),
    "create_person": (
        "admin",
        {"name": "Nina Newman", "post": "Head of Safeguarding", "email": "nina.newman@example.org"},
    ),
    "edit_person": ("admin", {"left_on": "2026-12-31", "aliases": ["N. Newman"]}),
    "create_agency": ("admin", {"name": "Havering CCG", "short_name": "CCG", "kind": "health"}),
    "edit_agency": ("admin", {"aliases": ["Havering Clinical Commissioning Group"]}),
    "succeed_agency": (
        "admin",
        {
            "new": {"name": "NHS North East London", "short_name": "NHS NEL"},
            "on": "2022-07-01",
            "note": "By the Health and Care Act.",
        },
    ),
    "create_group": ("admin", {"name": "young carers"}),
    "edit_group": ("admin", {"name": "Young carers"}),
    "create_partner_token": ("admin", {"name": "Liquidlogic", "agency": "", "scopes": ["plan:read"], "days": 365}),
    "merge_person": ("admin", {"into": "Louise Dibsdall", "note": "She says that she is one person."}),
}
# Done when everything was read.
LAST: dict[str, tuple[str, dict[str, Any] | None]] = {
    # Last, because the plan has another review date then.
    "edit_plan": ("admin", {"next_review_on": "2027-01-12", "summary": "Safer together."}),
    "undo_entry": ("jane", {"reason": "The pilot is part of the next plan."}),
    "withdraw_update": ("lucy", {"reason": "It was about another action."}),
    "remove_action": ("admin", {"reason": "It is part of the next plan."}),
    "remove_objective": ("admin", {"reason": "It is part of the next plan."}),
    "redact_update": ("admin", {"reason": "It named a family.", "words": "audit tool"}),
    "redact_action": ("admin", {"reason": "It named a family.", "words": "agencies"}),
    "redact_plan": ("admin", {"reason": "It named a family.", "words": "Safer together"}),
    **{
        f"redact_{of}": ("admin", {"reason": "It named a family.", "words": words, "preview": True})
        for of, words in {
            "person": "Robert",
            "agency": "Clinical",
            "group": "carers",
            "account": "Somebody",
            "partner_token": "Liquidlogic",
        }.items()
    },
    "erase_contact": ("admin", {"reason": "Asked for by letter."}),
    "revoke_partner_token": ("admin", None),
    "invite_account_again": ("admin", None),
    "send_reset": ("admin", None),
    "send_first_factor": ("admin", None),
    "ask_for_first_factor": ("gloria", None),
    "show_mailbox": ("gloria", {"token": SECRET_OF_LINK}),
    "remove_account_factors": ("admin", None),
    "end_account_sessions": ("admin", None),
    "accept_invitation": ("lucy", {"token": SECRET_OF_LINK, "password": "four words nobody joins"}),
    "reset_password": ("lucy", {"token": SECRET_OF_LINK, "password": "other words nobody joins"}),
    "confirm_new_email": ("lucy", {"token": SECRET_OF_LINK}),
    "stop_new_email": ("lucy", {"token": SECRET_OF_LINK}),
    "undo_merge": ("admin", None),
    "tell_apart": ("admin", {"first": "Jane Carroll", "second": "John Carroll"}),
    "hand_over": (
        "admin",
        {"items": [{"action": "5.2", "to": "Alice Peatling"}], "left_on": "2026-11-20", "note": "He has another post."},
    ),
    "refresh": ("", None),
}
NEW_PASSWORD = "seven herons knitting sandwiches"
PASSKEY = Authenticator()


def code_for(run: "Run") -> dict[str, Any]:
    return {"code": pyotp.TOTP(run.whole["offer_totp"]["secret"]).at(run.api.clock.now)}


def made_for(run: "Run") -> dict[str, Any]:
    asked = run.whole["ask_for_new_passkey"]
    return {"challenge": asked["challenge"], "name": "My phone", "credential": PASSKEY.make(asked["public_key"])}


def signed_for(run: "Run") -> dict[str, Any]:
    asked = run.whole["ask_for_passkey"]
    return {"challenge": asked["challenge"], "credential": PASSKEY.sign(asked["public_key"])}


# Lucy's own sign-in, where each request is made of the answer before.
OWN: dict[str, Callable[["Run"], dict[str, Any]] | None] = {
    "offer_totp": None,
    "confirm_totp": code_for,
    "renew_recovery_codes": None,
    "ask_for_new_passkey": None,
    "add_passkey": made_for,
    "ask_for_passkey": None,
    "sign_in_by_passkey": signed_for,
    "ask_to_confirm": None,
    "confirm": lambda run: {"code": run.whole["renew_recovery_codes"]["recovery_codes"][0]},
    "change_password": lambda _run: {"current": PASSWORD, "new": NEW_PASSWORD},
    "end_other_sessions": None,
}
PROBLEMS: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "unauthenticated": ("", "GET", "/me", {}),
    "invalid-parameter": ("robert", "GET", f"{PLAN}/actions?page=2", {}),
    "not-found": ("robert", "GET", "/actions/3.4", {}),
    "not-acceptable": ("robert", "GET", PLAN, {"headers": {"Accept": "text/csv"}}),
    "forbidden": ("gloria", "POST", "{action}/updates", {"json": {"text": "We met."}}),
    "validation-failed": ("lucy", "POST", "{action}/updates", {"json": {"text": "", "rating": "B"}}),
    "read-only-field": ("lucy", "POST", "{action}/updates", {"json": {"text": "We met.", "author": "Jane Carroll"}}),
    "unsupported-media-type": ("lucy", "POST", "{action}/updates", {"data": "text=We+met"}),
    "malformed-json": ("lucy", "POST", "{action}/updates", {"data": "{", "content_type": "application/json"}),
    "precondition-required": ("jane", "PATCH", "{action}", {"json": {"status": "on_hold", "reason": "Waiting."}}),
    "move-not-allowed": ("jane", "POST", "{action}/sign-off", {"json": {}}),
    "case-data-suspected": (
        "lucy", "POST", "{action}/updates", {"json": {"text": "Her number is 943 476 5919."}},
    ),
    "stale-version": (
        "lucy", "POST", "{action}/updates", {"json": {"text": "We met."}, "headers": {"If-Match": '"r1.v9.u9.d8.t2026-11-22.0"'}},
    ),
}  # fmt: skip


class Run:
    """One run through all operations, and what it was answered."""

    def __init__(self, api: Api) -> None:
        self.api, self.answers, self.made = api, dict[str, Any](), dict[str, str]()
        self.whole: dict[str, Any] = {}
        agency = api.as_("admin").read("/agencies")["data"][0]["id"]
        WRITES["create_partner_token"][1]["agency"] = agency
        objective = api.as_("admin").read(PLAN)["objectives"][0]["id"]
        WRITES["add_action"][1]["objective"] = objective
        names = ((WRITES, "edit_objective"), (WRITES, "add_action"))
        for table, name in (*names, (LAST, "tell_apart"), (WRITES, "merge_person"), (LAST, "hand_over")):
            who, body = table[name]
            table[name] = (who, with_ids(body, {**api.seeded.people, **api.seeded.actions}))
        self.requests = {name: body for name, (_, body) in [*WRITES.items(), *LAST.items()] if body}
        self.problems = {code: self._refused(*asked) for code, asked in PROBLEMS.items()}
        operations: list[Operation] = api.app.extensions["plan_operations"]
        named = {each.name: each for each in operations}
        for name, (who, body) in WRITES.items():
            self._do(named[name], api.as_(who), json=body)
        for name, make in OWN.items():
            its_body = make(self) if make else None
            self._do(named[name], api.as_("lucy"), **({"json": its_body} if its_body else {}))
            self.requests |= {name: its_body} if its_body else {}
        # Whoever tries the examples out must not change the password they sign in with.
        self.requests["change_password"] = {"current": "my passphrase until now", "new": NEW_PASSWORD}
        self.requests["confirm"] = {"password": PASSWORD}
        for each in operations:
            if each.method != "GET" or each.status != 200:
                continue
            if each.media == "application/json" and each.name != "get_openapi":
                self._do(each, api.as_("lucy" if Role.CONTRIBUTOR in (each.door or Role) else "admin"))
        api.sql("UPDATE person SET left_on = '2026-11-20' WHERE name = 'Robert South'")
        refreshing = Caller(api, {"Authorization": f"Bearer {api.token('gloria', refresh=True)}"})
        for name, (who, last) in LAST.items():
            self._do(named[name], api.as_(who) if who else refreshing, **({"json": last} if last else {}))

    def _refused(self, who: str, method: str, path: str, options: dict[str, Any]) -> Any:
        caller = self.api.as_(who) if who else self.api.nobody
        answer = caller.open(method, path.format(action=self.api.action(ACTION)), **options)
        return shortened(answer.json)

    def _do(self, operation: Operation, caller: Caller, **options: Any) -> None:
        action = f"/actions/{self.made['add_action']}" if operation.name == "remove_action" else self.api.action(ACTION)
        path = operation.rule.replace("/actions/<action>", action).replace("<plan>", "havering-2020-23")
        path = path.replace("<objective>", self.made.get("add_objective", ""))
        people = {"merge_person": "Louise Dibsdale", "read_handover": "John Carroll", "hand_over": "John Carroll"}
        path = path.replace("<person>", self.api.person(people.get(operation.name, "Robert South")))
        path = path.replace("<merge>", self.made.get("merge_person", ""))
        path = path.replace("<update>", self.made.get("post_update", ""))
        path = path.replace("<entry>", self._entry()) if "<entry>" in path else path
        path = path.replace("<partner_token>", self.made.get("create_partner_token", ""))
        for name in ("person", "agency", "group"):
            path = path.replace(f"<{name}>", self.made.get(f"create_{name}", ""))
        path = path.replace("<account>", self._account(operation.name))
        if operation.name in LINKED:
            self._put_link(LINKED[operation.name])
        # A star is an administrator's only; these two are an author's and a lead officer's.
        seen = caller.etag(path) if operation.name in {"correct_update", "edit_action"} else {"If-Match": "*"}
        headers = {**(KEY if operation.idempotent else {}), **(seen if operation.if_match else {})}
        answer = caller.open(operation.method, path, headers=headers, **options)
        # Readiness is not given by the tests' database, which does not keep what it acknowledges.
        assert answer.status_code == operation.status or operation.name == "ready", (operation.name, answer.text)
        if answer.status_code == 204:
            return
        found = json.loads(body_of(answer)) if answer.status_code == operation.status else {"status": "ok"}
        self.whole[operation.name] = found
        self.answers[operation.name] = shortened(found)
        self.made |= {operation.name: found["id"]} if "id" in found else {}

    def _account(self, name: str) -> str:
        """The account that was invited, to invite it again; else one that nothing else of the run needs."""
        if name == "remove_account_factors":
            self.api.sql("UPDATE account SET factor_since = now() WHERE email = %s", email_of("stranger"))
        if name == "invite_account_again":
            return str(self.answers["invite_account"]["account"]["id"])
        return str(self.api.seeded.sessions["stranger"]["account"])

    def _put_link(self, kind: str) -> None:
        """A good link with the secret of the examples. A letter still being written would end it."""
        settled(self.api)
        secret = sha256(SECRET_OF_LINK.encode()).digest()
        new = "new.address@example.org" if kind == "email" else None
        # Shown by who is signed in, which the other account is not any more.
        whose = self.api.seeded.sessions["gloria"]["account"] if kind == "factor" else self._account("")
        values = (whose, kind, secret, self.api.clock.now + timedelta(hours=1), new, "Business Manager")
        self.api.sql("DELETE FROM account_link WHERE secret_hash = %s", secret)
        self.api.sql(
            "INSERT INTO account_link (account_id, kind, secret_hash, expires_at, new_email, made_by_name)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            *values,
        )

    def _entry(self) -> str:
        """An entry of the history that Jane Carroll can undo."""
        entries = self.api.as_("jane").read(f"{self.api.action(ACTION)}/history")["data"]
        return str(next(each["id"] for each in entries if each["undoable"]))


def with_ids(value: Any, ids: dict[str, str]) -> Any:
    """The body with ids in the place of people's names and actions' numbers."""
    if isinstance(value, dict):
        return {key: each if key == "left_on" else with_ids(each, ids) for key, each in value.items()}
    if isinstance(value, list):
        return [with_ids(each, ids) for each in value]
    return ids.get(value, value)


def shortened(value: Any, name: str = "") -> Any:
    """The answer with each list down to its first two members, or one of things, and tokens that are none."""
    if isinstance(value, dict):
        return {key: shortened(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [shortened(each) for each in value[: 1 if value and isinstance(value[0], dict) else 2]]
    return TOKENS[name] if name in TOKENS and value else value


@pytest.fixture(scope="module")
def run(databases: Databases, seeded: Seeded) -> Iterator[Run]:
    with api_over(databases, seeded) as api:
        yield Run(api)


def test_the_examples_are_what_a_run_is_answered(run: Run, request: pytest.FixtureRequest) -> None:
    """`--examples` keeps this run's answers instead; then look at what changed."""
    made = {"requests": run.requests, "answers": run.answers, "problems": run.problems}
    if request.config.getoption("--examples"):
        examples.FILE.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
        examples.kept.cache_clear()
    assert shape(examples.kept()) == shape(made), "run `make examples`"


def shape(value: Any) -> Any:
    """The members of it, without the values: ids and times are new in every run."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    return [shape(each) for each in value] if isinstance(value, list) else type(value).__name__


def media_types(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every media type of the document, with where it stands."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            where = f"{method.upper()} {path.removeprefix(PREFIX)}"
            for media in operation.get("requestBody", {}).get("content", {}).values():
                yield f"{where} request", media
            for status, answer in operation["responses"].items():
                for media in answer.get("content", {}).values():
                    yield f"{where} {status}", media


def test_every_example_is_as_its_schema_says(still: Api) -> None:
    document = still.nobody.read("/openapi.json")
    kept = document["components"]["examples"]
    wrong, seen = [], 0
    for where, media in media_types(document):
        given = (
            [media["example"]] if "example" in media else [kept[name]["value"] for name in media.get("examples", {})]
        )
        whole = {**media["schema"], "components": document["components"]}
        for example in given:
            seen += 1
            checker = Draft202012Validator.FORMAT_CHECKER
            errors = Draft202012Validator(whole, format_checker=checker).iter_errors(example)
            wrong += [f"{where}: {error.json_path}: {error.message[:200]}" for error in errors]
    assert wrong == []
    assert seen > 100


def test_everything_that_is_json_has_an_example(still: Api) -> None:
    document = still.nobody.read("/openapi.json")
    without = [
        where
        for where, media in media_types(document)
        if where.split()[-1] in {"request", "200", "201"} and media["schema"] != {"type": "string"}
        if "example" not in media and "openapi.json" not in where
    ]
    assert without == [], "add a row to WRITES where it takes a body, then run `make examples`"
