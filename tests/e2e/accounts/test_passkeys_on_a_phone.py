"""A passkey on a phone, by Chromium's virtual authenticator: added, signed in with, confirmed with; and ending another session."""

import re
from dataclasses import replace

from playwright.sync_api import expect

from tests.e2e.axe import sideways, violations
from tests.e2e.conftest import Windows
from tests.e2e.site import LUCY, Person, Site
from tests.e2e.visit import PHONE, Visit

OPTIONS = "**/api/v1/me/passkeys/options"


def with_authenticator(visit: Visit) -> None:
    """A device that verifies its person by itself and keeps passkeys."""
    cdp = visit.context.new_cdp_session(visit.page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def is_in_order(visit: Visit) -> None:
    assert violations(visit.page) == []
    assert sideways(visit.page) <= 0


def another_device(site: Site) -> Person:
    """Lucy's own session at the API, which no other test shares."""
    body = {"email": site.email_of(LUCY), "password": site.password_of(LUCY)}
    headers = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"}
    answer = site.http.post("/api/v1/auth/sign-in", json=body, headers=headers).raise_for_status()
    return Person(site, LUCY, answer.json()["access_token"])


def test_a_passkey_from_adding_it_to_ending_another_session(window: Windows, site: Site) -> None:
    lucy = window(size=PHONE)
    # Browsers make passkeys for a name, not for an address that is a number.
    lucy.site = replace(site, url=site.url.replace("127.0.0.1", "localhost"))
    page = lucy.page
    lucy.announce("status of 401", "status of 403")
    with_authenticator(lucy)
    before = another_device(site)
    lucy.open("/sign-in")
    is_in_order(lucy)
    lucy.sign_in(LUCY)
    expect(page).to_have_url(re.compile("/my$"))

    # Added, after confirming by password who it is: cancelled first, then wrong, then right.
    lucy.open("/account/security")
    titles = lucy.page.get_by_role("heading", level=2)
    expect(titles.filter(has_text="Passkeys")).to_be_visible()
    # The easy way first.
    assert titles.all_text_contents() == ["Password", "Passkeys", "Authenticator app"]
    page.get_by_label("Name of the new passkey").fill("My phone")
    lucy.answer(OPTIONS, 403, "confirmation-needed", times=2)
    page.get_by_role("button", name="Add a passkey").click()
    dialog = page.get_by_role("dialog", name="Confirm that it is you")
    expect(page.get_by_label("Password for Lucy Goodfellow")).to_be_focused()
    is_in_order(lucy)
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_label("Name of the new passkey")).to_have_value("My phone")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("Password for Lucy Goodfellow").fill("not this one")
    page.keyboard.press("Enter")
    expect(page.locator("#confirm-password-wrong")).to_contain_text("This password does not count.")
    page.get_by_label("Password for Lucy Goodfellow").fill(site.password_of(LUCY))
    page.keyboard.press("Enter")
    expect(lucy.notice).to_have_text("Passkey My phone is added")
    expect(page.get_by_text("not used yet")).to_be_visible()
    is_in_order(lucy)
    assert before.send("GET", "/me").status_code == 401, "a session from before the first factor lives on"
    elsewhere = another_device(site)

    # Signed in with, in one step.
    lucy.open("/account")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile("/my$"))

    # Another session ended, from the list.
    assert elsewhere.send("GET", "/me").status_code == 200
    lucy.open("/account/sessions")
    here = page.get_by_role("listitem").filter(has_text="(this device)")
    expect(here).to_contain_text("Signed in by passkey")
    is_in_order(lucy)
    page.get_by_role("button", name=re.compile("^End Edge on Windows")).click()
    expect(lucy.notice).to_have_text("Edge on Windows is signed out")
    assert elsewhere.send("GET", "/me").status_code == 401

    # Confirmed with, and removed.
    lucy.open("/account/security")
    lucy.answer("**/api/v1/me/passkeys/*", 403, "confirmation-needed", times=1)
    page.get_by_role("button", name="Remove My phone").click()
    dialog.get_by_role("button", name="Use a passkey").click()
    expect(lucy.notice).to_contain_text("Passkey My phone is removed")
    expect(page.get_by_role("button", name="Remove My phone")).to_have_count(0)
