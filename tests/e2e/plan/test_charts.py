"""Charts of the plan's past on the overview: fetched when they are about to be seen, in words and as tables too (DESIGN 8)."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from api.domain.plan.trend import month_after
from tests.e2e.axe import every_width
from tests.e2e.conftest import Windows
from tests.e2e.past import JANE, KATE, Year, live_a_year
from tests.e2e.site import LUCY, Site, running_site
from tests.e2e.visit import PHONE, Visit

CHARTS = {".is-activity": ".squares", ".is-movement": ".columns"}
SHOWN = 12  # months


@pytest.fixture(scope="module")
def lived(data_in_memory: Path) -> Iterator[tuple[Site, Year]]:
    """A plan that has been lived with for more than a year, and what was posted in it."""
    with running_site(data_in_memory / "data") as found:
        yield found, live_a_year(found)


@pytest.fixture(scope="module")
def site(lived: tuple[Site, Year]) -> Site:
    return lived[0]


def months_shown(site: Site) -> list[str]:
    """The months of the grid (YYYY-MM), this one last."""
    today = date.fromisoformat(site.plan()["as_of"])
    return [f"{month_after(today, -back):%Y-%m}" for back in reversed(range(SHOWN))]


def bring(visit: Visit) -> None:
    """Scroll to both charts and wait until they are drawn."""
    for place, drawing in CHARTS.items():
        visit.page.locator(place).scroll_into_view_if_needed()
        expect(visit.page.locator(drawing)).to_be_visible()


def figures_asked_for(visit: Visit) -> list[str]:
    return [found[1] for request in visit.asked if (found := re.search(r"/(trend|activity)\?", request.url))]


def test_charts_are_fetched_when_they_are_about_to_be_seen_and_nothing_jumps(window: Windows) -> None:
    lucy = window(LUCY, size=PHONE)
    lucy.page.add_init_script(
        """globalThis.shift = 0;
        new PerformanceObserver((list) => { for (const one of list.getEntries()) globalThis.shift += one.value; })
          .observe({ type: 'layout-shift', buffered: true });"""
    )
    lucy.open("/")
    lucy.page.wait_for_load_state("networkidle")
    assert figures_asked_for(lucy) == []
    bring(lucy)
    assert sorted(figures_asked_for(lucy)) == ["activity", "trend"]
    assert lucy.page.evaluate("globalThis.shift") <= 0.05


def test_each_chart_says_in_words_what_it_shows_and_has_its_table(lived: tuple[Site, Year], window: Windows) -> None:
    site, year = lived
    lucy = window(LUCY)
    lucy.open("/")
    bring(lucy)
    moved = lucy.page.get_by_role("region", name="How ratings have moved", exact=True)
    expect(moved.get_by_role("img")).to_have_accessible_name(
        re.compile(r"Actions by rating at the ends of months, from .* to .*\. Since .* (is|are) .*\.")
    )
    moved.get_by_text("Show the figures as a table").click()
    expect(moved.get_by_role("row")).to_have_count(14)
    expect(moved.get_by_role("columnheader")).to_have_text(
        ["Day", "Off track", "At risk", "On track", "Complete", "Not rated", "All"]
    )
    grid = lucy.page.get_by_role("region", name="Updates by month and agency", exact=True)
    grid.get_by_text("Show the figures as a table").click()
    months = grid.get_by_role("row", name=re.compile("^LB Havering")).get_by_role("cell")
    shown = months_shown(site)
    expect(months).to_have_text(
        [*(str(year.count({JANE, KATE}, {month})) for month in shown), str(year.count({JANE, KATE}, shown))]
    )


def test_a_phone_has_room_for_every_month_and_the_whole_of_every_name(window: Windows) -> None:
    lucy = window(LUCY, size=PHONE)
    lucy.open("/")
    bring(lucy)
    grid = lucy.page.get_by_role("region", name="Updates by month and agency", exact=True)
    names = ["LB Havering", "NELFT", "Metropolitan Police", "Agency not stated", "CCG"]
    assert sorted(grid.locator(".name").all_text_contents()) == sorted(names)
    expect(grid).not_to_contain_text("are drawn")


def test_charts_and_their_tables_have_nothing_for_axe_at_any_width(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/")
    bring(lucy)
    lucy.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    every_width(lucy, "charts", (320, 640))


def test_without_colour_every_rating_is_told_by_its_pattern_or_edge(window: Windows) -> None:
    lucy = window(LUCY, forced_colors="active")
    lucy.open("/")
    bring(lucy)
    drawn = lucy.page.evaluate(
        """() => [...document.querySelectorAll('.key li')].map((one) => {
            const [plain, patterned] = one.querySelectorAll('rect');
            return [getComputedStyle(plain).strokeDasharray, patterned && getComputedStyle(patterned).fill].join();
        })"""
    )
    assert len(set(drawn)) == 5, drawn


def test_figures_that_cannot_be_fetched_are_asked_for_again(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.cut("**/trend?*")
    lucy.open("/")
    lucy.page.locator(".is-movement").scroll_into_view_if_needed()
    moved = lucy.page.get_by_role("region", name="How ratings have moved", exact=True)
    expect(moved).to_contain_text("The figures could not be fetched.")
    lucy.mend()
    moved.get_by_role("button", name="Try again").click()
    expect(lucy.page.locator(".columns")).to_be_visible()
