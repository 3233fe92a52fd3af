"""What a lead officer does besides posting: answer, move a date, set a status, sign off."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, GLORIA, GORDON, JANE, LUCY, PIPPA, Site
from tests.e2e.visit import PHONE, Visit


def sign_off_form(visit: Visit) -> None:
    panel = visit.page.get_by_role("region", name="For the lead officer")
    expect(panel.get_by_role("group")).to_have_count(1)
    panel.get_by_text("Sign off as complete", exact=True).first.click()


def change(visit: Visit, fact: str) -> None:
    """Press "Change" beside a fact."""
    visit.page.get_by_role("button", name=f"Change {fact}", exact=True).click()


def test_the_lead_officer_acknowledges_an_update(window: Windows, site: Site) -> None:
    site.as_(LUCY).post("3.4", "September is analysed", "A")
    jane = window(JANE)
    jane.open("/actions/3.4")
    expect(jane.timeline.first).to_contain_text("Not yet acknowledged by the lead officer")
    expect(jane.page.locator(".action-head")).to_contain_text("Lucy Goodfellow says at risk, not yet acknowledged")
    jane.page.get_by_role("button", name="Acknowledge the update by Lucy Goodfellow").click()
    expect(jane.notice).to_have_text("The update by Lucy Goodfellow is answered")
    expect(jane.timeline.first).to_contain_text("Acknowledged by Jane Carroll")
    expect(jane.page.locator(".action-head .tag")).to_have_text("At risk")
    assert site.as_(LUCY).action("3.4")["rating"]["acknowledgement"] == "acknowledged"


def test_an_acknowledgement_that_did_not_arrive_says_so(window: Windows, site: Site) -> None:
    site.as_(LUCY).post("3.4", "The first meeting is set", "G")
    jane = window(JANE, size=PHONE)
    jane.open("/actions/3.4")
    jane.cut("**/acknowledgement")
    jane.announce("ERR_FAILED")
    press = jane.page.get_by_role("button", name="Acknowledge the update by Lucy Goodfellow").first
    press.click()
    expect(jane.page.get_by_text("This did not reach the server.")).to_be_visible()
    jane.mend()
    press.click()
    expect(jane.timeline.first).to_contain_text("Acknowledged by Jane Carroll")


def test_the_lead_officer_returns_an_update_with_a_question(window: Windows, site: Site) -> None:
    site.as_(LUCY).post("3.5", "Data asked for", "G")
    jane = window(JANE, size=PHONE)
    jane.open("/actions/3.5")
    jane.page.get_by_text("Return with a question").click()
    jane.page.get_by_label("Question to Lucy Goodfellow").fill("From whom, and when is it due?")
    # Another page is looked at meanwhile: what was typed waits.
    jane.page.get_by_role("link", name="Overview", exact=True).first.click()
    expect(jane.notice).to_contain_text("It waits in this window")
    jane.page.go_back()
    jane.page.get_by_text("Return with a question").click()
    expect(jane.page.get_by_label("Question to Lucy Goodfellow")).to_have_value("From whom, and when is it due?")
    jane.page.get_by_role("button", name="Return with this question").click()
    expect(jane.timeline.first).to_contain_text("Returned with a question by Jane Carroll")
    lucy = window(LUCY, size=PHONE)
    lucy.open("/actions/3.5")
    expect(lucy.timeline.first).to_contain_text("From whom, and when is it due?")


def test_a_question_cannot_be_empty(window: Windows, site: Site) -> None:
    update = site.as_(LUCY).post("3.4", "Another one", "G")
    jane = window(JANE)
    jane.open("/actions/3.4")
    jane.page.get_by_text("Return with a question").first.click()
    jane.page.get_by_role("button", name="Return with this question").first.click()
    expect(jane.page.get_by_label("Question to Lucy Goodfellow").first).to_be_focused()
    assert site.as_(JANE).action("3.4")["updates"][0]["id"] == update["id"]
    assert site.as_(JANE).action("3.4")["updates"][0]["acknowledgement"]["state"] == "waiting"


def test_a_contributor_is_offered_none_of_it(window: Windows, site: Site) -> None:
    site.as_(LUCY).post("3.4", "Mine to write, not to answer", "G")
    lucy = window(LUCY)
    lucy.open("/actions/3.4")
    expect(lucy.timeline.first).to_contain_text("Mine to write, not to answer")
    expect(lucy.page.get_by_role("button", name=re.compile("^Acknowledge"))).to_have_count(0)
    expect(lucy.page.get_by_role("region", name="For the lead officer")).to_have_count(0)


def test_a_moved_date_keeps_the_printed_one_in_sight(window: Windows) -> None:
    """To a summer that nobody who runs this has behind them: one of 2027 was past on 29 February 2028."""
    jane = window(JANE)
    jane.open("/actions/3.6")
    change(jane, "by when")
    jane.page.get_by_label("Words for the paper").fill("Summer 2198")
    jane.page.get_by_label("The new date is").select_option("season")
    jane.page.get_by_label("First day").fill("2198-06-01")
    jane.page.get_by_label("Last day").fill("2198-08-31")
    jane.page.get_by_label("Reason").fill("Two agencies merge in May")
    jane.page.get_by_role("button", name="Save the date").click()
    expect(jane.notice).to_have_text("The date of 3.6 is changed")
    side = jane.page.get_by_role("complementary", name="About this action")
    expect(side.locator(".printed")).to_have_text("Summer 2198")
    side.get_by_text("Changed once").click()
    expect(side).to_contain_text("First printed: 08/04/2021")
    expect(side).to_contain_text("Two agencies merge in May")
    expect(jane.page.locator(".head-facts")).not_to_contain_text("Past its date")
    expect(jane.timeline.first).to_contain_text("Date changed from 08/04/2021 to Summer 2198")
    jane.page.get_by_role("link", name="Actions", exact=True).first.click()
    row = jane.page.get_by_role("row").filter(has=jane.page.get_by_role("link", name=re.compile(r"^3\.6 ")))
    expect(row).to_contain_text("Moved once, first printed as 08/04/2021")


def test_a_status_is_set_with_a_reason(window: Windows, site: Site) -> None:
    gordon = window(GORDON)
    gordon.open("/actions/5.4")
    change(gordon, "status")
    gordon.page.get_by_label("New status").select_option("on_hold")
    gordon.page.get_by_label("Reason").fill("The scheme was extended")
    gordon.page.get_by_role("button", name="Save the status").click()
    expect(gordon.notice).to_have_text("The status of 5.4 is changed")
    expect(gordon.page.locator(".status-word")).to_have_text("On hold")
    expect(gordon.timeline.first).to_contain_text("Status changed from not reported to On hold")
    expect(gordon.timeline.first).to_contain_text("The scheme was extended")
    assert site.as_(GORDON).action("5.4")["status"] == "on_hold"


def test_a_status_set_on_what_somebody_else_changed_is_asked_again(window: Windows, site: Site) -> None:
    gordon = window(GORDON)
    gordon.announce("status of 412")
    gordon.open("/actions/5.1")
    change(gordon, "status")
    gordon.page.get_by_label("New status").select_option("on_hold")
    gordon.page.get_by_label("Reason").fill("Waiting for the speaker")
    site.as_(BUSINESS_MANAGER).set_status("5.1", "not_started", "The speaker is ill")
    gordon.page.get_by_role("button", name="Save the status").click()
    expect(gordon.page.get_by_role("group", name="About your change")).to_contain_text(
        "Business Manager changed the status while you were writing."
    )
    expect(gordon.timeline.first).to_contain_text("The speaker is ill")
    expect(gordon.page.get_by_label("Reason")).to_have_value("Waiting for the speaker")
    gordon.page.get_by_role("button", name="Save mine over it").click()
    expect(gordon.notice).to_have_text("The status of 5.1 is changed")


def test_a_second_person_signs_off_what_was_delivered(window: Windows, site: Site) -> None:
    site.as_(GLORIA).post("5.5", "The workshop was held", "G", claim="delivered")
    gordon = window(GORDON)
    gordon.open("/actions/5.5")
    sign_off_form(gordon)
    gordon.page.locator("#sign-impact").fill("Forty officers trained")
    gordon.page.get_by_label("Evidence: what it is").fill("Attendance list")
    gordon.page.get_by_label("Evidence: link (https://…)").fill("https://example.org/list")
    gordon.page.get_by_role("button", name="Sign off as complete").click()
    expect(gordon.notice).to_have_text("5.5 is signed off as complete")
    expect(gordon.page.locator(".action-head .tag")).to_have_text("Complete")
    gordon.page.get_by_role("link", name="Overview").first.click()
    expect(gordon.page.get_by_role("link", name="5.5, Complete")).to_be_visible()


def test_nobody_signs_off_their_own_claim(window: Windows, site: Site) -> None:
    site.as_(PIPPA).post("1.7", "Done, I say", "G", claim="delivered")
    pippa = window(PIPPA)
    pippa.open("/actions/1.7")
    side = pippa.page.get_by_role("complementary", name="About this action")
    expect(side).to_contain_text("somebody else has to sign it off")
    expect(pippa.page.get_by_role("region", name="For the lead officer")).to_have_count(0)
    expect(pippa.page.get_by_text("Sign off as complete")).to_have_count(0)


def test_signing_off_without_anything_to_show_is_refused_in_words(window: Windows, site: Site) -> None:
    manager = window(BUSINESS_MANAGER)
    manager.announce("status of 422")
    manager.open("/actions/4.1")
    sign_off_form(manager)
    manager.page.get_by_role("button", name="Sign off as complete").click()
    expect(manager.page.locator("#sign-off-problem")).not_to_be_empty()
    assert site.as_(JANE).action("4.1")["status"] == "delivered"


def test_the_business_manager_enters_what_came_by_e_mail(window: Windows) -> None:
    manager = window(BUSINESS_MANAGER)
    manager.open("/actions/1.8")
    manager.page.get_by_label("Whose update is this?").select_option(label="Lucy Goodfellow")
    manager.write("Read out over the telephone", "On track")
    manager.post_button.click()
    manager.expect_posted("1.8")
    expect(manager.timeline.first).to_contain_text("Entered by Business Manager for Lucy Goodfellow")
