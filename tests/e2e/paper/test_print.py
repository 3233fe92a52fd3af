"""The report on paper: A4 landscape, in the partnership's own six columns (DESIGN 11)."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Windows
from tests.e2e.pdf import pages_of
from tests.e2e.site import GLORIA, JANE, LUCY, Site
from tests.e2e.visit import visiting

A4_LANDSCAPE = (842, 595)
NUMBER = re.compile(r"^\s*([1-6]\.\d+)\s*$", re.MULTILINE)


@pytest.fixture(scope="module")
def paper(browser: Browser, site: Site) -> Iterator[bytes]:
    """The report as a PDF, after some posts."""
    site.as_(LUCY).post("3.4", "The September deep-dive is late <b>again</b>", "A")
    site.as_(JANE).post("3.6", "Two agencies have answered. " * 12, "R")
    site.as_(GLORIA).post("5.5", "The workshop was held", "G")
    with visiting(browser, site, LUCY) as lucy:
        lucy.open("/report")
        lucy.page.evaluate("document.fonts.ready")
        yield lucy.page.pdf(prefer_css_page_size=True)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_report_takes_five_to_nine_pages_of_a4_landscape(paper: bytes) -> None:
    assert 5 <= len(pages_of(paper)) <= 9
    sizes = {
        (round(float(wide)), round(float(high)))
        for wide, high in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    }
    assert sizes == {A4_LANDSCAPE}


def test_the_first_page_holds_the_title_and_the_first_actions(paper: bytes) -> None:
    first = squeezed(pages_of(paper)[0])
    assert "HaveringSafeguardingChildrenBoardBusinessPlan,2020-23" in first
    assert "Developanintegratedreferralpathway" in first
    assert "1.1" in first
    assert "1.2" in first


def test_no_page_is_blank_and_each_begins_with_the_headings(paper: bytes) -> None:
    for page in pages_of(paper):
        assert len(squeezed(page)) > 200
        for heading in ("Objective", "ByWhom", "ByWhen", "ProgressUpdate"):
            assert heading in squeezed(page)


def test_every_action_is_on_paper_once_and_in_its_order(paper: bytes) -> None:
    text = squeezed("".join(pages_of(paper)))
    wanted = [
        f"{objective}.{number}"
        for objective, count in enumerate((8, 5, 8, 10, 5, 6), 1)
        for number in range(1, count + 1)
    ]
    at = -1
    for number in wanted:
        at = text.find(number, at + 1)
        assert at >= 0, number


def test_progress_is_on_paper_with_its_author_and_as_text(paper: bytes) -> None:
    text = squeezed("".join(pages_of(paper)))
    assert "TheSeptemberdeep-diveislate<b>again</b>" in text
    assert "Atrisk" in text
    assert "LucyGoodfellow," in text


def test_what_belongs_to_the_screen_is_not_on_paper(window: Windows, paper: bytes) -> None:
    text = squeezed("".join(pages_of(paper)))
    for words in ("Skiptomaincontent", "Myactions", "PrintorsaveasPDF", "Helpandaccessibility"):
        assert words not in text
    lucy = window(LUCY)
    lucy.open("/report")
    lucy.page.emulate_media(media="print")
    expect(lucy.page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(lucy.page.get_by_role("button", name="Print or save as PDF")).to_be_hidden()
    expect(lucy.page.get_by_role("region", name="The plan as printed")).to_be_visible()


def test_nothing_is_cut_off_at_the_edge_of_the_paper(window: Windows) -> None:
    # The width of A4 landscape less its margins, in CSS pixels.
    lucy = window(LUCY, size=(1039, 700))
    lucy.open("/report")
    lucy.page.emulate_media(media="print")
    inside = lucy.page.locator(".sheet").evaluate("(sheet) => sheet.scrollWidth <= sheet.clientWidth")
    assert inside
