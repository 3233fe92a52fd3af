"""What a stranger may send beside bodies and parameters: media types, headers, methods, addresses, numbers (API 5).

The bodies, parameters and cursors are in test_hostile_input.py, the tokens in test_sign_in.py.
"""

import json
from typing import Any

import pytest

from tests.client import PLAN, Api, problem
from tests.factories import small_seed

ACCEPTED = [
    "",
    "*/*",
    "application/*",
    "application/json",
    "APPLICATION/JSON",
    "application/json;q=0.1",
    "text/csv, application/json;q=0.5",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "text/csv;q=0.9, */*;q=0.1",
    "application/json;charset=utf-8",
    # It says which errors can be read, and rules nothing out.
    "application/problem+json",
    "Application/Problem+JSON;q=0.3",
    "application/problem+json, application/json",
    "application/problem+json, */*;q=0.1",
    "application/problem+json;q=0",
    "application/*;q=0.2, text/html;q=0",
]
REFUSED = [
    "text/csv",
    "application/json;q=0",
    "application/json;q=0.0, text/html",
    "*/*;q=0",
    "text/*",
    "application/xml",
    "application/problem+json, text/csv",
    "application/problem+json, application/json;q=0",
    "application/json;q=0, */*",
    "application/*;q=0, text/html",
    "nonsense",
    ";;;",
    ",,,",
    "application",
    "application/json;q=1.5;q=0",
    "text/csv," * 3000,
]


@pytest.mark.parametrize("accept", ACCEPTED)
def test_what_accept_allows_is_given(still: Api, accept: str) -> None:
    assert still.as_("robert").get("/plans", headers={"Accept": accept}).status_code == 200


@pytest.mark.parametrize("path", ["/plans", f"{PLAN}/actions.csv", "/docs"])
@pytest.mark.parametrize("status", [200, 400])
def test_who_reads_problems_only_is_served_all_the_same(still: Api, path: str, status: int) -> None:
    """RFC 9110, 12.5.1: a 406 would be allowed, and would help nobody."""
    asked = path if status == 200 else f"{path}?nope=1"
    answer = still.as_("robert").get(asked, headers={"Accept": "application/problem+json"})
    assert answer.status_code == status
    assert (answer.mimetype == "application/problem+json") == (status == 400)


@pytest.mark.parametrize("accept", REFUSED, ids=lambda accept: accept[:30])
def test_what_accept_rules_out_is_406(still: Api, accept: str) -> None:
    assert problem(still.as_("robert").get("/plans", headers={"Accept": accept})) == (406, "not-acceptable")


def test_a_write_that_could_not_be_answered_is_not_done(api: Api) -> None:
    path = f"{api.action('3.4')}/updates"
    answer = api.as_("lucy").post(path, {"text": "We met."}, headers={"Accept": "text/csv"})
    assert problem(answer) == (406, "not-acceptable")
    assert api.one("SELECT count(*) FROM progress_update") == 0


def test_the_page_is_no_json(still: Api) -> None:
    assert problem(still.nobody.get("/docs", headers={"Accept": "application/json"})) == (406, "not-acceptable")
    assert still.nobody.get("/docs", headers={"Accept": "text/html"}).status_code == 200


def test_an_answer_without_a_body_suits_everybody(api: Api) -> None:
    assert api.as_("lucy").post("/auth/sign-out", headers={"Accept": "text/csv"}).status_code == 204


MEDIA = {
    "application/json": 201,
    "application/json; charset=utf-8": 201,
    "application/json;charset=UTF-8;x=y": 201,
    'application/json; charset="utf-8"': 201,
    "application/json;charset=utf8": 201,
    "Application/JSON": 201,
    "application/vnd.partner+json": 201,
    "application/json; charset=utf-16": 415,
    "application/json; CHARSET = UTF-16": 415,
    'application/json; charset="utf-16"': 415,
    "application/json; charset=utf-8; charset=utf-16": 415,
    "application/json; charset=utf-16; charset=utf-8": 415,
    "application/json; charset=latin1": 415,
    "application/json; charset=us-ascii": 415,
    "application/json; charset=": 415,
    "application/json, text/plain": 415,
    "application/jsonx": 415,
    "text/json": 415,
    "json": 415,
    "application/": 415,
    ";charset=utf-8": 415,
}


@pytest.mark.parametrize("media", MEDIA)
def test_the_media_type_is_json_and_its_charset_is_utf_8(api: Api, media: str) -> None:
    """JSON has no other (RFC 8259, 8.1); other parameters say nothing."""
    raw = json.dumps({"text": "We met."}).encode()
    answer = api.as_("lucy").open("POST", f"{api.action('3.4')}/updates", data=raw, content_type=media)
    assert answer.status_code == MEDIA[media], answer.text


@pytest.mark.parametrize("value", [1.9, "7", True, None, [92], -1, 0, 10**20])
def test_what_is_not_a_whole_number_is_refused(still: Api, value: Any) -> None:
    answer = still.as_("admin").post("/seeds?dry_run=true", small_seed(update_every_days=value))
    assert problem(answer) == (422, "validation-failed")
    assert answer.json["errors"][0]["pointer"] == "/update_every_days"


DAYS = [
    "1899-12-31",
    "2200-01-01",
    "0000-00-00",
    "2021-02-30",
    "2021-13-01",
    "9999-12-31",
    "20210531",
    "2021-5-3",
    "31/05/2021",
]
TYPES = [20210531, None, True, ["2021-05-31"], {"day": 1}]


@pytest.mark.parametrize(
    "day", [*DAYS, *TYPES, "2021-05-31T00:00:00Z", "2021-05-31\n", "\u0662\u0660\u0662\u0661-05-31", ""]
)
def test_what_is_not_a_day_of_these_centuries_is_refused(still: Api, day: Any) -> None:
    body = {"kind": "date", "from": day, "reason": "Agreed."}
    answer = still.as_("jane").post(f"{still.action('3.4')}/dates", body)
    assert problem(answer) == (422, "validation-failed")
    assert answer.json["errors"][0]["pointer"] == "/from"


LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//example.org/x",
    "https:example.org",
    "https://",
    "https:///x",
    "https://user:secret@example.org/",
    "https://user@example.org/",
    "https://example.org@evil.example/",
    "https://exa mple.org/",
    "https://example.org:port/",
    "https://-.example.org.",
    "ftp://example.org/",
    "example.org",
    "https://" + "x" * 2000,
]


@pytest.mark.parametrize("url", LINKS, ids=lambda url: url[:40])
def test_a_link_that_is_no_plain_web_address_is_refused(still: Api, url: str) -> None:
    body = {"text": "x", "evidence": [{"title": "t", "url": url}]}
    answer = still.as_("lucy").post(f"{still.action('3.4')}/updates", body)
    assert problem(answer) == (422, "validation-failed")
    assert answer.json["errors"][0]["pointer"] == "/evidence/0/url"


# As somebody sends it, and as a browser would read it and it is kept; None: as it was sent.
TAKEN: dict[str, str | None] = {
    "https://example.org": None,
    "http://intranet/plan?id=1#top": None,
    "https://example.org:8443/a/b.pdf": None,
    "https://www.havering.gov.uk/downloads/file/3(1).pdf": None,
    "https://example.org?x=@": None,
    "http://127.0.0.1/": None,
    "https://share_point.example.org/:w:/r/x": None,
    "https://example.org/caf\u00e9": "https://example.org/caf%C3%A9",
    " https://example.org": "https://example.org",
    "https://example.org/\n": "https://example.org/",
    "https://example.org\\@evil.example/": "https://example.org/@evil.example/",
    "https://example.org/\u202egpj.exe": "https://example.org/gpj.exe",
}


@pytest.mark.parametrize("url", TAKEN)
def test_a_web_address_is_kept_as_a_browser_reads_it(api: Api, url: str) -> None:
    kept = api.as_("lucy").say("3.4", evidence=[{"title": "t", "url": url}])["evidence"][0]["url"]
    assert kept == (TAKEN[url] or url)


HUGE = "x" * 20_000
HEADERS: dict[str, tuple[str, str, int]] = {
    "a huge token": ("Authorization", f"Bearer {HUGE}", 401),
    "a huge cookie": ("Cookie", f"__Host-access={HUGE}", 200),
    "a huge If-None-Match": ("If-None-Match", f'"{HUGE}"', 200),
    "ten thousand tags": ("If-None-Match", '"a",' * 10_000, 200),
    "a huge request id": ("X-Request-Id", HUGE, 200),
    "a huge Accept-Encoding": ("Accept-Encoding", HUGE, 200),
    "a range": ("Range", "bytes=0-10", 200),
    "an old If-Modified-Since": ("If-Modified-Since", "yesterday", 200),
    "Expect": ("Expect", "a miracle", 200),
    "another host": ("Host", "evil.example", 200),
    "a forwarded host": ("X-Forwarded-Host", "evil.example", 200),
    "a forwarded address": ("X-Forwarded-For", "127.0.0.1, ' OR 1=1", 200),
    "a control character": ("X-Request-Id", "abcdefgh\x7f", 200),
    "Latin-1": ("X-CSRF-Token", "caf\u00e9", 200),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_strange_header_breaks_nothing(still: Api, name: str) -> None:
    header, value, status = HEADERS[name]
    answer = still.as_("robert").get(PLAN, headers={header: value})
    assert answer.status_code == status, answer.text
    assert "evil.example" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_header_cannot_change_the_method(api: Api, header: str) -> None:
    answer = api.as_("lucy").post(f"{api.action('3.4')}/updates", {"text": "We met."}, headers={header: "DELETE"})
    assert answer.status_code == 201
    assert api.as_("lucy").get(PLAN, headers={header: "PATCH"}).status_code == 200


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "get", "FOO", "CONNECT"])
def test_a_method_that_nobody_knows_is_405(still: Api, method: str) -> None:
    answer = still.as_("admin").open(method, PLAN)
    assert answer.status_code in {200, 405} if method == "get" else problem(answer) == (405, "method-not-allowed")


ADDRESSES = [
    "/plans/%00",
    "/plans/havering-2020-23%00",
    "/plans/..%2f..%2fetc%2fpasswd",
    "/plans/%2e%2e/actions/x",
    "/plans//actions",
    "/actions/%ff%fe",
    "/actions/%C0%AF",
    "/actions/%F0%9F%92%A9/updates",
    "/actions/" + "1" * 5000,
    "/actions/00000000-0000-0000-0000-00000000000g",
    "/actions/{00000000-0000-0000-0000-000000000000}",
    "/actions/urn:uuid:00000000-0000-0000-0000-000000000000",
    "/updates/99999999999999999999999999999999999999999999",
    "/updates/-1",
    "/plans/%27%20OR%201=1",
    "/../api/v1/plans",
    "/plans;x=1",
    "/PLANS",
]


@pytest.mark.parametrize("path", ADDRESSES, ids=lambda path: path[:40])
def test_an_address_of_nothing_is_404(still: Api, path: str) -> None:
    assert problem(still.as_("admin").get(path)) == (404, "not-found")


def test_a_body_on_a_read_is_not_looked_at(still: Api) -> None:
    answer = still.as_("robert").open("GET", PLAN, data=b"\xff" * 1000, content_type="application/json")
    assert answer.status_code == 200
