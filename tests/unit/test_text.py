"""What counts as text (API 5.3), and ids."""

import unicodedata
from itertools import islice
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.folding import fold
from api.domain.text import clean_text, is_blank, join_names
from api.services.ids import new_id, new_ids

CLEAN = {
    "plain": "plain",
    "  ends \n": "ends",
    "a\r\nb\rc": "a\nb\nc",
    "tab\tstays": "tab\tstays",
    "cafe\u0301": "caf\u00e9",
    "\ufb01ne": "\ufb01ne",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u05e9\u05dc\u05d5\u05dd": "\u05e9\u05dc\u05d5\u05dd",
    "\u202fnarrow": "narrow",
    "a\x0bb\x0cc\x85d\u2028e\u2029f": "a\nb\nc\nd\ne\nf",
    "\ufeffa\u200bb": "ab",
    "a\u202eb\u202c \u2066c\u2069": "ab c",
    "a\ufffeb\uffff\ufdd0\U0001ffff": "ab",
    "a\U000e0041\U000e007fb": "ab",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f": "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "\U0001f3f4\U000e0041\U000e007f": "\U0001f3f4",
    "\u0645\u06cc\u200c\u062e": "\u0645\u06cc\u200c\u062e",
    "\u2764\ufe0f": "\u2764\ufe0f",
}


@pytest.mark.parametrize("given_text", CLEAN)
def test_text_is_stored_as(given_text: str) -> None:
    assert clean_text(given_text) == CLEAN[given_text]


@pytest.mark.parametrize(
    "text",
    [
        "a\x00",
        "\x07",
        "\x1b[31m",
        "\x7f",
        "\x84",
        "\x9f",
        "\ud800",
        "a\udfff",
    ],
    ids=lambda text: text.encode("unicode_escape").decode(),
)
def test_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^Remove the .*\.$"):
        clean_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\t\n",
        "\u200b",
        "\u200b \u2060",
        "\ufeff",
        "\u00a0\u2003",
        "\u2028",
        "\u00ad",
        "\u200e",
        "\u3164",
        "\u2800",
        "\u115f",
        "\u1160",
        "\uffa0",
        "\u034f",
        "\u180e",
        "\u17b4",
        "\ufe0f",
        "\U000e0100",
        "\u2062\u3164 \u2800",
    ],
)
def test_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["x", ".", "\u200bx", "0", "\U0001f600", "\u0301"])
def test_not_blank(text: str) -> None:
    assert not is_blank(text)


@given(st.text())
def test_what_is_cleaned_stays_clean(text: str) -> None:
    try:
        cleaned = clean_text(text)
    except ValueError:
        return
    assert clean_text(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zo\u00cb", "zoe"),
        ("STRA\u00dfE", "strasse"),
        ("a \n b", "a b"),
        ("\u00c5ngstr\u00f6m", "angstrom"),
        ("\u2167", "viii"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("names", "said"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_names_are_joined_as_a_person_would(names: list[str], said: str) -> None:
    assert join_names(names) == said


def test_ids_are_of_version_7() -> None:
    found = new_id()
    assert (found.version, found.variant) == (7, "specified in RFC 4122")


def test_ids_of_one_batch_rise_and_are_unique() -> None:
    made = list(islice(new_ids(), 10_000))
    assert made == sorted(made)
    assert len(set(made)) == 10_000


def test_ids_of_later_instants_come_later() -> None:
    assert new_id().int >> 80 <= new_id().int >> 80


def test_an_id_holds_the_instant_it_was_made() -> None:
    import time

    before = time.time_ns() // 1_000_000
    assert before <= new_id().int >> 80 <= time.time_ns() // 1_000_000


def test_ids_are_written_as_uuids() -> None:
    found = new_id()
    assert UUID(str(found)) == found
