"""Whatever people can edit has its place in the client: a field that is declared and has no form there fails by its name."""

import re

import pytest

from api.domain.editable import ACTION, AGENCY, GROUP, OBJECTIVE, PERSON, PLAN
from api.domain.fields import Field, Fields
from api.domain.plan.abilities import abilities
from tests.node import JS, ask
from tests.unit.plan.test_permissions import RELATIONS, facts

# The files with the forms of each kind of thing.
FORMS: dict[str, tuple[str, ...]] = {
    "plan": ("pages/admin/plan.js", "pages/admin/glossary.js"),
    "objective": ("parts/plan/objective-forms.js", "parts/plan/structure-forms.js"),
    "person": ("pages/admin/person.js",),
    "agency": ("pages/admin/agency.js",),
    "named_group": ("pages/admin/groups.js",),
}
# Changed with its objective, by a form of its own.
ELSEWHERE = {"position": "parts/plan/structure-forms.js"}


@pytest.fixture(scope="module")
def known() -> dict[str, dict[str, str]]:
    """What the client knows of the facts of an action, by the fact."""
    found: dict[str, dict[str, str]] = ask("rules/action.js", "FACTS", "FACTS")
    return found


def words_in(*files: str) -> set[str]:
    return {word for name in files for word in re.findall(r"\w+", (JS / name).read_text("utf-8"))}


@pytest.mark.parametrize(
    "field", [each for each in ACTION.fields if each.name not in ELSEWHERE], ids=lambda each: each.name
)
def test_a_fact_of_an_action_is_changed_where_it_is_read(field: Field, known: dict[str, dict[str, str]]) -> None:
    """It is a fact of the client, found in the history by its verb, behind an ability that there is, and shown on the page."""
    may, why_not = abilities(RELATIONS["admin"], facts(), waiting=False)
    assert field.name in known, "frontend/js/rules/action.js"
    assert known[field.name]["verb"] in field.verbs
    assert known[field.name]["ability"] in {*may, *why_not}
    shown = "".join((JS / name).read_text("utf-8") for name in ("parts/updates/timeline.js", "pages/action.js"))
    places = {f"wrap('{field.name}'", f'<${{Fact}} name="{field.name}"'}
    assert any(place in shown for place in places), "Facts of parts/updates/timeline.js"


def test_the_client_knows_no_fact_that_is_none(known: dict[str, dict[str, str]]) -> None:
    assert set(known) == set(ACTION.by_name) - set(ELSEWHERE)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        pytest.param(fields, field, id=f"{fields.object_type}.{field.name}")
        for fields in (PLAN, OBJECTIVE, PERSON, AGENCY, GROUP)
        for field in fields.fields
    ],
)
def test_a_field_has_its_place_in_a_form(fields: Fields, field: Field) -> None:
    assert field.name in words_in(*FORMS[fields.object_type])
