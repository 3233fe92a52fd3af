"""People of the directory: who is listed, who reads an e-mail address, and what an edit does to the plan, the feed and past days."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.client import PLAN, Api, Caller, problem
from tests.conftest import Databases, Seeded, api_over

ADDRESS = "trevor.cook@havering.example.org"
OTHER = "adam.seomore@bhrut.example.org"
JANE = "Jane Carroll"


def page_of(api: Api, name: str) -> str:
    return f"/people/{api.person(name)}"


def edit(api: Api, name: str, /, **members: Any) -> Any:
    """Edit somebody as an administrator; the person after it."""
    admin, path = api.as_("admin"), page_of(api, name)
    answer = admin.patch(path, members, headers=admin.etag(path))
    assert answer.status_code == 200, answer.text
    return answer.json


def add(api: Api, name: str, /, **members: Any) -> Any:
    answer = api.as_("admin").post("/people", {"name": name, **members})
    assert answer.status_code == 201, answer.text
    return answer.json


def names(caller: Caller, query: str = "") -> list[str]:
    return [each["name"] for each in caller.read(f"/people?limit=200{query}")["data"]]


def agency(api: Api, short_name: str) -> str:
    found = {each["short_name"]: each["id"] for each in api.as_("robert").read("/agencies")["data"]}
    return str(found[short_name])


# --- the list ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kept(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """Trevor Cook and Adam Seomore have addresses, Kate Dempsey another name, Ian Elliott left, Louise Dibsdale is Dibsdall."""
    with api_over(databases, seeded) as api:
        edit(api, "Trevor Cook", email=ADDRESS.upper(), post="Head of Zebras")
        edit(api, "Adam Seomore", email=OTHER)
        edit(api, "Kate Dempsey", aliases=["Cathérine  Dempsey-Müller"])
        edit(api, "Ian Elliott", left_on="2026-05-05")
        api.sql(
            "UPDATE person SET merged_into_id = (SELECT id FROM person WHERE name = 'Louise Dibsdall') WHERE name = 'Louise Dibsdale'"
        )
        yield api


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("&q=kate", ["Kate Dempsey"]),
        ("&q=KATE%20%20DEMP", ["Kate Dempsey"]),
        ("&q=catherine%20dempsey-mul", ["Kate Dempsey"]),
        ("&q=%25", []),
        ("&q=_", []),
        ("&left=true", ["Ian Elliott"]),
        ("&left=true&q=kate", []),
        ("&q=louise%20dib", ["Louise Dibsdall"]),
        ("&q=zebras", []),
    ],
    ids=[
        "a word", "folded", "another name without accents", "a literal %", "a literal _", "who left", "both filters",
        "merged into another", "not the post",
    ],
)  # fmt: skip
def test_the_list_is_filtered(kept: Api, query: str, found: list[str]) -> None:
    assert names(kept.as_("robert"), query) == found


def test_by_agency_and_with_none_stated(kept: Api) -> None:
    robert = kept.as_("robert")
    havering = names(robert, f"&agency={agency(kept, 'LB Havering')}")
    nowhere = names(robert, "&agency=none")
    assert ("Trevor Cook" in havering, "Trevor Cook" in nowhere, "Ian Elliott" in nowhere) == (True, False, True)
    both = names(robert, f"&agency=none,{agency(kept, 'LB Havering')}")
    assert sorted(havering + nowhere) == sorted(both)


def test_those_who_are_there_and_those_who_left_are_all(kept: Api) -> None:
    robert = kept.as_("robert")
    assert sorted(names(robert, "&left=true") + names(robert, "&left=false")) == sorted(names(robert))


def test_a_page_leads_to_the_next_with_its_filters(kept: Api) -> None:
    robert, seen, path = kept.as_("robert"), [], "/people?limit=10&agency=none&left=false"
    while path:
        found = robert.read(path)
        seen += [each["name"] for each in found["data"]]
        path = (found["links"]["next"] or "").removeprefix("/api/v1")
    assert seen == names(robert, "&agency=none&left=false")


@pytest.mark.parametrize("query", ["agency=x", "left=maybe", "sort=email", "email=a", "q="])
def test_a_filter_that_is_none(kept: Api, query: str) -> None:
    assert problem(kept.as_("admin").get(f"/people?{query}")) == (400, "invalid-parameter")


# --- whose address who may read ---------------------------------------------------------------------------------

# Lucy Goodfellow has no agency stated; she is put into Trevor Cook's for a test of its own.
READS = {
    "admin": True,
    "jane": True,
    "gordon": True,
    "lucy": False,
    "stranger": False,
    "robert": False,
    "partner": False,
}


def caller(api: Api, who: str) -> Caller:
    return api.partner() if who == "partner" else api.as_(who)


@pytest.mark.parametrize("who", READS)
def test_who_reads_an_address(kept: Api, who: str) -> None:
    one = caller(kept, who)
    listed = next(each for each in one.read("/people?limit=200")["data"] if each["name"] == "Trevor Cook")
    wanted = ADDRESS if READS[who] else None
    assert (listed["email"], one.read(page_of(kept, "Trevor Cook"))["email"]) == (wanted, wanted)


@pytest.mark.parametrize("who", READS)
@pytest.mark.parametrize("q", [ADDRESS, "example.org", "@", "bhrut.ex"])
def test_no_search_finds_an_address(kept: Api, who: str, q: str) -> None:
    assert names(caller(kept, who), f"&q={q}") == []


@pytest.mark.parametrize("who", [who for who, reads in READS.items() if not reads])
@pytest.mark.parametrize(
    "path", ["/people", "page", PLAN, f"{PLAN}/changes", f"{PLAN}/actions.json", f"{PLAN}/journal", "/agencies"]
)
def test_no_address_is_anywhere_else(kept: Api, who: str, path: str) -> None:
    answer = caller(kept, who).get(page_of(kept, "Trevor Cook") if path == "page" else path)
    if path == f"{PLAN}/journal" and who == "partner":
        assert answer.status_code in {200, 403}
    else:
        assert answer.status_code == 200
    assert "havering.example.org" not in answer.text


def test_an_etag_tells_nothing_of_an_address(api: Api) -> None:
    """Two addresses of the same person, the same tag for who may not read them but for the directory's revision and version."""
    path, robert = page_of(api, "Trevor Cook"), api.as_("robert")
    edit(api, "Trevor Cook", email="a@example.org")
    first = robert.get(path)
    api.sql("UPDATE person SET email = 'b@example.org' WHERE name = 'Trevor Cook'")
    assert robert.get(path).headers["ETag"] == first.headers["ETag"]
    assert api.as_("jane").get(path).headers["ETag"] != first.headers["ETag"]


def test_a_contributor_reads_the_addresses_of_their_own_agency_only(api: Api) -> None:
    edit(api, "Trevor Cook", email=ADDRESS)
    edit(api, "Adam Seomore", email=OTHER)
    edit(api, "Lucy Goodfellow", agency=agency(api, "LB Havering"))
    listed = {each["name"]: each["email"] for each in api.as_("lucy").read("/people?limit=200")["data"]}
    assert (listed["Trevor Cook"], listed["Adam Seomore"]) == (ADDRESS, None)


def test_nobody_shares_an_agency_that_is_not_stated(api: Api) -> None:
    edit(api, "Ian Elliott", email=ADDRESS)
    assert api.as_("lucy").read(page_of(api, "Ian Elliott"))["email"] is None


def test_people_are_kept_by_no_cache(still: Api) -> None:
    answer = still.as_("robert").get(page_of(still, JANE))
    assert answer.headers["Cache-Control"] == "no-store"


# --- one person ----------------------------------------------------------------------------------------------------


def test_a_person_with_what_they_are_named_for(still: Api) -> None:
    jane = still.as_("admin").read(page_of(still, JANE))
    assert [(each["number"], each["plan"]) for each in jane["leads"]] == [(3, "havering-2020-23")]
    assert jane["account"] is True
    lucy = still.as_("robert").read(page_of(still, "Lucy Goodfellow"))
    assert "3.4" in [each["number"] for each in lucy["named_on"]]
    assert lucy["account"] is None


def test_numbers_are_in_order_of_number(still: Api) -> None:
    places = still.as_("robert").read(page_of(still, "Kate Dempsey"))["named_on"]
    numbers = [tuple(map(int, each["number"].split("."))) for each in places]
    assert numbers == sorted(numbers)


def test_somebody_listed_under_another_name(kept: Api) -> None:
    answer = kept.as_("admin").get(page_of(kept, "Louise Dibsdale"))
    assert problem(answer) == (404, "not-found")
    assert answer.json["detail"] == "Louise Dibsdale is now listed as Louise Dibsdall."


def test_who_has_it_already_is_told_so(still: Api) -> None:
    robert, path = still.as_("robert"), page_of(still, JANE)
    assert robert.get(path, headers={"If-None-Match": robert.get(path).headers["ETag"]}).status_code == 304


# --- adding -----------------------------------------------------------------------------------------------------------


def test_somebody_is_added(api: Api) -> None:
    made = add(
        api, " Ann\t O'Neill ", post="Nurse", agency=agency(api, "NELFT"), email=" Ann@NELFT.example.org", aliases=["Annie", "Annie"]
    )  # fmt: skip
    assert (made["name"], made["email"], made["aliases"]) == ("Ann O'Neill", "ann@nelft.example.org", ["Annie"])
    assert api.as_("jane").read(f"/people/{made['id']}") == {**made, "account": None}


def test_two_people_may_share_a_name(api: Api) -> None:
    add(api, JANE)
    assert names(api.as_("robert")).count(JANE) == 2


def test_added_once_under_one_key(api: Api) -> None:
    admin, key = api.as_("admin"), {"Idempotency-Key": "0123456789abcdef"}
    first, again = (admin.post("/people", {"name": "Ann O'Neill"}, headers=key) for _ in range(2))
    assert (again.json, again.headers["Idempotency-Replayed"]) == (first.json, "true")
    assert names(admin, "&q=neill") == ["Ann O'Neill"]


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({}, "/name"),
        ({"name": " "}, "/name"),
        ({"name": "x" * 201}, "/name"),
        ({"name": "A\u0007B"}, "/name"),
        ({"name": "A", "email": "somebody"}, "/email"),
        ({"name": "A", "email": "a@b"}, "/email"),
        ({"name": "A", "email": "a b@example.org"}, "/email"),
        ({"name": "A", "email": "a@example.org\u0000"}, "/email"),
        ({"name": "A", "email": f"{'a' * 250}@example.org"}, "/email"),
        ({"name": "A", "agency": "00000000-0000-0000-0000-000000000000"}, "/agency"),
        ({"name": "A", "left_on": "5 May"}, "/left_on"),
        ({"name": "A", "aliases": [""]}, "/aliases/0"),
        ({"name": "A", "aliases": ["a"] * 21}, "/aliases"),
        ({"name": "A", "merged_into_id": None}, "/merged_into_id"),
    ],
)
def test_what_is_refused_says_where(still: Api, members: dict[str, Any], pointer: str) -> None:
    answer = still.as_("admin").post("/people", members)
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json["errors"]] == [pointer]


# --- editing ----------------------------------------------------------------------------------------------------------


def test_a_name_that_changes_stays_among_the_other_names(api: Api) -> None:
    assert edit(api, JANE, name="Jane Carroll-Smith")["aliases"] == [JANE]
    again = edit(api, JANE, name=JANE, aliases=["J. Carroll"])
    assert (again["name"], again["aliases"]) == (JANE, ["J. Carroll", "Jane Carroll-Smith"])


def test_printed_words_stay(api: Api) -> None:
    before = api.as_("robert").read(api.action("3.4"))["by_whom"]
    edit(api, "Lucy Goodfellow", name="Lucy Goodchild")
    assert api.as_("robert").read(api.action("3.4"))["by_whom"] == before


def test_null_empties(api: Api) -> None:
    emptied = edit(api, JANE, post=None, agency=None)
    assert (emptied["post"], emptied["agency"]) == (None, None)


def test_nothing_changed_writes_nothing(api: Api) -> None:
    before = api.journal_length()
    assert edit(api, JANE, name=JANE)["version"] == 1
    assert api.journal_length() == before


def test_an_edit_needs_what_was_read(still: Api) -> None:
    admin, path = still.as_("admin"), page_of(still, JANE)
    assert problem(admin.patch(path, {"post": "X"})) == (428, "precondition-required")
    action = admin.etag(still.action("3.4"))
    assert problem(admin.patch(path, {"post": "X"}, headers=action)) == (412, "stale-version")


def test_another_field_is_merged_the_same_field_is_a_clash(api: Api) -> None:
    admin, path = api.as_("admin"), page_of(api, JANE)
    read = admin.etag(path)
    edit(api, JANE, post="Director")
    assert admin.patch(path, {"left_on": "2026-12-31"}, headers=read).status_code == 200
    refused = admin.patch(path, {"post": "Assistant", "email": "j@example.org"}, headers=read)
    assert problem(refused) == (412, "stale-version")
    assert [(each["field"], each["value"]) for each in refused.json["clashes"]] == [("post", "Director")]
    assert (refused.json["current"]["post"], refused.json["current"]["email"]) == ("Director", None)
    assert admin.patch(path, {"post": "Assistant"}, headers={"If-Match": refused.headers["ETag"]}).status_code == 200


def test_an_address_is_a_clash_too_and_the_journal_never_holds_one(api: Api) -> None:
    admin, path = api.as_("admin"), page_of(api, JANE)
    edit(api, JANE, email="first@example.org")
    read = admin.etag(path)
    edit(api, JANE, email="second@example.org")
    refused = admin.patch(path, {"email": "third@example.org"}, headers=read)
    assert [each["field"] for each in refused.json["clashes"]] == ["email"]
    assert "@example.org" not in api.one("SELECT string_agg(j::text, ' ') FROM journal j WHERE object_type = 'person'")


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ({"name": "Jane Smith"}, "Business Manager renamed Jane Carroll to Jane Smith."),
        ({"name": "Jane Smith", "post": None}, "Business Manager renamed Jane Carroll to Jane Smith, and changed the post."),
        ({"left_on": "2026-12-31", "email": "j@example.org"}, "Business Manager changed the e-mail address and the last day of Jane Carroll."),
    ],
)  # fmt: skip
def test_the_journal_says_it(api: Api, members: dict[str, Any], sentence: str) -> None:
    edit(api, JANE, **members)
    assert api.as_("admin").read(f"{PLAN}/journal")["data"][0]["sentence"] == sentence


# --- and the plan ---------------------------------------------------------------------------------------------------


def test_the_plan_shows_it_under_another_etag(api: Api) -> None:
    robert = api.as_("robert")
    before = robert.get(PLAN)
    edit(api, JANE, name="Jane Smith", left_on="2026-12-31")
    answer = robert.get(PLAN, headers={"If-None-Match": before.headers["ETag"]})
    assert answer.status_code == 200
    assert answer.json["objectives"][2]["lead"]["name"] == "Jane Smith"
    assert next(each["left_on"] for each in answer.json["people"] if each["name"] == "Jane Smith") == "2026-12-31"


def test_a_past_day_shows_what_was_there(api: Api) -> None:
    robert, day = api.as_("robert"), date(2026, 11, 22)
    before = robert.read(PLAN)
    api.clock.move(days=1)
    edit(api, JANE, name="Jane Smith", post=None, agency=None, left_on="2026-12-31")
    then, now = robert.read(f"{PLAN}?as_at={day}"), robert.read(PLAN)
    assert then["objectives"][2]["lead"] == before["objectives"][2]["lead"]
    assert then["people"] == before["people"] != now["people"]


def test_the_feed_tells_it(api: Api) -> None:
    robert = api.as_("robert")
    cursor = robert.read(f"{PLAN}/changes?limit=200")["cursor"]
    edit(api, JANE, name="Jane Smith")
    told = robert.read(f"{PLAN}/changes?since={cursor}")["data"]
    assert [(each["type"], each["change"], each["object"]["name"]) for each in told] == [
        ("person", "changed", "Jane Smith")
    ]
