"""Whatever is wrong with a member is said in a sentence of ours, with what would be right: never in a library's words (API 5.1)."""

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from marshmallow import ValidationError, fields

from api.domain.errors import ValidationFailed
from api.domain.plan.by_when import DateKind, read_printed
from api.domain.plan.periods import ask
from api.schemas.plan.seed_messages import FORMATS, PATTERNS, WORDED
from api.schemas.plan.seeds import check_seed, seed_schema
from tests.unit.plan.test_seeding import small_seed
from tests.unit.schema_walk import every_field, every_input

BAD: list[Any] = [
    None, True, 0, 7, -1, 1.5, 10**30, "", " ", "x", "x" * 5001, "a\x00", "\ud800", "\u3164", "2021-02-30", "31/05/2021", "1850-01-01",
    "2021-05-31T10:00:00", "javascript:x", [], ["x"], [None], [7], [["x"]], [{}] * 600, {}, {"x": 1}, {"title": 7},
]  # fmt: skip
# Words of the libraries, and of the schemas that they read.
THEIRS = re.compile(
    r"\b(valid|invalid|enum|pattern|regex|maxLength|minLength|maximum|minimum|minItems|maxItems|additionalProperties|anyOf|oneOf|const|aware"
    r"|datetime|mapping|non-empty|field|property|properties|schema type|None|null or null)\b|\bis not of type\b|\\[dwsS]"
)
SENTENCE = re.compile(r"[A-Z0-9“][^\n]*[^.\s]\.")


def is_ours(said: str) -> bool:
    return SENTENCE.fullmatch(said) is not None and not THEIRS.search(re.sub(r"“[^”]*”", "", said)) and len(said) < 400


def messages(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        for below in found.values():
            yield from messages(below)
    elif isinstance(found, list):
        for below in found:
            yield from messages(below)
    else:
        yield str(found)


# Told apart, and said in our words, where the answer is made (http/shapes.py).
UNKNOWN = "Unknown field."
QUERIES = {schema.__name__ for schema in every_input() if schema.__name__.endswith("Query")}


@pytest.mark.parametrize(("name", "field"), [pytest.param(*each, id=each[0]) for each in every_field()])
def test_every_field_says_what_would_be_right(name: str, field: fields.Field[Any]) -> None:
    # What comes in a query string is always text.
    for value in [each for each in BAD if isinstance(each, str)] if name.split(".", maxsplit=1)[0] in QUERIES else BAD:
        try:
            field.deserialize(value)
        except ValidationError as error:
            wrong = [said for said in messages(error.messages) if said != UNKNOWN and not is_ours(said)]
            assert wrong == [], repr(value)[:40]
    left = field.error_messages["required"]
    assert is_ours(left), left


def test_every_body_says_what_would_be_right() -> None:
    """Whole bodies: of nothing, and of members that go together."""
    for schema in every_input():
        for value in ({}, *(dict.fromkeys(schema().load_fields, each) for each in ("x", None, [], {}))):
            try:
                schema().load(value)
            except (ValidationError, TypeError, AttributeError) as error:
                said = list(messages(error.messages)) if isinstance(error, ValidationError) else []
                assert [each for each in said if each != UNKNOWN and not is_ours(each)] == [], schema.__name__


@pytest.mark.parametrize("kind", ["date", "season", "month", "quarter", "year"])
def test_a_date_without_days_gets_an_example_of_its_kind(kind: str) -> None:
    with pytest.raises(ValidationFailed) as caught:
        ask(DateKind(kind), None, None, None)
    example = re.fullmatch(r".*, such as (.+)\.", caught.value.errors[0].detail)
    assert example
    read = read_printed(example[1])
    assert read is not None
    assert read.kind is DateKind(kind)


# --- a seed file ------------------------------------------------------------------------------------------

STRUCTURE = {
    "$schema", "title", "description", "properties", "$defs", "items", "$ref", "allOf", "if", "then", "else",
}  # fmt: skip


def keywords(schema: Any) -> Iterator[tuple[str, Any]]:
    """Of a JSON Schema and those inside it; the names of members are none."""
    if isinstance(schema, list):
        for below in schema:
            yield from keywords(below)
    elif isinstance(schema, dict):
        for name, value in schema.items():
            yield name, value
            if name in {"properties", "$defs"}:
                for below in value.values():
                    yield from keywords(below)
            elif name not in {"enum", "const", "required"}:
                yield from keywords(value)


def test_every_keyword_of_the_files_schema_has_its_sentence() -> None:
    found = list(keywords(seed_schema()))
    assert {name for name, _ in found} - STRUCTURE <= WORDED
    inside_not = {each["pattern"] for name, each in found if name == "not"}
    assert {value for name, value in found if name == "pattern"} - inside_not == set(PATTERNS)
    assert {value for name, value in found if name == "format"} == set(FORMATS)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict | list):
        for step in list(value) if isinstance(value, dict) else range(min(len(value), 2)):
            yield from places(value[step], (*path, step))


def changed(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    made = copy.deepcopy(document)
    inside = made
    for step in path[:-1]:
        inside = inside[step]
    if value is Ellipsis:
        del inside[path[-1]]
    else:
        inside[path[-1]] = value
    return made


def test_every_place_of_a_file_says_what_would_be_right() -> None:
    document = small_seed()
    tried = [each for each in BAD if each not in ([{}] * 600, "x" * 5001)] + [
        ...,
        "x" * 5001,
        "A B",
        "2021-13-01",
        [1, 1],
        {"letter": "R"},
    ]
    said: set[str] = set()
    for path in places(document):
        for value in tried:
            if value is ... and not path:
                continue
            try:
                check_seed(changed(document, path, value))
            except ValidationFailed as caught:
                said |= {error.detail for error in caught.errors}
    assert len(said) > 100
    wrong = [each for each in sorted(said) if not is_ours(each)]
    assert wrong == [], "\n".join(wrong)


def test_the_first_plan_has_nothing_wrong() -> None:
    seed = Path(__file__).parents[2] / "seed" / "havering-2020-23.json"
    check_seed(json.loads(seed.read_text()))
