"""Migration 0013 over what older releases left: keys come to the plans whose files used them, and days that no plan can have."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from alembic import command
from psycopg.types.json import Jsonb
from sqlalchemy.exc import DBAPIError

from api.migrate import alembic_config, migrate
from tests.conftest import TEMPLATE, Databases, Seeded, api_over
from tests.factories import seed_document
from tests.integration.plan.test_seed_loading import content, load

Connection = psycopg.Connection[Any]


@pytest.fixture
def old(databases: Databases) -> Iterator[tuple[str, Connection]]:
    """A database of the release before, with the Havering plan: its URL as the owner, and a connection."""
    with databases.one(TEMPLATE) as name:
        owner = databases.url(name, "plan_owner")
        command.downgrade(alembic_config(owner), "0012")
        with databases.connect(name) as connection:
            yield owner, connection


def one(connection: Connection, statement: str, *values: Any) -> Any:
    row = connection.execute(statement.encode(), values).fetchone()
    assert row is not None
    return row[0]


def keys(connection: Connection, slug: str) -> dict[tuple[str, str], str]:
    """The name behind each key of a plan's file."""
    rows = connection.execute(
        "SELECT seed_key.kind, key, coalesce(person.name, named_group.name, agency.name) FROM seed_key"
        " JOIN plan ON plan.id = plan_id LEFT JOIN person ON person.id = person_id"
        " LEFT JOIN named_group ON named_group.id = group_id LEFT JOIN agency ON agency.id = seed_key.agency_id WHERE slug = %s",
        (slug,),
    )
    return {(kind, key): name for kind, key, name in rows}


def file_keys() -> dict[tuple[str, str], str]:
    document = seed_document()
    kinds = {"person": "people", "group": "groups", "agency": "agencies"}
    return {(kind, each["key"]): each["name"] for kind, held in kinds.items() for each in document[held]}


def test_going_back_gives_everybody_the_key_they_had(old: tuple[str, Connection]) -> None:
    _, connection = old
    assert one(connection, "SELECT external_id FROM person WHERE name = 'Lucy Goodfellow'") == "lucy-goodfellow"
    assert one(connection, "SELECT count(*) FROM agency WHERE external_id = 'nelft'") == 1


def test_a_database_of_one_plan_keeps_all_of_its_keys(old: tuple[str, Connection]) -> None:
    owner, connection = old
    migrate(owner)
    assert keys(connection, "havering-2020-23") == file_keys()


def second_plan(connection: Connection) -> None:
    """A plan that the release before loaded with keys of Havering's: a shared lead officer, and two of its own."""
    connection.execute(
        "INSERT INTO agency (external_id, name, short_name) VALUES ('ccg-b', 'CCG B', 'CCG B');"
        "INSERT INTO person (external_id, name, agency_id) SELECT 'own-body', 'Own Body', id FROM agency WHERE external_id = 'ccg-b';"
        "INSERT INTO person (external_id, name) VALUES ('only-listed', 'Only Listed'), (gen_random_uuid()::text, 'By Hand')"
    )
    lucy, own = (
        str(one(connection, "SELECT id FROM person WHERE external_id = %s", key))
        for key in ("lucy-goodfellow", "own-body")
    )
    plan = one(
        connection,
        "INSERT INTO plan (slug, heading, partnership, name, title, owner_printed, starts_printed, rating_key, seeded)"
        " VALUES ('board-b', 'x', 'x', 'x', 'x', 'x', 'x', '[]', %s) RETURNING id",
        Jsonb({"owner_id": own}),
    )
    objective = one(
        connection,
        "INSERT INTO objective (plan_id, position, text, text_printed, seeded_number, seeded)"
        " VALUES (%s, 1, 'x', 'x', '1', %s) RETURNING id",
        plan, Jsonb({"lead_id": lucy, "text": "x"}),
    )  # fmt: skip
    connection.execute(
        "INSERT INTO action (plan_id, objective_id, position, text, text_printed, by_whom_printed, by_when_printed, by_when,"
        " kind, status, seeded_number, seeded) VALUES (%s, %s, 1, 'x', 'x', '', '', '', 'not_given', 'not_reported', '1.1', %s)",
        (plan, objective, Jsonb({"text": "x", "places": [[own, None, None, "Own Body", None]]})),
    )
    # Whom a load made without naming them in the plan: the journal has both under one request, at one instant.
    connection.execute(
        "INSERT INTO journal (at, directory_revision, request_id, actor_name, object_type, object_id, verb)"
        " SELECT '2026-01-01', 1, 'load-b', 'x', 'person', id, 'created' FROM person WHERE external_id = 'only-listed'"
    )
    connection.execute(
        "INSERT INTO journal (at, plan_id, revision, request_id, actor_name, object_type, object_id, verb)"
        " VALUES ('2026-01-01', %s, 1, 'load-b', 'x', 'plan', %s, 'created')",
        (plan, plan),
    )


def test_keys_of_two_plans_come_to_those_who_used_them(old: tuple[str, Connection]) -> None:
    owner, connection = old
    second_plan(connection)
    migrate(owner)
    assert keys(connection, "board-b") == {
        ("person", "own-body"): "Own Body",
        ("person", "only-listed"): "Only Listed",
        ("person", "lucy-goodfellow"): "Lucy Goodfellow",
        ("agency", "ccg-b"): "CCG B",
    }
    assert keys(connection, "havering-2020-23") == file_keys()


def test_the_file_writes_nothing_after_the_migration(databases: Databases, seeded: Seeded) -> None:
    with api_over(databases, seeded) as api:
        name = api.url.split("/")[3].split("?")[0]
        command.downgrade(alembic_config(databases.url(name, "plan_owner")), "0012")
        migrate(databases.url(name, "plan_owner"))
        before = content(api)
        assert load(api, seed_document())["written"] is False
        assert content(api) == before


def test_a_date_of_two_days_is_due_on_its_last_and_the_journal_says_so(old: tuple[str, Connection]) -> None:
    owner, connection = old
    action = one(connection, "SELECT id FROM action WHERE kind = 'date' ORDER BY id LIMIT 1")
    for table, column in (("action", "id"), ("date_entry", "action_id")):
        connection.execute(
            f"UPDATE {table} SET first_on = '2027-03-30', last_on = '2027-03-31' WHERE {column} = %s".encode(),
            (action,),
        )
    connection.execute(
        """UPDATE action SET seeded = jsonb_set(seeded, '{date}', '["x", "date", "2027-03-30", "2027-03-31"]') WHERE id = %s""",
        (action,),
    )
    revision = one(connection, "SELECT value FROM plan_revision")
    migrate(owner)
    found = connection.execute(
        "SELECT first_on::text, last_on::text, seeded #>> '{date,2}', revision, version FROM action WHERE id = %s",
        (action,),
    ).fetchone()
    assert found == ("2027-03-31", "2027-03-31", "2027-03-31", revision + 1, 2)
    assert one(connection, "SELECT first_on::text FROM date_entry WHERE action_id = %s", action) == "2027-03-31"
    told = connection.execute(
        "SELECT revision, before, after FROM journal WHERE object_id = %s AND verb = 'seeded'", (action,)
    ).fetchall()
    assert told == [(revision + 1, {"first_on": "2027-03-30"}, {"first_on": "2027-03-31"})]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE action SET kind = 'year', first_on = '0027-01-01', last_on = '0027-12-31' WHERE seeded_number = '2.4'", "havering-2020-23 2.4"),
        ("UPDATE plan SET next_review_on = '9999-12-31'", "havering-2020-23 (its own days)"),
    ],
)  # fmt: skip
def test_a_year_that_no_plan_can_mean_stops_the_migration_and_is_named(
    old: tuple[str, Connection], statement: str, named: str
) -> None:
    owner, connection = old
    connection.execute(statement.encode())
    with pytest.raises(DBAPIError) as caught:
        migrate(owner)
    assert f"outside the years 1900 to 2199: {named}. Correct them with the release before this one" in str(
        caught.value
    )
    assert one(connection, "SELECT version_num FROM alembic_version") == "0012"
