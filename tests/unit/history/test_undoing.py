"""Which entries can be undone, and whether what they changed still stands."""

from typing import Any

import pytest

from api.domain.history.undoing import because, still_stands, why_not
from api.domain.journal import Entry
from tests.factories import an_entry

ACTION = {
    "text": "Words.",
    "status": "in_progress",
    "status_reason": None,
    "by_when": "Spring 2022",
    "kind": "season",
    "first_on": "2022-03-01",
    "last_on": "2022-05-31",
    "reported": False,
}
SPRING = {name: ACTION[name] for name in ("by_when", "kind", "first_on", "last_on")}
UPDATE = {"acknowledgement": "returned", "question": "By whom?", "withdrawn": False}


def entry(verb: str, of: str = "action", before: dict[str, Any] | None = None, **after: Any) -> Entry:
    return an_entry(object_type=of, verb=verb, before=before or {}, after=after)


@pytest.mark.parametrize(
    ("kind", "verb"),
    [
        ("action", "created"), ("action", "seeded"), ("action", "signed-off"), ("update", "withdrawn"),
        ("update", "waiting"), ("objective", "created"), ("plan", "seeded"), ("account", "created"), ("action", "new"),
    ],
)  # fmt: skip
def test_never_undone(kind: str, verb: str) -> None:
    reason = why_not(entry(verb, kind), {})
    assert reason is not None
    assert reason.endswith(".")


# (before, the action meanwhile, whether it can be undone)
STATUSES: list[tuple[str, dict[str, Any], bool]] = [
    ("not_started", {}, True),
    ("on_hold", {"reported": True}, True),
    ("delivered", {"reported": True}, True),
    ("complete", {}, False),
    ("not_reported", {}, True),
    ("not_reported", {"reported": True}, False),
]


@pytest.mark.parametrize(("before", "meanwhile", "can"), STATUSES)
def test_undoing_a_status(before: str, meanwhile: dict[str, Any], can: bool) -> None:
    change = entry("status-changed", before={"status": before}, status="in_progress")
    assert (why_not(change, ACTION | meanwhile) is None) is can


@pytest.mark.parametrize(("status", "can"), [("in_progress", True), ("delivered", True), ("withdrawn", False)])
def test_undoing_a_date_needs_an_action_that_is_not_closed(status: str, can: bool) -> None:
    assert (why_not(entry("date-moved", **SPRING), ACTION | {"status": status}) is None) is can


STANDS: list[tuple[Entry, dict[str, Any], bool]] = [
    (entry("status-changed", status="in_progress", status_reason=None), ACTION, True),
    (entry("status-changed", status="in_progress", update="x"), ACTION | {"status_reason": "Agreed."}, True),
    (entry("status-changed", status="in_progress", status_reason="Agreed."), ACTION, False),
    (entry("status-changed", status="on_hold", status_reason=None), ACTION, False),
    (entry("date-moved", **SPRING, reason="Slow."), ACTION, True),
    (entry("date-moved", **SPRING, reason="Slow."), ACTION | {"last_on": "2022-04-30"}, False),
    (entry("reworded", text="Words."), ACTION, True),
    (entry("reworded", text="Others."), ACTION, False),
    (entry("returned", "update", acknowledgement="returned", question="By whom?"), UPDATE, True),
    (entry("returned", "update", acknowledgement="returned", question="When?"), UPDATE, False),
    (entry("acknowledged", "update", acknowledgement="acknowledged", question=None), UPDATE, False),
    (entry("posted", "update", text="x"), UPDATE, True),
    (entry("posted", "update", text="x"), UPDATE | {"withdrawn": True}, False),
]


@pytest.mark.parametrize(("change", "now", "stands"), STANDS)
def test_whether_it_still_stands(change: Entry, now: dict[str, Any], stands: bool) -> None:
    assert still_stands(change, now) is stands


def test_the_reason_of_an_undo_says_that_it_is_one() -> None:
    assert (because("mistyped"), because(None)) == ("Undone: mistyped", "Undone.")
