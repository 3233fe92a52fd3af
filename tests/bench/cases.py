"""The four paths, as a browser asks for them, each with the requests of its floor and the bytes that are right."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli

from tests.bench.client import NUMBER
from tests.bench.house import PASSWORD, House, Plan
from tests.bench.servers import Server

# What Firefox sends, give or take.
BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "application/json",
    "Accept-Language": "en-GB,en;q=0.5",
    "Accept-Encoding": "gzip, br",
    "Sec-Fetch-Dest": "empty",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Site": "same-origin",
}
WORDS = "The group met on Tuesday, agreed who does what before the next board, and shared the figures. "
POST = json.dumps(
    {"text": WORDS * 2 + NUMBER.decode(), "rating": "A", "next_step": "Bring the audit to the board."}
).encode()
KEPT_HEADERS = ("content-type", "content-encoding", "etag")

Scripts = list[list[bytes]]


@dataclass(frozen=True)
class Case:
    """One path on one plan: a script for each connection, product's and floors'; `body` None: each answer has its own."""

    path: str
    plan: Plan
    status: int
    body: bytes | None
    product: Scripts
    floors: dict[str, Scripts]
    floor_body: bytes


def sign_in(server: Server, house: House) -> list[dict[str, str]]:
    """The headers of each poster, signed in."""
    return [sign_in_as(server, poster.email) for poster in house.posters]


def sign_in_as(server: Server, email: str) -> dict[str, str]:
    """The headers of an account, signed in. Raises RuntimeError."""
    body = json.dumps({"email": email, "password": PASSWORD}).encode()
    status, _, answer = server.ask("POST", "/api/v1/auth/sign-in", {"Content-Type": "application/json"}, body)
    if status != 200:
        raise RuntimeError(f"{email} could not sign in: {answer!r}")
    return {**BROWSER, "Authorization": f"Bearer {json.loads(answer)['access_token']}"}


def reading_cases(server: Server, house: House, plan: Plan, people: list[dict[str, str]], answers: Path) -> list[Case]:
    """The plan, one person's actions, and a poll of a plan that did not change."""
    path = f"/api/v1/plans/{plan.slug}"
    _, found, _ = server.ask("GET", path, people[0])
    known = [{**headers, "If-None-Match": found["etag"]} for headers in people]
    person = f"{path}/actions?person={house.posters[0].person}&limit=200"
    return [
        _reading("plan", server, plan, path, people, answers),
        _reading("one person's actions", server, plan, person, people, answers),
        _reading("conditional poll", server, plan, path, known, answers),
    ]


def _reading(what: str, server: Server, plan: Plan, path: str, people: list[dict[str, str]], answers: Path) -> Case:
    status, headers, body = server.ask("GET", path, people[0])
    _check(what, plan, status, read_json(headers, body))
    name = _keep(answers, f"{what}-{plan.slug}", status, headers, body)
    floors = {
        "bytes": [[_request("GET", f"/bytes/{name}", each)] for each in people],
        "select": [[_request("GET", f"/select/{name}/{plan.id}", each)] for each in people],
    }
    return Case(what, plan, status, body, [[_request("GET", path, each)] for each in people], floors, body)


def listing_case(what: str, server: Server, plan: Plan, path: str, people: list[dict[str, str]]) -> Case:
    """A page of a list, without a floor."""
    status, headers, body = server.ask("GET", path, people[0])
    if status != 200 or not json.loads(read_json(headers, body))["data"]:
        raise RuntimeError(f"{what}: {status}, {body[:500]!r}")
    return Case(what, plan, status, body, [[_request("GET", path, each)] for each in people], {}, body)


def posting_case(server: Server, plan: Plan, people: list[dict[str, str]], answers: Path) -> Case:
    """A posted update: everybody on the actions on which they are named, a new Idempotency-Key and new words each time."""
    keyed = [{**each, "Content-Type": "application/json", "Idempotency-Key": "bench-" + "@" * 12} for each in people]
    first = {**keyed[0], "Idempotency-Key": f"bench-first-{plan.slug}"}
    status, headers, body = server.ask("POST", f"/api/v1/actions/{plan.on[0][0]}/updates", first, POST)
    if status != 201 or json.loads(read_json(headers, body))["text"] != json.loads(POST)["text"]:
        raise RuntimeError(f"The post was answered with {status}: {body!r}")
    name = _keep(answers, f"post-{plan.slug}", status, headers, body)
    product = [
        [_request("POST", f"/api/v1/actions/{action}/updates", each, POST) for action in actions]
        for each, actions in zip(keyed, plan.on, strict=True)
    ]
    floor = [[_request("POST", f"/insert/{name}/{plan.on[0][0]}", each, POST)] for each in keyed]
    return Case("posted update", plan, 201, None, product, {"insert": floor}, body)


def read_json(headers: dict[str, str], body: bytes) -> bytes:
    """The body as it was before compression."""
    coding = headers.get("content-encoding")
    return brotli.decompress(body) if coding == "br" else gzip.decompress(body) if coding == "gzip" else body


def _check(what: str, plan: Plan, status: int, body: bytes) -> None:
    """Whether the answer that all others are compared with is itself right."""
    if what == "conditional poll":
        right = status == 304 and not body
    else:
        found: dict[str, Any] = json.loads(body)
        shown = found["data"] if "data" in found else [each for part in found["objectives"] for each in part["actions"]]
        right = status == 200 and len(shown) == (len(plan.on[0]) if "data" in found else plan.actions)
    if not right:
        raise RuntimeError(f"{what} of {plan.label}: {status}, {body[:500]!r}")


def _keep(answers: Path, name: str, status: int, headers: dict[str, str], body: bytes) -> str:
    """Leave the answer for the floor to give; its name in the floor's paths."""
    name = "".join(letter for letter in name if letter.isalnum())
    kept = {each: headers[each] for each in KEPT_HEADERS if each in headers}
    (answers / f"{name}.json").write_text(json.dumps({"status": status, "headers": kept}))
    (answers / f"{name}.body").write_bytes(body)
    return name


def _request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in headers.items())]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body
