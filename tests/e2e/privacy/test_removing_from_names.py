"""A family's name typed as a person's or a group's: where it stands is said first, then it is removed for good."""

from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.axe import sideways, violations
from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, LUCY, Person, Site
from tests.e2e.visit import DESK, PHONE, Visit

LOOK, REMOVE = "See where they stand", "Remove for good"


def made(manager: Person, path: str, **body: str) -> str:
    """The id of something new whose name the manager says is of nobody."""
    answer = manager.send("POST", path, {**body, "confirm_no_case_data": True}, **{"Idempotency-Key": str(uuid4())})
    return str(answer.raise_for_status().json()["id"])


def fill(page: Page, words: str, reason: str) -> None:
    page.get_by_label("The words to remove").fill(words)
    page.get_by_label("Why you remove them").fill(reason)


def is_well(visit: Visit) -> None:
    assert violations(visit.page) == []
    assert sideways(visit.page) == 0


def test_a_persons_name_is_taken_out_on_a_phone(window: Windows, site: Site) -> None:
    api = site.as_(BUSINESS_MANAGER)
    person = made(api, "/people", name="Mother of Marisol Vane", post="Parent")
    manager = window(BUSINESS_MANAGER, size=PHONE)
    page = manager.page
    manager.announce("422")
    manager.open(f"/admin/people/{person}")
    page.get_by_text("Remove words from this name for good").click()
    expect(page.get_by_label("The words to remove")).to_have_value("Mother of Marisol Vane")
    is_well(manager)
    fill(page, "nobody at all", "It named a family.")
    page.get_by_role("button", name=LOOK).click()
    expect(page.get_by_text("These words are not there. Nothing was removed.")).to_be_visible()
    fill(page, "marisol  vane", "It named a family.")
    page.get_by_role("button", name=LOOK).click()
    stand = page.get_by_role("status").filter(has_text="They stand here.")
    expect(stand).to_contain_text("1 in people, agencies, groups and systems")
    expect(stand).to_contain_text("in the history")
    # It was only looked at.
    assert api.get(f"/people/{person}")["name"] == "Mother of Marisol Vane"
    is_well(manager)
    # Other words than those that were looked for are looked for first: nothing is removed unseen.
    for words in ("Mother of Marisol Vane", "Marisol Vane"):
        page.get_by_label("The words to remove").fill(words)
        with page.expect_response("**/redaction") as looked:
            page.get_by_role("button", name=REMOVE).click()
        assert looked.value.request.post_data_json["preview"] is True
        assert api.get(f"/people/{person}")["name"] == "Mother of Marisol Vane"
    expect(page.get_by_role("button", name=REMOVE)).not_to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name=REMOVE).click()
    expect(manager.notice).to_have_text("The words are removed")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mother of [removed]")
    is_well(manager)
    assert api.get(f"/people/{person}")["name"] == "Mother of [removed]"


def test_a_groups_name_is_taken_out_by_the_keys_alone(window: Windows, site: Site) -> None:
    api = site.as_(BUSINESS_MANAGER)
    group = made(api, "/groups", name="Carers of Oberon Quill")
    manager = window(BUSINESS_MANAGER, size=DESK)
    page = manager.page
    manager.open("/admin/agencies")
    opener = page.get_by_text("Remove words for good from Carers of Oberon Quill")
    opener.focus()
    page.keyboard.press("Enter")
    fill(page, "Oberon Quill", "It named a family.")
    page.get_by_label("Why you remove them").press("Control+End")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=LOOK)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="They stand here.")).to_be_visible()
    is_well(manager)
    expect(page.get_by_role("button", name=REMOVE)).to_be_focused()
    page.keyboard.press("Enter")
    expect(manager.notice).to_have_text("The words are removed")
    expect(page.get_by_role("listitem").filter(has_text="Carers of [removed]")).to_be_visible()
    assert [each["name"] for each in api.get("/groups?limit=200")["data"] if each["id"] == group] == [
        "Carers of [removed]"
    ]


def test_nobody_else_is_offered_it(window: Windows, site: Site) -> None:
    person = next(each["id"] for each in site.plan()["people"] if each["name"] == LUCY)
    lucy = window(LUCY)
    lucy.open(f"/admin/people/{person}")
    expect(lucy.page.get_by_text("This is for the business manager")).to_be_visible()
    refused = site.as_(LUCY).send(
        "POST", f"/people/{person}/redaction", {"words": "Lucy", "reason": "No."}, **{"Idempotency-Key": str(uuid4())}
    )
    assert refused.status_code == 403
