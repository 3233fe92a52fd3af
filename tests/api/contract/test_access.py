"""Who may do what: every method of every address under /api/v1, for every kind of caller (API 10), as one table.

The action is 3.4: Jane Carroll leads its objective, Lucy Goodfellow is named on it. A route without a row fails.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import jwt as pyjwt
import pytest

from api.config import Limits
from tests.authenticator import Authenticator
from tests.client import PREFIX, Api, Caller
from tests.conftest import PASSWORD, SECRET, Databases, Seeded, api_over, email_of
from tests.factories import seed_document

ACTION = "3.4"
CALLERS = {
    "admin": "admin",
    "lead of the objective": "jane",
    "lead of another objective": "gordon",
    "contributor on the action": "lucy",
    "contributor not on it": "gloria",
    "viewer": "robert",
    "partner's system": None,
    "nobody": None,
    "garbage token": None,
    "expired token": None,
}

#                     admin own other on  off viewer partner nobody garbage expired
READ = (200, 200, 200, 200, 200, 200, 200, 401, 401, 401)
# No token of a partner's reaches accounts and sessions.
PEOPLE_ONLY = (200, 200, 200, 200, 200, 200, 403, 401, 401, 401)
DONE_ONLY = (204, 204, 204, 204, 204, 204, 403, 401, 401, 401)
NONE_OF_MINE = (404, 404, 404, 404, 404, 404, 403, 401, 401, 401)
ADMINS_ONLY = (200, 403, 403, 403, 403, 403, 403, 401, 401, 401)
PUBLIC = (200, 200, 200, 200, 200, 200, 200, 200, 200, 200)
# The tests' database does not keep what it acknowledges, and readiness says so; test_faults has one that does.
NOT_READY = (503, 503, 503, 503, 503, 503, 503, 503, 503, 503)
# An access token is no refresh token, whoever holds it.
# A link that is none, whoever has it.
GONE = (410,) * 10
REFRESH_ONLY = (401, 401, 401, 401, 401, 401, 401, 401, 401, 401)

# No directory is configured here; test_directory_sign_in has one.
NO_DIRECTORY = (404, 404, 404, 404, 404, 404, 404, 404, 404, 404)

TABLE: dict[tuple[str, str], tuple[int, ...]] = {
    ("POST", "/auth/sign-in"): PUBLIC,
    ("POST", "/auth/refresh"): REFRESH_ONLY,
    ("POST", "/auth/sign-out"): DONE_ONLY,
    ("GET", "/auth/directory/start"): NO_DIRECTORY,
    ("GET", "/auth/directory/callback"): NO_DIRECTORY,
    ("GET", "/me"): PEOPLE_ONLY,
    ("GET", "/auth/methods"): PUBLIC,
    ("POST", "/auth/passkey/options"): PUBLIC,
    # With a challenge that nobody was given.
    ("POST", "/auth/passkey"): (401, 401, 401, 401, 401, 401, 401, 401, 401, 401),
    ("POST", "/auth/confirm/options"): PEOPLE_ONLY,
    ("POST", "/auth/confirm"): DONE_ONLY,
    ("GET", "/me/factors"): PEOPLE_ONLY,
    ("POST", "/me/factors/link"): (202, 202, 202, 202, 202, 202, 403, 401, 401, 401),
    ("POST", "/me/factors/mailbox"): (410, 410, 410, 410, 410, 410, 403, 401, 401, 401),
    ("POST", "/me/totp"): PEOPLE_ONLY,
    # One's own only, and these have none: no secret was offered, nothing is there to remove.
    ("POST", "/me/totp/confirmation"): (409, 409, 409, 409, 409, 409, 403, 401, 401, 401),
    ("DELETE", "/me/totp"): NONE_OF_MINE,
    ("POST", "/me/recovery-codes"): (409, 409, 409, 409, 409, 409, 403, 401, 401, 401),
    ("POST", "/me/passkeys/options"): PEOPLE_ONLY,
    ("POST", "/me/passkeys"): (422, 422, 422, 422, 422, 422, 403, 401, 401, 401),
    ("DELETE", "/me/passkeys/<passkey>"): NONE_OF_MINE,
    ("GET", "/me/sessions"): PEOPLE_ONLY,
    ("DELETE", "/me/sessions/<session>"): NONE_OF_MINE,
    ("POST", "/me/sessions/end-others"): PEOPLE_ONLY,
    ("POST", "/me/password"): DONE_ONLY,
    ("POST", "/auth/invitation"): GONE,
    ("POST", "/auth/invitation/acceptance"): GONE,
    ("POST", "/auth/reset-request"): (202,) * 10,
    ("POST", "/auth/reset"): GONE,
    ("POST", "/auth/email"): GONE,
    ("POST", "/auth/email/stop"): GONE,
    ("POST", "/me/email"): (202, 202, 202, 202, 202, 202, 403, 401, 401, 401),
    ("GET", "/accounts"): ADMINS_ONLY,
    ("GET", "/accounts/second-factors"): ADMINS_ONLY,
    ("GET", "/accounts/second-factors.csv"): ADMINS_ONLY,
    ("GET", "/accounts/<account>"): ADMINS_ONLY,
    ("PATCH", "/accounts/<account>"): ADMINS_ONLY,
    ("POST", "/accounts"): (201, 403, 403, 403, 403, 403, 403, 401, 401, 401),
    ("POST", "/accounts/<account>/invitation"): ADMINS_ONLY,
    ("POST", "/accounts/<account>/reset"): ADMINS_ONLY,
    ("POST", "/accounts/<account>/factors/removal"): ADMINS_ONLY,
    ("POST", "/accounts/<account>/factors/link"): ADMINS_ONLY,
    ("POST", "/accounts/<account>/sessions/end"): ADMINS_ONLY,
    ("GET", "/plans"): READ,
    ("GET", "/plans/<plan>"): READ,
    ("PATCH", "/plans/<plan>"): ADMINS_ONLY,
    ("POST", "/plans/<plan>/notes"): (201, 403, 403, 403, 403, 403, 403, 401, 401, 401),
    ("POST", "/plans/<plan>/settled-notes"): ADMINS_ONLY,
    ("GET", "/plans/<plan>/actions"): READ,
    ("GET", "/plans/<plan>/status"): READ,
    ("GET", "/plans/<plan>/trend"): READ,
    ("GET", "/plans/<plan>/activity"): READ,
    ("GET", "/plans/<plan>/actions.csv"): READ,
    ("GET", "/plans/<plan>/actions.json"): READ,
    ("GET", "/plans/<plan>/updates.csv"): READ,
    ("GET", "/plans/<plan>/updates.json"): READ,
    # A lead officer of another objective adds nothing here.
    ("POST", "/plans/<plan>/actions"): (201, 201, 403, 403, 403, 403, 403, 401, 401, 401),
    ("GET", "/plans/<plan>/removed"): READ,
    ("POST", "/plans/<plan>/objectives"): (201, 403, 403, 403, 403, 403, 403, 401, 401, 401),
    ("GET", "/objectives/<objective>"): READ,
    ("PATCH", "/objectives/<objective>"): ADMINS_ONLY,
    # There are actions in it.
    ("POST", "/objectives/<objective>/removal"): (409, 403, 403, 403, 403, 403, 403, 401, 401, 401),
    ("POST", "/actions/<action>/removal"): (200, 200, 403, 403, 403, 403, 403, 401, 401, 401),
    ("GET", "/actions/<action>"): READ,
    ("PATCH", "/actions/<action>"): (200, 200, 403, 403, 403, 403, 403, 401, 401, 401),
    ("POST", "/actions/<action>/dates"): (201, 201, 403, 403, 403, 403, 403, 401, 401, 401),
    ("POST", "/actions/<action>/sign-off"): (200, 200, 403, 403, 403, 403, 403, 401, 401, 401),
    ("POST", "/actions/<action>/notes"): (201, 201, 403, 403, 403, 403, 403, 401, 401, 401),
    ("POST", "/actions/<action>/settled-notes"): (200, 200, 403, 403, 403, 403, 403, 401, 401, 401),
    ("GET", "/actions/<action>/updates"): READ,
    ("POST", "/actions/<action>/updates"): (201, 201, 403, 201, 403, 403, 403, 401, 401, 401),
    ("GET", "/updates/<update>"): READ,
    # Lucy's words are hers alone.
    ("PATCH", "/updates/<update>"): (403, 403, 403, 200, 403, 403, 403, 401, 401, 401),
    ("GET", "/plans/<plan>/updates"): READ,
    ("POST", "/updates/<update>/withdrawal"): (200, 403, 403, 200, 403, 403, 403, 401, 401, 401),
    ("POST", "/updates/<update>/acknowledgement"): (200, 200, 403, 403, 403, 403, 403, 401, 401, 401),
    ("POST", "/updates/<update>/redaction"): ADMINS_ONLY,
    ("POST", "/actions/<action>/redaction"): ADMINS_ONLY,
    ("POST", "/plans/<plan>/redaction"): ADMINS_ONLY,
    ("POST", "/people/<person>/redaction"): ADMINS_ONLY,
    ("POST", "/agencies/<agency>/redaction"): ADMINS_ONLY,
    ("POST", "/groups/<group>/redaction"): ADMINS_ONLY,
    ("POST", "/accounts/<account>/redaction"): ADMINS_ONLY,
    ("POST", "/partner-tokens/<partner_token>/redaction"): ADMINS_ONLY,
    ("GET", "/actions/<action>/history"): READ,
    ("GET", "/plans/<plan>/journal"): READ,
    ("POST", "/journal/<entry>/undo"): (200, 200, 403, 403, 403, 403, 403, 401, 401, 401),
    ("GET", "/plans/<plan>/changes"): READ,
    ("GET", "/people"): READ,
    ("GET", "/people/<person>/data"): ADMINS_ONLY,
    ("GET", "/people/<person>/data.html"): ADMINS_ONLY,
    ("POST", "/people/<person>/erasure"): (409, 403, 403, 403, 403, 403, 403, 401, 401, 401),
    ("GET", "/me/data"): PEOPLE_ONLY,
    ("GET", "/agencies"): READ,
    ("GET", "/people/<person>"): READ,
    ("POST", "/people"): (201, 403, 403, 403, 403, 403, 403, 401, 401, 401),
    ("PATCH", "/people/<person>"): ADMINS_ONLY,
    ("GET", "/agencies/<agency>"): READ,
    ("POST", "/agencies"): (201, 403, 403, 403, 403, 403, 403, 401, 401, 401),
    ("PATCH", "/agencies/<agency>"): ADMINS_ONLY,
    ("POST", "/agencies/<agency>/succession"): ADMINS_ONLY,
    ("GET", "/groups"): READ,
    ("GET", "/groups/<group>"): READ,
    ("POST", "/groups"): (201, 403, 403, 403, 403, 403, 403, 401, 401, 401),
    ("PATCH", "/groups/<group>"): ADMINS_ONLY,
    ("POST", "/seeds"): (200, 403, 403, 403, 403, 403, 403, 401, 401, 401),
    ("GET", "/partner-tokens"): ADMINS_ONLY,
    ("POST", "/partner-tokens"): (201, 403, 403, 403, 403, 403, 403, 401, 401, 401),
    ("DELETE", "/partner-tokens/<partner_token>"): ADMINS_ONLY,
    ("GET", "/audit"): ADMINS_ONLY,
    ("GET", "/audit.csv"): ADMINS_ONLY,
    ("GET", "/duplicates"): ADMINS_ONLY,
    ("POST", "/duplicates/apart"): ADMINS_ONLY,
    ("DELETE", "/duplicates/apart"): (204, 403, 403, 403, 403, 403, 403, 401, 401, 401),
    ("POST", "/people/<person>/merge"): ADMINS_ONLY,
    ("GET", "/merges"): ADMINS_ONLY,
    ("POST", "/merges/<merge>/undo"): ADMINS_ONLY,
    ("GET", "/people/<person>/handover"): ADMINS_ONLY,
    ("POST", "/people/<person>/handover"): ADMINS_ONLY,
    ("GET", "/health/live"): PUBLIC,
    ("GET", "/health/ready"): NOT_READY,
    ("GET", "/openapi.json"): PUBLIC,
    ("GET", "/docs"): PUBLIC,
}

# Writes that no other row of the table can tell from none.
UNSEEN = {
    "/auth/sign-in", "/auth/passkey/options", "/auth/confirm/options", "/auth/confirm", "/me/passkeys/options",
    "/me/sessions/end-others", "/auth/reset-request", "/seeds",
}  # fmt: skip
NOBODYS = UUID(int=0)

ROWS = [
    pytest.param(method, rule, kind, status, id=f"{method} {rule} as {kind}")
    for (method, rule), statuses in TABLE.items()
    for kind, status in zip(CALLERS, statuses, strict=True)
]


INVITATION = {"email": "new.viewer@example.org", "role": "viewer", "name": "New Viewer"}
LINK = {"token": "x" * 43}


@dataclass
class Prepared:
    """An app in which action 3.4 was reworded and has one update of Lucy's that claims it delivered."""

    api: Api
    update: str
    agency: str
    token: str
    partner: Caller
    if_match: dict[str, str]
    entry: str
    group: str
    # Accounts by what can be done with them: invited, with a second factor, any.
    accounts: dict[str, str]
    merge: str


def prepare(api: Api) -> Prepared:
    admin = api.as_("admin")
    admin.patch(api.action(ACTION), {"text": "Other words."}, headers=admin.etag(api.action(ACTION)))
    entry = admin.read(f"{api.action(ACTION)}/history")["data"][0]["id"]
    admin.post(f"{api.action(ACTION)}/notes", {"text": "Who pays?"})
    update = api.as_("lucy").say(ACTION, "Done.", claim="delivered", impact="One set of figures.")
    partner = api.partner()
    token = admin.read("/partner-tokens")["data"][0]
    match = admin.etag(api.action(ACTION))
    group = admin.read("/groups")["data"][0]["id"]
    invited = admin.post("/accounts", INVITATION).json["account"]["id"]
    accounts = {"invitation": invited, "": api.seeded.sessions["stranger"]["account"]}
    accounts["factors/removal"] = api.seeded.sessions["second admin"]["account"]
    api.sql("UPDATE account SET factor_since = now() WHERE id = %s", accounts["factors/removal"])
    merge = admin.post(f"/people/{api.person('Louise Dibsdale')}/merge", {"into": api.person("Louise Dibsdall")})
    admin.post("/duplicates/apart", pair_of(api))
    agency = token["agency"]["id"]
    found = (update["id"], agency, token["id"], partner, match, str(entry), group, accounts, merge.json["id"])
    return Prepared(api, *found)


def pair_of(api: Api) -> dict[str, str]:
    """Two who are two people, though their names are alike."""
    return {"first": api.person("Jane Carroll"), "second": api.person("John Carroll")}


@pytest.fixture(scope="module")
def standing(databases: Databases, seeded: Seeded) -> Iterator[Prepared]:
    # Everybody asks from one address, and links that do not work are counted by it.
    with api_over(databases, seeded, settings={"limits": Limits(caller=0, address=0, guesses=1000)}) as api:
        yield prepare(api)


def caller_of(prepared: Prepared, kind: str) -> Caller:
    api, who = prepared.api, CALLERS[kind]
    if kind == "partner's system":
        return prepared.partner
    if who is not None:
        return api.as_(who)
    if kind == "nobody":
        return api.nobody
    token = "not.a.token" if kind == "garbage token" else expired(api.token("admin"))
    return Caller(api, {"Authorization": f"Bearer {token}"})


def expired(token: str) -> str:
    """The same token, ours in everything, an hour past its time."""
    claims = pyjwt.decode(token, options={"verify_signature": False})
    return pyjwt.encode(
        {**claims, "exp": claims["exp"] - 3600}, SECRET, "HS256", headers=pyjwt.get_unverified_header(token)
    )


def body_for(prepared: Prepared, method: str, rule: str) -> Any:
    bodies: dict[tuple[str, str], Any] = {
        ("POST", "/auth/sign-in"): {"email": email_of("robert"), "password": PASSWORD},
        ("POST", "/auth/passkey"): {
            "challenge": str(NOBODYS),
            "credential": Authenticator().sign({"challenge": "AAAA"}),
        },
        ("POST", "/auth/confirm"): {"password": PASSWORD},
        ("POST", "/me/totp/confirmation"): {"code": "123456"},
        ("POST", "/me/passkeys"): {
            "challenge": str(NOBODYS),
            "name": "My phone",
            "credential": Authenticator().make({"challenge": "AAAA", "user": {"id": "AAAA"}}),
        },
        ("POST", "/me/password"): {"current": PASSWORD, "new": "seven herons knitting sandwiches"},
        ("POST", "/auth/invitation"): LINK,
        ("POST", "/auth/invitation/acceptance"): {**LINK, "password": PASSWORD},
        ("POST", "/auth/reset-request"): {"email": f"{uuid4()}@example.org"},
        ("POST", "/auth/reset"): {**LINK, "password": PASSWORD},
        ("POST", "/auth/email"): LINK,
        ("POST", "/auth/email/stop"): LINK,
        ("POST", "/me/factors/mailbox"): LINK,
        ("POST", "/me/email"): {"email": "another@example.org"},
        ("PATCH", "/accounts/<account>"): {"name": "Somebody New"},
        ("POST", "/accounts"): {**INVITATION, "email": "newer.viewer@example.org"},
        ("PATCH", "/actions/<action>"): {"status": "in_progress", "reason": "Not quite yet."},
        ("POST", "/actions/<action>/dates"): {"kind": "season", "printed": "Spring 2027", "reason": "Agreed."},
        ("POST", "/actions/<action>/sign-off"): {},
        ("PATCH", "/plans/<plan>"): {"next_review_on": "2027-01-12"},
        ("POST", "/plans/<plan>/notes"): {"text": "Who chairs the board?"},
        ("POST", "/plans/<plan>/settled-notes"): {**first_note(prepared.api), "answer": "The board agreed."},
        ("POST", "/actions/<action>/notes"): {"text": "Which teams are meant?", "for": "lead"},
        ("POST", "/actions/<action>/settled-notes"): {
            "code": "question",
            "text": "Who pays?",
            "answer": "The council.",
        },
        ("POST", "/actions/<action>/updates"): {"text": "We met."},
        ("POST", "/plans/<plan>/actions"): {"objective": objective_of(prepared.api), "text": "One more."},
        ("POST", "/actions/<action>/removal"): {"reason": "It is part of another plan."},
        ("POST", "/plans/<plan>/objectives"): {"text": "One more."},
        ("PATCH", "/objectives/<objective>"): {"short_title": "Listening"},
        ("POST", "/objectives/<objective>/removal"): {"reason": "It is part of another plan."},
        ("POST", "/updates/<update>/acknowledgement"): {"state": "acknowledged"},
        ("POST", "/journal/<entry>/undo"): {},
        ("PATCH", "/updates/<update>"): {"text": "Done, by all of us."},
        ("POST", "/updates/<update>/withdrawal"): {"reason": "On the wrong action."},
        ("POST", "/updates/<update>/redaction"): {"reason": "It named a family."},
        ("POST", "/actions/<action>/redaction"): {"reason": "It named a family.", "words": "figures"},
        ("POST", "/plans/<plan>/redaction"): {"reason": "It named a family.", "words": "Havering"},
        **{
            ("POST", f"/{thing}/redaction"): {"reason": "It named a family.", "words": words, "preview": True}
            for thing, words in {
                "people/<person>": "Trevor",
                "agencies/<agency>": "Havering",
                "groups/<group>": "parents",
                "accounts/<account>": "Somebody",
                "partner-tokens/<partner_token>": "Liquidlogic",
            }.items()
        },
        ("POST", "/people/<person>/erasure"): {"reason": "Asked for by letter."},
        ("POST", "/partner-tokens"): {"name": "Rio", "agency": prepared.agency, "scopes": ["plan:read"]},
        ("POST", "/seeds"): seed_document(),
        ("POST", "/people"): {"name": "Nina Newman"},
        ("PATCH", "/people/<person>"): {"post": "Nurse"},
        ("POST", "/agencies"): {"name": "Young Minds"},
        ("PATCH", "/agencies/<agency>"): {"kind": "council"},
        ("POST", "/agencies/<agency>/succession"): {"new": {"name": "Young Minds"}, "on": "2026-12-01"},
        ("POST", "/groups"): {"name": "young carers"},
        ("PATCH", "/groups/<group>"): {"name": "Young carers"},
        ("POST", "/duplicates/apart"): pair_of(prepared.api),
        ("POST", "/people/<person>/merge"): {"into": prepared.api.person("Trevor Cook")},
        ("POST", "/people/<person>/handover"): {"items": everything_of(prepared.api), "left_on": "2026-11-20"},
    }
    return bodies.get((method, rule))


def path_for(prepared: Prepared, method: str, rule: str) -> str:
    """The address of this route that is about what is there."""
    api = prepared.api
    path = rule.replace("/actions/<action>", api.action(ACTION)).replace("<update>", prepared.update)
    path = path.replace("<partner_token>", prepared.token).replace("<entry>", prepared.entry)
    path = path.replace("<plan>", "havering-2020-23").replace("<agency>", prepared.agency)
    path = path.replace("<person>", api.person("Helen Harding")).replace("<group>", prepared.group)
    path = path.replace("<objective>", objective_of(api)) if "<objective>" in path else path
    path = path.replace("<passkey>", str(NOBODYS)).replace("<session>", str(NOBODYS)).replace("<merge>", prepared.merge)
    account = prepared.accounts.get(rule.removeprefix("/accounts/<account>/"), prepared.accounts[""])
    path = path.replace("<account>", account)
    if (method, rule) == ("DELETE", "/duplicates/apart"):
        path += "?" + urlencode(pair_of(api))
    return path


def first_note(api: Api) -> dict[str, str]:
    """A question of the seed about the plan as a whole."""
    note = api.as_("admin").read("/plans/havering-2020-23")["notes"][0]
    return {"code": note["code"], "text": note["text"]}


def objective_of(api: Api) -> str:
    """The objective that Jane Carroll leads, also when the action was removed from it."""
    objectives = api.as_("admin").read("/plans/havering-2020-23")["objectives"]
    found: str = next(each["id"] for each in objectives if str(each["number"]) == ACTION.split(".", maxsplit=1)[0])
    return found


def everything_of(api: Api, name: str = "Helen Harding") -> list[dict[str, Any]]:
    """What is open in somebody's name, left without one."""
    found = api.as_("admin").read(f"/people/{api.person(name)}/handover")["items"]
    return [{each["kind"]: each["id"], "to": None} for each in found]


@pytest.mark.parametrize(("method", "rule", "kind", "status"), ROWS)
def test_access(request: pytest.FixtureRequest, method: str, rule: str, kind: str, status: int) -> None:
    changes = method != "GET" and status < 400 and rule not in UNSEEN
    # Only a request that is meant to change something needs a database of its own.
    prepared: Prepared = prepare(request.getfixturevalue("api")) if changes else request.getfixturevalue("standing")
    path = path_for(prepared, method, rule)
    others = prepared.if_match if "action" in rule else {"If-Match": "*"}
    others = prepared.api.as_("admin").etag(path) if rule == "/updates/<update>" else others
    headers = others if method == "PATCH" else {"Idempotency-Key": "0123456789abcdef"}
    headers |= others if rule.endswith("/removal") and "factors" not in rule else {}
    body = body_for(prepared, method, rule)
    answer = caller_of(prepared, kind).open(
        method, path, headers=headers, **({"json": body} if body is not None else {})
    )
    assert answer.status_code == status, answer.text


def test_every_route_has_its_row(still: Api) -> None:
    routes = {
        (method, re.sub(r"<.*:(\w+)>", r"<\1>", rule.rule).removeprefix(PREFIX))
        for rule in still.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(PREFIX)
    }
    assert routes == set(TABLE)


@pytest.mark.parametrize(
    ("kind", "code"),
    [("nobody", "unauthenticated"), ("garbage token", "invalid-token"), ("expired token", "token-expired")],
)
def test_a_401_says_what_to_do_about_it(standing: Prepared, kind: str, code: str) -> None:
    answer = caller_of(standing, kind).get("/me")
    assert answer.json["code"] == code
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("number", ["1.1", "2.4", "4.10", "5.4", "6.2"])
def test_contributor_may_not_post_where_not_named(still: Api, number: str) -> None:
    answer = still.as_("stranger").post(f"{still.action(number)}/updates", {"text": "We met."})
    assert answer.status_code == 403


def test_lead_officer_posts_as_contributor_where_named_under_another_lead(api: Api) -> None:
    """Pippa Ward leads objective 1 and is named on 3.7, which Jane Carroll leads."""
    update = api.as_("pippa").say("3.7", "We met.")
    assert update["acknowledgement"]["state"] == "waiting"


def test_a_refusal_names_those_who_can(still: Api) -> None:
    answer = still.as_("gloria").post(f"{still.action(ACTION)}/updates", {"text": "We met."})
    assert answer.json["who_can"] == "Lucy Goodfellow and Jane Carroll (lead officer of objective 3)"
    assert answer.json["who_can"] in answer.json["detail"]


@pytest.mark.parametrize("who", ["jane", "lucy", "robert"])
def test_the_answers_of_the_guards_come_before_those_of_the_body(still: Api, who: str) -> None:
    """A caller who may not seed learns nothing of what is wrong with the seed (API 3.5)."""
    assert still.as_(who).post("/seeds", {"slug": 1}).status_code == 403


@pytest.mark.parametrize(
    ("who", "headers", "status"),
    [
        ("gordon", {}, 403),
        ("jane", {}, 428),
        ("jane", {"If-Match": '"of something else"'}, 412),
        ("jane", {"If-Match": "*"}, 412),
        ("admin", {"If-Match": "*"}, 415),
    ],
    ids=[
        "forbidden first",
        "then no If-Match",
        "then one that is not ours",
        "any version is not for a lead officer",
        "then the media type",
    ],
)
def test_the_order_of_answers(still: Api, who: str, headers: dict[str, str], status: int) -> None:
    answer = still.as_(who).open("PATCH", still.action(ACTION), headers=headers, data=b"{", content_type="text/plain")
    assert answer.status_code == status


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("raw", ["zzz", "00000000-0000-0000-0000-000000000000", "1", "3.4", "%00", "'", "x" * 300])
def test_malformed_unknown_and_foreign_ids_are_alike_not_found(still: Api, method: str, raw: str) -> None:
    answer = still.as_("admin").open(
        method, f"/actions/{raw}/updates", **({"json": {"text": "x"}} if method == "POST" else {})
    )
    assert (answer.status_code, answer.json["code"]) == (404, "not-found")


@pytest.mark.parametrize(
    "raw", ["nope", "00000000-0000-0000-0000-000000000000", "%00", "HAVERING-2020-23", "%F0%9F%92%A9"]
)
def test_no_such_plan(still: Api, raw: str) -> None:
    assert still.as_("admin").get(f"/plans/{raw}").status_code == 404
