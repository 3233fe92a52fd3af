"""axe-core in the page, under the site's own policy: it goes in by the browser's protocol, past no rule of the page."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.e2e.visit import SIZES, Visit

SCRIPT = Path(__file__).parent / "vendor" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")

# What axe looked at since the last test told of it: states at every width, checks, and what was wrong (conftest.py).
counted = {"states": 0, "checks": 0, "violations": 0}


def every_width(visit: Visit, name: str = "", *more: tuple[int, int]) -> None:
    """One state of a page, three widths, no reload: nothing for axe, nothing to scroll sideways. The last width stays."""
    found = {}
    for size in (*more, *SIZES.values()):
        visit.size(size)
        visit.page.evaluate("document.fonts.ready")
        found[size] = violations(visit.page)
        if sideways(visit.page) > 0:
            found[size].append(f"scrolls sideways by {sideways(visit.page)} pixels")
    counted["states"] += 1
    assert not any(found.values()), f"{name}: { ({size: one for size, one in found.items() if one}) }"


def violations(page: Page, leave_out: tuple[str, ...] = ()) -> list[str]:
    """What axe finds wrong with the page as it is now: rule, element, and why."""
    wrong = find(page, leave_out)
    counted["checks"] += 1
    counted["violations"] += len(wrong)
    return wrong


def find(page: Page, leave_out: tuple[str, ...] = ()) -> list[str]:
    """The same, not counted: for the test that axe finds anything at all."""
    # Not detached: that would take away the virtual authenticator of another session. It ends with the window.
    cdp = page.context.new_cdp_session(page)
    if not page.evaluate("Boolean(window.axe)"):
        _run(cdp, SCRIPT.read_text("utf-8") + "\n;true")
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = json.loads(_run(cdp, f"axe.run(document, {json.dumps(options)}).then((all) => JSON.stringify(all))"))
    assert len(found["passes"]) > 10, "axe looked at next to nothing"
    return [
        f"{rule['id']}: {rule['help']}: {node['target']} {node['html'][:120]} {node.get('failureSummary', '')}"
        for rule in found["violations"]
        if rule["id"] not in leave_out
        for node in rule["nodes"]
    ]


def _run(cdp: Any, expression: str) -> Any:
    answer = cdp.send(
        "Runtime.evaluate",
        {"expression": expression, "awaitPromise": True, "returnByValue": True, "userGesture": False},
    )
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return answer["result"]["value"]


def sideways(page: Page) -> int:
    """How many pixels the page can be scrolled sideways."""
    found: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found
