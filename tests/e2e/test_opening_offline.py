"""The service worker: the page opens without a network or a server, with the drafts and the plan last seen (DESIGN 9)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Windows
from tests.e2e.site import LUCY, ROBERT, Site, free_port, running_site
from tests.e2e.visit import PHONE, Visit, visiting

CONTROLLED = "() => navigator.serviceWorker.controller?.state === 'activated'"
AWAY = r"net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|FAILED)"
STRIP = "You are offline. You can read the plan and write updates; they are kept on this device until you can post them."


def use(visit: Visit) -> None:
    """Begin to use the page, and wait until it is kept."""
    visit.page.keyboard.press("Shift")
    visit.page.wait_for_function(CONTROLLED)


def kept_addresses(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
             (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"""
    )
    return found


def test_only_who_uses_the_page_keeps_it(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/")
    lucy.page.wait_for_load_state("networkidle")
    assert lucy.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    use(lucy)
    assert lucy.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 1


def test_offline_a_reload_opens_the_page_with_the_draft_and_the_plan(window: Windows) -> None:
    lucy = window(LUCY, size=PHONE)
    lucy.open("/actions/3.4")
    use(lucy)
    lucy.write("Written in the tunnel")
    lucy.announce(AWAY)
    lucy.context.set_offline(True)
    lucy.page.reload()
    lucy.ready()
    expect(lucy.page.locator(".state-strip")).to_have_text(STRIP)
    expect(lucy.words).to_have_value("Written in the tunnel")
    assert violations(lucy.page) == []
    for place, heading in (("/", "Business Plan"), ("/my", "Lucy"), ("/report", ""), ("/account", LUCY), ("/nowhere", "no page")):
        lucy.page.goto(lucy.site.url + place)
        lucy.ready()
        expect(lucy.page.get_by_role("heading", level=1)).to_contain_text(heading)
    lucy.context.set_offline(False)
    lucy.page.goto(f"{lucy.site.url}/actions/3.4")
    expect(lucy.words).to_have_value("Written in the tunnel")
    lucy.post_button.click()
    lucy.expect_posted("3.4")


def test_nothing_of_anybodys_data_is_in_its_store(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions/3.4")
    use(lucy)
    for place in ("/", "/my", "/account"):
        lucy.open(place)
    kept = kept_addresses(lucy.page)
    assert len(kept) > 30
    assert [path for path in kept if path != "/" and not path.startswith("/assets/")] == []
    bodies = lucy.page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) => {
             const cache = await caches.open(name);
             return (await Promise.all((await cache.keys()).map(async (one) => (await cache.match(one)).text()))).join(' ');
           }))).join(' ')"""
    )
    assert "Goodfellow" not in bodies


def test_signing_out_takes_the_kept_plan_away(window: Windows, site: Site) -> None:
    robert = window(ROBERT, cookies=site.own_cookies_of(ROBERT))
    robert.open("/account")
    use(robert)
    assert robert.page.evaluate("localStorage.getItem('kept-plan')")
    robert.page.get_by_role("button", name="Sign out", exact=True).click()
    expect(robert.page).to_have_url(re.compile("/sign-in"))
    assert robert.page.evaluate("Object.keys(localStorage)") == []


def test_a_slow_server_does_not_keep_anybody_waiting(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/")
    use(lucy)
    lucy.announce(AWAY)
    lucy.context.route(lambda url: url == f"{lucy.site.url}/my", lambda route: None)
    lucy.page.goto(f"{lucy.site.url}/my", wait_until="commit")
    expect(lucy.page.get_by_role("heading", level=1)).to_contain_text("Lucy")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data"


def test_with_the_server_gone_the_page_opens_with_the_plan_last_seen(browser: Browser, folder: Path) -> None:
    port = free_port()
    with running_site(folder, port) as site, visiting(browser, site, LUCY, PHONE) as lucy:
        lucy.announce(AWAY)
        lucy.open("/actions/1.8")
        use(lucy)
        lucy.write("Before the server went")
        site.process.kill()
        site.process.wait(20)
        lucy.page.reload()
        lucy.ready()
        expect(lucy.page.locator(".state-strip")).to_contain_text("The server is not answering.")
        expect(lucy.words).to_have_value("Before the server went")
        lucy.page.goto(f"{site.url}/")
        expect(lucy.page.locator(".objective")).to_have_count(6)
        assert lucy.unannounced() == []
