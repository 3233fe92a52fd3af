"""Posting an update over a network, a session and a colleague that get in the way: nothing typed is ever lost, and
nothing is posted twice (DESIGN 5.4, 9)."""

from playwright.sync_api import Route, expect

from tests.e2e.conftest import Windows
from tests.e2e.site import JANE, LUCY, PIPPA, Site
from tests.e2e.updates.test_writing import drafts_kept
from tests.e2e.visit import PHONE, first_of, hold

POSTS = "**/api/v1/actions/*/updates"
NOT_REACHED = "The update did not reach the server. Your words are kept on this device. Try again in a moment."


def test_a_posted_update_comes_first_and_the_form_is_empty_again(window: Windows) -> None:
    pippa = window(PIPPA)
    pippa.open("/actions/1.1")
    pippa.write("Pathway agreed by the board")
    pippa.post_button.click()
    pippa.expect_posted("1.1")
    expect(pippa.timeline.first).to_contain_text("Pathway agreed by the board")
    expect(pippa.words).to_have_value("")
    expect(pippa.post_button).to_be_focused()
    expect(pippa.page.locator(".draft-line")).to_have_count(0)
    assert drafts_kept(pippa) == []


def test_a_double_press_posts_once(window: Windows, site: Site) -> None:
    held: list[Route] = []
    pippa = window(PIPPA)
    pippa.open("/actions/1.2")
    pippa.page.route(POSTS, hold(held))
    pippa.write("Pressed twice")
    pippa.post_button.click()
    busy = pippa.page.get_by_role("button", name="Posting…")
    expect(busy).to_have_attribute("aria-disabled", "true")
    busy.click(force=True)
    busy.press("Enter")
    first_of(held, pippa.page).continue_()
    pippa.expect_posted("1.2")
    assert len(held) == 1
    assert site.as_(PIPPA).texts_on("1.2") == ["Pressed twice"]


def test_words_typed_while_posting_begin_the_next_update(window: Windows, site: Site) -> None:
    held: list[Route] = []
    pippa = window(PIPPA)
    pippa.open("/actions/1.3")
    pippa.page.route(POSTS, hold(held))
    pippa.write("First")
    pippa.post_button.click()
    expect(pippa.page.get_by_role("button", name="Posting…")).to_be_visible()
    pippa.words.fill("Second")
    first_of(held, pippa.page).continue_()
    pippa.expect_posted("1.3")
    expect(pippa.words).to_have_value("Second")
    pippa.mend()
    pippa.post_button.click()
    expect(pippa.timeline.first).to_contain_text("Second")
    assert site.as_(PIPPA).texts_on("1.3") == ["Second", "First"]


def test_offline_the_words_wait_and_are_posted_when_the_network_is_back(window: Windows, site: Site) -> None:
    lucy = window(LUCY, size=PHONE)
    lucy.open("/actions/3.4")
    lucy.context.set_offline(True)
    strip = lucy.page.locator(".state-strip")
    expect(strip).to_have_text(
        "You are offline. You can read the plan and write updates; they are kept on this device until you can post them."
    )
    lucy.write("Written in the tunnel")
    lucy.post_button.click()
    expect(lucy.box).to_have_text(
        "You are offline. Your words are kept on this device. Post them when you are back online."
    )
    expect(lucy.box).to_be_focused()
    lucy.context.set_offline(False)
    expect(strip).to_have_count(0)
    expect(lucy.box).to_have_count(0)
    expect(lucy.words).to_have_value("Written in the tunnel")
    lucy.post_button.click()
    lucy.expect_posted("3.4")
    assert site.as_(LUCY).texts_on("3.4")[0] == "Written in the tunnel"


def test_after_a_server_error_a_retry_posts_once(window: Windows, site: Site) -> None:
    pippa = window(PIPPA)
    pippa.announce("status of 503")
    pippa.open("/actions/1.4")
    pippa.answer(POSTS, 503, "not-ready", times=1)
    pippa.write("Tried twice")
    pippa.post_button.click()
    expect(pippa.box).to_have_text(NOT_REACHED)
    expect(pippa.box).to_be_focused()
    expect(pippa.words).to_have_value("Tried twice")
    pippa.post_button.click()
    pippa.expect_posted("1.4")
    expect(pippa.box).to_have_count(0)
    assert site.as_(PIPPA).texts_on("1.4") == ["Tried twice"]


def test_a_lost_answer_and_a_retry_post_once(window: Windows, site: Site) -> None:
    pippa = window(PIPPA)
    pippa.announce("net::ERR_FAILED")
    pippa.open("/actions/1.5")
    pippa.lose(POSTS, "POST")
    pippa.write("The answer was lost")
    pippa.post_button.click()
    expect(pippa.box).to_have_text(NOT_REACHED)
    pippa.post_button.click()
    pippa.expect_posted("1.5")
    assert site.as_(PIPPA).texts_on("1.5") == ["The answer was lost"]


def test_a_lost_answer_and_later_words_keep_both(window: Windows, site: Site) -> None:
    pippa = window(PIPPA)
    pippa.announce("net::ERR_FAILED", "status of 422", "status of 412")
    pippa.open("/actions/1.6")
    pippa.lose(POSTS, "POST")
    pippa.write("As first written")
    pippa.post_button.click()
    expect(pippa.box).to_have_text(NOT_REACHED)
    pippa.words.fill("As first written, and more")
    pippa.post_button.click()
    expect(pippa.box).to_contain_text(
        "Your update did reach the server. Here is what was posted; your later words are still in the box."
    )
    expect(pippa.box.locator(".quoted")).to_contain_text("As first written")
    expect(pippa.words).to_have_value("As first written, and more")
    pippa.post_button.click()
    pippa.expect_posted("1.6")
    assert site.as_(PIPPA).texts_on("1.6") == ["As first written, and more", "As first written"]


def test_a_colleague_who_posted_first_is_shown_and_both_are_kept(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.announce("status of 412")
    lucy.open("/actions/3.5")
    lucy.write("Lucy's words")
    site.as_(JANE).post("3.5", "Jane's words", "A")
    lucy.post_button.click()
    expect(lucy.box).to_be_focused()
    expect(lucy.box).to_contain_text(
        "Jane Carroll (LB Havering) updated this action while you were writing. Nothing of yours is lost."
    )
    expect(lucy.box.locator(".quoted")).to_contain_text("At risk")
    expect(lucy.box.locator(".quoted")).to_contain_text("Jane's words")
    expect(lucy.words).to_have_value("Lucy's words")
    expect(lucy.post_button).to_have_text("Post mine after theirs")
    lucy.post_button.click()
    lucy.expect_posted("3.5")
    expect(lucy.post_button).to_have_text("Post update")
    expect(lucy.timeline.nth(0)).to_contain_text("Lucy's words")
    expect(lucy.timeline.nth(1)).to_contain_text("Jane's words")
    assert site.as_(LUCY).texts_on("3.5") == ["Lucy's words", "Jane's words"]


def test_a_draft_from_before_a_colleague_posted_still_meets_the_conflict_after_a_reload(
    window: Windows, site: Site
) -> None:
    lucy = window(LUCY)
    lucy.announce("status of 412")
    lucy.open("/actions/6.3")
    lucy.write("Begun yesterday")
    expect(lucy.page.locator(".draft-line")).to_be_visible()
    site.as_("Business Manager").post("6.3", "Posted meanwhile", "G")
    lucy.page.reload()
    lucy.ready()
    expect(lucy.words).to_have_value("Begun yesterday")
    lucy.post_button.click()
    expect(lucy.box).to_contain_text("Business Manager updated this action while you were writing.")


def test_somebody_no_longer_named_is_told_whom_to_ask(window: Windows) -> None:
    lucy = window(LUCY)
    lucy.announce("status of 403")
    lucy.open("/actions/1.8")
    lucy.answer(POSTS, 403, "forbidden", who_can="Pippa Ward (lead officer)")
    lucy.write("Too late")
    lucy.post_button.click()
    expect(lucy.box).to_have_text(
        "You are no longer named on this action, so it cannot be posted. Your words are kept below; "
        "copy them to Pippa Ward (lead officer)."
    )
    expect(lucy.box).to_be_focused()
    expect(lucy.words).to_have_value("Too late")
    assert len(drafts_kept(lucy)) == 1


def test_two_tabs_with_one_draft_say_so_and_keep_both(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.open("/actions/3.4")
    lucy.words.fill("From the first tab")
    second = lucy.context.new_page()
    lucy.watch(second)
    second.goto(f"{site.url}/actions/3.4")
    field = second.get_by_label("What has happened since the last update?")
    expect(field).to_have_value("From the first tab")
    field.fill("From the second tab")
    expect(lucy.box).to_contain_text("This draft was changed in another tab. Both are kept")
    expect(lucy.box.locator(".quoted")).to_have_text("From the second tab")
    expect(lucy.words).to_have_value("From the first tab")
    lucy.page.get_by_role("button", name="Use the other words").click()
    expect(lucy.words).to_have_value("From the second tab")


def test_a_draft_posted_in_another_tab_is_told_in_this_one(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.open("/actions/1.8")
    lucy.write("Posted elsewhere")
    second = lucy.context.new_page()
    lucy.watch(second)
    second.goto(f"{site.url}/actions/1.8")
    second.get_by_role("button", name="Post update").click()
    expect(second.locator(".notice")).to_have_text("Update posted on 1.8")
    expect(lucy.box).to_have_text("This draft was posted or deleted in another tab. Your words are still in the box.")
    expect(lucy.words).to_have_value("Posted elsewhere")
