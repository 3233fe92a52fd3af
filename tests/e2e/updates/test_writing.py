"""Writing an update: drafts that outlive the page, and a form that says what is missing (DESIGN 5.4, 9)."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Windows
from tests.e2e.site import GLORIA, LUCY, PIPPA, Site
from tests.e2e.visit import Visit

REFUSE_STORAGE = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


def drafts_kept(visit: Visit) -> list[str]:
    found: list[str] = visit.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))")
    return found


def test_a_draft_outlives_a_reload_and_the_tab(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions/1.8#update")
    lucy.write("Half a sentence about", "Off track")
    expect(lucy.page.locator(".draft-line")).to_have_text(
        re.compile(r"^Draft kept on this device, \d\d:\d\d\s*Delete draft")
    )
    lucy.page.reload()
    lucy.ready()
    expect(lucy.words).to_have_value("Half a sentence about")
    expect(lucy.page.get_by_role("radio", name=re.compile("^Off track"))).to_be_checked()
    lucy.page.close()
    again = lucy.context.new_page()
    lucy.watch(again)
    again.goto(f"{lucy.site.url}/actions/1.8")
    expect(again.get_by_label("What has happened since the last update?")).to_have_value("Half a sentence about")
    expect(again.locator(".draft-line")).to_contain_text("Draft kept on this device")


def test_my_actions_offers_to_finish_a_draft(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions/6.3")
    lucy.words.fill("To be finished on the train")
    expect(lucy.page.locator(".draft-line")).to_be_visible()
    lucy.open("/my")
    lucy.page.get_by_role("link", name="Finish your draft 6.3").click()
    expect(lucy.words).to_have_value("To be finished on the train")
    expect(lucy.page.get_by_role("heading", level=1)).to_be_focused()


def test_a_draft_is_deleted_when_asked(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions/1.8")
    lucy.words.fill("Not this")
    assert len(drafts_kept(lucy)) == 1
    lucy.page.get_by_role("button", name="Delete draft").click()
    expect(lucy.words).to_have_value("")
    expect(lucy.page.locator(".draft-line")).to_have_count(0)
    assert drafts_kept(lucy) == []
    lucy.page.reload()
    lucy.ready()
    expect(lucy.words).to_have_value("")


def test_a_browser_that_keeps_nothing_is_told(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.page.add_init_script(REFUSE_STORAGE)
    lucy.open("/actions/1.8")
    lucy.words.fill("Nowhere to keep this")
    expect(lucy.page.locator(".draft-line")).to_have_text(
        "This browser will not keep drafts. Post before you leave this page."
    )


def test_a_browser_that_keeps_nothing_can_still_post(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.page.add_init_script(REFUSE_STORAGE)
    lucy.open("/actions/1.8")
    lucy.write("Posted without a draft")
    lucy.post_button.click()
    lucy.expect_posted("1.8")
    assert site.as_(LUCY).texts_on("1.8")[0] == "Posted without a draft"


def test_drafts_of_two_people_on_one_desktop_never_meet(window: Windows, site: Site) -> None:
    first = window(LUCY, cookies=site.own_cookies_of(LUCY))
    first.open("/actions/6.3")
    first.words.fill("Only Lucy's")
    expect(first.page.locator(".draft-line")).to_be_visible()
    first.open("/account")
    first.page.get_by_role("button", name="Sign out").click()
    first.page.get_by_role("radio", name="Keep it on this device").check()
    first.page.get_by_role("button", name="Sign out").last.click()
    first.ready()
    first.sign_in("Business Manager")
    expect(first.page).to_have_url(f"{site.url}/")
    first.open("/actions/6.3")
    expect(first.words).to_have_value("")


def test_an_empty_update_moves_the_focus_to_what_is_missing(window: Windows) -> None:
    gloria = window(GLORIA)
    gloria.open("/actions/5.1")
    gloria.page.get_by_role("radio", name=re.compile("^On track")).check()
    gloria.post_button.click()
    summary = gloria.page.get_by_role("group", name="There is a problem")
    expect(summary).to_be_focused()
    expect(gloria.words).to_have_attribute("aria-invalid", "true")
    expect(gloria.words).to_have_accessible_description(re.compile("Write what has happened since the last update"))
    link = summary.get_by_role("link", name="Write what has happened since the last update")
    link.click()
    expect(gloria.words).to_be_focused()


def test_an_update_without_a_rating_asks_how_it_is_going(window: Windows) -> None:
    gloria = window(GLORIA)
    gloria.open("/actions/5.2")
    gloria.write("Words alone", None)
    gloria.post_button.click()
    gloria.page.get_by_role("link", name="Choose how it is going").click()
    expect(gloria.page.get_by_role("radio", name=re.compile("^On track"))).to_be_focused()


def test_the_count_appears_when_the_end_is_near_and_too_much_is_refused(window: Windows) -> None:
    gloria = window(GLORIA)
    gloria.open("/actions/5.2")
    count = gloria.page.locator(".update .field [role=status]").first
    gloria.write("x" * 3499)
    expect(count).to_have_text("")
    gloria.words.fill("x" * 3500)
    expect(count).to_have_text("500 characters left")
    gloria.words.fill("x" * 4001)
    expect(count).to_have_text("1 character too many")
    gloria.post_button.click()
    expect(gloria.page.get_by_role("group", name="There is a problem")).to_contain_text(
        "Shorten the update by 1 character, to 4000"
    )


def test_the_field_grows_with_its_words(window: Windows) -> None:
    gloria = window(GLORIA)
    gloria.open("/actions/5.2")
    before = gloria.words.bounding_box()
    gloria.words.fill("line\n" * 30)
    after = gloria.words.bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"] + 300
    assert gloria.words.evaluate("(area) => area.scrollHeight <= area.clientHeight")


def test_the_rating_of_last_time_is_chosen_already(window: Windows, site: Site) -> None:
    site.as_(PIPPA).post("1.4", "Going well", "G")
    pippa = window(PIPPA)
    pippa.open("/actions/1.4")
    expect(pippa.page.get_by_role("radio", name=re.compile("^On track"))).to_be_checked()


def test_a_change_of_rating_is_told_in_the_timeline(window: Windows, site: Site) -> None:
    site.as_(PIPPA).post("1.5", "Going well", "G")
    pippa = window(PIPPA)
    pippa.open("/actions/1.5")
    pippa.write("Two clinics closed", "Off track")
    pippa.post_button.click()
    pippa.expect_posted("1.5")
    expect(pippa.timeline.first).to_contain_text("Rating changed from On track to Off track")


def test_no_change_is_one_tap(window: Windows, site: Site) -> None:
    site.as_(GLORIA).post("2.5", "Dates agreed", "G")
    gloria = window(GLORIA)
    gloria.open("/actions/2.5")
    gloria.page.get_by_role("button", name="No change since the last update").click()
    gloria.expect_posted("2.5")
    expect(gloria.timeline.first).to_contain_text("No change since the last update.")
    assert site.as_(GLORIA).texts_on("2.5") == ["No change since the last update.", "Dates agreed"]


def test_next_step_impact_and_evidence_are_posted_and_shown(window: Windows) -> None:
    gloria = window(GLORIA)
    gloria.open("/actions/5.5")
    gloria.write("The workshop was held")
    gloria.page.get_by_text("Add more: next step, impact, evidence").click()
    gloria.page.get_by_label("Next step").fill("Repeat it in March")
    gloria.page.get_by_label("Impact").fill("Thirty officers trained")
    gloria.page.get_by_role("button", name="Add a link to evidence").click()
    gloria.page.locator("#evidence-0-title").fill("Slides")
    gloria.page.locator("#evidence-0-url").fill("https://example.org/slides")
    gloria.post_button.click()
    gloria.expect_posted("5.5")
    first = gloria.timeline.first
    expect(first).to_contain_text("Next step: Repeat it in March")
    expect(first).to_contain_text("Impact: Thirty officers trained")
    expect(first.get_by_role("link", name="Slides")).to_have_attribute("href", "https://example.org/slides")
    expect(gloria.page.get_by_label("Next step")).to_have_value("")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "not an address"])
def test_evidence_that_is_no_link_is_refused_at_its_field(window: Windows, url: str) -> None:
    gloria = window(GLORIA)
    gloria.announce("status of 422")
    gloria.open("/actions/6.4")
    gloria.write("See the slides")
    gloria.page.get_by_text("Add more: next step, impact, evidence").click()
    gloria.page.get_by_role("button", name="Add a link to evidence").click()
    gloria.page.locator("#evidence-0-url").fill(url)
    gloria.post_button.click()
    summary = gloria.page.get_by_role("group", name="There is a problem")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(gloria.page.locator("#evidence-0-url")).to_be_focused()
    expect(gloria.words).to_have_value("See the slides")


def test_delivered_is_a_claim_that_a_second_person_confirms(window: Windows, site: Site) -> None:
    gloria = window(GLORIA)
    gloria.open("/actions/6.2")
    gloria.write("The pilot ended in June", "Delivered")
    gloria.post_button.click()
    gloria.expect_posted("6.2")
    expect(gloria.timeline.first).to_contain_text("Says it is delivered; a second person confirms it")
    expect(gloria.page.locator(".status-word")).to_have_text("Delivered")
    assert site.as_(GLORIA).action("6.2")["status"] == "delivered"
