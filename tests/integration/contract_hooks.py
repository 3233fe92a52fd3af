"""What schemathesis is told beyond the document: how to sign in, what is there to ask about, and two checks of ours."""

import json
import os
import re
from datetime import date
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4
from zlib import crc32

import schemathesis
from hypothesis import strategies

BASE = os.environ["CONTRACT_URL"]
IDS: dict[str, list[str]] = json.loads(os.environ["CONTRACT_IDS"])
AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[a-z0-9-]{1,200}")
ETAGS = re.compile(r'\*|(W/)?"[!#-~]*"(, *(W/)?"[!#-~]*")*')
KEY = re.compile(r"[!-~]{8,}")
EMAIL = os.environ["CONTRACT_EMAIL"]
TOKEN = os.environ.get("CONTRACT_TOKEN")
PASSWORD = os.environ["CONTRACT_PASSWORD"]
SHORT_LIST = 10
# What the rules of the plan, not the shape of the body, may refuse, though the body is as the document says.
BY_RULE = {"idempotency-key-required", "invalid-cursor", "move-not-allowed", "idempotency-key-reused", "stale-version"}
BY_RULE |= {"case-data-suspected"}
# Where the document says in words what JSON Schema cannot: keys that refer to each other, an agency that is there,
# words and days that agree.
IN_WORDS = {"move_date", "sign_off", "load_plan", "create_partner_token"}
IN_WORDS |= {"confirm_totp", "add_passkey", "change_password"}
IN_WORDS |= {"create_person", "edit_person", "create_agency", "edit_agency", "succeed_agency"}
# A person or agency that is there, one line, a password that nobody guesses.
IN_WORDS |= {"invite_account", "edit_account", "accept_invitation", "reset_password"}
# An objective, people and groups that are there and have not left, each once; a number that there is.
IN_WORDS |= {"add_action", "edit_action", "add_objective", "edit_objective"}
IN_WORDS |= {"redact_update", "redact_action", "redact_plan"}
IN_WORDS |= {"redact_person", "redact_agency", "redact_group", "redact_account", "redact_partner_token"}
# Each letter once, days in order, an owner who is there.
IN_WORDS |= {"edit_plan"}
IN_WORDS |= {"merge_person", "hand_over", "tell_apart", "take_back_apart"}
# A day or months of the past: a JSON Schema knows no today.
OF_THE_PAST = [{"?as_at"}, {"?from"}, {"?to"}]
# Whatever there is: only an administrator may say so with a star, others have read it at a revision that is not reached here.
BY_ADMIN = EMAIL.startswith(("admin", "second"))
ANY = "*" if BY_ADMIN else '"r999999999.v1.u0.d1", "r999999999.o1.00000000"'

schemathesis.openapi.format("date", strategies.dates(date(1900, 1, 1), date(2199, 12, 31)).map(str))


@schemathesis.hook
def before_load_schema(_context: Any, raw_schema: dict[str, Any]) -> None:
    """Leave out of a seed how long its long lists may be: bodies would be made that long, thousands of entries each."""
    for name, shape in raw_schema["components"]["schemas"].items():
        if name.startswith("Seed"):
            forget_long_lists(shape)


def forget_long_lists(shape: Any) -> None:
    for each in shape.values() if isinstance(shape, dict) else shape if isinstance(shape, list) else ():
        forget_long_lists(each)
    if isinstance(shape, dict) and shape.get("type") == "array" and shape.get("maxItems", 0) > SHORT_LIST:
        del shape["maxItems"]
        shape.pop("uniqueItems", None)


def sign_in() -> dict[str, Any]:
    body = json.dumps({"email": EMAIL, "password": PASSWORD}).encode()
    request = Request(f"{BASE}/api/v1/auth/sign-in", body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=30) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


class SignedIn:
    """The access token of a session that lasts the whole run."""

    def get(self, _case: schemathesis.Case, _context: Any) -> str | None:
        return TOKEN or (sign_in()["access_token"] if EMAIL else None)

    def set(self, case: schemathesis.Case, data: str, _context: Any) -> None:
        case.headers["Authorization"] = f"Bearer {data}"


class SignedInAnew(SignedIn):
    """A session of its own for each request that ends it."""


class Refreshing(SignedIn):
    """A refresh token works once."""

    def get(self, _case: schemathesis.Case, _context: Any) -> str | None:
        return TOKEN or (sign_in()["refresh_token"] if EMAIL else None)


schemathesis.auth(refresh_interval=None).apply_to(name="POST /api/v1/auth/sign-out")(SignedInAnew)
schemathesis.auth(refresh_interval=None).apply_to(name="POST /api/v1/auth/refresh")(Refreshing)
schemathesis.auth(refresh_interval=500).skip_for(name=["POST /api/v1/auth/sign-out", "POST /api/v1/auth/refresh"])(
    SignedIn
)


@schemathesis.hook
def before_call(_context: Any, case: schemathesis.Case, _kwargs: Any) -> None:
    """Three of four requests ask about what is there: an invented id or ETag is answered before all else is looked at."""
    seen = case.headers.get("If-Match")
    chance = crc32(f"{case.path_parameters}{case.query}{seen}{case.body}".encode("utf-8", "replace"))
    right = isinstance(seen, str) and ETAGS.fullmatch(seen)
    if right and chance % 4:
        case.headers["If-Match"] = ANY
    if seen is not None and not right and KEY.fullmatch(str(case.headers.get("Idempotency-Key"))):
        # One that is wrong on purpose is to be refused, and not to be the repeat of one that was right.
        case.headers["Idempotency-Key"] = f"{uuid4()}"
    for name, value in (case.path_parameters or {}).items():
        there = IDS.get(name)
        if there and isinstance(value, str) and AN_ID.fullmatch(value) and chance % 4:
            case.path_parameters[name] = there[chance // 4 % len(there)]


@schemathesis.check
def a_refusal_says_why(_context: Any, response: Any, case: schemathesis.Case) -> None:
    """An error is a problem with a code that the document names for this status, and says so again inside."""
    if response.status_code < 400:
        return
    body = json.loads(response.content)
    said = case.operation.definition.raw["responses"].get(str(response.status_code), {}).get("x-codes")
    assert said is None or body["code"] in said, f"{body['code']} is not among {said}"
    assert body["status"] == response.status_code
    assert body["request_id"] == response.headers["x-request-id"][0]


@schemathesis.check
def what_fits_the_document_is_refused_by_rule_only(_context: Any, response: Any, case: schemathesis.Case) -> None:
    """400, 412 and 422 to a request that is as the document says are a matter of how the plan stands, or of a cursor of nobody's."""
    positive = case.meta is not None and case.meta.generation.mode.is_positive
    if not positive or response.status_code not in {400, 412, 422}:
        return
    body = json.loads(response.content)
    by_rule = body["code"] in BY_RULE or case.operation.definition.raw.get("operationId") in IN_WORDS
    by_rule = by_rule or {each["pointer"] for each in body.get("errors", [])} in OF_THE_PAST
    # Nothing in a document says that a header of letters and commas must not read as two Bearer tokens.
    by_rule = by_rule or body["code"] == "invalid-header"
    # A star fits the document, and is an administrator's only.
    star = not BY_ADMIN and case.headers.get("If-Match") == "*"
    by_rule = by_rule or (star and body["code"] == "precondition-failed")
    # A comma-separated list takes each value once, which no pattern of a plain kind can say.
    by_rule = by_rule or {each["code"] for each in body.get("errors", [])} == {"repeated"}
    assert by_rule, f"{body['code']}: {body['detail']} {body.get('errors')}"
