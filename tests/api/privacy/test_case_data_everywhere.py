"""Every text that anybody can type anywhere is looked through for case data, or says in its declaration why not (DOMAIN 9).

Walked from the schemas: a new field fails here by its name until it is looked through, or says because of what it is not.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from api import routes
from api.schemas.base import Said, Warned
from api.schemas.text_fields import Words
from tests.client import Api, problem
from tests.conftest import Databases, Seeded, api_over
from tests.typed import NOT_HERE, REQUESTS, Named, has, put, send, texts_of

TEXT = "Her number is 943 476 5919."
OPERATIONS = {operation.name: operation for each in routes.ALL for operation in each.operations}
EVERY = [
    (name, pointer, field)
    for name, operation in OPERATIONS.items()
    if operation.body is not None
    for pointer, field in texts_of(operation.body)
]
FREE = [(name, pointer) for name, pointer, field in EVERY if getattr(field, "free", True)]
CLOSED = [(name, pointer, field) for name, pointer, field in EVERY if not getattr(field, "free", True)]
SENT = [each for each in FREE if each[0] not in NOT_HERE]


class Paths(dict[str, tuple[str, list[dict[str, Any]]]]):
    """The address and the bodies of each operation, made once: nothing of what is sent here is kept."""

    def __init__(self, of: Named) -> None:
        super().__init__()
        self.of = of

    def __missing__(self, operation: str) -> tuple[str, list[dict[str, Any]]]:
        request = REQUESTS[operation]
        self[operation] = request.path(self.of), request.bodies(self.of)
        return self[operation]


@pytest.fixture(scope="module")
def paths(databases: Databases, seeded: Seeded) -> Iterator[Paths]:
    with api_over(databases, seeded) as api:
        yield Paths(Named(api))


@pytest.mark.parametrize(("operation", "pointer"), SENT, ids=[" ".join(each) for each in SENT])
def test_it_is_asked_about_and_nothing_is_kept(paths: Paths, operation: str, pointer: str) -> None:
    (path, bodies), of = paths[operation], paths.of
    body = next(each for each in bodies if has(each, pointer))
    of.api.confirm_all()
    before = of.api.journal_length()
    answer = send(of, REQUESTS[operation].method, path, put(body, pointer, TEXT), REQUESTS[operation].who)
    assert problem(answer) == (422, "case-data-suspected"), answer.text
    assert {each["kind"] for each in answer.json["warnings"]} == {"nhs_number"}
    assert answer.json["warnings"][0]["pointer"] == pointer.replace("*", "0")
    assert of.api.journal_length() == before


def test_a_body_with_free_text_asks_and_its_answer_can_warn() -> None:
    names = {name for name, _ in FREE}
    deaf = [name for name in names if not issubclass(OPERATIONS[name].body or object, Said)]
    mute = [name for name in names if not issubclass(OPERATIONS[name].answer or object, Warned)]
    assert (sorted(deaf), sorted(mute)) == ([], [])


def test_what_is_not_looked_through_says_why() -> None:
    assert {field.because for _, _, field in CLOSED if isinstance(field, Words)} == {
        "an e-mail address has a form of its own",
        "it is compared, and kept nowhere",
        "it is compared with a question that stands: that was looked through when it was asked",
        "they are what is to go, and are kept nowhere",
    }
    with pytest.raises(ValueError, match="because of what"):
        Words(most=10, free=False)
    with pytest.raises(ValueError, match="because of what"):
        Words(most=10, because="nobody reads it")


def test_the_words_that_are_to_go_are_not_asked_about(api: Api) -> None:
    api.as_("lucy").say("3.4", TEXT, confirm_no_case_data=True)
    gone = {"reason": "It named a child.", "words": "943 476 5919"}
    assert api.as_("admin").post(f"{api.action('3.4')}/redaction", gone).status_code == 200


def test_said_to_be_none_a_name_is_kept_with_the_warning_and_its_kind_is_journalled(api: Api) -> None:
    admin = api.as_("admin")
    made = admin.post("/groups", {"name": "Child Q group", "confirm_no_case_data": True})
    assert (made.status_code, made.json["warnings"][0]["kind"]) == (201, "initial")
    assert api.one("SELECT after -> 'case_data' FROM journal ORDER BY id DESC LIMIT 1") == ["initial"]
    person = f"/people/{api.person('Helen Harding')}"
    changed = {"post": "Child Q lead", "confirm_no_case_data": True}
    assert admin.patch(person, changed, headers=admin.etag(person)).status_code == 200
    assert "case data" not in admin.read("/plans/havering-2020-23/journal?limit=1")["data"][0]["sentence"]
