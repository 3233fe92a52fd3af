"""400% zoom, text at 200%, wide text spacing, forced colours and no movement, on every page (WCAG 1.4.4, 1.4.10, 1.4.12)."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import sideways
from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, GORDON, JANE, LUCY, Site
from tests.e2e.visit import DESK, PHONE, Visit

ZOOMED = (320, 256)  # 1280 by 1024 at 400%
PATHS: dict[str | None, tuple[str, ...]] = {
    JANE: (
        "/", "/?view=board", "/actions", "/actions?q=submarine", "/actions/3.4", "/actions/6.2", "/my",
        "/my?next=update-3.6", "/report", "/account", "/account/security", "/accessibility", "/gaps", "/journal",
        "/search?q=neglect", "/glossary", "/nowhere",
    ),
    BUSINESS_MANAGER: (
        "/actions", "/admin", "/admin/plan", "/admin/objectives", "/admin/people", "/admin/agencies", "/admin/groups",
        "/admin/accounts", "/admin/accounts/new", "/admin/duplicates", "/admin/audit", "/admin/tokens",
    ),
    None: ("/sign-in", "/reset", "/invitation"),
}  # fmt: skip
# A field shows part of its value, and a card two lines of the names: the action has them all.
CUT = """() => [...document.querySelectorAll('header *, nav *, main *, footer *')]
  .filter((one) => one.checkVisibility() && !one.closest('.unseen, svg, thead, input, .cell-whom, .board')
    && ['hidden', 'clip'].includes(getComputedStyle(one).overflowX)
    && (one.scrollHeight > one.clientHeight + 4 || one.scrollWidth > one.clientWidth + 1))
  .map((one) => `cut: ${one.outerHTML.slice(0, 80)}`)"""
STAYS = """() => [...document.querySelectorAll('body *')].filter((one) => one.checkVisibility()
    && ['fixed', 'sticky'].includes(getComputedStyle(one).position) && one.getBoundingClientRect().height > 0)
  .map((one) => `stays in the way: ${one.outerHTML.slice(0, 80)}`)"""
SPACED = """() => { const sheet = new CSSStyleSheet(); document.adoptedStyleSheets = [sheet];
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-bottom: 2em !important; }`); }"""


def wrong(visit: Visit, *more: str) -> list[str]:
    """What does not fit into the page as it is now."""
    found = [f"{sideways(visit.page)} pixels sideways"] if sideways(visit.page) > 0 else []
    for script in (CUT, *more):
        found += visit.page.evaluate(script)
    return found


@pytest.mark.parametrize("who", PATHS, ids=["lead officer", "business manager", "nobody"])
def test_enlarged_and_spaced_nothing_is_cut_covered_or_sideways(window: Windows, who: str | None) -> None:
    visit = window(who)
    found: dict[tuple[str, str], list[str]] = {}
    for path in PATHS[who]:
        visit.open(path)
        visit.size(ZOOMED)
        found[path, "400% zoom"] = wrong(visit, STAYS)
        visit.page.evaluate("document.documentElement.style.fontSize = '200%'")
        for size in (PHONE, DESK):
            visit.size(size)
            found[path, f"text at 200%, {size[0]}"] = wrong(visit)
        visit.page.evaluate("document.documentElement.style.fontSize = ''")
        visit.page.evaluate(SPACED)
        for size in (PHONE, DESK):
            visit.size(size)
            found[path, f"spaced, {size[0]}"] = wrong(visit)
    assert not {where: what for where, what in found.items() if what}


def test_at_400_percent_open_forms_and_dialogs_fit_and_can_be_reached(window: Windows, site: Site) -> None:
    gordon = window(GORDON, size=ZOOMED)
    page = gordon.page
    gordon.announce("status of 401")
    gordon.open("/actions/5.5")
    gordon.post_button.click()
    expect(page.get_by_role("group", name="There is a problem")).to_be_focused()
    for fact in ("by when", "wording", "by whom"):
        page.get_by_role("button", name=f"Change {fact}", exact=True).click()
        save = page.get_by_role("form", name=f"Change {fact}").get_by_role("button", name=re.compile("^Save"))
        save.focus()
        expect(save).to_be_in_viewport(ratio=1)
        assert wrong(gordon, STAYS) == [], fact
        page.get_by_role("form", name=f"Change {fact}").get_by_role("button", name="Cancel").click()
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Search")
    dialog.get_by_role("searchbox").fill("school")
    last = dialog.get_by_role("link").last
    last.focus()
    expect(last).to_be_in_viewport()
    assert wrong(gordon) == []
    page.keyboard.press("Escape")
    gordon.write("Before the session ended")
    gordon.answer("**/api/v1/actions/*/updates", 401, "session-revoked", times=1)
    gordon.post_button.click()
    later = page.get_by_role("dialog").get_by_role("button").last
    later.focus()
    expect(later).to_be_in_viewport(ratio=1)
    assert wrong(gordon) == []


EDGE = """(one) => { const style = getComputedStyle(one);
  return style.borderTopStyle !== 'none' && parseFloat(style.borderTopWidth) >= 1 && style.borderTopColor !== style.backgroundColor; }"""


def test_in_forced_colours_buttons_choices_and_the_focus_are_seen(window: Windows) -> None:
    lucy = window(LUCY, forced_colors="active")
    page = lucy.page
    lucy.open("/actions/3.4")
    lucy.write("Words", "At risk")
    for one in (lucy.post_button, lucy.words, page.locator(".choice").first, page.locator(".action-head .tag")):
        assert one.evaluate(EDGE), one
    chosen = page.locator(".choice", has=page.get_by_role("radio", checked=True))
    other = page.locator(".choice", has=page.get_by_role("radio", checked=False)).first
    outline = "(one) => [getComputedStyle(one).outlineStyle, getComputedStyle(one).outlineWidth].join(' ')"
    assert chosen.evaluate(outline) == "solid 3px"
    assert other.evaluate(outline) != "solid 3px"
    page.keyboard.press("Tab")
    lucy.post_button.focus()
    assert lucy.post_button.evaluate(outline) == "solid 3px"
    lucy.open("/actions")
    assert page.get_by_label("Off track").locator("xpath=..").evaluate(EDGE)


def test_with_movement_switched_off_no_animation_runs(window: Windows) -> None:
    gordon = window(GORDON, reduced_motion="reduce")
    running = "document.getAnimations().length"
    for path in ("/", "/actions", "/actions/5.5", "/my", "/report", "/?view=board"):
        gordon.open(path)
        assert gordon.page.evaluate(running) == 0, path
    gordon.page.keyboard.press("Escape")
    gordon.page.keyboard.press("Control+k")
    expect(gordon.page.get_by_role("dialog", name="Search")).to_be_visible()
    assert gordon.page.evaluate(running) == 0


def test_who_asks_for_more_contrast_has_it(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions/3.4")
    grey, ink = lucy.page.locator(".hint").first, lucy.page.locator("h1")
    colour = "(one) => getComputedStyle(one).color"
    assert grey.evaluate(colour) != ink.evaluate(colour)
    lucy.page.emulate_media(contrast="more")
    assert grey.evaluate(colour) == ink.evaluate(colour)
