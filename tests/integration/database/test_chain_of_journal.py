"""The journal is chained by the database: whatever is changed past the product is found and named; a removal of words is not (ADR 26)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from alembic import command

from api.backup.chain import Verdict, verify
from api.backup.server import Database
from api.migrate import alembic_config, migrate
from tests.client import Api
from tests.integration.server.test_faults_inside import is_waited_for
from tests.integration.serving import wait_until

# What an administrator of the server does who takes the guards away first.
UNGUARDED = "SET session_replication_role = replica"


def check(api: Api) -> Verdict:
    with Database.at(api.url).connect() as connection:
        return verify(connection)


def fill(api: Api) -> list[int]:
    """Some history: the ids of the plan's entries, oldest first."""
    lucy, admin = api.as_("lucy"), api.as_("admin")
    for text in ("First words.", "Second words.", "Third words.", "Fourth words."):
        lucy.say("1.8", text, rating="A")
    path = f"/people/{api.person('Robert South')}"
    assert admin.patch(path, {"post": "Chair"}, headers=admin.etag(path)).status_code == 200
    return [row[0] for row in api.sql("SELECT id FROM journal WHERE verb = 'posted' ORDER BY id")]


def test_what_the_product_writes_is_whole(api: Api) -> None:
    fill(api)
    found = check(api)
    assert (found.wrong, found.redacted, found.entries) == (None, 0, api.journal_length())
    assert api.one("SELECT count(*) FROM journal WHERE digest IS NULL OR written_at IS NULL") == 0


def change(entries: list[int]) -> tuple[list[str], int]:
    return [f"UPDATE journal SET actor_name = 'Somebody Else' WHERE id = {entries[1]}"], entries[1]


def change_words(entries: list[int]) -> tuple[list[str], int]:
    return [f'UPDATE journal SET after = after || \'{{"text": "Other"}}\' WHERE id = {entries[1]}'], entries[1]


def change_the_hour(entries: list[int]) -> tuple[list[str], int]:
    return [f"UPDATE journal SET written_at = written_at - interval '1 day' WHERE id = {entries[2]}"], entries[2]


def take_one_out(entries: list[int]) -> tuple[list[str], int]:
    return [f"DELETE FROM journal WHERE id = {entries[1]}"], entries[2]


def put_one_between(entries: list[int]) -> tuple[list[str], int]:
    columns = (
        "at, plan_id, revision, request_id, account_id, actor_name, object_type, object_id, verb, before, after, digest"
    )
    moved = f"INSERT INTO journal (id, {columns}) OVERRIDING SYSTEM VALUE SELECT 900000, {columns} FROM journal WHERE id = {entries[1]}"
    return [moved], entries[2]


def swap(entries: list[int]) -> tuple[list[str], int]:
    one, other = entries[1], entries[2]
    words = (
        f"UPDATE journal SET after = other.after FROM journal AS other "
        f"WHERE (journal.id, other.id) IN (({one}, {other}), ({other}, {one}))"
    )
    return [words], one


@pytest.mark.parametrize("tamper", [change, change_words, change_the_hour, take_one_out, put_one_between, swap])
def test_what_is_changed_past_the_product_is_named(
    api: Api, tamper: Callable[[list[int]], tuple[list[str], int]]
) -> None:
    statements, first = tamper(fill(api))
    api.sql(UNGUARDED)
    for each in statements:
        api.sql(each)
    wrong = check(api).wrong or ""
    assert wrong.startswith((f"Entry {first} of havering-2020-23 ", "Entry 900000 ")), wrong


def test_an_end_that_was_cut_off_is_named(api: Api) -> None:
    entries = fill(api)
    api.sql(UNGUARDED)
    api.sql("DELETE FROM journal WHERE id = %s", entries[-1])
    assert "counter stands at" in (check(api).wrong or "")


@pytest.mark.parametrize("chain", ["plan_id IS NOT NULL", "directory_revision IS NOT NULL"])
def test_so_is_an_end_of_which_others_of_its_revision_are_there_still(api: Api, chain: str) -> None:
    """The last entry of several that one change wrote: the counter stands where the journal ends."""
    fill(api)
    person = api.as_("admin").post("/people", {"name": "Somebody New"}).json["id"]
    joined = api.as_("admin").post(f"/people/{person}/merge", {"into": api.person("Robert South")})
    assert joined.status_code == 200, joined.text
    if "plan" in chain:
        path = f"/people/{api.person('Jane Carroll')}/merge"
        assert api.as_("admin").post(path, {"into": api.person("John Carroll")}).status_code == 200
    last = f"SELECT max(id) FROM journal WHERE {chain}"
    siblings = f"SELECT count(*) FROM journal AS one JOIN journal AS other USING (request_id) WHERE one.id = ({last}) AND other.{chain}"
    assert api.one(siblings) > 1
    assert check(api).wrong is None
    api.sql(UNGUARDED)
    api.sql(f"DELETE FROM journal WHERE id = ({last})")
    assert "the end that the database noted" in (check(api).wrong or "")


def test_the_web_role_notes_no_end(api: Api) -> None:
    fill(api)
    for statement in ("UPDATE journal_end SET entries = 0", "DELETE FROM journal_end"):
        with web(api) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.encode())
    with web(api) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("INSERT INTO journal_end VALUES (gen_random_uuid(), 1, '')")


def test_a_removal_of_words_is_no_tampering(api: Api) -> None:
    entries = fill(api)
    api.confirm_all()
    update = api.one("SELECT object_id::text FROM journal WHERE id = %s", entries[1])
    body = {"reason": "It named a family.", "words": "Second"}
    for words in ("Second", "words"):
        assert api.as_("admin").post(f"/updates/{update}/redaction", {**body, "words": words}).status_code == 200
    found = check(api)
    assert (found.wrong, found.redacted) == (None, 1)
    api.sql(UNGUARDED)
    api.sql('UPDATE journal SET after = after || \'{"text": "Other"}\' WHERE id = %s', entries[1])
    assert f"Entry {entries[1]} " in (check(api).wrong or "")


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM journal_redaction WHERE id = 1", "UPDATE journal_redaction SET was = becomes WHERE id = 1"],
)
def test_what_is_kept_of_a_removal_cannot_be_changed_unseen(api: Api, statement: str) -> None:
    fill(api)
    api.confirm_all()
    body = {"reason": "It named a family.", "words": "words"}
    assert api.as_("admin").post(f"{api.action('1.8')}/redaction", body).status_code == 200
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        api.sql(statement)
    api.sql(UNGUARDED)
    api.sql(statement)
    assert check(api).wrong is not None


def test_a_migration_chains_what_was_there(api: Api) -> None:
    fill(api)
    owner = api.url.replace("plan_web", "plan_owner", 1)
    command.downgrade(alembic_config(owner), "0013")
    # As the last release writes, before the upgrade and after it.
    old = OF_PLAN.format(more="", values="", later=0, account="NULL").replace("2020-01-01", "2026-11-22")
    with web(api) as connection:
        connection.execute(old.encode())
        migrate(owner)
        connection.execute(old.encode())
    found = check(api)
    assert (found.wrong, found.entries) == (None, api.journal_length())


OF_PLAN = (
    "INSERT INTO journal (plan_id, revision, request_id, account_id, actor_name, object_type, object_id, verb, at{more}) "
    "SELECT plan_id, value + {later}, 'forged', {account}, 'Somebody', 'plan', plan_id, 'edited', '2020-01-01'{values} FROM plan_revision"
)


@pytest.mark.parametrize("later", [-3, 1])
def test_the_web_role_chooses_no_revision(api: Api, later: int) -> None:
    fill(api)
    with web(api) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(OF_PLAN.format(more="", values="", later=later, account="NULL").encode())


def test_the_web_role_chooses_neither_hour_nor_digest(api: Api) -> None:
    """What it says of them is passed over, and an `at` of its own shows beside the database's hour."""
    fill(api)
    before = check(api).apart
    given = {"more": ", written_at, digest", "values": r", '2020-01-01', '\x00'"}
    with web(api) as connection:
        connection.execute(OF_PLAN.format(later=0, account="NULL", **given).encode())
    assert api.one("SELECT written_at > now() - interval '1 hour' FROM journal ORDER BY id DESC LIMIT 1")
    found = check(api)
    assert (found.wrong, found.apart) == (None, before + 1)


def test_the_web_role_writes_in_nobodys_name_who_has_ended(api: Api) -> None:
    account, session = (api.seeded.sessions["lucy"][name] for name in ("account", "session"))
    forged = OF_PLAN.format(more="", values="", later=0, account=f"'{account}'").encode()
    with web(api) as connection:
        connection.execute("SELECT set_config('plan.session', %s, false)", [session])
        connection.execute(forged)
        api.sql("UPDATE session SET ended_at = now() WHERE id = %s", session)
        with pytest.raises(psycopg.DatabaseError, match="may no longer come in"):
            connection.execute(forged)
        connection.execute("SELECT set_config('plan.session', '', false)")
        api.sql("UPDATE account SET disabled_at = now() WHERE id = %s", account)
        with pytest.raises(psycopg.DatabaseError, match="may no longer come in"):
            connection.execute(forged)


def web(api: Api) -> psycopg.Connection[tuple[object, ...]]:
    """A connection of the web role's own, as of somebody who took the web server over."""
    return psycopg.connect(
        api.url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True, connect_timeout=10
    )


def test_who_ends_their_own_session_with_the_change_is_believed(api: Api) -> None:
    """An administrator who gives up the role: the same transaction ends the session and says who did it."""
    admin = api.as_("admin")
    path = f"/accounts/{api.seeded.sessions['admin']['account']}"
    answer = admin.patch(path, {"role": "viewer"}, headers=admin.etag(path))
    assert answer.status_code in {200, 401}, answer.text
    assert api.one("SELECT verb FROM journal ORDER BY id DESC LIMIT 1") == "role-changed"
    assert check(api).wrong is None


def test_an_entry_that_waited_for_the_counter_is_refused_when_its_session_ended(api: Api) -> None:
    """Whoever waits last of all, for the plan's counter, is asked again too: by the database."""
    length = api.journal_length()
    with api.connect() as other, ThreadPoolExecutor(1) as pool:
        other.execute("BEGIN")
        other.execute("SELECT value FROM plan_revision FOR UPDATE")
        asked = pool.submit(lambda: api.as_("lucy").post(f"{api.action('1.8')}/updates", {"text": "We met."}))
        wait_until(lambda: is_waited_for(other), 10)
        api.sql("UPDATE session SET ended_at = now() WHERE id = %s", api.seeded.sessions["lucy"]["session"])
        other.execute("COMMIT")
        assert asked.result(20).status_code == 401
    assert api.journal_length() == length
