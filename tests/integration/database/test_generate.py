"""An invented country: plans like any other, counted right, the same for the same seed, and beside what was there."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from api.domain.errors import Conflict
from api.domain.text import clean_text
from api.generate import Country, Size, generate
from api.generate.chance import Chance
from api.generate.history import History
from api.generate.plan import make_plan
from api.http.database.transaction import write
from tests.client import PLAN, Api
from tests.conftest import Databases, Seeded, api_over
from tests.integration.serving import REPO

SMALL = Size(plans=3, actions=5, updates=50)
SEED = 7


def load(api: Api, seed: int = SEED, size: Size = SMALL) -> Country:
    country = Country(seed, size)

    def work(session: Session) -> None:
        generate(session, country, lambda _done, _all: None)

    with api.app.app_context():
        write(work)
    return country


@pytest.fixture(scope="module")
def made(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """The Havering plan with the small country beside it."""
    with api_over(databases, seeded) as api:
        load(api)
        yield api


@pytest.fixture(scope="module")
def country() -> Country:
    return Country(SEED, SMALL)


def everything(country: Country) -> list[Any]:
    """All that there is of a country, without a database."""
    found = []
    for area in country.areas():
        chance, people = Chance(country.seed, "plan", area.number), country.known_in(area)
        new = make_plan(chance, area, people, country.size.actions)
        history = History(chance, area, new, people)
        history.tell(country.size.updates_of(area.number))
        found.append((area, new, history.updates, history.dates, history.journal, history.revision))
    return found


def test_same_seed_same_country() -> None:
    assert everything(Country(SEED, SMALL)) == everything(Country(SEED, SMALL))
    assert everything(Country(SEED + 1, SMALL)) != everything(Country(SEED, SMALL))


def test_a_plan_is_the_same_however_many_there_are() -> None:
    assert everything(Country(SEED, Size(1, 5, 17)))[0] == everything(Country(SEED, Size(3, 5, 51)))[0]


def test_what_was_loaded_is_what_was_made(made: Api, country: Country) -> None:
    """Ids and words, from the tables."""
    wanted = {(row["id"], row["text"]) for _, _, updates, *_ in everything(country) for row in updates}
    assert set(made.sql("SELECT id, text FROM progress_update")) == wanted


def test_size(made: Api) -> None:
    found = made.sql(
        "SELECT count(DISTINCT p.id), count(DISTINCT a.id), count(u.id) FROM plan p JOIN action a ON a.plan_id = p.id "
        "LEFT JOIN progress_update u ON u.action_id = a.id WHERE p.slug LIKE 'invented-%%'"
    )
    assert found == [(3, 15, 50)]


@pytest.mark.parametrize("number", range(SMALL.plans))
def test_document_is_served_and_its_counts_are_true(made: Api, country: Country, number: int) -> None:
    """The client of the tests holds it to the OpenAPI document."""
    plan = made.as_("robert").read(f"/plans/{country.slugs[number]}")
    actions = [action for objective in plan["objectives"] for action in objective["actions"]]
    assert plan["counts"]["actions"] == len(actions) == SMALL.actions
    assert sum(action["updates_count"] for action in actions) == SMALL.updates_of(number)
    assert {len(objective["actions"]) > 0 for objective in plan["objectives"]} == {True}


def test_each_action_and_its_timeline_are_served(made: Api) -> None:
    robert = made.as_("robert")
    for (action,) in made.sql("SELECT a.id::text FROM action a JOIN plan p ON p.id = a.plan_id WHERE p.slug ~ '^inv'"):
        document = robert.read(f"/actions/{action}")
        timeline = robert.read(f"/actions/{action}/updates?limit=200")["data"]
        assert document["updates_count"] == len(timeline)
        assert (document["latest_update"] or {}).get("id") == (timeline[0]["id"] if timeline else None)


POINTERS = """
SELECT a.id FROM action a WHERE
  updates_count <> (SELECT count(*) FROM progress_update u WHERE u.action_id = a.id)
  OR latest_update_id IS DISTINCT FROM
     (SELECT u.id FROM progress_update u WHERE u.action_id = a.id ORDER BY posted_at DESC, id DESC LIMIT 1)
  OR rating_update_id IS DISTINCT FROM
     (SELECT u.id FROM progress_update u WHERE u.action_id = a.id AND rating IS NOT NULL ORDER BY posted_at DESC, id DESC LIMIT 1)
"""
JOURNAL = """
SELECT 'update without entry', u.id::text FROM progress_update u
WHERE (SELECT count(*) FROM journal j WHERE j.object_id = u.id AND j.verb = 'posted') <> 1
UNION ALL SELECT 'counter', r.plan_id::text FROM plan_revision r
WHERE r.value <> (SELECT max(revision) FROM journal j WHERE j.plan_id = r.plan_id)
   OR r.value <> (SELECT count(DISTINCT revision) FROM journal j WHERE j.plan_id = r.plan_id)
UNION ALL SELECT 'action', a.id::text FROM action a
WHERE a.revision > (SELECT value FROM plan_revision r WHERE r.plan_id = a.plan_id)
   OR a.status <> coalesce((SELECT j.after ->> 'status' FROM journal j WHERE j.object_id = a.id AND j.after ? 'status'
                            ORDER BY j.id DESC LIMIT 1), 'none')
UNION ALL SELECT 'order', j.id::text FROM journal j JOIN journal k ON k.plan_id = j.plan_id AND k.id > j.id
WHERE k.revision < j.revision OR k.at < j.at
UNION ALL SELECT 'directory', id::text FROM directory_revision d
WHERE d.value <> (SELECT max(directory_revision) FROM journal)
"""
DATES = """
SELECT a.id FROM action a JOIN date_entry d ON d.action_id = a.id
WHERE d.position = (SELECT max(position) FROM date_entry WHERE action_id = a.id)
  AND (a.by_when, a.kind, a.first_on, a.last_on) IS DISTINCT FROM (d.printed, d.kind, d.first_on, d.last_on)
"""


@pytest.fixture(scope="module")
def busy(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """A country in which everything that can happen has happened."""
    with api_over(databases, seeded) as api:
        load(api, size=Size(plans=3, actions=20, updates=900))
        yield api


@pytest.mark.parametrize("query", [POINTERS, DATES, JOURNAL], ids=["pointers", "dates", "journal"])
def test_nothing_contradicts_another(busy: Api, query: str) -> None:
    assert busy.sql(query) == []


def test_everything_that_can_happen_happens(busy: Api) -> None:
    verbs = {row[0] for row in busy.sql("SELECT DISTINCT verb FROM journal")}
    assert verbs >= {"created", "posted", "status-changed", "signed-off", "acknowledged", "date-moved"}
    states = {row[0] for row in busy.sql("SELECT DISTINCT acknowledgement FROM progress_update")}
    assert states == {None, "waiting", "acknowledged"}


def test_words_are_text_as_the_api_takes_it(made: Api) -> None:
    for (text,) in made.sql(
        "SELECT text FROM progress_update UNION SELECT text FROM action UNION SELECT name FROM person"
    ):
        assert clean_text(text) == text


def test_everything_says_that_it_is_invented(made: Api) -> None:
    titles = made.sql("SELECT title FROM plan WHERE slug <> 'havering-2020-23'")
    assert all("invented" in title for (title,) in titles)


def test_another_plan_is_not_touched(api: Api) -> None:
    robert = api.as_("robert")
    before = robert.read(PLAN)
    load(api)
    assert robert.read(PLAN) == before


def test_second_run_is_refused_and_writes_nothing(api: Api) -> None:
    load(api)
    before = api.journal_length()
    with pytest.raises(Conflict, match="--seed"):
        load(api, size=Size(4, 5, 50))
    assert api.journal_length() == before


def test_generated_plan_can_be_worked_on(api: Api) -> None:
    country = load(api)
    (action,) = api.sql(
        "SELECT a.id::text FROM action a JOIN plan p ON p.id = a.plan_id WHERE p.slug = %s LIMIT 1", country.slugs[0]
    )[0]
    answer = api.as_("admin").post(f"/actions/{action}/updates", {"text": "We met."})
    assert answer.status_code == 201
    assert api.one(
        "SELECT posted_at > %s FROM progress_update WHERE text = 'We met.'", datetime(2026, 11, 21, tzinfo=UTC)
    )


def test_command_says_what_it_made(api: Api, databases: Databases, tmp_path: Path) -> None:
    name = api.url.rpartition("/")[2].partition("?")[0]
    urls = {"DATABASE_URL": api.url, "OWNER_DATABASE_URL": databases.url(name, "plan_owner"), "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "generate", "--plans", "2", "--actions", "3", "--updates", "7"],
        cwd=REPO, env={**os.environ, **urls}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 invented plans" in done.stdout
    assert api.one("SELECT count(*) FROM progress_update") == 7
