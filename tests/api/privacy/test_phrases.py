"""A phrase that is to be removed is found however it is typed, by Python and by PostgreSQL alike, and fast (DOMAIN 9)."""

import re
import time

import pytest

from api.domain.folding import is_unseen
from api.domain.privacy.redaction import pattern_of
from tests.api.privacy.test_redaction import SECRET
from tests.client import Api

HOW_IT_STANDS = [
    "Zebulon\u3000Quill", "zebulon-QUILL", "Zebu\u00adlon Quill", "Zebulon\u200bQuill", "Zebulon ‘Quill’", "Ｚebulon\nQuill", "Zebulon \u2010 Quill",
    "Zébulon Quill", "Ze\u0301bulon Quill", "Zebulon\u00a0Quill", "Zebulon\u2060 Quill", "“Zebulon” Quill", "https://x.org/Zebulon%20Quill",
    "Zebulon\u200b\u3000\u2011Quill", "Zebulon+Quill.pdf", "zebulon_quill.docx", "Z%C3%A9bulon%20Quill", "Ze%cc%81bulon%20Quill", "%5Aebulon%2DQuill",
    "Zebulon%2bQuill", "Z%E1%BA%BBbulon%E2%80%93Quill", "Zebu%C2%ADlon%5FQuill", "%5A%65%62%75%6c%6f%6e%20%51uill", "Zebulon.Quill", "Zebulon/Quill",
    "Zebulon, Quill", "Zebulon (Quill)", "Zebulon [Quill]", "Zebulon\\Quill", "Zebulon|Quill", "Zebulon… Quill", "Zebulon·Quill", "Zebulon，Quill",
    "Ze\ufff9bulon\ufffb Quill", "Ze\U0001d173bulon Quill", "Ze\u05b0bu\u064blon Quill", "Zebulon\U000e0041\U000e0fffQuill", "Zebu\u2065lon Quill",
]  # fmt: skip
HOW_OTHERS_STAND = [
    "Zebulon and Quill",
    "ZebulonQuill",
    "Zebulon%41Quill",
    "Zebulon2Quill",
    "Zebu-lon Quill",
    "Zebulon%Quil",
    "Zebulan Quill",
]


@pytest.mark.parametrize("text", HOW_IT_STANDS)
def test_a_phrase_is_found_however_it_stands_by_python_and_by_the_database(still: Api, text: str) -> None:
    pattern = pattern_of(SECRET)
    assert re.search(pattern, text)
    assert still.one("SELECT %s::text ~ %s", text, pattern) is True


@pytest.mark.parametrize("text", HOW_OTHERS_STAND)
def test_other_words_are_left_alone_by_both(still: Api, text: str) -> None:
    pattern = pattern_of(SECRET)
    assert re.search(pattern, text) is None
    assert still.one("SELECT %s::text ~ %s", text, pattern) is False


@pytest.mark.parametrize("between", ["", " "])
def test_nothing_that_is_not_seen_hides_a_phrase_from_either(still: Api, between: str) -> None:
    """Everything that folding leaves out, inside a word and beside a space."""
    pattern = pattern_of(SECRET)
    texts = [f"Zebulon {char}Qu{char}ill" if between else f"Z{char}ebulon Quill" for char in all_unseen()]
    assert [each for each in texts if re.fullmatch(pattern, each) is None] == []
    assert still.one("SELECT count(*) FROM unnest(%s::text[]) AS text WHERE text !~ %s", texts, pattern) == 0


def all_unseen() -> list[str]:
    return [
        chr(code)
        for code in [*range(1, 0xD800), *range(0xE000, 0x20000), *range(0xE0000, 0xE0200)]
        if is_unseen(chr(code))
    ]


def test_long_texts_and_the_longest_phrase_are_looked_through_in_a_moment(still: Api) -> None:
    """Texts made to be tried at every letter, and begun over and over."""
    for phrase in (SECRET, " ".join(["Zèbulon"] * 62)):
        pattern = pattern_of(phrase)
        for text in ("Zebulon " * 25_000, "Zebulon%20" * 20_000, "Zebulon" + ".\u00ad%2D" * 20_000):
            begun = time.monotonic()
            found = re.search(pattern, text[:60_000]) is not None
            assert still.one("SELECT %s::text ~ %s", text[:60_000], pattern) is found
            assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("O’Connor", "oconnor"),
        ("OConnor", "O'Connor"),
        ("Æsop", "aesop"),
        ("office", "oﬃce"),
        ("Łódź", "lodz"),
        ("strasse", "Straße"),
    ],
)
def test_so_are_letters_that_are_written_in_two_ways(still: Api, phrase: str, text: str) -> None:
    assert re.fullmatch(pattern_of(phrase), text)
    assert still.one("SELECT regexp_replace(%s, %s, '#')", text, pattern_of(phrase)) == "#"


@pytest.mark.parametrize("phrase", ["", "—", "‘’", "- -"])
def test_what_has_no_letters_finds_nothing(still: Api, phrase: str) -> None:
    pattern = pattern_of(phrase)
    assert re.search(pattern, "Any — ‘text’\n") is None
    assert still.one("SELECT %s ~ %s", "Any — ‘text’\n", pattern) is False


def test_the_longest_phrase_is_found_by_the_database_too(still: Api) -> None:
    phrase = " ".join(["Zèbulon"] * 62)
    assert still.one("SELECT %s ~ %s", phrase, pattern_of(phrase)) is True
