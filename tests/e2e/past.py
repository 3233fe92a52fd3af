"""A plan with a past: everything done so far on a running site is moved back by some days, as if it had happened then."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from uuid import uuid4

import psycopg

from api.domain.days import london_day
from api.domain.plan.trend import month_after
from api.embedded.settings import PORT
from tests.e2e.site import BUSINESS_MANAGER, GORDON, JANE, LUCY, PIPPA, Site

_INSTANTS = (
    ("journal", "at"),
    ("plan", "created_at"),
    ("action", "created_at"),
    ("date_entry", "at"),
    ("progress_update", "created_at"),
    ("progress_update", "posted_at"),
    ("progress_update", "acknowledged_at"),
    ("progress_update", "withdrawn_at"),
    ("progress_update", "corrected_at"),
    ("update_wording", "replaced_at"),
)

# A year of a board: who posts on which actions, and how often in each round. The last round is today, each of the others
# on the same day of an earlier month: 30 days apart, two of them can fall into one month and leave another empty.
QUIET = 90  # days before anybody posts
PAUL = "Paul Archer"
KATE = "Kate Dempsey"
ROUNDS: dict[str, tuple[str, list[int]]] = {
    JANE: ("3.1 3.2 3.3 3.6 3.7 3.8", [1, 2, 4, 2, 3, 5, 2, 4, 6, 3, 5, 4]),
    KATE: ("6.1 6.2 6.3 6.4 6.5 6.6", [0, 1, 2, 0, 3, 2, 0, 4, 2, 1, 3, 2]),
    PIPPA: ("1.1 1.2 1.3 1.4 1.5 1.6 1.7", [0, 2, 3, 1, 4, 2, 1, 5, 3, 2, 4, 3]),
    GORDON: ("5.2 5.3 5.5", [0, 1, 2, 0, 3, 1, 0, 3, 2, 1, 3, 2]),
    PAUL: ("2.1 2.2 2.3 2.5", [0, 0, 1, 1, 0, 2, 0, 2, 1, 0, 2, 1]),
    LUCY: ("3.4 3.5 1.8", [0, 0, 1, 0, 1, 2, 0, 1, 1, 0, 0, 1]),
}
RATINGS = ["R", "A", "A", "A", "G", "A", "G", "A", "G", "G", "R", "G"]
DELIVERED = {4: (JANE, "3.2"), 7: (PIPPA, "1.4"), 9: (GORDON, "5.3"), 11: (JANE, "3.7")}
ON_HOLD = {6: "2.3", 8: "1.6"}
WORDS = "We met and agreed what comes next."


def age_passwords(site: Site) -> None:
    """As if nobody's password had been chosen by a link within a day."""
    folder = json.loads((site.folder / "state.json").read_text("utf-8"))["socket_dir"]
    with psycopg.connect(host=folder, port=PORT, user="postgres", dbname="plan") as connection:
        connection.execute("UPDATE account SET password_by_link_at = NULL")


def grow_older(site: Site, days: int) -> str:
    """Move it back, as the database's administrator: the day (YYYY-MM-DD) on which it then was."""
    folder = json.loads((site.folder / "state.json").read_text("utf-8"))["socket_dir"]
    with psycopg.connect(host=folder, port=PORT, user="postgres", dbname="plan") as connection:
        # The journal is append-only for everybody else.
        connection.execute("SET session_replication_role = replica")
        for table, column in _INSTANTS:
            moved = f"UPDATE {table} SET {column} = {column} - make_interval(days => %s)"
            connection.execute(moved.encode(), [days])
    return london_day(datetime.now(UTC) - timedelta(days=days)).isoformat()


@dataclass
class Year:
    """What was posted in it: whose it is and at which instant, as if it had happened then.

    Instants and not days: late in the evening by UTC it is the next day in London, in summer only.
    """

    posts: list[tuple[str, datetime]] = field(default_factory=list)

    def posted(self, name: str) -> None:
        self.posts.append((name, datetime.now(UTC)))

    def grow_older(self, site: Site, days: int) -> None:
        grow_older(site, days)
        self.posts = [(name, at - timedelta(days=days)) for name, at in self.posts]

    def count(self, names: Collection[str], months: Collection[str]) -> int:
        """How often these people posted in these months (YYYY-MM) of London."""
        return sum(name in names and f"{london_day(at):%Y-%m}" in months for name, at in self.posts)


def live_a_year(site: Site) -> Year:
    """Let the plan of a new site be lived with for more than a year, by posts and decisions through the API."""
    people = {each["name"]: each["id"] for each in site.plan()["people"]}
    actions = {name: cycle(numbers.split()) for name, (numbers, _) in ROUNDS.items()}
    year, done = Year(), set[str]()
    today = london_day(datetime.now(UTC))
    days = [months_before(today, months) for months in reversed(range(len(RATINGS)))]
    year.grow_older(site, QUIET)
    for at, rating in enumerate(RATINGS):
        if at:
            year.grow_older(site, (days[at] - days[at - 1]).days)
        for name, (_, counts) in ROUNDS.items():
            left = (number for number in actions[name] if number not in done)
            for letter, number in zip(_letters(rating, counts[at]), left, strict=False):
                _post(site, name, people[name], number, letter)
                year.posted(name)
        done |= _decide(site, year, at)
    return year


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or that month's last."""
    first = month_after(day, -months)
    return min(first + timedelta(days=day.day - 1), month_after(first, 1) - timedelta(days=1))


def _letters(rating: str, count: int) -> list[str]:
    """Not everything goes as most of it does."""
    return [rating, rating, "A", "G", "G", "G"][:count]


def _post(site: Site, name: str, person: str, number: str, rating: str) -> None:
    """An update in somebody's name; the business manager enters that of who has no account."""
    if name in site.accounts:
        site.as_(name).post(number, WORDS, rating)
    else:
        site.as_(BUSINESS_MANAGER).post(number, WORDS, rating, on_behalf_of=person)


def _decide(site: Site, year: Year, at: int) -> set[str]:
    """The action that is delivered and signed off in this round, and the one that is put on hold."""
    manager = site.as_(BUSINESS_MANAGER)
    if at in DELIVERED:
        name, number = DELIVERED[at]
        site.as_(name).post(number, "It is done.", claim="delivered")
        year.posted(name)
        body, key = {"impact": "Families say that they are heard."}, {"Idempotency-Key": str(uuid4())}
        manager.send("POST", f"/actions/{site.id_of(number)}/sign-off", body, **key).raise_for_status()
    if at in ON_HOLD:
        manager.set_status(ON_HOLD[at], "on_hold", "Waiting for the audit.")
    return {DELIVERED[at][1]} if at in DELIVERED else set()
