"""The OpenAPI 3.1 document, made from the declarations that the routes run on, so that it cannot say anything else."""

import json
from typing import Any

from flask import Flask, current_app

from api import release
from api.contract import described, docs_page, examples
from api.contract.problems import CLASH, FIELD_ERROR, PROBLEM
from api.http.declare import Operation
from api.http.messages import json_io
from api.http.messages.answers import Answer
from api.lazy import lazily
from api.schemas import fields as ours
from api.schemas.base import In
from api.schemas.plan.seeds import seed_schema

_apispec, _marshmallow = lazily("apispec"), lazily("apispec.ext.marshmallow")

_INFO = {
    "description": (
        "A multi-agency partnership's business plan: objectives, actions, progress. Every error is "
        "`application/problem+json` with a `code`; every answer has an `X-Request-Id`. The first hour with it, with curl, "
        "Python and Power Query, is docs/api.md of the source."
    ),
    "license": {"name": "MIT", "identifier": "MIT"},
    "contact": {"name": "Whoever runs this service; give them the request_id", "url": f"{described.PREFIX}/docs"},
}
_CSRF = "The CSRF value of the session: `csrf_token` of sign-in and of GET /me."
_SECURITY: dict[str, dict[str, str]] = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The access token of sign-in.",
    },
    "cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-access", "description": "The page's access token."},
    "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token", "description": _CSRF},
    "refresh": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "The refresh token."},
    "partner": {"type": "http", "scheme": "bearer", "description": "The token of a partner's system, `pp_...`."},
    "refreshCookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-refresh",
        "description": "The page's refresh token.",
    },
}


def build(operations: list[Operation]) -> dict[str, Any]:
    """The whole document."""
    plugin = _marshmallow.MarshmallowPlugin(schema_name_resolver=_name)
    spec = _apispec.APISpec(
        title="Partnership Plan",
        version=release.VERSION,
        openapi_version="3.1.0",
        info=_INFO,
        servers=[{"url": "/", "description": "This service"}],
        plugins=[plugin],
    )
    _teach(plugin)
    for operation in operations:
        made = described.describe(operation, operations)
        spec.path(path=described.path_of(operation), operations={operation.method.lower(): made})
    for tag, about in {each.tag: each.about for each in operations}.items():
        spec.tag({"name": tag, "description": about})
    document = dict(spec.to_dict())
    _tell(plugin, document["components"]["schemas"])
    _add_components(document, operations)
    return document


def _tell(plugin: Any, shapes: dict[str, Any]) -> None:
    """Give each shape the words of its class, and what must hold between its members."""
    refs = plugin.converter.refs if plugin.converter else {}
    for key, name in refs.items():
        kind = key[0]
        if kind.__doc__:
            shapes[name]["description"] = " ".join(kind.__doc__.split())
        if issubclass(kind, In):
            shapes[name] |= kind.together


def _add_components(document: dict[str, Any], operations: list[Operation]) -> None:
    """The components that are not made from marshmallow; those that nothing names are left out."""
    components: dict[str, Any] = document.setdefault("components", {})
    components["schemas"] |= {"FieldError": FIELD_ERROR, "Clash": CLASH, **_seed_components()}
    components["schemas"]["Problem"] = _problem(operations)
    components["headers"] = {name: described.header_component(name) for name in described.HEADERS}
    components["examples"] = {code: {"value": value} for code, value in examples.kept()["problems"].items()}
    components["securitySchemes"] = _SECURITY
    told = json.dumps(document)
    for kind in ("schemas", "headers", "examples"):
        components[kind] = {
            name: each for name, each in components[kind].items() if f'"#/components/{kind}/{name}"' in told
        }


def _problem(operations: list[Operation]) -> dict[str, Any]:
    """A problem, whose `original` is what any operation with an Idempotency-Key answers."""
    made = sorted({_name(each.answer) for each in operations if each.idempotent and each.answer})
    original = {
        **PROBLEM["properties"]["original"],
        "anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in made],
    }
    return {**PROBLEM, "properties": {**PROBLEM["properties"], "original": original}}


def _seed_components() -> dict[str, Any]:
    """The JSON Schema of a seed as components: its parts under names of their own."""
    text = json.dumps(seed_schema())
    for part in seed_schema()["$defs"]:
        text = text.replace(f'"#/$defs/{part}"', f'"#/components/schemas/{_seed_part(part)}"')
    whole: dict[str, Any] = json.loads(text)
    parts = {_seed_part(part): shape for part, shape in whole.pop("$defs").items()}
    whole.pop("$schema")
    return {"Seed": whole, **parts}


def _seed_part(name: str) -> str:
    return "Seed" + "".join(word.capitalize() for word in name.split("_"))


def _teach(plugin: Any) -> None:
    """What our own field types are in JSON Schema, and what must hold between members."""
    kinds: list[tuple[type[Any], str, str | None]] = [
        (ours.Day, "string", "date"),
        (ours.Month, "string", None),
        (ours.Id, "string", "uuid"),
        (ours.QueryFlag, "boolean", None),
        (ours.QueryNumber, "integer", None),
        (ours.AnyOf, "string", None),
        (ours.Instant, "string", "date-time"),
        (ours.WebAddress, "string", "uri"),
    ]
    for field, kind, form in kinds:
        plugin.map_to_openapi_type(field, kind, form)
    if plugin.converter is not None:
        plugin.converter.add_attribute_function(_either_shape)


def _either_shape(converter: Any, field: Any, **_kwargs: Any) -> dict[str, Any]:
    if not isinstance(field, ours.Either):
        return {}
    shapes = [converter.resolve_nested_schema(shape) for shape in field.shapes]
    return {"anyOf": [*shapes, *([{"type": "null"}] if field.allow_none else [])]}


def _name(schema: Any) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return str(kind.__name__.removesuffix("Out"))


def install(app: Flask) -> None:
    """Build the document and its page when they are first asked for; keep them."""
    app.extensions["plan_openapi"] = app.extensions["plan_docs"] = None


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
    """The document as a page."""
    kept: bytes | None = current_app.extensions["plan_docs"]
    if kept is None:
        mark = current_app.extensions["plan_settings"].release
        kept = current_app.extensions["plan_docs"] = docs_page.render(document(), f"/assets/{mark}").encode()
    return Answer(kept, media="text/html; charset=utf-8")
