"""Looking back: the history with its undo, what changed, the plan as at a past day, all updates on paper, and corrections."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.access.test_accessibility import check_all_sizes
from tests.e2e.conftest import Windows
from tests.e2e.past import grow_older
from tests.e2e.pdf import pages_of
from tests.e2e.site import JANE, LUCY, ROBERT, Site, running_site
from tests.e2e.visit import PHONE, Visit

DAYS = 30
HELD = 20  # days for which 3.6 was on hold
FIRST = "We met all thirty families."


@pytest.fixture(scope="module")
def site(data_folder: Path) -> Iterator[Site]:
    """A plan with a past: begun thirty days ago, with updates of then and of today."""
    with running_site(data_folder) as found:
        lucy, jane = found.as_(LUCY), found.as_(JANE)
        lucy.post("3.4", FIRST, "G", next_step="Meet the rest.")
        withdrawn = lucy.post("3.5", "Meant for another action", "R")
        key = {"Idempotency-Key": "0123456789abcdef"}
        lucy.send("POST", f"/updates/{withdrawn['id']}/withdrawal", {"reason": "It belongs to 3.4."}, **key)
        grow_older(found, DAYS - HELD)
        jane.set_status("3.6", "on_hold", "Waiting for the rota.")
        grow_older(found, HELD)
        jane.set_status("3.6", "in_progress", "The rota is agreed.")
        for number in range(10):
            lucy.post("3.4", f"Update {number} of today. " * 8, "A" if number % 2 else "G")
        jane.set_status("3.4", "on_hold", "Waiting for the audit.")
        yield found


@pytest.fixture(scope="module")
def then(site: Site) -> str:
    """The day on which the plan began."""
    return (date.fromisoformat(site.plan()["as_of"]) - timedelta(days=DAYS)).isoformat()


def in_words(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B %Y}"


def undo(visit: Visit, page: Page, sentence: str, why: str) -> None:
    entry = page.get_by_role("listitem").filter(has_text=sentence).last
    entry.get_by_text("Undo").first.click()
    entry.get_by_label("Why you undo it").fill(why)
    check_all_sizes(visit)
    entry.get_by_role("button", name="Undo it").click()


def test_jane_reads_the_history_and_undoes_what_she_did(window: Windows, site: Site) -> None:
    jane = window(JANE)
    jane.open("/actions/3.4")
    page = jane.page
    page.get_by_text("History", exact=True).click()
    entries = page.locator(".entries")
    expect(entries.get_by_role("heading").first).to_have_text(in_words(site.plan()["as_of"]))
    expect(entries.get_by_role("listitem")).to_have_count(10)
    entries.get_by_role("button", name="Show older").click()
    expect(entries.get_by_role("listitem").last).to_have_text(
        re.compile(r"The command line added the action\.\s*\d\d:\d\d")
    )
    posted = entries.get_by_role("listitem").filter(has_text="Lucy Goodfellow posted an update").first
    expect(posted.get_by_text("Undo")).to_have_count(0)
    undo(jane, page, "Jane Carroll set the status to On hold", "The audit is done.")
    expect(jane.notice).to_have_text("It is undone. The history says so.")
    newest = entries.get_by_role("listitem").first
    expect(newest).to_contain_text("Jane Carroll undid a change of status, back to In progress: The audit is done.")
    expect(entries).to_be_focused()
    expect(page.locator(".status-word")).to_have_count(0)


def test_what_changed_since_a_day_is_in_the_address(window: Windows, site: Site, then: str) -> None:
    robert = window(ROBERT, size=PHONE)
    robert.open("/")
    robert.announce("status of 400")
    page, today = robert.page, site.plan()["as_of"]
    page.get_by_role("link", name="What changed").click()
    expect(page.get_by_role("heading", name="What changed")).to_be_focused()
    expect(page.get_by_role("heading", name=in_words(then), exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Show older")).to_be_visible()
    page.get_by_label("Since the last meeting, or another day").fill(today)
    expect(page).to_have_url(re.compile(rf"/journal\?since={today}$"))
    expect(page.get_by_role("heading", name=in_words(then), exact=True)).to_have_count(0)
    counted = len(site.as_(ROBERT).get(f"/plans/havering-2020-23/journal?from={today}")["data"])
    expect(page.get_by_role("status").filter(has_text=f"{counted} changes since {in_words(today)}")).to_be_visible()
    expect(page.get_by_text("Undo")).to_have_count(0)
    check_all_sizes(robert)
    page.get_by_role("link", name="Action 3.4").first.click()
    expect(page).to_have_url(re.compile(r"/actions/3\.4$"))
    robert.open("/journal?since=2199-01-01")
    says = f"The history could not be loaded. This day is still to come; today is {in_words(today)}."
    expect(page.get_by_role("alert")).to_contain_text(says)


def test_a_past_day_is_shown_marked_and_cannot_be_changed(window: Windows, site: Site, then: str) -> None:
    lucy = window(LUCY, size=PHONE)
    lucy.open("/")
    page = lucy.page
    strip = page.get_by_text(f"You see the plan as it stood on {in_words(then)}. Nothing can be changed here.")
    page.get_by_text("Change the day").click()
    day = page.get_by_label("Show the plan as it stood at the end of")
    expect(day).to_be_focused()
    day.fill("2019-01-01")
    page.get_by_role("button", name="Show this day").click()
    expect(page.get_by_role("alert")).to_have_text(
        f"Choose a day from {in_words(then)} to {in_words(site.plan()['as_of'])}"
    )
    check_all_sizes(lucy)
    day.fill(then)
    page.get_by_role("button", name="Show this day").click()
    expect(strip).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator(".facts")).to_contain_text(in_words(then))
    page.get_by_role("link", name="3.4, On track", exact=False).click()
    expect(page).to_have_url(re.compile(rf"/actions/3\.4\?as-at={then}$"))
    expect(lucy.timeline).to_have_count(2)  # the one update of then, and where the plan starts
    expect(lucy.timeline.first).to_contain_text(FIRST)
    for words in ("Post an update", "Correct this", "Withdraw this update", "History"):
        expect(page.get_by_text(words, exact=True)).to_have_count(0)
    expect(strip).to_be_visible()
    check_all_sizes(lucy)
    assert page.evaluate("JSON.parse(localStorage.getItem('kept-plan')).plan.as_of") == site.plan()["as_of"]
    page.get_by_role("link", name="Actions", exact=True).click()
    expect(page).to_have_url(re.compile(rf"/actions\?as-at={then}$"))
    expect(strip).to_be_visible()
    page.get_by_role("link", name=re.compile("^My actions")).click()
    expect(page).to_have_url(re.compile(r"/my$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lucy")
    expect(strip).to_have_count(0)


def test_an_action_on_a_past_day_tells_the_changes_of_its_status_until_then(window: Windows, then: str) -> None:
    robert = window(ROBERT)
    page, timeline = robert.page, robert.timeline
    robert.open(f"/actions/3.6?as-at={then}")
    expect(timeline).to_have_text("September 2020: the plan starts")
    held = (date.fromisoformat(then) + timedelta(days=DAYS - HELD)).isoformat()
    robert.open(f"/actions/3.6?as-at={held}")
    expect(timeline).to_have_count(2)
    expect(timeline.first).to_contain_text("Waiting for the rota.")
    expect(timeline.first).to_contain_text(f"Jane Carroll {in_words(held)}")
    expect(page.locator(".head-facts")).to_contain_text("On hold")
    check_all_sizes(robert)
    page.get_by_role("link", name="Back to today").click()
    expect(timeline).to_have_count(3)
    expect(timeline.first).to_contain_text("The rota is agreed.")


def test_a_day_that_cannot_be_shown_says_what_can(window: Windows, then: str) -> None:
    robert = window(ROBERT)
    robert.announce("status of 404", "status of 400", "net::ERR_INTERNET_DISCONNECTED")
    page, heading = robert.page, robert.page.get_by_role("heading", name="This day cannot be shown")
    for day, says in {
        "2019-01-01": f"it begins on {in_words(then)}",
        "2199-01-01": "This day is still to come",
        "soon": "“soon” is not a day",
    }.items():
        robert.open(f"/actions?as-at={day}")
        expect(heading).to_be_visible()
        expect(page.locator("main")).to_contain_text(says)
    check_all_sizes(robert)
    page.get_by_label("Show the plan as it stood at the end of").fill(then)
    page.get_by_role("button", name="Show this day").click()
    expect(page.get_by_role("status").filter(has_text=in_words(then))).to_be_visible()
    after = re.compile(rf"since={next_day(then)}\b")
    expect(page.get_by_role("link", name="What has changed since")).to_have_attribute("href", after)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")  # the other pages are kept by then
    robert.context.set_offline(True)
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Business Plan, 2020-23")
    page.get_by_text("Change the day").click()
    page.get_by_label("Show the plan as it stood at the end of").fill(next_day(then))
    page.get_by_role("button", name="Show this day").click()
    expect(page.locator("main")).to_contain_text("You are offline. A past day is not kept on this device")
    robert.context.set_offline(False)
    expect(page.get_by_role("status").filter(has_text=in_words(next_day(then)))).to_be_visible()
    page.get_by_role("link", name="Back to today").click()
    expect(page.locator(".state-strip")).to_have_count(0)


def next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_report_has_all_updates_and_prints_them(window: Windows, then: str) -> None:
    robert = window(ROBERT)
    robert.open("/report")
    page = robert.page
    page.get_by_role("radio", name="All").check()
    expect(page).to_have_url(re.compile(r"/report\?updates=all$"))
    row = page.get_by_role("row", name=re.compile(r"^3\.4 "))
    expect(row.get_by_role("listitem")).to_have_count(11)
    expect(row.get_by_role("listitem").first).to_contain_text("Rating changed from On track to At risk")
    expect(row.get_by_role("listitem").last).to_contain_text(FIRST)
    withdrawn = page.get_by_role("row", name=re.compile(r"^3\.5 ")).get_by_role("listitem")
    expect(withdrawn).to_contain_text("Withdrawn by Lucy Goodfellow")
    expect(withdrawn).not_to_contain_text("Meant for another action")
    check_all_sizes(robert)
    pages = pages_of(page.pdf(prefer_css_page_size=True))
    assert 6 <= len(pages) <= 10
    assert "1.2" in squeezed(pages[0])
    for each in pages:
        assert len(squeezed(each)) > 200
        assert "ProgressUpdate" in squeezed(each)
    text = squeezed("".join(pages))
    assert "Update9oftoday" in text
    assert "Progressupdates" not in text
    robert.open(f"/report?updates=all&as-at={then}")
    expect(page.get_by_role("row", name=re.compile(r"^3\.4 ")).get_by_role("listitem")).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.get_by_text(f"You see the plan as it stood on {in_words(then)}")).to_be_visible()
    expect(page.get_by_role("link", name="Back to today")).to_be_hidden()


def test_lucy_corrects_her_words_whatever_happens(window: Windows, site: Site) -> None:
    update = site.as_(LUCY).post("3.5", "We met 30 schools.", "A", next_step="Meet the rest.")
    lucy = window(LUCY, size=PHONE)
    lucy.announce("status of 503", "status of 412", "status of 422")
    lucy.open("/actions/3.5")
    page = lucy.page
    page.get_by_text("Correct this").click()
    words = page.get_by_label("What the update should say")
    save = page.get_by_role("button", name="Save the correction")
    expect(words).to_have_value("We met 30 schools.")
    expect(page.get_by_label("Next step").last).to_have_value("Meet the rest.")
    words.fill("")
    save.click()
    expect(page.get_by_role("group", name="There is a problem")).to_be_focused()
    check_all_sizes(lucy)
    lucy.size(PHONE)
    words.fill("We met 3 schools. Her number is 943 476 5919.")
    lucy.answer("**/api/v1/updates/*", 503, "not-ready", times=1)
    save.click()
    expect(page.get_by_role("group", name="There is a problem")).to_contain_text("Your words are still in the form")
    site.as_(JANE).acknowledge(update["id"])
    lucy.mend()
    save.click()
    expect(page.get_by_role("group", name="There is a problem")).to_contain_text("changed while you were writing")
    save.click()
    page.get_by_role("button", name="Change my words").click()
    words.fill("We met 3 schools.")
    # Another page is looked at before it is saved: what was typed waits.
    page.get_by_role("link", name="Overview", exact=True).first.click()
    expect(lucy.notice).to_contain_text("It waits in this window")
    page.go_back()
    page.get_by_text("Correct this").click()
    expect(words).to_have_value("We met 3 schools.")
    save.click()
    expect(lucy.notice).to_have_text("Your update is corrected. The earlier words are kept with it.")
    entry = lucy.timeline.first
    expect(entry).to_contain_text("We met 3 schools.")
    page.get_by_text("after it was acknowledged. See the first wording").click()
    expect(entry.locator(".quoted")).to_contain_text("We met 30 schools.")
