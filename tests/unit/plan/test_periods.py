"""Which words, kind and days of a By When may stand together, and which days a plan may have: one set of rules (DOMAIN 4)."""

from datetime import date

import pytest

from api.domain.days import YEARS
from api.domain.errors import ValidationFailed
from api.domain.plan.by_when import DateKind, why_no_period
from api.domain.plan.periods import ask, complete, find_wrong, find_wrong_days


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


WRONG: dict[str, tuple[str, str | None, str | None, str | None, list[str]]] = {
    # kind, words, from, to; the pointers of what is wrong
    "a day": ("date", None, "2027-03-31", None, []),
    "words and their day": ("date", "31 March 2027", "2027-03-31", "2027-03-31", []),
    "words that say their day": ("date", "31st March 2027", None, None, []),
    "words and the day before": ("date", "31 March 2027", "2027-03-30", "2027-03-30", ["/printed"]),
    "short words and the day before": ("date", "31 Mar 2027", "2027-03-30", None, ["/printed"]),
    "words of nobody's reading": ("date", "after Easter", "2027-04-30", "2027-04-30", []),
    "a date of two days": ("date", None, "2027-03-30", "2027-03-31", ["/to"]),
    "backwards": ("month", "by Easter", "2027-03-31", "2027-03-01", ["/to"]),
    "half": ("month", None, "2027-03-31", None, ["/to"]),
    "the other half": ("month", None, None, "2027-03-31", ["/from"]),
    "nothing": ("season", None, None, None, ["/from"]),
    "year 1": ("date", None, "0001-01-01", None, ["/from", "/to"]),
    "year 9999": ("year", "for ever", "2027-01-01", "9999-12-31", ["/to"]),
    "year 27 in words": ("date", "31/03/0027", None, None, ["/printed"]),
    "year 27 in words, another in days": ("date", "31/03/0027", "2027-03-31", None, ["/printed"]),
    "no such day": ("date", "29/02/2027", None, None, ["/printed"]),
    "no such day, with another": ("date", "29/02/2027", "2027-02-28", None, ["/printed"]),
    "no such day in words": ("date", "31 April 2027", None, None, ["/printed"]),
    "a winter that ends in 2200": ("season", "Winter 2199", None, None, ["/printed"]),
    "another kind": ("season", "March 2027", None, None, ["/printed"]),
    "another kind of the same days": ("season", "March 2027", "2027-03-01", "2027-03-31", ["/printed"]),
    "ongoing": ("ongoing", None, None, None, []),
    "ongoing in other words": ("ongoing", "6 monthly", None, None, []),
    "ongoing in words of a date": ("ongoing", "31/03/2027", None, None, ["/printed"]),
    "ongoing with a day": ("ongoing", None, "2027-03-31", None, ["/from"]),
    "to be confirmed, as an impossible day was printed": ("to_be_confirmed", "31/04/2021", None, None, []),
    "no date, in words": ("not_given", "soon", None, None, ["/printed"]),
    "no date": ("not_given", None, None, None, []),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_stands_together(name: str) -> None:
    kind, printed, first, last, pointers = WRONG[name]
    wrong = find_wrong(complete(DateKind(kind), printed, day(first), day(last)))
    assert [error.pointer for error in wrong] == pointers
    if pointers:
        with pytest.raises(ValidationFailed):
            ask(DateKind(kind), printed, day(first), day(last))


def test_a_status_is_no_date_but_what_a_paper_printed() -> None:
    assert find_wrong(complete(DateKind.STATUS_IN_DATE_COLUMN, "Completed", None, None)) == []
    with pytest.raises(ValidationFailed, match="A status is not a date"):
        ask(DateKind.STATUS_IN_DATE_COLUMN, "Completed", None, None)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("29/02/2027", "There is no 29 February 2027: that month has 28 days."),
        ("31/04/2027", "There is no 31 April 2027: that month has 30 days."),
        ("31st April, 2027", "There is no 31 April 2027: that month has 30 days."),
        ("00/01/2027", "There is no 0 January 2027: that month has 31 days."),
        ("04/30/2027", "There is no month 30. The day comes first, then the month."),
        ("31/03/0027", YEARS),
        ("01/01/0000", YEARS),
        ("31 March 2200", YEARS),
        ("March 1899", YEARS),
        ("Winter 2199", YEARS),
        ("1899", YEARS),
        ("0000", YEARS),
        ("Q1 2021/23", "A financial year ends in the next one: 2021/22."),
        ("31/03/2027", None),
        ("after Easter", None),
        ("31 Smarch 2027", None),
        ("", None),
    ],
)
def test_words_that_are_written_as_a_date_and_are_none_say_why(printed: str, said: str | None) -> None:
    assert why_no_period(printed) == said


PLANS: list[tuple[tuple[str | None, str | None, str | None, str | None], list[str]]] = [
    # first and last day of the start, end, next review; the pointers of what is wrong
    (("2020-09-01", "2020-09-30", None, None), []),
    (("2020-09-01", "2020-09-01", "2020-09-01", "2020-09-01"), []),
    ((None, None, "2023-03-31", None), []),
    (("2020-09-30", "2020-09-01", None, None), ["/starts/to"]),
    (("2020-09-01", None, None, None), ["/starts/to"]),
    ((None, "2020-09-01", None, None), ["/starts/from"]),
    (("2020-09-01", "2020-09-30", "2020-08-31", None), ["/ends_on"]),
    (("0020-09-01", "2020-09-30", "9999-12-31", "1899-12-31"), ["/starts/from", "/ends_on", "/next_review_on"]),
]


@pytest.mark.parametrize(("days", "pointers"), PLANS)
def test_the_days_of_a_plan(days: tuple[str | None, ...], pointers: list[str]) -> None:
    assert [error.pointer for error in find_wrong_days(*map(day, days))] == pointers
