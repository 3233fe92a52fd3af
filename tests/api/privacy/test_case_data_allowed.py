"""What a board knows to be no case data is not asked about (NOT_CASE_DATA), wherever it is typed; and a seed file is looked through too."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api import local
from api.domain.errors import CaseDataSuspected
from tests.client import Api, problem
from tests.conftest import Databases, Seeded, api_over
from tests.factories import seed_document

LIST = ("MASH, 01632 960 001", "Town Hall RM1 3BD", "Child Q review")
SUSPECT = "Call 943 476 5919 first."
KEY = {"Idempotency-Key": "0123456789abcdef"}


@pytest.fixture
def listed(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    with api_over(databases, seeded, settings={"not_case_data": LIST}) as api:
        yield api


def seed_with(words: str, slug: str = "another-board") -> dict[str, Any]:
    """The paper as another board's plan, with these words in one action."""
    document = seed_document()
    document["slug"] = slug
    document["objectives"][0]["actions"][0]["text"] = words
    return document


@pytest.mark.parametrize(
    "text",
    [
        "Ring MASH on 01632 960001 before five.",
        "We meet at the Town Hall, rm1 3bd.",
        "Child Q’s review was read: Child Q review, chapter 2.",
        "MASH (01632) 960-001, Town Hall RM13BD.",
    ],
)
def test_a_lead_officer_is_not_asked_about_what_the_board_lists(listed: Api, text: str) -> None:
    made = listed.as_("lucy").say("3.4", text)
    assert "warnings" not in made


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ring 01632 960 002 before five.", "01632 960 002"),
        ("They live at RM1 3BE.", "RM1 3BE"),
        ("Child R and Child Q are seen.", "Child R"),
        (f"MASH, 01632 960 001. {SUSPECT}", "943 476 5919"),
    ],
)
def test_whatever_else_is_asked_about(listed: Api, text: str, words: str) -> None:
    answer = listed.as_("lucy").post(f"{listed.action('3.4')}/updates", {"text": text}, headers=KEY)
    assert problem(answer) == (422, "case-data-suspected")
    assert [each["words"] for each in answer.json["warnings"]] == [words]


def test_without_a_list_all_of_it_is_asked_about(api: Api) -> None:
    text = "Ring MASH on 01632 960 001, Town Hall RM1 3BD, about the Child Q review."
    answer = api.as_("lucy").post(f"{api.action('3.4')}/updates", {"text": text}, headers=KEY)
    assert [each["kind"] for each in answer.json["warnings"]] == ["phone", "postcode", "initial"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/people", {"name": "Front door", "post": "MASH 01632 960 001"}),
        ("/agencies", {"name": "Town Hall RM1 3BD"}),
        ("/groups", {"name": "Child Q review group"}),
    ],
)
def test_nor_is_an_administrator_in_the_directory(listed: Api, path: str, body: dict[str, str]) -> None:
    assert listed.as_("admin").post(path, body, headers=KEY).status_code == 201


def test_a_seed_is_asked_about_once_for_all_and_nothing_of_it_is_kept(api: Api) -> None:
    admin, before = api.as_("admin"), api.journal_length()
    answer = admin.post("/seeds", seed_with(SUSPECT))
    assert problem(answer) == (422, "case-data-suspected")
    (warning,) = answer.json["warnings"]
    assert (warning["pointer"], warning["words"]) == ("/objectives/0/actions/0/text", "943 476 5919")
    assert api.journal_length() == before
    tried = admin.post("/seeds?dry_run=true", seed_with(SUSPECT))
    assert (tried.status_code, tried.json["warnings"], tried.json["written"]) == (200, [warning], False)
    kept = admin.post("/seeds?confirm_no_case_data=true", seed_with(SUSPECT))
    assert (kept.status_code, kept.json["warnings"], kept.json["written"]) == (200, [warning], True)
    kinds = api.sql("SELECT DISTINCT after -> 'case_data' FROM journal WHERE after ? 'case_data'")
    assert kinds == [(["nhs_number"],)]


def test_a_seed_is_not_asked_about_what_the_board_lists(listed: Api) -> None:
    answer = listed.as_("admin").post("/seeds", seed_with("Ring MASH on 01632 960 001."))
    assert answer.status_code == 200, answer.text
    assert "warnings" not in answer.json


def test_so_is_a_file_that_a_command_loads(api: Api, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(seed_with(SUSPECT)), "utf-8")
    with pytest.raises(CaseDataSuspected, match="943 476 5919"):
        local.seed_file(api.app, file)
    assert local.seed_file(api.app, file, dry_run=True)["warnings"]
    report = local.seed_file(api.app, file, confirmed=True)
    assert report["written"]
