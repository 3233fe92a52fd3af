"""Small windows, large text, forced colours and no movement (DESIGN 6)."""

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import sideways, violations
from tests.e2e.conftest import Windows
from tests.e2e.site import JANE, LUCY, Site
from tests.e2e.visit import DESK, Visit

PATHS = ("/", "/actions", "/actions/3.4", "/actions/6.2", "/my", "/report", "/account", "/accessibility", "/gaps")
NARROW = (320, 640)


@pytest.fixture(scope="module", autouse=True)
def _something_to_show(site: Site) -> None:
    site.as_(LUCY).post("3.4", "A word " + "x" * 200 + " that does not break of itself", "A")


def test_nothing_scrolls_sideways_at_320_pixels(window: Windows) -> None:
    jane = window(JANE, size=NARROW)
    wide = []
    for path in PATHS:
        jane.open(path)
        if sideways(jane.page) > 0:
            wide.append((path, sideways(jane.page), widest(jane)))
    assert not wide


def test_text_at_200_percent_stays_inside_the_page(window: Windows) -> None:
    jane = window(JANE, size=DESK)
    wide = []
    for path in PATHS:
        jane.open(path)
        jane.page.evaluate("document.documentElement.style.fontSize = '200%'")
        cut = jane.page.evaluate(
            """() => [...document.querySelectorAll('main a, main button, main h1, main h2, main p, nav a')]
                .filter((one) => getComputedStyle(one).overflow === 'hidden' && one.scrollHeight > one.clientHeight + 4
                  && !one.closest('.unseen') && getComputedStyle(one).webkitLineClamp === 'none')
                .map((one) => one.outerHTML.slice(0, 80))"""
        )
        if sideways(jane.page) > 0 or cut:
            wide.append((path, sideways(jane.page), widest(jane), cut))
    assert not wide


def widest(visit: Visit) -> list[str]:
    found: list[str] = visit.page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .slice(0, 5).map((one) => one.outerHTML.slice(0, 80))"""
    )
    return found


def test_in_forced_colours_ratings_keep_their_shape_and_word(window: Windows) -> None:
    lucy = window(LUCY, forced_colors="active")
    lucy.open("/")
    square = lucy.page.get_by_role("link", name="3.6, Off track, past its date")
    expect(square.locator("svg path")).to_be_visible()
    stroke, ground = square.locator("svg").evaluate(
        "(svg) => [getComputedStyle(svg).stroke, getComputedStyle(svg.closest('a')).backgroundColor]"
    )
    assert stroke != ground
    assert stroke != "none"
    lucy.open("/actions/3.6")
    expect(lucy.page.locator(".action-head .tag")).to_have_text("Off track")
    # axe reads the colours of the sheet, not those that the system forces in their place.
    assert violations(lucy.page, leave_out=("color-contrast",)) == []


def test_with_movement_switched_off_nothing_moves(window: Windows) -> None:
    lucy = window(LUCY, reduced_motion="reduce")
    for path in ("/", "/actions/3.4", "/actions"):
        lucy.open(path)
        moving = lucy.page.evaluate(
            """() => [...document.querySelectorAll('*')].filter((one) => {
                const style = getComputedStyle(one);
                return [style.transitionDuration, style.animationDuration].some((all) => all.split(', ')
                  .some((time) => parseFloat(time) > 0.01)) || style.scrollBehavior === 'smooth';
            }).map((one) => one.outerHTML.slice(0, 80))"""
        )
        assert moving == []


def test_without_colour_every_rating_has_its_word(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions")
    tags = lucy.page.locator(".cell-rating .tag").all_inner_texts()
    assert len(tags) == 42
    assert set(tags) <= {"Off track", "At risk", "On track", "Complete", "Not rated"}


def test_targets_are_large_enough_for_a_thumb(window: Windows) -> None:
    lucy = window(LUCY, size=(390, 844))
    small = []
    for path in ("/", "/actions/3.4", "/my"):
        lucy.open(path)
        small += lucy.page.evaluate(
            """() => [...document.querySelectorAll('button, .button, .square, nav.places a, summary, select, input:not([type=radio]):not([type=checkbox]):not([type=hidden]), .choice')]
                .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5 && !one.matches('.as-link, .short'))
                .map((one) => `${Math.round(one.getBoundingClientRect().height)} ${one.outerHTML.slice(0, 80)}`)"""
        )
    assert small == []
