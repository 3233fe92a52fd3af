"""What people and agencies leave behind is shown to the administrator, and ended where somebody set it so; and who has no second factor yet."""

import csv
import io
from typing import Any

import pytest

from api import local
from api.domain.plan.permissions import Role
from api.services.privacy.retention import Kept, keep_in_time
from tests.client import Api, Caller, problem
from tests.conftest import email_of
from tests.signing import requiring, set_up_totp

LUCY = "Lucy Goodfellow"


def leave(api: Api, name: str = LUCY, on: str = "2026-11-20") -> None:
    api.sql("UPDATE person SET left_on = %s WHERE name = %s", on, name)


def account_of(api: Api, who: str) -> str:
    return str(api.seeded.sessions[who]["account"])


def named(api: Api, query: str) -> list[str]:
    return [each["name"] for each in api.as_("admin").read(f"/accounts?{query}")["data"]]


def retain(api: Api, *, leavers: bool = False, dry_run: bool = False) -> dict[str, int]:
    with api.app.app_context():
        return keep_in_time(local.in_turn(api.app, "retention"), Kept(leavers=leavers), dry_run=dry_run)


# --- seen ------------------------------------------------------------------------------------------------------


def test_the_account_of_somebody_who_has_left_is_told(api: Api) -> None:
    leave(api)
    leave(api, "Gloria Okewale", "2027-01-31")
    assert named(api, "concern=left") == [LUCY]
    listed = api.as_("admin").read(f"/accounts/{account_of(api, 'lucy')}")
    assert listed["person"]["left_on"] == "2026-11-20"
    api.sql("UPDATE account SET disabled_at = now() WHERE id = %s", account_of(api, "lucy"))
    assert named(api, "concern=left") == []


def test_a_token_says_that_its_agency_or_whoever_made_it_is_gone(api: Api) -> None:
    api.partner("NELFT", name="Rio")
    (token,) = api.as_("admin").read("/partner-tokens")["data"]
    assert (token["agency_ended_on"], token["maker_ended"]) == (None, False)
    api.sql("UPDATE agency SET ended_on = '2026-11-20' WHERE short_name = 'NELFT'")
    api.sql("UPDATE account SET disabled_at = now() WHERE id = %s", account_of(api, "admin"))
    (token,) = api.as_("second admin").read("/partner-tokens")["data"]
    assert (token["agency_ended_on"], token["maker_ended"]) == ("2026-11-20", True)


# --- ended -----------------------------------------------------------------------------------------------------


@pytest.fixture
def left(api: Api) -> tuple[Api, Caller]:
    """Lucy has left; a token's agency has ended."""
    system = api.partner("NELFT", name="Rio")
    leave(api)
    api.sql("UPDATE agency SET ended_on = '2026-11-20' WHERE short_name = 'NELFT'")
    api.sql("GRANT DELETE ON audit_event, session, account_link TO plan_web")
    return api, system


def test_nothing_is_ended_unless_somebody_set_it(left: tuple[Api, Caller]) -> None:
    api, system = left
    assert not {"accounts of people who left", "tokens of what has ended"} & set(retain(api, leavers=True))
    assert (api.as_("lucy").get("/me").status_code, system.get("/plans").status_code) == (200, 200)


def test_a_dry_run_counts_and_ends_nothing(left: tuple[Api, Caller]) -> None:
    api, system = left
    counts = retain(api, dry_run=True)
    assert (counts["accounts of people who left"], counts["tokens of what has ended"]) == (1, 1)
    assert (api.as_("lucy").get("/me").status_code, system.get("/plans").status_code) == (200, 200)


def test_then_it_is_ended_and_the_journal_says_so(left: tuple[Api, Caller]) -> None:
    api, system = left
    counts = retain(api)
    assert (counts["accounts of people who left"], counts["tokens of what has ended"]) == (1, 1)
    assert (api.as_("lucy").get("/me").status_code, system.get("/plans").status_code) == (401, 401)
    assert api.as_("gloria").get("/me").status_code == 200
    told = api.sql("SELECT object_type, verb, actor_name FROM journal ORDER BY id DESC LIMIT 2")
    assert sorted(told) == [("account", "disabled", "command line"), ("partner_token", "revoked", "command line")]
    assert retain(api)["accounts of people who left"] == 0


def test_the_token_of_whoever_is_ended_by_it_ends_with_them(api: Api) -> None:
    system = api.partner("NELFT", name="Rio")
    api.sql("GRANT DELETE ON audit_event, session, account_link TO plan_web")
    api.sql("UPDATE account SET person_id = %s WHERE id = %s", api.person("Trevor Cook"), account_of(api, "admin"))
    leave(api, "Trevor Cook")
    assert retain(api)["tokens of what has ended"] == 1
    assert system.get("/plans").status_code == 401


def test_the_last_administrator_stays(api: Api) -> None:
    api.sql("GRANT DELETE ON audit_event, session, account_link TO plan_web")
    api.sql("UPDATE account SET disabled_at = now() WHERE id = %s", account_of(api, "second admin"))
    api.sql("UPDATE account SET person_id = %s WHERE id = %s", api.person("Trevor Cook"), account_of(api, "admin"))
    leave(api, "Trevor Cook")
    assert retain(api)["accounts of people who left"] == 0
    assert api.as_("admin").get("/me").status_code == 200


# --- who has no second factor yet --------------------------------------------------------------------------------


def rows_of(api: Api) -> list[dict[str, Any]]:
    answer = api.as_("admin").get("/accounts/second-factors.csv")
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_who_has_none_is_counted_by_agency_listed_and_taken_as_a_file(api: Api) -> None:
    set_up_totp(api)
    api.sql(
        "INSERT INTO session (account_id, refresh_id, method, expires_at) VALUES (%s, gen_random_uuid(), 'directory_second_factor', now())",
        account_of(api, "jane"),
    )
    api.as_("admin").post("/accounts", {"email": "vera@example.org", "role": "viewer", "name": "Vera"})
    counted = api.as_("admin").read("/accounts/second-factors")
    assert (counted["active"], counted["without"], counted["required"]) == (9, 7, [])
    sums = [sum(each[name] for each in counted["agencies"]) for name in ("active", "without")]
    assert sums == [9, 7]
    assert counted["agencies"][-1]["agency"] is None
    listed = named(api, "concern=no_factor")
    assert len(listed) == 7
    assert not {LUCY, "Jane Carroll", "Vera"} & set(listed)
    rows = rows_of(api)
    assert sorted(row["name"] for row in rows) == sorted(listed)
    assert [row["agency"] for row in rows] == sorted((row["agency"] for row in rows), key=lambda name: (not name, name))
    assert {row["needs_one"] for row in rows} == {"false"}


def test_a_directory_that_stopped_asking_no_longer_counts(api: Api) -> None:
    for method, minutes in (("directory_second_factor", 2), ("directory", 1)):
        api.sql(
            "INSERT INTO session (account_id, refresh_id, method, expires_at, created_at)"
            " VALUES (%s, gen_random_uuid(), %s, now(), now() - make_interval(mins => %s))",
            account_of(api, "jane"), method, minutes,
        )  # fmt: skip
    assert "Jane Carroll" in named(api, "concern=no_factor")


def test_the_file_is_a_sensitive_act_and_noted(api: Api) -> None:
    rows_of(api)
    assert (
        api.one("SELECT detail ->> 'operation' FROM audit_event WHERE kind = 'exported'")
        == "export_without_second_factor"
    )
    api.clock.move(minutes=11)
    assert problem(api.as_("admin").get("/accounts/second-factors.csv")) == (403, "confirmation-needed")


def test_the_roles_that_need_one_are_named(api: Api) -> None:
    strict = requiring(api, Role.CONTRIBUTOR)
    assert strict.as_("admin").read("/accounts/second-factors")["required"] == ["contributor"]
    assert {row["name"] for row in rows_of(strict) if row["needs_one"] == "true"} >= {LUCY, "Gloria Okewale"}
    assert email_of("lucy") in {row["email"] for row in rows_of(strict)}
