"""Turning rows back: whatever was changed and journalled, putting it back gives what was there before."""

import copy
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.domain.days import end_of_day, london_day
from api.domain.journal import Entry
from api.domain.plan.as_at import restore, turn_back
from api.domain.plan.document import Named
from api.domain.plan.plan_rows import PlanRows
from tests.factories import an_entry, number_id

PLAN, OBJECTIVE = number_id(1), number_id(2)
ACTIONS = [number_id(11), number_id(12)]
PERSON = number_id(5)
Json = dict[str, Any]


def _line(kind: str, thing: UUID, verb: str, revision: int, before: Json, after: Json) -> Entry:
    return an_entry(object_type=kind, object_id=thing, verb=verb, revision=revision, before=before, after=after)


def action(number: int, action_id: Any) -> SimpleNamespace:
    return SimpleNamespace(
        id=action_id, objective_id=OBJECTIVE, objective_position=1, position=number, text="Do it.", by_when="2023",
        kind="year", first_on=date(2023, 1, 1), last_on=date(2023, 12, 31), status="in_progress", status_reason=None,
        version=1, latest_id=number_id(action_id.int + 500), latest_acknowledgement="waiting",
        rated_id=number_id(action_id.int + 500), rated_acknowledgement="waiting",
        latest_text="We met.", latest_corrected_at=None, latest_withdrawn_at=None,
    )  # fmt: skip


def records() -> PlanRows:
    """A plan of two actions, Ann on each."""
    return PlanRows(
        plan=SimpleNamespace(id=PLAN, title="Plan", ends_on=None, version=1),
        revision=1,
        owner_name=None,
        objectives=[SimpleNamespace(id=OBJECTIVE, position=1, text="Do good.", lead_id=None)],
        actions=[action(number, action_id) for number, action_id in enumerate(ACTIONS, 1)],
        places={action_id: [Named(PERSON, None, None, "Ann", None)] for action_id in ACTIONS},
        moves={},
    )


class Writer:
    """Changes records as the services do, and journals it."""

    def __init__(self) -> None:
        self.records = records()
        self.journal: list[Entry] = []
        self.kept = [copy.deepcopy(self.records)]

    def write(self, kind: str, place: int, turn: int) -> None:
        found: Any = self.records.actions[place % 2]
        getattr(self, kind)(found, turn)
        self.kept.append(copy.deepcopy(self.records))

    def _record(self, kind: str, thing: Any, verb: str, before: Json | None, after: Json) -> None:
        self.journal.append(_line(kind, thing, verb, len(self.kept), before or {}, after))

    def _set(self, found: Any, verb: str, after: Json, version: int = 1, **more: Any) -> None:
        before = {name: _plain(getattr(found, name)) for name in after}
        restore(found, "action", after)
        found.version += version
        self._record("action", found.id, verb, before, {**after, **more})

    def reword(self, found: Any, turn: int) -> None:
        self._set(found, "reworded", {"text": f"Do it {turn} times."})

    def status(self, found: Any, turn: int) -> None:
        self._set(found, "status-changed", {"status": "on_hold", "status_reason": f"Reason {turn}."})

    def claim(self, found: Any, _turn: int) -> None:
        self._set(found, "status-changed", {"status": "delivered", "status_reason": None}, 0, update="its id")

    def move(self, found: Any, turn: int) -> None:
        moves = self.records.moves.setdefault(found.id, [])
        if not moves:
            moves.append(_entry(found))
        days = {"kind": "date", "first_on": f"2024-01-{turn + 1:02}", "last_on": f"2024-01-{turn + 1:02}"}
        self._set(found, "date-moved", {"by_when": f"{turn} January", **days}, reason="Agreed.")
        moves.append(_entry(found))

    def seed(self, found: Any, turn: int) -> None:
        """A changed file: its date (entry 0 with it) where nobody moved it, its places, its words."""
        moves = self.records.moves.get(found.id, [])
        places = self.records.places[found.id]
        before: Json = {
            "text": found.text,
            "places": [_as_json(each) for each in places],
        }
        after: Json = {"text": f"Seeded {turn}.", "places": [[None, None, str(number_id(6)), f"Agency {turn}", None]]}
        if not moves:
            before["date"] = [found.by_when, found.kind, _plain(found.first_on), _plain(found.last_on)]
            after["date"] = [f"Words {turn}", "ongoing", None, None]
        restore(found, "action", {name: value for name, value in after.items() if name != "places"})
        self.records.places[found.id] = [Named(None, None, number_id(6), f"Agency {turn}", None)]
        found.version += 1
        self._record("action", found.id, "seeded", before, after)

    def answer(self, found: Any, turn: int) -> None:
        after = ["acknowledged", "returned", None][turn % 3]
        before = {"acknowledgement": found.latest_acknowledgement}
        found.latest_acknowledgement = found.rated_acknowledgement = after
        told = {"acknowledgement": after, "action": str(found.id)}
        self._record("update", found.latest_id, after or "withdrawn", before, told)

    def correct(self, found: Any, turn: int) -> None:
        """Other words for its update, which waits again."""
        before = {"text": found.latest_text, "corrected_at": found.latest_corrected_at}
        before["acknowledgement"] = found.latest_acknowledgement
        found.latest_text, found.latest_corrected_at = f"Corrected {turn}.", f"2026-11-23T12:{turn % 60:02}:00+00:00"
        found.latest_acknowledgement = found.rated_acknowledgement = "waiting"
        told = {"text": found.latest_text, "acknowledgement": "waiting", "action": str(found.id)}
        self._record("update", found.latest_id, "corrected", before, told)

    def plan(self, _found: Any, turn: int) -> None:
        plan = self.records.plan
        before, after = {"ends_on": _plain(plan.ends_on)}, {"ends_on": f"2028-03-{turn + 1:02}"}
        restore(plan, "plan", after)
        plan.version += 1
        self._record("plan", PLAN, "seeded", before, after)

    def lead(self, _found: Any, turn: int) -> None:
        objective = self.records.objectives[0]
        before, after = {"lead_id": _plain(objective.lead_id)}, {"lead_id": str(number_id(20 + turn))}
        restore(objective, "objective", after)
        self._record("objective", OBJECTIVE, "seeded", before, after)

    def add(self, _found: Any, _turn: int) -> None:
        made = number_id(100 + len(self.kept))
        self.records.actions = [*self.records.actions, action(2 + len(self.kept), made)]
        self._record("action", made, "created", None, {"position": 3})


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else str(value)


def _as_json(place: Named) -> list[str | None]:
    return [_plain(place.person), _plain(place.group), _plain(place.agency), place.name, place.qualifier]


def _entry(found: Any) -> Any:
    return {"printed": found.by_when, "kind": found.kind, "from": found.first_on, "to": found.last_on}


def seen(held: PlanRows) -> Any:
    """What a document shows of these records."""
    shown = [each.id for each in held.actions]
    places = {each: held.places.get(each, []) for each in shown}
    moves = {each: held.moves.get(each, []) for each in shown}
    return held.plan, held.objectives, held.actions, places, moves


KINDS = ["reword", "status", "claim", "move", "seed", "answer", "correct", "plan", "lead", "add"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 1), st.integers(0, 11)), max_size=20), st.data())
def test_what_was_done_is_undone(acts: list[tuple[str, int, int]], data: st.DataObject) -> None:
    writer = Writer()
    for act in acts:
        writer.write(*act)
    cut = data.draw(st.integers(0, len(acts)))
    turned = copy.deepcopy(writer.records)
    turn_back(turned, [entry for entry in reversed(writer.journal) if entry.revision > cut])
    assert seen(turned) == seen(writer.kept[cut])


def test_two_entries_of_one_write_are_one_version() -> None:
    held = records()
    held.actions[0].version = 2
    one = _line("action", ACTIONS[0], "reworded", 2, {"text": "Before."}, {"text": "Do it."})
    turn_back(held, [replace(one, verb="status-changed", before={"status": "on_hold"}), one])
    assert (held.actions[0].version, held.actions[0].text, held.actions[0].status) == (1, "Before.", "on_hold")


def test_an_entry_of_something_that_is_not_shown_changes_nothing() -> None:
    held = records()
    turn_back(held, [_line("action", number_id(99), "reworded", 2, {"text": "x"}, {"text": "y"})])
    assert held == records()


def test_a_journal_of_more_than_the_document_shows_is_read_for_what_it_shows() -> None:
    held = records()
    before = {"text": "Before.", "text_printed": "Before.", "claimed_by_lead": True}
    turn_back(held, [_line("action", ACTIONS[0], "seeded", 2, before, {"text": "Do it."})])
    assert (held.actions[0].text, hasattr(held.actions[0], "text_printed")) == ("Before.", False)


@pytest.mark.parametrize(
    ("day", "hours", "ends"),
    [
        (date(2027, 1, 15), 24, datetime(2027, 1, 16, 0, tzinfo=UTC)),
        (date(2027, 3, 28), 23, datetime(2027, 3, 28, 23, tzinfo=UTC)),
        (date(2027, 6, 30), 24, datetime(2027, 6, 30, 23, tzinfo=UTC)),
        (date(2027, 10, 31), 25, datetime(2027, 11, 1, 0, tzinfo=UTC)),
    ],
    ids=["winter", "short", "summer", "long"],
)
def test_a_day_in_london_has_its_own_length(day: date, hours: int, ends: datetime) -> None:
    begins = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)
    assert end_of_day(day).astimezone(UTC) == ends
    assert (ends - begins).total_seconds() == hours * 3600


@given(st.integers(0, 6_900_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_every_instant_is_before_the_end_of_its_day_and_of_no_earlier_one(instant: datetime) -> None:
    day = london_day(instant)
    assert end_of_day(date.fromordinal(day.toordinal() - 1)) <= instant < end_of_day(day)
