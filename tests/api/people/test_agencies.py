"""Agencies and groups: adding, editing, and what an agency became: in the plan, on past days, in the feed, for its systems."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from tests.client import PLAN, Api, problem

DAY = "2026-12-01"
HAVERING, NELFT = "LB Havering", "NELFT"
NEW = {"name": "NHS North East London", "short_name": "NHS NEL ICB"}
NOWHERE = "00000000-0000-0000-0000-000000000000"


def agency(api: Api, short_name: str) -> str:
    """The path of the agency with this short name."""
    found = {each["short_name"]: each["id"] for each in api.as_("robert").read("/agencies")["data"]}
    return f"/agencies/{found[short_name]}"


def read(api: Api, path: str) -> Any:
    return api.as_("admin").read(path)


def edit(api: Api, path: str, /, **members: Any) -> Any:
    """Edit it as an administrator; what the answer is."""
    admin = api.as_("admin")
    return admin.patch(path, members, headers=admin.etag(path))


def add(api: Api, name: str, /, **members: Any) -> Any:
    return api.as_("admin").post("/agencies", {"name": name, **members})


def succeed(api: Api, path: str, /, **members: Any) -> Any:
    return api.as_("admin").post(f"{path}/succession", {"on": DAY, **members})


def put_on(api: Api, number: str, path: str) -> None:
    """Let the action name the agency itself."""
    api.sql(
        "INSERT INTO place (action_id, position, agency_id, name) VALUES (%s, 9, %s, 'as printed')",
        api.seeded.actions[number], path.removeprefix("/agencies/"),
    )  # fmt: skip


# --- reading -------------------------------------------------------------------------------------------------


def test_an_agency_with_its_people_and_numbers(still: Api) -> None:
    found = still.as_("robert").read(agency(still, HAVERING))
    people = [each["name"] for each in found["people"]]
    assert ("Trevor Cook" in people, people == sorted(people)) == (True, True)
    assert (found["named_on"], found["tokens"], found["kind"], found["succeeded_by"]) == (0, None, None, None)
    counted = still.one(
        "SELECT count(DISTINCT action_id) FROM place JOIN person p ON p.id = person_id JOIN agency a ON a.id = p.agency_id "
        "WHERE a.short_name = 'LB Havering'"
    )
    assert found["actions"] == counted > 0


@pytest.mark.parametrize("path", ["/agencies", "/groups", "/people"])
@pytest.mark.parametrize("raw", [NOWHERE, "x", "%00"])
def test_no_such_thing(still: Api, path: str, raw: str) -> None:
    assert problem(still.as_("admin").get(f"{path}/{raw}")) == (404, "not-found")


# --- adding and editing -----------------------------------------------------------------------------------------


def test_an_agency_is_added(api: Api) -> None:
    parent = agency(api, HAVERING).removeprefix("/agencies/")
    made = add(api, "Havering Schools", kind="education", parent=parent, aliases=["the schools"])
    assert made.status_code == 201
    assert (made.json["short_name"], made.json["parent"]["short_name"]) == ("Havering Schools", HAVERING)
    assert api.as_("robert").get(f"/agencies/{made.json['id']}").status_code == 200


@pytest.mark.parametrize("name", ["NHS North East London", "nhs NORTH east london"])
def test_one_name_one_living_agency(api: Api, name: str) -> None:
    first = add(api, NEW["name"]).json
    assert problem(add(api, name)) == (409, "duplicate")
    assert edit(api, f"/agencies/{first['id']}", ended_on=DAY).status_code == 200
    assert add(api, name).status_code == 201
    assert problem(edit(api, f"/agencies/{first['id']}", ended_on=None)) == (409, "duplicate")


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": "A", "kind": "charity"}, "/kind"),
        ({"name": "A", "parent": NOWHERE}, "/parent"),
        ({"name": "A", "short_name": "x" * 61}, "/short_name"),
        ({"name": "A", "succeeded_by": None}, "/succeeded_by"),
    ],
)
def test_what_is_refused_says_where(still: Api, members: dict[str, Any], pointer: str) -> None:
    answer = still.as_("admin").post("/agencies", members)
    assert (answer.status_code, [each["pointer"] for each in answer.json["errors"]]) == (422, [pointer])


def test_no_agency_is_a_part_of_itself(api: Api) -> None:
    havering, nelft, ids = agency(api, HAVERING), agency(api, NELFT), {}
    for path in (havering, nelft):
        ids[path] = path.removeprefix("/agencies/")
    part = add(api, "A part", parent=ids[nelft]).json
    assert edit(api, nelft, parent=ids[havering]).json["parent"]["short_name"] == HAVERING
    for parent in (ids[havering], ids[nelft], part["id"]):
        refused = edit(api, havering, parent=parent)
        assert [each["pointer"] for each in refused.json["errors"]] == ["/parent"]
    assert edit(api, nelft, parent=None).json["parent"] is None


def test_a_new_name_is_in_the_plan_and_the_old_one_on_the_day_before(api: Api) -> None:
    robert = api.as_("robert")
    before = robert.get(PLAN)
    api.clock.move(days=1)
    renamed = edit(api, agency(api, HAVERING), name="Havering Council", short_name="Havering").json
    assert (renamed["aliases"], renamed["version"]) == ([HAVERING], 2)
    now = robert.get(PLAN, headers={"If-None-Match": before.headers["ETag"]}).json
    then = robert.read(f"{PLAN}?as_at=2026-11-22")
    assert now["objectives"][2]["lead"]["agency"] == "Havering"
    assert then["objectives"][2]["lead"] == before.json["objectives"][2]["lead"]
    assert then["agencies"] == before.json["agencies"] != now["agencies"]


def test_another_field_is_merged_the_same_field_is_a_clash(api: Api) -> None:
    admin, path = api.as_("admin"), agency(api, NELFT)
    tag = admin.etag(path)
    edit(api, path, kind="health")
    assert admin.patch(path, {"aliases": ["the Trust"]}, headers=tag).status_code == 200
    refused = admin.patch(path, {"kind": "council"}, headers=tag)
    assert (problem(refused), refused.json["current"]["kind"]) == ((412, "stale-version"), "health")


# --- what became of it ----------------------------------------------------------------------------------------------


def test_a_ccg_becomes_an_icb(api: Api) -> None:
    old = agency(api, NELFT)
    people = [each["name"] for each in read(api, old)["people"]]
    put_on(api, "3.4", old)
    edit(api, old, kind="health")
    told = succeed(api, old, new=NEW, note="Health and Care Act").json
    assert (told["moved"], told["successor"]["kind"]) == ({"people": len(people), "actions": 1, "tokens": 0}, "health")
    assert (told["agency"]["succeeded_by"]["short_name"], told["agency"]["ended_on"]) == ("NHS NEL ICB", DAY)
    new = read(api, agency(api, "NHS NEL ICB"))
    assert ([each["name"] for each in new["people"]], new["named_on"]) == (people, 1)
    assert (read(api, old)["people"], read(api, old)["named_on"]) == ([], 0)


def test_an_agency_that_is_there_already_can_be_the_successor(api: Api) -> None:
    """On an action that names both, one place is left; the printed words say both still."""
    old, new = agency(api, NELFT), agency(api, HAVERING)
    put_on(api, "3.4", old)
    api.sql(
        "INSERT INTO place (action_id, position, agency_id, name) VALUES (%s, 8, %s, 'x')",
        api.seeded.actions["3.4"], new.removeprefix("/agencies/"),
    )  # fmt: skip
    printed = read(api, api.action("3.4"))["by_whom"]["printed"]
    assert succeed(api, old, successor=new.removeprefix("/agencies/")).status_code == 200
    whom = read(api, api.action("3.4"))["by_whom"]
    assert (whom["printed"], [each["agency"] for each in whom["named"] if each["agency"]]) == (
        printed, [new.removeprefix("/agencies/")],
    )  # fmt: skip


def test_who_left_before_that_day_stays_with_the_old_one(api: Api) -> None:
    old = agency(api, NELFT)
    name = read(api, old)["people"][0]["name"]
    edit(api, f"/people/{api.person(name)}", left_on="2026-11-30")
    succeed(api, old, new=NEW)
    assert [each["name"] for each in read(api, old)["people"]] == [name]


def test_older_papers_keep_the_old_name(api: Api) -> None:
    old, robert = agency(api, NELFT), api.as_("robert")
    put_on(api, "3.4", old)
    before = robert.read(PLAN)
    etag = robert.get(PLAN).headers["ETag"]
    api.clock.move(days=1)
    api.sql("UPDATE session SET authenticated_at = %s", api.clock.now)
    succeed(api, old, new=NEW)
    now = robert.get(PLAN, headers={"If-None-Match": etag}).json
    assert {each["short_name"] for each in now["agencies"]} >= {"NHS NEL ICB"}
    assert "NELFT" not in {each["short_name"] for each in now["agencies"]}
    then = robert.read(f"{PLAN}?as_at=2026-11-22")
    assert {name: then[name] for name in then if name != "revision"} == {
        name: before[name] for name in before if name != "revision"
    }


def test_updates_keep_the_agency_they_were_posted_under(api: Api) -> None:
    old = agency(api, HAVERING)
    api.as_("jane").say("3.4")
    succeed(api, old, new=NEW)
    api.as_("jane").say("3.4")
    updates = api.as_("robert").read(api.action("3.4"))["updates"]
    assert [each["author"]["agency"] for each in updates] == ["NHS NEL ICB", HAVERING]


def test_its_systems_go_on_working_for_the_successor(api: Api) -> None:
    system, old = api.partner(HAVERING), agency(api, HAVERING)
    assert succeed(api, old, new=NEW).json["moved"]["tokens"] == 1
    posted = system.post(
        f"{api.action('4.1')}/updates", {"text": "On it."}, headers={"Idempotency-Key": "0123456789abcdef"}
    )
    assert (posted.status_code, posted.json["author"]["agency"]) == (201, "NHS NEL ICB")
    assert [each["agency"]["short_name"] for each in read(api, "/partner-tokens")["data"]] == ["NHS NEL ICB"]


def test_the_feed_and_the_history_tell_it(api: Api) -> None:
    old, robert = agency(api, NELFT), api.as_("robert")
    put_on(api, "3.4", old)
    cursor = robert.read(f"{PLAN}/changes?limit=200")["cursor"]
    succeed(api, old, new=NEW, note="by law")
    told = [
        (each["type"], each["change"], each["verb"]) for each in robert.read(f"{PLAN}/changes?since={cursor}")["data"]
    ]
    assert told[:3] == [
        ("action", "changed", "agency-succeeded"),
        ("agency", "created", "created"),
        ("agency", "changed", "succeeded"),
    ]
    assert set(told[3:]) == {("person", "changed", "changed")}
    sentences = [each["sentence"] for each in read(api, f"{PLAN}/journal")["data"]]
    assert "Business Manager recorded that NELFT became NHS North East London on 1 December 2026: by law." in sentences
    newest = robert.read(f"{api.action('3.4')}/history")["data"][0]
    assert newest["sentence"] == (
        "Business Manager put NHS North East London in the place of NELFT, which it succeeds."
    )
    assert newest["undoable"] is False


def test_an_agency_that_had_been_ended_on_that_day_is_told_of_with_its_day(api: Api) -> None:
    """The journal could not be read any more, because the day did not change with the succession."""
    old = agency(api, NELFT)
    assert edit(api, old, ended_on=DAY).status_code == 200
    assert succeed(api, old, new=NEW).status_code == 200
    sentences = [each["sentence"] for each in read(api, f"{PLAN}/journal")["data"]]
    told = next(each for each in sentences if "recorded that" in each)
    assert " on " in told


def test_it_is_done_once(api: Api) -> None:
    old, key = agency(api, NELFT), {"Idempotency-Key": "0123456789abcdef"}
    body = {"new": NEW, "on": DAY}
    first, again = (api.as_("admin").post(f"{old}/succession", body, headers=key) for _ in range(2))
    assert (first.json, again.headers["Idempotency-Replayed"]) == (again.json, "true")
    assert problem(succeed(api, old, new={"name": "Another"})) == (409, "conflict")
    assert problem(edit(api, old, ended_on=None)) == (422, "validation-failed")


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"successor": NOWHERE},
        {"successor": "itself"},
        {"successor": "itself", "new": NEW},
        {"new": {}},
        {"new": NEW, "on": None},
    ],
)
def test_a_succession_that_says_not_what(still: Api, members: dict[str, Any]) -> None:
    old = agency(still, NELFT)
    named = {name: old.removeprefix("/agencies/") if value == "itself" else value for name, value in members.items()}
    assert problem(succeed(still, old, **named)) == (422, "validation-failed")


def test_an_agency_that_has_ended_is_nobodys_successor(api: Api) -> None:
    ended = add(api, "Gone").json
    edit(api, f"/agencies/{ended['id']}", ended_on="2020-01-01")
    assert problem(succeed(api, agency(api, NELFT), successor=ended["id"])) == (422, "validation-failed")
    refused = edit(api, f"/people/{api.person('Jane Carroll')}", agency=ended["id"])
    assert [each["pointer"] for each in refused.json["errors"]] == ["/agency"]


def test_it_needs_somebody_who_has_just_shown_who_they_are(api: Api) -> None:
    api.clock.move(minutes=11)
    assert problem(succeed(api, agency(api, NELFT), new=NEW)) == (403, "confirmation-needed")


# --- groups ---------------------------------------------------------------------------------------------------------------


def test_groups_are_added_and_renamed(api: Api) -> None:
    admin = api.as_("admin")
    made = admin.post("/groups", {"name": "young carers"})
    assert made.status_code == 201
    path = f"/groups/{made.json['id']}"
    assert edit(api, path, name="Young carers").json["version"] == 2
    assert "Young carers" in [each["name"] for each in api.as_("robert").read("/groups")["data"]]
    assert problem(admin.post("/groups", {"name": "YOUNG CARERS"})) == (409, "duplicate")
    assert problem(admin.patch(path, {"name": "X"}, headers={"If-Match": made.headers["ETag"]})) == (
        412,
        "stale-version",
    )


def test_a_renamed_group_keeps_its_printed_words(api: Api) -> None:
    robert = api.as_("robert")
    group = robert.read(PLAN)["groups"][0]
    printed = [
        each["name"]
        for a in robert.read(f"{PLAN}/actions?limit=200")["data"]
        for each in a["by_whom"]["named"]
        if each["group"]
    ]
    edit(api, f"/groups/{group['id']}", name="Another name")
    after = robert.read(PLAN)
    assert "Another name" in [each["name"] for each in after["groups"]]
    assert [
        p["name"] for o in after["objectives"] for a in o["actions"] for p in a["by_whom"]["named"] if p["group"]
    ] == printed


def test_a_change_is_of_the_day(api: Api) -> None:
    """What was edited today is what today shows."""
    edit(api, agency(api, NELFT), short_name="NEL Trust")
    assert "NEL Trust" in {each["short_name"] for each in read(api, f"{PLAN}?as_at={date(2026, 11, 22)}")["agencies"]}


# --- two at once ------------------------------------------------------------------------------------------------------------


def at_once(*asks: Callable[[], Any]) -> list[int]:
    """The statuses of requests that begin together, in order of number."""
    start = Barrier(len(asks))

    def ask(one: Callable[[], Any]) -> int:
        start.wait(10)
        return int(one().status_code)

    with ThreadPoolExecutor(len(asks)) as pool:
        return sorted(pool.map(ask, asks))


def test_of_two_who_add_the_same_agency_one_is_told(api: Api) -> None:
    assert at_once(*[lambda: add(api, "Young Minds")] * 2) == [201, 409]


def test_an_agency_becomes_one_other(api: Api) -> None:
    old = agency(api, NELFT)
    asks = [partial(succeed, api, old, new={"name": f"Successor {n}"}) for n in range(2)]
    assert at_once(*asks) == [200, 409]


def test_two_agencies_never_become_parts_of_each_other(api: Api) -> None:
    first, second = agency(api, NELFT), agency(api, HAVERING)
    of = {one: other.removeprefix("/agencies/") for one, other in ((first, second), (second, first))}
    assert at_once(*[partial(edit, api, path, parent=parent) for path, parent in of.items()]) == [200, 422]


def test_two_who_edit_one_person(api: Api) -> None:
    """The same field: one is told. Nothing is lost: what the other wrote stands."""
    admin, path = api.as_("admin"), f"/people/{api.person('Kate Dempsey')}"
    read = admin.etag(path)
    asks = [partial(api.as_("admin").patch, path, {"post": post}, headers=read) for post in ("Nurse", "Matron")]
    assert at_once(*asks) == [200, 412]
    assert admin.read(path)["version"] == 2


def test_an_edit_of_a_person_while_their_agency_becomes_another(api: Api) -> None:
    old = agency(api, NELFT)
    name = read(api, old)["people"][0]["name"]
    path = f"/people/{api.person(name)}"
    found = at_once(partial(succeed, api, old, new=NEW), partial(edit, api, path, post="Nurse"))
    assert found == [200, 200]
    person = read(api, path)
    assert (person["post"], person["agency"]["short_name"]) == ("Nurse", "NHS NEL ICB")


def test_somebody_who_joins_an_agency_while_it_becomes_another_is_never_left_behind(api: Api) -> None:
    old, path = agency(api, NELFT), f"/people/{api.person('Ian Elliott')}"
    joined = partial(edit, api, path, agency=old.removeprefix("/agencies/"))
    found = at_once(partial(succeed, api, old, new=NEW), joined)
    there = read(api, path)["agency"]
    assert (found, there and there["short_name"]) in [([200, 200], "NHS NEL ICB"), ([200, 422], None)]


def test_the_successor_is_no_part_of_what_has_ended(api: Api) -> None:
    parent = add(api, "A system").json
    old = agency(api, NELFT)
    edit(api, old, parent=parent["id"])
    edit(api, f"/agencies/{parent['id']}", ended_on="2020-01-01")
    assert succeed(api, old, new=NEW).json["successor"]["parent"] is None
