"""Sessions that end, tokens that run out, and desktops that people share (DESIGN 5.4, 9)."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from playwright.sync_api import expect

from tests.e2e.axe import every_width
from tests.e2e.conftest import Windows
from tests.e2e.site import JANE, LUCY, Site
from tests.e2e.updates.test_writing import drafts_kept
from tests.e2e.visit import Visit, put_cookies


def run_out(site: Site, cookies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same session with an access token that ran out a minute ago."""
    found = []
    for cookie in cookies:
        value = cookie["value"]
        if cookie["name"].endswith("access"):
            claims = jwt.decode(value, options={"verify_signature": False})
            claims["exp"] = int((datetime.now(UTC) - timedelta(minutes=1)).timestamp())
            value = jwt.encode(claims, site.secret, "HS256", headers={"kid": jwt.get_unverified_header(value)["kid"]})
        found.append({**cookie, "value": value})
    return found


def session_ends(visit: Visit) -> None:
    visit.announce("status of 401")
    visit.context.clear_cookies()


def write_and_lose_the_session(visit: Visit, text: str) -> None:
    visit.open("/actions/3.5")
    visit.write(text)
    session_ends(visit)
    visit.post_button.click()
    dialog = visit.page.get_by_role("dialog", name="Sign in again to post")
    expect(dialog).to_contain_text(
        "Your session ended while you were writing. Your update is kept and will be posted as soon as you sign in."
    )
    expect(visit.page.get_by_label("Password for Lucy Goodfellow")).to_be_focused()


def test_when_the_session_ended_signing_in_posts_what_was_written(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    write_and_lose_the_session(lucy, "Written for an hour")
    lucy.page.get_by_label("Password for Lucy Goodfellow").fill(site.password_of(LUCY))
    lucy.page.get_by_role("button", name="Sign in and post").click()
    lucy.expect_posted("3.5")
    expect(lucy.page.get_by_role("dialog")).to_have_count(0)
    assert site.as_(LUCY).texts_on("3.5") == ["Written for an hour"]


def test_a_wrong_password_in_the_dialog_keeps_the_words(window: Windows) -> None:
    lucy = window(LUCY)
    write_and_lose_the_session(lucy, "Written for two hours")
    field = lucy.page.get_by_label("Password for Lucy Goodfellow")
    field.fill("not this one")
    lucy.page.get_by_role("button", name="Sign in and post").click()
    expect(lucy.page.get_by_role("dialog").get_by_role("alert")).not_to_be_empty()
    expect(field).to_be_focused()
    assert len(drafts_kept(lucy)) == 1


def test_not_now_keeps_the_draft(window: Windows) -> None:
    lucy = window(LUCY)
    write_and_lose_the_session(lucy, "For later")
    lucy.page.get_by_role("button", name="Not now, keep my draft").click()
    expect(lucy.page.get_by_role("dialog")).to_have_count(0)
    expect(lucy.words).to_have_value("For later")
    expect(lucy.post_button).to_be_enabled()
    assert len(drafts_kept(lucy)) == 1


def test_escape_closes_the_dialog_and_keeps_the_draft(window: Windows) -> None:
    lucy = window(LUCY)
    write_and_lose_the_session(lucy, "For later still")
    lucy.page.keyboard.press("Escape")
    expect(lucy.page.get_by_role("dialog")).to_have_count(0)
    expect(lucy.words).to_have_value("For later still")
    expect(lucy.post_button).to_be_focused()


def test_a_page_opened_after_the_token_ran_out_refreshes_it_unseen(window: Windows, site: Site) -> None:
    lucy = window(LUCY, cookies=site.own_cookies_of(LUCY))
    lucy.announce("status of 401")
    lucy.open("/my")
    cookies = [{**cookie, "url": site.url} for cookie in lucy.context.cookies()]
    put_cookies(lucy.context, lucy.page, [keep_known(cookie) for cookie in run_out(site, cookies)])
    lucy.open("/actions/3.4")
    expect(lucy.words).to_be_visible()
    expect(lucy.page).to_have_url(f"{site.url}/actions/3.4")


def test_a_token_that_runs_out_while_writing_is_refreshed_unseen(window: Windows, site: Site) -> None:
    lucy = window(LUCY, cookies=site.own_cookies_of(LUCY))
    lucy.announce("status of 401")
    lucy.open("/actions/3.4")
    lucy.write("Slow thoughts")
    cookies = [{**cookie, "url": site.url} for cookie in lucy.context.cookies()]
    put_cookies(lucy.context, lucy.page, [keep_known(cookie) for cookie in run_out(site, cookies)])
    lucy.post_button.click()
    lucy.expect_posted("3.4")


def keep_known(cookie: dict[str, Any]) -> dict[str, Any]:
    return {key: cookie[key] for key in ("name", "value", "url", "httpOnly", "secure", "sameSite")}


def test_words_are_never_posted_under_the_name_of_somebody_who_signed_in_elsewhere(window: Windows, site: Site) -> None:
    lucy = window(LUCY, cookies=site.own_cookies_of(LUCY))
    lucy.announce("status of 401", "status of 403")
    lucy.open("/actions/3.5")
    lucy.write("These are Lucy's words")
    # In another tab of the same browser Jane signs in.
    put_cookies(lucy.context, lucy.page, site.own_cookies_of(JANE))
    lucy.post_button.click()
    dialog = lucy.page.get_by_role("dialog", name="Sign in again to post")
    expect(dialog).to_be_visible()
    assert "These are Lucy's words" not in site.as_(LUCY).texts_on("3.5")
    expect(lucy.words).to_have_value("These are Lucy's words")


def test_signing_out_forgets_the_plan_and_the_session(window: Windows, site: Site) -> None:
    lucy = window(LUCY, cookies=site.own_cookies_of(LUCY))
    lucy.open("/")
    lucy.page.get_by_role("link", name=LUCY).click()
    lucy.page.get_by_role("button", name="Sign out").click()
    expect(lucy.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert lucy.page.evaluate("Object.keys(localStorage)") == []
    # It says that somebody signed in here before, and not who.
    assert [cookie["name"] for cookie in lucy.context.cookies()] == ["__Host-device"]
    lucy.page.go_back()
    expect(lucy.page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_session_that_ended_while_reading_comes_back_to_the_same_address(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.open("/")
    session_ends(lucy)
    put_cookies(lucy.context, lucy.page, [{"name": "signed-in", "value": "1", "url": site.url}])
    lucy.page.goto(f"{site.url}/actions?objective=3")
    expect(lucy.page.get_by_role("heading", name="Sign in")).to_be_visible()
    lucy.sign_in(LUCY)
    expect(lucy.page).to_have_url(f"{site.url}/actions?objective=3")
    expect(lucy.page.locator(".cell-number")).to_have_count(8)


def test_everybody_takes_away_what_is_held_about_them(window: Windows, site: Site) -> None:
    visit = window(LUCY, cookies=site.own_cookies_of(LUCY))
    visit.open("/account")
    every_width(visit)
    take = visit.page.get_by_role("button", name="Download your data")
    visit.cut("**/api/v1/me/data")
    take.click()
    expect(visit.page.get_by_role("alert").filter(has_text="The server did not answer.")).to_be_visible()
    every_width(visit)
    visit.mend()
    with visit.page.expect_download() as downloading:
        take.click()
    expect(visit.notice).to_have_text("Your data is downloaded")
    assert downloading.value.suggested_filename == "my-data.json"
    held = json.loads(downloading.value.path().read_text("utf-8"))
    assert (held["person"]["name"], held["accounts"][0]["email"]) == (LUCY, site.email_of(LUCY))
