"""JSON Schema in words, for the readable page of the API: a type in a line, an object as a table."""

from typing import Any

from api.http.messages.html import Markup, join, tag, words

Shape = dict[str, Any] | bool
_PREFIX = "#/components/schemas/"
# Longer than this, a pattern is for machines; the words beside it say what it means.
LONGEST_PATTERN = 60


def type_of(shape: Shape) -> Markup:
    """The type of a value: "text", "list of Update", with a link to each named shape."""
    if isinstance(shape, bool):
        return Markup("anything" if shape else "nothing")
    if "$ref" in shape:
        name = shape["$ref"].removeprefix(_PREFIX)
        return tag("a", name, href=f"#shape-{name}")
    if "anyOf" in shape:
        return _or([type_of(each) for each in shape["anyOf"]])
    kinds = shape.get("type", [])
    return _or([_one(kind, shape) for kind in ([kinds] if isinstance(kinds, str) else kinds)]) or Markup("anything")


def _or(those: list[Markup]) -> Markup:
    return Markup(" or ".join(those))


_FORMS = {"date": "date", "date-time": "time", "uuid": "id", "uri": "web address"}
_WORDS = {"integer": "whole number", "boolean": "true or false", "number": "number", "null": "null", "object": "object"}


def _one(kind: str, shape: dict[str, Any]) -> Markup:
    if kind == "array":
        return join("list of ", type_of(shape.get("items", True)))
    if kind == "string":
        return Markup(_FORMS.get(shape.get("format", ""), "text"))
    if kind == "object" and isinstance(shape.get("additionalProperties"), dict):
        return join("object of ", type_of(shape["additionalProperties"]), " by name")
    return Markup(_WORDS[kind])


def limits_of(shape: Shape) -> Markup:
    """What a value must keep to beyond its type, as a sentence; nothing when there is nothing."""
    if isinstance(shape, bool):
        return Markup("")
    said = [
        join("One of ", Markup(", ".join(tag("code", str(each)) for each in shape["enum"] if each is not None)), ". ")
        if "enum" in shape
        else None,
        _between("characters", shape.get("minLength"), shape.get("maxLength")),
        _between("entries", shape.get("minItems"), shape.get("maxItems")),
        _between("", shape.get("minimum"), shape.get("maximum")),
        join("Matches ", tag("code", shape["pattern"]), ". ")
        if len(shape.get("pattern", "")) in range(1, LONGEST_PATTERN)
        else None,
        join("Without it: ", tag("code", _plain(shape["default"])), ". ")
        if shape.get("default") not in (None, "")
        else None,
    ]
    return join(*said)


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _between(what: str, least: int | None, most: int | None) -> str | None:
    if least is None and most is None:
        return None
    number = f"{least or 0:,} to {most:,}" if most is not None else f"at least {least:,}"
    return f"{number} {what}".strip().capitalize() + ". "


def table(rows: list[tuple[str, Markup, bool, Markup]], label: str, first: str = "Name and type") -> Markup:
    """(name, type, whether it must be there, what it means) in two columns, which fit a phone."""
    body = [
        tag(
            "tr",
            tag(
                "th",
                tag("code", name),
                tag("span", kind, Markup(", required") if needed else "", class_="kind"),
                scope="row",
            ),
            tag("td", meaning or Markup("&nbsp;")),
        )
        for name, kind, needed, meaning in rows
    ]
    head = tag("thead", tag("tr", tag("th", first, scope="col"), tag("th", "Meaning", scope="col")))
    return tag("table", tag("caption", label, class_="unseen"), head, tag("tbody", *body))


def members(name: str, shape: dict[str, Any]) -> Markup:
    """The members of an object as a table, or what else it is, in a line."""
    if "properties" not in shape:
        return tag("p", type_of(shape), ". ", limits_of(shape))
    needed = set(shape.get("required", []))
    rows = [
        (member, type_of(each), member in needed, join(words(_said(each)), limits_of(each)))
        for member, each in shape["properties"].items()
    ]
    return table(rows, f"Members of {name}")


def _said(shape: Shape) -> str:
    said = "" if isinstance(shape, bool) else shape.get("description", "")
    return f"{said} " if said else ""
