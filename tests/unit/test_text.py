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
}


@pytest.mark.parametrize("given_text", CLEAN)
def test_text_is_stored_as(given_text: str) -> None:
    assert clean_text(given_text) == CLEAN[given_text]


@pytest.mark.parametrize(
    "text",
    [
        "a\x00",
        "\x07",
        "a\x0bb",
        "a\x0cb",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\x9f",
        "\ud800",
        "a\udfff",
        "\u202e",
        "\u202a",
        "\u2066",
        "\u2069",
    ],
    ids=lambda text: text.encode("unicode_escape").decode(),
)
def test_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^Remove the .*\.$"):
        clean_text(text)


@pytest.mark.parametrize(
    "text", ["", " ", "\t\n", "\u200b", "\u200b \u2060", "\ufeff", "\u00a0\u2003", "\u2028", "\u00ad", "\u200e"]
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
