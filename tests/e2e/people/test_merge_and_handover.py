"""One person under two names, and somebody who leaves: what the business manager does about it, on a phone and at a desk."""

import os
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.axe import sideways, violations
from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, GLORIA, LUCY, PIPPA, Site
from tests.e2e.visit import DESK, PHONE, Visit

DALE, DALL = "Louise Dibsdale", "Louise Dibsdall"


def sound(visit: Visit, name: str) -> None:
    """Nothing for axe to complain of, nothing to scroll sideways; SHOTS=folder keeps a picture."""
    assert violations(visit.page) == []
    assert sideways(visit.page) == 0
    if "SHOTS" in os.environ:
        width = visit.page.evaluate("innerWidth")
        visit.page.screenshot(path=Path(os.environ["SHOTS"]) / f"{name}-{width}.png", full_page=True)


def pair(page: Page) -> str:
    """The heading of the pair, whichever of the two comes first."""
    found = page.get_by_role("heading", level=2).filter(has_text="Dibsd").first.text_content()
    assert found is not None
    return found


def holders(site: Site, number: str) -> list[tuple[str, str]]:
    """(who holds the place, the name as printed) on an action."""
    plan = site.plan()
    names = {person["id"]: person["name"] for person in plan["people"]}
    actions = {action["number"]: action for objective in plan["objectives"] for action in objective["actions"]}
    places = actions[number]["by_whom"]["named"]
    return [(names[each["person"]], each["name"]) for each in places if each["person"]]


def test_dibsdale_becomes_dibsdall_and_herself_again(window: Windows, site: Site) -> None:
    visit = window(BUSINESS_MANAGER, size=DESK)
    page = visit.page
    visit.open("/admin/duplicates")
    panel = page.get_by_role("article", name=pair(page))
    expect(panel.get_by_role("region", name=DALE).get_by_role("link", name="Action 4.8")).to_be_visible()
    sound(visit, "duplicates")
    panel.get_by_role("button", name="They are the same person").click()
    form = page.get_by_role("form", name="Join")
    expect(form.get_by_role("radio", checked=True)).to_be_focused()
    form.get_by_role("radio", name=DALL).check()
    expect(form.get_by_role("status")).to_contain_text(f"1 place on an action of {DALE} will be {DALL}’s.")
    form.get_by_label("Note").fill("She signs with two l")
    sound(visit, "join")

    visit.announce(r"net::ERR_FAILED")
    visit.cut("**/merge")
    form.get_by_role("button", name="Join them").click()
    expect(page.get_by_role("group", name="There is a problem")).to_be_focused()
    expect(form.get_by_label("Note")).to_have_value("She signs with two l")
    sound(visit, "join-lost")
    visit.mend()

    visit.announce("422")
    form.get_by_label("Note").fill("She asked about 943 476 5919")
    form.get_by_role("button", name="Join them").click()
    asked = page.get_by_role("dialog", name="Is this about a child or family?")
    expect(asked).to_contain_text("“943 476 5919” looks like an NHS number.")
    sound(visit, "join-asked")
    asked.get_by_role("button", name="Change my words").press("Enter")
    expect(page.get_by_role("group", name="There is a problem")).to_contain_text("Change the words, then save again.")
    expect(form.get_by_label("Note")).to_have_value("She asked about 943 476 5919")
    form.get_by_label("Note").fill("She signs with two l")
    form.get_by_role("button", name="Join them").click()
    expect(visit.notice).to_have_text(f"{DALE} is joined to {DALL}")
    expect(page.get_by_role("heading", name="Possible duplicates")).to_be_focused()
    expect(panel).to_have_count(0)
    assert (DALL, DALE) in holders(site, "4.8")
    sound(visit, "joined")

    page.get_by_role("link", name="Actions", exact=True).first.click()
    page.get_by_label("Person", exact=True).select_option(DALL)
    expect(page.get_by_role("link", name="4.8")).to_be_visible()
    expect(page.get_by_label("Person", exact=True).get_by_role("option", name=DALE)).to_have_count(0)

    visit.open("/admin/duplicates")
    page.get_by_role("button", name=f"Undo that {DALE} is {DALL}").press("Enter")
    expect(visit.notice).to_have_text(f"{DALE} and {DALL} are two people again")
    expect(panel).to_be_visible()
    expect(page.get_by_text("Undone by Business Manager")).to_be_visible()
    assert (DALE, DALE) in holders(site, "4.8")


def test_jane_and_john_are_two_on_a_phone(window: Windows) -> None:
    visit = window(BUSINESS_MANAGER, size=PHONE)
    page = visit.page
    visit.open("/admin/duplicates")
    carrolls = page.get_by_role("article", name="Carroll")
    page.get_by_role("button", name="They are the same person").first.click()
    sound(visit, "duplicates")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="They are the same person").first).to_be_focused()
    carrolls.get_by_role("button", name="Not the same").click()
    expect(visit.notice).to_contain_text("are two people")
    expect(carrolls).to_have_count(0)
    sound(visit, "told-apart")
    page.get_by_role("button", name="Take that back").click()
    expect(visit.notice).to_contain_text("may be one person")
    expect(carrolls).to_be_visible()


def test_gloria_hands_over_to_two_people_who_see_it(window: Windows, site: Site) -> None:
    gloria = next(person["id"] for person in site.plan()["people"] if person["name"] == GLORIA)
    site.as_(GLORIA).post("5.1", "My last words here.")
    visit = window(BUSINESS_MANAGER, size=PHONE)
    page = visit.page
    visit.open(f"/admin/people/{gloria}/handover")
    expect(page.get_by_text("8 actions are open in their name.")).to_be_visible()
    sound(visit, "handover")
    page.get_by_label("Everything to one person").fill("lucy goodfellow")
    page.get_by_label("Action 5.1").fill("Pippa Ward, NELFT")
    page.get_by_label("Action 2.3").fill("Somebody Unknown")
    page.get_by_label("Note").fill("She retires.")
    page.get_by_role("button", name="Hand over").click()
    expect(page.get_by_role("group", name="There is a problem")).to_be_focused()
    page.get_by_role("link", name="There is no Somebody Unknown in the list").press("Enter")
    expect(page.get_by_label("Action 2.3")).to_be_focused()
    expect(page.get_by_label("Note")).to_have_value("She retires.")
    sound(visit, "handover-wrong")
    page.get_by_label("Action 2.3").fill("Nobody (leave it without a name)")
    will = page.get_by_role("status").filter(has_text="takes")
    expect(will).to_contain_text(
        "Lucy Goodfellow takes 6 actions. Pippa Ward takes action 5.1. Nobody is named for action 2.3."
    )
    expect(will).to_contain_text("Gloria Okewale is signed out everywhere")
    visit.size(DESK)
    sound(visit, "handover-filled")
    visit.size(PHONE)
    page.get_by_role("button", name="Hand over").click()
    expect(page.get_by_role("heading", name="Gloria Okewale has handed over")).to_be_focused()
    expect(page.get_by_text("Nobody is named in their place on action 2.3.")).to_be_visible()
    expect(page.get_by_text("Their account has ended.")).to_be_visible()
    sound(visit, "handed-over")

    assert holders(site, "5.1") == [(PIPPA, PIPPA)]
    for name, number in ((LUCY, "6.4"), (PIPPA, "5.1")):
        taker = window(name, size=PHONE)
        taker.open("/my")
        expect(taker.page.get_by_role("link", name=f"{number} ").first).to_be_visible()
    words = site.as_(LUCY).action("5.1")["updates"][0]
    assert (words["text"], words["author"]["name"]) == ("My last words here.", GLORIA)
    visit.open(f"/admin/people/{gloria}/handover")
    expect(page.get_by_role("heading", name="Gloria Okewale has left")).to_be_visible()
