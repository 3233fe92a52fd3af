"""Words that look like case data: the question before they are kept, and how an administrator removes what got in."""

import json
import re

from playwright.sync_api import Locator, expect

from tests.e2e.axe import sideways, violations
from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, JANE, LUCY, Site
from tests.e2e.visit import PHONE, Visit

NUMBER = "943 476 5919"
GO_ON = re.compile("as it is: it is not about a child or family$")


def is_well(visit: Visit) -> None:
    assert violations(visit.page) == []
    assert sideways(visit.page) == 0


def question_of(visit: Visit) -> Locator:
    return visit.page.get_by_role("group", name="About your words")


def test_lucy_is_asked_on_a_phone_and_changes_her_words(window: Windows, site: Site) -> None:
    lucy = window(LUCY, size=PHONE)
    lucy.announce("422")
    lucy.open("/actions/3.4")
    lucy.write(f"We saw {NUMBER} twice.")
    lucy.post_button.click()
    expect(lucy.box).to_be_focused()
    expect(lucy.box).to_contain_text(f"“{NUMBER}” looks like an NHS number.")
    expect(lucy.box).to_contain_text("Do not name children or families.")
    is_well(lucy)
    # With the keys alone: the first button leads back to the words, which are all still there.
    lucy.page.keyboard.press("Tab")
    expect(lucy.page.get_by_role("button", name="Change my words")).to_be_focused()
    lucy.page.keyboard.press("Enter")
    expect(lucy.words).to_be_focused()
    expect(lucy.words).to_have_value(f"We saw {NUMBER} twice.")
    lucy.words.fill("We saw one family twice.")
    lucy.post_button.click()
    lucy.expect_posted("3.4")
    assert site.as_(LUCY).texts_on("3.4") == ["We saw one family twice."]


def test_lucy_posts_as_it_is_and_other_words_are_asked_about_anew(window: Windows, site: Site) -> None:
    lucy = window(LUCY, size=PHONE)
    lucy.announce("422")
    lucy.open("/actions/3.5")
    lucy.write("Call the front door on 01632 960 001.")
    lucy.post_button.click()
    expect(lucy.box).to_contain_text("looks like a telephone number")
    lucy.words.fill("Call the front door on 01632 960 001. Child A is safe.")
    expect(lucy.box).to_have_count(0)
    lucy.post_button.click()
    expect(lucy.box).to_contain_text("“Child A” looks like a person under an initial.")
    lucy.words.fill("Call the front door on 01632 960 001.")
    lucy.post_button.click()
    lucy.page.get_by_role("button", name=GO_ON).click()
    lucy.expect_posted("3.5")
    expect(lucy.words).to_have_value("")
    assert site.as_(LUCY).texts_on("3.5") == ["Call the front door on 01632 960 001."]


def test_jane_is_asked_about_a_question(window: Windows, site: Site) -> None:
    site.as_(LUCY).post("3.4", "September is analysed", "A")
    jane = window(JANE)
    jane.announce("422")
    jane.open("/actions/3.4")
    jane.timeline.first.get_by_text("Return with a question").click()
    question = jane.page.get_by_label("Question to Lucy Goodfellow")
    question.fill("Was Child B seen?")
    jane.page.get_by_role("button", name="Return with this question").click()
    expect(question_of(jane)).to_be_focused()
    expect(question_of(jane)).to_contain_text("“Child B” looks like a person under an initial.")
    is_well(jane)
    jane.page.get_by_role("button", name="Change my words").click()
    expect(question).to_be_focused()
    expect(question).to_have_value("Was Child B seen?")
    jane.page.get_by_role("button", name="Return with this question").click()
    jane.page.get_by_role("button", name=GO_ON).click()
    expect(jane.notice).to_have_text("The update by Lucy Goodfellow is answered")
    expect(jane.timeline.first).to_contain_text("Was Child B seen?")


def test_the_business_manager_removes_words_and_a_tombstone_stays(window: Windows, site: Site) -> None:
    site.as_(LUCY).post("3.4", "We met Zebulon Quill again.", "A")
    manager = window(BUSINESS_MANAGER, size=PHONE)
    manager.open("/actions/3.4")
    entry = manager.timeline.first
    expect(entry).to_contain_text("Zebulon Quill")
    entry.get_by_text("Remove words…").click()
    entry.get_by_label("Only these words").fill("zebulon quill")
    entry.get_by_label("Why you remove them").fill("It named somebody.")
    is_well(manager)
    entry.get_by_role("button", name="Remove for good").click()
    expect(manager.notice).to_have_text("The words are removed")
    expect(manager.timeline.first).to_contain_text("We met [removed] again.")
    expect(manager.timeline.first).to_contain_text("Words removed by an administrator")
    expect(manager.timeline.first).to_contain_text("It named somebody.")
    is_well(manager)
    manager.page.get_by_text("Remove words from this action…").click()
    manager.page.get_by_label("The words to remove").fill("no such words")
    manager.page.locator("#redact-action-why").fill("A mistake.")
    manager.announce("422")
    manager.page.get_by_role("button", name="Remove for good").last.click()
    expect(manager.page.get_by_text("These words are not there. Nothing was removed.")).to_be_visible()
    lucy = window(LUCY)
    lucy.open("/actions/3.4")
    expect(lucy.timeline.first).to_contain_text("Words removed by an administrator")
    expect(lucy.page.get_by_text("Remove words")).to_have_count(0)


def test_the_business_manager_reads_what_is_held_and_erases_when_they_have_left(window: Windows, site: Site) -> None:
    person = next(each["id"] for each in site.plan()["people"] if each["name"] == LUCY)
    manager = window(BUSINESS_MANAGER, size=PHONE)
    manager.open(f"/admin/people/{person}/data")
    expect(manager.page.get_by_role("heading", level=1)).to_have_text(f"What is held about {LUCY}")
    is_well(manager)
    with manager.page.expect_download() as saved:
        manager.page.get_by_role("button", name="Download JSON").click()
    assert saved.value.suggested_filename == "lucy-goodfellow-data.json"
    assert json.loads(saved.value.path().read_text())["person"]["name"] == LUCY
    with manager.context.expect_page() as opened:
        manager.page.get_by_role("link", name="Open for printing").click()
    paper = opened.value
    manager.watch(paper)
    expect(paper.get_by_role("heading", level=1)).to_have_text(f"What is held about {LUCY}")
    assert violations(paper) == []
    assert sideways(paper) == 0
    paper.close()
    manager.page.get_by_role("button", name="Erase contact details").click()
    expect(manager.page.get_by_role("group", name="There is a problem")).to_be_focused()
    is_well(manager)
    manager.announce("409")
    manager.page.get_by_label("Reason").fill("Asked for by letter.")
    manager.page.get_by_label(f"Erase how {LUCY} can be reached").check()
    manager.page.get_by_role("button", name="Erase contact details").click()
    expect(manager.page.get_by_role("group", name="There is a problem")).to_contain_text("has not left")
    expect(manager.page.get_by_label("Reason")).to_have_value("Asked for by letter.")
