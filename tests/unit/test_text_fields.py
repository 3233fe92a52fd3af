"""Every text field of the API takes what is pasted out of Word, and stores it as it is read (API 5.3); walked from the schemas."""

import re

import pytest
from marshmallow import ValidationError, fields

from api.schemas.fields import Base64Url, Choice, WebAddress
from api.schemas.text_fields import BLANK_OR_WORDS, WORDS, Email, Line, Secret, Words
from tests.unit.schema_walk import every_field

TEXT = [
    pytest.param(field, id=name)
    for name, field in every_field()
    if isinstance(field, Words) and not isinstance(field, Email)
]
# Not words: what this API or a provider made, and is handed back.
TOKENS = {"cursor", "since", "state", "code", "error", "iss", "next"}

BREAKS = ["\r\n", "\r", "\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"]
LEFT_OUT = [
    "\u200b", "\ufeff", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)), "\ufffe", "\uffff", "\ufdd0", "\ufdef",
    "\U0001fffe", "\U0010ffff", "\U000e0001", "\U000e0041", "\U000e007f",
]  # fmt: skip
KEPT = ["\u200d", "\u200c", "\u200e", "\xad", "\u2019", "\u2011", "\u00e9", "\U0001f600", "\ufe0f"]
REFUSED = ["\x00", "\x01", "\x08", "\x0e", "\x1b", "\x1f", "\x7f", "\x84", "\x86", "\x9f", "\ud800", "\udfff"]
BLANK = [
    " ", "\t", "\xa0", "\u2003", "\u3000", "\u200b", "\ufeff", "\u2060", "\xad", "\u3164", "\u2800", "\u115f", "\u1160", "\uffa0", "\u034f",
    "\u180e", "\u202e", "\ufffe", "\U000e0041", "\u2028",
]  # fmt: skip


def code(text: str) -> str:
    return text.encode("unicode_escape").decode()


def test_whatever_is_written_is_cleaned() -> None:
    others = {
        name
        for name, field in every_field()
        if isinstance(field, fields.String) and not isinstance(field, Words | Secret | Choice | WebAddress | Base64Url)
    }
    assert {name.split(".")[1] for name in others} <= TOKENS
    assert len(TEXT) > 80


@pytest.mark.parametrize("field", TEXT)
def test_line_breaks_of_word_are_line_breaks(field: Words) -> None:
    for each in BREAKS:
        assert field.deserialize(f"a{each}b") == ("a b" if isinstance(field, Line) else "a\nb"), code(each)


@pytest.mark.parametrize("field", TEXT)
def test_what_is_not_seen_is_left_out_or_kept_and_never_refused(field: Words) -> None:
    for each in LEFT_OUT:
        assert field.deserialize(f"a{each}b") == "ab", code(each)
    for each in KEPT:
        assert field.deserialize(f"a{each}b") == f"a{each}b", code(each)


@pytest.mark.parametrize("field", TEXT)
def test_control_characters_are_refused(field: Words) -> None:
    for each in REFUSED:
        with pytest.raises(ValidationError, match=r"^Remove the .*\.$"):
            field.deserialize(f"a{each}b")


@pytest.mark.parametrize("field", TEXT)
def test_text_of_which_nothing_is_seen_is_blank(field: Words) -> None:
    for each in [*BLANK, "".join(BLANK)]:
        if field.blank:
            assert field.deserialize(each) == "", code(each)
            continue
        with pytest.raises(ValidationError) as found:
            field.deserialize(each)
        assert found.value.messages == [field.hint], code(each)


@pytest.mark.parametrize("field", TEXT)
def test_its_length_is_that_of_what_is_stored(field: Words) -> None:
    longest = "x" * field.most
    assert field.deserialize(f" \ufeff{longest}\u202e\n") == longest
    with pytest.raises(ValidationError, match=f"This has {field.most + 1:,} characters; the most is {field.most:,}."):
        field.deserialize(longest + "x")


def test_the_document_says_the_same_as_the_fields() -> None:
    """Their patterns, over every character of the first plane."""
    field, may_be_blank = Words(most=9), Words(most=9, blank=True)
    for number in range(0x10000):
        char = chr(number)
        for pattern, one in ((WORDS, field), (BLANK_OR_WORDS, may_be_blank)):
            if 0xD800 <= number < 0xE000:
                continue  # JSON of a document cannot hold it
            try:
                one.deserialize(char)
                taken = True
            except ValidationError:
                taken = False
            assert (re.fullmatch(pattern, char) is not None) is taken, code(char)
