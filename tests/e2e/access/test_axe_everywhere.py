"""The screens and states that no other walk brings before axe, each at three widths; one window a role, resized."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.axe import every_width
from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, GLORIA, GORDON, JANE, LUCY, Site
from tests.e2e.updates.test_posting import POSTS
from tests.e2e.visit import Visit

SCREENS: dict[str | None, tuple[str, ...]] = {
    BUSINESS_MANAGER: (
        "/admin", "/admin/plan", "/admin/objectives", "/admin/people", "/admin/people/new", "/admin/agencies",
        "/admin/agencies/new", "/admin/groups", "/admin/accounts", "/admin/accounts/new", "/admin/duplicates",
        "/admin/handover", "/admin/audit", "/admin/tokens", "/admin/nowhere",
    ),
    LUCY: (
        "/account/security", "/account/email", "/account/sessions", "/journal", "/gaps", "/search", "/glossary",
        "/report?updates=all", "/admin", "/my",
    ),
    None: ("/reset", "/invitation", "/email#used-before", "/stop#used-before", "/factor#used-before"),
}  # fmt: skip


def settle(visit: Visit) -> None:
    """Wait for what the screen itself fetches after its heading."""
    visit.page.wait_for_load_state("networkidle")
    expect(visit.page.get_by_text(re.compile("^(Opening|Loading)…$")).filter(visible=True)).to_have_count(0)


@pytest.mark.parametrize("who", SCREENS, ids=["business manager", "contributor", "nobody"])
def test_every_screen_of_a_role(window: Windows, who: str | None) -> None:
    visit = window(who)
    visit.announce("status of 40[034]")
    for path in SCREENS[who]:
        visit.open(path)
        settle(visit)
        every_width(visit, path)


def no_plan(visit: Visit) -> None:
    visit.page.route("**/api/v1/plans", lambda route: route.fulfill(json={"data": []}))
    visit.page.route("**/api/v1/plans/*", lambda route: route.fulfill(status=404, json={"code": "not-found"}))
    visit.announce("status of 404")
    visit.open("/p/another-plan")
    expect(visit.page.get_by_role("heading", name="There is no plan here yet")).to_be_visible()


def empty_plan(visit: Visit) -> None:
    def emptied(route: Route) -> None:
        answer = route.fetch()
        plan = answer.json()
        for objective in plan["objectives"]:
            objective["actions"] = []
        plan["counts"] = {key: value if isinstance(value, dict) else 0 for key, value in plan["counts"].items()}
        route.fulfill(response=answer, json=plan)

    visit.page.route(re.compile(r"/api/v1/plans/[^/?]+$"), emptied)
    visit.open("/")
    expect(visit.page.get_by_text("This plan has no actions yet.")).to_be_visible()


def new_release(visit: Visit) -> None:
    def newer(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "client-release": "the-next"})

    visit.page.route("**/api/v1/**", newer)
    visit.open("/")
    expect(visit.page.locator(".state-strip")).to_be_visible()


def kept_overview(visit: Visit) -> None:
    visit.open("/")
    visit.keeps_a_copy()
    visit.cut()
    visit.page.reload()
    expect(visit.page.locator(".state-strip")).to_contain_text("as you last saw it")


def timeline_failed(visit: Visit) -> None:
    visit.cut("**/api/v1/actions/*")
    visit.open("/actions/1.8")
    expect(visit.page.get_by_text("The timeline could not be loaded.")).to_be_visible()


def case_data(visit: Visit) -> None:
    visit.announce("status of 422")
    visit.open("/actions/1.8")
    visit.write("Her number is 943 476 5919")
    visit.post_button.click()
    expect(visit.page.get_by_role("button", name="Change my words")).to_be_visible()


def too_long(visit: Visit) -> None:
    visit.open("/actions/1.8")
    visit.write("word " * 900)
    visit.post_button.click()
    expect(visit.page.get_by_role("group", name="There is a problem")).to_be_visible()


def signed_out_elsewhere(visit: Visit) -> None:
    visit.announce("status of 401")
    visit.answer("**/api/v1/me", 401, "session-revoked", reads=True)
    visit.open("/actions")
    expect(visit.page.get_by_role("heading", name="Sign in")).to_be_visible()


def history(visit: Visit) -> None:
    visit.open("/actions/3.4")
    visit.page.get_by_text("History", exact=True).click()
    expect(visit.page.locator(".entries").get_by_role("listitem").first).to_be_visible()


def day_form(visit: Visit) -> None:
    visit.open("/")
    visit.page.get_by_text("Change the day").click()
    expect(visit.page.get_by_label("Show the plan as it stood at the end of")).to_be_focused()


def past_day(visit: Visit) -> None:
    visit.open(f"/?as-at={visit.site.plan()['as_of']}")
    expect(visit.page.locator(".state-strip")).to_be_visible()


def past_list(visit: Visit) -> None:
    visit.open(f"/actions?as-at={visit.site.plan()['as_of']}")
    expect(visit.page.locator(".state-strip")).to_be_visible()


def finder(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Change by whom").click()
    visit.page.get_by_role("combobox", name="Find a person").fill("pippa")
    expect(visit.page.get_by_role("option").first).to_be_visible()


def status_form(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Change status").click()
    visit.page.get_by_role("button", name="Save the status").click()
    expect(visit.page.get_by_role("group", name="There is a problem")).to_be_focused()


def lost_answer(visit: Visit) -> None:
    visit.announce("net::ERR_FAILED", "status of 422", "status of 412")
    visit.lose(POSTS, "POST")
    visit.write("As first written")
    visit.post_button.click()
    expect(visit.box).to_be_visible()
    visit.words.fill("As first written, and more")
    visit.post_button.click()
    expect(visit.box).to_contain_text("Your update did reach the server.")


def withdraw(visit: Visit) -> None:
    visit.site.as_(GORDON).post("5.4", "Meant for another", "A")
    visit.open("/actions/5.4")
    visit.page.get_by_text("Withdraw this update").first.click()
    expect(visit.page.get_by_role("button", name=re.compile("^Withdraw"))).to_be_visible()


FAMILIES: dict[str, tuple[str, str, tuple[Callable[[Visit], None], ...]]] = {
    "the plan": (LUCY, "/", (no_plan, empty_plan, new_release, kept_overview, day_form, past_day, past_list)),
    "writing": (LUCY, "/actions/1.8", (timeline_failed, case_data, too_long)),
    "reading": (JANE, "/actions/3.4", (history,)),
    "a lead officer": (GORDON, "/actions/5.5", (finder, status_form, lost_answer, withdraw)),
    "the session": (GLORIA, "/", (signed_out_elsewhere,)),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_the_states_of_a_family(window: Windows, site: Site, family: str) -> None:
    who, start, states = FAMILIES[family]
    visit = window(who, cookies=site.own_cookies_of(who))
    for state in states:
        visit.open(start)
        state(visit)
        every_width(visit, state.__name__)
        visit.mend()
