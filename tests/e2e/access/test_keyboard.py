"""Everything with the keys alone, and the focus where the reader is (DESIGN 6)."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Windows
from tests.e2e.site import LUCY, Site

ENOUGH = 120


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(ENOUGH):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{ENOUGH} times {key} do not reach {target}")


def test_the_first_tab_is_the_way_past_the_menu(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions")
    lucy.page.keyboard.press("Tab")
    skip = lucy.page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    lucy.page.keyboard.press("Enter")
    expect(lucy.page.locator("main")).to_be_focused()
    lucy.page.keyboard.press("Tab")
    assert lucy.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_signing_in_and_posting_needs_no_mouse(window: Windows, site: Site) -> None:
    lucy = window()
    lucy.open("/")
    keys = lucy.page.keyboard
    tab_to(lucy.page, lucy.page.get_by_label("E-mail address"))
    keys.type(site.email_of(LUCY))
    keys.press("Tab")
    keys.type(site.password_of(LUCY))
    keys.press("Enter")
    update = lucy.page.get_by_role("link", name="Update 3.4")
    expect(update).to_be_visible()
    tab_to(lucy.page, update)
    keys.press("Enter")
    expect(lucy.page.get_by_role("heading", level=1)).to_be_focused()
    tab_to(lucy.page, lucy.words)
    keys.type("Written with keys alone")
    keys.press("Tab")
    keys.press("ArrowDown")
    tab_to(lucy.page, lucy.post_button)
    keys.press("Enter")
    expect(lucy.page.get_by_role("status").filter(has_text="Update posted on 3.4")).to_be_visible()
    posted = site.as_(LUCY).action("3.4")["updates"][0]
    assert (posted["text"], posted["rating"] in {"A", "G"}) == ("Written with keys alone", True)


def test_a_new_page_takes_the_focus_to_its_heading_and_names_the_window(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/")
    for link, title in (
        ("Actions", "Actions"),
        ("Report", "Report"),
        ("My actions", "My actions"),
        ("Overview", "Overview"),
    ):
        lucy.page.get_by_role("navigation", name="Main").get_by_role("link", name=re.compile(f"^{link}")).click()
        expect(lucy.page).to_have_title(re.compile(f"^{title} · "))
        expect(lucy.page.get_by_role("heading", level=1)).to_be_focused()
        assert lucy.page.evaluate("scrollY") == 0


def test_back_returns_to_where_the_list_was_left(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.open("/actions")
    link = lucy.page.get_by_role("link", name=re.compile(r"^5\.3 "))
    link.scroll_into_view_if_needed()
    left = lucy.page.evaluate("scrollY")
    assert left > 500
    link.click()
    expect(lucy.page).to_have_url(f"{site.url}/actions/5.3")
    lucy.page.go_back()
    expect(link).to_be_in_viewport()
    assert abs(lucy.page.evaluate("scrollY") - left) < 5


def test_a_change_of_filter_leaves_the_focus_where_it_is(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions")
    objective = lucy.page.get_by_label("Objective")
    objective.focus()
    objective.select_option("3")
    expect(lucy.page.locator(".cell-number")).to_have_count(8)
    expect(objective).to_be_focused()


def test_the_focus_ring_is_seen_on_everything_that_takes_the_focus(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.open("/actions/3.4")
    lucy.page.evaluate("document.activeElement.blur()")
    bare = []
    for _ in range(60):
        lucy.page.keyboard.press("Tab")
        name, ring = lucy.page.evaluate(
            """() => {
                const at = document.activeElement;
                const seen = [at, at.closest('label'), at.parentElement].filter(Boolean).map((one) => getComputedStyle(one))
                  .some((style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
                    || style.boxShadow !== 'none');
                return [at.outerHTML.slice(0, 80), seen];
            }"""
        )
        if name.startswith("<body"):
            break
        if not ring:
            bare.append(name)
    assert not bare


def test_what_has_the_focus_is_never_under_the_bottom_bar(window: Windows) -> None:
    lucy = window(LUCY, size=(390, 844))
    lucy.open("/actions/3.4")
    hidden = []
    for _ in range(60):
        lucy.page.keyboard.press("Tab")
        name, covered = lucy.page.evaluate(
            """() => {
                const at = document.activeElement;
                const bar = document.querySelector('nav.places').getBoundingClientRect();
                const box = at.getBoundingClientRect();
                const inside = at.closest('nav.places') || at === document.body;
                return [at.outerHTML.slice(0, 80), !inside && bar.top > innerHeight / 2 && box.top >= bar.top];
            }"""
        )
        if covered:
            hidden.append(name)
    assert not hidden


def test_the_dialog_keeps_the_focus_inside(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.announce("status of 401")
    lucy.open("/actions/1.8")
    lucy.write("Before the session ended")
    lucy.context.clear_cookies()
    lucy.post_button.press("Enter")
    expect(lucy.page.get_by_role("dialog")).to_be_visible()
    for _ in range(8):
        lucy.page.keyboard.press("Tab")
        assert lucy.page.evaluate(
            "document.activeElement === document.body || document.querySelector('dialog').contains(document.activeElement)"
        )
