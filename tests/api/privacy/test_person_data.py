"""What is held about a person: all of it, for them and the administrator; erased when they have left, and what is kept in time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from api import local
from api.app import create_app
from api.commands.person import _who
from api.environment import SettingsError
from api.extensions import db
from api.http.database.transaction import snapshot
from api.services.privacy.retention import Kept, keep_in_time
from tests.api.privacy.test_redaction import found_in
from tests.client import Api, problem
from tests.conftest import Databases, Seeded, api_over, email_of, settings_for

LUCY = "Lucy Goodfellow"
KEY = {"Idempotency-Key": "0123456789abcdef"}
ADDRESS = "192.0.2.77"


def live(api: Api) -> str:
    """Lucy's life with the plan: posts, a passkey, a link, an address that was changed, an event; her person's id."""
    lucy, person = api.as_("lucy"), api.person(LUCY)
    update = lucy.say("3.4", "We met.", rating="A")
    api.as_("gloria").say(_on(api, "gloria"), f"{LUCY} will call.")
    api.as_("jane").post(f"/updates/{update['id']}/acknowledgement", {"state": "acknowledged"})
    account = api.seeded.sessions["lucy"]["account"]
    api.sql(
        "UPDATE person SET email = 'lucy@council.example', aliases = '{Lu,l.good@old.example}' WHERE id = %s", person
    )
    api.sql("UPDATE session SET device = 'Lucy''s phone' WHERE account_id = %s", account)
    for table, values in {
        "passkey (account_id, name, credential_id, public_key, sign_count, transports)": "%s, 'Lucy''s key', 'x', 'y', 0, '{}'",
        "recovery_code (account_id, code_hash)": "%s, sha256('x')",
        "account_link (account_id, kind, secret_hash, expires_at, made_by_name, new_email)": "%s, 'email', sha256('secret-link'), '2026-11-21', 'x', 'new@lucy.example'",
        "audit_event (account_id, kind, request_id, address)": f"%s, 'signed-in', 'r', '{ADDRESS}'",
        "journal (object_id, directory_revision, request_id, actor_name, object_type, verb, before, after)": (
            "%s, (SELECT value FROM directory_revision), 'r', 'x', 'account', 'changed', '{\"email\": \"first@lucy.example\", \"role\": \"viewer\"}', '{\"role\": \"contributor\"}'"
        ),
    }.items():
        api.sql(f"INSERT INTO {table} VALUES ({values})", account)
    return person


def _on(api: Api, who: str) -> str:
    me = api.as_(who).read("/me")
    numbers = {action: number for number, action in api.seeded.actions.items()}
    return numbers[me["plans"][0]["on"][0]]


@pytest.fixture(scope="module")
def lived(databases: Databases, seeded: Seeded) -> Iterator[tuple[Api, str]]:
    with api_over(databases, seeded) as api:
        yield api, live(api)


def test_all_that_is_held_is_told(lived: tuple[Api, str]) -> None:
    api, person = lived
    answer = api.as_("admin").get(f"/people/{person}/data")
    held = answer.json
    assert answer.headers["Cache-Control"] == "no-store"
    assert (held["person"]["name"], held["person"]["email"]) == (LUCY, "lucy@council.example")
    assert "3.4" in {each["action"] for each in held["named_on"]}
    assert [each["text"] for each in held["updates"]] == ["We met."]
    (account,) = held["accounts"]
    assert (account["email"], account["has_password"], account["recovery_codes"]) == (email_of("lucy"), True, 1)
    assert account["passkeys"][0]["name"] == "Lucy's key"
    assert account["sessions"][0]["device"] == "Lucy's phone"
    assert [each["verb"] for each in held["journal_by"]] == ["posted", "status-changed"]
    assert {each["verb"] for each in held["journal_about"]} == {"created", "changed"}
    assert held["audit"][0]["address"] == ADDRESS
    places = {(each["what"], each["number"]) for each in held["mentions"]}
    assert {("people as printed", "3.4"), ("progress update", _on(api, "gloria"))} <= places


def test_the_keys_of_seed_files_are_told(lived: tuple[Api, str]) -> None:
    api, person = lived
    api.confirm_all()
    held = api.as_("admin").read(f"/people/{person}/data")
    assert held["seed_keys"] == [{"plan": "havering-2020-23", "key": "lucy-goodfellow"}]


def test_nothing_that_would_let_somebody_in_is_told(lived: tuple[Api, str]) -> None:
    api, person = lived
    text = api.as_("admin").get(f"/people/{person}/data").text
    columns = ("password_hash", "secret", "code_hash", "public_key", "credential_id", "refresh_id")
    assert [name for name in columns if name in text] == []
    assert api.one("SELECT password_hash FROM account WHERE email = %s", email_of("lucy"))[:12] not in text


def test_a_lead_officers_data_has_what_they_lead_and_answered(lived: tuple[Api, str]) -> None:
    held = lived[0].as_("admin").read(f"/people/{lived[0].person('Jane Carroll')}/data")
    assert 3 in {each["number"] for each in held["objectives_led"]}
    assert [each["acknowledgement"] for each in held["acknowledgements"]] == ["acknowledged"]


@pytest.mark.parametrize("who", ["lucy", "admin"])
def test_everybody_reads_their_own(lived: tuple[Api, str], who: str) -> None:
    held = lived[0].as_(who).read("/me/data")
    assert held["accounts"][0]["email"] == email_of(who)
    assert (held["person"] is None) == (who == "admin")


def test_as_a_page_it_is_escaped_and_keeps_the_policy(api: Api) -> None:
    person = live(api)
    api.as_("lucy").say("3.4", "<script>alert(1)</script> & more")
    answer = api.as_("admin").get(f"/people/{person}/data.html")
    assert answer.mimetype == "text/html"
    assert "<script" not in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in answer.text
    assert "style=" not in answer.text
    assert f"What is held about {LUCY}" in answer.text


def test_it_has_to_be_confirmed_anew(api: Api) -> None:
    api.clock.move(minutes=11)
    for path in (f"/people/{api.person(LUCY)}/data", f"/people/{api.person(LUCY)}/data.html"):
        assert problem(api.as_("admin").get(path)) == (403, "confirmation-needed")


def test_nobody_of_that_id_is_not_found(still: Api) -> None:
    assert still.as_("admin").get("/people/00000000-0000-0000-0000-000000000000/data").status_code == 404


def test_the_command_finds_by_name_and_asks_which_of_several(api: Api) -> None:
    api.sql("UPDATE person SET aliases = '{The Twin}' WHERE name IN (%s, 'Jane Carroll')", LUCY)
    with api.app.app_context(), snapshot() as session:
        assert str(_who(session, "lucy goodfellow")) == api.person(LUCY)
        with pytest.raises(SettingsError, match="Several people") as caught:
            _who(session, "The Twin")
        assert api.person("Jane Carroll") in str(caught.value)
        with pytest.raises(SettingsError, match="Nobody"):
            _who(session, "Nobody Here")


# --- erasure ---------------------------------------------------------------------------------------


def erase(api: Api, person: str) -> Any:
    return api.as_("admin").post(f"/people/{person}/erasure", {"reason": "Asked for by letter."}, headers=KEY)


def test_before_they_left_it_says_what_is_open(api: Api) -> None:
    answer = erase(api, api.person("Jane Carroll"))
    assert problem(answer) == (409, "conflict")
    assert "Jane Carroll has not left, is on " in answer.json["detail"]
    assert "leads 2 objectives" in answer.json["detail"] or "leads 1 objective" in answer.json["detail"]
    assert "can still sign in" in answer.json["detail"]


def test_a_day_of_leaving_to_come_is_not_left(api: Api) -> None:
    api.sql("UPDATE person SET left_on = '2026-12-01' WHERE name = %s", LUCY)
    assert "leaves on 1 December 2026" in erase(api, api.person(LUCY)).json["detail"]


def test_how_they_are_reached_is_in_no_table_and_their_name_and_words_stay(api: Api) -> None:
    person = live(api)
    api.sql("UPDATE person SET left_on = '2026-11-22' WHERE id = %s", person)
    journal = "SELECT id, md5(journal::text) FROM journal WHERE object_id NOT IN (%s, %s) ORDER BY id"
    ids = (person, api.seeded.sessions["lucy"]["account"])
    before = api.sql(journal, *ids)
    answer = erase(api, person)
    assert answer.status_code == 200, answer.text
    addresses = [
        "lucy@council.example",
        "l.good@old.example",
        email_of("lucy"),
        "first@lucy.example",
        "new@lucy.example",
    ]
    assert {each: found_in(api, each) for each in addresses} == {each: set() for each in addresses}
    assert found_in(api, "Lucy's phone") == found_in(api, "Lucy's key") == set()
    assert api.sql(journal, *ids) == before
    row = api.sql("SELECT name, email, aliases, contact_erased_at IS NOT NULL FROM person WHERE id = %s", person)
    assert row == [(LUCY, None, ["Lu"], True)]
    held = api.as_("admin").read(f"/people/{person}/data")
    assert held["updates"][0]["text"] == "We met."
    assert held["accounts"][0]["has_password"] is False
    assert api.as_("lucy").get("/me").json["code"] == "session-revoked"
    told = {each["what"]: each["count"] for each in answer.json["erased"]}
    assert (told["e-mail"], told["account"], told["passkeys"]) == (2, 1, 1)
    said = api.as_("admin").read("/plans/havering-2020-23/journal")["data"][0]["sentence"]
    assert said == f"Business Manager erased the contact details of {LUCY}: Asked for by letter."


def test_whoever_was_found_to_be_them_goes_with_them(api: Api) -> None:
    person = live(api)
    api.sql("UPDATE person SET left_on = '2026-11-22' WHERE id = %s", person)
    api.sql(
        "UPDATE person SET merged_into_id = %s, email = 'twin@council.example' WHERE id = %s",
        person,
        api.person("Paul Archer"),
    )
    assert erase(api, person).status_code == 200
    assert found_in(api, "twin@council.example") == set()


def test_a_repeat_erases_once(api: Api) -> None:
    person = live(api)
    api.sql("UPDATE person SET left_on = '2026-11-22' WHERE id = %s", person)
    first, length = erase(api, person), api.journal_length()
    again = erase(api, person)
    assert (again.json, again.headers["Idempotency-Replayed"]) == (first.json, "true")
    assert api.journal_length() == length


def test_the_last_administrator_cannot_be_ended_so(api: Api) -> None:
    person = api.person("Sarah Collier") if "Sarah Collier" in api.seeded.people else api.person("Paul Archer")
    api.sql("UPDATE person SET left_on = '2026-11-22' WHERE id = %s", person)
    api.sql("UPDATE account SET person_id = %s WHERE email = %s", person, email_of("admin"))
    api.sql("UPDATE account SET disabled_at = now() WHERE email = %s", email_of("second admin"))
    answer = erase(api, person)
    assert problem(answer) == (409, "last-admin")


# --- retention -------------------------------------------------------------------------------------


def sums(api: Api) -> dict[str, Any]:
    """A fingerprint of every table."""
    tables = [
        row[0] for row in api.sql("SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' ORDER BY 1")
    ]
    return {each: api.one(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {each} t") for each in tables}


def keep(api: Api, databases: Databases, kept: Kept, *, dry_run: bool) -> dict[str, int]:
    """As the command does it: as the owner role."""
    name = api.url.split("/")[3].split("?")[0]
    settings = replace(settings_for(api.url), database_url=databases.url(name, "plan_owner"))
    app = create_app(settings, clock=api.clock)
    with app.app_context():
        try:
            return keep_in_time(local.in_turn(app, "retention"), kept, dry_run=dry_run)
        finally:
            db.engine.dispose()


def test_a_dry_run_counts_what_a_run_then_does(api: Api, databases: Databases) -> None:
    person = live(api)
    account = api.seeded.sessions["lucy"]["account"]
    now = api.clock()
    api.sql("UPDATE person SET left_on = '2026-01-01' WHERE id = %s", person)
    api.sql("UPDATE session SET ended_at = %s WHERE account_id = %s", now - timedelta(days=91), account)
    for days in (399, 401, 500):
        api.sql(
            "INSERT INTO audit_event (at, kind, request_id) VALUES (%s, 'refused', 'x')", now - timedelta(days=days)
        )
    api.sql(
        "INSERT INTO challenge (purpose, value, expires_at) VALUES ('sign_in', 'x', %s)", now - timedelta(minutes=1)
    )
    expected = {
        "audit events": 2, "ended sessions": 1, "used or expired links": 1, "expired challenges": 1,
        "contact details of people who left": 1,
    }  # fmt: skip
    before = sums(api)
    assert keep(api, databases, Kept(contact=180), dry_run=True) == expected
    assert sums(api) == before
    assert keep(api, databases, Kept(contact=180), dry_run=False) == expected
    assert api.one("SELECT count(*) FROM audit_event WHERE kind = 'refused'") == 1
    assert api.one("SELECT email FROM person WHERE id = %s", person) is None
    assert keep(api, databases, Kept(contact=180), dry_run=True) == dict.fromkeys(expected, 0)


def test_the_last_administrator_does_not_keep_the_rest_from_going(api: Api, databases: Databases) -> None:
    person = api.person("Paul Archer")
    api.sql("UPDATE person SET left_on = '2000-01-01' WHERE id = %s", person)
    api.sql("UPDATE account SET person_id = %s WHERE email = %s", person, email_of("admin"))
    api.sql("UPDATE account SET disabled_at = now() WHERE email = %s", email_of("second admin"))
    api.sql("INSERT INTO audit_event (at, kind, request_id) VALUES ('2001-01-01', 'refused', 'x')")
    counts = keep(api, databases, Kept(contact=180), dry_run=False)
    assert (counts["audit events"], counts["contact details of people who left"]) == (1, 0)


def test_contact_details_are_left_alone_unless_a_time_is_set(api: Api, databases: Databases) -> None:
    person = live(api)
    api.sql("UPDATE person SET left_on = '2000-01-01' WHERE id = %s", person)
    assert keep(api, databases, Kept(), dry_run=False)["contact details of people who left"] == 0
    assert api.one("SELECT email FROM person WHERE id = %s", person) == "lucy@council.example"


# --- nothing of others ----------------------------------------------------------------------------------


def test_the_address_of_who_guessed_or_asked_for_a_letter_is_not_told(api: Api) -> None:
    """Both are events of the account, and both can be a stranger's."""
    stranger = {"environ_base": {"REMOTE_ADDR": "198.51.100.66"}}
    api.nobody.post("/auth/sign-in", {"email": email_of("lucy"), "password": "not the passphrase"}, **stranger)
    api.nobody.post("/auth/reset-request", {"email": email_of("lucy")}, **stranger)
    api.app.extensions["plan_background"].wait()
    assert api.one("SELECT count(*) FROM audit_event WHERE address = '198.51.100.66'") == 2
    held = api.as_("lucy").get("/me/data")
    assert "198.51.100.66" not in held.text
    assert {each["kind"] for each in held.json["audit"]} >= {"sign-in-failed"}


def test_an_administrator_s_data_has_nobody_else_s_e_mail(api: Api) -> None:
    admin = api.as_("admin")
    admin.post("/accounts", {"email": "vera@example.org", "role": "viewer", "name": "Vera Viewer"})
    held = admin.get("/me/data")
    assert "vera@example.org" not in held.text
    assert "Vera Viewer" in held.text
