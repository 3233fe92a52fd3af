"""The list with its filters in the address, the board view, and the numbers that lead to lists (DESIGN 5.1 to 5.3)."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Windows
from tests.e2e.site import LUCY, Site
from tests.e2e.visit import DESK, PHONE, Visit

NUMBERS = ".cell-number"


def count(visit: Visit, text: str) -> None:
    expect(visit.page.locator("main [role=status]").first).to_have_text(text)


def test_filters_live_in_the_address_and_back_undoes_the_last(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.open("/actions")
    count(lucy, "All 42 actions")
    lucy.page.get_by_label("Objective").select_option("3")
    count(lucy, "8 of 42 actions")
    lucy.page.get_by_label("By when").select_option("past")
    expect(lucy.page).to_have_url(f"{site.url}/actions?objective=3&due=past")
    expect(lucy.page.locator(NUMBERS)).to_have_text(["3.6"])
    lucy.page.go_back()
    count(lucy, "8 of 42 actions")
    expect(lucy.page.get_by_label("By when")).to_have_value("")
    lucy.page.reload()
    count(lucy, "8 of 42 actions")
    expect(lucy.page.get_by_label("Objective")).to_have_value("3")


def test_a_filter_in_use_is_a_tag_that_removes_it(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.open("/actions?objective=3&rating=R")
    lucy.page.get_by_role("link", name="Remove filter Objective 3").click()
    expect(lucy.page).to_have_url(f"{site.url}/actions?rating=R")
    lucy.page.get_by_role("link", name="Clear all").click()
    count(lucy, "All 42 actions")


def test_when_nothing_matches_the_way_out_is_offered(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions?q=submarine")
    expect(lucy.page.get_by_role("heading", name="No action matches all of these filters.")).to_be_visible()
    lucy.page.get_by_role("link", name="Clear all filters").click()
    count(lucy, "All 42 actions")
    expect(lucy.page.get_by_label("Search")).to_have_value("")


def test_typing_keeps_the_focus_and_is_one_step_of_history(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.open("/")
    lucy.page.get_by_role("link", name="Actions", exact=True).first.click()
    search = lucy.page.get_by_label("Search")
    search.press_sequentially("4.10")
    expect(lucy.page.locator(NUMBERS)).to_have_text(["4.10"])
    expect(search).to_be_focused()
    search.fill("")
    search.press_sequentially("neglect")
    expect(lucy.page).to_have_url(f"{site.url}/actions?q=neglect")
    lucy.page.go_back()
    expect(lucy.page).to_have_url(f"{site.url}/")


def test_a_search_for_4_1_finds_4_1_only(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions?q=4.1")
    expect(lucy.page.locator(NUMBERS)).to_have_text(["4.1"])


def test_several_ratings_are_either_and_a_person_is_found(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions")
    lucy.page.get_by_label("Off track").check()
    lucy.page.get_by_label("Not rated").check()
    count(lucy, "42 of 42 actions")
    lucy.page.get_by_label("Person").select_option(label="Lucy Goodfellow")
    expect(lucy.page.locator(NUMBERS)).to_have_text(["1.8", "3.4", "3.5", "6.3"])


def test_another_order_takes_the_groups_away(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions")
    expect(lucy.page.locator("tr.group")).to_have_count(6)
    lucy.page.get_by_label("Order").select_option("by_when")
    expect(lucy.page.locator("tr.group")).to_have_count(0)
    expect(lucy.page.locator(NUMBERS).nth(0)).to_have_text("5.1")
    expect(lucy.page.locator(NUMBERS).nth(1)).to_have_text("3.6")


def test_on_a_phone_the_filters_open_in_place(window: Windows) -> None:
    lucy = window(LUCY, size=PHONE)
    lucy.open("/actions?objective=3&due=past")
    toggle = lucy.page.get_by_role("button", name="Filters (2)")
    expect(lucy.page.get_by_label("Objective")).to_be_hidden()
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(lucy.page.get_by_label("Objective")).to_be_visible()


@pytest.mark.parametrize(
    ("clause", "address"),
    [
        (r"past their date", "/actions?due=past"),
        (r"need an update", "/actions?show=needs-update"),
        (r"off track", "/actions?rating=R"),
    ],
)
def test_every_number_of_the_sentence_leads_to_its_list(window: Windows, site: Site, clause: str, address: str) -> None:
    lucy = window(LUCY)
    lucy.open("/")
    link = lucy.page.locator(".sentence").get_by_role("link", name=re.compile(clause))
    number = re.findall(r"\d+", link.inner_text())[0]
    link.click()
    expect(lucy.page).to_have_url(site.url + address)
    count(lucy, f"{number} of 42 actions")


def test_the_overview_lists_what_needs_attention(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/")
    attention = lucy.page.get_by_role("complementary", name="Needs attention")
    expect(attention.get_by_role("heading", level=3)).to_contain_text(
        ["Past its date", "Nobody named", "Delivered, waiting to be signed off", "Needs an update"]
    )
    nobody = attention.locator("section", has_text="Nobody named")
    expect(nobody.get_by_role("link")).to_have_text([re.compile(r"^5\.4 ")])


@pytest.mark.parametrize("size", [DESK, (1920, 1080)], ids=["1440x900", "1920x1080"])
def test_the_board_view_fits_the_projector_without_scrolling(window: Windows, size: tuple[int, int]) -> None:
    lucy = window(LUCY, size=size)
    lucy.open("/?view=board")
    expect(lucy.page.locator(".board .objective")).to_have_count(6)
    lucy.page.evaluate("document.fonts.ready")
    need, has = lucy.page.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert need <= has
    expect(lucy.page.locator(".objective").last).to_be_in_viewport(ratio=1)


def test_escape_leaves_the_board_view(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.open("/?view=board")
    lucy.page.keyboard.press("Escape")
    expect(lucy.page).to_have_url(f"{site.url}/")
    expect(lucy.page.get_by_role("heading", name="By agency")).to_be_visible()


def test_on_a_small_window_the_board_view_is_the_overview(window: Windows) -> None:
    lucy = window(LUCY, size=(1080, 900))
    lucy.open("/?view=board")
    expect(lucy.page.get_by_role("heading", name="By agency")).to_be_visible()
