"""The board view: all of the plan on one screen, whatever the projector, and a walk through it by keyboard (DESIGN 5.2)."""

import copy
import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Windows
from tests.e2e.site import LUCY, Site
from tests.e2e.visit import Visit

PROJECTORS = [(1366, 768), (1440, 900), (1920, 1080)]


def twice_as_long(visit: Visit) -> None:
    """Answer in the server's place with every objective twice: twelve of them."""

    def plan(route: Route) -> None:
        answer = route.fetch()
        body: dict[str, Any] = answer.json()
        more = copy.deepcopy(body["objectives"])
        for objective in more:
            objective["number"] += 6
            objective["id"] += "-again"
            for action in objective["actions"]:
                action["number"] = f"{objective['number']}.{action['position']}"
                action["id"] += "-again"
        body["objectives"] += more
        route.fulfill(response=answer, json=body)

    visit.page.route("**/api/v1/plans/havering-2020-23", plan)


def cut_off(visit: Visit) -> list[str]:
    """What of the squares and the objectives' names does not stand whole on the screen, and squares too small to press."""
    found: list[str] = visit.page.evaluate(
        """() => [...document.querySelectorAll('.board .square, .board h3, .board-foot')].filter((one) => {
            const box = one.getBoundingClientRect();
            const small = one.matches('.square') && (box.height < 24 || box.width < 24);
            return small || box.top < 0 || box.bottom > innerHeight || box.right > innerWidth;
        }).map((one) => one.outerHTML.slice(0, 80))"""
    )
    return found


@pytest.mark.parametrize("objectives", [6, 12])
def test_it_fits_every_projector_without_scrolling(window: Windows, objectives: int) -> None:
    lucy = window(LUCY)
    if objectives == 12:
        twice_as_long(lucy)
    lucy.open("/?view=board")
    expect(lucy.page.locator(".board .objective")).to_have_count(objectives)
    lucy.page.evaluate("document.fonts.ready")
    for size in PROJECTORS:
        lucy.size(size)
        need, has = lucy.page.evaluate("[document.documentElement.scrollHeight, innerHeight]")
        assert need <= has, size
        assert cut_off(lucy) == [], size


def test_the_keys_walk_over_the_actions_and_the_foot_says_what_each_is(window: Windows, site: Site) -> None:
    site.as_(LUCY).post("3.4", "The September deep-dive is late", "A")
    lucy = window(LUCY)
    lucy.open("/?view=board")
    foot = lucy.page.locator(".board-foot")
    expect(foot).to_contain_text("Esc leads to the full view")
    first = lucy.page.locator(".square").first
    first.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight"):
        lucy.page.keyboard.press(key)
    expect(lucy.page.locator(".square:focus")).to_have_accessible_name(re.compile("^3.4, At risk"))
    for words in ("3.4", "Undertake monthly", "At risk", "By when:", "The September deep-dive is late"):
        expect(foot).to_contain_text(words)
    assert violations(lucy.page) == []
    lucy.page.keyboard.press("Tab")
    expect(foot).to_contain_text("3.5")
    lucy.page.keyboard.press("Escape")
    expect(lucy.page).to_have_url(f"{site.url}/")
    expect(lucy.page.get_by_role("heading", level=1)).to_be_focused()


def test_in_a_small_window_the_page_keeps_its_bar(window: Windows) -> None:
    lucy = window(LUCY, size=(820, 1180))
    lucy.open("/?view=board")
    expect(lucy.page.get_by_role("navigation", name="Main")).to_be_visible()
    assert violations(lucy.page) == []
