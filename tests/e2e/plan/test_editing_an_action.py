"""A lead officer changes an action where they read it: date, wording, people; clashes, undo, and nothing typed is lost."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.axe import every_width, violations
from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, GORDON, JANE, Site
from tests.e2e.visit import PHONE, Visit


def is_well(visit: Visit) -> None:
    """Nothing for axe and nothing to scroll sideways, on a phone, a tablet and a desk."""
    every_width(visit)
    visit.size(PHONE)


def change(visit: Visit, fact: str) -> Locator:
    """Press the button beside a fact; its form."""
    visit.page.get_by_role("button", name=f"Change {fact}", exact=True).click()
    form = visit.page.get_by_role("form", name=f"Change {fact}", exact=True)
    expect(form).to_be_visible()
    return form


def add_someone_new(visit: Visit, form: Locator) -> None:
    """Somebody whose name is nearly that of somebody in the directory, who is somebody else."""
    form.get_by_role("combobox", name="Find a person").fill("Lucy Goodfelow")
    form.get_by_role("option", name="Add “Lucy Goodfelow” as someone new").click()
    form.get_by_label("Agency (if known)").select_option(label="NELFT")
    form.get_by_role("button", name="Add to the list").click()
    near = form.get_by_role("group", name="Is it one of these?")
    expect(near).to_be_focused()
    expect(near.get_by_role("button", name=re.compile("^Lucy Goodfellow, "))).to_be_visible()
    is_well(visit)
    near.get_by_role("button", name="No, Lucy Goodfelow is somebody else").click()


def test_jane_changes_date_wording_and_people_on_a_phone_and_takes_one_back(window: Windows, site: Site) -> None:
    jane = window(JANE, size=PHONE)
    jane.open("/actions/3.6")
    side = jane.page.get_by_role("complementary", name="About this action")

    form = change(jane, "by when")
    expect(form.get_by_label("The new date is")).to_be_focused()
    form.get_by_role("button", name="Save the date").click()
    expect(form.get_by_role("link", name="Give the reason")).to_be_visible()
    is_well(jane)
    form.get_by_label("The new date is").select_option("season")
    form.get_by_label("First day").fill("2027-06-01")
    form.get_by_label("Last day").fill("2027-08-31")
    form.get_by_label("Words for the paper").fill("Summer 2027")
    form.get_by_label("Reason").fill("Two agencies merge in May")
    form.get_by_role("button", name="Save the date").click()
    expect(side.locator(".printed")).to_have_text("Summer 2027")
    expect(jane.page.get_by_role("button", name="Change by when")).to_be_focused()
    expect(side).to_contain_text(
        "Jane Carroll moved the date from 8 April 2021 to Summer 2027: Two agencies merge in May."
    )
    is_well(jane)

    form = change(jane, "wording")
    paper = form.get_by_label("Wording of the action").input_value()
    form.get_by_label("Wording of the action").fill("Say one thing, together.")
    is_well(jane)
    form.get_by_role("button", name="Save the wording").click()
    expect(jane.page.locator("h1")).to_contain_text("Say one thing, together.")
    jane.page.locator(".action-head summary", has_text="As printed").click()
    expect(jane.page.locator(".action-head details")).to_contain_text(paper[:40])

    form = change(jane, "by whom")
    expect(form.get_by_role("listitem")).to_have_count(6)
    form.get_by_role("button", name="Remove Adam Seomore").click()
    form.get_by_role("button", name="Up Gordon Henderson").click()
    add_someone_new(jane, form)
    expect(form).to_contain_text("Gordon Henderson (Police), Daniela Capasso and Lucy Goodfelow")
    form.get_by_role("button", name="Save the people").click()
    expect(side).to_contain_text("Jane Carroll put Lucy Goodfelow on the action and took Adam Seomore off it.")
    told = site.as_(JANE).action("3.6")["by_whom"]
    assert told["printed"].endswith("Gordon Henderson (Police), Daniela Capasso and Lucy Goodfelow")
    is_well(jane)

    jane.page.get_by_role("button", name="Undo the change of the people").click()
    expect(side).to_contain_text("Undone: 3.6 has the people it had before.")
    assert site.as_(JANE).action("3.6")["by_whom"]["first_printed"] is None


def test_a_clash_shows_whose_value_stands_and_nothing_typed_is_lost(window: Windows, site: Site) -> None:
    gordon = window(GORDON, size=PHONE)
    gordon.announce("status of 412")
    gordon.open("/actions/5.1")
    form = change(gordon, "status")
    form.get_by_label("New status").select_option("on_hold")
    form.get_by_label("Reason").fill("Waiting for the speaker")
    other = window(BUSINESS_MANAGER)
    other.open("/actions/5.1")
    theirs = change(other, "status")
    theirs.get_by_label("New status").select_option("not_started")
    theirs.get_by_label("Reason").fill("The speaker is ill")
    theirs.get_by_role("button", name="Save the status").click()
    expect(other.notice).to_have_text("The status of 5.1 is changed")
    form.get_by_role("button", name="Save the status").click()
    box = form.get_by_role("group", name="About your change")
    expect(box).to_be_focused()
    expect(box).to_contain_text("Business Manager changed the status while you were writing.")
    expect(box).to_contain_text("Not started: The speaker is ill")
    expect(box).to_contain_text("On hold: Waiting for the speaker")
    expect(form.get_by_label("Reason")).to_have_value("Waiting for the speaker")
    is_well(gordon)
    box.get_by_role("button", name="Save mine over it").click()
    expect(gordon.page.locator(".status-word")).to_have_text("On hold")
    assert site.as_(GORDON).action("5.1")["status_reason"] == "Waiting for the speaker"


def test_changes_of_two_things_at_once_both_stand(window: Windows, site: Site) -> None:
    gordon = window(GORDON)
    gordon.open("/actions/5.2")
    form = change(gordon, "wording")
    form.get_by_label("Wording of the action").fill("Other words of 5.2.")
    site.as_(BUSINESS_MANAGER).set_status("5.2", "on_hold", "The hall is shut")
    form.get_by_role("button", name="Save the wording").click()
    expect(gordon.page.locator("h1")).to_contain_text("Other words of 5.2.")
    expect(gordon.page.locator(".action-head")).to_contain_text(
        "Business Manager changed the status meanwhile; both changes stand."
    )


def test_what_is_not_saved_waits_while_somebody_looks_elsewhere(window: Windows) -> None:
    gordon = window(GORDON, size=PHONE)
    gordon.open("/actions/5.3")
    form = change(gordon, "by when")
    form.get_by_label("Reason").fill("The hall is shut until June")
    gordon.page.get_by_role("link", name="Overview").first.click()
    expect(gordon.notice).to_contain_text("Your change of 5.3 is not saved.")
    gordon.page.go_back()
    expect(form.get_by_label("Reason")).to_have_value("The hall is shut until June")
    form.get_by_label("Reason").press("Escape")
    expect(form.get_by_role("group", name="About your change")).to_contain_text("This change is not saved.")
    is_well(gordon)
    form.get_by_role("button", name="Discard it").click()
    expect(gordon.page.get_by_role("button", name="Change by when")).to_be_focused()


def test_trouble_is_said_in_the_form_and_the_words_stay(window: Windows) -> None:
    gordon = window(GORDON, service_workers="block")  # which might have kept the dialog that is cut off below
    gordon.announce("status of 40[13]", "net::ERR_", "Service Worker registration blocked")
    gordon.open("/actions/5.4")
    form = change(gordon, "wording")
    words = form.get_by_label("Wording of the action")
    words.fill("Other words of 5.4.")
    box = form.get_by_role("group", name="About your change")
    gordon.answer("**/actions/*", 403, "forbidden", times=1)
    form.get_by_role("button", name="Save the wording").click()
    expect(box).to_contain_text("What you wrote is still below")
    gordon.cut("**/api/v1/actions/*")
    form.get_by_role("button", name="Save the wording").click()
    expect(box).to_contain_text("This did not reach the server.")
    expect(words).to_have_value("Other words of 5.4.")
    gordon.mend()
    gordon.context.set_offline(True)
    form.get_by_role("button", name="Save the wording").click()
    expect(box).to_contain_text("You are offline.")
    gordon.back_online()
    expect(box).to_have_count(0)
    gordon.answer("**/actions/*", 401, "session-revoked", times=2)
    gordon.page.route("**/parts/accounts/sign-in-again.js", lambda route: route.abort(), times=1)
    form.get_by_role("button", name="Save the wording").click()
    expect(box).to_contain_text("This did not reach the server.")  # not even the dialog that asks for the password
    form.get_by_role("button", name="Save the wording").click()
    dialog = gordon.page.get_by_role("dialog", name="Sign in again to save this")
    dialog.get_by_role("button", name="Not now, keep my words").click()
    expect(words).to_have_value("Other words of 5.4.")
    form.get_by_role("button", name="Save the wording").click()
    expect(gordon.page.locator("h1")).to_contain_text("Other words of 5.4.")


def test_people_are_put_on_an_action_by_keyboard_alone(window: Windows, site: Site) -> None:
    gordon = window(GORDON)
    gordon.open("/actions/5.5")
    keys = gordon.page.keyboard
    gordon.page.get_by_role("button", name="Change by whom").focus()
    keys.press("Enter")
    form = gordon.page.get_by_role("form", name="Change by whom")
    finder = form.get_by_role("combobox", name="Find a person")
    for _ in range(30):
        if finder.evaluate("(one) => one === document.activeElement"):
            break
        keys.press("Tab")
    expect(finder).to_be_focused()
    expect(form).not_to_contain_text("Fetching the directory")
    keys.type("pippa")
    expect(form.get_by_text("1 found", exact=True)).to_be_visible()
    keys.press("ArrowDown")
    expect(form.get_by_role("option", selected=True)).to_contain_text("Pippa Ward")
    expect(finder).to_have_attribute("aria-activedescendant", "edit-found-0")
    assert violations(gordon.page) == []
    keys.press("Enter")
    up = form.get_by_role("button", name="Up Pippa Ward")
    up.focus()
    for _ in range(4):
        expect(
            form.get_by_role("button", name=re.compile("^(Up|Down) Pippa Ward$")).and_(form.locator(":focus"))
        ).to_have_count(1)
        keys.press("Enter")
    form.get_by_role("button", name="Save the people").focus()
    keys.press("Enter")
    expect(gordon.notice).to_have_text("The people of 5.5 are changed")
    expect(gordon.page.get_by_role("button", name="Change by whom")).to_be_focused()
    keys.press("Tab")
    expect(gordon.page.get_by_role("button", name="Undo the change of the people")).to_be_focused()
    assert site.as_(GORDON).action("5.5")["by_whom"]["named"][0]["name"] == "Pippa Ward"
    keys.press("Enter")
    expect(gordon.page.get_by_text("Undone: 5.5")).to_be_visible()
    assert len(site.as_(GORDON).action("5.5")["by_whom"]["named"]) == 4


def test_a_form_that_cannot_be_fetched_says_so_and_comes_at_the_next_press(window: Windows) -> None:
    gordon = window(GORDON)
    gordon.announce("net::ERR_")
    gordon.open("/actions/5.4")
    gordon.cut("**/edit-fact.js")
    button = gordon.page.get_by_role("button", name="Change wording", exact=True)
    button.click()
    expect(gordon.page.get_by_text("This could not be fetched. Nothing is lost.")).to_be_visible()
    gordon.mend()
    button.click()
    expect(gordon.page.get_by_label("Wording of the action")).to_be_focused()
