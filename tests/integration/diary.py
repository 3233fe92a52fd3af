"""A plan's life, day by day: what changes it, and the plan as it was answered on each evening."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from flask import Flask
from sqlalchemy import text

from api import local
from api.app import create_app
from api.domain.days import LONDON, london_day
from api.extensions import db
from api.http.database.transaction import write
from api.http.messages.json_io import dumps
from api.queries.plan.trend import get_trend
from api.services.journal import Change, write_directory_changes
from api.services.locks import hold_directory
from tests.client import PLAN, PREFIX, Api, body_of, close_app
from tests.conftest import settings_for

Json = dict[str, Any]


@dataclass
class Diary:
    """The days that were lived: the bytes of each evening, and the updates that were withdrawn in the end."""

    api: Api
    evenings: dict[date, bytes] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)

    @property
    def today(self) -> date:
        return london_day(self.api.clock.now)

    def at(self, hour: int, minute: int = 0) -> None:
        """Move the clock to this hour of the day in London."""
        day = self.today
        self.api.clock.now = datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)

    def sleep(self, days: int = 1) -> None:
        """Keep the plan of this evening, and wake up at noon, one day or more later."""
        self.at(23, 59)
        self.evenings[self.today] = body_of(self.api.as_("robert").get(PLAN))
        self.api.clock.now += timedelta(days=days)
        self.at(12)

    def move_date(self, number: str, **body: Any) -> int:
        body = {"reason": "Agreed at the board.", **body}
        return self.api.as_("admin").post(f"{self.api.action(number)}/dates", body).status_code

    def reword(self, number: str, words: str) -> int:
        admin, path = self.api.as_("admin"), self.api.action(number)
        return admin.patch(path, {"text": words}, headers=admin.etag(path)).status_code

    def answer(self, update: Json, state: str) -> int:
        body = {"state": state, **({"question": "Agreed by whom?"} if state == "returned" else {})}
        return self.api.as_("admin").post(f"/updates/{update['id']}/acknowledgement", body).status_code

    def withdraw(self, update: Json) -> int:
        answer = self.api.as_("admin").post(f"/updates/{update['id']}/withdrawal", {"reason": "Not so."})
        if answer.status_code == 200:
            self.withdrawn.add(update["id"])
        return answer.status_code

    def undo(self, turn: int) -> int:
        """Undo one of the newest changes; to undo a post is to withdraw it."""
        admin = self.api.as_("admin")
        entries = admin.read(f"{PLAN}/journal")["data"]
        answer = admin.post(f"/journal/{entries[turn % len(entries)]['id']}/undo", {})
        gone = self.api.sql("SELECT id::text FROM progress_update WHERE withdrawn_at IS NOT NULL")
        self.withdrawn |= {row[0] for row in gone}
        return answer.status_code

    def seed(self, document: Json) -> None:
        answer = self.api.as_("admin").post("/seeds", document)
        assert answer.status_code == 200, answer.text

    def edit_directory(self, table: str, thing: str, **values: Any) -> None:
        """Change somebody's name or post, or an agency's or a group's name, as a service of the directory does."""
        columns = ", ".join(f"{name} = :{name}" for name in values)

        def work(session: Any) -> None:
            its_work = local.work_of(self.api.app, session, "test")
            hold_directory(its_work)
            before = session.execute(
                text(f"SELECT {', '.join(values)} FROM {table} WHERE id = :id"), {"id": thing}
            ).one()
            session.execute(text(f"UPDATE {table} SET {columns} WHERE id = :id"), {**values, "id": thing})
            change = Change(table, UUID(thing), "edited", before._asdict(), values)
            write_directory_changes(its_work, [change])

        with self.api.app.app_context():
            write(work)

    def as_then(self, day: date) -> bytes:
        """What as_at has to answer for a day: that evening's bytes, but for words that were withdrawn since."""
        plan = orjson.loads(self.evenings[day])
        for objective in plan["objectives"]:
            for action in objective["actions"]:
                if action["latest_update"] and action["latest_update"]["id"] in self.withdrawn:
                    action["latest_update"]["text"] = ""
        return dumps(plan)

    def check(self) -> None:
        """Ask a server that has seen none of it for every day."""
        other = create_app(settings_for(self.api.url), clock=self.api.clock)
        headers = self.api.as_("robert").headers
        try:
            for day in self.evenings:
                answer = other.test_client().get(f"{PREFIX}{PLAN}?as_at={day}", headers=headers)
                assert answer.status_code == 200, answer.text
                differs = list(differences(orjson.loads(self.as_then(day)), answer.json))
                assert not differs, (day, differs[:5])
                assert body_of(answer) == self.as_then(day), day
            self.check_trend(other)
        finally:
            close_app(other)

    def check_trend(self, other: Flask) -> None:
        """The figures of all the days, worked out together, are those that were answered then."""
        days = sorted(self.evenings)
        with other.app_context():
            points = get_trend(db.session(), UUID(str(self.api.one("SELECT id FROM plan"))), days)
        was = {day: orjson.loads(evening)["counts"] for day, evening in self.evenings.items()}
        told = [(point.on, point.counts, point.actions) for point in points]
        assert told == [(day, was[day]["rating"], was[day]["actions"]) for day in days]


def differences(was: Any, now: Any, path: str = "") -> Any:
    """(path, then, as told now) of each member that is not the same."""
    if isinstance(was, dict) and isinstance(now, dict) and was.keys() == now.keys():
        for name in was:
            yield from differences(was[name], now[name], f"{path}/{name}")
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for place, (one, other) in enumerate(zip(was, now, strict=True)):
            yield from differences(one, other, f"{path}/{place}")
    elif was != now:
        yield path, was, now
