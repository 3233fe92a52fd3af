"""One folding on both sides: the table of pairs, and the client's script on the same text."""

import json
import unicodedata
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.folding import fold, words_of
from api.domain.people.duplicates import why_alike
from api.domain.plan.filters import Filters
from api.domain.privacy.redaction import holds, pattern_of
from tests.factories import action_doc
from tests.node import ask
from tests.unit.plan.test_filters import index

ROOT = Path(__file__).parents[3]
TABLE: dict[str, Any] = json.loads((ROOT / "tests" / "data" / "folding.json").read_text("utf-8"))
NAMES, TEXTS, APART = ([tuple(pair) for pair in TABLE[kind]] for kind in ("names", "texts", "apart"))
# Every letter, mark, sign and space of the planes that people write in: no controls, surrogates, private use, or what is none yet.
WRITTEN = [
    code for code in range(0x20, 0x20000) if unicodedata.category(chr(code)) not in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
]


def finds(text: str, typed: str) -> bool:
    return bool(index([action_doc("1.1", text=text)]).select(Filters(q=typed)))


@pytest.mark.parametrize(("written", "typed"), NAMES + TEXTS)
def test_what_is_written_is_found_by_itself_and_as_it_is_typed(written: str, typed: str) -> None:
    assert finds(written, typed)
    assert finds(written, written)


@pytest.mark.parametrize(("written", "typed"), APART)
def test_what_is_typed_does_not_find(written: str, typed: str) -> None:
    assert not finds(written, typed)


@pytest.mark.parametrize(("written", "typed"), NAMES)
def test_a_name_in_two_forms_is_a_possible_duplicate(written: str, typed: str) -> None:
    assert why_alike(written, typed) in {"the same name", "the same first name and nearly the same surname"}


@given(st.text())
def test_what_is_folded_stays_so(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert words_of(fold(text)) == words_of(text)


def in_node(texts: list[str]) -> list[str]:
    each = r"given.map((text) => fold(text).split(/\s+/).filter(Boolean).join(' '))"
    folded: list[str] = ask("rules/fold.js", "fold", each, texts)
    return folded


def test_the_client_folds_every_letter_as_the_server_does() -> None:
    letters = [chr(code) for code in WRITTEN]
    assert {
        each: (ours, theirs)
        for each, ours, theirs in zip(letters, map(fold, letters), in_node(letters), strict=True)
        if ours != theirs
    } == {}


def test_and_texts_of_many_letters() -> None:
    random = Random(20)
    texts = ["".join(map(chr, random.choices(WRITTEN, k=random.randint(1, 30)))) for _ in range(3000)]
    texts += [each for pair in NAMES + TEXTS + APART for each in pair]
    assert in_node(texts) == [fold(each) for each in texts]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Ann O'Connor", "Seen by Ann O’Connor today"),
        ("Ann O’Connor", "ann o'connor"),
        ("Smith-Jones", "Smith‑Jones"),
        ("“A B”", '"a\u2003b"'),
        ("a–b", "A-B"),
    ],
)
def test_words_to_be_removed_are_found_in_any_kind_of_quote_and_dash(phrase: str, text: str) -> None:
    assert holds(pattern_of(phrase), text)
