"""Whole addresses: this site's is PUBLIC_URL, and what a caller claims in Host leads nobody else anywhere (API 7.2)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.http.declare import Operation
from tests.api.contract.test_access import INVITATION, Prepared, body_for, prepare
from tests.api.http.test_order_of_answers import IN_PATH, there
from tests.client import PLAN, Api, body_of
from tests.conftest import Databases, Seeded, api_over

PUBLIC = "https://plan.example.org"
CLAIMED = "evil.test"
FLAT = [f"{PLAN}/actions.csv", f"{PLAN}/actions.json", f"{PLAN}/actions.json?as_at=2026-11-22"]


@pytest.fixture(scope="module")
def public(databases: Databases, seeded: Seeded) -> Iterator[Prepared]:
    """An app that knows its address, over a database with something in it."""
    with api_over(databases, seeded, settings={"public_url": PUBLIC}) as api:
        prepared = prepare(api)
        api.confirm_all()
        yield prepared


def reads(api: Api) -> list[Operation]:
    found: list[Operation] = api.app.extensions["plan_operations"]
    return [each for each in found if each.method == "GET"]


def test_no_read_repeats_what_the_caller_claims_in_host(public: Prepared) -> None:
    admin, seen = public.api.as_("admin"), 0
    for operation in reads(public.api):
        path = there(public, operation) if IN_PATH.search(operation.rule) else operation.rule
        answer = admin.get(path, base_url=f"https://{CLAIMED}")
        told = body_of(answer).decode() + str(answer.headers)
        assert CLAIMED not in told, operation.rule
        assert answer.status_code in {200, 404, 503}, operation.rule
        seen += 1
    assert seen > 40


CLAIMS = {
    "Host": CLAIMED,
    "X-Forwarded-Host": CLAIMED,
    "Forwarded": f"host={CLAIMED}",
    "X-Original-URL": f"https://{CLAIMED}/",
}


@pytest.mark.parametrize(
    "path",
    ["/", "/sw.js", "/my", "/nowhere", "/.git/config", "/problems", "/problems/forbidden", "/problems/nope", "/assets/x/manifest.webmanifest",
     "/api/v1/openapi.json", "/api/v1/docs", "/api/v1/nowhere", "/api/v1/me/", "/api/v1/auth/methods", "/api/v1/auth/directory/start",
     "/api/v1/auth/directory/callback"],
)  # fmt: skip
@pytest.mark.parametrize("accept", ["application/json", "text/html,*/*;q=0.8"])
def test_nor_does_what_anybody_may_read(public: Prepared, path: str, accept: str) -> None:
    """Pages, files, problems and errors too, whichever header claims it."""
    answer = public.api.app.test_client().get(path, headers={**CLAIMS, "Accept": accept})
    assert CLAIMED not in body_of(answer).decode() + str(answer.headers)


@pytest.mark.parametrize("name", ["post_update", "invite_account", "add_action", "create_person", "ask_for_reset"])
def test_no_write_does_either(public: Prepared, name: str) -> None:
    operations: list[Operation] = public.api.app.extensions["plan_operations"]
    operation = next(each for each in operations if each.name == name)
    body = (
        {**INVITATION, "email": "third@example.org"}
        if name == "invite_account"
        else body_for(public, "POST", operation.rule)
    )
    answer = public.api.as_("admin").post(there(public, operation), body, base_url=f"https://{CLAIMED}")
    assert answer.status_code in {201, 202}, answer.text
    assert CLAIMED not in body_of(answer).decode() + str(answer.headers)
    if name == "invite_account":
        assert answer.json["link"].startswith(f"{PUBLIC}/invitation#")


@pytest.mark.parametrize("path", FLAT)
def test_the_flat_feeds_lead_to_the_public_address(public: Prepared, path: str) -> None:
    told = body_of(public.api.as_("robert").get(path, base_url=f"https://{CLAIMED}")).decode()
    assert f"{PUBLIC}/p/havering-2020-23/actions/3.4" in told


@pytest.mark.parametrize("path", FLAT)
def test_without_one_each_address_has_a_feed_and_an_etag_of_its_own(still: Api, path: str) -> None:
    """So that nobody is given, or told that they have, what another claimed."""
    robert = still.as_("robert")
    one, two = (robert.get(path, base_url=f"https://{host}") for host in ("one.test", CLAIMED))
    assert CLAIMED not in body_of(one).decode()
    assert f"https://{CLAIMED}/p/" in body_of(two).decode()
    assert one.headers["ETag"] != two.headers["ETag"]
    known = {"If-None-Match": one.headers["ETag"]}
    assert robert.get(path, base_url="https://one.test", headers=known).status_code == 304
    assert robert.get(path, base_url=f"https://{CLAIMED}", headers=known).status_code == 200


def test_host_is_read_in_one_place() -> None:
    """A second place would have to decide again what may be made with it; `wire` looks only whether there is a good one."""
    reading = re.compile(r"host_url|url_root|request\.(host|url|base_url)\b|HTTP_HOST|_external=")
    room = Path(__file__).parents[3] / "api"
    found = {str(path.relative_to(room)) for path in room.rglob("*.py") if reading.search(path.read_text())}
    assert found == {"http/callers/proof.py", "http/messages/wire.py"}
