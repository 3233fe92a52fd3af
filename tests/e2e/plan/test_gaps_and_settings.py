"""What the plan owes itself and its own settings: the administrator at a desk, a lead officer on a phone."""

import os
import re
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.axe import every_width
from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, JANE, PIPPA, ROBERT, Site
from tests.e2e.visit import DESK, PHONE, TABLET, Visit


def sound(visit: Visit, name: str, *sizes: tuple[int, int]) -> None:
    """Nothing for axe to complain of, nothing to scroll sideways; SHOTS=folder keeps pictures at these widths."""
    kept = visit.page.viewport_size or {"width": DESK[0], "height": DESK[1]}
    every_width(visit, name)
    if "SHOTS" in os.environ:
        for size in sizes or (PHONE, TABLET, DESK):
            visit.size(size)
            visit.page.screenshot(path=Path(os.environ["SHOTS"]) / f"{name}-{size[0]}.png", full_page=True)
    visit.size((kept["width"], kept["height"]))


def test_the_administrator_sets_the_plan_and_settles_what_is_open(window: Windows, site: Site) -> None:
    visit = window(BUSINESS_MANAGER)
    page = visit.page
    visit.open("/admin")
    sound(visit, "manage", DESK)
    page.get_by_role("link", name="Plan", exact=True).click()
    expect(page.get_by_role("heading", name="Plan", exact=True)).to_be_focused()
    sound(visit, "plan")

    # What is wrong is said at the field, and nothing typed is lost.
    page.get_by_label("Heading").fill("")
    page.get_by_label("Word for amber").fill("Needs care")
    expect(page.get_by_role("group", name="Amber, an exclamation mark")).to_contain_text("Needs care")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_role("group", name="There is a problem")).to_be_focused()
    expect(page.get_by_label("Heading")).to_have_attribute("aria-invalid", "true")
    sound(visit, "plan-wrong", PHONE)
    page.get_by_label("Heading").fill("Havering Safeguarding Children Partnership Business Plan")

    # Somebody else changes the same and another meanwhile: theirs stands beside it.
    manager = site.as_(BUSINESS_MANAGER)
    path = "/plans/havering-2020-23"
    tag = {"If-Match": manager.send("GET", path).headers["ETag"]}
    theirs = {"heading": "The plan of the board", "priority": "Highest"}
    manager.send("PATCH", path, theirs, **tag).raise_for_status()
    visit.announce("412", "422", "403")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_role("group", name="About what you typed")).to_be_focused()
    expect(page.get_by_text("Somebody else wrote meanwhile: The plan of the board")).to_be_visible()
    sound(visit, "plan-clash")

    # Words like case data are asked about, a lost answer is said, and then it is saved.
    page.get_by_label("Summary").fill("Ask 943 476 5919.")
    page.get_by_role("button", name="Save the plan").click()
    asked = page.get_by_role("dialog", name="Is this about a child or family?")
    sound(visit, "plan-asked", PHONE)
    asked.get_by_role("button", name="Change my words").click()
    page.get_by_label("Summary").fill("Safer together.")
    visit.cut("**/plans/havering-2020-23")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_role("group", name="There is a problem")).to_contain_text("Nothing you have typed is lost")
    visit.mend()
    page.get_by_role("button", name="Save the plan").click()
    expect(visit.notice).to_have_text("The plan is saved")
    plan = site.plan()
    assert (plan["heading"], plan["priority"]) == (
        "Havering Safeguarding Children Partnership Business Plan",
        "Highest",
    )
    assert [entry["word"] for entry in plan["rating_key"]] == ["Off track", "Needs care", "On track", "Complete"]

    # The word is everywhere a rating is, without opening the page anew.
    site.as_(JANE).post("3.2", "Slow.", "A")
    page.get_by_role("link", name="Overview", exact=True).first.click()
    expect(page.get_by_role("list").filter(has_text="Needs care").first).to_be_visible()
    page.get_by_role("link", name="Report", exact=True).first.click()
    expect(page.get_by_role("list", name="Key")).to_contain_text("Needs care")

    visit.open("/")
    page.get_by_role("link", name="What the plan still owes itself").click()
    expect(page.get_by_role("heading", name="What the plan still owes itself")).to_be_focused()
    sound(visit, "gaps-admin")
    questions = page.get_by_role("region", name="Questions from the paper, and others")
    questions.get_by_role("button", name=re.compile("^Settle it ?: The heading says")).click()
    expect(page.get_by_label("How it was settled")).to_be_focused()
    sound(visit, "gap-note")
    page.get_by_label("How it was settled").fill("The papers carry the partnership’s name.")
    page.get_by_role("button", name="Settle this question").click()
    expect(visit.notice).to_have_text("The question is settled; the history keeps it with the answer")
    expect(questions.get_by_text("The heading says")).to_have_count(0)
    entry = manager.get(f"{path}/journal?limit=1")["data"][0]
    assert entry["sentence"].endswith("Answer: “The papers carry the partnership’s name.”")

    # Two names lead to the pair itself.
    page.get_by_role("link", name="Compare the two names").first.click()
    expect(page.get_by_role("heading", level=2).filter(has_text="Dibsd")).to_be_focused()


def test_the_administrator_removes_words_from_settings_and_objectives(window: Windows, site: Site) -> None:
    manager, path = site.as_(BUSINESS_MANAGER), "/plans/havering-2020-23"
    tag = {"If-Match": manager.send("GET", path).headers["ETag"]}
    manager.send("PATCH", path, {"summary": "Learn from Zebulon Quill."}, **tag).raise_for_status()
    objective = f"/objectives/{site.plan()['objectives'][4]['id']}"
    tag = {"If-Match": manager.send("GET", objective).headers["ETag"]}
    manager.send("PATCH", objective, {"short_title": "As Zebulon Quill asked"}, **tag).raise_for_status()
    visit = window(BUSINESS_MANAGER, size=PHONE)
    page = visit.page
    visit.open("/admin/plan")
    expect(page.get_by_label("Summary")).to_have_value("Learn from Zebulon Quill.")
    page.get_by_label("Priority").fill("Highest of all")
    opens = page.get_by_text("Remove words from the plan’s settings and objectives…")
    opens.click()
    words = page.get_by_label("The words to remove")
    words.fill("no such words")
    page.get_by_label("Why you remove them").fill("It named a family.")
    sound(visit, "plan-redact")
    visit.announce("422")
    page.get_by_role("button", name="Remove for good").click()
    expect(page.get_by_text("These words are not there. Nothing was removed.")).to_be_visible()
    expect(page.get_by_label("Why you remove them")).to_have_value("It named a family.")
    sound(visit, "plan-redact-refused", PHONE)
    words.fill("zebulon quill")
    page.get_by_role("button", name="Remove for good").click()
    expect(visit.notice).to_have_text("The words are removed from the plan’s settings and objectives")
    expect(opens).to_be_focused()

    # The form above has the words without them, and what was typed and not saved.
    expect(page.get_by_label("Summary")).to_have_value("Learn from [removed].")
    expect(page.get_by_label("Priority")).to_have_value("Highest of all")
    page.get_by_role("button", name="Save the plan").click()
    expect(visit.notice).to_have_text("The plan is saved")
    plan = site.plan()
    assert (plan["priority"], plan["summary"]) == ("Highest of all", "Learn from [removed].")
    assert plan["objectives"][4]["short_title"] == "As [removed] asked"


def test_a_lead_officer_settles_hers_on_a_phone(window: Windows, site: Site) -> None:
    visit = window(JANE, size=PHONE)
    page = visit.page
    visit.open("/gaps")
    sound(visit, "gaps-lead", PHONE)
    page.get_by_role("link", name="Only what I can settle").click()
    dates = page.get_by_role("region", name="Still “TBC” after a review")
    rows = dates.get_by_role("listitem")
    expect(page.get_by_text("are settled")).to_have_count(0)
    before = rows.count()
    first, second = (rows.nth(at).get_by_role("button", name=re.compile("^Set the date")) for at in (0, 1))
    number = (first.text_content() or "").split(": ")[1]
    following = second.text_content() or ""
    first.click()
    expect(page.get_by_label("The new date is")).to_be_focused()
    page.get_by_label("Date", exact=True).fill("2027-03-31")
    page.get_by_label("Reason").fill("Agreed in November.")
    sound(visit, "gap-date")

    visit.announce("ERR_FAILED")
    visit.cut("**/dates")
    page.get_by_role("button", name="Save the date").click()
    expect(page.get_by_text("What you wrote is still in the form.")).to_be_visible()
    expect(page.get_by_label("Reason")).to_have_value("Agreed in November.")
    visit.mend()
    page.get_by_role("button", name="Save the date").click()
    expect(visit.notice).to_have_text(f"The date of {number} is changed")
    expect(rows).to_have_count(before - 1)
    expect(rows.first).to_be_focused()
    assert following in (rows.first.text_content() or "")
    assert site.as_(JANE).action(number)["by_when"]["to"] == "2027-03-31"

    # The last of a group says so, and the focus goes to its heading.
    rows.first.get_by_role("button", name=re.compile("^Set the date")).click()
    page.get_by_label("The new date is").select_option("ongoing")
    page.get_by_label("Reason").fill("It does not end.")
    page.get_by_role("button", name="Save the date").click()
    expect(dates).to_contain_text("All of these that were yours are settled.")
    expect(dates.get_by_role("heading")).to_be_focused()
    sound(visit, "gaps-settled", PHONE)


def test_every_kind_of_gap_is_settled_where_it_is_read(window: Windows, site: Site) -> None:
    manager = site.as_(BUSINESS_MANAGER)
    objective = f"/objectives/{site.plan()['objectives'][4]['id']}"
    tag = {"If-Match": manager.send("GET", objective).headers["ETag"]}
    manager.send("PATCH", objective, {"lead": None}, **tag).raise_for_status()
    visit = window(BUSINESS_MANAGER)
    page = visit.page
    visit.open("/gaps")

    nobody = page.get_by_role("region", name="Nobody named")
    nobody.get_by_role("button", name=re.compile("^Name somebody ?: 5.4")).click()
    expect(page.get_by_role("combobox", name="Find a person")).to_be_focused()
    page.get_by_role("combobox", name="Find a person").fill("Lucy Goodf")
    page.get_by_role("option", name="Lucy Goodfellow").click()
    sound(visit, "gap-people")
    # One form at a time: what is typed here is not thrown away by opening another.
    page.get_by_role("button", name=re.compile("^Name a lead officer ?: Objective 5")).click()
    expect(visit.notice).to_have_text("Save or cancel this first")
    page.get_by_role("button", name="Save the people").click()
    expect(visit.notice).to_have_text("The people of 5.4 are changed")
    expect(nobody.get_by_role("heading")).to_be_focused()
    assert [place["name"] for place in manager.action("5.4")["by_whom"]["named"]] == ["Lucy Goodfellow"]

    page.get_by_role("button", name=re.compile("^Name a lead officer ?: Objective 5")).click()
    expect(page.get_by_role("combobox", name="Lead officer")).to_be_focused()
    page.get_by_role("combobox", name="Lead officer").fill("Jane Carroll")
    sound(visit, "gap-lead")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="Objectives without a lead officer")).to_contain_text(
        "All of these are settled."
    )
    assert site.plan()["objectives"][4]["lead"]["name"] == "Jane Carroll"

    agencies = page.get_by_role("region", name="People without an agency")
    agencies.get_by_role("button", name=re.compile("^State the agency ?: Alice Peatling")).click()
    agencies.get_by_role("button", name="State the agency", exact=True).click()
    expect(page.get_by_role("group", name="There is a problem")).to_contain_text("Choose the agency")
    sound(visit, "gap-agency")
    page.get_by_role("combobox", name="Agency").select_option(index=1)
    agencies.get_by_role("button", name="State the agency", exact=True).click()
    expect(visit.notice).to_have_text("The agency of Alice Peatling is stated now")
    expect(agencies.get_by_text("Alice Peatling")).to_have_count(0)

    head = page.get_by_role("region", name="The head of the plan is not filled in")
    head.get_by_role("button", name=re.compile("^Set it ?: End date of the plan")).click()
    head.get_by_label("End date of the plan").fill("2027-12-31")
    sound(visit, "gap-head")
    head.get_by_role("button", name="Set it", exact=True).click()
    expect(visit.notice).to_have_text("End date of the plan: set")
    assert site.plan()["ends_on"] == "2027-12-31"


def test_what_was_typed_and_not_saved_waits_until_it_is_discarded(window: Windows) -> None:
    visit = window(BUSINESS_MANAGER, size=PHONE)
    page = visit.page
    visit.open("/gaps")
    settle = page.get_by_role("button", name=re.compile("^Settle it ?: The action cites"))
    settle.click()
    answer = page.get_by_label("How it was settled")
    answer.fill("Asked the board.")
    page.get_by_role("link", name="Overview", exact=True).first.click()
    expect(visit.notice).to_have_text("What you typed is not saved. It waits in this window: go back to finish it.")
    page.go_back()
    settle.click()
    expect(answer).to_have_value("Asked the board.")
    waits = page.get_by_role("group", name="About what you typed")
    expect(waits).to_contain_text("This is what you had not saved yet.")
    sound(visit, "gap-waited", PHONE)

    # Signing out says so and leads back to it; it is asked about before it is discarded.
    page.locator('a[href$="/account"]').first.click()
    page.get_by_role("button", name="Sign out").click()
    asked = page.get_by_role("dialog", name="You have 1 change not saved")
    expect(asked.get_by_role("button", name="Discard and sign out")).to_be_visible()
    sound(visit, "sign-out-change", PHONE)
    asked.get_by_role("link", name="Go back to What the plan still owes itself").click()
    settle.click()
    page.get_by_role("button", name="Cancel").click()
    expect(waits).to_contain_text("This is not saved.")
    page.get_by_role("button", name="Discard it").click()
    expect(settle).to_be_focused()
    settle.click()
    expect(answer).to_have_value("")


def test_nobody_reads_what_another_person_typed(window: Windows, site: Site) -> None:
    visit = window(BUSINESS_MANAGER, cookies=site.own_cookies_of(BUSINESS_MANAGER))
    page = visit.page
    visit.open("/actions/3.6")
    page.get_by_role("button", name="Change wording").click()
    page.get_by_label("Wording of the action").fill("Half a thought")
    page.get_by_role("link", name="Overview", exact=True).first.click()
    page.locator('a[href$="/account"]').first.click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("dialog").get_by_role("button", name="Discard and sign out").click()
    visit.sign_in(PIPPA)
    page.get_by_role("link", name="Actions", exact=True).first.click()
    page.locator('a[href$="/actions/3.6"]').first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("3.6")
    expect(page.get_by_text("Half a thought")).to_have_count(0)


def test_somebody_who_reads_only_learns_who_can(window: Windows) -> None:
    visit = window(ROBERT, size=PHONE)
    visit.open("/gaps")
    expect(visit.page.get_by_role("button", name=re.compile("^(Set|Settle)"))).to_have_count(0)
    expect(visit.page.get_by_role("region", name="No date")).to_contain_text(
        "Pippa Ward (lead officer of objective 1) or the business manager can settle this."
    )
