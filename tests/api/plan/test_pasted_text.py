"""Words pasted out of Word and PowerPoint are stored as they are read, and what was left out of them is said where it matters (API 5.3)."""

from typing import Any

import pytest

from tests.client import PLAN, Api, problem
from tests.factories import seed_document

WORD = "\ufeffWe met.\x0bTwice\u2028 in\u2029May\x0c\u200b – “all” of us\x85"
STORED = "We met.\nTwice\n in\nMay\n – “all” of us"
HIDDEN = "Pay \u202eeno on\u202c one\U000e0041\ufffe"
FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


def test_a_fragment_of_word_is_stored_as_it_is_read(api: Api) -> None:
    made = api.as_("lucy").say(
        "3.4", WORD, next_step=f"Ask \u200d{FLAG}", evidence=[{"title": "A\x0bnote", "url": "https://example.org"}]
    )
    assert (made["text"], made["next_step"], made["evidence"][0]["title"]) == (STORED, f"Ask \u200d{FLAG}", "A note")
    assert api.one("SELECT text FROM progress_update ORDER BY posted_at DESC LIMIT 1") == STORED
    assert "warnings" not in made


def test_what_could_hide_words_is_left_out_and_said(api: Api) -> None:
    made = api.as_("lucy").say("3.4", HIDDEN, evidence=[{"title": "x\u2066y", "url": "https://example.org"}])
    assert made["text"] == "Pay eno on one"
    said = {(each["pointer"], each["kind"], each["words"]) for each in made["warnings"]}
    assert said == {
        ("/text", "left_out", "U+202E"),
        ("/text", "left_out", "U+202C"),
        ("/text", "left_out", "U+E0041"),
        ("/text", "left_out", "U+FFFE"),
        ("/evidence/0/title", "left_out", "U+2066"),
    }
    assert "The hidden character U+202E was left out." in [each["detail"] for each in made["warnings"]]
    assert "case_data" not in api.one("SELECT after FROM journal WHERE verb = 'posted'")


def test_it_is_said_beside_what_looked_like_case_data_and_again_to_a_repeat(api: Api) -> None:
    path, key = f"{api.action('3.4')}/updates", {"Idempotency-Key": "0123456789abcdef"}
    body = {"text": "Her number is 943\u200b 476\u202e 5919.", "confirm_no_case_data": True}
    first, again = (api.as_("lucy").post(path, body, headers=key) for _ in range(2))
    assert [each["kind"] for each in first.json["warnings"]] == ["nhs_number", "left_out"]
    assert (again.headers["Idempotency-Replayed"], again.json) == ("true", first.json)


@pytest.mark.parametrize(
    "number",
    ["943\u200b4765919", "943\xad4765919", "943\u2011476\u20115919", "943\xa0476\u20095919", "９４３ ４７６ ５９１９", "9\u200d434765919", "943\u206047\u034f65919", "943\U000e00414765919"],
    ids=["zero width", "soft hyphen", "dashes", "spaces", "full width", "joiner", "joiners", "tag"],
)  # fmt: skip
def test_what_cannot_be_seen_hides_no_case_data(still: Api, number: str) -> None:
    answer = still.as_("lucy").post(f"{still.action('3.4')}/updates", {"text": f"Number {number}"})
    assert problem(answer) == (422, "case-data-suspected")


def test_the_directory_and_the_plan_take_it_on_one_line(api: Api) -> None:
    admin = api.as_("admin")
    made = admin.post("/people", {"name": "Ann\x0bO’Connor\u200b", "post": "Head\u2028of Care"})
    assert (made.json["name"], made.json["post"]) == ("Ann O’Connor", "Head of Care")
    patched = admin.patch(PLAN, {"title": "The\x0bplan\ufeff", "summary": "One\u2029two"}, headers=admin.etag(PLAN))
    assert (patched.json["title"], patched.json["summary"]) == ("The plan", "One\ntwo")


def change(document: dict[str, Any], text: str) -> dict[str, Any]:
    document["objectives"][0]["actions"][0]["text"] = text
    return document


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("a\u202eb", "Remove the character U+202E, which cannot be seen."),
        ("a\u200bb", "Remove the character U+200B, which cannot be seen."),
        ("a\u2028b", "Remove the character U+2028, which cannot be seen."),
        ("a\U000e0041b", "Remove the character U+E0041, which cannot be seen."),
        ("a\x84b", "Remove the control characters; only tabs and new lines are accepted."),
        ("\u3164", "Write something that can be seen."),
    ],
)
def test_a_file_says_what_is_hidden_in_it_instead(still: Api, text: str, detail: str) -> None:
    answer = still.as_("admin").post("/seeds", change(seed_document(), text))
    assert problem(answer) == (422, "validation-failed")
    assert answer.json["errors"] == [{"pointer": "/objectives/0/actions/0/text", "code": "text", "detail": detail}]


def test_and_is_stored_in_nfc(api: Api) -> None:
    answer = api.as_("admin").post("/seeds", change(seed_document(), f"Cafe\u0301 {FLAG}"))
    assert answer.status_code in {200, 201}, answer.text
    assert api.one("SELECT count(*) FROM action WHERE text = %s", f"Café {FLAG}") == 1


@pytest.mark.parametrize("path", ["updates", "sign-off"])
def test_more_links_than_an_update_takes_are_422_wherever_they_are_sent(still: Api, path: str) -> None:
    links = [{"title": "Minutes", "url": "www.example.org"}] * 11
    answer = still.as_("jane").post(f"{still.action('3.4')}/{path}", {"text": "Done.", "evidence": links})
    assert problem(answer) == (422, "validation-failed")
    assert answer.json["errors"][0] == {
        "pointer": "/evidence",
        "code": "invalid",
        "detail": "An update takes at most 10 evidence links.",
    }
