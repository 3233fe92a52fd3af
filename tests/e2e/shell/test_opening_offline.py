"""The service worker: the page opens without a network or a server, with the drafts and the plan last seen (DESIGN 9)."""

import re
import shutil
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Windows
from tests.e2e.site import LUCY, ROBERT, ROOT, Site, copied, free_port, running_site
from tests.e2e.visit import PHONE, Visit, visiting

CONTROLLED = "() => navigator.serviceWorker.controller?.state === 'activated'"
AWAY = r"net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|FAILED)"
OLD_FOOT, NEW_FOOT = "Help and accessibility", "Help, accessibility and news"
STRIP = (
    "You are offline. You can read the plan and write updates; they are kept on this device until you can post them."
)


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
    for place, heading in (
        ("/", "Business Plan"),
        ("/my", "Lucy"),
        ("/report", ""),
        ("/account", LUCY),
        ("/nowhere", "no page"),
    ):
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
    lucy.context.route(lambda url: url == f"{lucy.site.url}/my", lambda _: None)
    lucy.page.goto(f"{lucy.site.url}/my", wait_until="commit")
    expect(lucy.page.get_by_role("heading", level=1)).to_contain_text("Lucy")


@pytest.fixture(scope="module")
def next_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code in which one file of the client says something else."""
    copy = tmp_path_factory.mktemp("next")
    for part in ("api", "frontend", "migrations", "seed"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    shell = copy / "frontend" / "js" / "words.js"
    shell.write_text(shell.read_text("utf-8").replace(OLD_FOOT, NEW_FOOT), "utf-8")
    return copy


def loaded_anew(visit: Visit) -> bool:
    """Whether the page was loaded since this was asked before."""
    anew: bool = visit.page.evaluate("() => { const anew = !window.seen; window.seen = true; return anew; }")
    return anew


def test_a_server_that_goes_and_comes_back_newer_takes_no_words_away(
    browser: Browser, started_once: Path, tmp_path: Path, next_release: Path
) -> None:
    port, folder = free_port(), copied(started_once, tmp_path / "data")
    with running_site(folder, port) as old, visiting(browser, old, LUCY, PHONE) as lucy:
        page = lucy.page
        lucy.announce(AWAY)
        page.clock.install()
        lucy.open("/actions/1.8")
        use(lucy)
        lucy.write("Before the server went")
        old.process.send_signal(signal.SIGINT)
        old.process.wait(20)

        # The server is gone.
        page.reload()
        lucy.ready()
        expect(page.locator(".state-strip")).to_contain_text("The server is not answering.")
        expect(lucy.words).to_have_value("Before the server went")

        with running_site(folder, port, next_release):
            assert loaded_anew(lucy)
            page.locator(".state-strip").get_by_role("button", name="Try again").click()
            strip = page.get_by_text("There is a new version of this page. It opens when you go to another page.")
            expect(strip).to_be_visible()
            assert violations(page) == []

            # It waits for the words, also for those just typed; pages of the old release still open.
            page.get_by_role("navigation", name="Main").get_by_role("link", name="Report").click()
            expect(page.locator(".report-table, table").first).to_be_visible()
            page.go_back()
            expect(lucy.words).to_have_value("Before the server went")
            lucy.write("Before the server went, and after it came back")
            lucy.post_button.click()
            lucy.expect_posted("1.8")
            page.get_by_role("navigation", name="Main").get_by_role("link", name="Actions").first.click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Actions")
            assert not loaded_anew(lucy)
            expect(page.get_by_role("link", name=OLD_FOOT)).to_be_visible()

            # Nobody is writing any more: the next page is of the new release.
            page.clock.fast_forward("05:00")
            page.get_by_role("navigation", name="Main").get_by_role("link", name="Overview").click()
            expect(page.get_by_role("link", name=NEW_FOOT)).to_be_visible()
            assert loaded_anew(lucy)
            expect(strip).to_have_count(0)
            page.wait_for_function("async () => (await caches.keys()).length === 2")
        assert lucy.unannounced() == []
