"""One operation in the OpenAPI document: who may, what goes in, every answer with its headers, and where it leads."""

import re
from typing import Any

from marshmallow import Schema

from api.contract import examples
from api.contract.problems import MEANING, codes
from api.domain.plan.permissions import Role
from api.http.declare import PUBLIC, SIGNED_IN, Operation
from api.http.messages.answers import BODILESS, FOUND
from api.schemas.accounts.partners import NewPartnerTokenOut, PartnerTokenListOut
from api.schemas.history.history import EntryListOut
from api.schemas.plan.actions import ActionDetailOut
from api.schemas.plan.plans import ActionListOut, PageQuery, PlanListOut, PlanOut, UpdateListOut
from api.schemas.plan.structure import ObjectiveDetailOut
from api.schemas.plan.updates import UpdateOut

PREFIX = "/api/v1"
HEADERS: dict[str, str] = {
    "Accept": "415: the media type that a body is taken in.",
    "Accept-Encoding": "415: the coding that a body is taken in.",
    "Clear-Site-Data": "A browser empties its cache of this site, so that nobody after you finds the plan in it.",
    "Client-Release": "The release of the client that is served now; a page of another one opens anew when nobody writes on it.",
    "ETag": "Names this state of it: for If-None-Match, and where a write takes one for If-Match.",
    "Idempotency-Replayed": "`true` when this answer was given before, under the same Idempotency-Key.",
    "Link": 'The next page, with all filters: `<...>; rel="next"`.',
    "Location": "The address of what was made, or where to go.",
    "RateLimit": "How many requests are left (`r`), and for how many seconds (`t`).",
    "RateLimit-Policy": "How many requests a minute there are.",
    "Retry-After": "Seconds to wait before asking again.",
    "Set-Cookie": "With the transport `cookie`: the tokens, and the CSRF value.",
    "WWW-Authenticate": "How to sign in.",
    "X-Request-Id": "The id of this request: yours when you sent a usable one.",
}
_TAKES_TAGS = "The ETag as you read it, with its quotation marks; several, of which one has to hold; or `*`. A weak one (`W/`) never holds."
TAGS = {"type": "string", "pattern": r'^(\*|(W/)?"[!#-~]*"(, *(W/)?"[!#-~]*")*)$'}
_ALWAYS_THERE = frozenset({"Location", "Retry-After", "WWW-Authenticate", "X-Request-Id"})
_OF_STATUS = {
    401: ["WWW-Authenticate"],
    412: ["ETag"],
    415: ["Accept", "Accept-Encoding"],
    429: ["Retry-After", "RateLimit", "RateLimit-Policy"],
    503: ["Retry-After"],
}
PATHS: dict[str, dict[str, Any]] = {
    "plan": {
        "description": "The plan's id or its slug, such as `havering-2020-23`.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    },
    "entry": {
        "description": "The entry's number.",
        "schema": {"type": "integer", "format": "int64", "minimum": 1, "maximum": 2**63 - 1},
    },
}
# Where an answer holds the id that another operation's path takes.
_HOLDS: dict[str, dict[type[Schema], str]] = {
    "plan": {PlanListOut: "/data/0/slug", PlanOut: "/slug"},
    "action": {ActionListOut: "/data/0/id", ActionDetailOut: "/id", UpdateOut: "/action"},
    "objective": {ObjectiveDetailOut: "/id"},
    "update": {UpdateListOut: "/data/0/id", UpdateOut: "/id"},
    "entry": {EntryListOut: "/data/0/id"},
    "partner_token": {PartnerTokenListOut: "/data/0/id", NewPartnerTokenOut: "/id"},
}


def path_of(operation: Operation) -> str:
    """Its path as OpenAPI writes it."""
    return PREFIX + re.sub(r"<(\w+)>", r"{\1}", operation.rule)


def describe(operation: Operation, others: list[Operation]) -> dict[str, Any]:
    """The operation object. `others` are all operations, for the links."""
    summary, _, rest = (operation.view.__doc__ or "").strip().partition("\n\n")
    described: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": " ".join(summary.split()).rstrip("."),
        "description": "\n\n".join(part for part in (" ".join(rest.split()), who_may(operation)) if part),
        "parameters": _parameters(operation),
        "responses": {**_answers(operation, others), **_problems(operation)},
        "security": _security(operation),
    }
    if operation.body is not None or operation.reads_raw:
        described["requestBody"] = {"required": True, "content": {"application/json": _body(operation)}}
    return described


def who_may(operation: Operation) -> str:
    """The sentences that say who may do it."""
    if operation.scope is None:
        return _people_who_may(operation)
    return f"{_people_who_may(operation)} Also a partner's system whose token has the scope `{operation.scope}`."


def _people_who_may(operation: Operation) -> str:
    if operation.by_refresh:
        return "Who may: whoever holds the refresh token."
    if operation.door is PUBLIC:
        return "Who may: everybody, signed in or not."
    if operation.who:
        return f"Who may: {operation.who}"
    if operation.door == SIGNED_IN:
        return "Who may: everybody who is signed in."
    roles = [role.value.replace("_", " ") for role in Role if operation.door and role in operation.door]
    return f"Who may: {', '.join(roles)}."


def _security(operation: Operation) -> list[dict[str, list[str]]]:
    bearer, cookie = ("refresh", "refreshCookie") if operation.by_refresh else ("bearer", "cookie")
    if operation.door is PUBLIC and not operation.by_refresh:
        return []
    by_cookie: dict[str, list[str]] = {cookie: []} if operation.method == "GET" else {cookie: [], "csrf": []}
    found: list[dict[str, list[str]]] = [{bearer: []}, by_cookie]
    return [*found, {"partner": []}] if operation.scope else found


def _body(operation: Operation) -> dict[str, Any]:
    shape = operation.body or {"$ref": "#/components/schemas/Seed"}
    return {"schema": shape, **examples.request_of(operation.name)}


def _parameters(operation: Operation) -> list[Any]:
    found: list[Any] = [
        {"name": name, "in": "path", "required": True, **_place_of(name)}
        for name in re.findall(r"<(\w+)>", operation.rule)
    ]
    if operation.query is not None:
        found.append({"in": "query", "schema": operation.query})
    if operation.conditional:
        found.append(_header("If-None-Match", "The ETag you have; the answer is 304 when it still holds."))
    if operation.if_match:
        needed = operation.if_match == "required"
        found.append(_header("If-Match", _TAKES_TAGS, required=needed, shape=TAGS))
    if operation.idempotent:
        two = {"pattern": "^[!-+.-~-]{16,}(,[!-+.-~-]{16,})+$"}
        shape = {"type": "string", "minLength": 16, "maxLength": 128, "pattern": "^[!-~]+$", "not": two}
        must = " A partner's system must send one." if operation.scope else ""
        found.append(_header("Idempotency-Key", f"A UUID, say: the same key never does it twice.{must}", shape=shape))
    return found


def _place_of(name: str) -> dict[str, Any]:
    """What a part of the path is: an id, unless PATHS says otherwise."""
    an_id = {"description": f"The {name.replace('_', ' ')}'s id.", "schema": {"type": "string", "format": "uuid"}}
    return PATHS.get(name, an_id)


def _header(name: str, what: str, *, required: bool = False, shape: dict[str, Any] | None = None) -> dict[str, Any]:
    schema = shape or {"type": "string"}
    return {"name": name, "in": "header", "required": required, "description": what, "schema": schema}


def _answers(operation: Operation, others: list[Operation]) -> dict[str, Any]:
    done: dict[str, Any] = {"description": "Done.", "headers": _headers_of(_given(operation))}
    if operation.status not in BODILESS:
        shape: Any = operation.answer or ({"type": "object"} if "json" in operation.media else {"type": "string"})
        if operation.or_answer:
            shape = {"anyOf": [shape, *operation.or_answer]}
        media = operation.media.split(";")[0]
        done["content"] = {media: {"schema": shape, **examples.answer_of(operation.name)}}
    if links := _links(operation, others):
        done["links"] = links
    if not operation.conditional:
        return {str(operation.status): done}
    unchanged = {"description": "Not changed since If-None-Match.", "headers": _headers_of(["ETag"])}
    return {str(operation.status): done, "304": unchanged}


def _given(operation: Operation) -> list[str]:
    """The headers of its success."""
    given = list(operation.gives)
    if operation.door is not PUBLIC:
        given += ["RateLimit", "RateLimit-Policy"]
    if operation.conditional or operation.if_match:
        given.append("ETag")
    if operation.status in {201, FOUND}:
        given.append("Location")
    if operation.idempotent:
        given.append("Idempotency-Replayed")
    if operation.query is not None and issubclass(operation.query, PageQuery):
        given.append("Link")
    return given


def _headers_of(names: list[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in sorted({*names, "X-Request-Id"})}


def header_component(name: str) -> dict[str, Any]:
    """A header as a component."""
    kind = "integer" if name == "Retry-After" else "string"
    return {"description": HEADERS[name], "required": name in _ALWAYS_THERE, "schema": {"type": kind}}


def _links(operation: Operation, others: list[Operation]) -> dict[str, Any]:
    """Where its answer leads: every operation whose path takes an id that the answer holds."""
    found: dict[str, Any] = {}
    for other in others:
        pointer = _HOLDS.get(other.finds, {}).get(operation.answer) if operation.answer else None
        if pointer is None or other is operation:
            continue
        parameters = {other.finds: f"$response.body#{pointer}"}
        if other.if_match and operation.answer is ActionDetailOut:
            parameters["header.If-Match"] = "$response.header.ETag"
        found[other.name] = {"operationId": other.name, "parameters": parameters}
    return found


def _problems(operation: Operation) -> dict[str, Any]:
    found = {}
    for status, those in codes(operation).items():
        kind = {"schema": {"$ref": "#/components/schemas/Problem"}, **examples.problems_of(those)}
        found[str(status)] = {
            "description": f"{MEANING[status]}. Codes: {', '.join(f'`{code}`' for code in those)}.",
            "headers": _headers_of(_OF_STATUS.get(status, [])),
            "content": {"application/problem+json": kind},
            "x-codes": those,
        }
    return found
