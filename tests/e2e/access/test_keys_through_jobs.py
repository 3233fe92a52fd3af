"""A lead officer's jobs with the keys alone, on a narrow window with the bar at its foot: no stop is hidden under it."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.access.test_keyboard import tab_to
from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, GLORIA, GORDON, JANE, LUCY, Site
from tests.e2e.visit import PHONE, Visit

COVERED = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const bar = document.querySelector('nav.places');
  if (bar.contains(document.activeElement) || getComputedStyle(bar).position !== 'fixed') return '';
  return box.top >= bar.getBoundingClientRect().top || box.bottom <= 0 ? document.activeElement.outerHTML.slice(0, 80) : '';
}"""


def reach(visit: Visit, target: Locator) -> None:
    """Tab there; what has the focus is in sight."""
    expect(target).to_be_visible()
    tab_to(visit.page, target)
    assert visit.page.evaluate(COVERED) == ""


def enter(visit: Visit, target: Locator) -> None:
    reach(visit, target)
    visit.page.keyboard.press("Enter")


def write(visit: Visit, label: str, text: str) -> None:
    reach(visit, visit.page.get_by_label(label, exact=True))
    visit.page.keyboard.press("Control+a")
    visit.page.keyboard.type(text)


def test_a_date_is_changed(window: Windows, site: Site) -> None:
    gordon = window(GORDON, size=PHONE)
    page, keys = gordon.page, gordon.page.keyboard
    gordon.open("/actions/5.4")
    enter(gordon, page.get_by_role("button", name="Change by when"))
    kind = page.get_by_label("The new date is")
    expect(kind).to_be_focused()
    keys.type("Ongoing")
    expect(kind).to_have_value("ongoing")
    write(gordon, "Reason", "It does not end")
    enter(gordon, page.get_by_role("button", name="Save the date"))
    expect(gordon.notice).to_have_text("The date of 5.4 is changed")
    expect(page.get_by_role("button", name="Change by when")).to_be_focused()
    assert site.as_(GORDON).action("5.4")["by_when"]["kind"] == "ongoing"


def test_an_update_is_acknowledged_and_a_claim_signed_off(window: Windows, site: Site) -> None:
    site.as_(LUCY).post("3.4", "September is analysed", "A")
    jane = window(JANE, size=PHONE)
    jane.open("/actions/3.4")
    enter(jane, jane.page.get_by_role("button", name="Acknowledge the update by Lucy Goodfellow"))
    expect(jane.notice).to_have_text("The update by Lucy Goodfellow is answered")
    site.as_(GLORIA).post("5.5", "The workshop was held", "G", claim="delivered")
    gordon = window(GORDON, size=PHONE)
    page = gordon.page
    gordon.open("/actions/5.5")
    lead = page.get_by_role("region", name="For the lead officer")
    enter(gordon, lead.locator("summary", has_text="Sign off as complete"))
    reach(gordon, page.locator("#sign-impact"))
    page.keyboard.type("Forty officers trained")
    enter(gordon, lead.get_by_role("button", name="Sign off as complete"))
    expect(gordon.notice).to_have_text("5.5 is signed off as complete")


def test_a_gap_is_settled(window: Windows) -> None:
    manager = window(BUSINESS_MANAGER, size=PHONE)
    page = manager.page
    manager.open("/gaps")
    questions = page.get_by_role("region", name="Questions from the paper, and others")
    settle = questions.get_by_role("button", name=re.compile("^Settle it ?: The heading says"))
    expect(settle).to_be_visible()
    settle.locator("xpath=preceding::a[1]").focus()  # the way there is sixty stops long
    enter(manager, settle)
    expect(page.get_by_label("How it was settled")).to_be_focused()
    page.keyboard.type("The papers carry the name")
    enter(manager, page.get_by_role("button", name="Settle this question"))
    expect(manager.notice).to_have_text("The question is settled; the history keeps it with the answer")


def test_the_search_leads_to_an_action(window: Windows, site: Site) -> None:
    lucy = window(LUCY, size=PHONE)
    page = lucy.page
    lucy.open("/report")
    enter(lucy, page.get_by_role("banner").get_by_role("link", name="Search"))
    expect(page.get_by_role("dialog").get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("3.6")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("1 result")
    page.keyboard.press("Tab")
    enter(lucy, page.get_by_role("dialog").get_by_role("link", name=re.compile("^3.6 ")))
    expect(page).to_have_url(f"{site.url}/actions/3.6")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
