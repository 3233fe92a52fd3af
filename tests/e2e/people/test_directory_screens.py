"""The directory kept true by the business manager: people, agencies, what one became, groups; on a phone and at a desk."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import sideways, violations
from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, LUCY, Site
from tests.e2e.visit import DESK, PHONE, Visit

TWO = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


def sound(visit: Visit, name: str) -> None:
    """Nothing for axe to complain of, nothing to scroll sideways; SHOTS=folder keeps a picture."""
    assert violations(visit.page) == []
    assert sideways(visit.page) == 0
    if "SHOTS" in os.environ:
        width = visit.page.evaluate("innerWidth")
        visit.page.screenshot(path=Path(os.environ["SHOTS"]) / f"{name}-{width}.png", full_page=True)


@TWO
def test_people_are_found_added_and_edited(window: Windows, site: Site, size: tuple[int, int]) -> None:
    visit = window(BUSINESS_MANAGER, size=size)
    page = visit.page
    visit.announce("412")
    visit.open("/admin/people")
    people = page.get_by_role("table", name="People")
    expect(people.get_by_role("row", name="Kate Dempsey")).to_be_visible()
    sound(visit, "people")
    page.get_by_label("Name", exact=True).fill("dibsd")
    expect(page.get_by_text("2 people", exact=True)).to_be_visible()
    page.get_by_label("Agency").select_option("Not stated in the plan")
    expect(page).to_have_url(f"{site.url}/admin/people?q=dibsd&agency=none")
    page.get_by_label("Show").select_option("Those who left")
    expect(page.get_by_role("heading", name="Nobody matches")).to_be_visible()
    sound(visit, "people-none")

    page.get_by_role("link", name="Add a person").first.click()
    expect(page.get_by_role("heading", name="Add a person")).to_be_focused()
    page.get_by_label("E-mail address").fill("somebody")
    page.get_by_role("button", name="Add this person").click()
    expect(page.get_by_role("group", name="There is a problem")).to_be_focused()
    sound(visit, "person-new-wrong")
    name = f"Nina Newman {size[0]}"
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-mail address").fill("Nina@Example.org")
    page.get_by_label("Agency").select_option("NELFT")
    page.get_by_role("button", name="Add this person").click()
    expect(visit.notice).to_have_text(f"{name} is added")
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_label("E-mail address")).to_have_value("nina@example.org")

    # Somebody else writes the same field meanwhile: both are there, nothing typed is lost, and saving again is one's own choice.
    manager, path = site.as_(BUSINESS_MANAGER), f"/people/{page.url.rsplit('/', 1)[1]}"
    etag = manager.send("GET", path).headers["ETag"]
    manager.send("PATCH", path, {"post": "Nurse", "aliases": ["Nin"]}, **{"If-Match": etag}).raise_for_status()
    page.get_by_label("Post").fill("Matron")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("group", name="About what you typed")).to_be_focused()
    expect(page.get_by_text("Somebody else wrote meanwhile: Nurse")).to_be_visible()
    expect(page.get_by_label("Post")).to_have_value("Matron")
    sound(visit, "person-clash")
    page.get_by_role("button", name="Save").click()
    expect(visit.notice).to_have_text(f"{name} is saved")
    saved = manager.get(path)
    assert (saved["post"], saved["aliases"]) == ("Matron", ["Nin"])


@TWO
def test_somebody_who_left_is_shown_with_what_is_still_theirs(
    window: Windows, site: Site, size: tuple[int, int]
) -> None:
    who = {PHONE: "Kate Dempsey", DESK: "Trevor Cook"}[size]
    found = {each["name"]: each["id"] for each in site.as_(LUCY).get("/people?limit=200")["data"]}
    visit = window(BUSINESS_MANAGER, size=size)
    page = visit.page
    visit.open(f"/admin/people/{found[who]}")
    page.get_by_label("Left on").fill("2026-05-05")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Left on 5 May 2026.")).to_be_visible()
    expect(page.get_by_text("still name them")).to_be_visible()
    expect(page.get_by_role("link", name="Hand over", exact=True)).to_have_attribute(
        "href", f"/admin/people/{found[who]}/handover"
    )
    sound(visit, "person-left")
    page.get_by_role("region", name="In the plans").get_by_role("link", name="Action").first.click()
    expect(page.get_by_role("link", name=who).first).to_be_visible()
    visit.open("/admin/people?left=true")
    expect(page.get_by_role("row", name=who)).to_contain_text("Left on 5 May 2026")


@TWO
def test_an_agency_becomes_another(window: Windows, site: Site, size: tuple[int, int]) -> None:
    old = {PHONE: "CCG", DESK: "BHRUT"}[size]
    new = f"NHS North East London {size[0]}"
    visit = window(BUSINESS_MANAGER, size=size)
    page = visit.page
    visit.open("/admin/agencies")
    expect(page.get_by_role("table", name="Agencies").get_by_role("row", name=old)).to_contain_text("Still there")
    sound(visit, "agencies")
    page.get_by_role("table", name="Agencies").get_by_role("link", name=old, exact=True).click()
    expect(page.get_by_role("heading", name=old, exact=True)).to_be_visible()
    people = page.get_by_role("region", name="In the plans").get_by_role("listitem")
    count = people.count()
    page.get_by_text("It became another agency…").click()
    page.get_by_role("button", name="Record what it became").click()
    expect(page.get_by_role("group", name="There is a problem")).to_contain_text("Enter the day from which it holds")
    page.get_by_label("Name of the new agency").fill(new)
    page.get_by_label("From which day").fill("2026-11-01")
    said = f"{count} people move to {new} from 1 November 2026. Older papers and posted updates keep {old}."
    expect(page.get_by_text(said)).to_be_visible()
    sound(visit, "agency-became")
    page.get_by_role("button", name="Record what it became").click()
    expect(visit.notice).to_have_text(f"{old} is now {new}")
    expect(page.get_by_text(f"Became {new} on 1 November 2026.")).to_be_visible()
    sound(visit, "agency-ended")
    page.get_by_role("link", name=new).click()
    expect(page.get_by_role("heading", name=new)).to_be_visible()
    expect(people).to_have_count(count)


def test_with_the_keys_alone(window: Windows, site: Site) -> None:
    """An agency and a group are added, and the group is renamed, without a pointer; the focus is never lost."""
    visit = window(BUSINESS_MANAGER)
    page = visit.page
    visit.open("/admin/agencies")
    page.get_by_role("link", name="Add an agency").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Add an agency")).to_be_focused()
    expect(page.get_by_label("Name", exact=True)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("Young Minds")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Vol")
    page.get_by_role("button", name="Add this agency").focus()
    page.keyboard.press("Enter")
    expect(visit.notice).to_have_text("Young Minds is added")
    expect(page.get_by_role("heading", name="Young Minds")).to_be_focused()
    expect(page.get_by_label("Kind")).to_have_value("voluntary")
    page.get_by_role("link", name="Agencies and groups").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add a group").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name of the new group")).to_be_focused()
    page.keyboard.type("young carers")
    page.keyboard.press("Enter")
    expect(visit.notice).to_have_text("young carers is added")
    expect(page.get_by_role("button", name="Add a group")).to_be_focused()
    page.get_by_role("button", name="Rename young carers").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("New name of young carers")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Young carers")
    page.keyboard.press("Enter")
    expect(visit.notice).to_have_text("young carers is now Young carers")
    expect(page.get_by_role("button", name="Rename Young carers")).to_be_focused()


def test_what_is_said_when_the_server_is_away(window: Windows, site: Site) -> None:
    visit = window(BUSINESS_MANAGER, size=PHONE)
    page = visit.page
    visit.announce("net::ERR_FAILED", "request failed")
    visit.open("/admin/people/new")
    page.get_by_label("Name", exact=True).fill("Somebody Typed")
    page.route("**/api/v1/people*", lambda route: route.abort())
    page.get_by_role("button", name="Add this person").click()
    expect(page.get_by_role("group", name="There is a problem")).to_contain_text("Nothing you have typed is lost")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Somebody Typed")
    page.get_by_role("link", name="People").click()
    expect(page.get_by_role("heading", name="The server did not answer")).to_be_visible()
    assert violations(page) == []
    page.unroute("**/api/v1/people*")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("row", name="Kate Dempsey")).to_be_visible()
