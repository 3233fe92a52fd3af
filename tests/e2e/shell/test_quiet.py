"""Quiet updating: an open page learns what others change and says so, and nothing moves until somebody asks (DESIGN 2.3)."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Request, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Windows
from tests.e2e.site import JANE, LUCY, Site
from tests.e2e.visit import PHONE, Visit

HALF_A_MINUTE = 34_000


def arrive(visit: Visit, path: str) -> None:
    """Open a page under a clock of the test's, and let the module that asks arrive."""
    visit.page.clock.install()
    visit.open(path)
    visit.page.clock.run_for(21_000)
    expect(visit.page.locator(".quiet-place")).to_be_attached()
    visit.asked.clear()


def polls(visit: Visit) -> list[Request]:
    return [one for one in visit.asked if re.search(r"/api/v1/plans/[^/]+$", urlsplit(one.url).path)]


def wait(visit: Visit, milliseconds: int = HALF_A_MINUTE) -> None:
    """Let this time go by, and a question that was due be answered."""
    before = len(polls(visit))
    visit.page.clock.run_for(milliseconds)
    for _ in range(50):
        if len(polls(visit)) > before and polls(visit)[-1].response() is not None:
            return
        visit.page.wait_for_timeout(50)


def strip(visit: Visit) -> Locator:
    return visit.page.locator(".quiet-place .notice")


def test_two_windows_one_learns_what_the_other_posted(window: Windows, site: Site) -> None:
    reader = window(LUCY)
    arrive(reader, "/actions")
    wait(reader)
    assert [one.response().status for one in polls(reader)] == [304]  # type: ignore[union-attr]

    jane = window(JANE)
    jane.open("/actions/3.6")
    jane.write("Two agencies have answered", "At risk")
    jane.post_button.click()
    jane.expect_posted("3.6")
    site.as_(JANE).post("3.7", "The first meeting was held", "G")

    link = reader.page.get_by_role("link", name=re.compile("^4.5 "))
    link.focus()
    place = reader.page.evaluate("scrollY")
    wait(reader)
    expect(strip(reader)).to_contain_text("2 actions changed")
    row = reader.page.get_by_role("row", name=re.compile("^3.6 "))
    expect(row).to_contain_text("Never")
    assert violations(reader.page) == []

    reader.page.get_by_role("button", name="Show", exact=True).click()
    expect(row).to_contain_text("today")
    expect(strip(reader)).to_have_count(0)
    expect(link).to_be_focused()
    assert reader.page.evaluate("scrollY") == place


def test_a_hidden_page_does_not_ask_and_a_page_shown_again_asks_at_once(window: Windows) -> None:
    lucy = window(LUCY)
    arrive(lucy, "/")
    hide = "(hidden) => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }"
    lucy.page.evaluate(hide, True)
    lucy.page.clock.run_for(300_000)
    assert polls(lucy) == []
    lucy.page.evaluate(hide, False)
    expect_polls(lucy, 1)


def test_it_asks_more_and_more_rarely_while_nothing_changes(window: Windows) -> None:
    lucy = window(LUCY)
    arrive(lucy, "/")
    while len(polls(lucy)) < 12:  # however late the page was to begin its next half minute
        wait(lucy)
    lucy.asked.clear()
    lucy.page.clock.run_for(50_000)
    lucy.page.wait_for_timeout(300)
    assert polls(lucy) == []


def test_offline_it_does_not_ask(window: Windows) -> None:
    lucy = window(LUCY)
    arrive(lucy, "/")
    lucy.context.set_offline(True)
    expect(lucy.page.locator(".state-strip")).to_be_visible()
    lucy.page.clock.run_for(100_000)
    assert polls(lucy) == []


def test_nothing_is_swapped_under_words_that_are_being_written(window: Windows, site: Site) -> None:
    lucy = window(LUCY, size=PHONE)
    arrive(lucy, "/my")
    site.as_(LUCY).post("3.5", "From another window", "G")
    wait(lucy)
    expect(strip(lucy)).to_contain_text("1 action changed")
    lucy.page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    lucy.page.locator("textarea").fill("Words")
    lucy.page.get_by_role("button", name="Show", exact=True).click()
    expect(strip(lucy)).to_contain_text("Post or delete what you are writing first.")
    lucy.page.locator("textarea").fill("")
    lucy.page.get_by_role("button", name="Show", exact=True).click()
    expect(strip(lucy)).to_have_count(0)


def test_the_board_says_what_is_new_and_then_shows_it_by_itself(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    arrive(lucy, "/?view=board")
    square = lucy.page.locator(".square", has_text="3.8")
    expect(square).to_have_accessible_name("3.8, Not rated")
    site.as_(JANE).post("3.8", "Everything is agreed", "G")
    wait(lucy)
    expect(strip(lucy)).to_have_text(re.compile("1 action changed: 3.8"))
    expect(square).to_have_accessible_name("3.8, Not rated")
    lucy.page.clock.run_for(7_000)
    expect(square).to_have_accessible_name("3.8, On track")


def test_a_session_that_ended_is_said_and_leads_to_signing_in(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.announce("status of 401")
    arrive(lucy, "/")
    lucy.context.clear_cookies()
    wait(lucy)
    expect(strip(lucy)).to_contain_text("You are signed out")
    lucy.page.locator(".quiet-place").get_by_role("button", name="Sign in").click()
    expect(lucy.page).to_have_url(re.compile("/sign-in"))


def expect_polls(visit: Visit, count: int) -> None:
    for _ in range(50):
        if len(polls(visit)) >= count:
            break
        visit.page.wait_for_timeout(50)
    assert len(polls(visit)) == count


@pytest.mark.parametrize("path", ["/actions/3.4", "/report"])
def test_other_pages_do_not_ask(window: Windows, path: str) -> None:
    lucy = window(LUCY)
    arrive(lucy, path)
    lucy.page.clock.run_for(100_000)
    lucy.page.wait_for_timeout(200)
    assert polls(lucy) == []
