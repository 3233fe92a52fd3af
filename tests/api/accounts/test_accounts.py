"""Accounts in the administrator's hands: who is listed, who can be invited, what a change does, and that an administrator stays."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.client import PLAN, Api, problem
from tests.conftest import PASSWORD, email_of


def path_of(api: Api, who: str) -> str:
    return f"/accounts/{api.seeded.sessions[who]['account']}"


def patch(api: Api, who: str, body: dict[str, Any], by: str = "admin", **headers: str) -> TestResponse:
    return api.as_(by).patch(path_of(api, who), body, headers={"If-Match": "*", **headers})


def invite(api: Api, **body: Any) -> TestResponse:
    return api.as_("admin").post("/accounts", {"email": "new@example.org", **body})


# --- reading ----------------------------------------------------------------------------------------


def test_an_account_tells_who_it_is_for_and_how_it_stands(still: Api) -> None:
    lucy = still.as_("admin").read(path_of(still, "lucy"))
    assert (lucy["name"], lucy["email"], lucy["role"], lucy["state"]) == (
        "Lucy Goodfellow", email_of("lucy"), "contributor", "active",
    )  # fmt: skip
    assert lucy["person"]["id"] == still.person("Lucy Goodfellow")
    assert (lucy["second_factor"], lucy["invited_at"], lucy["invitation_expires_at"]) == (False, None, None)
    assert lucy["last_used_at"] is not None
    assert "password" not in str(lucy)


def test_the_list_is_in_order_of_name_and_walked_in_pages(still: Api) -> None:
    admin, found, path = still.as_("admin"), [], "/accounts?limit=4"
    while path:
        page = admin.read(path)
        found += [each["name"] for each in page["data"]]
        path = (page["links"]["next"] or "").removeprefix("/api/v1")
    assert found == sorted(found)
    assert len(found) == len(set(found)) == 9


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=goodfellow", ["Lucy Goodfellow"]),
        ("q=LUCY@EXAMPLE", ["Lucy Goodfellow"]),
        ("q=%25", []),
        ("q=_", []),
        ("state=disabled", ["Robert South"]),
        ("state=invited", ["Nina New"]),
        ("state=active&q=carroll", ["Jane Carroll"]),
        ("state=invited&q=carroll", []),
    ],
)
def test_the_list_is_searched(listed: Api, query: str, names: list[str]) -> None:
    assert [each["name"] for each in listed.as_("admin").read(f"/accounts?{query}")["data"]] == names


@pytest.fixture(scope="module")
def listed(still: Api) -> Api:
    """One account invited and one ended."""
    answer = invite(still, email="nina@example.org", role="viewer", name="Nina New")
    assert answer.status_code == 201, answer.text
    still.sql("UPDATE account SET disabled_at = now() WHERE email = %s", email_of("robert"))
    return still


def test_an_invited_account_says_until_when(listed: Api) -> None:
    (nina,) = listed.as_("admin").read("/accounts?state=invited")["data"]
    assert (nina["invited_at"], nina["invitation_expires_at"]) == ("2026-11-22T12:00:00Z", "2026-11-29T12:00:00Z")
    assert nina["last_used_at"] is None


def test_accounts_are_never_kept_by_a_cache(still: Api) -> None:
    for path in ("/accounts", path_of(still, "lucy")):
        assert still.as_("admin").get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("query", ["state=gone", "q=", "limit=0", "role=admin"])
def test_a_parameter_that_is_not_right_is_refused(still: Api, query: str) -> None:
    assert problem(still.as_("admin").get(f"/accounts?{query}")) == (400, "invalid-parameter")


# --- inviting ---------------------------------------------------------------------------------------


def test_a_person_of_the_plan_is_invited(api: Api) -> None:
    made = invite(api, role="contributor", person=api.person("Pippa Ward"))
    assert problem(made) == (409, "duplicate")
    assert made.json["detail"] == "Pippa Ward has an account already, with the address pippa@example.org."
    assert made.json["errors"] == [{"pointer": "/person", "code": "taken", "detail": made.json["detail"]}]
    somebody = api.one(
        "SELECT id::text FROM person WHERE id NOT IN (SELECT person_id FROM account WHERE person_id IS NOT NULL) LIMIT 1"
    )
    made = invite(api, role="contributor", person=somebody)
    assert made.json["account"]["person"]["id"] == somebody
    assert made.headers["Location"] == f"/api/v1/accounts/{made.json['account']['id']}"


def test_an_address_is_one_accounts_in_any_case(api: Api) -> None:
    made = invite(api, email=email_of("lucy").upper(), role="viewer", name="Another Lucy")
    assert problem(made) == (409, "duplicate")
    assert made.json["detail"] == "There is an account with the address lucy@example.org already: Lucy Goodfellow's."
    assert made.json["errors"] == [{"pointer": "/email", "code": "taken", "detail": made.json["detail"]}]


def test_somebody_new_is_put_into_the_directory(api: Api) -> None:
    agency = api.as_("admin").read("/agencies")["data"][0]
    made = invite(api, role="contributor", new_person={"name": "Nina New", "post": "Nurse", "agency": agency["id"]})
    person = made.json["account"]["person"]
    assert (person["name"], person["post"], person["agency"]["id"]) == ("Nina New", "Nurse", agency["id"])
    (listed,) = [each for each in api.as_("robert").read("/people?limit=200")["data"] if each["name"] == "Nina New"]
    assert listed["id"] == person["id"]
    assert [each["verb"] for each in entries(api)[:2]] == ["invited", "created"]


def entries(api: Api) -> list[dict[str, Any]]:
    """The journal of the directory, newest first."""
    found = api.sql(
        "SELECT verb, before, after FROM journal WHERE directory_revision IS NOT NULL ORDER BY id DESC LIMIT 5"
    )
    return [{"verb": verb, "before": before, "after": after} for verb, before, after in found]


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "nobody": ({"role": "viewer"}, "/person"),
    "two": ({"role": "viewer", "name": "A", "new_person": {"name": "B"}}, "/name"),
    "a lead officer who is nobody": ({"role": "lead_officer", "name": "A"}, "/person"),
    "a person who is not there": ({"role": "viewer", "person": "00000000-0000-4000-8000-000000000000"}, "/person"),
    "an agency that is not there": (
        {"role": "viewer", "new_person": {"name": "A", "agency": "00000000-0000-4000-8000-000000000000"}}, "/new_person/agency",
    ),
    "no role": ({"name": "A"}, "/role"),
    "a partner's role": ({"role": "partner", "name": "A"}, "/role"),
    "no address": ({"email": "a", "role": "viewer", "name": "A"}, "/email"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_an_invitation_that_is_not_right_says_where(still: Api, name: str) -> None:
    body, pointer = WRONG[name]
    answer = invite(still, **body)
    assert problem(answer) == (422, "validation-failed")
    assert [each["pointer"] for each in answer.json["errors"]] == [pointer]


@pytest.mark.parametrize(("column", "value"), [("left_on", "2026-11-01"), ("merged_into_id", "Jane Carroll")])
def test_a_leaver_and_a_name_that_was_joined_are_not_invited(api: Api, column: str, value: str) -> None:
    somebody = "SELECT id FROM person WHERE name = 'Trevor Cook'"
    value = api.person(value) if column == "merged_into_id" else value
    api.sql(f"UPDATE person SET {column} = %s WHERE id = ({somebody})", value)
    assert problem(invite(api, role="viewer", person=api.person("Trevor Cook"))) == (422, "validation-failed")


def test_twins_of_one_invitation_make_one_account(api: Api) -> None:
    body = {"email": "new@example.org", "role": "viewer", "name": "Nina New"}
    key = {"Idempotency-Key": "0123456789abcdef"}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: api.as_("admin").post("/accounts", body, headers=key), range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["account"]["id"] for answer in answers}) == 1
    assert len([answer for answer in answers if answer.json["link"]]) == 1


def test_two_invitations_of_one_address_at_once_make_one_account(api: Api) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda number: invite(api, role="viewer", name=f"Nina {number}"), range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


@pytest.mark.parametrize(("rule", "state"), [("invitation", "active"), ("reset", "invited"), ("reset", "disabled")])
def test_a_link_is_sent_only_where_it_can_be_used(api: Api, rule: str, state: str) -> None:
    change = {"active": "role = role", "invited": "password_hash = NULL", "disabled": "disabled_at = now()"}[state]
    api.sql(f"UPDATE account SET {change} WHERE email = %s", email_of("lucy"))
    assert problem(api.as_("admin").post(f"{path_of(api, 'lucy')}/{rule}")) == (409, "conflict")


@pytest.mark.parametrize(
    "path", ["/accounts", "{}/invitation", "{}/reset", "{}/factors/removal", "{}/sessions/end", "{}"]
)
def test_it_all_needs_a_password_shown_lately(still: Api, path: str) -> None:
    still.clock.move(minutes=11)
    method = "PATCH" if path == "{}" else "POST"
    body = {"email": "a@example.org", "role": "viewer", "name": "A"} if path == "/accounts" else {"role": "viewer"}
    sent = {"json": body} if path in {"{}", "/accounts"} else {}
    answer = still.as_("admin").open(method, path.format(path_of(still, "lucy")), headers={"If-Match": "*"}, **sent)
    still.clock.move(minutes=-11)
    assert problem(answer) == (403, "confirmation-needed")


# --- changing ---------------------------------------------------------------------------------------


def test_a_changed_role_ends_the_sessions_and_counts_at_once(api: Api) -> None:
    lucy, update = api.as_("lucy"), f"{api.action('3.4')}/updates"
    assert lucy.post(update, {"text": "x"}).status_code == 201
    assert patch(api, "lucy", {"role": "viewer"}).json["role"] == "viewer"
    assert problem(lucy.post(update, {"text": "x"})) == (401, "session-revoked")
    again = api.nobody.post("/auth/sign-in", {"email": email_of("lucy"), "password": PASSWORD}).json["access_token"]
    assert api.nobody.post(update, {"text": "x"}, headers={"Authorization": f"Bearer {again}"}).status_code == 403


def test_an_ended_account_is_out_at_once_and_can_be_opened_again(api: Api) -> None:
    lucy = api.as_("lucy")
    assert patch(api, "lucy", {"disabled": True}).json["state"] == "disabled"
    assert problem(lucy.get("/me")) == (401, "session-revoked")
    sign_in = {"email": email_of("lucy"), "password": PASSWORD}
    assert api.nobody.post("/auth/sign-in", sign_in).status_code == 401
    assert patch(api, "lucy", {"disabled": False}).json["state"] == "active"
    assert problem(lucy.get("/me")) == (401, "session-revoked")
    assert api.nobody.post("/auth/sign-in", sign_in).status_code == 200


def test_a_name_leaves_the_sessions_alone(api: Api) -> None:
    patch(api, "lucy", {"name": "Lucy G."})
    assert api.as_("lucy").read("/me")["account"]["name"] == "Lucy G."


def test_an_account_stands_for_another_person_or_nobody(api: Api) -> None:
    assert patch(api, "lucy", {"person": None}).json["person"] is None
    taken = patch(api, "lucy", {"person": api.person("Jane Carroll")})
    assert problem(taken) == (409, "duplicate")
    said = "Jane Carroll has an account already, with the address jane@example.org."
    assert taken.json["errors"] == [{"pointer": "/person", "code": "taken", "detail": said}]
    changed = patch(api, "lucy", {"person": api.person("Lucy Goodfellow")})
    assert changed.json["person"]["name"] == "Lucy Goodfellow"


def test_a_change_needs_what_was_seen_and_refuses_what_is_older(api: Api) -> None:
    seen = api.as_("admin").etag(path_of(api, "lucy"))
    assert problem(api.as_("admin").patch(path_of(api, "lucy"), {"role": "viewer"})) == (428, "precondition-required")
    assert patch(api, "lucy", {"name": "Lucy G."}, **seen).status_code == 200
    late = patch(api, "lucy", {"role": "viewer"}, **seen)
    assert problem(late) == (412, "stale-version")
    assert late.json["current"] == api.as_("admin").read(path_of(api, "lucy"))
    assert late.headers["ETag"] == api.as_("admin").etag(path_of(api, "lucy"))["If-Match"]
    assert problem(patch(api, "lucy", {"role": "viewer"}, **{"If-Match": '"of something else"'})) == (
        412,
        "stale-version",
    )


def test_a_change_to_what_it_is_already_is_none(api: Api) -> None:
    before = api.as_("admin").read(path_of(api, "lucy"))
    patch(api, "lucy", {"role": "contributor", "disabled": False, "name": "Lucy Goodfellow"})
    assert api.as_("admin").read(path_of(api, "lucy")) == before
    api.as_("lucy").read("/me")


@pytest.mark.parametrize("member", ["email", "password_hash", "state", "second_factor"])
def test_other_members_are_refused(still: Api, member: str) -> None:
    assert patch(still, "lucy", {member: "x"}).status_code == 422


def test_the_journal_tells_what_was_before(api: Api) -> None:
    patch(api, "lucy", {"role": "viewer", "disabled": True})
    found = {each["verb"]: each for each in entries(api)[:2]}
    assert found["role-changed"]["before"] == {"role": "contributor"}
    assert found["disabled"]["before"] == {"disabled_at": None}
    sentences = [each["sentence"] for each in api.as_("admin").read(f"{PLAN}/journal?limit=3")["data"]]
    assert "Business Manager ended the account of Lucy Goodfellow." in sentences
    assert "Business Manager changed the role of Lucy Goodfellow from contributor to viewer." in sentences


def test_a_lost_phone_takes_factors_and_sessions_with_it(api: Api) -> None:
    lucy = api.as_("lucy")
    api.sql(
        "UPDATE account SET totp_secret = 'x', totp_since = now(), factor_since = now() WHERE email = %s",
        email_of("lucy"),
    )
    assert api.as_("admin").read(path_of(api, "lucy"))["second_factor"] is True
    assert api.as_("admin").post(f"{path_of(api, 'lucy')}/factors/removal").json["second_factor"] is False
    assert problem(lucy.get("/me")) == (401, "session-revoked")
    assert problem(api.as_("admin").post(f"{path_of(api, 'lucy')}/factors/removal")) == (409, "conflict")


def test_sessions_are_ended_by_the_administrator(api: Api) -> None:
    lucy = api.as_("lucy")
    assert api.as_("admin").post(f"{path_of(api, 'lucy')}/sessions/end").json == {"ended": 1}
    assert problem(lucy.get("/me")) == (401, "session-revoked")
    assert api.as_("admin").post(f"{path_of(api, 'lucy')}/sessions/end").json == {"ended": 0}


# --- the last administrator -------------------------------------------------------------------------


@pytest.mark.parametrize("body", [{"role": "viewer"}, {"disabled": True}], ids=["demoted", "ended"])
def test_the_last_administrator_stays(api: Api, body: dict[str, Any]) -> None:
    assert patch(api, "second admin", body).status_code == 200
    assert problem(patch(api, "admin", body)) == (409, "last-admin")
    assert api.as_("admin").read("/me")["account"]["role"] == "admin"


def test_an_administrator_may_go_while_another_is_left(api: Api) -> None:
    assert patch(api, "admin", {"role": "viewer"}).status_code == 200
    assert problem(api.as_("admin").get("/me")) == (401, "session-revoked")
    assert api.as_("second admin").read("/me")["account"]["role"] == "admin"


def test_one_who_has_not_accepted_yet_is_no_other(api: Api) -> None:
    patch(api, "second admin", {"disabled": True})
    assert invite(api, role="admin", name="Nina New").status_code == 201
    assert problem(patch(api, "admin", {"role": "viewer"})) == (409, "last-admin")


@pytest.mark.parametrize("body", [{"role": "viewer"}, {"disabled": True}], ids=["demoted", "ended"])
@pytest.mark.parametrize("attempt", range(4))
def test_of_two_administrators_who_end_each_other_one_stays(api: Api, body: dict[str, Any], attempt: int) -> None:
    both = {"admin": "second admin", "second admin": "admin"}
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda by: patch(api, both[by], body, by), both))
    # The second one is told so, or was out before it could ask.
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses[0] == 200
    assert problem(answers[0] if answers[1].status_code == 200 else answers[1]) in {
        (409, "last-admin"),
        (401, "session-revoked"),
    }
    assert api.one("SELECT count(*) FROM account WHERE role = 'admin' AND disabled_at IS NULL") == 1


def test_of_two_administrators_whose_requests_meet_the_second_waits_and_is_asked_again(api: Api) -> None:
    """Held at what both need, so that both were let in as administrators; whoever comes second has ended meanwhile (ADR 25)."""
    both = {"admin": "second admin", "second admin": "admin"}
    with api.connect() as holder, holder.transaction(), ThreadPoolExecutor(2) as pool:
        holder.execute("SELECT 1 FROM account WHERE role = 'admin' FOR UPDATE")
        asked = [pool.submit(patch, api, other, {"role": "viewer"}, by) for by, other in both.items()]
        wait_for_two(api)
        holder.execute("COMMIT")
        answers = sorted((each.result() for each in asked), key=lambda answer: answer.status_code)
    assert answers[0].status_code == 200
    assert problem(answers[1]) == (401, "session-revoked")
    assert api.one("SELECT count(*) FROM account WHERE role = 'admin'") == 1


def wait_for_two(api: Api) -> None:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    for _ in range(500):
        if api.one(waiting) == 2:
            return
        api.sql("SELECT pg_sleep(0.01)")
    raise AssertionError("the two requests never waited for the row")
