"""The audit: what it is told by itself (refusals, exports, tokens), and what an administrator reads of it (API 8 to 10)."""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.http.limits import Counters
from api.web.accounts import audit as audit_web
from tests.client import PLAN, PREFIX, Api, Caller, body_of, problem
from tests.conftest import SECRET, Databases, Seeded, api_over, settings_for
from tests.integration.database.test_costs import statements
from tests.integration.database.test_scale import read_whole, whole_statements

REPO = Path(__file__).resolve().parents[3]
OF = {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}


def events(api: Api, kind: str) -> list[tuple[Any, ...]]:
    return api.sql("SELECT actor_name, detail FROM audit_event WHERE kind = %s ORDER BY id", kind)


def refuse(api: Api, who: str = "robert") -> None:
    """A viewer posts an update, which is 403."""
    assert problem(api.as_(who).post(f"{api.action('3.4')}/updates", {"text": "x"}))[0] == 403


# --- refusals ---------------------------------------------------------------------------------------------


def test_a_refusal_is_written_with_what_was_asked(api: Api) -> None:
    refuse(api)
    action = api.action("3.4").removeprefix("/actions/")
    detail = {"operation": "post_update", "code": "forbidden", "action": action}
    assert events(api, "refused") == [("Robert South", detail)]


def test_a_refusal_names_request_address_and_account(api: Api) -> None:
    answer = api.as_("robert").get("/audit?q=secret", headers={"X-Request-Id": "one-of-roberts"}, **OF)
    row = api.sql("SELECT request_id, address, account_id::text, detail::text FROM audit_event")[0]
    assert answer.status_code == 403
    assert row[:3] == ("one-of-roberts", "192.0.2.7", api.seeded.sessions["robert"]["account"])
    assert "secret" not in row[3]


@pytest.mark.parametrize(
    ("who", "method", "path"),
    [("robert", "GET", "/partner-tokens"), ("gordon", "POST", "{action}/sign-off"), ("gloria", "POST", "{action}/updates")],
    ids=["a role at the door", "the rule of an object", "somebody not named"],
)  # fmt: skip
def test_every_kind_of_refusal_is_written(api: Api, who: str, method: str, path: str) -> None:
    body = {"json": {"text": "x"} if "updates" in path else {}} if method == "POST" else {}
    answer = api.as_(who).open(method, path.format(action=api.action("3.4")), **body)
    assert (answer.status_code, len(events(api, "refused"))) == (403, 1)


def test_a_tokens_missing_scope_is_written_as_the_systems(api: Api) -> None:
    partner = api.partner("NELFT", "plan:read", name="Rio")
    partner.get(f"{PLAN}/actions.csv")
    actor, detail = events(api, "refused")[0]
    assert (actor, detail["code"], detail["plan"]) == ("NELFT via Rio", "insufficient-scope", "havering-2020-23")


@pytest.mark.parametrize("path", ["/partner-tokens/Jane%20Carroll", "/partner-tokens/<script>"])
def test_words_in_an_address_are_not_kept(api: Api, path: str) -> None:
    assert api.as_("robert").open("DELETE", path).status_code == 403
    assert set(events(api, "refused")[0][1]) == {"operation", "code"}


@pytest.mark.parametrize("request_", ["confirmation", "nobody", "csrf"])
def test_what_is_no_refusal_is_not_written(api: Api, request_: str) -> None:
    if request_ == "confirmation":
        api.clock.move(days=400)
        answer = api.as_("admin").get("/audit.csv")
    elif request_ == "nobody":
        answer = api.nobody.get("/audit")
    else:
        answer = api.nobody.post("/auth/sign-out", headers={"Cookie": f"__Host-access={api.token('lucy')}"})
    assert answer.json["code"] in {"confirmation-needed", "unauthenticated", "csrf"}
    assert events(api, "refused") == []


def test_a_refused_write_leaves_its_event_and_nothing_else(api: Api) -> None:
    length = api.journal_length()
    refuse(api, "gloria")
    assert (api.journal_length(), len(events(api, "refused"))) == (length, 1)


def test_the_same_refusal_is_written_once_a_minute(api: Api) -> None:
    for _ in range(5):
        refuse(api)
    assert len(events(api, "refused")) == 1


def test_the_next_minute_says_how_many_were_left_out(api: Api) -> None:
    for _ in range(5):
        refuse(api)
    api.clock.move(minutes=1)
    refuse(api)
    assert [detail.get("not_written") for _, detail in events(api, "refused")] == [None, 4]


def test_other_callers_operations_and_codes_are_counted_apart(api: Api) -> None:
    refuse(api)
    refuse(api, "gloria")
    api.as_("robert").get("/audit")
    assert len(events(api, "refused")) == 3


@pytest.fixture
def two_servers(databases: Databases, seeded: Seeded) -> Iterator[tuple[Api, Api]]:
    """Two workers of one server: an app each, one memory for counting, one database."""
    counters = Counters()
    with api_over(databases, seeded, counters=counters) as first:
        app = create_app(settings_for(first.url), clock=first.clock, counters=counters)
        yield first, first.beside(app)


def test_workers_count_a_runaway_script_together(two_servers: tuple[Api, Api]) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: refuse(two_servers[number % 2]), range(40)))
    # Two if two of them counted in the very same instant; never one for each request.
    assert 1 <= len(events(two_servers[0], "refused")) <= 2


def test_a_refusal_costs_one_statement_more(api: Api) -> None:
    refuse(api)
    with statements(api) as without:
        refuse(api)
    api.clock.move(minutes=2)
    with statements(api) as with_event:
        refuse(api)
    assert len(with_event) - len(without) == 1
    assert with_event[-1].startswith("INSERT INTO audit_event")


@pytest.mark.parametrize("path", ["/audit", f"{PLAN}/actions.csv"])
def test_an_event_that_cannot_be_written_loses_no_answer(api: Api, path: str) -> None:
    api.sql("REVOKE INSERT ON audit_event FROM plan_web")
    assert api.as_("robert").get(path).status_code == (403 if path == "/audit" else 200)


# --- exports ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "operation"),
    [
        ("status", "get_status"),
        ("actions.csv", "get_actions_csv"),
        ("actions.json", "get_actions_json"),
        ("updates.csv", "get_updates_csv"),
        ("updates.json", "get_updates_json"),
    ],
)
def test_an_export_is_written_with_its_plan(api: Api, path: str, operation: str) -> None:
    api.as_("robert").get(f"{PLAN}/{path}")
    assert events(api, "exported") == [("Robert South", {"operation": operation, "plan": "havering-2020-23"})]


def test_a_plan_asked_for_by_id_is_named_by_its_slug(api: Api) -> None:
    api.as_("robert").get(f"/plans/{api.seeded.plan}/status")
    assert events(api, "exported")[0][1]["plan"] == "havering-2020-23"


def test_each_export_of_a_person_is_written(api: Api) -> None:
    for _ in range(3):
        api.as_("robert").get(f"{PLAN}/actions.csv")
    assert len(events(api, "exported")) == 3


@pytest.mark.parametrize("how", ["not modified", "head", "no such plan", "a plain read"])
def test_what_takes_nothing_away_is_no_export(api: Api, how: str) -> None:
    robert, path = api.as_("robert"), f"{PLAN}/actions.csv"
    if how == "not modified":
        etag = robert.get(path).headers["ETag"]
        api.clock.move(seconds=1)
        assert robert.get(path, headers={"If-None-Match": etag}).status_code == 304
    elif how == "head":
        robert.open("HEAD", path)
    else:
        robert.get("/plans/nowhere/actions.csv" if how == "no such plan" else PLAN)
    assert len(events(api, "exported")) == (1 if how == "not modified" else 0)


def test_a_system_that_polls_is_written_once_an_hour(api: Api) -> None:
    partner = api.partner()
    for minutes in (0, 1, 58, 1):
        api.clock.move(minutes=minutes)
        partner.get(f"{PLAN}/status")
    partner.get(f"{PLAN}/actions.csv")
    assert [detail["operation"] for _, detail in events(api, "exported")] == [
        "get_status", "get_status", "get_actions_csv",
    ]  # fmt: skip


def test_a_plain_read_pays_nothing_for_the_audit(api: Api) -> None:
    api.as_("robert").get(PLAN)
    with statements(api) as sent:
        api.as_("robert").get(PLAN)
    assert len(sent) == 1


@pytest.mark.parametrize("path", ["", "/status", "/actions.csv"])
def test_a_systems_poll_costs_one_statement(api: Api, path: str) -> None:
    """Only the first of an hour has a line in the audit."""
    partner = api.partner()
    partner.get(PLAN + path)
    with statements(api) as sent:
        partner.get(PLAN + path)
    assert len(sent) == 1


# --- the use of a token -----------------------------------------------------------------------------------


def test_a_tokens_use_is_written_at_most_hourly(api: Api) -> None:
    partner = api.partner()
    for minutes in (0, 10, 20, 31):
        api.clock.move(minutes=minutes)
        partner.get(PLAN)
    assert events(api, "token-used") == [("LB Havering via Liquidlogic", {"new_address": True}), (
        "LB Havering via Liquidlogic", None)]  # fmt: skip


def test_a_new_address_is_written_at_once(api: Api) -> None:
    partner = api.partner()
    partner.get(PLAN)
    partner.get(PLAN, **OF)
    partner.get(PLAN, **OF)
    assert api.sql("SELECT address, detail FROM audit_event WHERE kind = 'token-used' ORDER BY id") == [
        ("127.0.0.1", {"new_address": True}), ("192.0.2.7", {"new_address": True}),
    ]  # fmt: skip


def test_a_use_is_written_though_the_request_is_undone(api: Api) -> None:
    partner = api.partner()
    answer = partner.post(
        f"{api.action('3.4')}/updates", {"text": "x"}, headers={"Idempotency-Key": "0123456789abcdef"}
    )
    assert (answer.status_code, len(events(api, "token-used"))) == (403, 1)


def test_an_unknown_token_is_nobodys(api: Api) -> None:
    assert Caller(api, {"Authorization": "Bearer pp_nothing"}).get(PLAN).status_code == 401
    assert api.one("SELECT count(*) FROM audit_event") == 0


# --- reading it -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """An audit of 100,000 events over a year, of ten accounts, and a few of one token."""
    with api_over(databases, seeded) as api:
        api.partner().get(f"{PLAN}/status")
        api.sql(
            "INSERT INTO audit_event (at, kind, request_id, address, account_id, actor_name, detail) "
            "SELECT timestamptz '2025-11-22 12:00Z' + n * interval '5 minutes', "
            "CASE WHEN n %% 1000 = 0 THEN 'mail-failed' WHEN n %% 3 = 0 THEN 'refused' ELSE 'signed-in' END, "
            "'request-' || n, '192.0.2.1', a.id, a.name, '{\"method\": \"password\"}' "
            "FROM generate_series(1, 100000) n "
            "JOIN (SELECT id, name, row_number() OVER (ORDER BY email) AS place, count(*) OVER () AS all FROM account) a "
            "ON a.place = n %% a.all + 1"
        )
        api.sql("ANALYZE audit_event")
        yield api


def asked(api: Api, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.as_("admin").read(f"/audit{query}")["data"]
    return found


def test_it_is_told_newest_first_in_sentences(written: Api) -> None:
    first, second = asked(written, "?limit=2&kind=signed-in")
    assert first["id"] > second["id"]
    assert second["says"] == f"{second['actor']} signed in with a password."


def test_pages_go_on_where_the_last_ended(written: Api) -> None:
    page = written.as_("admin").read("/audit?limit=3")
    rest = written.as_("admin").read(page["links"]["next"].removeprefix(PREFIX))
    ids = [each["id"] for both in (page, rest) for each in both["data"]]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == 6


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("kind=mail-failed", lambda each: each["kind"] == "mail-failed"),
        ("kind=mail-failed,exported", lambda each: each["kind"] in {"mail-failed", "exported"}),
        ("q=GOODfellow", lambda each: each["actor"] == "Lucy Goodfellow"),
        ("from=2026-03-01&to=2026-03-01", lambda each: each["at"].startswith("2026-03-01")),
        ("to=2025-11-23", lambda each: each["at"] < "2025-11-24"),
    ],
)  # fmt: skip
def test_a_filter_keeps_what_it_says(written: Api, query: str, holds: Any) -> None:
    found = asked(written, f"?limit=200&{query}")
    assert found
    assert all(map(holds, found))


@pytest.mark.parametrize(
    ("actor", "account", "detail", "says"),
    [
        (None, "lucy", "{}", "Somebody could not sign in as Lucy Goodfellow."),
        ("Business Manager", "admin", '{"account": "%s"}', "Business Manager could not sign in as Lucy Goodfellow."),
        ("Lucy Goodfellow", "lucy", '{"account": "%s"}', "Lucy Goodfellow could not sign in."),
        ("Lucy Goodfellow", "lucy", '{"account": "elsewhere"}', "Lucy Goodfellow could not sign in."),
    ],
    ids=["the account tried", "somebody else's", "one's own", "none of ours"],
)
def test_an_event_says_whose_account_it_is_about(
    api: Api, actor: str | None, account: str, detail: str, says: str
) -> None:
    of = {who: api.seeded.sessions[who]["account"] for who in ("lucy", "admin")}
    api.sql(
        "INSERT INTO audit_event (kind, request_id, account_id, actor_name, detail) VALUES ('sign-in-failed', 'r', %s, %s, %s)",
        of[account], actor, detail.replace("%s", of["lucy"]),
    )  # fmt: skip
    assert [each["says"] for each in asked(api)] == [says]


def test_a_failed_sign_in_is_found_by_the_name_of_the_account(api: Api) -> None:
    lucy = api.seeded.sessions["lucy"]["account"]
    api.sql("INSERT INTO audit_event (kind, request_id, account_id) VALUES ('sign-in-failed', 'r', %s)", lucy)
    assert len(asked(api, "?q=goodfellow")) == 1
    assert asked(api, "?q=carroll") == []


def test_an_accounts_events_and_a_tokens(written: Api) -> None:
    lucy = written.seeded.sessions["lucy"]["account"]
    assert {each["account"] for each in asked(written, f"?account={lucy}")} == {lucy}
    token = written.as_("admin").read("/partner-tokens")["data"][0]["id"]
    found = asked(written, f"?partner_token={token}")
    assert {(each["kind"], each["partner_token"]) for each in found} == {("exported", token), ("token-used", token)}


def test_a_day_begins_and_ends_in_london(written: Api) -> None:
    """1 July there is 23:00Z of 30 June to 23:00Z of 1 July."""
    found = asked(written, "?from=2026-07-01&to=2026-07-01&limit=200")
    rest = asked(written, "?from=2026-07-01&to=2026-07-01&limit=200&kind=refused,signed-in,mail-failed")
    times = [each["at"] for each in [*found, *rest]]
    assert (min(times)[:13] >= "2026-06-30T23", max(times)[:16]) == (True, "2026-07-01T22:55")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("kind=everything", "?kind"),
        ("from=yesterday", "?from"),
        ("account=lucy", "?account"),
        ("q=%20", "?q"),
        ("since=2026-01-01", "?since"),
        ("cursor=x", "?cursor"),
        ("cursor=WyJldmVudCIsLTFd", "?cursor"),
    ],
)
def test_a_wrong_filter_is_refused(still: Api, query: str, pointer: str) -> None:
    answer = still.as_("admin").get(f"/audit?{query}")
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (400, pointer)


def test_addresses_are_kept_out_of_caches(still: Api) -> None:
    for path in ("/audit", "/audit.csv"):
        assert still.as_("admin").get(path).headers["Cache-Control"] == "no-store"


QUERIES = [
    "",
    "?kind=exported",
    "?kind=mail-failed,exported",
    "?account={lucy}",
    "?partner_token={token}",
    "?from=2026-03-01&to=2026-03-01",
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_page_of_100_000_events_is_found_by_index(written: Api, query: str) -> None:
    token = written.one("SELECT id::text FROM partner_token")
    query = query.format(lucy=written.seeded.sessions["lucy"]["account"], token=token)
    with whole_statements(written) as sent:
        asked(written, query)
    assert "FROM audit_event" in sent[-1][0]
    assert "audit_event" not in read_whole(written, sent)


# --- as a file --------------------------------------------------------------------------------------------


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body_of(answer).decode("utf-8-sig"))))


def test_the_file_holds_what_the_list_does(written: Api) -> None:
    answer = written.as_("admin").get("/audit.csv?kind=mail-failed")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="audit-2026-11-22.csv"')
    shown = asked(written, "?kind=mail-failed&limit=200")
    assert [(row["id"], row["says"]) for row in rows_of(answer)] == [(str(each["id"]), each["says"]) for each in shown]


def test_a_file_that_is_cut_says_so(written: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_web, "MOST_IN_A_FILE", 10)
    rows = rows_of(written.as_("admin").get("/audit.csv"))
    assert len(rows) == 11
    assert rows[-1]["says"].startswith("Only the newest 10 events")


def test_a_name_that_a_spreadsheet_would_run_is_defused(api: Api) -> None:
    api.sql("INSERT INTO audit_event (kind, request_id, actor_name) VALUES ('signed-in', 'r', '=1+1')")
    row = rows_of(api.as_("admin").get("/audit.csv"))[0]
    assert (row["actor"], row["says"]) == ("'=1+1", "'=1+1 signed in.")


def test_taking_the_audit_is_in_the_audit(api: Api) -> None:
    api.as_("admin").get("/audit.csv")
    assert [each["says"] for each in asked(api)] == ["Business Manager took the audit as CSV."]


def test_the_file_is_a_sensitive_act(api: Api) -> None:
    api.clock.move(days=400)
    assert problem(api.as_("admin").get("/audit.csv")) == (403, "confirmation-needed")


# --- from the command line --------------------------------------------------------------------------------


def plan_audit(api: Api, *arguments: str) -> str:
    """`plan audit` over this test's database: what it prints."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}}
    environ = {**kept, "DATABASE_URL": api.url, "SECRET_KEY": SECRET}
    command = [sys.executable, "-m", "api.cli", "audit", *arguments]
    return subprocess.run(command, cwd=REPO, env=environ, capture_output=True, text=True, check=True).stdout


def test_the_command_prints_a_line_an_event(api: Api) -> None:
    refuse(api)
    api.as_("robert").get(f"{PLAN}/status")
    printed = plan_audit(api, "--from", "2026-11-22", "--to", "2026-11-22", "--kind", "exported")
    assert printed.split("  ")[0] == "2026-11-22 12:00:00Z"
    assert printed.endswith("Robert South took the status in numbers of havering-2020-23.\n")


def test_the_command_writes_a_file(api: Api, tmp_path: Path) -> None:
    refuse(api)
    assert plan_audit(api, "--csv", str(tmp_path / "audit.csv")) == ""
    assert "was refused" in (tmp_path / "audit.csv").read_text("utf-8-sig")
    assert "was refused" in plan_audit(api, "--csv", "-")
