"""A computer that others use afterwards: what is left of the plan in its browser once a session has ended (ADR 28)."""

import re
from typing import Any

import jwt
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Windows
from tests.e2e.shell.test_opening_offline import AWAY, use
from tests.e2e.site import LUCY, ROBERT, Site
from tests.e2e.visit import Visit, put_cookies

PLAN = "/api/v1/plans/havering-2020-23"
OF_THE_PLAN = re.compile("Havering Safeguarding|Goodfellow|deep-dive")
NOT_KEPT = "net::ERR_CACHE_MISS"
DAY = 86_400_000  # ms
# The status of what the browser has, or why it has none.
FROM_CACHE = """async (path) => {
  const asked = (cache) => fetch(path, { cache, mode: 'same-origin' }).then((answer) => answer.status, () => 'none');
  return [await asked('only-if-cached'), await asked('force-cache')];
}"""
AGE = "(ms) => { const copy = JSON.parse(localStorage.getItem('kept-plan')); localStorage.setItem('kept-plan', JSON.stringify({ ...copy, at: copy.at + ms })); }"


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def expect_nothing_of_the_plan(page: Page) -> None:
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(OF_THE_PLAN)


def kept(visit: Visit) -> Any:
    return visit.page.evaluate("localStorage.getItem('kept-plan')")


def end_its_session(visit: Visit) -> None:
    """As its owner does at another device."""
    visit.announce("status of 401")
    access = next(one["value"] for one in visit.context.cookies() if one["name"].endswith("access"))
    session = jwt.decode(access, options={"verify_signature": False})["sid"]
    visit.site.as_(LUCY).send("DELETE", f"/me/sessions/{session}").raise_for_status()


def test_after_signing_out_the_cache_gives_nothing(window: Windows, site: Site) -> None:
    lucy = window(LUCY, cookies=site.own_cookies_of(LUCY))
    lucy.announce(AWAY, NOT_KEPT, "status of 401")
    lucy.open("/")
    lucy.page.goto(site.url + PLAN)
    lucy.open("/account")
    sign_out(lucy.page)
    lucy.context.set_offline(True)
    assert lucy.page.evaluate(FROM_CACHE, PLAN) == ["none", "none"]
    assert lucy.page.evaluate(FROM_CACHE, "/api/v1/me") == ["none", "none"]
    lucy.context.set_offline(False)
    lucy.page.go_back()
    expect(lucy.page.locator("body")).not_to_contain_text(OF_THE_PLAN)
    lucy.page.go_back()
    expect(lucy.page.locator("body")).not_to_contain_text(OF_THE_PLAN)


def test_while_signed_in_the_cache_keeps_nothing_either(window: Windows) -> None:
    """Whoever pulls the plug has signed out of nothing."""
    lucy = window(LUCY)
    lucy.announce(AWAY, NOT_KEPT)
    lucy.open("/actions/3.4")
    lucy.context.set_offline(True)
    for path in (PLAN, "/api/v1/me", f"/api/v1/actions/{lucy.site.id_of('3.4')}"):
        assert lucy.page.evaluate(FROM_CACHE, path) == ["none", "none"]


def test_other_tabs_follow_at_once(window: Windows, site: Site) -> None:
    lucy = window(LUCY, cookies=site.own_cookies_of(LUCY))
    lucy.open("/account")
    second = lucy.context.new_page()
    lucy.watch(second)
    second.goto(f"{site.url}/actions/3.4")
    expect(second.get_by_label("What has happened since the last update?")).to_be_visible()
    sign_out(lucy.page)
    expect_nothing_of_the_plan(second)
    expect(second.get_by_role("navigation", name="Main")).to_have_count(0)
    assert violations(second) == []
    second.go_back()
    expect(second.locator("body")).not_to_contain_text(OF_THE_PLAN)


def test_a_tab_follows_when_the_server_is_away(window: Windows, site: Site) -> None:
    lucy = window(LUCY, cookies=site.own_cookies_of(LUCY))
    lucy.announce("net::ERR_FAILED")
    lucy.open("/account")
    use(lucy)
    second = lucy.context.new_page()
    lucy.watch(second)
    second.goto(site.url)
    expect(second.locator(".objective")).to_have_count(6)
    second.route("**/api/**", lambda route: route.abort())
    sign_out(lucy.page)
    expect_nothing_of_the_plan(second)


def test_words_typed_in_another_tab_wait_for_whoever_wrote_them(window: Windows, site: Site) -> None:
    lucy = window(LUCY, cookies=site.own_cookies_of(LUCY))
    lucy.open("/account")
    second = lucy.context.new_page()
    lucy.watch(second)
    second.goto(f"{site.url}/actions/3.4")
    words = second.get_by_label("What has happened since the last update?")
    words.fill("Typed in the second tab")
    sign_out(lucy.page)
    expect_nothing_of_the_plan(second)
    second.get_by_label("E-mail address").fill(site.email_of(LUCY))
    second.get_by_label("Password", exact=True).fill(site.password_of(LUCY))
    second.get_by_role("button", name="Sign in", exact=True).click()
    expect(words).to_have_value("Typed in the second tab")


def test_a_session_that_was_ended_takes_the_kept_plan_with_it_at_the_first_contact(window: Windows, site: Site) -> None:
    lucy = window(LUCY, cookies=site.own_cookies_of(LUCY))
    lucy.open("/")
    use(lucy)
    lucy.keeps_a_copy()
    end_its_session(lucy)
    lucy.page.reload()
    expect_nothing_of_the_plan(lucy.page)
    assert kept(lucy) is None
    lucy.announce(AWAY)
    lucy.context.set_offline(True)
    lucy.page.goto(site.url)
    expect(lucy.page.get_by_role("heading", level=1)).to_be_visible()
    expect(lucy.page.locator("body")).not_to_contain_text(OF_THE_PLAN)


def test_an_open_page_that_learns_that_its_session_was_ended_keeps_nothing(window: Windows, site: Site) -> None:
    lucy = window(LUCY, cookies=site.own_cookies_of(LUCY))
    lucy.open("/actions/3.4")
    lucy.keeps_a_copy()
    lucy.write("Written for an hour")
    end_its_session(lucy)
    lucy.post_button.click()
    expect(lucy.page.get_by_role("dialog", name="Sign in again to post")).to_be_visible()
    assert kept(lucy) is None


def open_a_second_tab(lucy: Visit, path: str) -> Page:
    second = lucy.context.new_page()
    lucy.watch(second)
    second.goto(lucy.site.url + path)
    return second


def use_and_wait(page: Page) -> None:
    """What a tab keeps once it is used (and in any case after some seconds) is kept by then."""
    page.keyboard.press("Shift")
    page.wait_for_timeout(1_500)


def test_a_tab_that_was_just_opened_does_not_bring_the_copy_back(window: Windows, site: Site) -> None:
    lucy = window(LUCY, cookies=site.own_cookies_of(LUCY))
    lucy.open("/")
    use(lucy)
    lucy.keeps_a_copy()
    second = open_a_second_tab(lucy, "/")
    expect(second.locator(".objective")).to_have_count(6)
    end_its_session(lucy)
    lucy.page.reload()
    expect_nothing_of_the_plan(lucy.page)
    use_and_wait(second)
    assert kept(lucy) is None
    expect(second.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(second.locator("main")).not_to_contain_text(OF_THE_PLAN)
    use_and_wait(second)
    assert kept(lucy) is None


def test_nor_does_one_with_typed_words_which_stay(window: Windows, site: Site) -> None:
    lucy = window(LUCY, cookies=site.own_cookies_of(LUCY))
    lucy.open("/")
    lucy.keeps_a_copy()
    second = open_a_second_tab(lucy, "/actions/3.4")
    words = second.get_by_label("What has happened since the last update?")
    words.fill("Typed in the second tab")
    end_its_session(lucy)
    lucy.page.reload()
    expect_nothing_of_the_plan(lucy.page)
    use_and_wait(second)
    assert kept(lucy) is None
    expect(words).to_have_value("Typed in the second tab")


def test_the_copy_is_as_old_as_the_last_contact(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/")
    before = lucy.page.evaluate("Date.now()")
    lucy.page.wait_for_timeout(500)
    lucy.keeps_a_copy()
    assert lucy.page.evaluate("JSON.parse(localStorage.getItem('kept-plan')).at") <= before


@pytest.mark.parametrize(("moved", "opens"), [(-2.9 * DAY, True), (-3 * DAY, False), (DAY, False)])
def test_it_opens_offline_for_three_days(window: Windows, moved: float, opens: bool) -> None:
    """Nor does a clock that was put back make them longer."""
    lucy = window(LUCY)
    lucy.open("/")
    use(lucy)
    lucy.keeps_a_copy()
    lucy.page.evaluate(AGE, moved)
    lucy.announce(AWAY)
    lucy.context.set_offline(True)
    lucy.page.reload()
    lucy.ready()
    expect(lucy.page.locator(".objective")).to_have_count(6 if opens else 0)
    assert bool(kept(lucy)) is opens


def test_the_copy_of_somebody_else_is_never_shown(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.open("/")
    lucy.keeps_a_copy()
    put_cookies(lucy.context, lucy.page, site.cookies_of(ROBERT))
    lucy.cut("**/api/v1/plans/*")
    lucy.page.reload()
    expect(lucy.page.get_by_role("heading", level=1)).to_have_text("The plan could not be opened")
    expect(lucy.page.locator("body")).not_to_contain_text("Goodfellow")
    assert kept(lucy) is None
