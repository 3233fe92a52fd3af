"""My actions, done one after another without going back to the list (DESIGN 5.5)."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.access.test_accessibility import check_all_sizes
from tests.e2e.access.test_keyboard import tab_to
from tests.e2e.conftest import Windows
from tests.e2e.site import GLORIA, GORDON, JANE, LUCY, PIPPA, ROBERT, Site
from tests.e2e.visit import PHONE, Visit


def heading(visit: Visit) -> str:
    """What the step's heading says, once it has the focus."""
    title = visit.page.get_by_role("heading", level=1)
    expect(title).to_be_focused()
    return title.inner_text().replace("\n", " ")


def next_is(visit: Visit, step: str) -> None:
    """The next step has come, in the address and with the focus on its heading."""
    expect(visit.page).to_have_url(re.compile(rf"/my\?next={re.escape(step)}$"))
    expect(visit.page.get_by_role("heading", level=1)).to_be_focused()


def said(visit: Visit, words: str) -> None:
    expect(visit.notice).to_have_text(re.compile(words))
    expect(visit.page.get_by_role("status").filter(has_text=re.compile(words))).to_have_count(1)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_a_lead_officer_does_all_of_it_on_a_phone(window: Windows, site: Site) -> None:
    site.as_(LUCY).post("3.4", "The deep-dives are done.", "G", claim="delivered", impact="Four areas compared.")
    site.as_(PIPPA).post("3.7", "The figures are asked for.", "A")
    jane = window(JANE, size=PHONE)
    page = jane.page
    jane.open("/my")
    assert re.match(r"Jane, \d+ actions need an update", page.get_by_role("heading", level=1).inner_text())
    expect(page.get_by_role("heading", level=2).first).to_have_text(re.compile("Waits for you 3"))
    check_all_sizes(jane)
    jane.size(PHONE)

    page.get_by_role("link", name="Answer 3.4").click()
    next_is(jane, "acknowledge-3.4")
    assert re.match(r"1 of \d+ · Answer an update 3\.4 Undertake", heading(jane))
    expect(page.locator(".queue .entry")).to_contain_text("The deep-dives are done.")
    expect(page.locator(".queue .entry")).to_contain_text("Four areas compared.")
    check_all_sizes(jane)
    jane.size(PHONE)
    press(page, "Acknowledge the update by Lucy Goodfellow")
    said(jane, r"^The update by Lucy Goodfellow is answered\. \d+ left$")

    next_is(jane, "acknowledge-3.7")
    page.get_by_text("Return with a question").click()
    page.get_by_label("Question to Pippa Ward").fill("From whom?")
    check_all_sizes(jane)
    jane.size(PHONE)
    press(page, "Return with this question")

    next_is(jane, "sign-off-3.4")
    expect(page.locator(".queue .entry")).to_contain_text("Says it is delivered")
    page.get_by_label("Impact").fill("Two boroughs use it.")
    check_all_sizes(jane)
    jane.size(PHONE)
    press(page, "Sign off as complete")
    said(jane, r"^3\.4 is signed off as complete\. \d+ left$")

    next_is(jane, "update-3.6")  # past its date comes first
    jane.write("Clarified with all three.", "At risk")
    jane.post_button.click()
    said(jane, r"^Update posted on 3\.6\. \d+ left$")
    second = re.findall(r"update-([\d.]+)$", page.url)[0]
    jane.write("Begun.", "On track")
    jane.post_button.click()
    said(jane, rf"^Update posted on {re.escape(second)}\. \d+ left$")
    third = re.findall(r"update-([\d.]+)$", page.url)[0]
    press(page, "Skip for now")
    said(jane, rf"^{re.escape(third)} skipped\. \d+ left$")

    # What was done stands with the server, and Back does not do it again.
    assert site.as_(JANE).action("3.4")["status"] == "complete"
    assert site.as_(PIPPA).action("3.7")["updates"][0]["acknowledgement"]["question"] == "From whom?"
    assert site.as_(JANE).texts_on("3.6")[0] == "Clarified with all three."
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(re.escape(third)))
    expect(jane.words).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Your update is posted.")).to_be_visible()
    check_all_sizes(jane)
    jane.size(PHONE)
    press(page, "Next")
    expect(jane.words.or_(page.get_by_role("heading", name="That was the last one"))).to_be_visible()
    page.get_by_role("link", name=re.compile("^Stop$|^Back to my actions$")).click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("link", name=f"Update {third}")).to_be_visible()


def test_by_keyboard_alone_to_the_end(window: Windows, site: Site) -> None:
    gloria = window(GLORIA)
    page = gloria.page
    gloria.open("/my")
    everything = page.get_by_role("link", name=re.compile("^Do all"))
    count = int(re.findall(r"\d+", everything.inner_text())[0])
    tab_to(page, everything)
    page.keyboard.press("Enter")
    first = heading(gloria)
    assert first.startswith(f"1 of {count} · Update ")
    tab_to(page, gloria.words)
    page.keyboard.type("Posted by keyboard.")
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    tab_to(page, gloria.post_button)
    page.keyboard.press("Enter")
    said(gloria, rf"^Update posted on [\d.]+\. {count - 1} left$")
    for left in range(count - 2, -1, -1):
        assert re.match(rf"{count - 1 - left} of|{count - left} of", heading(gloria))
        tab_to(page, page.get_by_role("button", name="Skip for now"))
        page.keyboard.press("Enter")
        said(gloria, rf"skipped\. {f'{left} left' if left else 'That was the last one'}$")
    expect(page.get_by_role("heading", name="That was the last one")).to_be_focused()
    expect(page.get_by_text(f"You posted 1 update. {count - 1} were skipped.")).to_be_visible()
    expect(page.get_by_text("The date of the board’s next meeting is not set.")).to_be_visible()
    check_all_sizes(gloria)


def test_offline_the_words_stay_as_drafts_and_the_queue_goes_on(window: Windows, site: Site) -> None:
    lucy = window(LUCY, size=PHONE)
    lucy.announce("net::ERR_INTERNET_DISCONNECTED")
    lucy.open("/my")
    lucy.page.get_by_role("link", name=re.compile("^Update ")).first.click()
    expect(lucy.words).to_be_visible()
    number = re.findall(r"update-([\d.]+)$", lucy.page.url)[0]
    lucy.write("On the train.", "On track")
    lucy.context.set_offline(True)
    expect(lucy.page.locator(".state-strip")).to_be_visible()
    lucy.post_button.click()
    said(lucy, rf"^You are offline: your update on {re.escape(number)} is kept on this device\. \d+ left$")
    expect(lucy.page.get_by_role("heading", level=1)).not_to_contain_text(f"{number} ")
    expect(lucy.words).to_be_visible()
    lucy.back_online()
    lucy.page.get_by_role("link", name="Stop").click()
    lucy.page.get_by_role("link", name=f"Finish your draft {number}").click()
    expect(lucy.words).to_have_value("On the train.")
    lucy.post_button.click()
    said(lucy, rf"^Update posted on {re.escape(number)}\.")
    assert site.as_(LUCY).texts_on(number) == ["On the train."]


def test_the_address_of_a_step_opens_it_and_of_one_that_is_done_says_so(window: Windows) -> None:
    gordon = window(GORDON)
    gordon.open("/my?next=update-5.5")
    expect(gordon.page.get_by_role("heading", level=1)).to_contain_text("5.5")
    expect(gordon.words).to_be_visible()
    gordon.open("/my?next=acknowledge-5.5")
    expect(gordon.page.get_by_role("heading", name="Nothing waits on 5.5 any more")).to_be_visible()
    check_all_sizes(gordon)


def test_where_the_form_cannot_be_fetched_the_action_has_its_own_page(window: Windows, site: Site) -> None:
    gordon = window(GORDON)
    gordon.announce("net::ERR_FAILED", "dynamically imported module")
    gordon.page.route("**/js/parts/updates/queue.js", lambda route: route.abort())
    gordon.open("/my")
    gordon.page.get_by_role("link", name="Update 5.5").click()
    expect(gordon.page).to_have_url(f"{site.url}/actions/5.5#update")
    expect(gordon.words).to_be_visible()


@pytest.mark.parametrize(("who", "home"), [(JANE, "/my"), (LUCY, "/my"), (ROBERT, "/")])
def test_signing_in_lands_where_the_work_is(window: Windows, site: Site, who: str, home: str) -> None:
    visit = window()
    visit.open("/sign-in")
    visit.sign_in(who)
    expect(visit.page).to_have_url(site.url + home)
