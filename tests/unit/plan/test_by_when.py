"""By When, as printed: every kind, and what is not understood (DOMAIN 4)."""

from datetime import date

import pytest

from api.domain.plan.by_when import DATED, UNDATED_OWED, ByWhen, DateKind, is_past, print_date, read_printed, say_date

READ: dict[str, tuple[DateKind, str | None, str | None]] = {
    "08/04/2021": (DateKind.DATE, "2021-04-08", "2021-04-08"),
    "02/11/2020": (DateKind.DATE, "2020-11-02", "2020-11-02"),
    "8/4/2021": (DateKind.DATE, "2021-04-08", "2021-04-08"),
    "31/12/2021": (DateKind.DATE, "2021-12-31", "2021-12-31"),
    "29/02/2024": (DateKind.DATE, "2024-02-29", "2024-02-29"),
    "31 March 2027": (DateKind.DATE, "2027-03-31", "2027-03-31"),
    "31st march 2027.": (DateKind.DATE, "2027-03-31", "2027-03-31"),
    "1 Sep 2021": (DateKind.DATE, "2021-09-01", "2021-09-01"),
    "Spring 2021": (DateKind.SEASON, "2021-03-01", "2021-05-31"),
    "summer 2021": (DateKind.SEASON, "2021-06-01", "2021-08-31"),
    "AUTUMN 2021": (DateKind.SEASON, "2021-09-01", "2021-11-30"),
    "Winter 2020": (DateKind.SEASON, "2020-12-01", "2021-02-28"),
    "Winter 2023": (DateKind.SEASON, "2023-12-01", "2024-02-29"),
    "March 2021": (DateKind.MONTH, "2021-03-01", "2021-03-31"),
    "Mar 2021": (DateKind.MONTH, "2021-03-01", "2021-03-31"),
    "may 2021": (DateKind.MONTH, "2021-05-01", "2021-05-31"),
    "February 2021": (DateKind.MONTH, "2021-02-01", "2021-02-28"),
    "February 2024": (DateKind.MONTH, "2024-02-01", "2024-02-29"),
    "February 2000": (DateKind.MONTH, "2000-02-01", "2000-02-29"),
    "February 2100": (DateKind.MONTH, "2100-02-01", "2100-02-28"),
    "Q1 2021/22": (DateKind.QUARTER, "2021-04-01", "2021-06-30"),
    "Q2 2021/22": (DateKind.QUARTER, "2021-07-01", "2021-09-30"),
    "Q3 2021/22": (DateKind.QUARTER, "2021-10-01", "2021-12-31"),
    "Q4 2021/22": (DateKind.QUARTER, "2022-01-01", "2022-03-31"),
    "Q4 2099/00": (DateKind.QUARTER, "2100-01-01", "2100-03-31"),
    "2022": (DateKind.YEAR, "2022-01-01", "2022-12-31"),
    "Ongoing": (DateKind.ONGOING, None, None),
    "ongoing.": (DateKind.ONGOING, None, None),
    "TBC": (DateKind.TO_BE_CONFIRMED, None, None),
    "To be confirmed": (DateKind.TO_BE_CONFIRMED, None, None),
    "": (DateKind.NOT_GIVEN, None, None),
    "  \n": (DateKind.NOT_GIVEN, None, None),
    "Completed": (DateKind.STATUS_IN_DATE_COLUMN, None, None),
    "New process implemented": (DateKind.STATUS_IN_DATE_COLUMN, None, None),
    "New  process\nimplemented": (DateKind.STATUS_IN_DATE_COLUMN, None, None),
}


@pytest.mark.parametrize("printed", READ)
def test_printed_words_are_read(printed: str) -> None:
    kind, first, last = READ[printed]
    day = date.fromisoformat
    assert read_printed(printed) == ByWhen(printed, kind, day(first) if first else None, day(last) if last else None)


@pytest.mark.parametrize(
    "printed",
    [
        "31/02/2021", "29/02/2021", "00/01/2021", "13/13/2021", "04/30/2021", "2021-04-08", "8.4.2021", "08/04/21",
        "Q5 2021/22", "Q0 2021/22", "Q1 2021/23", "Q1 2021", "Springtime 2021", "Spring", "Spring 21", "Marc 2021",
        "1899", "2200", "Winter 2199/00", "Spring 1899", "soon", "when funded", "01/01/0000",
        "31 April 2021", "31/03/0027", "٣١/٠٣/٢٠٢٧", "March 31 2021", "Winter 2199", "0000",
    ],
)  # fmt: skip
def test_words_that_are_not_understood_are_none(printed: str) -> None:
    assert read_printed(printed) is None


@pytest.mark.parametrize("kind", DateKind)
def test_a_period_belongs_to_the_dated_kinds_only(kind: DateKind) -> None:
    read = [read_printed(printed) for printed, (found, *_) in READ.items() if found is kind]
    assert read
    assert all(each is not None and (each.last is not None) is (kind in DATED) for each in read)


def test_what_owes_a_date_is_to_be_confirmed_or_blank() -> None:
    assert {DateKind.TO_BE_CONFIRMED, DateKind.NOT_GIVEN} == UNDATED_OWED


@pytest.mark.parametrize(("today", "past"), [("2021-05-30", False), ("2021-05-31", False), ("2021-06-01", True)])
def test_a_period_is_past_from_the_day_after_its_last(today: str, past: bool) -> None:
    assert is_past(date(2021, 5, 31), date.fromisoformat(today)) is past


def test_no_date_is_never_past() -> None:
    assert not is_past(None, date.max)


def test_a_date_is_printed_day_first_and_said_in_words() -> None:
    assert (print_date(date(2021, 4, 8)), say_date(date(2021, 4, 8))) == ("08/04/2021", "8 April 2021")


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2024, 2, 29), date(2199, 12, 31)])
def test_a_printed_date_is_read_as_itself(day: date) -> None:
    read = read_printed(print_date(day))
    assert read is not None
    assert (read.first, read.last) == (day, day)
