"""What the first visit costs, and what the client weighs (DESIGN 12)."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserType, expect

from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, JANE, LUCY, PIPPA, ROBERT, Site
from tests.e2e.visit import PHONE, TABLET
from tests.unit.client.test_frontend_files import needed_by, packed

FRONTEND = Path(__file__).parents[3] / "frontend"
KB = 1024
LATER = re.compile(r"/(abbreviations|glossary|quiet|kept|changed|paper|print)\.(js|css)$")
REQUESTS = 22
ROUTES = ("/", "/actions", "/my", "/report", "/actions/3.4")
WIRE = 120 * KB
SHIFT = 0.05


def weight(paths: set[Path]) -> int:
    return sum(packed(path) for path in paths)


def test_the_scripts_that_are_fetched_ahead_stay_small() -> None:
    """What main.js fetches once somebody uses a page, without its comments; what one visit costs is kept by tests/unit/client/test_frontend_files.py."""
    alone = {"admin", "board", "link", "sign-in"}
    pages = [page for page in (FRONTEND / "js" / "pages").glob("*.js") if page.stem not in alone]
    needed = set.union(*(needed_by(path) for path in [FRONTEND / "js" / "main.js", *pages]))
    assert weight(needed) <= 90 * KB


def test_there_is_one_typeface() -> None:
    assert len(list(FRONTEND.rglob("*.woff2"))) == 1


def test_a_plan_that_began_this_month_says_so_and_asks_for_no_figures(window: Windows) -> None:
    """Before anything is posted here."""
    lucy = window(LUCY)
    lucy.open("/")
    lucy.page.locator(".chart").last.scroll_into_view_if_needed()
    moved = lucy.page.get_by_role("region", name="How ratings have moved")
    expect(moved).to_contain_text(re.compile(r"no movement to show yet: the first month ends on \d+ \w+\."))
    lucy.page.wait_for_load_state("networkidle")
    assert [request.url for request in lucy.asked if re.search(r"/(trend|activity)\?", request.url)] == []


@pytest.fixture(scope="module")
def _something_to_answer(site: Site) -> None:
    """An update that waits for the lead officer: her visit offers more than anybody's."""
    site.as_(LUCY).post("3.4", "The deep-dive is late", "A")


@pytest.mark.usefixtures("_something_to_answer")
@pytest.mark.parametrize("who", [LUCY, ROBERT, JANE, BUSINESS_MANAGER])
@pytest.mark.parametrize("route", ROUTES)
def test_a_first_visit_keeps_its_budget_of_requests_and_bytes(
    window: Windows, site: Site, route: str, who: str
) -> None:
    lucy = window(who, size=PHONE)
    cdp = lucy.context.new_cdp_session(lucy.page)
    asked: list[str] = []
    taken: list[float] = []

    def ask(event: dict[str, Any]) -> None:
        asked.append(event["request"]["url"])

    def take(event: dict[str, Any]) -> None:
        taken.append(event["encodedDataLength"])

    cdp.on("Network.requestWillBeSent", ask)
    cdp.on("Network.loadingFinished", take)
    cdp.send("Network.enable")
    lucy.open(route)
    lucy.page.wait_for_load_state("networkidle")
    lucy.page.evaluate("document.fonts.ready")
    host = urlsplit(site.url).netloc
    assert [url for url in asked if urlsplit(url).netloc != host] == []
    # Some seconds after the first view come the meanings of short forms, and what paper and quiet updating need; a slow machine may
    # still be busy with the first view by then.
    asked = [url for url in asked if not LATER.search(url)]
    assert len(asked) <= REQUESTS, "\n".join(asked)
    assert 0 < sum(taken) <= WIRE
    assert len(asked) == len(set(asked)), "something was asked for twice"


@pytest.mark.parametrize(
    ("who", "route", "size"),
    [*((LUCY, route, PHONE) for route in ROUTES), (ROBERT, "/actions/3.4", TABLET), (PIPPA, "/actions/1.1", TABLET)],
)
def test_nothing_jumps_while_a_page_opens(window: Windows, who: str, route: str, size: tuple[int, int]) -> None:
    lucy = window(who, size=size)
    lucy.page.add_init_script(
        """globalThis.shift = 0;
        new PerformanceObserver((list) => { for (const one of list.getEntries()) globalThis.shift += one.value; })
          .observe({ type: 'layout-shift', buffered: true });"""
    )
    lucy.open(route)
    lucy.page.wait_for_load_state("networkidle")
    assert lucy.page.evaluate("globalThis.shift") <= SHIFT


def test_a_second_visit_asks_for_the_page_and_the_data_only(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/")
    lucy.page.wait_for_load_state("networkidle")
    lucy.asked.clear()
    loaded: list[str] = lucy.page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert loaded
    lucy.page.reload()
    lucy.ready()
    lucy.page.wait_for_load_state("networkidle")
    over_the_wire: list[str] = lucy.page.evaluate(
        "performance.getEntriesByType('resource').filter((one) => one.transferSize > 0).map((one) => one.name)"
    )
    assert {re.sub(r".*/api/v1", "", url).split("/")[1] for url in over_the_wire} <= {"me", "plans"}


def test_the_policy_of_the_page_allows_nothing_from_elsewhere(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.announce("Content Security Policy", "TrustedHTML", "Trusted", "net::ERR_BLOCKED_BY_CSP", "csp", "violates")
    lucy.open("/")
    refused = lucy.page.evaluate(
        """async () => {
            const tries = [
              () => { document.body.innerHTML = '<b>x</b>'; },
              () => fetch('https://elsewhere.example/'),
              () => new Promise((done, fail) => setTimeout(() => { try { done(eval('1')); } catch (why) { fail(why); } })),
            ];
            const found = [];
            for (const one of tries) {
              try { await one(); found.push('allowed'); } catch { found.push('refused'); }
            }
            return found;
        }"""
    )
    assert refused == ["refused", "refused", "refused"]
    expect(lucy.page.locator(".objective")).to_have_count(6)


def test_it_can_be_installed_and_opens_on_my_actions(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], site: Site, tmp_path: Path
) -> None:
    """In a window that is not private: Chromium installs nothing from those of the other tests."""
    with browser_type.launch_persistent_context(tmp_path, **browser_type_launch_args) as context:
        page = context.pages[0]
        page.goto(site.url)
        cdp = context.new_cdp_session(page)
        app = cdp.send("Page.getAppManifest")
        assert app["errors"] == []
        start, *shortcuts = re.findall(r'"(?:start_)?url": "([^"]+)"', app["data"])
        assert (start, shortcuts) == ("/my", ["/", "/actions"])
        assert cdp.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
