"""Loading a plan: once, again, changed, refused, interrupted (API 11.4)."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api import local
from api.domain.errors import Conflict
from api.http.database.transaction import write
from api.schemas.plan.seeds import check_seed
from api.services.locks import SEED_LOCK
from api.services.plan.seeds import load_seed
from tests.client import Api, problem
from tests.conftest import EMPTY, SECRET, Databases, Seeded, api_over
from tests.factories import seed_document, small_action, small_seed

REPO = Path(__file__).resolve().parents[3]
TABLES = (
    "agency", "person", "named_group", "plan", "objective", "action", "place", "date_entry", "progress_update",
    "plan_revision", "directory_revision", "journal",
)  # fmt: skip
Json = dict[str, Any]


@pytest.fixture
def empty(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """The app over a database with tables and nothing in them."""
    with api_over(databases, seeded, EMPTY) as found:
        yield found


def load(api: Api, document: Json, *, dry_run: bool = False) -> Json:
    with api.app.app_context():
        return write(
            lambda session: load_seed(local.work_of(api.app, session, "test"), check_seed(document), dry_run=dry_run)
        )


def content(api: Api) -> dict[str, Any]:
    """A mark of every row of every table."""
    return {name: api.one(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {name} t") for name in TABLES}


def act(document: Json, number: str) -> Json:
    found: Json = next(a for o in document["objectives"] for a in o["actions"] if a["number"] == number)
    return found


def row(api: Api, number: str, columns: str) -> tuple[Any, ...]:
    objective, position = number.split(".")
    return api.sql(
        f"SELECT {columns} FROM action a JOIN objective o ON o.id = a.objective_id WHERE o.position = %s AND a.position = %s",
        int(objective), int(position),
    )[0]  # fmt: skip


# --- once, and again ----------------------------------------------------------------------------------

ROWS = {
    "plan": 1,
    "objective": 6,
    "action": 42,
    "place": 136,
    "date_entry": 42,
    "person": 41,
    "agency": 5,
    "progress_update": 0,
}


@pytest.mark.parametrize("table", ROWS)
def test_the_plan_has_its_rows(still: Api, table: str) -> None:
    assert still.one(f"SELECT count(*) FROM {table}") == ROWS[table]


def test_the_first_load_counts_what_it_made(empty: Api) -> None:
    report = load(empty, seed_document())
    assert (report["written"], report["changed"], report["kept"], report["not_in_file"]) == (True, [], [], [])
    made = report["created"]
    assert (made["plans"], made["objectives"], made["actions"], made["people"], made["named"]) == (1, 6, 42, 41, 136)


def test_the_first_load_is_one_revision(empty: Api) -> None:
    load(empty, seed_document())
    assert (empty.revision(), empty.one("SELECT count(DISTINCT revision) FROM journal WHERE plan_id IS NOT NULL")) == (
        1,
        1,
    )


def test_a_second_load_writes_nothing(empty: Api) -> None:
    load(empty, seed_document())
    before = content(empty)
    report = load(empty, seed_document())
    assert content(empty) == before
    assert (report["written"], report["created"], report["changed"], report["kept"]) == (False, {}, [], [])


def test_a_second_load_does_not_even_touch_a_row(empty: Api) -> None:
    load(empty, seed_document())
    before = empty.sql("SELECT xmin::text FROM action UNION SELECT xmin::text FROM plan_revision")
    load(empty, seed_document())
    assert empty.sql("SELECT xmin::text FROM action UNION SELECT xmin::text FROM plan_revision") == before


def test_a_glossary_that_came_later_is_taken_from_the_file_and_journalled(empty: Api) -> None:
    document = seed_document()
    glossary = document.pop("glossary")
    load(empty, document)
    report = load(empty, {**document, "glossary": glossary})
    assert report["changed"] == [{"what": "plan", "fields": ["glossary"]}]
    assert empty.one("SELECT glossary FROM plan") == glossary
    assert empty.one("SELECT before FROM journal WHERE verb = 'seeded'") == {"glossary": []}


def test_a_file_that_is_silent_about_the_glossary_leaves_it_alone(empty: Api) -> None:
    document = seed_document()
    load(empty, document)
    glossary = document.pop("glossary")
    assert load(empty, document)["written"] is False
    assert empty.one("SELECT glossary FROM plan") == glossary
    load(empty, {**document, "glossary": glossary[1:]})
    assert empty.one("SELECT glossary FROM plan") == glossary[1:]


def test_a_glossary_that_was_edited_is_kept(empty: Api) -> None:
    document = seed_document()
    load(empty, document)
    mine = [{"short": "LB", "long": "London Borough"}]
    empty.sql("UPDATE plan SET glossary = %s::jsonb", json.dumps(mine))
    report = load(empty, {**document, "glossary": document["glossary"][1:]})
    assert (report["kept"], empty.one("SELECT glossary FROM plan")) == (
        [{"what": "plan", "fields": ["glossary"]}],
        mine,
    )


def test_a_dry_run_says_what_would_be_and_writes_nothing(empty: Api) -> None:
    report = load(empty, seed_document(), dry_run=True)
    assert (report["written"], report["dry_run"], report["created"]["actions"]) == (False, True, 42)
    assert empty.one("SELECT count(*) FROM plan") == 0
    assert empty.journal_length() == 0


def test_a_dry_run_over_a_plan_writes_nothing(api: Api) -> None:
    before = content(api)
    document = seed_document()
    act(document, "3.4")["text"] = "Other words."
    report = load(api, document, dry_run=True)
    assert content(api) == before
    assert report["changed"] == [{"what": "action 3.4", "fields": ["text", "text_printed"]}]


# --- changed --------------------------------------------------------------------------------------------


def test_a_changed_file_is_applied_and_journalled(api: Api) -> None:
    document = seed_document()
    old = act(document, "3.4")["text"]
    act(document, "3.4")["text"] = "Other words."
    assert load(api, document)["written"]
    assert row(api, "3.4", "a.text, a.version") == ("Other words.", 2)
    before, after = api.sql("SELECT before, after FROM journal WHERE verb = 'seeded'")[0]
    assert (before["text"], after["text"]) == (old, "Other words.")


def test_a_changed_file_changes_the_etags_of_what_reads_differently(api: Api) -> None:
    robert, path = api.as_("robert"), api.action("3.4")
    etag = robert.get(path).headers["ETag"]
    document = seed_document()
    document["objectives"][2]["lead"] = {"person": "kate-dempsey", "printed": "Kate Dempsey"}
    load(api, document)
    answer = robert.get(path, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert answer.json["lead"]["name"] == "Kate Dempsey"


def test_a_changed_date_is_applied_where_nobody_moved_it(api: Api) -> None:
    document = seed_document()
    act(document, "2.5")["by_when"] = {"printed": "2023", "kind": "year", "from": "2023-01-01", "to": "2023-12-31"}
    load(api, document)
    assert row(api, "2.5", "a.by_when, a.by_when_printed, a.last_on::text") == ("2023", "2023", "2023-12-31")


def test_changed_places_are_applied_in_their_order(api: Api) -> None:
    document = seed_document()
    act(document, "5.4")["by_whom"] = {
        "printed": "Kate Dempsey and Helen Harding",
        "named": [{"person": "kate-dempsey"}, {"person": "helen-harding"}],
    }
    load(api, document)
    action = api.as_("robert").read(api.action("5.4"))
    assert [place["name"] for place in action["by_whom"]["named"]] == ["Kate Dempsey", "Helen Harding"]


def test_places_that_left_the_file_leave_the_action(api: Api) -> None:
    document = seed_document()
    act(document, "1.1")["by_whom"] = {"printed": "To be agreed", "named": []}
    load(api, document)
    assert api.as_("robert").read(api.action("1.1"))["by_whom"]["named"] == []


def test_a_new_action_is_added_and_the_old_are_left(api: Api) -> None:
    document = seed_document()
    document["objectives"][5]["actions"].append({**act(document, "6.6"), "number": "6.7", "text": "One more."})
    report = load(api, document)
    assert report["created"] == {"named": 3, "actions": 1}
    assert row(api, "6.7", "a.text") == ("One more.",)
    assert row(api, "6.6", "a.version") == (1,)


def test_an_action_that_left_the_file_stays_in_the_plan(api: Api) -> None:
    document = seed_document()
    document["objectives"][5]["actions"].pop()
    report = load(api, document)
    assert report["not_in_file"] == ["action 6.6"]
    assert row(api, "6.6", "a.version") == (1,)


def test_an_empty_agency_is_filled_in_and_a_set_one_kept(api: Api) -> None:
    document = seed_document()
    people = {person["key"]: person for person in document["people"]}
    people["lucy-goodfellow"]["agency"] = "nelft"
    people["jane-carroll"]["agency"] = "nelft"
    report = load(api, document)
    assert {"what": "person lucy-goodfellow", "fields": ["agency_id"]} in report["changed"]
    assert {"what": "person jane-carroll", "fields": ["agency_id"]} in report["kept"]


@pytest.mark.parametrize(
    ("kind", "name", "members"),
    [
        ("people", "Jane Carroll", {"name": "Jane Smith", "post": None, "agency": None, "email": "j@example.org"}),
        ("people", "Lucy Goodfellow", {"left_on": "2026-12-31", "aliases": ["Lucy G"]}),
        ("agencies", "NELFT", {"name": "NHS Foundation Trust", "short_name": "the Trust", "kind": "health"}),
        ("groups", "local parents", {"name": "parents"}),
    ],
)
def test_what_was_edited_in_the_directory_is_kept(api: Api, kind: str, name: str, members: Json) -> None:
    """A post or an agency that somebody emptied is not filled in again; nothing is written."""
    admin = api.as_("admin")
    path = next(f"/{kind}/{each['id']}" for each in admin.read(f"/{kind}?limit=200")["data"] if each["name"] == name)
    assert admin.patch(path, members, headers=admin.etag(path)).status_code == 200
    before = content(api)
    report = load(api, seed_document())
    assert (content(api), report["written"], report["changed"]) == (before, False, [])


def test_what_an_agency_became_is_kept(api: Api) -> None:
    admin = api.as_("admin")
    path = next(f"/agencies/{each['id']}" for each in admin.read("/agencies")["data"] if each["name"] == "NELFT")
    body = {"new": {"name": "NHS North East London"}, "on": "2026-12-01"}
    assert admin.post(f"{path}/succession", body).status_code == 200
    before = content(api)
    assert load(api, seed_document())["written"] is False
    assert content(api) == before


# --- what people did stays ------------------------------------------------------------------------------


def test_progress_is_never_touched(api: Api) -> None:
    update = api.as_("lucy").say("3.4", "Exactly this.", rating="A")
    before = api.sql("SELECT t::text FROM progress_update t")
    document = seed_document()
    for objective in document["objectives"]:
        for action in objective["actions"]:
            action["text"] += " Revised."
    load(api, document)
    assert api.sql("SELECT t::text FROM progress_update t") == before
    action = api.as_("robert").read(api.action("3.4"))
    assert (action["status"], action["updates_count"]) == ("in_progress", 1)
    assert action["latest_update"]["id"] == update["id"]


def test_a_status_set_in_the_app_is_kept(api: Api) -> None:
    api.as_("jane").set_status("3.4", "on_hold")
    document = seed_document()
    act(document, "3.4")["status"] = "delivered"
    assert load(api, document)["kept"] == [{"what": "action 3.4", "fields": ["status"]}]
    assert row(api, "3.4", "a.status") == ("on_hold",)


def test_a_date_moved_in_the_app_is_kept(api: Api) -> None:
    body = {"kind": "year", "printed": "2028", "reason": "Agreed."}
    assert api.as_("jane").post(f"{api.action('3.6')}/dates", body).status_code == 201
    document = seed_document()
    act(document, "3.6")["by_when"] = {"printed": "TBC", "kind": "to_be_confirmed", "from": None, "to": None}
    assert {"what": "action 3.6", "fields": ["date"]} in load(api, document)["kept"]
    assert row(api, "3.6", "a.by_when") == ("2028",)


def test_what_was_kept_is_not_asked_about_again(api: Api) -> None:
    api.as_("jane").set_status("3.4", "on_hold")
    document = seed_document()
    act(document, "3.4")["status"] = "delivered"
    load(api, document)
    before = api.journal_length()
    assert load(api, document)["kept"] == []
    assert api.journal_length() == before


def test_an_action_with_history_keeps_its_original_date_in_it(api: Api) -> None:
    """Entry 0 of the by-when history is the paper's; a file that changes the date changes the paper."""
    document = seed_document()
    act(document, "3.6")["by_when"] = {"printed": "2023", "kind": "year", "from": "2023-01-01", "to": "2023-12-31"}
    load(api, document)
    api.as_("jane").post(f"{api.action('3.6')}/dates", {"kind": "year", "printed": "2028", "reason": "Agreed."})
    moved = api.as_("robert").read(api.action("3.6"))["by_when"]["moved"]
    assert [each["printed"] for each in moved] == ["2023", "2028"]


# --- two at once, and killed ----------------------------------------------------------------------------


def test_of_two_at_once_the_second_is_told(api: Api) -> None:
    with api.connect() as other, other.transaction():
        other.execute("SELECT pg_advisory_xact_lock(%s)", (SEED_LOCK,))
        with pytest.raises(Conflict, match="Another seed is being loaded"):
            load(api, seed_document())
        assert problem(api.as_("admin").post("/seeds", seed_document())) == (409, "conflict")
    assert load(api, seed_document())["written"] is False


KILLED = """
import sys, time
from pathlib import Path
from api import local
from api.app import create_app
from api.config import Settings

def stop(done, everything):
    if done == 30:
        print("half", flush=True)
        time.sleep(60)

app = create_app(Settings(database_url=sys.argv[1], secret_key=sys.argv[2]))
local.seed_file(app, local.FIRST_PLAN, progress=stop)
"""


def test_a_killed_import_leaves_nothing(empty: Api) -> None:
    command = [sys.executable, "-c", KILLED, empty.url, SECRET]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPO) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half\n"
        os.kill(process.pid, signal.SIGKILL)
    assert [empty.one(f"SELECT count(*) FROM {table}") for table in ("person", "plan", "action", "journal")] == [0] * 4
    assert load(empty, seed_document())["created"]["actions"] == 42


# --- the command ----------------------------------------------------------------------------------------


def plan(api: Api, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATABASE_URL": api.url, "SECRET_KEY": SECRET}
    command = [sys.executable, "-m", "api.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=REPO, env=environment, timeout=60, check=False)


def written(folder: Path, document: Any) -> str:
    path = folder / "seed.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return str(path)


def test_command_seeds_and_reports(empty: Api, tmp_path: Path) -> None:
    done = plan(empty, "seed", written(tmp_path, small_seed()))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["created"]["actions"] == 3
    assert empty.one("SELECT count(*) FROM action") == 3


def test_command_dry_run_writes_nothing(empty: Api, tmp_path: Path) -> None:
    done = plan(empty, "seed", "--dry-run", written(tmp_path, small_seed()))
    assert json.loads(done.stdout)["created"]["actions"] == 3
    assert empty.one("SELECT count(*) FROM plan") == 0


def test_command_names_every_error_and_writes_nothing(empty: Api, tmp_path: Path) -> None:
    document = small_seed(update_every_days=0)
    document["objectives"][0]["actions"][1]["status"] = "done"
    done = plan(empty, "seed", written(tmp_path, document))
    assert (done.returncode, done.stdout) == (1, "")
    assert "The seed has 2 errors; nothing was written." in done.stderr
    assert "/update_every_days:" in done.stderr
    assert "/objectives/0/actions/1/status:" in done.stderr
    assert empty.one("SELECT count(*) FROM plan") == 0


@pytest.mark.parametrize("text", ["", "{", "[1, 2", "\x00"])
def test_command_says_when_a_file_is_not_json(empty: Api, tmp_path: Path, text: str) -> None:
    done = plan(empty, "seed", written(tmp_path, text))
    assert done.returncode == 1
    assert "cannot be read as JSON" in done.stderr
    assert "Traceback" not in done.stderr


def test_command_says_when_there_is_no_file(empty: Api, tmp_path: Path) -> None:
    done = plan(empty, "seed", str(tmp_path / "nowhere.json"))
    assert (done.returncode, "nowhere.json" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


def test_command_refuses_a_secret_that_can_be_guessed(empty: Api, tmp_path: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": empty.url, "SECRET_KEY": "secret"}
    command = [sys.executable, "-m", "api.cli", "seed", written(tmp_path, small_seed())]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPO, env=environment, check=False)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        1,
        "SECRET_KEY is too short: it needs at least 32 characters.",
    )


# --- over HTTP ------------------------------------------------------------------------------------------


def test_an_admin_seeds_over_http(api: Api) -> None:
    answer = api.as_("admin").post("/seeds", small_seed())
    assert (answer.json["written"], answer.json["created"]["actions"]) == (True, 3)
    who, request = api.sql(
        "SELECT DISTINCT actor_name, request_id FROM journal WHERE plan_id = (SELECT id FROM plan WHERE slug = 'small-plan')"
    )[0]
    assert (who, request) == ("Business Manager", answer.headers["X-Request-Id"])


def test_a_seeded_plan_can_be_read_at_once(api: Api) -> None:
    api.as_("admin").post("/seeds", small_seed())
    assert [action["number"] for action in api.as_("robert").read("/plans/small-plan")["objectives"][0]["actions"]] == [
        "1.1",
        "1.2",
        "1.3",
    ]


def test_ten_actions_of_an_objective_keep_their_order(api: Api) -> None:
    api.as_("admin").post("/seeds", small_seed(actions=12))
    actions = api.as_("robert").read("/plans/small-plan")["objectives"][0]["actions"]
    assert [action["number"] for action in actions] == [f"1.{position}" for position in range(1, 13)]


def test_a_wrong_seed_is_422_with_every_pointer(still: Api) -> None:
    document = small_seed()
    document["objectives"][0]["actions"] = [
        small_action("1.1"),
        small_action("1.1"),
        {**small_action("1.0"), "status": "x"},
    ]
    answer = still.as_("admin").post("/seeds", document)
    assert problem(answer) == (422, "validation-failed")
    assert "/objectives/0/actions/2/status" in {error["pointer"] for error in answer.json["errors"]}


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "a\u202eb"], ids=["NUL", "a lone surrogate", "an override"])
def test_a_seed_with_text_that_cannot_be_stored_is_422(still: Api, text: str) -> None:
    answer = still.as_("admin").open(
        "POST", "/seeds", data=json.dumps(small_seed(title=text)), content_type="application/json"
    )
    assert problem(answer) == (422, "validation-failed")
    assert [error["pointer"] for error in answer.json["errors"]] == ["/title"]


@pytest.mark.parametrize("body", ["[]", "null", "7", '"plan"', "{}", '{"\\ud800": 1}'])
def test_a_seed_that_is_none_is_422(still: Api, body: str) -> None:
    answer = still.as_("admin").open("POST", "/seeds", data=body, content_type="application/json")
    assert problem(answer) == (422, "validation-failed")


def test_dry_run_over_http_writes_nothing(api: Api) -> None:
    before = content(api)
    answer = api.as_("admin").post("/seeds?dry_run=true", small_seed())
    assert (answer.json["dry_run"], answer.json["written"]) == (True, False)
    assert content(api) == before


@pytest.mark.parametrize("query", ["dry_run=1", "dry_run=", "dry_run=true&dry_run=true", "dryrun=true"])
def test_dry_run_is_never_guessed(still: Api, query: str) -> None:
    assert problem(still.as_("admin").post(f"/seeds?{query}", small_seed())) == (400, "invalid-parameter")


def test_an_agency_can_hold_a_place(empty: Api) -> None:
    document = seed_document()
    act(document, "5.4")["by_whom"] = {"printed": "NELFT", "named": [{"agency": "nelft"}]}
    load(empty, document)
    agency = empty.one("SELECT agency_id FROM seed_key WHERE key = 'nelft'")
    assert row(empty, "5.4", "(SELECT agency_id FROM place WHERE action_id = a.id)") == (agency,)
