"""Signing in through an agency's directory, as somebody does it: there, back, and on to the page they wanted."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e import axe
from tests.e2e.conftest import Windows
from tests.e2e.site import LUCY, Site, free_port, running_site
from tests.e2e.visit import DESK, PHONE, Visit
from tests.provider import Provider, running_provider

NAME = "Havering Council"
LINK = f"Sign in with {NAME}"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as found:
        yield found


@pytest.fixture(scope="module")
def site(data_folder: Path, provider: Provider) -> Iterator[Site]:
    """A server of an agency that has a directory. The provider's page is on another site: localhost is not 127.0.0.1."""
    port, directory = free_port(), provider.settings
    settings = {
        "PUBLIC_URL": f"http://localhost:{port}",
        "OIDC_ISSUER": directory.issuer,
        "OIDC_CLIENT_ID": directory.client_id,
        "OIDC_CLIENT_SECRET": directory.client_secret,
        "OIDC_NAME": directory.name,
    }
    with running_site(data_folder, port, **settings) as found:
        found.url = settings["PUBLIC_URL"]
        provider.knows("lucy-at-the-council", found.email_of(LUCY))
        yield found


def at_the_directory(visit: Visit, sub: str) -> None:
    """On the provider's own page, which has no icon."""
    visit.announce("favicon")
    visit.page.wait_for_url(re.compile(r"127\.0\.0\.1.*/oauth2/authorize"))
    visit.page.locator("input[name=sub]").fill(sub)
    visit.page.locator("button, input[type=submit]").first.click()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_lucy_comes_back_to_the_page_she_wanted_and_posts(window: Windows, site: Site, size: tuple[int, int]) -> None:
    visit = window(size=size)
    visit.open("/sign-in?next=%2Factions%2F3.4")
    assert axe.violations(visit.page) == []
    link = visit.page.get_by_role("link", name=LINK)
    box = link.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    link.focus()
    visit.page.keyboard.press("Enter")
    at_the_directory(visit, "lucy-at-the-council")
    expect(visit.page.locator("h1")).to_be_visible()
    assert visit.page.url == f"{site.url}/actions/3.4"
    # The strict cookies came with an answer to another site's redirect: the page's own requests send them.
    visit.write(f"Signed in through the council at {size[0]}")
    visit.post_button.click()
    visit.expect_posted("3.4")
    cookies = {each["name"]: each for each in visit.context.cookies()}
    assert {name for name in cookies if "localhost" in cookies[name]["domain"]} == {
        "__Host-access",
        "__Host-refresh",
        "__Host-csrf",
    }
    assert {cookies[name]["sameSite"] for name in cookies if name.startswith("__Host-")} == {"Strict"}


def test_who_has_no_account_is_told_that_it_did_not_work_and_no_more(window: Windows, site: Site) -> None:
    visit = window(size=PHONE)
    visit.open("/sign-in")
    visit.page.get_by_role("link", name=LINK).click()
    at_the_directory(visit, "nobody-here")
    said = visit.page.get_by_role("alert")
    expect(said).to_contain_text(f"Signing in through {NAME} did not work")
    assert visit.page.url == f"{site.url}/sign-in?problem=directory"
    assert axe.violations(visit.page) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(visit.page.get_by_label("E-mail address")).to_be_visible()
