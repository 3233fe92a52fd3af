"""Links as people type and paste them: what is kept is what a browser would ask for, or the sentence says what is wrong."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.web_address import EXAMPLE, read_web_address
from api.schemas.fields import WEB_ADDRESS

READ = {
    "https://example.org": "https://example.org",
    "https://example.org/Minutes?id=1#a": "https://example.org/Minutes?id=1#a",
    "https://example.org/Board papers/May 2026.pdf": "https://example.org/Board%20papers/May%202026.pdf",
    "https://example.org/a%20b%zz": "https://example.org/a%20b%zz",
    "www.example.org/report": "https://www.example.org/report",
    "WWW.Example.ORG": "https://www.example.org",
    "example.org/report.pdf": "https://example.org/report.pdf",
    "Https://Example.org/Report": "https://example.org/Report",
    "HTTP://example.org": "http://example.org",
    "  https://example.org/\u200b\ufeff ": "https://example.org/",
    "https://example.org/a\u200bb\xadc": "https://example.org/abc",
    "https://example.org/a\u200e\u200d": "https://example.org/a",
    "https://example.org/lo\nng\t/path": "https://example.org/long/path",
    "https://example.org/children\u2019s-plan": "https://example.org/children%E2%80%99s-plan",
    "https://example.org/caf\u00e9?q=\u00fc#\u00df": "https://example.org/caf%C3%A9?q=%C3%BC#%C3%9F",
    "https://example.org/cafe\u0301": "https://example.org/caf%C3%A9",
    'https://example.org/a"b<c>d`e{f}': "https://example.org/a%22b%3Cc%3Ed%60e%7Bf%7D",
    "https://example.org/a|b^c[d]": "https://example.org/a|b^c[d]",
    "https:\\\\example.org\\a\\b?c=d\\e": "https://example.org/a/b?c=d%5Ce",
    "https://b\u00fccher.example/": "https://xn--bcher-kva.example/",
    "https://B\u00dcCHER.example/": "https://xn--bcher-kva.example/",
    "https://stra\u00dfe.de": "https://xn--strae-oqa.de",
    "https://\u65e5\u672c\u8a9e\u3002jp/\u65e5": "https://xn--wgv71a119e.jp/%E6%97%A5",
    "https://\uff57\uff57\uff57.example.org": "https://www.example.org",
    "https://xn--bcher-kva.example": "https://xn--bcher-kva.example",
    "https://example.org:8443/a": "https://example.org:8443/a",
    "https://example.org:/a": "https://example.org/a",
    "https://sharepoint/sites/a b": "https://sharepoint/sites/a%20b",
    "https://my_site.example.org": "https://my_site.example.org",
    "https://example.org/@someone": "https://example.org/@someone",
}  # fmt: skip
REFUSED = {
    "": EXAMPLE,
    "see the report": EXAMPLE,
    "report.pdf": EXAMPLE,
    "C:\\Reports\\a.pdf": EXAMPLE,
    "\\\\server\\share\\a.pdf": EXAMPLE,
    "javascript:alert(1)": EXAMPLE,
    "JavaScript://www.example.org/%0aalert(1)": EXAMPLE,
    "java\u200bscript:alert(1)": EXAMPLE,
    "data:text/html,x": EXAMPLE,
    "ftp://example.org": EXAMPLE,
    "//example.org/a": EXAMPLE,
    "https://": EXAMPLE,
    "https:///path": EXAMPLE,
    "https://a..b": EXAMPLE,
    "https://-a.org": EXAMPLE,
    f"https://{'a' * 64}.org": EXAMPLE,
    "jane@example.org": EXAMPLE,
    "https://user:secret@example.org/": "Leave out the user name and password before the @; everybody who reads the link would see them.",
    "https://www.example.org@evil.example/": "Leave out the user name and password before the @; everybody who reads the link would see them.",
    "https://exa mple.org": "The character \u201c \u201d (U+0020) cannot stand in the name of a site; take it out.",
    "https://children\u2019s.org": "The character \u201c\u2019\u201d (U+2019) cannot stand in the name of a site; take it out.",
    "https://a%2eb/": "The character \u201c%\u201d (U+0025) cannot stand in the name of a site; take it out.",
    "https://[::1]/": "The character \u201c[\u201d (U+005B) cannot stand in the name of a site; take it out.",
    "https://example.org:99999/": "A port is a number of 65535 at most; leave it out if you do not know it.",
    "https://example.org/a\x00": "Remove the control characters; only tabs and new lines are accepted.",
    "https://example.org/" + "\u00e9" * 400: "This address has 2,420 characters; the most is 2,000.",
}


@pytest.mark.parametrize("typed", READ)
def test_it_is_read_as_a_browser_would(typed: str) -> None:
    assert read_web_address(typed) == READ[typed]


@pytest.mark.parametrize("typed", REFUSED, ids=ascii)
def test_or_the_sentence_says_why_not(typed: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(REFUSED[typed]) + "$"):
        read_web_address(typed)


def kept(typed: str) -> str | None:
    try:
        return read_web_address(typed)
    except ValueError:
        return None


@given(st.one_of(st.text(), st.text().map("https://{}".format), st.text().map("https://example.org/{}".format)))
def test_whatever_is_kept_is_safe_and_stays_as_it_is(typed: str) -> None:
    address = kept(typed)
    if address is not None:
        assert re.fullmatch(r"https?://[a-z0-9_][a-z0-9._-]*(:[0-9]{1,5})?([/?#][!-~]*)?", address)
        assert not re.search(r"[\s\"<>`\\]", address)
        assert read_web_address(address) == address


@given(st.from_regex(WEB_ADDRESS, fullmatch=True).filter(lambda each: len(each) < 200))
def test_what_the_document_allows_is_taken(typed: str) -> None:
    assert kept(typed) is not None
