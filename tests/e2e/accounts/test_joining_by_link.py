"""Joining: an invitation on a phone, a forgotten password, a new address, and what the business manager does with accounts."""

import re
import time
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.access.test_keyboard import tab_to
from tests.e2e.axe import every_width, sideways, violations
from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, GLORIA, Site
from tests.e2e.visit import DESK, PHONE, Visit
from tests.letters import text_of, token_in

NAME = "Robert South"
OTHER_NAME = "Robert S."
NEW = "four words nobody joins"
OTHER = "other words nobody joins"


@pytest.fixture
def outbox(site: Site) -> Path:
    """Where this site's letters are."""
    return site.folder / "outbox"


def last_letter(outbox: Path, to: str) -> str:
    """The text of the newest letter to somebody."""
    files = sorted(outbox.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    letters = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]
    return next(text_of(letter) for letter in letters if letter["To"] == to)


def check_looks(visit: Visit) -> None:
    """Nothing for axe, nothing to scroll sideways."""
    assert violations(visit.page) == []
    assert sideways(visit.page) == 0


def as_admin(window: Windows, site: Site, size: tuple[int, int] = DESK) -> Visit:
    return window(BUSINESS_MANAGER, size, cookies=site.own_cookies_of(BUSINESS_MANAGER))


def test_somebody_is_invited_on_a_phone_and_lands_in_their_actions(window: Windows, site: Site) -> None:
    admin = as_admin(window, site, PHONE)
    admin.open("/admin/accounts")
    expect(admin.page.get_by_role("table", name="Accounts").get_by_role("row")).to_have_count(8)
    check_looks(admin)
    admin.page.get_by_role("link", name="Invite somebody").click()
    admin.page.get_by_role("button", name="Invite").click()
    expect(admin.page.get_by_role("group", name="There is a problem")).to_be_focused()
    check_looks(admin)
    who = admin.page.get_by_label("Who is it for?")
    assert NAME not in who.inner_text(), "has an account already"
    who.select_option(
        label=next(text for text in who.locator("option").all_inner_texts() if text.startswith("Trevor Cook"))
    )
    expect(admin.page.get_by_label("What may they do?")).to_have_value(re.compile("contributor|lead_officer"))
    admin.page.get_by_label("What may they do?").select_option("contributor")
    admin.announce("409")
    address = admin.page.get_by_label("E-mail address")
    address.fill(site.email_of(GLORIA))
    admin.page.get_by_role("button", name="Invite").click()
    expect(admin.page.get_by_role("link", name=re.compile("^There is an account with the address"))).to_be_visible()
    expect(address).to_have_attribute("aria-invalid", "true")
    address.fill("trevor.cook@example.org")
    admin.page.get_by_role("button", name="Invite").click()
    expect(admin.page.get_by_role("heading", name="Trevor Cook is invited")).to_be_visible()
    check_looks(admin)
    link = admin.page.get_by_role("textbox", name="Link").input_value()

    trevor = window(None, PHONE)
    trevor.page.goto(link)
    expect(trevor.page.get_by_role("heading", name="Welcome, Trevor Cook")).to_be_visible()
    assert "#" not in trevor.page.url
    check_looks(trevor)
    trevor.announce("422")
    password = trevor.page.get_by_label("New password")
    tab_to(trevor.page, password)
    trevor.page.keyboard.type("short")
    trevor.page.keyboard.press("Enter")
    expect(trevor.page.get_by_role("link", name="Make it longer: 12 characters or more")).to_be_visible()
    expect(trevor.page.get_by_role("group", name="There is a problem")).to_be_focused()
    password.fill("passwordpassword")
    trevor.page.keyboard.press("Enter")
    expect(trevor.page.get_by_role("link", name=re.compile("This password is easily guessed"))).to_be_visible()
    expect(password).to_have_value("passwordpassword")
    check_looks(trevor)
    password.fill(NEW)
    password.press("Enter")
    expect(trevor.page.get_by_role("heading", name=re.compile("^Trevor"))).to_be_visible()
    assert trevor.page.url.endswith("/my")

    again = window(None, PHONE)
    again.announce("410")
    again.page.goto(link)
    expect(again.page.get_by_role("heading", name="This link does not work any more")).to_be_visible()
    check_looks(again)


def test_a_forgotten_password_is_chosen_anew_from_a_letter(window: Windows, site: Site, outbox: Path) -> None:
    gloria = window(None, PHONE)
    gloria.open("/sign-in")
    check_looks(gloria)
    gloria.page.get_by_role("link", name="Forgotten your password?").click()
    expect(gloria.page.get_by_role("heading", name="Forgotten your password?")).to_be_focused()
    check_looks(gloria)
    gloria.page.get_by_label("E-mail address").fill(site.email_of(GLORIA))
    gloria.page.get_by_role("button", name="Send me a link").click()
    expect(gloria.page.get_by_role("heading", name="Look into your mailbox")).to_be_focused()
    letter = wait_for(outbox, site.email_of(GLORIA))
    assert f"{site.url}/reset#" in letter
    gloria.open(f"/reset#{token_in(letter)}")
    check_looks(gloria)
    gloria.page.get_by_label("New password").fill(OTHER)
    gloria.page.get_by_role("button", name="Change my password").click()
    expect(gloria.page.get_by_role("heading", name="Your password is changed")).to_be_focused()
    check_looks(gloria)
    site.accounts[GLORIA]["password"] = OTHER
    gloria.page.get_by_role("link", name="Sign in").click()
    gloria.sign_in(GLORIA)
    expect(gloria.page.get_by_role("heading", name=re.compile("^Gloria"))).to_be_visible()


def wait_for(outbox: Path, to: str) -> str:
    """The letter, which is written after the answer."""
    for _ in range(100):
        found = [path for path in outbox.glob("*.eml") if to.encode() in path.read_bytes()]
        if found:
            return last_letter(outbox, to)
        time.sleep(0.05)
    raise AssertionError(f"no letter to {to} in {outbox}")


def test_the_present_address_stops_a_change_with_one_button(window: Windows, site: Site, outbox: Path) -> None:
    gloria = window(GLORIA, PHONE, cookies=site.own_cookies_of(GLORIA))
    gloria.open("/account/email")
    gloria.page.get_by_label("New e-mail address").fill("somebody.else@example.org")
    gloria.page.get_by_role("button", name="Send a link to this address").click()
    wait_for(outbox, "somebody.else@example.org")
    owner = window(None, PHONE)
    owner.open(f"/stop#{token_in(wait_for(outbox, site.email_of(GLORIA)))}")
    expect(owner.page.get_by_role("heading", name="Stop the change of address?")).to_be_visible()
    assert "#" not in owner.page.url
    check_looks(owner)
    owner.page.get_by_role("button", name="Stop it and sign out everywhere").click()
    expect(owner.page.get_by_role("heading", name="The change is stopped")).to_be_focused()
    check_looks(owner)
    owner.page.get_by_role("link", name="Choose a new password").click()
    expect(owner.page.get_by_role("heading", name="Forgotten your password?")).to_be_visible()
    gloria.announce("401")
    gloria.open("/account")
    expect(gloria.page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_new_address_counts_once_it_is_confirmed(window: Windows, site: Site, outbox: Path) -> None:
    gloria = window(GLORIA, PHONE, cookies=site.own_cookies_of(GLORIA))
    gloria.open("/account/email")
    check_looks(gloria)
    gloria.page.get_by_label("New e-mail address").fill("gloria.new@example.org")
    gloria.page.get_by_role("button", name="Send a link to this address").click()
    expect(gloria.page.get_by_role("status").filter(has_text="gloria.new@example.org")).to_be_visible()
    letter = wait_for(outbox, "gloria.new@example.org")
    gloria.open(f"/email#{token_in(letter)}")
    check_looks(gloria)
    gloria.page.get_by_role("button", name="Use this address").click()
    expect(gloria.page.get_by_role("heading", name="Your e-mail address is changed")).to_be_focused()
    site.accounts[GLORIA]["email"] = "gloria.new@example.org"
    gloria.open("/account/email")
    expect(gloria.page.get_by_text("You sign in with gloria.new@example.org.")).to_be_visible()


def test_the_business_manager_sees_who_has_no_second_factor_yet(window: Windows, site: Site) -> None:
    admin = as_admin(window, site)
    admin.open("/admin/accounts")
    section = admin.page.get_by_role("region", name="Second factors")
    expect(section).to_contain_text(re.compile(r"\d+ of \d+ accounts that can sign in have no second factor yet"))
    check_looks(admin)
    section.get_by_role("link", name="Show who").click()
    expect(admin.page.get_by_label("Show", exact=True)).to_have_value("no_factor")
    expect(admin.page.get_by_role("table", name="Accounts").get_by_role("row").nth(1)).to_be_visible()
    with admin.page.expect_download() as kept:
        section.get_by_role("button", name="Download as CSV").click()
    assert "agency,name,email,role,needs_one,last_used_at" in kept.value.path().read_text("utf-8")
    admin.page.get_by_label("Show", exact=True).select_option("left")
    expect(admin.page.get_by_role("heading", name="No account matches")).to_be_visible()
    check_looks(admin)


def test_the_business_manager_changes_and_ends_an_account(window: Windows, site: Site) -> None:
    admin, robert = as_admin(window, site), window(NAME, cookies=site.own_cookies_of(NAME))
    robert.open("/")
    admin.open("/admin/accounts?q=robert")
    admin.page.get_by_role("table").get_by_role("link", name=NAME).click()
    expect(admin.page.get_by_role("heading", name=NAME)).to_be_focused()
    check_looks(admin)
    become_somebody_else(admin, site)
    robert.open("/account")
    expect(robert.page.get_by_role("definition").filter(has_text="Kate Dempsey")).to_be_visible()
    expect(robert.page.get_by_role("link", name=re.compile(f"^{OTHER_NAME}"))).to_be_visible()
    admin.page.get_by_label("What may they do?").select_option("contributor")
    admin.page.get_by_role("button", name="Save").click()
    # The name was changed back meanwhile: both changes stand.
    expect(admin.notice).to_have_text(f"{NAME} is saved")
    admin.page.get_by_text("Send a link to a new password").click()
    admin.page.get_by_role("button", name="Send the link").click()
    expect(admin.page.get_by_role("group", name="About the link")).to_be_focused()
    check_looks(admin)
    admin.page.get_by_text("End this account").click()
    admin.page.get_by_role("button", name="End the account").click()
    expect(admin.page.get_by_text("Open this account again")).to_be_visible()
    robert.announce("401")
    robert.page.reload()
    expect(robert.page.get_by_role("heading", name="Sign in")).to_be_visible()


def become_somebody_else(admin: Visit, site: Site) -> None:
    """Another person is chosen for the account that is open; somebody else gives it another name meanwhile."""
    admin.announce("409", "412")
    person, save = admin.page.get_by_label("In the plan as"), admin.page.get_by_role("button", name="Save")
    person.fill("Kate Dem")
    save.click()
    expect(admin.page.get_by_role("link", name="Choose somebody from the list, or leave it empty")).to_be_visible()
    person.fill("Jane Carroll")
    expect(admin.page.get_by_label("Name", exact=True)).to_have_value("Jane Carroll")
    save.click()
    expect(admin.page.get_by_role("link", name=re.compile("^Jane Carroll has an account already"))).to_be_visible()
    expect(person).to_have_attribute("aria-invalid", "true")
    every_width(admin)
    person.fill("")
    expect(admin.page.get_by_role("status").filter(has_text="is then nobody in the plan.")).to_be_visible()
    person.fill("Kate Dempsey")
    expect(admin.page.get_by_role("status").filter(has_text="is then Kate Dempsey in the plan")).to_be_visible()
    manager, path = site.as_(BUSINESS_MANAGER), f"/accounts/{admin.page.url.rsplit('/', 1)[1]}"
    etag = manager.send("GET", path).headers["ETag"]
    manager.send("PATCH", path, {"name": OTHER_NAME}, **{"If-Match": etag}).raise_for_status()
    save.click()
    expect(admin.page.get_by_role("group", name="About what you typed")).to_be_focused()
    expect(admin.page.get_by_text(f"Somebody else wrote meanwhile: {OTHER_NAME}")).to_be_visible()
    every_width(admin)
    admin.size(DESK)
    admin.page.get_by_label("Name", exact=True).fill(OTHER_NAME)
    save.click()
    expect(admin.notice).to_have_text(f"{OTHER_NAME} is saved")
    expect(person).to_have_value(re.compile("^Kate Dempsey"))
    shown = manager.get(path)
    assert (shown["name"], shown["person"]["name"]) == (OTHER_NAME, "Kate Dempsey")
    manager.send("PATCH", path, {"name": NAME}, **{"If-Match": "*"}).raise_for_status()


def test_the_last_business_manager_is_told_that_she_stays(window: Windows, site: Site) -> None:
    admin = as_admin(window, site, PHONE)
    admin.announce("409")
    admin.open("/admin/accounts?q=business")
    admin.page.get_by_role("table").get_by_role("link", name=BUSINESS_MANAGER).click()
    admin.page.get_by_label("What may they do?").select_option("viewer")
    save = admin.page.get_by_role("button", name="Save")
    tab_to(admin.page, save)
    admin.page.keyboard.press("Enter")
    told = "Nobody else can manage accounts. Make somebody else an administrator first."
    expect(admin.page.get_by_role("link", name=told)).to_be_visible()
    expect(admin.page.get_by_label("What may they do?")).to_have_value("viewer")
    check_looks(admin)
