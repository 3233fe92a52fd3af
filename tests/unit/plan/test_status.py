"""Status: which moves there are, what an update does to it, and who owes one (DOMAIN 5)."""

from datetime import date, timedelta

import pytest

from api.domain.plan.status import (
    CLOSED,
    DONE,
    MOVES,
    OPEN,
    WORDS,
    Status,
    after_update,
    may_move,
    moves_from,
    needs_update,
)

# Rows: from. Columns: to, in the order of Status. x = a lead officer may, with a reason.
TABLE = """
                   nr  ns  ip  de  co  oh  ba  cf  wi
not_reported       -   x   x   x   -   x   x   x   x
not_started        -   -   x   x   -   x   x   x   x
in_progress        -   x   -   x   -   x   x   x   x
delivered          -   -   x   -   -   x   x   x   x
complete           -   x   x   -   -   -   -   -   -
on_hold            -   x   x   x   -   -   x   x   x
business_as_usual  -   x   x   -   -   -   -   -   -
carried_forward    -   x   x   -   -   -   -   -   -
withdrawn          -   x   x   -   -   -   -   -   -
"""


def moves() -> list[tuple[Status, Status, bool]]:
    _, *rows = TABLE.strip().splitlines()
    found = []
    for row in rows:
        name, *cells = row.split()
        found += [(Status(name), wanted, cell == "x") for wanted, cell in zip(Status, cells, strict=True)]
    return found


@pytest.mark.parametrize(
    ("current", "wanted", "allowed"), [pytest.param(*move, id=f"{move[0]} to {move[1]}") for move in moves()]
)
def test_move(current: Status, wanted: Status, allowed: bool) -> None:
    assert may_move(current, wanted) is allowed


def test_every_status_has_its_moves_and_its_words() -> None:
    assert set(MOVES) == set(WORDS) == set(Status)


def test_nothing_moves_to_itself() -> None:
    assert not [status for status in Status if status in MOVES[status]]


@pytest.mark.parametrize("current", Status)
def test_a_claim_delivers(current: Status) -> None:
    assert after_update(current, claims_delivered=True) is Status.DELIVERED


@pytest.mark.parametrize("current", Status)
def test_a_first_word_starts_and_a_later_one_changes_nothing(current: Status) -> None:
    starts = current in {Status.NOT_REPORTED, Status.NOT_STARTED}
    assert after_update(current, claims_delivered=False) is (Status.IN_PROGRESS if starts else current)


TODAY = date(2026, 11, 22)
CYCLE = 92


@pytest.mark.parametrize(
    ("days_ago", "owed"), [(0, False), (91, False), (92, False), (93, True), (3650, True), (None, True)]
)
def test_an_open_action_owes_an_update_when_the_last_is_older_than_the_cycle(days_ago: int | None, owed: bool) -> None:
    last = None if days_ago is None else TODAY - timedelta(days=days_ago)
    assert needs_update(Status.IN_PROGRESS, last, TODAY, CYCLE) is owed


@pytest.mark.parametrize("status", Status)
def test_only_an_open_action_owes_an_update(status: Status) -> None:
    assert needs_update(status, None, TODAY, CYCLE) is (status in OPEN)


def test_open_is_what_is_neither_done_nor_closed() -> None:
    assert set(Status) - DONE - CLOSED == OPEN
    assert Status.COMPLETE in DONE & CLOSED


@pytest.mark.parametrize("current", Status)
def test_the_moves_offered_are_exactly_those_allowed(current: Status) -> None:
    assert set(moves_from(current)) == {wanted for wanted in Status if may_move(current, wanted)}


def test_a_complete_action_can_only_be_reopened() -> None:
    assert moves_from(Status.COMPLETE) == [Status.NOT_STARTED, Status.IN_PROGRESS]
