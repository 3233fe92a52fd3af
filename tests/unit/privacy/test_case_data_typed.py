"""Case data as people type it in a hurry, with other signs between and in other groups, is seen too (DOMAIN 9)."""

import pytest

from api.domain.privacy.case_data import CaseDataKind, find_case_data


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        *[
            (f"Number {each} seen", CaseDataKind.NHS_NUMBER, each)
            for each in (
                "943,476,5919",
                "943_476_5919",
                "943:476:5919",
                "943 | 476 | 5919",
                "943    476    5919",
                "9434 765 919",
                "94 34 76 59 19",
            )
        ],
        ("[943] [476] [5919]", CaseDataKind.NHS_NUMBER, "943] [476] [5919"),
        ("9434765919/1", CaseDataKind.NHS_NUMBER, "9434765919"),
        *[
            (f"at {each} today", CaseDataKind.POSTCODE, each)
            for each in ("RM 1 3BD", "RM1 3 BD", "RM1.3BD", "RM1,3BD", "RM1_3BD", "RM1    3BD")
        ],
        *[
            (f"He: {each}.", CaseDataKind.DATE_OF_BIRTH, each)
            for each in (
                "DOB12/03/2014",
                "D/O/B 12/03/2014",
                "DOB; 12/03/2014",
                "DOB|12/03/2014",
                "DOB 120314",
                "DOB: Wed 12 March 2014",
                "born March 2014",
                "b. 12/03/2014",
                "DOB [12/03/2014",
                "12/03/2014 (DOB",
            )
        ],
        *[
            (f"For {each} now", CaseDataKind.INITIAL, each)
            for each in ("Child 1", "YP1", "Pupil B", "Mum A", "Twin A", "Children A")
        ],
        ("For Child A/B now", CaseDataKind.INITIAL, "Child A"),
        ("For Child A&B now", CaseDataKind.INITIAL, "Child A"),
        ("ring 7700 900123 now", CaseDataKind.PHONE, "7700 900123"),
        ("ring 44 7700 900123 now", CaseDataKind.PHONE, "44 7700 900123"),
    ],
)
def test_it_is_seen_as_it_is_typed(text: str, kind: CaseDataKind, words: str) -> None:
    assert [(each.kind, each.words) for each in find_case_data(text)] == [(kind, words)]
