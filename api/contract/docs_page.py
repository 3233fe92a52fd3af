"""The OpenAPI document as a page to read: made here, so that it needs no script and nothing from another host (API 1.2)."""

import json
from typing import Any

from api.contract.docs_shapes import limits_of, members, table, type_of
from api.http.messages.html import Markup, join, tag, words

Json = dict[str, Any]


def render(document: Json, assets: str) -> str:
    """The whole page; `assets` is where this release's files are."""
    title = f"{document['info']['title']} API"
    skip = tag("a", "Skip to the contents", href="#main", class_="skip")
    return page(title, assets, skip, inside=(_contents(document), _main(document, title)))


def page(title: str, assets: str, *before: Markup, inside: tuple[Markup, Markup]) -> str:
    """A page of the API's own: its contents and its main part, `before` the head that every page has."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("link", rel="icon", href=f"{assets}/icon.svg", type="image/svg+xml"),
        tag("link", rel="stylesheet", href=f"{assets}/css/base.css"),
        tag("link", rel="stylesheet", href=f"{assets}/css/docs.css"),
    )
    top = tag("header", tag("p", "Partnership Plan", class_="page"), class_="top docs-top")
    body = tag("body", *before, top, tag("div", *inside, class_="page docs"))
    return "<!doctype html>" + tag("html", head, body, lang="en-GB")


def _operations(document: Json) -> list[tuple[str, str, Json]]:
    """(method, path, operation) in the order of the document."""
    return [
        (method.upper(), path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def _of_tag(document: Json, name: str) -> list[tuple[str, str, Json]]:
    return [each for each in _operations(document) if name in each[2]["tags"]]


def _contents(document: Json) -> Markup:
    groups = [
        tag(
            "li", tag("a", each["name"], href=f"#{_anchor(each['name'])}"), tag("ul", *_entries(document, each["name"]))
        )
        for each in document["tags"]
    ]
    more = [
        tag("li", tag("a", name, href=f"#{anchor}")) for name, anchor in (("Errors", "errors"), ("Shapes", "shapes"))
    ]
    return tag("nav", tag("ul", *groups, *more), aria_label="Contents")


def _entries(document: Json, name: str) -> list[Markup]:
    return [
        tag("li", tag("a", operation["summary"], href=f"#{operation['operationId']}"))
        for _, _, operation in _of_tag(document, name)
    ]


def _anchor(name: str) -> str:
    return "tag-" + name.lower().replace(" ", "-")


def _main(document: Json, title: str) -> Markup:
    info = document["info"]
    return tag(
        "main",
        tag("h1", title),
        tag("p", f"Version {info['version']}. ", words(info["description"])),
        tag("p", "The same for machines: ", tag("a", "openapi.json", href="openapi.json"), "."),
        *(_tag_section(document, each) for each in document["tags"]),
        _errors(document),
        tag("section", tag("h2", "Shapes", id="shapes"), *_shapes(document["components"]["schemas"])),
        id="main",
    )


def _tag_section(document: Json, about: Json) -> Markup:
    each = [_operation(*one) for one in _of_tag(document, about["name"])]
    return tag(
        "section", tag("h2", about["name"], id=_anchor(about["name"])), tag("p", words(about["description"])), *each
    )


def _operation(method: str, path: str, operation: Json) -> Markup:
    return tag(
        "article",
        tag("h3", operation["summary"], id=operation["operationId"]),
        tag("p", tag("b", method, class_=f"method is-{method.lower()}"), " ", tag("code", path), class_="line"),
        *(tag("p", words(part)) for part in operation["description"].split("\n\n")),
        _parameters(operation),
        _body(operation),
        _answers(operation),
    )


def _parameters(operation: Json) -> Markup | None:
    if not operation.get("parameters"):
        return None
    rows = [
        (
            each["name"],
            join(type_of(each["schema"]), f" in the {each['in']}"),
            each.get("required", False),
            join(words(each.get("description", "")), " ", limits_of(each["schema"])),
        )
        for each in operation["parameters"]
    ]
    return join(tag("h4", "Parameters"), table(rows, f"Parameters of: {operation['summary']}"))


def _body(operation: Json) -> Markup | None:
    if "requestBody" not in operation:
        return None
    media, content = next(iter(operation["requestBody"]["content"].items()))
    return join(
        tag("h4", "Body"),
        tag("p", type_of(content["schema"]), " as ", tag("code", media), "."),
        _example(content, "Example body", opened=True),
    )


def _answers(operation: Json) -> Markup:
    rows, examples = [], []
    for status, answer in operation["responses"].items():
        content: Json = next(iter(answer.get("content", {}).values()), {})
        shape = type_of(content["schema"]) if content else Markup("no body")
        headers = [name for name in answer.get("headers", {}) if name != "X-Request-Id"]
        told = join(" Headers: ", Markup(", ".join(tag("code", name) for name in headers)), ".") if headers else None
        rows.append((status, shape, False, join(words(answer["description"]), told)))
        examples.append(_example(content, f"Example answer, {status}"))
    return join(tag("h4", "Answers"), table(rows, f"Answers of: {operation['summary']}", "Status and shape"), *examples)


def _example(content: Json, label: str, *, opened: bool = False) -> Markup | None:
    if "example" not in content:
        return None
    return _shown(label, content["example"], opened=opened)


def _shown(label: str, value: Any, *, opened: bool = False) -> Markup:
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return tag("details", tag("summary", label), tag("pre", tag("code", text)), open="open" if opened else "")


def _errors(document: Json) -> Markup:
    found: dict[str, str] = {}
    for _, _, operation in _operations(document):
        for status, answer in operation["responses"].items():
            found |= dict.fromkeys(answer.get("x-codes", []), status)
    kept = document["components"].get("examples", {})
    rows = sorted(found.items(), key=lambda each: (each[1], each[0]))
    lines = [tag("li", tag("a", tag("code", code), href=f"/problems/{code}"), f" ({status})") for code, status in rows]
    shown = [_shown(f"Example of {code}, {status}", kept[code]["value"]) for code, status in rows if code in kept]
    return tag(
        "section",
        tag("h2", "Errors", id="errors"),
        tag("p", "Every error is ", tag("a", "Problem", href="#shape-Problem"), " as ", tag("code", "application/problem+json"), "."),
        tag("ul", *lines, class_="codes"),
        *shown,
    )  # fmt: skip


def _shapes(shapes: Json) -> list[Markup]:
    return [
        tag(
            "article",
            tag("h3", tag("code", name), id=f"shape-{name}"),
            tag("p", words(shape["description"])) if shape.get("description") else None,
            members(name, shape),
        )
        for name, shape in sorted(shapes.items())
    ]
