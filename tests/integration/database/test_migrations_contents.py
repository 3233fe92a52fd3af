"""Down and up again over a rich database: what it holds after is what it held before, but for what a migration says is lost (API 11.5)."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command

from api.migrate import alembic_config, migrate
from tests.client import PLAN, Api
from tests.conftest import EMPTY, Databases, Seeded, api_over
from tests.integration.database.test_migrations import FILLING, REVISIONS, SCRIPTS

Contents = dict[str, dict[str, dict[str, Any]]]
EVERYTHING = "*"
# What only the journal still tells once its columns are dropped, so that it goes with the journal.
OF_JOURNAL = {
    "action.by_whom", "action.position", "action.removed_at", "action.seeded_number", "agency.aliases", "agency.ended_on",
    "agency.kind", "agency.parent_id", "agency.succeeded_by_id", "objective.position", "objective.removed_at",
    "objective.seeded_number", "objective.text_printed", "person.aliases", "person.contact_erased_at", "person.left_on",
    "person.merged_into_id", "plan.glossary", "progress_update.corrected_at", "progress_update.redacted_at",
    "progress_update.redacted_reason", "progress_update.withdrawn_at", "progress_update.withdrawn_by_name",
    "progress_update.withdrawn_reason", "update_wording.*",
}  # fmt: skip
# By migration, what its downgrade takes and no upgrade can bring back: tables whole, or columns. Each docstring says it too.
LOST: dict[str, set[str]] = {
    "0001": {"person.*", "agency.*", "named_group.*"},
    "0002": {"plan.*", "objective.*", "plan_revision.*", "seed_key.*"},
    "0003": {"account.*", "session.*"},
    "0004": {"action.*", "place.*", "date_entry.*", "progress_update.*", "plan_revision.value"},
    "0005": {"journal_end.*", "journal.*", "idempotency_key.*", "directory_revision.value", *OF_JOURNAL},
    "0006": set(),
    "0007": {
        "partner_token.*", "progress_update.partner_token_id", "progress_update.via", "journal.partner_token_id",
    },
    "0008": set(),
    "0009": {"sign_in_guess.*"},
    "0010": {
        "passkey.*", "recovery_code.*", "account_link.*", "challenge.*", "people_apart.*", "person_merge.*", "audit_event.*",
        "account.password_changed_at", "account.totp_secret", "account.totp_since", "account.totp_step", "account.factor_since",
        "account.oidc_subject", "session.method", "session.device", "session.authenticated_at", "person.email",
    },
    "0011": {"update_wording.id", "update_wording.created_at"},
    "0012": set(),
    "0013": {"person.external_id", "agency.external_id", "named_group.external_id"},
    "0014": {"account.password_by_link_at", "session.mail_shown_at"},
    "0015": {"sign_in_guess.times", "session.transport", "challenge.session_id"},
    "0016": {"journal.digest", "journal.written_at", "journal_redaction.*", "journal_end.digest"},
    "0017": set(),
    "0018": set(),
}  # fmt: skip


def build(api: Api) -> None:
    """A plan with a past: every column has something in it that its default would not give."""
    admin, lucy, jane = (api.as_(who) for who in ("admin", "lucy", "jane"))
    api.confirm_all()
    any_etag = {"If-Match": "*"}

    def ok(answer: Any) -> Any:
        assert answer.status_code in {200, 201, 202, 204}, answer.text
        return answer.json

    plan = admin.read(PLAN)
    objective = f"/objectives/{plan['objectives'][2]['id']}"
    ok(admin.patch(PLAN, {"glossary": [{"short": "ZQ", "long": "Zone Q", "note": "Ours."}]}, headers=any_etag))
    ok(admin.patch(objective, {"text": "Other words.", "position": 5}, headers=any_etag))
    ok(admin.patch(api.action("3.5"), {"text": "Others.", "position": 2}, headers=any_etag))
    ok(admin.patch(api.action("3.4"), {"by_whom": [{"person": api.person("Lucy Goodfellow")}]}, headers=any_etag))
    ok(admin.post(f"{api.action('1.2')}/removal", {"reason": "Elsewhere."}, headers=any_etag))
    made = ok(admin.post(f"{PLAN}/objectives", {"text": "One more."}))
    ok(admin.post(f"/objectives/{made['id']}/removal", {"reason": "Elsewhere."}, headers=any_etag))
    for number, text in (("3.4", "First."), ("3.4", "Second."), ("3.4", "Third.")):
        api.clock.move(minutes=1)
        said = lucy.say(number, text, rating="A", next_step="Go on.")
        path = f"/updates/{said['id']}"
        if text == "First.":
            for words in ({"text": "First, corrected."}, {"next_step": None, "text": "First, again."}):
                ok(lucy.patch(path, words, headers=lucy.etag(path)))
        if text == "Second.":
            ok(lucy.post(f"{path}/withdrawal", {"reason": "On the wrong action."}))
        if text == "Third.":
            ok(jane.post(f"{path}/acknowledgement", {"state": "returned", "question": "Why?"}))
            ok(admin.post(f"{path}/redaction", {"reason": "It named a family.", "words": "Third"}))
    rio = api.partner("NELFT", name="Rio")
    of_nelft = next(
        each
        for each in rio.read(f"{PLAN}/actions?limit=200")["data"]
        if "post_update" in rio.read(f"/actions/{each['id']}")["may"]
    )
    ok(
        rio.post(
            f"/actions/{of_nelft['id']}/updates", {"text": "From Rio."}, headers={"Idempotency-Key": "0123456789abcdef"}
        )
    )
    agencies = {each["short_name"]: f"/agencies/{each['id']}" for each in plan["agencies"]}
    ok(admin.patch(agencies["CCG"], {"kind": "health", "aliases": ["The CCG"]}, headers=any_etag))
    ok(admin.patch(agencies["BHRUT"], {"parent": agencies["CCG"].rsplit("/", 1)[1]}, headers=any_etag))
    ok(admin.post(f"{agencies['CCG']}/succession", {"new": {"name": "An ICB"}, "on": "2026-11-01"}))
    helen = f"/people/{api.person('Helen Harding')}"
    ok(admin.patch(helen, {"aliases": ["H H"], "email": "h@example.org", "post": "Chair"}, headers=any_etag))
    open_now = admin.read(f"{helen}/handover")["items"]
    items = [{each["kind"]: each["id"], "to": None} for each in open_now]
    ok(admin.post(f"{helen}/handover", {"items": items, "left_on": "2026-11-20"}))
    ok(admin.post(f"{helen}/erasure", {"reason": "Asked for."}))
    ok(admin.patch(f"/people/{api.person('Trevor Cook')}", {"email": "t@example.org"}, headers=any_etag))
    ok(admin.post(f"/people/{api.person('Louise Dibsdale')}/merge", {"into": api.person("Louise Dibsdall")}))
    pair = {"first": api.person("Jane Carroll"), "second": api.person("John Carroll")}
    ok(admin.post("/duplicates/apart", pair))
    ok(admin.post("/accounts", {"email": "new@example.org", "role": "viewer", "name": "New Viewer"}))
    for statement in (*FILLING, *MORE):
        if "people_apart" not in statement and "person_merge" not in statement and "update_wording" not in statement:
            api.sql(statement)


MORE = [
    "UPDATE account SET totp_secret = 'x', totp_since = now(), totp_step = 1, factor_since = now(), password_changed_at = now()",
    "UPDATE account SET oidc_subject = 'x' WHERE role = 'viewer' AND name = 'Robert South'",
    "UPDATE session SET device = 'Firefox', method = 'passkey', mail_shown_at = now(), transport = 'cookie'",
    "INSERT INTO sign_in_guess VALUES (sha256('x'), now(), 1, ARRAY[now()])",
    "UPDATE challenge SET session_id = (SELECT min(id::text)::uuid FROM session)",
]


@pytest.fixture(scope="module")
def rich(databases: Databases, seeded: Seeded) -> Iterator[str]:
    """The name of a template of the rich database."""
    with api_over(databases, seeded) as api:
        build(api)
        # Nobody is connected to what others are copied from.
        api.close()
        yield api.url.split("/")[3].split("?")[0]


def contents(databases: Databases, name: str) -> Contents:
    """Every row of every table by its key, as JSON."""
    with databases.connect(name) as connection:
        keys = connection.execute(
            "SELECT c.conrelid::regclass::text, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)"
            " WHERE c.contype = 'p' AND c.connamespace = 'public'::regnamespace GROUP BY 1"
        ).fetchall()
        found: Contents = {}
        for table, key in keys:
            if table == "alembic_version":
                continue
            # Earlier wordings are told apart by where they stand: their ids mean nothing to anybody.
            columns = ["update_id", "position"] if table == "update_wording" else key
            rows = connection.execute(f"SELECT to_jsonb(t) FROM {table} t".encode()).fetchall()
            found[table] = {str([row[each] for each in columns]): row for (row,) in rows}
    return found


def lost(before: Contents, after: Contents) -> set[str]:
    """What is not as it was: "table.column", or "table.*" where rows are gone."""
    found = set()
    for table, rows in before.items():
        for key, row in rows.items():
            now = after[table].get(key)
            found |= {f"{table}.{name}" for name in row if row[name] != now[name]} if now else {f"{table}.{EVERYTHING}"}
        assert after[table].keys() <= rows.keys(), f"{table} has rows that nobody made"
    whole = {each.split(".")[0] for each in found if each.endswith(f".{EVERYTHING}")}
    return {each for each in found if each.split(".")[0] not in whole or each.endswith(f".{EVERYTHING}")}


def expected(revision: str) -> set[str]:
    """What is lost by going down to below this migration."""
    names = {each for step in REVISIONS[REVISIONS.index(revision) :] for each in LOST.get(step, ())}
    whole = {each.split(".")[0] for each in names if each.endswith(f".{EVERYTHING}")}
    return {each for each in names if each.split(".")[0] not in whole or each.endswith(f".{EVERYTHING}")}


def test_every_migration_is_among_them() -> None:
    assert list(LOST) == REVISIONS


def test_every_table_has_something_in_it(databases: Databases, rich: str) -> None:
    assert {table for table, rows in contents(databases, rich).items() if not rows} == set()


@pytest.mark.parametrize("revision", REVISIONS)
def test_what_was_there_is_there_again(databases: Databases, rich: str, revision: str) -> None:
    below = REVISIONS.index(revision)
    with databases.one(rich) as name:
        before = contents(databases, name)
        owner = databases.url(name, "plan_owner")
        command.downgrade(alembic_config(owner), REVISIONS[below - 1] if below else "base")
        migrate(owner)
        assert lost(before, contents(databases, name)) == expected(revision)


@pytest.mark.parametrize("revision", [revision for revision in REVISIONS if LOST.get(revision)])
def test_what_is_lost_is_said_where_it_is_lost(revision: str) -> None:
    script = SCRIPTS.get_revision(revision)
    said = script.module.downgrade.__doc__
    assert "Lost: " in said or "Nothing is lost but" in said, revision


def test_an_empty_database_goes_down_and_up(databases: Databases) -> None:
    with databases.one(EMPTY) as name:
        before = contents(databases, name)
        owner = databases.url(name, "plan_owner")
        command.downgrade(alembic_config(owner), "base")
        migrate(owner)
        assert contents(databases, name) == before
