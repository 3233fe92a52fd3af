"""What the first release must do, as the people of the plan do it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Windows
from tests.e2e.site import GORDON, JANE, LUCY, Site
from tests.e2e.visit import DESK, PHONE

WORDS = "The September deep-dive is late: <script>alert(1)</script> two analysts are <b>off sick</b>."


def test_lucy_says_at_risk_on_her_phone_and_the_partnership_sees_it(window: Windows, site: Site) -> None:
    lucy = window(size=PHONE)
    lucy.open("/")
    lucy.sign_in(LUCY)
    expect(lucy.page).to_have_url(f"{site.url}/my")
    lucy.page.get_by_role("link", name="Update 3.4").click()
    expect(lucy.page.get_by_role("heading", level=1)).to_be_focused()
    lucy.write(WORDS, "At risk")
    lucy.post_button.click()
    expect(lucy.notice).to_have_text(re.compile(r"^Update posted on 3\.4\. \d+ left$"))
    lucy.open("/actions/3.4")
    # In the timeline, as text.
    first = lucy.timeline.first
    expect(first).to_contain_text(LUCY)
    expect(first).to_contain_text(WORDS)
    expect(first.locator("script, .words b")).to_have_count(0)
    expect(first).to_contain_text("Rated at risk")
    expect(first).to_contain_text("Not yet acknowledged by the lead officer")
    # On the overview.
    lucy.page.get_by_role("link", name="Overview", exact=True).first.click()
    expect(lucy.page.get_by_role("link", name=re.compile("^3.4, At risk"))).to_be_visible()
    expect(lucy.page.get_by_role("img", name=re.compile("1 at risk"))).to_be_visible()

    jane = window(JANE, size=DESK)
    jane.open("/my")
    waiting = jane.page.locator("section").filter(has_text="Waits for you")
    waiting.get_by_role("link", name="Answer 3.4").click()
    expect(jane.page.locator(".queue .entry")).to_contain_text(WORDS)
    jane.page.get_by_role("button", name=f"Acknowledge the update by {LUCY}").click()
    expect(jane.notice).to_have_text(re.compile(rf"^The update by {LUCY} is answered\. \d+ left$"))
    jane.open("/actions/3.4")
    expect(jane.timeline.first).to_contain_text(f"Acknowledged by {JANE}")

    lucy.page.reload()
    lucy.open("/actions/3.4")
    expect(lucy.timeline.first).to_contain_text(f"Acknowledged by {JANE}")


def test_somebody_not_on_the_action_reads_who_can_post(window: Windows) -> None:
    gordon = window(GORDON)
    gordon.open("/actions/3.4")
    expect(gordon.page.locator(".refusal")).to_have_text(
        re.compile(
            r"^You can read .*3\.4.* Lucy Goodfellow and Jane Carroll \(lead officer.*\) can post updates on it\.$"
        )
    )
    expect(gordon.words).to_have_count(0)


def test_action_4_10_stands_after_4_9_in_the_list_and_in_the_strip(window: Windows) -> None:
    robert = window(LUCY)
    robert.open("/actions?objective=4")
    expect(robert.page.locator(".cell-number")).to_have_text([f"4.{number}" for number in range(1, 11)])
    robert.open("/")
    strip = robert.page.locator(".objective").nth(3).locator(".square span")
    expect(strip).to_have_text([f"4.{number}" for number in range(1, 11)])


def test_action_3_6_is_past_its_date_today(window: Windows) -> None:
    reader = window(LUCY)
    reader.open("/")
    square = reader.page.get_by_role("link", name="3.6, Off track, past its date")
    expect(square).to_be_visible()
    square.click()
    expect(reader.page.locator(".head-facts")).to_contain_text("Past its date")
    expect(reader.page.locator(".head-facts")).to_contain_text("08/04/2021")


def test_the_overview_says_that_3_of_42_actions_have_a_date(window: Windows) -> None:
    reader = window(LUCY)
    reader.open("/")
    expect(reader.page.locator(".summary .asides")).to_contain_text("3 of 42 actions have a date")
    reader.page.get_by_role("link", name="3 of 42").click()
    expect(reader.page.locator(".cell-number")).to_have_text(["2.4", "3.6", "5.1"])


def test_the_link_of_6_2_ends_before_its_bracket(window: Windows, site: Site) -> None:
    reader = window(LUCY)
    reader.open("/actions/6.2")
    link = reader.page.locator("h1 a.address")
    address = link.get_attribute("href")
    assert address
    assert address.startswith("https://")
    assert not re.search(r"[)\].,]$", address)
    expect(link).to_have_text(address)
    text = reader.page.locator("h1").inner_text()
    assert f"{address})" in text


@pytest.mark.parametrize("path", ["/actions/3.4", "/report"])
def test_markup_in_an_update_is_shown_as_text(window: Windows, site: Site, path: str) -> None:
    if WORDS not in site.as_(LUCY).texts_on("3.4"):
        site.as_(LUCY).post("3.4", WORDS, "A")
    reader = window(GORDON)
    reader.open(path)
    shown = reader.page.locator(".words").filter(has_text="deep-dive is late").first
    expect(shown).to_have_text(WORDS)
    expect(shown.locator("*")).to_have_count(0)
