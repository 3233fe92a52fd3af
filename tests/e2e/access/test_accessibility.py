"""Every screen and state at three widths: nothing for axe to complain of, nothing to scroll sideways (DESIGN 13)."""

import hashlib
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import SCRIPT, every_width, find, sideways, violations
from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, GLORIA, GORDON, JANE, LUCY, PIPPA, ROBERT, Site
from tests.e2e.updates.test_posting import POSTS
from tests.e2e.visit import PHONE, Visit

AXE = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"  # axe-core 4.14.1, MPL-2.0

ROUTES = {
    "sign-in": (None, "/sign-in?next=/actions"),
    "accessibility": (None, "/accessibility"),
    "overview": (LUCY, "/"),
    "board view": (LUCY, "/?view=board"),
    "actions": (LUCY, "/actions"),
    "actions, filtered": (LUCY, "/actions?objective=3&rating=R&q=arrangements"),
    "actions, none": (LUCY, "/actions?q=submarine"),
    "action, to post": (LUCY, "/actions/3.4"),
    "action, to lead": (JANE, "/actions/3.4"),
    "action, past its date": (PIPPA, "/actions/3.6"),
    "action, refused": (GORDON, "/actions/3.4"),
    "action, to sign off": (GORDON, "/actions/5.5"),
    "action, on behalf": (BUSINESS_MANAGER, "/actions/6.2"),
    "action, unknown": (LUCY, "/actions/3.9"),
    "my actions": (JANE, "/my"),
    "my actions, none": (ROBERT, "/my"),
    "report": (LUCY, "/report"),
    "account": (LUCY, "/account"),
    "unknown address": (LUCY, "/nowhere"),
}


@pytest.fixture(scope="module", autouse=True)
def _something_to_show(site: Site) -> None:
    """A plan in use: every kind of entry in the timeline of 3.4, a claim on 5.5."""
    words = (
        "Line one\nline two https://example.org/a/long/address/that/has/to/break/somewhere/or/it/pushes/the/page/wide"
    )
    evidence = [{"title": "Minutes", "url": "https://example.org/minutes"}]
    first = site.as_(LUCY).post("3.4", words, "G", next_step="Ask again", impact="Some", evidence=evidence)
    site.as_(JANE).acknowledge(first["id"])
    site.as_(LUCY).post("3.4", "Slower now", "A")
    site.as_(GLORIA).post("5.5", "Done", "G", claim="delivered")


def check(visit: Visit) -> None:
    visit.page.evaluate("document.fonts.ready")
    assert violations(visit.page) == []
    assert sideways(visit.page) <= 0


def check_all_sizes(visit: Visit) -> None:
    """One window, three widths: the state stays, the layout changes."""
    every_width(visit)


def test_the_checker_is_the_one_that_was_taken() -> None:
    assert hashlib.sha256(SCRIPT.read_bytes()).hexdigest() == AXE
    assert "Mozilla Public License" in (SCRIPT.parent / "axe-LICENSE.txt").read_text("utf-8")


def test_the_checker_finds_what_is_wrong(window: Windows) -> None:
    stranger = window()
    stranger.open("/accessibility")
    stranger.page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert re.match("label:", find(stranger.page)[0])


@pytest.mark.parametrize("route", ROUTES)
def test_a_screen_has_nothing_for_axe_at_any_width(window: Windows, route: str) -> None:
    who, address = ROUTES[route]
    visit = window(who)
    visit.open(address)
    check_all_sizes(visit)


def empty_form(visit: Visit) -> None:
    visit.post_button.click()
    expect(visit.page.get_by_role("group", name="There is a problem")).to_be_visible()


def more_open(visit: Visit) -> None:
    visit.write("Words", "At risk")
    visit.page.get_by_text("Add more: next step, impact, evidence").click()
    visit.page.get_by_role("button", name="Add a link to evidence").click()
    expect(visit.page.locator("#evidence-0-url")).to_be_visible()


def server_error(visit: Visit) -> None:
    visit.announce("status of 503")
    visit.answer(POSTS, 503, "not-ready")
    visit.write("Words")
    visit.post_button.click()
    expect(visit.box).to_be_visible()


def no_longer_allowed(visit: Visit) -> None:
    visit.announce("status of 403")
    visit.answer(POSTS, 403, "forbidden", who_can="Jane Carroll (lead officer)")
    visit.write("Words")
    visit.post_button.click()
    expect(visit.box).to_be_visible()


def conflict(visit: Visit) -> None:
    visit.announce("status of 412")
    visit.write("Words")
    visit.site.as_(JANE).post("3.5", "Jane was first", "A")
    visit.post_button.click()
    expect(visit.box).to_contain_text("updated this action while you were writing")


def session_ended(visit: Visit) -> None:
    visit.announce("status of 401")
    visit.write("Words")
    visit.context.clear_cookies()
    visit.post_button.click()
    expect(visit.page.get_by_role("dialog")).to_be_visible()


def session_ended_wrong_password(visit: Visit) -> None:
    session_ended(visit)
    visit.page.get_by_label(re.compile("^Password for")).fill("wrong")
    visit.page.get_by_role("button", name="Sign in and post").click()
    expect(visit.page.get_by_role("dialog").get_by_role("alert")).not_to_be_empty()


def offline(visit: Visit) -> None:
    visit.announce("net::ERR_INTERNET_DISCONNECTED")  # pages that were being fetched ahead
    visit.write("Words")
    # axe reads the sheets once more and goes on without them; the worker was just being fetched.
    visit.announce("load preload assets", "fetching the script")
    visit.context.set_offline(True)
    expect(visit.page.locator(".state-strip")).to_be_visible()
    visit.post_button.click()
    expect(visit.box).to_be_visible()


def two_tabs(visit: Visit) -> None:
    visit.words.fill("Here")
    other = visit.context.new_page()
    other.goto(visit.page.url)
    other.get_by_label("What has happened since the last update?").fill("There")
    expect(visit.page.get_by_role("button", name="Keep mine")).to_be_visible()
    visit.page.bring_to_front()


def posted(visit: Visit) -> None:
    visit.write("Words that were posted")
    visit.post_button.click()
    visit.expect_posted("3.5")


def kept_copy(visit: Visit) -> None:
    visit.keeps_a_copy()
    visit.cut()
    visit.page.reload()
    expect(visit.page.locator(".state-strip")).to_be_visible()


STATES: tuple[Callable[[Visit], None], ...] = (
    empty_form, more_open, server_error, no_longer_allowed, conflict, session_ended, session_ended_wrong_password, offline,
    two_tabs, posted, kept_copy,
)  # fmt: skip


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_a_state_of_the_form_has_nothing_for_axe_at_any_width(window: Windows, state: Callable[[Visit], None]) -> None:
    lucy = window(LUCY)
    lucy.open("/actions/3.5")
    state(lucy)
    check_all_sizes(lucy)


def test_the_acts_of_a_lead_officer_have_nothing_for_axe_when_open(window: Windows) -> None:
    jane = window(JANE)
    jane.open("/actions/3.4")
    expect(jane.page.get_by_role("region", name="Its place in the plan")).to_be_visible()
    jane.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    check_all_sizes(jane)


def test_the_question_at_sign_out_has_nothing_for_axe(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions/1.8")
    lucy.words.fill("Not posted")
    lucy.open("/account")
    lucy.page.get_by_role("button", name="Sign out").click()
    expect(lucy.page.get_by_role("dialog")).to_be_visible()
    check_all_sizes(lucy)


def test_the_filters_of_a_phone_have_nothing_for_axe_when_open(window: Windows) -> None:
    lucy = window(LUCY, size=PHONE)
    lucy.open("/actions")
    lucy.page.get_by_role("button", name="Filters").click()
    check(lucy)


def test_a_plan_that_could_not_be_opened_has_nothing_for_axe(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.cut()
    lucy.open("/")
    check_all_sizes(lucy)


def test_a_refused_sign_in_has_nothing_for_axe(window: Windows) -> None:
    stranger = window()
    stranger.open("/sign-in")
    stranger.page.get_by_role("button", name="Sign in").click()
    expect(stranger.page.get_by_role("group", name="There is a problem")).to_be_visible()
    check_all_sizes(stranger)
