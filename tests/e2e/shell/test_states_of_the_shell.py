"""States that come and go: opening, a page that does not arrive, storage refused, answers that are none, two tabs (DESIGN 5, 9)."""

import re

from playwright.sync_api import Route, expect

from tests.e2e.axe import every_width
from tests.e2e.conftest import Windows
from tests.e2e.site import GORDON, LUCY, PIPPA, Site
from tests.e2e.updates.test_posting import POSTS
from tests.e2e.updates.test_writing import REFUSE_STORAGE
from tests.e2e.visit import PHONE, first_of, hold

PORTAL = "<!doctype html><title>Sign in to the guest network</title>"


def test_while_the_plan_opens_there_are_grey_blocks_and_words_for_a_screen_reader(window: Windows) -> None:
    held: list[Route] = []
    lucy = window(LUCY, size=PHONE)
    lucy.page.route("**/api/v1/me", hold(held))
    lucy.page.goto(lucy.site.url)
    expect(lucy.page.locator(".ghosts")).to_be_visible()
    expect(lucy.page.get_by_role("status").filter(has_text="Opening the plan…")).to_have_count(1)
    every_width(lucy)
    first_of(held, lucy.page).continue_()
    lucy.ready()


def test_the_meanings_of_short_forms_wait_for_the_network(window: Windows) -> None:
    held: list[Route] = []
    lucy = window(LUCY)
    lucy.page.route("**/api/v1/plans/*", hold(held))
    with lucy.page.expect_request("**/api/v1/plans/*"):
        lucy.page.goto(lucy.site.url)
    lucy.page.wait_for_function(
        "performance.getEntriesByName(new URL('pages/overview.js', document.scripts[0].src)).length"
    )
    plan = first_of(held, lucy.page).fetch()
    lucy.context.set_offline(True)
    held[0].fulfill(response=plan)
    lucy.ready()
    lucy.page.wait_for_timeout(3000)  # it would have been asked for by now
    assert not [one.url for one in lucy.asked if "abbreviations" in one.url]
    lucy.context.set_offline(False)
    expect(lucy.page.get_by_role("button", name="NELFT").first).to_be_visible()


def test_before_any_script_the_page_says_what_it_does(window: Windows) -> None:
    lucy = window(LUCY, size=PHONE)
    lucy.cut("**/js/main.js")
    lucy.page.goto(lucy.site.url)
    expect(lucy.page.get_by_role("heading", level=1)).to_have_text("Opening the plan…")
    every_width(lucy)


def test_a_page_whose_files_do_not_arrive_can_be_asked_for_again(window: Windows) -> None:
    lucy = window(LUCY, size=PHONE)
    lucy.cut("**/js/pages/report.js")
    lucy.open("/")
    lucy.page.get_by_role("navigation", name="Main").get_by_role("link", name="Report").click()
    expect(lucy.page.get_by_role("heading", level=1)).to_have_text("This page could not be opened")
    every_width(lucy)
    lucy.mend()
    lucy.page.get_by_role("button", name="Try again").click()
    expect(lucy.page.locator("table").first).to_be_visible()


def test_a_browser_that_keeps_nothing_says_so_at_every_width(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.page.add_init_script(REFUSE_STORAGE)
    lucy.open("/actions/1.8")
    lucy.words.fill("Nowhere to keep this")
    expect(lucy.page.locator(".draft-line")).to_contain_text("Post before you leave this page.")
    every_width(lucy)


def test_a_lost_answer_is_shown_beside_the_later_words(window: Windows) -> None:
    pippa = window(PIPPA, size=PHONE)
    pippa.announce("net::ERR_FAILED", "status of 422", "status of 412")
    pippa.open("/actions/1.6")
    pippa.lose(POSTS, "POST")
    pippa.write("As first written")
    pippa.post_button.click()
    expect(pippa.box).to_be_visible()
    pippa.words.fill("As first written, and more")
    pippa.post_button.click()
    expect(pippa.box).to_contain_text("Your update did reach the server.")
    every_width(pippa)


def test_the_sign_in_page_of_a_guest_network_is_no_answer(window: Windows, site: Site) -> None:
    pippa = window(PIPPA)
    pippa.open("/actions/1.4")

    def portal(route: Route) -> None:
        route.fulfill(status=200, body=PORTAL, content_type="text/html")

    pippa.page.route(POSTS, portal)
    pippa.write("From the train")
    pippa.post_button.click()
    expect(pippa.box).to_contain_text("The update did not reach the server.")
    expect(pippa.words).to_have_value("From the train")
    assert site.as_(PIPPA).texts_on("1.4") == []


def test_a_double_click_does_nothing_twice(window: Windows, site: Site) -> None:
    gordon = window(GORDON, cookies=site.own_cookies_of(GORDON))
    gordon.open("/account")
    gordon.page.get_by_role("button", name="Sign out").dblclick()
    expect(gordon.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert len([one for one in gordon.asked if one.url.endswith("/auth/sign-out")]) == 1


def test_words_of_two_tabs_between_which_nobody_chose_are_both_kept(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.open("/actions/3.5")
    lucy.words.fill("From the first tab")
    second = lucy.context.new_page()
    lucy.watch(second)
    second.goto(f"{site.url}/actions/3.5")
    second.get_by_label("What has happened since the last update?").fill("From the second tab")
    expect(lucy.box).to_contain_text("This draft was changed in another tab.")
    second.close()
    lucy.page.get_by_role("link", name="Overview").first.click()
    expect(lucy.page.locator(".objective")).to_have_count(6)
    lucy.page.go_back()
    expect(lucy.words).to_have_value(re.compile(r"From the second tab\s+From the first tab"))


def test_keeping_ones_own_words_keeps_them(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.open("/actions/6.3")
    lucy.words.fill("Mine")
    second = lucy.context.new_page()
    lucy.watch(second)
    second.goto(f"{site.url}/actions/6.3")
    second.get_by_label("What has happened since the last update?").fill("Of the other tab")
    lucy.page.get_by_role("button", name="Keep mine").click()
    expect(lucy.box).to_have_count(0)
    lucy.page.reload()
    expect(lucy.words).to_have_value("Mine")
