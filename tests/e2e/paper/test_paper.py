"""Print of every page is a paper: a head that says which plan and which day, nothing of the screen's machinery (DESIGN 11)."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Windows
from tests.e2e.pdf import pages_of
from tests.e2e.site import BUSINESS_MANAGER, GLORIA, LUCY, Site
from tests.e2e.visit import Visit

UPRIGHT = (595, 842)
SCREEN_ONLY = (
    "Skiptomaincontent",
    "Helpandaccessibility",
    "Boardview",
    "Postupdate",
    "Filters",
    "Search",
    "Previous:",
    "Addaperson",
)

# Who prints what: address, most pages, and words that have to be on it.
PAPERS: dict[str, tuple[str, str, int, tuple[str, ...]]] = {
    "overview": (LUCY, "/", 4, ("As at", "R: Off track", "Business Plan, 2020-23", "By agency", "Needs attention")),
    "action list": (LUCY, "/actions", 6, ("As at", "R: Off track", "Actions", "Objective 6", "4.10", "By whom")),
    "one action": (LUCY, "/actions/3.4", 2, ("As at", "3.4", "Progress", "The deep-dive is late", "Lead officer", "Jane Carroll")),
    "my actions": (LUCY, "/my", 2, ("As at", "R: Off track", "Lucy", "3.4")),
    "people": (BUSINESS_MANAGER, "/admin/people", 4, ("As at", "People", "Jane Carroll", "Agency")),
    "audit": (BUSINESS_MANAGER, "/admin/audit", 3, ("As at", "Audit", "signed in with a password")),
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _something_to_print(site: Site) -> None:
    site.as_(LUCY).post("3.4", "The deep-dive is late", "A")
    site.as_(GLORIA).post("5.5", "The workshop was held", "G")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def sizes_of(document: bytes) -> set[tuple[int, int]]:
    found = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", document)
    return {(round(float(wide)), round(float(high))) for wide, high in found}


def use(visit: Visit) -> None:
    """Press a key, as whoever prints does: what paper needs arrives with the first use of a page."""
    visit.page.keyboard.press("Control")
    expect(visit.page.locator(".quiet-place")).to_be_attached()
    visit.page.wait_for_load_state("networkidle")


def read(visit: Visit) -> str:
    """The words that stand on paper."""
    visit.page.emulate_media(media="print")
    text = visit.page.locator("body").inner_text()
    visit.page.emulate_media(media="null")
    return squeezed(text)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_page_is_a_paper(window: Windows, paper: str) -> None:
    who, path, most, wanted = PAPERS[paper]
    visit = window(who)
    visit.open(path)
    use(visit)
    text = read(visit)
    assert [words for words in wanted if squeezed(words) not in text] == []
    assert [words for words in SCREEN_ONLY if words in text] == []
    document = visit.page.pdf(prefer_css_page_size=True)
    assert sizes_of(document) == {UPRIGHT}
    assert 1 <= len(pages_of(document)) <= most


def test_a_page_that_nobody_touched_is_a_paper_too(window: Windows) -> None:
    visit = window(LUCY)
    visit.open("/actions/3.4")
    expect(visit.page.locator(".quiet-place")).to_be_attached()
    visit.page.wait_for_load_state("networkidle")
    assert [words for words in SCREEN_ONLY if words in read(visit)] == []


@pytest.mark.parametrize("path", ["/", "/actions/2.1"])
def test_short_forms_that_are_explained_on_the_screen_stand_on_paper(window: Windows, path: str) -> None:
    """They are buttons, but words of the plan: "Pippa Ward, NELFT" must not become "Pippa Ward,"."""
    visit = window(LUCY)
    visit.open(path)
    use(visit)
    short = visit.page.locator("main button.short")
    expect(short.first).to_be_visible()
    visit.page.emulate_media(media="print")
    lost = "(all) => all.filter((one) => !one.checkVisibility()).map((one) => one.textContent)"
    assert short.evaluate_all(lost) == []


def test_the_list_is_a_table_whose_headings_repeat(window: Windows) -> None:
    visit = window(LUCY)
    visit.open("/actions")
    use(visit)
    visit.page.emulate_media(media="print")
    heads = visit.page.locator("table.actions thead").evaluate("(one) => getComputedStyle(one).display")
    rows = visit.page.locator("table.actions tr").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).breakInside)"
    )
    assert heads == "table-header-group"
    assert set(rows) == {"avoid"}


def test_what_was_open_before_does_not_turn_the_paper(window: Windows) -> None:
    """The report's sheet stays in the window; a list is printed upright all the same."""
    visit = window(LUCY)
    visit.open("/report")
    use(visit)
    visit.page.get_by_role("link", name="Actions", exact=True).click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Actions")
    assert sizes_of(visit.page.pdf(prefer_css_page_size=True)) == {UPRIGHT}
