"""Search from anywhere, the glossary, and short forms explained where they first stand."""

import re

from playwright.sync_api import Route, expect

from tests.e2e.access.test_accessibility import check_all_sizes
from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, GORDON, LUCY, Site
from tests.e2e.visit import PHONE


def test_by_keyboard_from_any_page(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    page, dialog = lucy.page, lucy.page.get_by_role("dialog", name="Search")
    lucy.open("/report")
    page.keyboard.press("k")
    expect(dialog).to_have_count(0)
    page.keyboard.press("Control+k")
    field = dialog.get_by_role("searchbox", name="Search the plan")
    expect(field).to_be_focused()
    page.keyboard.press("Control+k")
    expect(dialog).to_have_count(1)
    page.keyboard.type("4.10")
    expect(dialog.get_by_role("status")).to_have_text("1 result for “4.10”")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.url}/actions/4.10")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(dialog).to_have_count(0)

    page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    page.keyboard.type("DÉVITO")
    people = dialog.get_by_role("region", name=re.compile("^People"))
    expect(people.get_by_role("link", name="Teresa DeVito")).to_be_visible()
    expect(people.locator("mark")).to_have_text("DeVito")
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("link").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_on_a_phone_words_lead_to_people_and_the_focus_comes_back(window: Windows, site: Site) -> None:
    site.as_(LUCY).post("3.4", "An unmistakable kumquat.", "G")
    lucy = window(LUCY, size=PHONE)
    page = lucy.page
    lucy.open("/actions")
    link = page.get_by_role("banner").get_by_role("link", name="Search")
    box = link.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    link.click()
    dialog = page.get_by_role("dialog", name="Search")
    dialog.get_by_role("searchbox").fill("kumquat")
    expect(dialog.get_by_role("link", name=re.compile(r"^3\.4 .*Last update: An unmistakable kumquat"))).to_be_visible()
    check_all_sizes(lucy)
    lucy.size(PHONE)
    dialog.get_by_role("searchbox").fill("submarine")
    expect(dialog.get_by_role("status")).to_contain_text("Nothing in the plan matches “submarine”")
    check_all_sizes(lucy)
    lucy.size(PHONE)
    dialog.get_by_role("button", name="Close").click()
    expect(link).to_be_focused()
    link.click()
    dialog.get_by_role("searchbox").fill("havering nelft")
    expect(dialog.get_by_role("status")).to_contain_text("results for")
    dialog.get_by_role("searchbox").fill("lucy good")
    dialog.get_by_role("region", name=re.compile("^People")).get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/actions\?person="))
    expect(page.get_by_role("heading", name="Actions")).to_be_visible()


def test_as_a_page_its_address_can_be_sent(window: Windows, site: Site) -> None:
    manager = window(BUSINESS_MANAGER)
    page = manager.page
    manager.open("/search?q=audit")
    expect(page.get_by_role("link", name="Manage: audit")).to_be_visible()
    check_all_sizes(manager)
    page.get_by_role("searchbox").fill("neglect")
    expect(page).to_have_url(f"{site.url}/search?q=neglect")
    expect(page.get_by_role("region", name=re.compile("^Actions")).get_by_role("link")).to_have_count(4)
    lucy = window(LUCY)
    lucy.open("/search?q=audit")
    expect(lucy.page.get_by_role("link", name=re.compile("^Manage"))).to_have_count(0)


def test_in_a_large_plan_the_server_looks_for_the_actions(window: Windows) -> None:
    lucy = window(LUCY)
    page = lucy.page

    def grow(route: Route) -> None:
        answer = route.fetch()
        plan = answer.json()
        plan["counts"]["actions"] = 301
        route.fulfill(response=answer, json=plan)

    page.route(re.compile(r"/api/v1/plans/havering-2020-23$"), grow)
    lucy.open("/search")
    with page.expect_response(re.compile(r"/actions\?.*q=neglect$")) as asked:
        page.get_by_role("searchbox").fill("neglect")
    assert asked.value.ok
    expect(page.get_by_role("region", name=re.compile("^Actions")).get_by_role("link")).to_have_count(4)
    expect(page.get_by_role("main").get_by_role("status")).to_have_text("5 results for “neglect”")


def test_the_page_stands_in_where_the_dialog_cannot_be_fetched(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.announce("net::ERR_FAILED", "dynamically imported module")
    lucy.page.route("**/js/parts/shell/search.js", lambda route: route.abort())
    lucy.open("/")
    lucy.page.keyboard.press("Control+k")
    expect(lucy.page).to_have_url(f"{site.url}/search")
    expect(lucy.page.get_by_role("heading", name="Search")).to_be_focused()


def test_a_short_form_is_explained_where_it_first_stands(window: Windows) -> None:
    gordon = window(GORDON)
    page = gordon.page
    gordon.open("/actions/3.6")
    page.get_by_text("As printed").click()
    gordon.open("/actions/2.1")
    title = page.get_by_role("heading", level=1)
    words = title.inner_text()
    short = title.get_by_role("button", name="NELFT")
    expect(short).to_have_count(1)
    box = short.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    short.focus()
    page.keyboard.press("Enter")
    expect(short).to_have_attribute("aria-expanded", "true")
    expect(title).to_contain_text("NELFT (North East London NHS Foundation Trust)")
    check_all_sizes(gordon)
    page.keyboard.press("Escape")
    expect(short).to_have_attribute("aria-expanded", "false")
    expect(short).to_be_focused()
    assert title.inner_text() == words
    gordon.open("/")
    expect(page.locator(".lead-line").get_by_role("button", name="NELFT")).to_have_count(1)
    expect(page.locator("a button")).to_have_count(0)


def test_the_glossary_says_what_the_plan_does_not(window: Windows) -> None:
    lucy = window(LUCY)
    page = lucy.page
    lucy.open("/")
    page.get_by_role("contentinfo").get_by_role("link", name="Glossary").click()
    expect(page.get_by_role("heading", name="Glossary")).to_be_focused()
    expect(page.locator(".glossary > div")).to_have_count(22)
    expect(page.locator(".glossary > div", has_text="STAR")).to_contain_text("Not spelled out in the plan")
    expect(page.locator(".glossary > div", has_text="CAMHS").get_by_role("link")).to_have_text(["1.4", "1.5", "3.7"])
    check_all_sizes(lucy)
