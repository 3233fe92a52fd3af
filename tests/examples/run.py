"""One run through all operations over the Havering plan, of which the document's examples are made."""

import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pyotp

from api.domain.plan.permissions import Role
from api.http.declare import Operation
from tests.authenticator import Authenticator
from tests.client import PLAN, Api, Caller, body_of
from tests.conftest import PASSWORD, email_of
from tests.examples.bodies import ACTION, LAST, LINKED, PROBLEMS, SECRET_OF_LINK, WRITES
from tests.examples.steady import steady
from tests.letters import settled

KEY = {"Idempotency-Key": "0b9d4c4e-2f3f-4a53-9f5e-6d1f0b8f7a11"}
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

    def kept(self) -> dict[str, Any]:
        """`requests` and `answers` by operation and `problems` by code, as the document keeps them."""
        seeded, made = self.api.seeded, self.made
        known = {
            seeded.plan: "plan",
            **{each: f"action {number}" for number, each in seeded.actions.items()},
            **{each: f"person {name}" for name, each in seeded.people.items()},
            **{who["account"]: f"account {name}" for name, who in seeded.sessions.items()},
            **{each: f"made by {operation}" for operation, each in made.items()},
        }
        return steady({"requests": self.requests, "answers": self.answers, "problems": self.problems}, known)

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


def shortened(value: Any) -> Any:
    """The answer with each list down to its first two members, or one of things."""
    if isinstance(value, dict):
        return {key: shortened(each) for key, each in value.items()}
    if isinstance(value, list):
        return [shortened(each) for each in value[: 1 if value and isinstance(value[0], dict) else 2]]
    return value
