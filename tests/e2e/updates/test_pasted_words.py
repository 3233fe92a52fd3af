"""Words and links pasted out of Word into the form of an update: stored as they are read, and a link leads where a browser would go."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Windows
from tests.e2e.site import LUCY, Site

WORD = "The Board\u2019s paper:\x0b\u2022 two visits\u2028\u2022 \u201ctraining\u201d in May\u200b \u2013 see www.example.org/May,\u2029or HTTPS://Example.org/a.\x0c"
STORED = "The Board\u2019s paper:\n\u2022 two visits\n\u2022 \u201ctraining\u201d in May \u2013 see www.example.org/May,\nor HTTPS://Example.org/a."
PUT = """async (text) => {
  const html = `<html xmlns:w="urn:schemas-microsoft-com:office:word"><body><p class="MsoNormal">${text}</p></body></html>`;
  await navigator.clipboard.write([new ClipboardItem({
    'text/plain': new Blob([text], { type: 'text/plain' }), 'text/html': new Blob([html], { type: 'text/html' }),
  })]);
}"""


def test_a_fragment_of_word_is_stored_as_it_is_read(window: Windows, site: Site) -> None:
    lucy = window(LUCY)
    lucy.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lucy.open("/actions/1.8")
    lucy.page.evaluate(PUT, WORD)
    lucy.words.focus()
    lucy.page.keyboard.press("Control+V")
    lucy.page.get_by_role("radio", name=re.compile("^On track")).check()
    lucy.page.get_by_text("Add more: next step, impact, evidence").click()
    lucy.page.get_by_role("button", name="Add a link to evidence").click()
    lucy.page.locator("#evidence-0-title").fill("Minutes")
    lucy.page.locator("#evidence-0-url").fill("www.example.org/Board papers/May\u200b")
    lucy.post_button.click()
    lucy.expect_posted("1.8")
    assert STORED in site.as_(LUCY).texts_on("1.8")
    newest = lucy.page.locator(".timeline").first
    links = [one.get_attribute("href") for one in newest.locator("a.address").all()]
    assert links[:2] == ["https://www.example.org/May", "HTTPS://Example.org/a"]
    expect(newest.get_by_role("link", name="Minutes")).to_have_attribute(
        "href", "https://www.example.org/Board%20papers/May"
    )
