"""The change feed: everything from nothing, then only what is new, once, in the order of commits (API 7.1)."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest

from api.domain.plan.permissions import Role
from api.http.database.transaction import write
from api.local import work_of
from api.models import Person
from api.services.accounts.accounts import create_account
from api.services.journal import Change, write_directory_changes
from api.services.locks import hold_directory
from tests.client import PLAN, Api, Caller, problem
from tests.conftest import PASSWORD, Databases, Seeded, api_over
from tests.factories import small_seed

CHANGES = f"{PLAN}/changes"


def walk(caller: Caller, since: str | None = None, limit: int = 100) -> tuple[list[Any], str]:
    """All changes after a cursor, page by page, and the cursor to go on with."""
    found: list[Any] = []
    while True:
        page = caller.read(f"{CHANGES}?limit={limit}" + (f"&since={since}" if since else ""))
        assert len(page["data"]) <= limit
        found += page["data"]
        since = page["cursor"]
        if not page["has_more"]:
            return found, since


def end(api: Api) -> str:
    """The cursor of somebody who has read everything."""
    return walk(api.as_("robert"), limit=200)[1]


def news(api: Api, since: str) -> list[Any]:
    return walk(api.as_("robert"), since)[0]


def rename(api: Api, name: str, new: str) -> None:
    """Rename a person, as the directory's own use case does it."""
    with api.app.app_context():

        def work(session: Any) -> None:
            its_work = work_of(api.app, session, "tests")
            hold_directory(its_work)
            person = session.get(Person, api.person(name))
            person.name = new
            session.flush()
            changes = [Change("person", person.id, "renamed", {"name": name}, {"name": new})]
            write_directory_changes(its_work, changes)

        write(work)


def busy(api: Api) -> None:
    """A week of work on the plan: every kind of change there is."""
    lucy, jane, admin = api.as_("lucy"), api.as_("jane"), api.as_("admin")
    first = lucy.say("3.4", "We met.", rating="A")
    jane.post(f"/updates/{first['id']}/acknowledgement", {"state": "returned", "question": "Who?"})
    api.clock.move(hours=1)
    wrong = lucy.say("3.4", "On the wrong action.", rating="R")
    admin.post(f"/updates/{wrong['id']}/withdrawal", {"reason": "Posted on the wrong action."})
    jane.say("3.5", "Done.", claim="delivered", impact="Fewer calls.")
    admin.post(f"{api.action('3.5')}/sign-off", {})
    jane.set_status("3.6", "on_hold")
    jane.post(f"{api.action('3.6')}/dates", {"kind": "season", "printed": "Spring 2027", "reason": "Slow."})
    jane.patch(api.action("3.7"), {"text": "Other words."}, headers=jane.etag(api.action("3.7")))
    rename(api, "Louise Dibsdall", "Louise Dibsdale")


@pytest.fixture(scope="module")
def told(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    with api_over(databases, seeded) as api:
        busy(api)
        yield api


# --- everything, then what is new ---------------------------------------------------------------------


@pytest.mark.parametrize("limit", [7, 200])
def test_everything_from_nothing_is_the_plan(told: Api, limit: int) -> None:
    state: dict[tuple[str, str], Any] = {}
    for change in walk(told.as_("robert"), limit=limit)[0]:
        state[change["type"], change["id"]] = change["object"]
        if change["action"] is not None:
            state["action", change["action"]["id"]] = change["action"]
    plan = told.as_("robert").read(PLAN)
    assert [state["action", action["id"]] for each in plan["objectives"] for action in each["actions"]] == [
        action for each in plan["objectives"] for action in each["actions"]
    ]
    for objective in plan["objectives"]:
        assert state["objective", objective["id"]] == {
            name: value for name, value in objective.items() if name != "actions"
        }
    for kind, plural in (("person", "people"), ("agency", "agencies"), ("group", "groups")):
        assert [state[kind, each["id"]] for each in plan[plural]] == plan[plural]
    own = state["plan", plan["id"]]
    assert own == {name: plan[name] for name in own}


def test_each_update_of_the_feed_is_the_update_without_what_is_the_readers(told: Api) -> None:
    robert = told.as_("robert")
    updates = {each["id"]: each["object"] for each in walk(robert)[0] if each["type"] == "update" and each["object"]}
    assert len(updates) == 3
    for update_id, update in updates.items():
        read = robert.read(f"/updates/{update_id}")
        for name in ("mine", "may_correct", "wordings"):
            del read[name]
        assert update == read


def test_the_order_is_that_of_the_revisions(told: Api) -> None:
    found, _ = walk(told.as_("robert"), limit=7)
    of_plan = [each["revision"] for each in found if each["type"] in {"plan", "objective", "action", "update"}]
    assert of_plan == sorted(of_plan)
    assert of_plan[-1] == told.revision()


def test_pages_of_one_hold_what_one_page_holds(told: Api) -> None:
    """Entries of one revision come on several pages, and none is lost between them."""
    one_by_one, cursor = walk(told.as_("robert"), limit=1)
    assert one_by_one == walk(told.as_("robert"), limit=200)[0]
    assert cursor == end(told)


def test_when_nothing_is_new_the_cursor_stays(still: Api) -> None:
    since = end(still)
    answer = still.as_("robert").read(f"{CHANGES}?since={since}")
    assert answer == {"data": [], "cursor": since, "has_more": False}


def test_a_post_is_one_change_with_the_update_and_its_action(api: Api) -> None:
    since = end(api)
    update = api.as_("lucy").say("3.4", "We met.", rating="A")
    posted, moved = news(api, since)
    assert {name: posted[name] for name in ("type", "id", "change", "verb", "by", "changed_at")} == {
        "type": "update", "id": update["id"], "change": "created", "verb": "posted", "by": "Lucy Goodfellow",
        "changed_at": "2026-11-22T12:00:00Z",
    }  # fmt: skip
    assert posted["action"]["latest_update"]["text"] == "We met."
    assert (moved["type"], moved["change"], moved["object"]) == ("action", "changed", posted["action"])
    assert posted["revision"] == moved["revision"] == api.revision()


def test_a_withdrawn_update_is_a_tombstone_without_its_words(api: Api) -> None:
    update = api.as_("lucy").say("3.4", "Secret words.")
    since = end(api)
    api.as_("lucy").post(f"/updates/{update['id']}/withdrawal", {"reason": "Posted on the wrong action."})
    (gone,) = news(api, since)
    assert (gone["type"], gone["id"], gone["change"], gone["object"]) == ("update", update["id"], "deleted", None)
    assert gone["action"]["latest_update"] is None
    assert "Secret words." not in json.dumps(walk(api.as_("admin"))[0])


def test_an_action_with_the_status_withdrawn_is_changed_and_not_gone(api: Api) -> None:
    since = end(api)
    api.as_("jane").set_status("3.4", "withdrawn")
    (change,) = news(api, since)
    assert (change["change"], change["object"]["status"]) == ("changed", "withdrawn")


def test_a_renamed_person_is_told(api: Api) -> None:
    since = end(api)
    rename(api, "Louise Dibsdall", "Louise Dibsdale")
    (change,) = news(api, since)
    assert (change["type"], change["verb"], change["object"]["name"]) == ("person", "renamed", "Louise Dibsdale")


def test_accounts_sessions_and_tokens_are_never_told(api: Api) -> None:
    since = end(api)
    agency = api.as_("admin").read("/agencies")["data"][0]["id"]
    api.as_("admin").post("/partner-tokens", {"name": "Rio", "agency": agency, "scopes": ["changes:read"]})
    new = {"email": "new@example.org", "name": "New", "role": Role.VIEWER, "password": PASSWORD}
    with api.app.app_context():
        write(lambda session: create_account(work_of(api.app, session, "tests"), **new))
    assert news(api, since) == []
    assert {each["type"] for each in walk(api.as_("admin"))[0]} == {
        "plan", "objective", "action", "person", "agency", "group",
    }  # fmt: skip


def test_the_cursor_moves_past_what_is_not_told(api: Api) -> None:
    """Nobody reads the same accounts again at every poll."""
    since = end(api)
    agency = api.as_("admin").read("/agencies")["data"][0]["id"]
    api.as_("admin").post("/partner-tokens", {"name": "Rio", "agency": agency, "scopes": ["changes:read"]})
    assert api.as_("robert").read(f"{CHANGES}?since={since}")["cursor"] != since


def test_another_plans_changes_are_not_told(api: Api) -> None:
    since = end(api)
    assert api.as_("admin").post("/seeds", small_seed()).status_code == 200
    assert {each["type"] for each in news(api, since)} == {"person", "agency", "group"}


# --- polling ------------------------------------------------------------------------------------------


def test_a_poll_with_nothing_new_is_304_whoever_asks(still: Api) -> None:
    path = f"{CHANGES}?since={end(still)}"
    etag = still.as_("robert").get(path).headers["ETag"]
    assert etag.startswith('"r1.d')
    assert still.as_("admin").get(path, headers={"If-None-Match": etag}).status_code == 304


def test_a_poll_with_something_new_is_200(api: Api) -> None:
    path = f"{CHANGES}?since={end(api)}"
    etag = api.as_("robert").get(path).headers["ETag"]
    api.as_("lucy").say("3.4")
    assert api.as_("robert").get(path, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("query", ["limit=6", "limit=5&since={}"])
def test_the_etag_of_one_page_does_not_hide_another(still: Api, query: str) -> None:
    first = still.as_("robert").get(f"{CHANGES}?limit=5")
    other = f"{CHANGES}?{query.format(first.json['cursor'])}"
    assert still.as_("robert").get(other, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


# --- cursors ------------------------------------------------------------------------------------------


def test_a_cursor_that_was_away_too_long_is_410(api: Api) -> None:
    since = end(api)
    api.as_("lucy").say("3.4")
    api.clock.move(days=401)
    answer = api.as_("robert").get(f"{CHANGES}?since={since}")
    assert problem(answer) == (410, "cursor-expired")
    assert "start again without since" in answer.json["detail"]


def test_a_cursor_of_400_days_still_counts(api: Api) -> None:
    since = end(api)
    api.as_("lucy").say("3.4")
    api.clock.move(days=400)
    assert len(news(api, since)) == 2


def test_an_old_cursor_counts_while_nothing_has_changed(api: Api) -> None:
    since = end(api)
    api.clock.move(days=900)
    api.as_("lucy").say("3.4")
    assert len(news(api, since)) == 2


def test_a_walk_from_the_beginning_passes_old_changes(api: Api) -> None:
    """Its cursors were given out a moment ago, though what follows them happened long ago."""
    whole = walk(api.as_("robert"))[0]
    api.clock.move(days=900)
    assert len(walk(api.as_("robert"), limit=10)[0]) == len(whole)


def test_a_cursor_ahead_of_a_restored_database_is_410(api: Api, still: Api) -> None:
    """`still` is the database as a backup would have it."""
    api.as_("lucy").say("3.4")
    answer = still.as_("robert").get(f"{CHANGES}?since={end(api)}")
    assert problem(answer) == (410, "cursor-expired")
    assert "start again without since" in answer.json["detail"]


def test_a_restored_database_that_has_gone_on_is_told_by_its_entry(databases: Databases, seeded: Seeded) -> None:
    with api_over(databases, seeded) as lost, api_over(databases, seeded) as restored:
        lost.as_("lucy").say("3.4", "Lost.")
        restored.clock.move(seconds=1)
        restored.as_("lucy").say("3.5", "After the restore.")
        assert lost.revision() == restored.revision()
        answer = restored.as_("robert").get(f"{CHANGES}?since={end(lost)}")
        assert problem(answer) == (410, "cursor-expired")


def cursor_of(*parts: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


FORGED = {
    "not base64": "!!!",
    "not ours": cursor_of("number", 1, 2),
    "too short": cursor_of("changes", "{plan}", "2026-11-22", 1),
    "no day": cursor_of("changes", "{plan}", "yesterday", 1, 1, 1, 1, 1, 1),
    "text for a number": cursor_of("changes", "{plan}", "2026-11-22", "1", 1, 1, 1, 1, 1),
    "true for a number": cursor_of("changes", "{plan}", "2026-11-22", True, 1, 1, 1, 1, 1),
    "negative": cursor_of("changes", "{plan}", "2026-11-22", -1, 1, 1, 1, 1, 1),
    "more than a number holds": cursor_of("changes", "{plan}", "2026-11-22", 2**63, 1, 1, 1, 1, 1),
    "empty": "",
}


@pytest.mark.parametrize("case", FORGED)
def test_a_forged_cursor_is_400(still: Api, case: str) -> None:
    raw = FORGED[case]
    try:
        padded = raw + "=" * (-len(raw) % 4)
        plan = still.seeded.plan.replace("-", "")
        raw = cursor_of(*json.loads(base64.urlsafe_b64decode(padded).decode().replace("{plan}", plan)))
    except ValueError:
        pass
    answer = still.as_("robert").get(f"{CHANGES}?since={raw}")
    assert problem(answer) == (400, "invalid-cursor")
    assert answer.json["errors"][0]["pointer"] == "?since"


def test_a_cursor_of_another_plan_is_400(api: Api) -> None:
    since = end(api)
    api.as_("admin").post("/seeds", small_seed())
    answer = api.as_("robert").get(f"/plans/small-plan/changes?since={since}")
    assert problem(answer) == (400, "invalid-cursor")
    assert "another plan" in answer.json["detail"]


def test_numbers_that_nobody_was_given_start_again(still: Api) -> None:
    raw = cursor_of("changes", still.seeded.plan.replace("-", ""), "2026-11-22", 1, 7, 7, 1, 2**63 - 1, 7)
    assert problem(still.as_("robert").get(f"{CHANGES}?since={raw}")) == (410, "cursor-expired")


@pytest.mark.parametrize("limit", ["0", "201", "x", "-1"])
def test_a_limit_out_of_range_is_400(still: Api, limit: str) -> None:
    assert problem(still.as_("robert").get(f"{CHANGES}?limit={limit}")) == (400, "invalid-parameter")


# --- partners -----------------------------------------------------------------------------------------


def partner(api: Api, *scopes: str) -> Caller:
    agency = api.as_("admin").read("/agencies")["data"][0]["id"]
    made = api.as_("admin").post("/partner-tokens", {"name": "Rio", "agency": agency, "scopes": list(scopes)})
    return Caller(api, {"Authorization": f"Bearer {made.json['token']}"})


def test_a_partner_with_the_scope_follows_the_plan(api: Api) -> None:
    system = partner(api, "changes:read")
    assert walk(system)[0] == walk(api.as_("admin"))[0]


def test_a_partner_without_the_scope_does_not(api: Api) -> None:
    assert problem(partner(api, "plan:read").get(CHANGES)) == (403, "insufficient-scope")
