"""The business manager adds, numbers and removes actions and objectives on a phone, by touch and by keys, and brings them back."""

import os
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.axe import every_width
from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, GLORIA, JANE, LUCY, Site
from tests.e2e.visit import DESK, PHONE, TABLET, Visit


def sound(visit: Visit, name: str) -> None:
    """At three widths nothing for axe to complain of, nothing to scroll sideways; SHOTS=folder keeps pictures."""
    every_width(visit, name)
    for size in (TABLET, DESK, PHONE):
        visit.size(size)
        if "SHOTS" in os.environ:
            visit.page.screenshot(path=Path(os.environ["SHOTS"]) / f"{name}-{size[0]}.png", full_page=True)


def actions_of(site: Site, number: int) -> list[Any]:
    found = next((one for one in site.plan()["objectives"] if one["number"] == number), None)
    return [(action["number"], action["text"]) for action in found["actions"]] if found else []


def pick(page: Page, label: str, name: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).and_(page.locator("input")).fill(name)


def test_an_action_is_added_numbered_removed_and_brought_back(window: Windows, site: Site) -> None:
    visit = window(BUSINESS_MANAGER, size=PHONE)
    page = visit.page
    before = actions_of(site, 3)
    visit.open("/actions?objective=3")
    page.get_by_role("button", name="Add an action to objective 3").click()
    expect(page.get_by_label("Wording")).to_be_focused()
    page.get_by_role("button", name="Add this action").click()
    expect(page.get_by_role("group", name="There is a problem")).to_be_focused()
    sound(visit, "add-wrong")
    page.get_by_label("Wording").fill("Publish one data set every quarter.")
    page.get_by_label("By when", exact=True).last.select_option("season")
    page.get_by_label("First day").fill("2027-03-01")
    page.get_by_label("Last day").fill("2027-05-31")
    page.get_by_label("Words for the paper").fill("Spring 2027")
    pick(page, "Person", "Nobody Here")
    page.get_by_role("button", name="Name another person").click()
    pick(page, "Person 2", LUCY)
    page.get_by_role("button", name="Add this action").click()
    expect(page.get_by_role("group", name="There is a problem")).to_contain_text("Choose somebody from the list")
    pick(page, "Person", "Gloria Okewale")
    sound(visit, "add-filled")
    visit.cut("**/actions")
    page.get_by_role("button", name="Add this action").click()
    expect(page.get_by_role("group", name="There is a problem")).to_contain_text("Nothing you have typed is lost")
    visit.mend()
    page.get_by_role("button", name="Add this action").click()
    expect(visit.notice).to_have_text("Action 3.9 is added")
    line = page.get_by_role("link", name=re.compile("^3.9 Publish"))
    expect(line).to_be_focused()
    sound(visit, "added")
    line.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Publish one data set")
    expect(page.locator(".side")).to_contain_text("Gloria Okewale")

    page.get_by_text("Change its number").click()
    page.get_by_role("button", name="Give it this number").click()
    expect(page.get_by_role("group", name="There is a problem")).to_contain_text("Choose another number")
    page.get_by_label("New number").select_option("2")
    sound(visit, "number")
    page.get_by_role("button", name="Give it this number").click()
    expect(visit.notice).to_have_text("Action 3.9 is now 3.2")
    expect(page).to_have_url(re.compile("/actions/3.2$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Publish one data set")
    assert actions_of(site, 3)[2] == ("3.3", before[1][1])

    page.get_by_text("Remove from the plan").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_role("group", name="There is a problem")).to_contain_text("Tick the box to confirm")
    page.get_by_label("Why it is removed").fill("It is part of another plan")
    page.get_by_label("Yes, remove action 3.2").check()
    sound(visit, "remove")
    page.get_by_role("button", name="Remove it").click()
    expect(visit.notice).to_have_text("Action 3.2 is removed from the plan")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("link", name=re.compile("^3.2 "))).to_have_count(0)
    sound(visit, "removed")

    visit.open("/admin/objectives")
    gone = page.get_by_role("region", name="Removed from the plan")
    expect(gone).to_contain_text("by Business Manager: It is part of another plan")
    gone.get_by_role("button", name="Bring back Action 3.2").click()
    expect(visit.notice).to_have_text("Action 3.2 is back in the plan")
    expect(gone).to_contain_text("Nothing was removed")
    assert actions_of(site, 3)[1] == ("3.2", "Publish one data set every quarter.")


def test_an_action_moves_to_another_objective_by_touch_and_by_keys(window: Windows, site: Site) -> None:
    visit = window(BUSINESS_MANAGER, size=PHONE)
    page = visit.page
    four, six = actions_of(site, 4), actions_of(site, 6)
    visit.open("/actions/4.2")
    page.get_by_text("Change its number or objective").click()
    page.get_by_label("Objective", exact=True).focus()
    page.keyboard.type("6")
    expect(page.get_by_label("New number")).to_have_value(str(len(six) + 1))
    expect(page.get_by_text("Its lead officer will be that of the other objective.")).to_be_visible()
    page.get_by_label("New number").select_option("2")
    sound(visit, "move")
    page.get_by_role("button", name="Move it there").press("Enter")
    expect(visit.notice).to_have_text("Action 4.2 is now 6.2")
    expect(page).to_have_url(re.compile("/actions/6.2$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(four[1][1][:40])
    assert [text for _, text in actions_of(site, 6)] == [six[0][1], four[1][1], *(text for _, text in six[1:])]
    assert [text for _, text in actions_of(site, 4)] == [text for at, (_, text) in enumerate(four) if at != 1]

    page.get_by_text("Change its number or objective").click()
    page.get_by_label("Objective", exact=True).focus()
    page.keyboard.type("4")
    page.get_by_label("New number").select_option("2")
    page.get_by_role("button", name="Move it there").click()
    expect(visit.notice).to_have_text("Action 6.2 is now 4.2")
    assert (actions_of(site, 4), actions_of(site, 6)) == (four, six)


def test_whoever_leads_one_objective_is_not_asked_for_another(window: Windows) -> None:
    visit = window(JANE)
    visit.open("/actions/3.2")
    visit.page.get_by_text("Change its number or objective").click()
    expect(visit.page.get_by_label("New number")).to_be_visible()
    expect(visit.page.get_by_label("Objective", exact=True)).to_have_count(0)


def test_objectives_are_edited_moved_added_and_removed(window: Windows, site: Site) -> None:
    visit = window(BUSINESS_MANAGER, size=PHONE)
    page = visit.page
    visit.open("/admin/objectives")
    expect(page.get_by_role("heading", level=1, name="Objectives")).to_be_visible()
    sound(visit, "objectives")
    page.get_by_role("button", name="Edit objective 2", exact=True).press("Enter")
    expect(page.get_by_label("Wording")).to_be_focused()
    page.get_by_label("Wording").fill("Other words of the second objective.")
    page.get_by_role("button", name="Edit objective 3", exact=True).click()
    expect(page.get_by_label("Wording")).to_be_focused()
    expect(page.get_by_label("Wording")).to_have_value("Other words of the second objective.")
    page.get_by_label("Short title").fill("Second")
    page.get_by_label("Lead officer", exact=True).fill("Nobody Here")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("group", name="There is a problem")).to_be_focused()
    page.get_by_label("Lead officer", exact=True).fill("Lucy Goodfellow")
    expect(page.get_by_label("Lead officer as printed")).to_have_value("")
    sound(visit, "objective-edit")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(visit.notice).to_have_text("Objective 2 is saved")
    expect(page.get_by_role("button", name="Edit objective 2", exact=True)).to_be_focused()
    expect(page.get_by_role("heading", name="Objective 2: Second")).to_be_visible()

    page.get_by_role("button", name="Move up objective 2", exact=True).press("Enter")
    expect(visit.notice).to_have_text("Objective 2 is now 1")
    expect(page.get_by_role("button", name="Move up objective 1", exact=True)).to_be_focused()
    expect(page.get_by_role("heading", level=2).first).to_have_text("Objective 1: Second")
    page.get_by_role("button", name="Move down objective 1", exact=True).press("Enter")
    expect(visit.notice).to_have_text("Objective 1 is now 2")

    page.get_by_role("button", name="Remove objective 2", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("so it cannot be removed")
    sound(visit, "objective-holds")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Add an objective").click()
    page.get_by_label("Wording").fill("Every child is heard.")
    visit.announce("422")
    page.get_by_label("Short title").fill("About 943 476 5919")
    page.get_by_role("button", name="Add this objective").click()
    page.get_by_role("dialog", name="Is this about a child or family?").get_by_role(
        "button", name="Change my words"
    ).click()
    page.get_by_label("Short title").fill("Voice")
    page.get_by_role("button", name="Add this objective").click()
    expect(visit.notice).to_have_text("Objective 7 is added")
    expect(page.get_by_role("button", name="Add an objective")).to_be_focused()
    page.get_by_role("button", name="Remove objective 7", exact=True).click()
    page.get_by_label("Why it is removed").fill("Not agreed")
    sound(visit, "objective-remove")
    page.get_by_role("button", name="Remove this objective").click()
    expect(visit.notice).to_have_text("Objective 7 is removed from the plan")
    gone = page.get_by_role("region", name="Removed from the plan")
    sound(visit, "objectives-gone")
    gone.get_by_role("button", name="Bring back Objective 7").press("Enter")
    expect(visit.notice).to_have_text("Objective 7 is back in the plan")
    expect(page.get_by_role("heading", name="Objective 7: Voice")).to_be_visible()
    assert site.plan()["objectives"][6]["short_title"] == "Voice"


def test_who_may_not_is_offered_nothing(window: Windows) -> None:
    visit = window(GLORIA, size=PHONE)
    visit.open("/actions")
    expect(visit.page.get_by_role("button", name=re.compile("^Add an action"))).to_have_count(0)
    lead = window(JANE, size=PHONE)
    lead.open("/actions")
    expect(lead.page.get_by_role("button", name=re.compile("^Add an action"))).to_have_count(1)
