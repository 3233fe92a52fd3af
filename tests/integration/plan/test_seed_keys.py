"""Keys of a seed file belong to its plan: nobody becomes one with somebody of another plan by the name of a key (ADR 17)."""

from typing import Any

import pytest

from api.domain.errors import ValidationFailed
from tests.client import Api, problem
from tests.factories import seed_document, small_action, small_seed
from tests.integration.plan.test_seed_loading import content, load

Json = dict[str, Any]
NOBODY = "00000000-0000-0000-0000-000000000000"


def board(slug: str, name: str, post: str, agency: str = "NHS Somewhere CCG") -> Json:
    """A board's plan with John Smith, the CCG and a chair, all under keys that any board would choose."""
    action = {**small_action("1.1"), "by_whom": {
        "printed": f"{name}, CCG, Chair",
        "named": [{"person": "john-smith"}, {"agency": "ccg"}, {"group": "chair"}],
    }}  # fmt: skip
    return small_seed(slug) | {
        "agencies": [{"key": "ccg", "name": agency, "short_name": "CCG"}],
        "people": [{"key": "john-smith", "name": name, "post": post, "agency": "ccg"}],
        "groups": [{"key": "chair", "name": f"Chair of {slug}"}],
        "owner": {"printed": name, "person": "john-smith"},
        "objectives": [{
            "number": 1, "text": "Do good.", "short_title": None,
            "lead": {"person": "john-smith", "printed": name}, "actions": [action],
        }],
    }  # fmt: skip


CRIME = board("crime-board", "John Smith", "Detective Inspector", "Westshire CCG")
SCHOOLS = board("schools-board", "John Smith", "Head Teacher", "Eastshire CCG")


def both(api: Api) -> tuple[Json, Json]:
    return load(api, CRIME), load(api, SCHOOLS)


def holders(api: Api, slug: str) -> tuple[Any, ...]:
    """Who the keys of a plan mean, and who stands on its action: person, agency, group."""
    keys = api.sql(
        "SELECT coalesce(person_id, agency_id, group_id) FROM seed_key JOIN plan ON plan.id = plan_id WHERE slug = %s"
        " ORDER BY kind = 'group', kind = 'agency'",
        slug,
    )
    placed = api.sql(
        "SELECT coalesce(p.person_id, p.agency_id, p.group_id) FROM place p JOIN action a ON a.id = p.action_id"
        " JOIN plan ON plan.id = a.plan_id WHERE slug = %s ORDER BY p.position",
        slug,
    )
    assert keys == placed
    return tuple(row[0] for row in keys)


def action_of(api: Api, slug: str) -> str:
    return f"/actions/{api.one('SELECT a.id FROM action a JOIN plan ON plan.id = a.plan_id WHERE slug = %s', slug)}"


def test_the_same_keys_in_two_files_are_six_who_have_nothing_to_do_with_each_other(api: Api) -> None:
    _, report = both(api)
    assert report["created"] == {
        "agencies": 1,
        "people": 1,
        "groups": 1,
        "plans": 1,
        "objectives": 1,
        "actions": 1,
        "named": 3,
    }
    assert not set(holders(api, "crime-board")) & set(holders(api, "schools-board"))
    assert sorted(api.sql("SELECT post FROM person WHERE name = 'John Smith'")) == [
        ("Detective Inspector",),
        ("Head Teacher",),
    ]
    assert load(api, CRIME)["kept"] == load(api, SCHOOLS)["kept"] == []


def test_each_file_again_writes_nothing(api: Api) -> None:
    both(api)
    before = content(api)
    for document in (CRIME, SCHOOLS, seed_document()):
        report = load(api, document)
        assert (report["written"], report["created"], report["look_alikes"]) == (False, {}, [])
    assert content(api) == before


def test_a_dry_run_says_who_looks_like_somebody_that_is_there(api: Api) -> None:
    load(api, CRIME)
    same = board("schools-board", "J Smith", "Head Teacher", "westshire ccg")
    report = api.as_("admin").post("/seeds?dry_run=true", same).json
    person, agency = holders(api, "crime-board")[:2]
    assert report["look_alikes"] == [
        {"what": "agency ccg", "name": "westshire ccg", "like": "Westshire CCG", "id": str(agency), "why": "the same name"},
        {
            "what": "person john-smith", "name": "J Smith", "like": "John Smith", "id": str(person),
            "why": "the same surname and first initial",
        },
    ]  # fmt: skip


def test_they_are_a_possible_duplicate_that_an_admin_may_join(api: Api) -> None:
    both(api)
    admin = api.as_("admin")
    (pair,) = [each for each in admin.read("/duplicates")["data"] if each["first"]["name"] == "John Smith"]
    assert pair["why"] == "the same name"
    joined = admin.post(f"/people/{pair['first']['id']}/merge", {"into": pair["second"]["id"]})
    assert joined.status_code == 200, joined.text
    before = content(api)
    for document in (CRIME, SCHOOLS):
        assert load(api, document)["written"] is False
    assert content(api) == before
    assert (
        api.one(
            "SELECT count(DISTINCT lead_id) FROM objective JOIN plan ON plan.id = plan_id WHERE slug LIKE '%%-board'"
        )
        == 1
    )


def test_the_detective_cannot_post_on_the_plan_of_the_schools(api: Api) -> None:
    both(api)
    detective = api.one("SELECT id FROM person WHERE post = 'Detective Inspector'")
    api.sql("UPDATE account SET person_id = %s WHERE id = %s", detective, api.seeded.sessions["lucy"]["account"])
    lucy = api.as_("lucy")
    own, other = action_of(api, "crime-board"), action_of(api, "schools-board")
    assert lucy.post(f"{own}/updates", {"text": "We met."}).status_code == 201
    assert problem(lucy.post(f"{other}/updates", {"text": "We met."})) == (403, "forbidden")
    assert problem(lucy.patch(other, {"status": "on_hold", "reason": "x"}, headers=lucy.etag(other))) == (
        403,
        "forbidden",
    )
    assert "update" not in lucy.read(other)["may"]


def test_an_agencys_system_cannot_post_on_the_plan_of_another_agency(api: Api) -> None:
    both(api)
    admin, agency = api.as_("admin"), str(holders(api, "crime-board")[1])
    api.confirm_all()
    token = admin.post("/partner-tokens", {"name": "Niche", "agency": agency, "scopes": ["updates:write"]}).json[
        "token"
    ]
    system = {"Authorization": f"Bearer {token}", "Idempotency-Key": "0123456789abcdef"}
    posts = [
        api.nobody.post(f"{action_of(api, slug)}/updates", {"text": "We met."}, headers=system)
        for slug in ("crime-board", "schools-board")
    ]
    assert [answer.status_code for answer in posts] == [201, 403]


# --- same_as --------------------------------------------------------------------------------------------


def same(document: Json, **said: str) -> Json:
    """The file, saying of its person, agency or group who they are."""
    lists = {"person": "people", "agency": "agencies", "group": "groups"}
    changed = {lists[kind]: [{**document[lists[kind]][0], "same_as": who}] for kind, who in said.items()}
    return document | changed


@pytest.mark.parametrize("by", ["id", "key"])
def test_a_file_may_say_that_they_are_the_same(api: Api, by: str) -> None:
    load(api, CRIME)
    person, agency, group = holders(api, "crime-board")
    document = same(SCHOOLS, **(
        {"person": str(person), "agency": str(agency), "group": str(group)} if by == "id"
        else {"person": "crime-board/john-smith", "agency": "crime-board/ccg", "group": "crime-board/chair"}
    ))  # fmt: skip
    before = api.sql(
        "SELECT t::text FROM person t UNION ALL SELECT t::text FROM agency t UNION ALL SELECT t::text FROM named_group t"
    )
    report = load(api, document)
    assert report["created"] == {"plans": 1, "objectives": 1, "actions": 1, "named": 3}
    assert holders(api, "schools-board") == (person, agency, group)
    assert {"what": "person john-smith", "fields": ["post"]} in report["kept"]
    after = api.sql(
        "SELECT t::text FROM person t UNION ALL SELECT t::text FROM agency t UNION ALL SELECT t::text FROM named_group t"
    )
    assert after == before, "loading changes nobody of another plan"
    before_again = content(api)
    assert load(api, document)["written"] is False
    assert load(api, SCHOOLS)["written"] is False, "the key is known by now"
    assert content(api) == before_again


def test_next_years_plan_of_the_same_board_names_its_people_by_the_keys_of_the_last(api: Api) -> None:
    document = seed_document() | {"slug": "havering-2023-26"}
    for kind in ("people", "agencies", "groups"):
        document[kind] = [{**each, "same_as": f"havering-2020-23/{each['key']}"} for each in document[kind]]
    report = load(api, document)
    assert (report["look_alikes"], "people" in report["created"]) == ([], False)
    new = api.sql(
        "SELECT key, person_id FROM seed_key JOIN plan ON plan.id = plan_id WHERE slug = 'havering-2023-26' AND kind = 'person'"
    )
    assert dict(new)["lucy-goodfellow"] == api.one("SELECT id FROM person WHERE name = 'Lucy Goodfellow'")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"person": NOBODY}, "unknown-id"),
        ({"agency": "crime-board/icb"}, "unknown-key"),
        ({"group": "no-board/chair"}, "unknown-key"),
        ({"person": "john-smith"}, "pattern"),
        ({"person": "Crime Board/john-smith"}, "pattern"),
    ],
)
def test_somebody_who_is_not_there_is_said_with_the_pointer(api: Api, said: dict[str, str], code: str) -> None:
    load(api, CRIME)
    before = content(api)
    with pytest.raises(ValidationFailed) as caught:
        load(api, same(SCHOOLS, **said))
    (error,) = caught.value.errors
    lists = {"person": "people", "agency": "agencies", "group": "groups"}
    assert (error.pointer, error.code) == (f"/{lists[next(iter(said))]}/0/same_as", code)
    assert content(api) == before


@pytest.mark.parametrize("kind", ["person", "agency", "group"])
def test_a_key_stays_who_it_is(api: Api, kind: str) -> None:
    """Who was loaded as somebody new is joined where people can see it, not by a file."""
    both(api)
    key = {"person": "john-smith", "agency": "ccg", "group": "chair"}[kind]
    with pytest.raises(ValidationFailed) as caught:
        load(api, same(SCHOOLS, **{kind: f"crime-board/{key}"}))
    assert caught.value.errors[0].detail.startswith(f"{key} is another {kind} in this plan already.")


def test_who_was_joined_meanwhile_is_who_the_file_says(api: Api) -> None:
    both(api)
    crime, schools = (holders(api, slug)[0] for slug in ("crime-board", "schools-board"))
    assert api.as_("admin").post(f"/people/{schools}/merge", {"into": str(crime)}).status_code == 200
    assert load(api, same(SCHOOLS, person="crime-board/john-smith"))["written"] is False


def test_two_keys_of_one_file_are_two(api: Api) -> None:
    load(api, CRIME)
    document = same(SCHOOLS, person="crime-board/john-smith")
    document["people"] = [*document["people"], {**document["people"][0], "key": "j-smith"}]
    with pytest.raises(ValidationFailed) as caught:
        load(api, document)
    assert [error.pointer for error in caught.value.errors] == ["/people/1/same_as"]


# --- what became of them --------------------------------------------------------------------------------


def test_a_new_edition_speaks_of_what_an_agency_became(api: Api) -> None:
    load(api, CRIME)
    agency = holders(api, "crime-board")[1]
    body = {"new": {"name": "Westshire ICB"}, "on": "2026-12-01"}
    successor = api.as_("admin").post(f"/agencies/{agency}/succession", body).json["successor"]["id"]
    before = content(api)
    assert load(api, CRIME)["written"] is False
    assert content(api) == before
    new = {**small_action("1.2"), "by_whom": {"printed": "CCG", "named": [{"agency": "ccg"}, {"person": "new"}]}}
    document = CRIME | {
        "people": [*CRIME["people"], {"key": "new", "name": "New Body", "post": None, "agency": "ccg"}],
        "objectives": [{**CRIME["objectives"][0], "actions": [*CRIME["objectives"][0]["actions"], new]}],
    }
    load(api, document)
    assert str(api.one("SELECT agency_id FROM person WHERE name = 'New Body'")) == successor
    stands = "SELECT p.agency_id FROM place p JOIN action a ON a.id = p.action_id WHERE a.seeded_number = '1.2' AND a.text = %s AND p.agency_id IS NOT NULL"
    assert str(api.one(stands, new["text"])) == successor


def test_somebody_whose_contact_was_erased_stays_who_they_are(api: Api) -> None:
    load(api, CRIME)
    person, admin = holders(api, "crime-board")[0], api.as_("admin")
    api.confirm_all()
    admin.patch(f"/people/{person}", {"left_on": "2026-11-01"}, headers=admin.etag(f"/people/{person}"))
    erased = admin.post(f"/people/{person}/erasure", {"reason": "She asked."})
    assert erased.status_code == 200, erased.text
    before = content(api)
    assert load(api, CRIME)["written"] is False
    assert content(api) == before


def test_somebody_added_by_hand_has_no_key_that_a_file_could_mean(api: Api) -> None:
    made = api.as_("admin").post("/people", {"name": "John Smith"}).json
    report = load(api, CRIME)
    assert (report["created"]["people"], [each["id"] for each in report["look_alikes"]]) == (1, [made["id"]])
