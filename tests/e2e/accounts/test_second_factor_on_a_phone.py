"""A role that needs a second factor: led to setting it up, then asked for its code, on a phone and by keyboard (API 8.7)."""

import time
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import expect

from tests.e2e.access.test_keyboard import tab_to
from tests.e2e.accounts.test_joining_by_link import wait_for
from tests.e2e.axe import sideways, violations
from tests.e2e.conftest import Windows
from tests.e2e.past import age_passwords
from tests.e2e.site import JANE, LUCY, PIPPA, Site, running_site
from tests.e2e.visit import PHONE, Visit
from tests.letters import token_in


@pytest.fixture(scope="module")
def site(data_folder: Path) -> Iterator[Site]:
    """A server that requires a second factor of lead officers."""
    with running_site(data_folder, SECOND_FACTOR_ROLES="lead_officer") as found:
        yield found


def is_in_order(visit: Visit) -> None:
    assert violations(visit.page) == []
    assert sideways(visit.page) <= 0


def sign_out(visit: Visit) -> None:
    visit.open("/account")
    visit.page.get_by_role("button", name="Sign out").click()
    expect(visit.page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_lead_officer_sets_up_an_app_and_signs_in_with_it(window: Windows) -> None:
    jane = window(size=PHONE)
    page = jane.page
    jane.announce("status of 401", "status of 403", "status of 409", "status of 422")
    jane.open("/my")
    jane.sign_in(JANE)

    # Led straight to the set-up page, which says why; nothing else opens.
    expect(page.get_by_role("heading", name="Set up a second factor to go on")).to_be_visible()
    expect(page.get_by_role("note")).to_contain_text("Your role (lead officer) needs more than a password")
    is_in_order(jane)
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_role("heading", name="Set up a second factor to go on")).to_be_visible()

    # The app: QR code drawn, secret to type, a wrong code said at its field, then the right one.
    page.get_by_role("button", name="Set up an app").click()
    expect(page.get_by_role("heading", name="Set up your app")).to_be_focused()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    is_in_order(jane)
    totp = pyotp.TOTP((page.locator("#totp-secret").text_content() or "").replace(" ", ""))
    code = page.get_by_label("Code that the app shows now")
    code.fill("000000")
    page.get_by_role("button", name="Confirm the app").click()
    expect(page.locator("#totp-code-wrong")).to_contain_text("This code does not fit.")
    code.fill(totp.now())
    page.keyboard.press("Enter")

    # The recovery codes, once.
    expect(page.get_by_role("heading", name="Keep these recovery codes now")).to_be_focused()
    codes = page.locator(".codes li").all_text_contents()
    assert len(set(codes)) == 10
    is_in_order(jane)
    with page.expect_download() as kept:
        page.get_by_role("button", name="Download as text").click()
    assert codes[9] in kept.value.path().read_text("utf-8")
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("You have 10 codes left.")).to_be_visible()
    expect(page.get_by_role("heading", name="Set up a second factor to go on")).to_have_count(0)
    jane.open("/")
    expect(page.get_by_role("heading", name="Objectives")).to_be_visible()

    # Signing in wants the code; a wrong one keeps what was typed; the last factor stays.
    sign_out(jane)
    jane.open("/sign-in")
    jane.sign_in(JANE)
    code = page.get_by_label("Code from your authenticator app")
    expect(code).to_be_focused()
    expect(code).to_have_attribute("inputmode", "numeric")
    is_in_order(jane)
    page.keyboard.type("123456")
    page.keyboard.press("Enter")
    expect(page.locator("#code-wrong")).to_contain_text("That code does not count")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Password", exact=True)).to_have_value(jane.site.password_of(JANE))
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    code.fill(totp.at(int(time.time()), counter_offset=1))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Jane")).to_be_visible()  # on My actions, where her work is
    jane.open("/account/security")
    page.get_by_role("button", name="Remove the app").click()
    expect(page.get_by_role("alert").filter(has_text="this is the only one you have")).to_be_visible()

    # A recovery code, once; also in the dialog over words that were not posted yet.
    # The keys alone do it.
    sign_out(jane)
    jane.open("/sign-in")
    tab_to(page, page.get_by_label("E-mail address"))
    page.keyboard.type(jane.site.email_of(JANE))
    page.keyboard.press("Tab")
    page.keyboard.type(jane.site.password_of(JANE))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code from your authenticator app")).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Use a recovery code instead"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Recovery code")).to_be_focused()
    page.keyboard.type(codes[0].lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Jane")).to_be_visible()
    jane.open("/actions/3.5")
    jane.write("Written for an hour")
    jane.context.clear_cookies()
    jane.post_button.click()
    page.get_by_label("Password for Jane Carroll").fill(jane.site.password_of(JANE))
    page.get_by_role("button", name="Sign in and post").click()
    expect(page.get_by_label("Code from your authenticator app, or a recovery code")).to_be_focused()
    page.keyboard.type(codes[0])
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Check the code")
    page.get_by_label("Code from your authenticator app, or a recovery code").fill(codes[1])
    page.keyboard.press("Enter")
    jane.expect_posted("3.5")


def test_the_first_factor_of_an_old_password_begins_with_a_link_in_the_mailbox(window: Windows, site: Site) -> None:
    age_passwords(site)
    pippa = window(size=PHONE)
    page = pippa.page
    pippa.announce("status of 401", "status of 403")
    pippa.open("/my")
    pippa.sign_in(PIPPA)
    expect(page.get_by_role("heading", name="First, open a link in your mailbox")).to_be_visible()
    expect(page.get_by_role("button", name="Set up an app")).to_have_count(0)
    is_in_order(pippa)
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_text("A letter is on its way to your mailbox.")).to_be_visible()
    is_in_order(pippa)
    token = token_in(wait_for(site.folder / "outbox", site.email_of(PIPPA)))

    # In another browser it opens nothing, and is not used up.
    other = window(size=PHONE)
    other.announce("status of 401")
    other.page.goto(f"{site.url}/factor#{token}")
    other.page.get_by_role("button", name="Go on").click()
    expect(other.page.get_by_role("heading", name="Sign in here first")).to_be_focused()
    is_in_order(other)

    pippa.open(f"/factor#{token}")
    expect(page.get_by_role("heading", name="Go on with setting up your second factor")).to_be_visible()
    is_in_order(pippa)
    page.get_by_role("button", name="Go on").click()
    # Browsers make no passkeys for an address of numbers, so the app comes first there.
    expect(page.get_by_role("button", name="Set up an app")).to_be_visible()
    titles = page.get_by_role("heading", level=2).all_text_contents()
    assert titles.index("Authenticator app") < titles.index("Passkeys")
    is_in_order(pippa)
    page.get_by_role("button", name="Set up an app").click()
    expect(page.get_by_role("heading", name="Set up your app")).to_be_focused()


def test_a_contributor_changes_the_password_and_sees_what_is_wrong_with_one(window: Windows, site: Site) -> None:
    lucy = window(LUCY, size=PHONE, cookies=site.own_cookies_of(LUCY))
    lucy.announce("status of 422")
    page, present = lucy.page, site.password_of(LUCY)
    lucy.open("/account")
    page.get_by_role("link", name="Password and sign-in").click()
    expect(page.get_by_role("heading", name="Password and sign-in")).to_be_focused()
    page.get_by_label("Present password").fill("not this one")
    page.get_by_label("New password").fill("seven herons knitting sandwiches")
    page.keyboard.press("Enter")
    expect(page.locator("#current-wrong")).to_have_text("This is not your present password.")
    page.get_by_label("Present password").fill(present)
    page.get_by_label("New password").fill("lucy goodfellow")
    page.keyboard.press("Enter")
    expect(page.locator("#new-wrong")).to_contain_text("easily guessed")
    page.get_by_label("New password").fill("seven herons knitting sandwiches")
    page.keyboard.press("Enter")
    expect(lucy.notice).to_contain_text("Your password is changed.")
    expect(page.get_by_label("Present password")).to_have_value("")
    is_in_order(lucy)
