"""A day that one way in refuses, the others refuse, and the database never answers in their place (API 5.3, DOMAIN 4)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import errors

from api.domain.plan.by_when import DateKind
from api.domain.plan.periods import complete
from tests.client import PLAN, Api, problem
from tests.conftest import Databases, Seeded, api_over
from tests.factories import small_action, small_seed

Json = dict[str, Any]
DOOR = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
DAYS = [
    "0001-01-01", "1899-12-31", "1900-01-01", "2027-02-28", "2027-03-01", "2027-03-30", "2027-03-31", "2027-05-31",
    "2199-12-31", "2200-01-01", "9999-12-31",
]  # fmt: skip
WORDS = [
    None, "Ongoing", "TBC", "6 monthly", "after Easter", "31 March 2027", "31/03/2027", "31/03/0027", "29/02/2027", "31/04/2027",
    "March 2027", "Spring 2027", "2027", "Q4 2026/27", "Winter 2199", "1899", "31 March 9999",
]  # fmt: skip
# What the paper alone may hold: a status where a date belongs.
KINDS = [kind for kind in DateKind if kind is not DateKind.STATUS_IN_DATE_COLUMN]
OR_NONE = st.none() | st.sampled_from(DAYS)


@pytest.fixture(scope="module")
def open_api(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    with api_over(databases, seeded) as api:
        yield api


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def loader_lets_in(api: Api, **changes: Any) -> bool:
    """Whether a file with these members can be loaded; what is wrong comes with pointers."""
    action = {**small_action("1.1"), **({"by_when": changes.pop("by_when")} if "by_when" in changes else {})}
    document = {**small_seed(actions=1), **changes}
    document["objectives"][0]["actions"] = [action]
    answer = api.as_("admin").post("/seeds?dry_run=true", document)
    if answer.status_code == 200:
        return True
    assert problem(answer) == (422, "validation-failed")
    assert all(error["pointer"] for error in answer.json["errors"])
    return False


def database_lets_in(api: Api, statement: str, *values: Any) -> bool:
    with api.connect() as connection, connection.transaction(force_rollback=True):
        try:
            connection.execute(statement.encode(), values)
        except errors.CheckViolation:
            return False
    return True


def lets_in(answer: Any) -> bool:
    """Whether a day was taken, or would be a change: what it is already is no move."""
    if answer.status_code in {200, 201}:
        return True
    status, code = problem(answer)
    assert (status, code) in {(422, "validation-failed"), (422, "move-not-allowed")}
    return code == "move-not-allowed"


@DOOR
@given(kind=st.sampled_from(KINDS), printed=st.sampled_from(WORDS), first=OR_NONE, last=OR_NONE)
def test_a_by_when(open_api: Api, kind: DateKind, printed: str | None, first: str | None, last: str | None) -> None:
    api, admin = open_api, open_api.as_("admin")
    given = {"printed": printed, "from": first, "to": last}
    body = {"kind": kind.value, **{name: value for name, value in given.items() if value}}
    moved = lets_in(admin.post(f"{api.action('3.4')}/dates", {**body, "reason": "Agreed."}))
    objective = admin.read(PLAN)["objectives"][0]["id"]
    added = lets_in(admin.post(f"{PLAN}/actions", {"objective": objective, "text": "Do it.", "by_when": body}))
    # A file says all of it: what the others fill in.
    when = complete(kind, printed, day(first), day(last))
    whole = {"printed": when.printed, "kind": kind.value} | {
        name: each and each.isoformat() for name, each in (("from", when.first), ("to", when.last))
    }
    loaded = loader_lets_in(api, by_when=whole)
    assert moved == added == loaded
    stored = database_lets_in(
        api,
        "UPDATE action SET kind = %s, first_on = %s, last_on = %s WHERE id = %s",
        kind.value, when.first, when.last, api.seeded.actions["3.4"],
    )  # fmt: skip
    assert stored or not moved, "the database refuses what the doors let in"


@DOOR
@given(first=st.sampled_from(DAYS), last=st.sampled_from(DAYS), end=OR_NONE, review=OR_NONE)
def test_the_days_of_a_plan(open_api: Api, first: str, last: str, end: str | None, review: str | None) -> None:
    api, admin = open_api, open_api.as_("admin")
    days = {"ends_on": end, "next_review_on": review}
    starts = {"printed": "As printed", "from": first, "to": last}
    edited = lets_in(admin.patch(PLAN, {"starts": starts, **days}, headers=admin.etag(PLAN)))
    assert loader_lets_in(api, starts=starts, **days) == edited
    stored = database_lets_in(
        api,
        "UPDATE plan SET starts_from = %s, starts_to = %s, ends_on = %s, next_review_on = %s",
        first, last, end, review,
    )  # fmt: skip
    assert stored == edited


@pytest.mark.parametrize("table", ["action", "date_entry"])
@pytest.mark.parametrize(
    ("kind", "first", "last", "lets"),
    [
        ("date", "2027-03-31", "2027-03-31", True),
        ("date", "2027-03-30", "2027-03-31", False),
        ("month", "2027-03-31", "2027-03-01", False),
        ("month", "2027-03-01", None, False),
        ("ongoing", "2027-03-01", "2027-03-01", False),
        ("ongoing", None, None, True),
    ],
)
def test_the_database_knows_the_rules_of_a_period(
    open_api: Api, table: str, kind: str, first: str | None, last: str | None, lets: bool
) -> None:
    statement = f"UPDATE {table} SET kind = %s, first_on = %s, last_on = %s"
    assert database_lets_in(open_api, statement, kind, first, last) is lets


@pytest.mark.parametrize(
    ("by_when", "said"),
    [
        (("date", "31/03/2027", "2027-03-31", "2027-03-30"), "/to: The last day is before the first, 31 March 2027."),
        (("date", "31/03/0027", "0027-03-31", "0027-03-31"), "/from: The year must be from 1900 to 2199."),
        (("date", "31/03/0027", "2027-03-31", "2027-03-31"), "/printed: The year must be from 1900 to 2199."),
        (
            ("date", "31 March 2027", "2027-03-30", "2027-03-30"),
            "/printed: “31 March 2027” is read as the kind date, 31 March 2027. Make kind and days say that, or correct the words.",
        ),
        (
            ("date", "29/02/2027", "2027-02-28", "2027-02-28"),
            "/printed: There is no 29 February 2027: that month has 28 days.",
        ),
        (("year", "for ever", "2027-01-01", "9999-12-31"), "/to: The year must be from 1900 to 2199."),
    ],
)
def test_a_file_is_told_what_is_wrong_with_a_by_when(still: Api, by_when: tuple[str, ...], said: str) -> None:
    document = small_seed()
    document["objectives"][0]["actions"][1]["by_when"] = dict(
        zip(("kind", "printed", "from", "to"), by_when, strict=True)
    )
    answer = still.as_("admin").post("/seeds", document)
    assert problem(answer) == (422, "validation-failed")
    told = [f"{each['pointer']}: {each['detail']}" for each in answer.json["errors"]]
    assert f"/objectives/0/actions/1/by_when{said}" in told


@pytest.mark.parametrize(
    ("members", "pointers"),
    [
        ({"starts": {"printed": "x", "from": "2027-03-31", "to": "2027-03-01"}}, ["/starts/to"]),
        ({"ends_on": "2020-08-31"}, ["/ends_on"]),
        ({"ends_on": "9999-12-31", "next_review_on": "0001-01-01"}, ["/ends_on", "/next_review_on"]),
    ],
)
def test_a_file_is_told_what_is_wrong_with_the_days_of_its_plan(still: Api, members: Json, pointers: list[str]) -> None:
    answer = still.as_("admin").post("/seeds", small_seed(**members))
    assert problem(answer) == (422, "validation-failed")
    assert [each["pointer"] for each in answer.json["errors"]] == pointers


# --- words that are mended --------------------------------------------------------------------------------


def test_the_words_of_an_ongoing_action_can_be_mended_and_that_is_no_move(api: Api) -> None:
    jane, path = api.as_("jane"), api.action("3.4")
    body = {"kind": "ongoing", "printed": "6 monthly", "reason": "As the paper has it."}
    when = jane.post(f"{path}/dates", body).json["by_when"]
    assert (when["printed"], when["kind"]) == ("6 monthly", "ongoing")
    assert [each["printed"] for each in when["moved"]] == ["Ongoing", "6 monthly"]
    row = next(each for each in api.as_("robert").read(f"{PLAN}/actions.json")["data"] if each["number"] == "3.4")
    assert row["times_moved"] == 0
    said = api.as_("robert").read(f"{path}/history")["data"][0]
    assert (
        said["sentence"]
        == "Jane Carroll changed the words of the date from “Ongoing” to “6 monthly”: As the paper has it."
    )
    assert problem(jane.post(f"{path}/dates", body)) == (422, "move-not-allowed")
    assert problem(jane.post(f"{path}/dates", {"kind": "ongoing", "reason": "x"})) == (422, "move-not-allowed")
    assert jane.post(f"/journal/{said['id']}/undo", {}).status_code == 200
    assert jane.read(path)["by_when"]["printed"] == "Ongoing"


def test_the_words_of_a_day_can_be_mended(api: Api) -> None:
    body = {"kind": "date", "printed": "8 April 2021", "from": "2021-04-08", "reason": "In words."}
    when = api.as_("jane").post(f"{api.action('3.6')}/dates", body).json["by_when"]
    assert (when["printed"], when["to"]) == ("8 April 2021", "2021-04-08")


@pytest.mark.parametrize("given", ["2027-02-29", "2027-04-31", "2027-13-01"])
def test_a_day_that_is_none_is_said_to_be_none_everywhere(still: Api, given: str) -> None:
    jane = still.as_("jane")
    body = {"kind": "date", "from": given, "reason": "x"}
    (error,) = jane.post(f"{still.action('3.4')}/dates", body).json["errors"]
    assert error["detail"].startswith("There is no ")
    assert problem(jane.get(f"{PLAN}/actions?due_before={given}")) == (400, "invalid-parameter")
