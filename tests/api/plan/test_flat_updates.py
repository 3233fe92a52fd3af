"""All updates of a plan as flat rows: what was said of actions that are gone, withdrawn, corrected, answered (API 7.2)."""

import csv
import io
from typing import Any

import pytest

from api.exports.csv_text import defuse, undo
from api.exports.flat_updates import UPDATE_COLUMNS
from api.schemas.plan.feeds import FlatUpdateOut
from tests.client import PLAN, Api, body_of

CSV, JSON = f"{PLAN}/updates.csv", f"{PLAN}/updates.json"
FORMULA = "'=1+1' is ＝2;=3\n- and more"


@pytest.fixture
def told(api: Api) -> Api:
    """An update of each kind."""
    lucy, jane, admin = api.as_("lucy"), api.as_("jane"), api.as_("admin")
    first = lucy.say("3.4", FORMULA, rating="A", evidence=[{"title": "Minutes", "url": "www.example.org/May"}])
    jane.post(f"/updates/{first['id']}/acknowledgement", {"state": "returned", "question": "By when?"})
    api.clock.move(minutes=1)
    corrected = jane.say("3.5", "Wrong words.", rating="G")
    jane.patch(
        f"/updates/{corrected['id']}", {"text": "Right words."}, headers=jane.etag(f"/updates/{corrected['id']}")
    )
    api.clock.move(minutes=1)
    withdrawn = lucy.say("1.8", "Secret words.", rating="R")
    lucy.post(f"/updates/{withdrawn['id']}/withdrawal", {"reason": "Of another plan."})
    api.clock.move(minutes=1)
    admin.say("2.4", "It is done.", on_behalf_of=api.person("Jane Carroll"), no_change=True)
    path = api.action("2.4")
    admin.post(f"{path}/removal", {"reason": "Twice."}, headers=admin.etag(path))
    return api


def rows(api: Api, path: str = JSON) -> list[Any]:
    found: list[Any] = api.as_("robert").read(path)["data"]
    return found


def test_every_update_is_a_row_the_oldest_first(told: Api) -> None:
    said = [(each["number"], each["author"], each["text"], each["rating"]) for each in rows(told)]
    assert said == [
        ("3.4", "Lucy Goodfellow", FORMULA, "A"),
        ("3.5", "Jane Carroll", "Right words.", "G"),
        ("1.8", "Lucy Goodfellow", "", None),
        (None, "Jane Carroll", "It is done.", None),
    ]
    assert [list(each) for each in rows(told)] == [list(UPDATE_COLUMNS)] * 4
    assert tuple(FlatUpdateOut().fields) == UPDATE_COLUMNS


def test_what_became_of_each_is_told(told: Api) -> None:
    answered, corrected, withdrawn, removed = rows(told)
    assert (answered["acknowledgement"], answered["acknowledged_by"], answered["question"]) == (
        "returned",
        "Jane Carroll",
        "By when?",
    )
    assert (answered["evidence"], answered["rating_word"]) == ("Minutes: https://www.example.org/May", "At risk")
    assert (answered["posted_on"], answered["posted_at"]) == ("2026-11-22", "2026-11-22T12:00:00Z")
    assert answered["url"] == "https://localhost/p/havering-2020-23/actions/3.4"
    assert corrected["corrected_on"] == "2026-11-22"
    assert [withdrawn[name] for name in ("withdrawn_on", "withdrawn_by", "withdrawn_reason")] == [
        "2026-11-22", "Lucy Goodfellow", "Of another plan.",
    ]  # fmt: skip
    assert (removed["entered_by"], removed["no_change"], removed["url"], removed["objective_number"]) == (
        "Business Manager",
        True,
        None,
        None,
    )
    assert removed["action"] == told.one("SELECT text FROM action WHERE id = %s", told.seeded.actions["2.4"])


def test_csv_and_json_say_the_same_and_every_text_can_be_had_again(told: Api) -> None:
    answer = told.as_("robert").get(CSV)
    found = list(csv.DictReader(io.StringIO(body_of(answer).decode("utf-8-sig"), newline="")))
    for read, row in zip(found, rows(told), strict=True):
        for name, value in row.items():
            as_text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
            assert read[name] == defuse(as_text), name
            assert undo(read[name]) == as_text
    assert found[0]["text"] == "''=1+1' is ＝2;'=3\n'- and more"
    name = "havering-2020-23-updates-2026-11-22.csv"
    assert answer.headers["Content-Disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"


def test_a_past_day_has_what_was_said_by_then_as_it_was_said(told: Api) -> None:
    told.clock.move(days=1)
    jane = told.as_("jane")
    (update,) = [each for each in rows(told) if each["number"] == "3.5"]
    path = f"/updates/{update['id']}"
    jane.patch(path, {"text": "Later words."}, headers=jane.etag(path))
    jane.say("3.6", "Of the next day.")
    past = {each["id"]: each for each in rows(told, f"{JSON}?as_at=2026-11-22")}
    assert len(past) == 4
    assert (past[update["id"]]["text"], past[update["id"]]["corrected_on"]) == ("Right words.", "2026-11-22")
    assert [each["text"] for each in rows(told) if each["number"] == "3.6"] == ["Of the next day."]


def test_a_plan_without_updates_has_its_columns(still: Api) -> None:
    assert body_of(still.as_("robert").get(CSV)).decode("utf-8-sig") == ",".join(UPDATE_COLUMNS) + "\r\n"
    assert rows(still) == []
