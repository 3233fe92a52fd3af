"""What each screen says when something is missing: the server, the network, the session, the address (DESIGN 5)."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, LUCY, ROBERT, Site
from tests.e2e.visit import PHONE

PLAN_READS = "**/api/v1/plans/*"


def test_a_stranger_asks_how_to_sign_in_and_nothing_else(window: Windows) -> None:
    stranger = window()
    stranger.open("/")
    expect(stranger.page.get_by_role("heading", name="Sign in")).to_be_visible()
    asked = {urlsplit(request.url).path for request in stranger.asked}
    assert {path for path in asked if "/api/" in path} <= {"/api/v1/auth/methods"}


@pytest.mark.parametrize("address", ["/actions/3.6", "/actions?rating=R&due=past", "/report", "/my"])
def test_after_signing_in_the_address_asked_for_opens(window: Windows, site: Site, address: str) -> None:
    stranger = window()
    stranger.open(address)
    expect(stranger.page).to_have_url(re.compile(r"/sign-in\?next="))
    expect(stranger.page.get_by_text("Sign in to open the page you asked for.")).to_be_visible()
    stranger.sign_in(LUCY)
    expect(stranger.page).to_have_url(site.url + address)
    expect(stranger.page.get_by_role("heading", name="Sign in")).to_have_count(0)


@pytest.mark.parametrize("next_", ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example"])
def test_a_crafted_link_sends_nobody_elsewhere_after_signing_in(window: Windows, site: Site, next_: str) -> None:
    stranger = window()
    stranger.open(f"/sign-in?next={next_}")
    stranger.sign_in(ROBERT)
    expect(stranger.page).to_have_url(f"{site.url}/")


@pytest.mark.parametrize(
    "next_",
    ["/sign-in", "/p/havering-2020-23/sign-in/?next=/sign-in", "/%09/%5B", "/reset%23" + "x" * 43, "/api/v1/me"],
)
def test_nor_does_it_leave_anybody_where_they_were(window: Windows, site: Site, next_: str) -> None:
    stranger = window()
    stranger.open(f"/sign-in?next={next_}")
    stranger.sign_in(LUCY)
    expect(stranger.page).to_have_url(f"{site.url}/my")
    expect(stranger.page.get_by_role("heading", name="Sign in")).to_have_count(0)


def test_from_a_plan_that_is_not_there_a_link_leads_to_one_that_is(window: Windows, site: Site) -> None:
    stranger = window()
    stranger.announce("status of 404")
    stranger.open("/sign-in?next=/p/nothing/")
    stranger.sign_in(LUCY)
    stranger.page.get_by_role("link", name="See your plan").click()
    expect(stranger.page).to_have_url(f"{site.url}/")
    expect(stranger.page.get_by_role("banner")).to_contain_text("Business Plan, 2020-23")
    expect(stranger.page.get_by_role("heading", name="There is no plan here yet")).to_have_count(0)


def test_a_wrong_password_is_said_in_words(window: Windows) -> None:
    stranger = window()
    stranger.announce("status of 401")
    stranger.open("/sign-in")
    stranger.page.get_by_label("E-mail address").fill("lucy.goodfellow@example.org")
    stranger.page.get_by_label("Password", exact=True).fill("guessed")
    stranger.page.get_by_role("button", name="Sign in").click()
    summary = stranger.page.get_by_role("group", name="There is a problem")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(re.compile("password", re.IGNORECASE))
    expect(stranger.page.get_by_label("E-mail address")).to_have_value("lucy.goodfellow@example.org")


def test_an_empty_sign_in_form_says_what_is_missing(window: Windows) -> None:
    stranger = window()
    stranger.open("/sign-in")
    stranger.page.get_by_role("button", name="Sign in").click()
    summary = stranger.page.get_by_role("group", name="There is a problem")
    expect(summary.get_by_role("link")).to_have_text(["Enter your e-mail address", "Enter your password"])
    summary.get_by_role("link", name="Enter your password").click()
    expect(stranger.page.get_by_label("Password", exact=True)).to_be_focused()


def test_the_password_can_be_shown(window: Windows) -> None:
    stranger = window()
    stranger.open("/sign-in")
    field = stranger.page.get_by_label("Password", exact=True)
    expect(field).to_have_attribute("type", "password")
    stranger.page.get_by_label("Show password").check()
    expect(field).to_have_attribute("type", "text")


def test_the_accessibility_statement_is_open_to_everybody(window: Windows) -> None:
    stranger = window()
    stranger.open("/accessibility")
    expect(stranger.page.get_by_role("heading", name="Help and accessibility")).to_be_visible()
    assert not [request.url for request in stranger.asked if "/api/" in request.url]


def test_when_the_server_is_away_the_plan_is_shown_as_last_seen(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/")
    lucy.keeps_a_copy()
    lucy.cut()
    lucy.page.reload()
    strip = lucy.page.locator(".state-strip")
    expect(strip).to_contain_text(
        re.compile(r"The server is not answering\. This is the plan as\s+you last saw it \(\d+ \w+ \d{4}\)\.")
    )
    expect(lucy.page.locator(".objective")).to_have_count(6)
    lucy.mend()
    lucy.page.get_by_role("button", name="Try again").click()
    expect(strip).to_have_count(0)


def test_when_the_server_is_away_and_no_copy_is_kept_it_is_said_and_can_be_tried_again(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.cut()
    lucy.open("/")
    expect(lucy.page.get_by_role("heading", name="The plan could not be opened")).to_be_visible()
    expect(lucy.page.get_by_text("The server did not answer. Nothing you have written is lost.")).to_be_visible()
    lucy.mend()
    lucy.page.get_by_role("button", name="Try again").click()
    expect(lucy.page.locator(".objective")).to_have_count(6)


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_that_fails_is_as_one_that_does_not_answer(window: Windows, status: int) -> None:
    lucy = window(LUCY)
    lucy.announce(f"status of {status}")
    lucy.answer(PLAN_READS, status, "internal", reads=True)
    lucy.open("/")
    expect(lucy.page.get_by_role("heading", name="The plan could not be opened")).to_be_visible()


def test_offline_the_plan_can_still_be_read_from_page_to_page(window: Windows) -> None:
    lucy = window(LUCY, size=PHONE)
    lucy.open("/")
    lucy.page.keyboard.press("Tab")
    lucy.page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")
    lucy.context.set_offline(True)
    expect(lucy.page.locator(".state-strip")).to_contain_text("You are offline.")
    lucy.announce("net::ERR_INTERNET_DISCONNECTED")
    for name, heading in (("Actions", "Actions"), ("My actions", "Lucy"), ("Overview", "Business Plan")):
        lucy.page.get_by_role("navigation", name="Main").get_by_role("link", name=re.compile(f"^{name}")).click()
        expect(lucy.page.get_by_role("heading", level=1)).to_contain_text(heading)
    lucy.context.set_offline(False)
    expect(lucy.page.locator(".state-strip")).to_have_count(0)


def test_an_action_that_is_not_in_the_plan_is_said_so(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions/3.9")
    expect(lucy.page.get_by_role("heading", level=1)).to_have_text("There is no action 3.9 in this plan")
    lucy.page.get_by_role("link", name="See all actions").click()
    expect(lucy.page.locator(".cell-number")).to_have_count(42)


@pytest.mark.parametrize(
    ("who", "path", "said"),
    [
        (LUCY, "/nowhere", "There is no page at this address"),
        (LUCY, "/constructor", "There is no page at this address"),
        (LUCY, "/p/havering-2020-23/constructor", "There is no page at this address"),
        (LUCY, "/p/%ZZ/actions", "There is no page at this address"),
        (LUCY, "/actions/%E0%A4%A", "There is no page at this address"),
        (LUCY, "/account/constructor", "There is no such page"),
        (BUSINESS_MANAGER, "/admin/constructor", "There is no such page"),
        (BUSINESS_MANAGER, "/admin/toString", "There is no such page"),
        (BUSINESS_MANAGER, "/admin/people/x/constructor", "There is no such page"),
    ],
)
def test_an_unknown_address_is_said_so(window: Windows, who: str, path: str, said: str) -> None:
    visit = window(who)
    visit.open(path)
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(said)


def test_an_unknown_plan_is_said_so(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.announce("status of 404")
    lucy.open("/p/nothing-2030")
    expect(lucy.page.get_by_text("No plan has the name “nothing-2030”.")).to_be_visible()


def test_a_plan_can_be_named_in_the_address(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.open("/p/havering-2020-23/actions/3.6")
    expect(lucy.page.get_by_role("heading", level=1)).to_contain_text("Action 3.6")
    lucy.page.get_by_role("link", name="Overview").first.click()
    expect(lucy.page).to_have_url(f"{site.url}/p/havering-2020-23/")


def test_when_the_timeline_does_not_load_the_form_still_works(window: Windows, site: Site) -> None:
    site.as_(LUCY).post("1.8", "The last thing said", "G")
    lucy = window(LUCY)
    lucy.cut("**/api/v1/actions/*")
    lucy.open("/actions/1.8")
    progress = lucy.page.get_by_role("region", name="Progress")
    expect(progress).to_contain_text("The timeline could not be loaded.")
    expect(progress).to_contain_text("The last thing said")
    lucy.write("Posted blind")
    lucy.mend()
    lucy.post_button.click()
    lucy.expect_posted("1.8")
    assert site.as_(LUCY).texts_on("1.8")[0] == "Posted blind"


def test_the_timeline_can_be_loaded_again(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.cut("**/api/v1/actions/*")
    lucy.open("/actions/3.4")
    lucy.mend()
    lucy.page.get_by_role("button", name="Try again").click()
    expect(lucy.timeline.last).to_have_text("September 2020: the plan starts")


def test_somebody_whom_no_action_names_is_told_so(window: Windows) -> None:
    robert = window(ROBERT)
    robert.open("/my")
    expect(robert.page.get_by_text("No action names you yet.")).to_be_visible()
    expect(robert.page.get_by_role("link", name="See all 42 actions")).to_be_visible()


def test_my_actions_says_what_is_owed_and_the_menu_says_the_same(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/my")
    heading = lucy.page.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile(r"^Lucy, \d+ actions? needs? an update$"))
    owed = re.findall(r"\d+", heading.inner_text())[0]
    expect(lucy.page.get_by_role("link", name=re.compile(rf"^My actions\s+{owed} need an update$"))).to_be_visible()
    expect(lucy.page.locator("section", has_text="Update now").locator(".card")).to_have_count(int(owed))
