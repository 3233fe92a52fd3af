"""What assistive technology is told: landmarks, headings, names, tables and messages, read from the browser's own tree."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, GORDON, JANE, LUCY, Site
from tests.e2e.visit import SIZES, Visit

PATHS: dict[str, tuple[str, ...]] = {
    JANE: (
        "/", "/?view=board", "/actions", "/actions/3.4", "/my", "/my?next=update-3.6", "/report", "/report?updates=all",
        "/account", "/account/security", "/accessibility", "/gaps", "/journal", "/search?q=neglect", "/glossary", "/nowhere",
    ),
    BUSINESS_MANAGER: (
        "/admin", "/admin/plan", "/admin/objectives", "/admin/people", "/admin/agencies", "/admin/accounts",
        "/admin/duplicates", "/admin/audit", "/admin/tokens",
    ),
}  # fmt: skip
LANDMARKS = ["banner", "navigation Main", "main", "contentinfo"]


def tree(visit: Visit) -> list[dict[str, object]]:
    """The nodes of the accessibility tree that are told, in reading order: role, name, and properties by name."""
    cdp = visit.context.new_cdp_session(visit.page)
    nodes = {node["nodeId"]: node for node in cdp.send("Accessibility.getFullAXTree")["nodes"]}
    found, waiting = [], [next(key for key, node in nodes.items() if "parentId" not in node)]
    while waiting:
        node = nodes[waiting.pop()]
        waiting += [key for key in reversed(node.get("childIds", ())) if key in nodes]
        if not node.get("ignored"):
            told = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
            found.append({"role": node["role"]["value"], "name": node.get("name", {}).get("value", ""), **told})
    return found


@pytest.mark.parametrize("who", PATHS)
def test_each_page_has_its_landmarks_and_headings_in_order(window: Windows, who: str) -> None:
    visit = window(who)
    for path in PATHS[who]:
        visit.open(path)
        visit.page.wait_for_load_state("networkidle")
        nodes = tree(visit)
        shown = [f"{one['role']} {one['name']}".strip() for one in nodes]
        marks = [one for one in shown if one in LANDMARKS]
        board = path == "/?view=board"  # on a projector the bars are away; a link leads to the full view
        assert marks == (["main"] if board else LANDMARKS), path
        levels = [int(str(one["level"])) for one in nodes if one["role"] == "heading"]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)
        assert visit.page.locator("html").get_attribute("lang") == "en-GB"


def test_a_square_says_its_number_rating_and_lateness(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/")
    strip = lucy.page.get_by_role("listitem").filter(has=lucy.page.get_by_role("link", name=re.compile("^3.6, "))).last
    expect(strip).to_match_aria_snapshot('- listitem:\n  - link "3.6, Off track, past its date"')


def test_the_list_of_actions_is_a_table_at_every_width(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions")
    for size in SIZES.values():
        lucy.size(size)
        nodes = tree(lucy)
        assert ("table", "Actions") in [(one["role"], one["name"]) for one in nodes], size
        headers = [one["name"] for one in nodes if one["role"] == "columnheader"]
        assert headers == ["No.", "Action", "By whom", "By when", "Rating", "Last update"], size
        assert len([one for one in nodes if one["role"] == "row"]) == 1 + 6 + 42, size
        expect(lucy.page.get_by_role("row", name=re.compile("^3.6 "))).to_match_aria_snapshot(
            """
            - row:
              - cell
              - cell:
                - link /^3\\.6 Partnership to clarify/
              - cell /Jane Carroll/
              - cell /Past its date/
              - cell /Off track/
              - cell /Never/
            """
        )


def test_a_refused_form_lists_its_problems_and_names_them_at_the_fields(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions/1.8")
    lucy.post_button.click()
    form = lucy.page.get_by_role("form", name="Post an update")
    expect(form).to_match_aria_snapshot(
        """
        - form "Post an update":
          - heading "Post an update" [level=2]
          - group "There is a problem":
            - heading "There is a problem" [level=2]
            - list:
              - listitem:
                - link "Write what has happened since the last update"
              - listitem:
                - link "Choose how it is going"
        """
    )
    expect(lucy.words).to_have_accessible_description(re.compile("Write what has happened"))
    expect(lucy.words).to_have_attribute("aria-invalid", "true")


REMEMBER = (
    """() => { globalThis.regions = new Set(document.querySelectorAll('[role=status], [role=alert], [aria-live]')); }"""
)
TOLD = """(words) => [...globalThis.regions].some((one) => one.isConnected && one.textContent.replace(/\\s+/g, ' ').includes(words))"""


def told(visit: Visit, act: Callable[[], None], words: str) -> None:
    """What is said after the act stands in a live region that was there before it."""
    visit.page.evaluate(REMEMBER)
    act()
    visit.page.wait_for_function(TOLD, arg=words)
    polite = [one for one in tree(visit) if one.get("live") in {"polite", "assertive"}]
    assert polite, "no live region in the tree"


def test_messages_come_in_regions_that_were_there_before(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    page = lucy.page
    lucy.open("/actions")
    told(lucy, lambda: page.get_by_label("Objective").select_option("3") and None, "8 of 42 actions")
    page.keyboard.press("Control+k")
    field = page.get_by_role("dialog").get_by_role("searchbox")
    expect(field).to_be_focused()
    told(lucy, lambda: field.fill("4.10"), "1 result for “4.10”")
    page.keyboard.press("Escape")
    lucy.open("/actions/1.8")
    told(lucy, lambda: lucy.write("In good time"), "Draft kept on this device")
    told(lucy, lucy.post_button.click, "Update posted on 1.8")
    lucy.context.set_offline(True)
    lucy.announce("net::ERR_INTERNET_DISCONNECTED")
    page.wait_for_function(TOLD, arg="You are offline.")
    lucy.context.set_offline(False)


def test_a_saved_change_is_told(window: Windows) -> None:
    gordon = window(GORDON)
    page = gordon.page
    gordon.open("/actions/5.4")
    page.get_by_role("button", name="Change wording", exact=True).click()
    page.get_by_label("Wording of the action").fill("Other words of 5.4.")
    save = page.get_by_role("button", name="Save the wording")
    told(gordon, save.click, "The wording of 5.4 is changed")


def test_what_others_changed_is_told(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    page = lucy.page
    page.clock.install()
    lucy.open("/actions")
    page.clock.run_for(21_000)
    expect(page.locator(".quiet-place")).to_be_attached()

    def others() -> None:
        site.as_(JANE).post("3.2", "Slower", "A")
        site.as_(JANE).post("3.7", "Begun", "G")
        page.clock.run_for(34_000)

    told(lucy, others, "2 actions changed")


TARGETS = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
  .filter((one) => one.checkVisibility() && getComputedStyle(one).display !== 'inline' && !one.closest('.unseen'))
  .filter((one) => { const box = (one.closest('label') ?? one).getBoundingClientRect(); return box.height < 23.99 || box.width < 23.99; })
  .map((one) => one.outerHTML.slice(0, 80))"""


def test_help_stands_in_the_same_place_and_every_target_has_24_pixels(window: Windows) -> None:
    visit = window(BUSINESS_MANAGER, size=SIZES["phone"])
    for path in (
        "/",
        "/actions",
        "/actions/3.4",
        "/my",
        "/report",
        "/gaps",
        "/journal",
        "/glossary",
        *PATHS[BUSINESS_MANAGER],
    ):
        visit.open(path)
        first = visit.page.get_by_role("contentinfo").get_by_role("link").first
        expect(first).to_have_text("Help and accessibility")
        assert visit.page.evaluate(TARGETS) == [], path
