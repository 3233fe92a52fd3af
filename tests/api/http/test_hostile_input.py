"""What a stranger may send, and what it is answered: always a problem, never a 500 (API 5)."""

import json
from typing import Any

import pytest

from tests.client import PLAN, Api, Caller, problem
from tests.conftest import PASSWORD, email_of
from tests.factories import seed_document


def updates_of(api: Api) -> str:
    return f"{api.action('3.4')}/updates"


def send(caller: Caller, path: str, raw: bytes, media: str = "application/json") -> tuple[int, str]:
    return problem(caller.open("POST", path, data=raw, content_type=media))


MALFORMED = {
    "nothing": (b"", "malformed-json"),
    "half an object": (b'{"text": ', "malformed-json"),
    "two values": (b"{} {}", "malformed-json"),
    "a trailing comma": (b'{"text": "x",}', "malformed-json"),
    "single quotes": (b"{'text': 'x'}", "malformed-json"),
    "NaN": (b'{"text": NaN}', "malformed-json"),
    "Infinity": (b'{"text": Infinity}', "malformed-json"),
    "minus Infinity": (b'{"text": -Infinity}', "malformed-json"),
    "a number of 5,000 digits": (b'{"text": ' + b"1" * 5000 + b"}", "malformed-json"),
    "100,000 open brackets": (b"[" * 100_000, "malformed-json"),
    "100,000 nested objects": (b'{"a":' * 100_000, "malformed-json"),
    "33 levels": (b"[" * 33 + b"]" * 33, "malformed-json"),
    "a raw control character": (b'{"text": "a\x01b"}', "malformed-json"),
    "a byte order mark": (b'\xef\xbb\xbf{"text": "x"}', "malformed-json"),
    "the same member twice": (b'{"text": "a", "text": "b"}', "duplicate-member"),
    "the same member twice, deep": (b'{"evidence": [{"url": "a", "url": "b"}]}', "duplicate-member"),
    "UTF-16": ('{"text": "x"}'.encode("utf-16"), "invalid-utf8"),
    "UTF-32": ('{"text": "x"}'.encode("utf-32"), "invalid-utf8"),
    "Latin-1": ('{"text": "caf\u00e9"}'.encode("latin-1"), "invalid-utf8"),
    "a surrogate in UTF-8": (b'{"text": "\xed\xa0\x80"}', "invalid-utf8"),
    "an overlong slash": (b'{"text": "\xc0\xaf"}', "invalid-utf8"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_body_that_cannot_be_read_is_400(still: Api, name: str) -> None:
    raw, code = MALFORMED[name]
    assert send(still.as_("lucy"), updates_of(still), raw) == (400, code)


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_another_media_type_is_415(still: Api, media: str) -> None:
    assert send(still.as_("lucy"), updates_of(still), b'{"text": "x"}', media) == (415, "unsupported-media-type")


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 6 * 1024 * 1024])
def test_a_body_over_1_mib_is_413(still: Api, size: int) -> None:
    assert send(still.as_("lucy"), updates_of(still), b" " * size) == (413, "body-too-large")


def test_a_seed_may_have_5_mib_and_no_more(still: Api) -> None:
    document = json.dumps(seed_document()).encode()
    admin = still.as_("admin")
    padded = admin.open(
        "POST", "/seeds?dry_run=true", data=document.ljust(2 * 1024 * 1024), content_type="application/json"
    )
    assert padded.status_code == 200
    assert send(admin, "/seeds", document.ljust(5 * 1024 * 1024 + 1)) == (413, "body-too-large")


SURROGATE = "\\ud800"
UPDATES: dict[str, tuple[str, str, str]] = {
    # the body, and the code and pointer of its first error
    "a list": ("[]", "validation-failed", ""),
    "a string": ('"text"', "validation-failed", ""),
    "null": ("null", "validation-failed", ""),
    "no text": ("{}", "validation-failed", "/text"),
    "text null": ('{"text": null}', "validation-failed", "/text"),
    "text a number": ('{"text": 7}', "validation-failed", "/text"),
    "text a list": ('{"text": ["x"]}', "validation-failed", "/text"),
    "text blank": ('{"text": "   "}', "validation-failed", "/text"),
    "text only zero width spaces": ('{"text": "\\u200b\\u200b"}', "validation-failed", "/text"),
    "text only a no-break space": ('{"text": "\\u00a0\\u2003"}', "validation-failed", "/text"),
    "text with NUL": ('{"text": "a\\u0000b"}', "validation-failed", "/text"),
    "text with a bell": ('{"text": "a\\u0007b"}', "validation-failed", "/text"),
    "text with a lone surrogate": (f'{{"text": "a{SURROGATE}b"}}', "validation-failed", "/text"),
    "text of nothing but what is left out": ('{"text": "\\u202e\\ufffe\\u3164"}', "validation-failed", "/text"),
    "text too long": (json.dumps({"text": "x" * 4001}), "validation-failed", "/text"),
    "text too long in characters, not bytes": (json.dumps({"text": "\u00e9" * 4001}), "validation-failed", "/text"),
    "rating blue": ('{"text": "x", "rating": "B"}', "validation-failed", "/rating"),
    "rating small": ('{"text": "x", "rating": "r"}', "validation-failed", "/rating"),
    "rating null": ('{"text": "x", "rating": null}', "validation-failed", "/rating"),
    "rating a list": ('{"text": "x", "rating": ["R"]}', "validation-failed", "/rating"),
    "rating an object": ('{"text": "x", "rating": {}}', "validation-failed", "/rating"),
    "rating a surrogate": (f'{{"text": "x", "rating": "{SURROGATE}"}}', "validation-failed", "/rating"),
    "claim complete": ('{"text": "x", "claim": "complete"}', "validation-failed", "/claim"),
    "no_change a word": ('{"text": "x", "no_change": "true"}', "validation-failed", "/no_change"),
    "no_change one": ('{"text": "x", "no_change": 1}', "validation-failed", "/no_change"),
    "no change and delivered": ('{"text": "x", "no_change": true, "claim": "delivered"}', "validation-failed", "/no_change"),
    "next step blank": ('{"text": "x", "next_step": " "}', "validation-failed", "/next_step"),
    "next step too long": (json.dumps({"text": "x", "next_step": "y" * 1001}), "validation-failed", "/next_step"),
    "impact too long": (json.dumps({"text": "x", "impact": "y" * 2001}), "validation-failed", "/impact"),
    "evidence an object": ('{"text": "x", "evidence": {}}', "validation-failed", "/evidence"),
    "evidence of numbers": ('{"text": "x", "evidence": [1]}', "validation-failed", "/evidence/0"),
    "evidence eleven times": (
        json.dumps({"text": "x", "evidence": [{"title": "t", "url": "https://example.org"}] * 11}),
        "validation-failed",
        "/evidence",
    ),
    "evidence without a title": ('{"text": "x", "evidence": [{"url": "https://example.org"}]}', "validation-failed", "/evidence/0/title"),
    "evidence that is a script": (
        '{"text": "x", "evidence": [{"title": "t", "url": "javascript:alert(1)"}]}', "validation-failed", "/evidence/0/url",
    ),
    "evidence in data": (
        '{"text": "x", "evidence": [{"title": "t", "url": "data:text/html,x"}]}', "validation-failed", "/evidence/0/url",
    ),
    "evidence with NUL": (
        '{"text": "x", "evidence": [{"title": "t", "url": "https://example.org/\\u0000"}]}', "validation-failed", "/evidence/0/url",
    ),
    "evidence with a surrogate": (
        f'{{"text": "x", "evidence": [{{"title": "t", "url": "https://example.org/{SURROGATE}"}}]}}',
        "validation-failed",
        "/evidence/0/url",
    ),
    "on behalf of nobody": ('{"text": "x", "on_behalf_of": "x"}', "validation-failed", "/on_behalf_of"),
    "on behalf of a number": ('{"text": "x", "on_behalf_of": 1}', "validation-failed", "/on_behalf_of"),
    "an unknown member": ('{"text": "x", "colour": "red"}', "unknown-field", "/colour"),
    "an unknown member with a slash": ('{"text": "x", "a/b~c": 1}', "unknown-field", "/a~1b~0c"),
    "an unknown member of a surrogate": (f'{{"text": "x", "{SURROGATE}": 1}}', "unknown-field", "/?"),
    "an unknown member with NUL": ('{"text": "x", "a\\u0000": 1}', "unknown-field", "/a\x00"),
    "__proto__": ('{"text": "x", "__proto__": {}}', "unknown-field", "/__proto__"),
    **{
        f"read-only {name}": (json.dumps({"text": "x", name: value}), "read-only-field", f"/{name}")
        for name, value in {
            "id": "00000000-0000-0000-0000-000000000001",
            "role": "admin",
            "author": {"name": "Jane Carroll"},
            "author_id": "x",
            "agency_id": "x",
            "created_at": "2020-01-01T00:00:00Z",
            "posted_at": "2020-01-01T00:00:00Z",
            "version": 9,
            "acknowledgement": None,
            "previous_rating": "G",
            "entered_by": "me",
        }.items()
    },
}  # fmt: skip


@pytest.mark.parametrize("name", UPDATES)
def test_a_wrong_update_is_422_and_says_where(still: Api, name: str) -> None:
    raw, code, pointer = UPDATES[name]
    answer = still.as_("lucy").open("POST", updates_of(still), data=raw.encode(), content_type="application/json")
    assert problem(answer) == (422, code)
    assert answer.json["errors"][0]["pointer"] == pointer


def test_nothing_of_all_that_was_stored(still: Api) -> None:
    assert still.one("SELECT count(*) FROM progress_update") == 0


def test_all_errors_come_at_once(still: Api) -> None:
    body = {
        "text": "",
        "rating": "X",
        "next_step": "y" * 1001,
        "colour": 1,
        "evidence": [{"title": "", "url": "ftp://x"}],
    }
    answer = still.as_("lucy").post(updates_of(still), body)
    pointers = {each["pointer"] for each in answer.json["errors"]}
    assert {"/rating", "/next_step", "/colour", "/evidence/0/title", "/evidence/0/url"} <= pointers


@pytest.mark.parametrize(
    "text",
    [
        "x" * 4000,
        "\U0001f600" * 4000,
        "tab\tand\nnew line",
        "<script>alert(1)</script>",
        "'; DROP TABLE action; --",
        "\\ud800 as words",
        "=1+1",
        "{{7*7}} %s %(x)s ${x}",
    ],
    ids=["4000 letters", "4000 emoji", "white space", "markup", "SQL", "an escape", "a formula", "templates"],
)
def test_text_is_stored_as_it_is(api: Api, text: str) -> None:
    assert api.as_("lucy").say("3.4", text)["text"] == text


def test_text_is_composed_and_trimmed(api: Api) -> None:
    assert api.as_("lucy").say("3.4", "  cafe\u0301\r\nand more\r  ")["text"] == "caf\u00e9\nand more"


SIGN_INS: dict[str, tuple[Any, int]] = {
    "no body members": ({}, 422),
    "email a number": ({"email": 1, "password": "x"}, 422),
    "email with NUL": ({"email": "a\x00@example.org", "password": "x"}, 422),
    "email with a lone surrogate": ({"email": "\ud800@example.org", "password": "x"}, 422),
    "password with NUL": ({"email": email_of("lucy"), "password": "a\x00"}, 401),
    "password with a lone surrogate": ({"email": email_of("lucy"), "password": "\ud800"}, 422),
    "password too long": ({"email": email_of("lucy"), "password": "x" * 1025}, 422),
    "email too long": ({"email": "x" * 255, "password": "x"}, 422),
    "unknown transport": ({"email": email_of("lucy"), "password": PASSWORD, "transport": "pigeon"}, 422),
    "role in the body": ({"email": email_of("lucy"), "password": PASSWORD, "role": "admin"}, 422),
    "SQL": ({"email": "' OR 1=1 --", "password": "' OR 1=1 --"}, 401),
}


@pytest.mark.parametrize("name", SIGN_INS)
def test_hostile_sign_in(still: Api, name: str) -> None:
    body, status = SIGN_INS[name]
    assert problem(still.nobody.post("/auth/sign-in", body))[0] == status


BAD_QUERIES = {
    "limit=abc": "limit",
    "limit=0": "limit",
    "limit=-1": "limit",
    "limit=201": "limit",
    "limit=1.5": "limit",
    "limit=": "limit",
    "limit=10%5E20": "limit",
    "limit=100000000000000000000": "limit",
    "limit=%D9%A1": "limit",
    "page=2": "page",
    "limit=5&limit=6": "limit",
    "sort=colour": "sort",
    "sort=": "sort",
    "objective=x": "objective",
    "objective=1,": "objective",
    "objective=0": "objective",
    "status=done": "status",
    "rating=X": "rating",
    "rating=r": "rating",
    "agency=nelft": "agency",
    "person=1": "person",
    "due_before=2021-02-30": "due_before",
    "due_before=01/02/2021": "due_before",
    "due_after=1899-12-31": "due_after",
    "past_date=yes": "past_date",
    "needs_update=1": "needs_update",
    "nobody_named=": "nobody_named",
    "updated_since=2021-01-01": "updated_since",
    "updated_since=yesterday": "updated_since",
    "q=": "q",
    "q=%00": "q",
    "q=" + "x" * 201: "q",
    "fields=Number": "fields",
    "fields=number,colour": "fields",
    "cursor=zzz": "cursor",
    "cursor=": "cursor",
    "cursor=%00": "cursor",
    "cursor=%C3%A9": "cursor",
    "cursor=bnVsbA": "cursor",
    "cursor=WyJudW1iZXIiLCJhIl0": "cursor",
    "cursor=WyJudW1iZXIiXQ": "cursor",
    "cursor=WyJudW1iZXIiLDEsMiwzXQ": "cursor",
    "cursor=WyJudW1iZXIiLHRydWUsMV0": "cursor",
    "cursor=W10": "cursor",
    "cursor=e30": "cursor",
}


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_a_bad_parameter_of_the_list_is_400_and_named(still: Api, query: str) -> None:
    answer = still.as_("robert").get(f"{PLAN}/actions?{query}")
    name = BAD_QUERIES[query]
    assert problem(answer) == (400, "invalid-cursor" if name == "cursor" else "invalid-parameter")
    assert answer.json["errors"][0]["pointer"] == f"?{name}"


@pytest.mark.parametrize("path", [PLAN, "/me", "/actions/{action}", "/health/live", "/openapi.json", "/auth/sign-in"])
def test_an_address_without_parameters_takes_none(still: Api, path: str) -> None:
    path = path.replace("/actions/{action}", still.action("3.4"))
    caller = still.as_("robert")
    body = {"email": email_of("lucy"), "password": PASSWORD}
    answer = caller.post(f"{path}?x=1", body) if path == "/auth/sign-in" else caller.get(f"{path}?x=1")
    assert problem(answer) == (400, "invalid-parameter")


CURSORS = {
    "a NUL slug": ("/plans", '["slug","\\u0000"]'),
    "a slug that is a number": ("/plans", '["slug",7]'),
    "no slug": ("/plans", '["slug"]'),
    "a name without an id": ("/people", '["name","Ann"]'),
    "a NUL name": ("/people", '["name","\\u0000","00000000-0000-0000-0000-000000000000"]'),
    "a name that is a number": ("/people", '["name",1,"00000000-0000-0000-0000-000000000000"]'),
    "a bad id": ("/agencies", '["name","Ann","x"]'),
    "a cursor of another list": ("/agencies", '["slug","x"]'),
    "a bad time": ("/actions/{}/updates", '["posted","yesterday","00000000-0000-0000-0000-000000000000"]'),
    "a time that is a number": ("/actions/{}/updates", '["posted",5,"00000000-0000-0000-0000-000000000000"]'),
    "a time without a zone": (
        "/actions/{}/updates",
        '["posted","2021-01-01T00:00:00","00000000-0000-0000-0000-000000000000"]',
    ),
    "a number for an id": ("/actions/{}/updates", '["posted","2021-01-01T00:00:00+00:00",1]'),
}


@pytest.mark.parametrize("name", CURSORS)
def test_a_forged_cursor_is_400(still: Api, name: str) -> None:
    from base64 import urlsafe_b64encode

    path, raw = CURSORS[name]
    path = path.replace("/actions/{}", still.action("3.4"))
    cursor = urlsafe_b64encode(raw.encode()).decode().rstrip("=")
    assert problem(still.as_("robert").get(f"{path}?cursor={cursor}")) == (400, "invalid-cursor")


METHODS = {
    ("GET", "/seeds"): {"POST"},
    ("GET", "/auth/sign-in"): {"POST"},
    ("GET", "/actions/{}/dates"): {"POST"},
    ("DELETE", "/actions/{}"): {"GET", "HEAD", "PATCH"},
    ("PUT", "/actions/{}"): {"GET", "HEAD", "PATCH"},
    ("POST", "/plans"): {"GET", "HEAD"},
    ("DELETE", PLAN): {"GET", "HEAD", "PATCH"},
    ("OPTIONS", PLAN): {"GET", "HEAD", "PATCH"},
    ("PATCH", "/actions/{}/updates"): {"GET", "HEAD", "POST"},
    ("DELETE", "/health/live"): {"GET", "HEAD"},
}


@pytest.mark.parametrize(("method", "path"), METHODS)
def test_another_method_is_405_with_a_true_allow(still: Api, method: str, path: str) -> None:
    answer = still.as_("admin").open(method, path.replace("/actions/{}", still.action("3.4")))
    assert problem(answer) == (405, "method-not-allowed")
    assert set(answer.headers["Allow"].split(", ")) == METHODS[(method, path)]


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/nope", "/plans/x/y/z", "/actions", "/../../etc/passwd", "/%2e%2e/%00"])
def test_no_such_address_is_404_for_every_method(still: Api, method: str, path: str) -> None:
    assert problem(still.as_("admin").open(method, path)) == (404, "not-found")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a-good-id-12345", True),
        ("short", False),
        ("with space inside it", False),
        ("x" * 65, False),
        ('"quotes"-and-more', False),
    ],
)
def test_request_id_goes_in_and_out_when_it_is_usable(still: Api, given: str, kept: bool) -> None:
    answer = still.nobody.get("/nope", headers={"X-Request-Id": given})
    assert (answer.headers["X-Request-Id"] == given) is kept
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]


@pytest.mark.parametrize("path", [PLAN, "/me", "/actions/{}", "/health/live", "/openapi.json", "/people"])
def test_head_answers_as_get_without_a_body(still: Api, path: str) -> None:
    path = path.replace("/actions/{}", still.action("3.4"))
    get, head = (still.as_("robert").open(method, path) for method in ("GET", "HEAD"))
    assert head.data == b""
    assert (head.status, head.headers.get("ETag")) == (get.status, get.headers.get("ETag"))
