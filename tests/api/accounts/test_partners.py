"""Partner systems: their tokens, what they may do, and what they bring (API 7.3)."""

import re
from typing import Any

import pytest

from api.domain.accounts.partners import PartnerSecret, read_partner_token
from tests.client import PLAN, PREFIX, Api, Caller, problem

KEY = {"Idempotency-Key": "0123456789abcdef"}
# Trevor Cook of LB Havering is on 4.1; nobody of an agency that the plan states is on 3.4.
OWN, FOREIGN = "4.1", "3.4"


def secret_of(partner: Caller) -> str:
    return partner.headers["Authorization"].removeprefix("Bearer ")


def post(partner: Caller, number: str = OWN, **more: str) -> tuple[int, str | None]:
    answer = partner.post(f"{partner.api.action(number)}/updates", {"text": "From our system.", **more}, headers=KEY)
    return answer.status_code, answer.json.get("code")


def test_a_token_has_the_documented_form(api: Api) -> None:
    assert re.fullmatch(r"pp_[0-9a-f]{32}_[A-Za-z0-9_-]{43}_[0-9a-f]{8}", secret_of(api.partner()))


def test_the_database_holds_no_secret(api: Api) -> None:
    secret = secret_of(api.partner()).split("_", 2)[2].rsplit("_", 1)[0]
    held = api.one("SELECT string_agg(t::text, ' ') FROM partner_token t")
    journal = api.one("SELECT string_agg(j::text, ' ') FROM journal j")
    kept = api.one("SELECT coalesce(string_agg(convert_from(body, 'UTF8'), ' '), '') FROM idempotency_key")
    assert secret not in held + journal + kept


def test_a_repeated_making_makes_one_token_and_shows_it_once(api: Api) -> None:
    admin = api.as_("admin")
    agency = admin.read("/agencies")["data"][0]["id"]
    body = {"name": "Rio", "agency": agency, "scopes": ["plan:read"]}
    first, again = (admin.post("/partner-tokens", body, headers=KEY) for _ in range(2))
    assert first.json["token"].startswith("pp_")
    assert again.json == {**first.json, "token": None}
    assert again.headers["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("/plans", "plan:read"),
        (PLAN, "plan:read"),
        (f"{PLAN}/actions", "plan:read"),
        (f"{PLAN}/status", "plan:read"),
        (f"{PLAN}/actions.csv", "export:read"),
        (f"{PLAN}/actions.json", "export:read"),
        (f"{PLAN}/updates.csv", "export:read"),
        (f"{PLAN}/updates.json", "export:read"),
        (f"{PLAN}/removed", "plan:read"),
        ("/people", "plan:read"),
        ("/agencies", "plan:read"),
    ],
)
def test_a_read_needs_its_scope(api: Api, path: str, scope: str) -> None:
    others = [each for each in ("plan:read", "changes:read", "updates:write", "export:read") if each != scope]
    assert api.partner("NELFT", scope).get(path).status_code == 200
    refused = api.partner("NELFT", *others, name="Other").get(path)
    assert problem(refused) == (403, "insufficient-scope")
    assert scope in refused.json["detail"]


def test_a_partner_posts_on_its_own_agencys_action(api: Api) -> None:
    assert post(api.partner(), rating="A") == (201, None)


def test_what_a_partner_posts_is_shown_via_its_system(api: Api) -> None:
    post(api.partner(), rating="A")
    update = api.as_("robert").read(api.action(OWN))["updates"][0]
    assert (update["author"]["name"], update["author"]["agency"], update["via"]) == (
        "LB Havering", "LB Havering", "Liquidlogic",
    )  # fmt: skip
    assert update["acknowledgement"]["state"] == "waiting"
    assert api.one("SELECT actor_name FROM journal WHERE verb = 'posted'") == "LB Havering via Liquidlogic"


def test_a_partner_may_not_post_on_another_agencys_action(api: Api) -> None:
    assert post(api.partner(), FOREIGN) == (403, "forbidden")


def test_a_partner_may_not_post_without_the_scope(api: Api) -> None:
    assert post(api.partner("LB Havering", "plan:read")) == (403, "insufficient-scope")


def test_a_partner_may_not_post_for_somebody(api: Api) -> None:
    assert post(api.partner(), on_behalf_of=api.person("Trevor Cook")) == (403, "forbidden")


def test_a_partner_must_send_an_idempotency_key(api: Api) -> None:
    answer = api.partner().post(f"{api.action(OWN)}/updates", {"text": "x"})
    assert problem(answer) == (400, "idempotency-key-required")


def test_an_update_is_the_partners_own(api: Api) -> None:
    partner = api.partner()
    post(partner)
    path = f"{api.action(OWN)}/updates"
    assert partner.read(path)["data"][0]["mine"] is True
    assert api.partner(name="Another").read(path)["data"][0]["mine"] is False


def test_a_revoked_token_ends_with_its_next_request(api: Api) -> None:
    partner = api.partner()
    assert partner.get(PLAN).status_code == 200
    token = api.as_("admin").read("/partner-tokens")["data"][0]["id"]
    assert api.as_("admin").open("DELETE", f"/partner-tokens/{token}").json["revoked_at"] is not None
    assert problem(partner.get(PLAN)) == (401, "invalid-token")


def test_an_expired_token_ends(api: Api) -> None:
    partner = api.partner()
    api.clock.move(days=366)
    assert problem(partner.get(PLAN)) == (401, "invalid-token")


def test_its_last_use_is_noted_at_most_every_five_minutes(api: Api) -> None:
    partner = api.partner()
    used = []
    for minutes in (0, 2, 4):
        api.clock.move(minutes=minutes)
        partner.get(PLAN)
        used.append(api.one("SELECT last_used_at FROM partner_token"))
    assert used[0] == used[1] < used[2]


@pytest.mark.parametrize("spoilt", ["short", "checksum", "secret", "unknown"])
def test_a_token_that_is_not_one_is_401(api: Api, spoilt: str) -> None:
    shown = secret_of(api.partner())
    good = read_partner_token(shown)
    assert good is not None
    raw = {
        "short": shown[:-1],
        "checksum": shown[:-8] + "00000000",
        "secret": PartnerSecret(good.id, "A" * 43).write(),
        "unknown": PartnerSecret(type(good.id)(int=1), good.secret).write(),
    }[spoilt]
    assert problem(Caller(api, {"Authorization": f"Bearer {raw}"}).get(PLAN)) == (401, "invalid-token")


def test_a_token_in_a_cookie_is_nothing(api: Api) -> None:
    shown = secret_of(api.partner())
    answer = api.nobody.open("GET", PLAN, headers={"Cookie": f"__Host-access={shown}"})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["everything"]}, "/scopes/0"),
        ({"agency": "00000000-0000-0000-0000-000000000000"}, "/agency"),
        ({"name": "  "}, "/name"),
        ({"days": 366}, "/days"),
        ({"days": 0}, "/days"),
        ({"days": True}, "/days"),
        ({"days": "7"}, "/days"),
    ],
)
def test_a_wrong_token_is_refused_with_what_would_be_right(still: Api, change: dict[str, object], pointer: str) -> None:
    agency = still.as_("admin").read("/agencies")["data"][0]["id"]
    body = {"name": "Rio", "agency": agency, "scopes": ["plan:read"], **change}
    answer = still.as_("admin").post("/partner-tokens", body)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)


def test_the_list_pages_by_name(api: Api) -> None:
    for name in ("Rio", "Liquidlogic", "SystmOne"):
        api.partner(name=name)
    first = api.as_("admin").read("/partner-tokens?limit=2")
    rest = api.as_("admin").read(first["links"]["next"].removeprefix(PREFIX))
    assert [each["name"] for page in (first, rest) for each in page["data"]] == ["Liquidlogic", "Rio", "SystmOne"]


@pytest.mark.parametrize(("who", "status"), [("admin", 403), ("second admin", 200)])
def test_who_made_a_systems_token_does_not_sign_off_what_it_claimed(api: Api, who: str, status: int) -> None:
    """`api.partner` has the first administrator make it: through it they would be their own second pair of eyes."""
    system = api.partner("NELFT")
    number = next(each["number"] for each in system.read(f"{PLAN}/actions?limit=200")["data"] if may_post(system, each))
    path = api.action(number)
    body = {"text": "All of it is done.", "claim": "delivered", "impact": "Nobody waits any more."}
    assert system.post(f"{path}/updates", body, headers={"Idempotency-Key": "of-our-own-system"}).status_code == 201
    assert ("sign_off" in api.as_(who).read(path)["may"]) is (status == 200)
    answer = api.as_(who).post(f"{path}/sign-off", {})
    assert answer.status_code == status, answer.text
    if status == 403:
        assert "a system whose token you made" in answer.json["detail"]


def may_post(caller: Caller, action: Any) -> bool:
    return "post_update" in caller.read(f"/actions/{action['id']}")["may"]
