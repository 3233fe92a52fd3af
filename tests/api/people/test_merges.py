"""Possible duplicates: told apart, or joined and parted again; whatever refers to the one then refers to the other (DOMAIN 3)."""

from typing import Any

import pytest

from api.services.people.merges import REFERENCES
from tests.client import PLAN, Api, problem
from tests.conftest import email_of

DALE, DALL = "Louise Dibsdale", "Louise Dibsdall"
JANE, JOHN, TREVOR = "Jane Carroll", "John Carroll", "Trevor Cook"
PAIR = "SELECT name, merged_into_id IS NULL FROM person WHERE name LIKE 'Louise Dib%%' ORDER BY name"


def merge(api: Api, person: str, into: str, who: str = "admin", **more: Any) -> Any:
    return api.as_(who).post(f"/people/{api.person(person)}/merge", {"into": api.person(into), **more})


def merged(api: Api, person: str, into: str, **more: Any) -> Any:
    answer = merge(api, person, into, **more)
    assert answer.status_code == 200, answer.text
    return answer.json


def undo(api: Api, done: Any) -> Any:
    return api.as_("admin").post(f"/merges/{done['id']}/undo")


def action(api: Api, number: str) -> Any:
    return api.as_("robert").read(api.action(number))


def people_on(api: Api, number: str) -> list[tuple[str, str]]:
    """(who holds the place now, the name as printed)."""
    names = {person: name for name, person in api.seeded.people.items()}
    return [(names[each["person"]], each["name"]) for each in action(api, number)["by_whom"]["named"] if each["person"]]


def plan(api: Api) -> Any:
    """The plan, without what every change raises."""
    found = api.as_("robert").read(PLAN)
    for each in [found, *(each for objective in found["objectives"] for each in objective["actions"])]:
        for name in ("revision", "version", "updated_at"):
            each.pop(name, None)
    return found


# --- the list ---------------------------------------------------------------------------------------


def test_the_pairs_of_the_plan_with_what_stands_to_each_name(still: Api) -> None:
    found = still.as_("admin").read("/duplicates")["data"]
    assert [(pair["first"]["name"], pair["second"]["name"]) for pair in found] in (
        [(JANE, JOHN), (DALE, DALL)], [(JOHN, JANE), (DALE, DALL)], [(JANE, JOHN), (DALL, DALE)], [(JOHN, JANE), (DALL, DALE)],
    )  # fmt: skip
    people = {each["name"]: each for pair in found for each in (pair["first"], pair["second"])}
    jane = people[JANE]
    assert [each["number"] for each in jane["actions"]] == ["3.6", "3.7", "3.8", "4.6"]
    assert [each["number"] for each in jane["objectives"]] == [3]
    assert (jane["account"]["email"], people[JOHN]["account"]) == (email_of("jane"), None)
    assert [each["number"] for each in people[DALE]["actions"]] == ["4.8"]


def test_a_page_of_pairs_leads_to_the_next(still: Api) -> None:
    admin = still.as_("admin")
    first = admin.read("/duplicates?limit=1")
    then = admin.read(first["links"]["next"].removeprefix("/api/v1"))
    assert [each["why"] for each in (*first["data"], *then["data"])] == [
        "the same surname and first initial",
        "the same first name and nearly the same surname",
    ]
    assert then["page"]["next_cursor"] is None


def test_two_who_are_told_apart_are_listed_apart_until_that_is_taken_back(api: Api) -> None:
    admin, pair = api.as_("admin"), {"first": api.person(JANE), "second": api.person(JOHN)}
    for _ in range(2):
        assert admin.post("/duplicates/apart", pair).json["apart"]["by"] == "Business Manager"
    assert len(admin.read("/duplicates")["data"]) == 1
    (apart,) = admin.read("/duplicates?apart=true")["data"]
    assert {apart["first"]["name"], apart["second"]["name"]} == {JANE, JOHN}
    assert problem(merge(api, JANE, JOHN)) == (409, "conflict")
    query = f"?first={pair['second']}&second={pair['first']}"
    assert admin.open("DELETE", f"/duplicates/apart{query}").status_code == 204
    assert admin.open("DELETE", f"/duplicates/apart{query}").status_code == 404
    assert len(admin.read("/duplicates")["data"]) == 2


# --- joining ------------------------------------------------------------------------------------------


def test_every_column_that_refers_to_a_person_is_thought_of(still: Api) -> None:
    rows = still.sql(
        "SELECT kcu.table_name, kcu.column_name FROM information_schema.referential_constraints rc "
        "JOIN information_schema.key_column_usage kcu USING (constraint_schema, constraint_name) "
        "JOIN information_schema.table_constraints tc ON tc.constraint_name = rc.unique_constraint_name "
        "WHERE tc.table_name = 'person'"
    )
    assert set(rows) == set(REFERENCES), "a new reference to a person: let merges and unmerging handle it"


def test_dibsdale_is_dibsdall(api: Api) -> None:
    printed = action(api, "4.8")["by_whom"]["printed"]
    done = merged(api, DALE, DALL, note="She told me so.")
    assert people_on(api, "4.8")[1] == (DALL, DALE), "the place has moved, the printed name stays"
    assert action(api, "4.8")["by_whom"]["printed"] == printed
    names = [each["name"] for each in api.as_("robert").read("/people?limit=200")["data"]]
    assert (DALE in names, DALL in names) == (False, True)
    assert len(api.as_("admin").read("/duplicates")["data"]) == 1
    assert api.one("SELECT aliases FROM person WHERE name = %s", DALL) == [DALE]
    assert done["moved"] == {"named_on": 1, "dropped": 0, "objectives": 0, "plans": 0, "updates": 0, "accounts": 0}
    assert api.as_("admin").read("/merges")["data"][0]["note"] == "She told me so."


def test_nothing_but_the_merge_refers_to_who_went(api: Api) -> None:
    """Trevor Cook leads objective 4, is on 4.8 with Louise Dibsdale, and has posted and claimed."""
    gone = api.person(TREVOR)
    api.as_("admin").say("4.6", "Done.", claim="delivered", on_behalf_of=gone)
    api.sql("UPDATE plan SET owner_id = %s", gone)
    done = merged(api, TREVOR, DALE)
    for table, column in REFERENCES.keys() - {("person_merge", "merged_id"), ("seed_key", "person_id")}:
        assert api.one(f"SELECT count(*) FROM {table} WHERE {column} = %s", gone) == 0, (table, column)
    moved = done["moved"]
    assert (moved["dropped"], moved["objectives"], moved["plans"], moved["updates"]) == (1, 1, 1, 1)
    assert [each for each in people_on(api, "4.8") if DALE in each[0]] == [(DALE, DALE)]
    lead = action(api, "4.6")["lead"]
    assert (lead["name"], lead["printed"][:11]) == (DALE, TREVOR)
    assert action(api, "4.6")["updates"][0]["author"]["name"] == TREVOR


def test_what_the_one_who_stays_has_none_of_is_filled_in(api: Api) -> None:
    api.sql("UPDATE person SET post = 'Nurse', email = 'l@example.org' WHERE name = %s", DALE)
    api.sql("UPDATE person SET post = 'Head' WHERE name = %s", DALL)
    done = merged(api, DALE, DALL)
    mine = "SELECT post, email FROM person WHERE name = %s"
    assert api.sql(mine, DALL) == [("Head", "l@example.org")]
    assert api.one("SELECT count(*) FROM journal WHERE concat(before, after) LIKE '%%l@example.org%%'") == 0
    assert undo(api, done).json["left"] == []
    assert api.sql(mine, DALL) == [("Head", None)]


@pytest.mark.parametrize(
    ("person", "body", "expected"),
    [
        (DALE, {"into": "itself"}, (422, "validation-failed")),
        (DALE, {"into": "00000000-0000-0000-0000-000000000000"}, (422, "validation-failed")),
        (DALE, {"into": DALL, "account": "00000000-0000-0000-0000-000000000000"}, (422, "validation-failed")),
        (DALE, {}, (422, "validation-failed")),
        ("", {"into": DALL}, (404, "not-found")),
    ],
    ids=["itself", "nobody", "nobody's account", "nothing", "of nobody"],
)
def test_what_cannot_be_joined(still: Api, person: str, body: dict[str, Any], expected: tuple[int, str]) -> None:
    own = still.person(person) if person else "00000000-0000-0000-0000-000000000000"
    names = {**still.seeded.people, "itself": own}
    sent = {name: names.get(value, value) for name, value in body.items()}
    assert problem(still.as_("admin").post(f"/people/{own}/merge", sent)) == expected


def test_who_was_joined_is_joined_to_nobody_else_and_nobody_to_them(api: Api) -> None:
    merged(api, DALE, DALL)
    assert problem(merge(api, DALE, TREVOR)) == (409, "conflict")
    assert problem(merge(api, TREVOR, DALE)) == (409, "conflict")


def test_it_is_asked_for_again_with_the_same_key(api: Api) -> None:
    key = {"Idempotency-Key": "0b5cbd2e-8f2e-4bd9-9d0c-4f2a3a8d5e10"}
    body = {"into": api.person(DALL)}
    answers = [api.as_("admin").post(f"/people/{api.person(DALE)}/merge", body, headers=key) for _ in range(2)]
    assert answers[0].data == answers[1].data


def test_who_has_not_shown_a_password_lately_is_asked_to(api: Api) -> None:
    api.clock.move(minutes=11)
    assert problem(merge(api, DALE, DALL)) == (403, "confirmation-needed")


# --- accounts -----------------------------------------------------------------------------------------


def test_the_only_account_goes_along(api: Api) -> None:
    done = merged(api, "Lucy Goodfellow", DALL)
    assert api.as_("lucy").read("/me")["person"]["name"] == DALL
    assert api.as_("lucy").say("3.4")["author"]["person"] == api.person(DALL)
    assert undo(api, done).json["left"] == [f"1 update that was posted since the merge stays with {DALL}."]
    assert api.as_("lucy").read("/me")["person"]["name"] == "Lucy Goodfellow"


def test_the_account_of_the_one_who_stays_is_not_touched(api: Api) -> None:
    done = merged(api, JOHN, JANE)
    assert done["moved"]["accounts"] == 0
    assert api.as_("jane").read("/me")["person"]["name"] == JANE
    assert undo(api, done).json["left"] == []
    assert api.one("SELECT count(*) FROM journal WHERE object_type = 'account' AND verb <> 'created'") == 0


def test_of_two_accounts_one_ends_and_who_asks_says_which(api: Api) -> None:
    refused = merge(api, "Gloria Okewale", "Lucy Goodfellow")
    assert problem(refused) == (409, "conflict")
    assert email_of("lucy") in refused.json["detail"]
    assert email_of("gloria") in refused.json["detail"]
    gloria, lucy = (api.seeded.sessions[who]["account"] for who in ("gloria", "lucy"))
    done = merged(api, "Gloria Okewale", "Lucy Goodfellow", account=gloria)
    assert problem(api.as_("lucy").get("/me")) == (401, "session-revoked")
    assert api.as_("gloria").read("/me")["person"]["name"] == "Lucy Goodfellow"
    assert undo(api, done).json["left"] == []
    persons = api.sql(
        "SELECT person_id::text, disabled_at FROM account WHERE id::text IN (%s, %s) ORDER BY email", gloria, lucy
    )
    assert persons == [(api.person("Gloria Okewale"), None), (api.person("Lucy Goodfellow"), None)]


def test_the_last_administrator_does_not_end(api: Api) -> None:
    admin, second = (api.seeded.sessions[who]["account"] for who in ("admin", "second admin"))
    api.sql("UPDATE account SET person_id = %s WHERE id = %s", api.person(DALE), admin)
    api.sql("UPDATE account SET disabled_at = now() WHERE id = %s", second)
    answer = merge(api, DALE, "Lucy Goodfellow", account=api.seeded.sessions["lucy"]["account"])
    assert problem(answer) == (409, "last-admin")
    assert api.one("SELECT count(*) FROM person WHERE merged_into_id IS NOT NULL") == 0


# --- parting ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("person", "into"), [(DALE, DALL), (TREVOR, DALE), (JANE, JOHN)])
def test_an_undo_gives_back_the_plan_as_it_was(api: Api, person: str, into: str) -> None:
    before = plan(api)
    done = merged(api, person, into)
    assert plan(api) != before
    answer = undo(api, done)
    assert (answer.status_code, answer.json["left"], answer.json["undone_by"]) == (200, [], "Business Manager")
    assert plan(api) == before
    assert problem(undo(api, done)) == (409, "conflict")
    assert api.one("SELECT count(*) FROM person WHERE aliases <> '{}'") == 0


def test_what_was_changed_since_stays_and_is_named(api: Api) -> None:
    done = merged(api, TREVOR, DALE)
    given = {"items": [{"objective": None, "to": api.person("Lucy Goodfellow")}], "left_on": "2026-11-22"}
    items = api.as_("admin").read(f"/people/{api.person(DALE)}/handover")["items"]
    given["items"] = [{each["kind"]: each["id"], "to": api.person("Lucy Goodfellow")} for each in items]
    assert api.as_("admin").post(f"/people/{api.person(DALE)}/handover", given).status_code == 200
    left = undo(api, done).json["left"]
    assert "Who is on action 4.6 was changed since, so that stays as it is." in left
    assert left[-1] == "1 of the objectives that Trevor Cook led have another lead officer since."
    assert action(api, "4.6")["lead"]["name"] == "Lucy Goodfellow"


def test_of_a_chain_the_last_is_undone_first(api: Api) -> None:
    first = merged(api, DALE, DALL)
    last = merged(api, DALL, TREVOR)
    refused = undo(api, first)
    assert problem(refused) == (409, "conflict")
    assert refused.json["detail"] == f"{DALL} was joined to {TREVOR} after this. Undo that first."
    assert [undo(api, each).status_code for each in (last, first)] == [200, 200]
    assert api.sql(PAIR) == [(DALE, True), (DALL, True)]


# --- what is told ----------------------------------------------------------------------------------


def test_history_and_feed_tell_it(api: Api) -> None:
    partner = api.partner()
    cursor = partner.read(f"{PLAN}/changes?limit=200")["cursor"]
    done = merged(api, DALE, DALL, note="She told me so.")
    undo(api, done)
    told = partner.read(f"{PLAN}/changes?since={cursor}")["data"]
    assert [(each["type"], each["verb"], each["change"]) for each in told] == [
        ("action", "people-joined", "changed"), ("action", "people-parted", "changed"),
        ("person", "joined", "changed"), ("person", "merged", "deleted"),
        ("person", "parted", "changed"), ("person", "unmerged", "created"),
    ]  # fmt: skip
    history = api.as_("lucy").read(f"{api.action('4.8')}/history")["data"]
    assert [(each["sentence"], each["undoable"]) for each in history[:2]] == [
        ("Business Manager undid that Louise Dibsdale and Louise Dibsdall are one person.", False),
        ("Business Manager said that Louise Dibsdale and Louise Dibsdall are one person: She told me so.", False),
    ]


def test_the_feed_has_nobody_who_was_joined(api: Api) -> None:
    merged(api, DALE, DALL)
    told = api.partner().read(f"{PLAN}/changes?limit=200")["data"]
    objects = [each["object"] for each in told if each["id"] == api.person(DALE)]
    assert objects == [None] * len(objects)


def test_an_update_for_somebody_who_was_joined_is_theirs_who_stands_for_them(api: Api) -> None:
    merged(api, DALE, DALL)
    update = api.as_("admin").say("4.8", on_behalf_of=api.person(DALE))
    assert update["author"]["person"] == api.person(DALL)
