"""The rating that the board is shown, against the one that somebody gave (DOMAIN 5)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from api.domain.days import london_day
from api.domain.plan.rating import Acknowledgement, Declared, Letter, Rating, effective, is_past_date
from api.domain.plan.status import CLOSED, Status

TODAY = date(2021, 6, 30)
PAST, COMING = date(2021, 5, 31), date(2021, 6, 30)
WORDS = {"R": "Off track", "A": "At risk", "G": "On track", "B": "Complete"}
G, A, R = Letter.GREEN, Letter.AMBER, Letter.RED
WAITING, RETURNED, KNOWN = Acknowledgement.WAITING, Acknowledgement.RETURNED, Acknowledgement.ACKNOWLEDGED


def declared(
    letter: Letter, days_ago: int = 0, acknowledgement: Acknowledgement | None = None, by: str = "Lead"
) -> Declared:
    return Declared(letter, by, TODAY - timedelta(days=days_ago), acknowledgement)


def rate(status: Status = Status.IN_PROGRESS, last: date | None = None, said: Declared | None = None) -> Rating:
    return effective(status, last, said, today=TODAY, cycle_days=92, words=WORDS)


CASES: dict[str, tuple[Rating, str | None, str, str | None]] = {
    # the rating, and its letter, basis and sentence
    "nothing said": (rate(), None, "none", None),
    "green": (rate(said=declared(G)), "G", "declared", None),
    "amber": (rate(said=declared(A)), "A", "declared", None),
    "red": (rate(said=declared(R)), "R", "declared", None),
    "on its last day": (rate(last=COMING, said=declared(G)), "G", "declared", None),
    "past its date, nothing said": (rate(last=PAST), "R", "past_date", "Past its date since 31 May 2021"),
    "past its date, said green": (
        rate(last=PAST, said=declared(G)), "R", "past_date", "Lead says on track; past its date since 31 May 2021",
    ),
    "past its date, said amber": (
        rate(last=PAST, said=declared(A)), "R", "past_date", "Lead says at risk; past its date since 31 May 2021",
    ),
    "past its date, said red": (rate(last=PAST, said=declared(R)), "R", "past_date", "Past its date since 31 May 2021"),
    "past its date, waiting": (
        rate(last=PAST, said=declared(G, 0, WAITING, "Lucy")),
        "R",
        "past_date",
        "Lucy says on track, not yet acknowledged; past its date since 31 May 2021",
    ),
    "waiting": (rate(said=declared(A, 0, WAITING, "Lucy")), "A", "declared", "Lucy says at risk, not yet acknowledged"),
    "returned": (rate(said=declared(A, 0, RETURNED, "Lucy")), "A", "declared", "Lucy says at risk, returned with a question"),
    "acknowledged": (rate(said=declared(A, 0, KNOWN, "Lucy")), "A", "declared", None),
    "green a cycle old": (rate(said=declared(G, 92)), "G", "declared", None),
    "green older than a cycle": (
        rate(said=declared(G, 93)), None, "stale", "Lead said on track on 29 March 2021, too long ago to count",
    ),
    "amber older than a cycle": (
        rate(said=declared(A, 93)), "A", "stale", "Lead said at risk on 29 March 2021, too long ago to count",
    ),
    "red older than a cycle": (
        rate(said=declared(R, 93)), "R", "stale", "Lead said off track on 29 March 2021, too long ago to count",
    ),
    "complete": (rate(Status.COMPLETE, PAST, declared(R)), "B", "complete", None),
    "complete, nothing said": (rate(Status.COMPLETE), "B", "complete", None),
    "delivered is not blue": (rate(Status.DELIVERED), None, "none", None),
    "delivered after its date": (rate(Status.DELIVERED, PAST, declared(G)), "G", "declared", None),
    "on hold past its date": (rate(Status.ON_HOLD, PAST), "R", "past_date", "Past its date since 31 May 2021"),
    "withdrawn": (rate(Status.WITHDRAWN, PAST, declared(R)), None, "none", None),
    "carried forward": (rate(Status.CARRIED_FORWARD, PAST), None, "none", None),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_effective_rating(name: str) -> None:
    rating, letter, basis, says = CASES[name]
    assert (rating.value, rating.basis, rating.says) == (letter, basis, says)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("last", [None, PAST, COMING], ids=["undated", "past", "coming"])
def test_what_nobody_rated_is_never_green_or_amber(status: Status, last: date | None) -> None:
    assert rate(status, last).value in {None, R, Letter.BLUE}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("letter", [R, A, G])
def test_blue_follows_from_the_status_alone(status: Status, letter: Letter) -> None:
    assert (rate(status, None, declared(letter)).value is Letter.BLUE) is (status is Status.COMPLETE)


def test_the_declared_rating_stays_visible_beside_the_computed_one() -> None:
    rating = rate(last=PAST, said=declared(G, 3, WAITING, "Lucy"))
    assert (rating.declared, rating.declared_by, rating.declared_on, rating.acknowledgement) == (
        G, "Lucy", date(2021, 6, 27), WAITING,
    )  # fmt: skip


def test_the_plans_own_words_are_used() -> None:
    said = declared(A, 0, WAITING, "Lucy")
    rating = effective(Status.IN_PROGRESS, None, said, today=TODAY, cycle_days=92, words={"A": "Wobbly"})
    assert rating.says == "Lucy says wobbly, not yet acknowledged"


@pytest.mark.parametrize("status", Status)
def test_past_its_date_is_what_should_have_been_done(status: Status) -> None:
    owed = status not in CLOSED | {Status.DELIVERED}
    assert is_past_date(status, PAST, TODAY) is owed


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2021-03-28T00:59:59+00:00", "2021-03-28"),
        ("2021-03-28T22:59:59+00:00", "2021-03-28"),
        ("2021-03-28T23:00:00+00:00", "2021-03-29"),
        ("2021-06-30T22:59:59+00:00", "2021-06-30"),
        ("2021-06-30T23:00:00+00:00", "2021-07-01"),
        ("2021-10-30T23:00:00+00:00", "2021-10-31"),
        ("2021-10-31T23:30:00+00:00", "2021-10-31"),
        ("2021-11-01T00:00:00+00:00", "2021-11-01"),
        ("2021-12-31T23:59:59+00:00", "2021-12-31"),
        ("2021-07-01T00:30:00+01:00", "2021-07-01"),
        ("2021-06-30T19:00:00-04:00", "2021-07-01"),
    ],
)
def test_the_day_is_that_of_london(instant: str, day: str) -> None:
    assert london_day(datetime.fromisoformat(instant)) == date.fromisoformat(day)


def test_past_date_begins_at_londons_midnight_in_summer() -> None:
    before, after = (datetime(2021, 5, 31, hour, minute, tzinfo=UTC) for hour, minute in ((22, 59), (23, 0)))
    assert [is_past_date(Status.IN_PROGRESS, PAST, london_day(each)) for each in (before, after)] == [False, True]
