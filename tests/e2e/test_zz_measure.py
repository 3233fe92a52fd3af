"""What the first visit costs, and what the client weighs (DESIGN 12)."""

import gzip
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserType, expect

from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, JANE, LUCY, PIPPA, ROBERT, Site
from tests.e2e.visit import PHONE, TABLET
from tests.unit.test_frontend_files import needed_by

FRONTEND = Path(__file__).parents[2] / "frontend"
KB = 1024
REQUESTS = 22
ROUTES = ("/", "/actions", "/my", "/report", "/actions/3.4")
WIRE = 120 * KB
SHIFT = 0.05


@pytest.mark.parametrize("who", [LUCY, ROBERT, JANE, BUSINESS_MANAGER])
@pytest.mark.parametrize("route", (*ROUTES, "/actions/1.1", "/?view=board", "/journal", "/actions/3.4?as-at=2026-11-23"))
def test_a_first_visit_keeps_its_measure_of_requests_and_bytes(
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
    print(f"\nVISIT {who} {route} {len(asked)} {int(sum(taken))}")
    if len(asked) > 22 or route == "/actions/3.4": print("\n".join("   " + urlsplit(u).path for u in asked))
