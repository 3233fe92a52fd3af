"""Signing out while updates wait: for each, post it, keep it or delete it (DESIGN 9); drafts that are very old."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.axe import sideways, violations
from tests.e2e.conftest import Windows
from tests.e2e.site import GLORIA, LUCY, Site
from tests.e2e.updates.test_writing import drafts_kept
from tests.e2e.visit import PHONE, Visit

POSTS = "**/api/v1/actions/*/updates"


@pytest.fixture
def leaver(window: Windows, site: Site) -> Callable[..., Visit]:
    """Somebody about to sign out, with these drafts."""

    def with_drafts(*numbers: str, rating: str | None = "On track", **options: object) -> Visit:
        lucy = window(LUCY, cookies=site.own_cookies_of(LUCY), **options)
        for number in numbers:
            lucy.open(f"/actions/{number}")
            lucy.write(f"Not posted on {number}", rating)
            expect(lucy.page.locator(".draft-line")).to_be_visible()
        lucy.open("/account")
        lucy.page.get_by_role("button", name="Sign out").click()
        return lucy

    return with_drafts


def dialog(visit: Visit) -> Locator:
    return visit.page.get_by_role("dialog")


def expect_signed_out(visit: Visit) -> None:
    expect(visit.page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_on_a_desktop_a_draft_is_deleted_once_that_is_confirmed(leaver: Callable[..., Visit]) -> None:
    lucy = leaver("1.8")
    expect(dialog(lucy)).to_have_accessible_name("You have 1 update not yet posted")
    expect(lucy.page.get_by_role("group", name=re.compile("1.8 Not posted on 1.8"))).to_be_visible()
    expect(lucy.page.get_by_role("radio", name="Delete it")).to_be_checked()
    dialog(lucy).get_by_role("button", name="Delete and sign out").click()
    expect(dialog(lucy)).to_have_accessible_name("Delete the update on 1.8?")
    assert len(drafts_kept(lucy)) == 1
    dialog(lucy).get_by_role("button", name="Go back").click()
    dialog(lucy).get_by_role("button", name="Delete and sign out").click()
    dialog(lucy).get_by_role("button", name="Delete and sign out").click()
    expect_signed_out(lucy)
    assert drafts_kept(lucy) == []


def test_on_a_phone_a_draft_is_kept(leaver: Callable[..., Visit]) -> None:
    lucy = leaver("1.8", size=PHONE, has_touch=True, is_mobile=True)
    expect(lucy.page.get_by_role("radio", name="Keep it on this device")).to_be_checked()
    dialog(lucy).get_by_role("button", name="Sign out").click()
    expect_signed_out(lucy)
    assert len(drafts_kept(lucy)) == 1


def test_each_draft_has_its_own_end(leaver: Callable[..., Visit], site: Site, size: tuple[int, int]) -> None:
    lucy = leaver("1.8", "3.4", "6.3", size=size)
    expect(dialog(lucy)).to_have_accessible_name("You have 3 updates not yet posted")
    for number, choice in (("1.8", "Keep it"), ("3.4", "Post it"), ("6.3", "Delete it")):
        group = lucy.page.get_by_role("group", name=re.compile(rf"^{number}"))
        group.get_by_role("radio", name=re.compile(choice)).check()
    assert violations(lucy.page) == []
    assert sideways(lucy.page) == 0
    before = len(site.as_(LUCY).texts_on("3.4"))
    dialog(lucy).get_by_role("button", name="Post, delete and sign out").click()
    dialog(lucy).get_by_role("button", name="Delete and sign out").dblclick()
    expect_signed_out(lucy)
    assert site.as_(LUCY).texts_on("3.4")[0] == "Not posted on 3.4"
    assert len(site.as_(LUCY).texts_on("3.4")) == before + 1
    assert [site.id_of("1.8") in key for key in drafts_kept(lucy)] == [True]


def test_what_cannot_be_posted_is_said_and_nobody_is_signed_out(leaver: Callable[..., Visit]) -> None:
    lucy = leaver("1.8", rating=None)
    lucy.announce("status of 503")
    lucy.page.get_by_role("radio", name="Post it now").check()
    button = dialog(lucy).get_by_role("button", name="Post and sign out")
    group = lucy.page.get_by_role("group", name=re.compile("^1.8"))
    button.click()
    expect(group).to_contain_text("Choose how it is going")
    expect(dialog(lucy)).to_have_accessible_name("There is a problem: you are still signed in")
    assert violations(lucy.page) == []
    group.get_by_role("link", name="Open 1.8").click()
    expect(lucy.words).to_have_value("Not posted on 1.8")
    lucy.page.get_by_role("radio", name=re.compile("^On track")).check()
    lucy.open("/account")
    lucy.page.get_by_role("button", name="Sign out").click()
    lucy.page.get_by_role("radio", name="Post it now").check()
    lucy.answer(POSTS, 503, "not-ready", times=1)
    button.click()
    expect(group).to_contain_text("The server did not answer. Your words are kept on this device.")
    button.click()
    expect_signed_out(lucy)
    assert drafts_kept(lucy) == []


def test_a_very_old_draft_is_offered_and_not_removed(window: Windows) -> None:
    gloria = window(GLORIA)
    gloria.open("/actions/5.1")
    gloria.words.fill("Begun last year")
    gloria.page.evaluate(
        """() => { for (const key of Object.keys(localStorage).filter((one) => one.startsWith('draft:'))) {
             localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage[key]), at: '2021-01-05T10:00:00Z' })); } }"""
    )
    other = gloria.context.new_page()
    gloria.watch(other)
    other.goto(f"{gloria.site.url}/actions/5.1")
    expect(other.get_by_label("What has happened since the last update?")).to_have_value("Begun last year")
    expect(other.locator(".draft-line")).to_contain_text(
        "You wrote this on 5 January 2021 and did not post it. Post it, change it or delete it."
    )
    assert violations(other) == []
    other.get_by_role("button", name="Delete draft").click()
    assert drafts_kept(gloria) == []
