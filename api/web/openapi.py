"""The OpenAPI 3.1 document, made from the declarations that the routes run on, so that it cannot say anything else."""

import html
import re
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, current_app
from marshmallow import Schema

from api import release
from api.schemas import fields as ours
from api.web import json_io
from api.web.answers import Answer
from api.web.declare import Operation
from api.web.problems import MEANING, PROBLEM

PREFIX = "/api/v1"


def build(operations: list[Operation]) -> dict[str, Any]:
    """The whole document."""
    plugin = MarshmallowPlugin(schema_name_resolver=_name)
    spec = APISpec(
        title="Partnership Plan",
        version=release.VERSION,
        openapi_version="3.1.0",
        info={
            "description": "A multi-agency partnership's business plan: objectives, actions, progress. See docs/api.md.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        servers=[{"url": "/"}],
        plugins=[plugin],
    )
    _teach(plugin)
    spec.components.schema("Problem", PROBLEM)
    spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    spec.components.security_scheme("cookie", {"type": "apiKey", "in": "cookie", "name": "__Host-access"})
    spec.components.security_scheme("csrf", {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"})
    for operation in operations:
        spec.path(path=_path(operation.rule), operations={operation.method.lower(): _describe(operation)})
    for tag in dict.fromkeys(operation.tag for operation in operations):
        spec.tag({"name": tag})
    return dict(spec.to_dict())


def _teach(plugin: MarshmallowPlugin) -> None:
    """What our own field types are in JSON Schema."""
    kinds: list[tuple[type[Any], str, str | None]] = [
        (ours.Day, "string", "date"),
        (ours.Id, "string", "uuid"),
        (ours.QueryFlag, "boolean", None),
        (ours.QueryNumber, "integer", None),
        (ours.AnyOf, "string", None),
        (ours.Instant, "string", "date-time"),
        (ours.WebAddress, "string", "uri"),
    ]
    for field, kind, form in kinds:
        plugin.map_to_openapi_type(field, kind, form)  # type: ignore[no-untyped-call]
    if plugin.converter is not None:
        plugin.converter.add_attribute_function(_raw_shape)  # type: ignore[no-untyped-call]
        plugin.converter.add_attribute_function(_either_shape)  # type: ignore[no-untyped-call]


def _raw_shape(_converter: Any, field: Any, **_kwargs: Any) -> dict[str, Any]:
    return dict(field.metadata) if isinstance(field, ours.Raw) else {}


def _either_shape(converter: Any, field: Any, **_kwargs: Any) -> dict[str, Any]:
    if not isinstance(field, ours.Either):
        return {}
    shapes = [converter.resolve_nested_schema(shape) for shape in field.shapes]
    return {"anyOf": [*shapes, *([{"type": "null"}] if field.allow_none else [])]}


def _name(schema: Any) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return str(kind.__name__.removesuffix("Out"))


def _path(rule: str) -> str:
    return PREFIX + re.sub(r"<(\w+)>", r"{\1}", rule)


def _describe(operation: Operation) -> dict[str, Any]:
    said = (operation.view.__doc__ or "").strip().split("\n\n", 1)
    described: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": said[0].rstrip("."),
        "parameters": _parameters(operation),
        "responses": {str(operation.status): _success(operation), **_problems(operation)},
        "security": [] if operation.door is None else _security(operation),
    }
    if operation.door is not None:
        roles = ", ".join(sorted(role.value for role in operation.door))
        described["description"] = f"Roles at the door: {roles}. What each may do is decided per object."
    if operation.conditional:
        described["responses"]["304"] = {"description": "Not changed since If-None-Match."}
    if operation.body is not None:
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": operation.body}}}
    elif operation.reads_raw:
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
    return described


def _security(operation: Operation) -> list[dict[str, list[str]]]:
    cookie: dict[str, list[str]] = {"cookie": []}
    return [{"bearer": []}, cookie if operation.method == "GET" else {**cookie, "csrf": []}]


def _parameters(operation: Operation) -> list[dict[str, Any] | type[Schema]]:
    found: list[Any] = [
        {"name": name, "in": "path", "required": True, "schema": _PATH_SHAPES.get(name, {"type": "string"})}
        for name in re.findall(r"<(\w+)>", operation.rule)
    ]
    if operation.query is not None:
        found.append({"in": "query", "schema": operation.query})
    if operation.conditional:
        found.append(_header("If-None-Match", "The ETag you have."))
    if operation.if_match:
        found.append(
            _header("If-Match", "The action's ETag as you read it.", required=operation.if_match == "required")
        )
    if operation.idempotent:
        shape = {"type": "string", "minLength": 16, "maxLength": 128, "pattern": "^[!-~]+$"}
        found.append(_header("Idempotency-Key", "The same key never does it twice.", shape=shape))
    return found


_PATH_SHAPES = {
    "plan": {"type": "string", "description": "The plan's id or slug."},
    "action": {"type": "string", "format": "uuid"},
    "update": {"type": "string", "format": "uuid"},
    "entry": {"type": "integer", "format": "int64"},
}


def _header(name: str, what: str, *, required: bool = False, shape: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": what,
        "schema": shape or {"type": "string"},
    }


def _success(operation: Operation) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": "Done."}
    if operation.status != 204:
        schema: Any = operation.answer or ({"type": "object"} if "json" in operation.media else {"type": "string"})
        answer["content"] = {operation.media.split(";")[0]: {"schema": schema}}
    headers = ["ETag"] if operation.conditional or operation.if_match else []
    if operation.status == 201:
        headers.append("Location")
    if operation.idempotent:
        headers.append("Idempotency-Replayed")
    if headers:
        answer["headers"] = {name: {"schema": {"type": "string"}} for name in headers}
    return answer


def _problems(operation: Operation) -> dict[str, Any]:
    codes = {400, 429, *operation.problems}
    if operation.door is not None:
        codes |= {401, 403, 503}
    if operation.finds:
        codes.add(404)
    if operation.body is not None or operation.reads_raw:
        codes |= {413, 415, 422, 503}
    if operation.if_match:
        codes.add(412)
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {str(code): {"description": MEANING[code], "content": content} for code in sorted(codes)}


def install(app: Flask) -> None:
    """Build the document when it is first asked for; keep it."""
    app.extensions["plan_openapi"] = None


def document() -> dict[str, Any]:
    """The document of the running app."""
    kept: dict[str, Any] | None = current_app.extensions["plan_openapi"]
    if kept is None:
        kept = current_app.extensions["plan_openapi"] = build(current_app.extensions["plan_operations"])
    return kept


def answer() -> Answer:
    """The document as JSON."""
    return Answer(json_io.dumps(document()))


def page() -> Answer:
    """A plain page of the document: no script, no style of its own, nothing from another host."""
    found = document()
    parts = [f"<h1>{html.escape(found['info']['title'])} API</h1>", '<p><a href="openapi.json">openapi.json</a></p>']
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            parts.append(_section(path, method, operation))
    head = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    )
    body = f"{head}<title>Partnership Plan API</title></head><body><main>{''.join(parts)}</main></body></html>"
    return Answer(body.encode(), media="text/html; charset=utf-8")


def _section(path: str, method: str, operation: dict[str, Any]) -> str:
    answers = "".join(
        f"<li><code>{code}</code> {html.escape(each['description'])}</li>"
        for code, each in operation["responses"].items()
    )
    parameters = "".join(
        f"<li><code>{html.escape(each['name'])}</code> ({each['in']})</li>" for each in operation.get("parameters", [])
    )
    return (
        f"<section><h2><code>{method.upper()} {html.escape(path)}</code></h2><p>{html.escape(operation['summary'])}.</p>"
        f"<p>{html.escape(operation.get('description', 'Open to all.'))}</p>"
        + (f"<h3>Parameters</h3><ul>{parameters}</ul>" if parameters else "")
        + f"<h3>Answers</h3><ul>{answers}</ul></section>"
    )
