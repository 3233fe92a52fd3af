"""Charts of the plan's past on the overview: fetched when they are about to be seen, in words and as tables too (DESIGN 8)."""

import re

from playwright.sync_api import expect

from tests.e2e.axe import every_width
from tests.e2e.conftest import Windows
from tests.e2e.figures import give_past
from tests.e2e.site import LUCY, Site
from tests.e2e.visit import PHONE, Visit

CHARTS = {".is-activity": ".squares", ".is-movement": ".columns"}


def bring(visit: Visit) -> None:
    """Scroll to both charts and wait until they are drawn."""
    for place, drawing in CHARTS.items():
        visit.page.locator(place).scroll_into_view_if_needed()
        expect(visit.page.locator(drawing)).to_be_visible()


def asked_for_figures(visit: Visit) -> list[str]:
    return [request.url for request in visit.asked if re.search(r"/(trend|activity)\?", request.url)]


def test_a_plan_that_began_this_month_says_so_and_asks_for_nothing(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/")
    lucy.page.locator(".chart").last.scroll_into_view_if_needed()
    moved = lucy.page.get_by_role("region", name="How ratings have moved")
    expect(moved).to_contain_text(re.compile(r"no movement to show yet: the first month ends on \d+ \w+\."))
    lucy.page.wait_for_load_state("networkidle")
    assert asked_for_figures(lucy) == []


def test_charts_are_fetched_when_they_are_about_to_be_seen_and_nothing_jumps(window: Windows) -> None:
    lucy = window(LUCY, size=PHONE)
    lucy.site.as_(LUCY).post("3.4", "So that there is something to count.", "G")
    give_past(lucy)
    lucy.page.add_init_script(
        """globalThis.shift = 0;
        new PerformanceObserver((list) => { for (const one of list.getEntries()) globalThis.shift += one.value; })
          .observe({ type: 'layout-shift', buffered: true });"""
    )
    lucy.open("/")
    lucy.page.wait_for_load_state("networkidle")
    assert asked_for_figures(lucy) == []
    bring(lucy)
    assert lucy.page.evaluate("globalThis.shift") <= 0.05


def test_each_chart_says_in_words_what_it_shows_and_has_its_table(window: Windows) -> None:
    lucy = window(LUCY)
    give_past(lucy)
    lucy.open("/")
    bring(lucy)
    moved = lucy.page.get_by_role("region", name="How ratings have moved", exact=True)
    expect(moved.get_by_role("img")).to_have_accessible_name(
        re.compile(r"Actions by rating at the ends of months, from .* to .*\. Since .* (is|are) .*\.")
    )
    moved.get_by_text("Show the figures as a table").click()
    expect(moved.get_by_role("row")).to_have_count(14)
    expect(moved.get_by_role("columnheader")).to_have_text(
        ["Day", "Off track", "At risk", "On track", "Complete", "Not rated", "Actions"]
    )
    grid = lucy.page.get_by_role("region", name="Updates by month and agency", exact=True)
    grid.get_by_text("Show the figures as a table").click()
    expect(grid.get_by_role("row", name=re.compile("^LB Havering"))).to_contain_text("73")


def test_charts_and_their_tables_have_nothing_for_axe_at_any_width(window: Windows) -> None:
    lucy = window(LUCY)
    give_past(lucy)
    lucy.open("/")
    bring(lucy)
    lucy.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    every_width(lucy, "charts", (320, 640))


def test_without_colour_every_rating_is_told_by_its_pattern_or_edge(window: Windows) -> None:
    lucy = window(LUCY, forced_colors="active")
    give_past(lucy)
    lucy.open("/")
    bring(lucy)
    drawn = lucy.page.evaluate(
        """() => [...document.querySelectorAll('.key li')].map((one) => {
            const [plain, patterned] = one.querySelectorAll('rect');
            return [getComputedStyle(plain).strokeDasharray, patterned && getComputedStyle(patterned).fill].join();
        })"""
    )
    assert len(set(drawn)) == 5, drawn


def test_figures_that_cannot_be_fetched_are_asked_for_again(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.announce("status of 503")
    give_past(lucy)
    lucy.answer("**/trend?*", 503, "not-ready", times=1)
    lucy.open("/")
    lucy.page.locator(".is-movement").scroll_into_view_if_needed()
    moved = lucy.page.get_by_role("region", name="How ratings have moved", exact=True)
    expect(moved).to_contain_text("The figures could not be fetched.")
    moved.get_by_role("button", name="Try again").click()
    expect(lucy.page.locator(".columns")).to_be_visible()
