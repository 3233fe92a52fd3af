"""The readable page of the API: nothing for axe or the browser to complain of, headings in order, and all of it there."""

from itertools import pairwise

import pytest

from tests.e2e.axe import sideways, violations
from tests.e2e.conftest import Windows
from tests.e2e.site import Site
from tests.e2e.visit import DESK, PHONE, Visit

PAGE = "/api/v1/docs"


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def visit(request: pytest.FixtureRequest, window: Windows) -> Visit:
    """The page, open; whatever the policy of the site blocks fails the test."""
    found = window(size=request.param)
    found.open(PAGE)
    return found


def test_axe_has_nothing_to_say_and_nothing_scrolls_sideways(visit: Visit) -> None:
    visit.page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert violations(visit.page) == []
    assert sideways(visit.page) <= 0


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", ["/problems", "/problems/stale-version"])
def test_the_pages_of_problems_are_as_good(window: Windows, path: str, size: tuple[int, int]) -> None:
    visit = window(size=size)
    visit.open(path)
    assert violations(visit.page) == []
    assert sideways(visit.page) <= 0
    levels = visit.page.locator("h1, h2, h3").evaluate_all("all => all.map(each => Number(each.tagName[1]))")
    assert levels[:1] == [1]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_headings_are_in_order(visit: Visit) -> None:
    levels = visit.page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(each => Number(each.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_it_loads_nothing_but_our_own_sheets_typeface_and_icon(visit: Visit, site: Site) -> None:
    kinds = {each.resource_type for each in visit.asked}
    assert kinds <= {"document", "stylesheet", "font", "image", "other"}
    assert all(each.url.startswith(site.url) for each in visit.asked)
    font = visit.page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Public Sans\"'))")
    assert font


def test_every_operation_is_there_with_who_may(visit: Visit) -> None:
    operations = visit.page.request.get(visit.site.url + "/api/v1/openapi.json").json()["paths"]
    for path, methods in operations.items():
        for method, operation in methods.items():
            article = visit.page.locator("article", has=visit.page.locator(f"#{operation['operationId']}"))
            text = article.inner_text()
            assert f"{method.upper()} {path}" in " ".join(text.split())
            assert "Who may: " in text


def test_every_link_of_the_page_leads_somewhere(visit: Visit) -> None:
    broken = visit.page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(each => each.getAttribute('href').slice(1))"
        ".filter(id => !document.getElementById(id))"
    )
    assert broken == []
