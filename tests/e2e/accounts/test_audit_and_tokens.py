"""A partner's system gets a token, comes in, is seen in the audit, and is turned away when its token is revoked."""

import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.axe import sideways, violations
from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, GLORIA, ROBERT, Site
from tests.e2e.visit import DESK, PHONE, Visit

ENDS = {"phone": PHONE, "desk": DESK}


def look(visit: Visit, name: str, request: pytest.FixtureRequest) -> None:
    """Nothing for axe to complain of, nothing to scroll sideways; and a picture, where one is wanted."""
    found = violations(visit.page)
    assert found == [], "\n".join(found)
    assert sideways(visit.page) == 0
    folder = request.config.getoption("--screenshots")
    if folder:
        visit.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def ask(site: Site, token: str, path: str) -> httpx.Response:
    return httpx.get(f"{site.url}/api/v1{path}", headers={"Authorization": f"Bearer {token}"}, timeout=30)


@pytest.mark.parametrize("end", ENDS)
def test_a_system_from_its_token_to_its_end(
    window: Windows, site: Site, end: str, request: pytest.FixtureRequest
) -> None:
    name = f"Liquidlogic {end}"
    admin = window(BUSINESS_MANAGER, size=ENDS[end], cookies=site.own_cookies_of(BUSINESS_MANAGER))
    page = admin.page
    admin.open("/admin")
    look(admin, f"manage-{end}", request)
    page.get_by_role("link", name="Partner systems").click()
    expect(page.get_by_role("heading", name="Partner systems", level=1)).to_be_focused()

    # Half of it is missing: what was typed stays, and each error leads to its field.
    page.get_by_label("System", exact=True).fill(name)
    page.get_by_role("button", name="Make the token").click()
    summary = page.get_by_role("group", name="There is a problem")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Choose the agency").click()
    expect(page.get_by_label("Agency", exact=True)).to_be_focused()
    expect(page.get_by_label("System", exact=True)).to_have_value(name)
    look(admin, f"tokens-errors-{end}", request)

    page.get_by_label("Agency", exact=True).select_option(label="LB Havering")
    page.get_by_role("checkbox", name=re.compile("^Read the plan")).check()
    page.get_by_role("checkbox", name=re.compile("^Take the actions")).check()
    page.get_by_role("button", name="Make the token").press("Enter")
    expect(page.get_by_role("heading", name=re.compile(f"The token for {name}"))).to_be_focused()
    token = page.get_by_label("Token", exact=True).input_value()
    assert token.startswith("pp_")
    assert token in page.get_by_label("A line to try it").input_value()
    look(admin, f"tokens-made-{end}", request)
    page.get_by_role("button", name="I have copied it").click()
    assert token not in page.content()

    # It comes in, takes the actions, and is refused what it has no scope for.
    assert ask(site, token, "/plans/havering-2020-23/actions.csv").status_code == 200
    assert ask(site, token, "/plans/havering-2020-23/changes").status_code == 403
    page.reload()
    row = page.get_by_role("row", name=re.compile(name))
    expect(row).to_contain_text("Today,")
    row.get_by_role("link", name="Audit").click()
    rows = page.get_by_role("table", name="What happened").locator("tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(2)).to_contain_text(f"via {name} used its token from an address not seen before")
    expect(rows.nth(1)).to_contain_text("took the actions as CSV of havering-2020-23")
    expect(rows.nth(0)).to_contain_text("was refused “list changes”")
    look(admin, f"audit-{end}", request)

    # Filters are the address.
    page.get_by_label("What happened").first.select_option(label="Exports")
    page.get_by_role("button", name="Show").click()
    expect(rows).to_have_count(1)
    assert "kind=exported" in page.url
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download these as CSV").click()
    assert "took the actions as CSV" in Path(downloading.value.path()).read_text("utf-8-sig")
    page.get_by_label("Person or system").fill("nobody of this name")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("No event matches all of these filters")).to_be_visible()
    look(admin, f"audit-empty-{end}", request)

    # Its end.
    admin.open("/admin/tokens")
    page.get_by_role("button", name=f"Revoke… {name}").click()
    expect(page.get_by_role("dialog")).to_contain_text(f"Revoke {name} of LB Havering?")
    look(admin, f"tokens-revoke-{end}", request)
    page.get_by_role("button", name=f"Revoke {name}", exact=True).click()
    expect(admin.notice).to_have_text(f"{name} is revoked")
    expect(page.get_by_role("row", name=re.compile(name))).to_contain_text("Revoked on")
    assert ask(site, token, "/plans/havering-2020-23/status").status_code == 401


def test_a_contributor_is_shown_none_of_it(window: Windows, site: Site) -> None:
    gloria = window(GLORIA)
    for path in ("/admin", "/admin/audit", "/admin/tokens"):
        gloria.open(path)
        expect(gloria.page.get_by_text("This is for the business manager")).to_be_visible()
    assert not [one for one in gloria.asked if re.search("/api/v1/(audit|partner-tokens)", one.url)]
    assert site.as_(GLORIA).send("GET", "/audit").status_code == 403


def test_more_events_come_by_the_keys_alone(window: Windows, site: Site) -> None:
    robert = site.as_(ROBERT)
    for _ in range(55):
        robert.send("GET", "/plans/havering-2020-23/status")
    admin = window(BUSINESS_MANAGER)
    admin.open("/admin/audit?kind=exported&q=robert")
    rows = admin.page.get_by_role("table", name="What happened").locator("tbody tr")
    expect(rows).to_have_count(50)
    admin.page.get_by_role("button", name="Load more").press("Enter")
    expect(rows.nth(50).get_by_role("rowheader")).to_be_focused()
    expect(admin.page.get_by_role("button", name="Load more")).to_have_count(0)
    admin.page.get_by_role("link", name="Remove filter “robert”").press("Enter")
    expect(admin.page.get_by_label("Person or system")).to_have_value("")


def test_an_audit_that_does_not_come_can_be_asked_for_again(window: Windows, site: Site) -> None:
    admin = window(BUSINESS_MANAGER)
    admin.open("/admin")
    admin.cut("**/api/v1/audit*")
    admin.page.get_by_role("link", name="Audit").click()
    expect(admin.page.get_by_role("alert").filter(has_text="The audit could not be loaded")).to_be_visible()
    admin.mend()
    admin.page.get_by_role("button", name="Try again").click()
    expect(admin.page.get_by_role("table", name="What happened")).to_be_visible()
