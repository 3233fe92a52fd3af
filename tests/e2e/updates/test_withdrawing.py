"""Taking one's own update back, and what others see of it; what a partner's system brought."""

from playwright.sync_api import expect

from tests.e2e.conftest import Windows
from tests.e2e.site import JANE, LUCY, Site
from tests.e2e.visit import PHONE


def test_lucy_takes_her_update_back_on_a_phone(window: Windows, site: Site) -> None:
    site.as_(LUCY).post("3.4", "Meant for another action", "R")
    lucy = window(LUCY, size=PHONE)
    lucy.open("/actions/3.4")
    lucy.page.get_by_text("Withdraw this update").first.click()
    lucy.page.get_by_label("Why you withdraw it").first.fill("It belongs to 3.5")
    lucy.page.get_by_role("button", name="Withdraw it").first.click()
    expect(lucy.notice).to_have_text("Your update is withdrawn")
    expect(lucy.timeline.first).to_contain_text("This update was withdrawn by Lucy Goodfellow")
    expect(lucy.timeline.first).to_contain_text("It belongs to 3.5")
    expect(lucy.page.get_by_text("Meant for another action")).to_have_count(0)


def test_nobody_is_offered_to_take_back_anothers_words(window: Windows, site: Site) -> None:
    site.as_(LUCY).post("3.5", "These are mine", "G")
    jane = window(JANE)
    jane.open("/actions/3.5")
    expect(jane.timeline.first).to_contain_text("These are mine")
    expect(jane.page.get_by_text("Withdraw this update")).to_have_count(0)
