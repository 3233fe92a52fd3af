"""The examples of the document are a real run over the Havering plan: made by `make examples`, held to the document here."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from jsonschema import Draft202012Validator

from api.contract import examples
from tests.client import PREFIX, Api
from tests.conftest import Databases, Seeded, api_over
from tests.examples.run import Run
from tests.examples.steady import ID, steady, texts


@pytest.fixture(scope="module")
def run(databases: Databases, seeded: Seeded) -> Iterator[Run]:
    with api_over(databases, seeded) as api:
        yield Run(api)


def test_the_examples_are_what_a_run_is_answered(run: Run, request: pytest.FixtureRequest) -> None:
    """`--examples` keeps this run's answers instead; then look at what changed."""
    made = run.kept()
    if request.config.getoption("--examples"):
        examples.FILE.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
        examples.kept.cache_clear()
    kept = examples.kept()
    stale = [
        f"{part} {name}"
        for part in made
        for name in made[part] | kept[part]
        if made[part].get(name) != kept[part].get(name)
    ]
    assert stale == [], "run `make examples`, and look at what changed"


def test_another_run_gives_the_same_but_for_what_was_added() -> None:
    """Ids and instants are another run's, and one operation asks for more: no other line moves."""

    def made(*added: str) -> dict[str, Any]:
        action, update, agency = (str(uuid4()) for _ in range(3))
        answers = {
            "get_action": {"id": action, "updates": [{"id": update}], "created_at": f"{datetime.now(UTC):%FT%TZ}"},
            "list_agencies": {"data": [{"id": agency}, {"id": str(uuid4())}]},
            **{name: {"id": str(uuid4()), "of": f"/actions/{action}/{name}"} for name in added},
        }
        return steady({"answers": answers}, {action: "action 3.4"})["answers"]

    first, second = made(), made("add_objective", "edit_agency")
    assert {name: second[name] for name in first} == first
    assert len({each for _, text in texts(second) for each in ID.findall(text)}) == 6


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
