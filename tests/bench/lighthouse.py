"""Lighthouse for mobiles over the main pages, signed in: `make lighthouse`. A check before a release, not in CI.

It needs Node; npx fetches Lighthouse, or LIGHTHOUSE names one that is there. A run that ends with NO_NAVSTART is done again.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from tests.e2e.find_browser import HELP, find
from tests.e2e.site import PIPPA, free_port, running_site
from tests.e2e.visit import put_cookies

PAGES = ("/", "/actions", "/actions/3.4", "/my", "/report")
CATEGORIES = {"performance": 95, "accessibility": 100, "best-practices": 100}
REPORT = {"performance": 85}  # it is made for paper
TRIES = 3
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


def run(url: str, port: int, out: Path) -> dict[str, Any]:
    """One page: Lighthouse's report. Raises RuntimeError after the last try."""
    command = (os.environ.get("LIGHTHOUSE") or "npx --yes lighthouse@12.8.2").split()
    only = f"--only-categories={','.join(CATEGORIES)}"
    options = (
        url,
        f"--port={port}",
        only,
        "--output=json",
        f"--output-path={out}",
        "--quiet",
        "--disable-storage-reset",
    )
    for _ in range(TRIES):
        subprocess.run([*command, *options], check=False)
        found: dict[str, Any] = json.loads(out.read_text("utf-8")) if out.exists() else {"runtimeError": {}}
        if "runtimeError" not in found:
            return found
    raise RuntimeError(f"Lighthouse did not manage {url}: {found['runtimeError']}")


def tell(page: str, found: dict[str, Any]) -> bool:
    """Print its scores and what it has to say against it; whether all are high enough."""
    wanted = {**CATEGORIES, **(REPORT if page == "/report" else {})}
    scores = {name: round(found["categories"][name]["score"] * 100) for name in wanted}
    audits = found["audits"]
    times = [
        audits[name]["displayValue"] for name in ("largest-contentful-paint", "interactive", "cumulative-layout-shift")
    ]
    print(f"{page:<14}" + "".join(f"{scores[name]:>16}" for name in wanted) + "   " + ", ".join(times), flush=True)
    for name in ("accessibility", "best-practices"):
        for audit in (audits[each["id"]] for each in found["categories"][name]["auditRefs"] if each["weight"]):
            if audit["score"] is not None and audit["score"] < 1:
                print(f"    {audit['title']}")
    return all(scores[name] >= least for name, least in wanted.items())


def main() -> int:
    """Run it over all pages; 1 where a score is too low."""
    path = find()
    if not path:
        sys.exit(HELP)
    port = free_port()
    print(
        f"{'page':<14}" + "".join(f"{name:>16}" for name in CATEGORIES) + "   largest paint, interactive, layout shift"
    )
    with TemporaryDirectory() as folder, running_site(Path(folder) / "data") as site, sync_playwright() as playwright:
        flags = [*FLAGS, f"--remote-debugging-port={port}"]
        context = playwright.chromium.launch_persistent_context(
            Path(folder) / "profile", executable_path=path, headless=False, args=flags
        )
        put_cookies(context, context.pages[0], site.own_cookies_of(PIPPA))
        good = [tell(page, run(site.url + page, port, Path(folder) / "report.json")) for page in PAGES]
        context.close()
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
