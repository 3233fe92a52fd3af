"""How long a phone on a slow network waits for the whole plan (DESIGN 12): `make visit`. Figures to report, not a test."""

import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.e2e.find_browser import HELP, find
from tests.e2e.site import PIPPA, Site, running_site
from tests.e2e.visit import PHONE, visiting

TIMES = 5
KBIT = 1000 / 8  # bytes/s
# name, delay in ms, bytes/s, budget in s for a first visit
NETWORKS = (("slow 4G", 150, 1600 * KBIT, 2.5), ("bad 3G", 400, 400 * KBIT, 5.0))
RELOAD_BUDGET = 1.2
SLOWER = 4  # times slower than this machine's processor
# address, what is there once the whole of it is
PAGES = (
    ("/", ".objective:nth-of-type(6), .objectives > :nth-child(6)"),
    ("/actions", "tbody:last-of-type .cell-number"),
    ("/actions/1.1", "#update-text"),
    ("/my", ".cards .card"),
    ("/report", "tbody:last-of-type td"),
)
# Notes when the element was there and drawn: one frame after it was added.
WATCH = """
new MutationObserver((_, watch) => {
  if (globalThis.shownAt || !document.querySelector(%r)) return;
  watch.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.shownAt = performance.now(); }));
}).observe(document, { childList: true, subtree: true });
"""


def measure(
    browser: Browser, site: Site, network: tuple[str, int, float, float], page: tuple[str, str]
) -> tuple[float, float]:
    """Seconds until it is shown: on a first visit, and when loaded again."""
    _, delay, rate, _ = network
    address, sign = page
    with visiting(browser, site, PIPPA, PHONE) as visit:
        cdp = visit.context.new_cdp_session(visit.page)
        limits: dict[str, Any] = {
            "offline": False,
            "latency": delay,
            "downloadThroughput": rate,
            "uploadThroughput": rate,
        }
        cdp.send("Network.enable")
        cdp.send("Network.emulateNetworkConditions", limits)
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        visit.page.add_init_script(WATCH % sign)
        visit.page.goto(site.url + address, wait_until="commit", timeout=60_000)
        first = shown(visit.page)
        visit.page.reload(wait_until="commit", timeout=60_000)
        return first, shown(visit.page)


def shown(page: Any) -> float:
    """Seconds from the start of the navigation."""
    page.wait_for_function("() => globalThis.shownAt", timeout=60_000)
    return float(page.evaluate("globalThis.shownAt")) / 1000


def main() -> None:
    """Print a line for each page and network: medians, and the budget."""
    path = find()
    if not path:
        sys.exit(HELP)
    print(f"Median of {TIMES}, processor {SLOWER} times slower, seconds from the address to the whole content\n")
    print(f"{'page':<14}{'network':<10}{'first visit':>12}{'budget':>8}{'again':>8}{'budget':>8}")
    with TemporaryDirectory() as folder, running_site(Path(folder) / "data") as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for page in PAGES:
            for network in NETWORKS:
                firsts, agains = zip(*(measure(browser, site, network, page) for _ in range(TIMES)), strict=True)
                again = f"{RELOAD_BUDGET:>8}" if network[0] == "slow 4G" else ""
                print(
                    f"{page[0]:<14}{network[0]:<10}{median(firsts):>12.2f}{network[3]:>8}{median(agains):>8.2f}{again}",
                    flush=True,
                )
        browser.close()


if __name__ == "__main__":
    main()
