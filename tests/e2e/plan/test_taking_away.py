"""Whoever may read the plan takes it away as files, every update too, and reads what was removed from it."""

import csv
import io
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.axe import every_width
from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, LUCY, ROBERT, Site


def test_the_chair_takes_all_updates_away_as_a_file(window: Windows, site: Site) -> None:
    site.as_(LUCY).post("1.8", "Taken away; =not run", "G")
    robert = window(ROBERT)
    robert.open("/report")
    robert.page.get_by_text("Download for a spreadsheet").click()
    for button, name in (("Actions (CSV)", "actions"), ("All updates (CSV)", "updates")):
        with robert.page.expect_download() as saved:
            robert.page.get_by_role("button", name=button).click()
        assert saved.value.suggested_filename == f"havering-2020-23-{name}-{site.plan()['as_of']}.csv"
        rows = list(csv.DictReader(io.StringIO(Path(saved.value.path()).read_text("utf-8-sig"), newline="")))
    assert "Taken away;' =not run" in [row["text"] for row in rows]
    every_width(robert, "the report with its files")


def test_the_chair_reads_what_was_removed_and_cannot_bring_it_back(window: Windows, site: Site) -> None:
    manager = site.as_(BUSINESS_MANAGER)
    action = manager.action("6.6")
    etag = manager.send("GET", f"/actions/{action['id']}").headers["etag"]
    gone = manager.send(
        "POST", f"/actions/{action['id']}/removal", {"reason": "It is done elsewhere."}, **{"If-Match": etag}
    )
    assert gone.status_code == 200, gone.text
    try:
        robert = window(ROBERT)
        robert.open("/journal")
        robert.page.get_by_text("Actions and objectives that were removed").click()
        listed = robert.page.locator(".gone li").first
        expect(listed).to_contain_text("Action 6.6")
        expect(listed).to_contain_text(action["text"][:40])
        expect(listed).to_contain_text("It is done elsewhere.")
        expect(listed.get_by_role("button")).to_have_count(0)
        every_width(robert, "what was removed")
    finally:
        assert manager.send("POST", f"/journal/{gone.json()['entry']}/undo", {}).status_code == 200
