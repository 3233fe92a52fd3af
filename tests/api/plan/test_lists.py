"""Lists: filters, order, pages (API 2)."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from api.schemas.plan.plans import SORTS as ACTION_SORTS
from tests.client import PLAN, PREFIX, Api, Caller
from tests.conftest import Databases, Seeded, api_over

ACTIONS = f"{PLAN}/actions"


@pytest.fixture(scope="module")
def told(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """A plan in which three actions have been spoken of, an hour apart."""
    with api_over(databases, seeded) as api:
        for number, text, more in (
            ("3.4", "Caf\u00e9 rota: 100% of staff, snake_case, a\\b and O'Hara", {"rating": "A"}),
            ("2.4", "Plan\u00adned", {"rating": "G"}),
            ("4.10", "Delivered at last", {"claim": "delivered"}),
        ):
            api.clock.move(hours=1)
            api.as_("admin").say(number, text, **more)
        api.clock.move(hours=1)
        yield api


def numbers(caller: Caller, query: str = "") -> list[str]:
    return [action["number"] for action in caller.read(f"{ACTIONS}?limit=200&{query}")["data"]]


FILTERS: dict[str, list[str] | int] = {
    "objective=4": ["4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8", "4.9", "4.10"],
    "objective=2,5": 10,
    "objective=99": [],
    "status=delivered": ["4.1", "4.2", "4.3", "4.4", "4.10"],
    "status=in_progress": ["2.4", "3.4"],
    "status=in_progress,delivered": 7,
    "rating=R": ["2.4", "3.6", "5.1"],
    "rating=A": ["3.4"],
    "rating=none": 38,
    "rating=R,A": 4,
    "past_date=true": ["2.4", "3.6", "5.1"],
    "past_date=false": 39,
    "needs_update=false": ["2.4", "3.4", "4.1", "4.2", "4.3", "4.4", "4.10"],
    "nobody_named=true": ["5.4"],
    "no_date=true": 19,
    "due_before=2021-04-08": ["5.1"],
    "due_before=2021-04-09": ["3.6", "5.1"],
    "due_after=2021-04-08": ["2.4"],
    "due_after=2020-11-02&due_before=2021-05-31": ["3.6"],
    "updated_since=2026-11-22T14:00:00Z": ["2.4", "4.10"],
    "updated_since=2026-11-22T15:00:00%2B00:00": ["4.10"],
    "objective=3&no_date=true": ["3.7", "3.8"],
    "q=4.10": ["4.10"],
    "q=cafe": ["3.4"],
    "q=CAF%C3%89": ["3.4"],
    "q=cafe%CC%81": ["3.4"],
    "q=devito": ["1.2"],
    "q=Spring+2021": ["2.4"],
    "q=goodfellow": ["1.8", "3.4", "3.5", "6.3"],
    "q=%25": ["3.4"],
    "q=100%25": ["3.4"],
    "q=snake_case": ["3.4"],
    "q=snakeXcase": [],
    "q=a%5Cb": ["3.4"],
    "q=o'hara": ["3.4"],
    "q=zzzz": [],
}


@pytest.mark.parametrize("query", FILTERS)
def test_filter(told: Api, query: str) -> None:
    found, wanted = numbers(told.as_("robert"), query), FILTERS[query]
    assert (len(found) if isinstance(wanted, int) else found) == wanted


def test_underscore_is_not_a_wildcard(told: Api) -> None:
    """The printed words hold underscores in a web address or nowhere; each hit really has one."""
    caller = told.as_("robert")
    for action in caller.read(f"{ACTIONS}?limit=200&q=_")["data"]:
        words = action["text"] + action["by_whom"]["printed"] + (action["latest_update"] or {"text": ""})["text"]
        assert "_" in words, action["number"]


@pytest.mark.parametrize("name", ["Lucy Goodfellow", "Gloria Okewale", "Louise Dibsdall"])
def test_filter_by_person_finds_the_actions_that_name_them(told: Api, name: str) -> None:
    caller = told.as_("robert")
    everything = caller.read(f"{ACTIONS}?limit=200")["data"]
    wanted = [a["number"] for a in everything if told.person(name) in {p["person"] for p in a["by_whom"]["named"]}]
    assert numbers(caller, f"person={told.person(name)}") == wanted != []


def test_filter_by_several_people_finds_the_actions_of_any_once(told: Api) -> None:
    caller = told.as_("robert")
    people = [told.person(name) for name in ("Lucy Goodfellow", "Kate Dempsey")]
    found = numbers(caller, f"person={','.join(people)}")
    assert "6.3" in found
    assert len(found) == len(set(found))


def test_filter_by_agency_finds_the_actions_of_its_people(told: Api) -> None:
    caller = told.as_("robert")
    agency = next(each["id"] for each in caller.read(PLAN)["agencies"] if each["short_name"] == "NELFT")
    assert numbers(caller, f"agency={agency}") == numbers(caller, f"person={told.person('Pippa Ward')}")


SORTS = {
    "number": ("1.1", "6.6"),
    "-number": ("6.6", "1.1"),
    "by_when": ("5.1", "6.6"),
    "-by_when": ("2.4", "1.1"),
    "last_update": ("3.4", "6.6"),
    "-last_update": ("4.10", "1.1"),
}


@pytest.mark.parametrize("sort", SORTS)
def test_sort(told: Api, sort: str) -> None:
    found = numbers(told.as_("robert"), f"sort={sort}")
    assert (found[0], found[-1], len(found)) == (*SORTS[sort], 42)


def test_the_first_due_comes_first_and_the_undated_last(told: Api) -> None:
    assert numbers(told.as_("robert"), "sort=by_when")[:4] == ["5.1", "3.6", "2.4", "1.1"]
    assert numbers(told.as_("robert"), "sort=-by_when")[:4] == ["2.4", "3.6", "5.1", "6.6"]


# What an action may have none of, by the order that sorts by it; the numbers of a plan are always there.
NOTHING = {"by_when": lambda action: action["by_when"]["to"], "last_update": lambda action: action["latest_update"]}


@pytest.mark.parametrize("sort", [sort for sort in ACTION_SORTS if not sort.endswith("number")])
@pytest.mark.parametrize("limit", [1, 7, 200])
def test_what_has_nothing_to_sort_by_is_last_in_both_directions(told: Api, sort: str, limit: int) -> None:
    value = NOTHING[sort.removeprefix("-")]
    pages = walk(told.as_("robert"), f"{ACTIONS}?sort={sort}&limit={limit}")
    there = [value(action) is not None for page in pages for action in page["data"]]
    assert there == sorted(there, reverse=True)
    assert 0 < sum(there) < len(there) == 42


def walk(caller: Caller, path: str) -> Iterator[dict[str, Any]]:
    """Every page, by following links.next."""
    while path:
        page = caller.read(path)
        yield page
        path = (page["links"]["next"] or "").removeprefix(PREFIX)


@pytest.mark.parametrize("sort", ACTION_SORTS)
@pytest.mark.parametrize("limit", [1, 5, 41, 42, 200])
def test_a_walk_shows_each_action_once_in_order(told: Api, sort: str, limit: int) -> None:
    caller = told.as_("robert")
    walked = [a["number"] for page in walk(caller, f"{ACTIONS}?limit={limit}&sort={sort}") for a in page["data"]]
    assert walked == numbers(caller, f"sort={sort}")


def test_pages_keep_the_filters_and_say_the_total(told: Api) -> None:
    pages = list(walk(told.as_("robert"), f"{ACTIONS}?limit=4&objective=4&status=delivered"))
    assert [len(page["data"]) for page in pages] == [4, 1]
    assert [page["page"]["total"] for page in pages] == [5, 5]
    assert parse_qs(urlsplit(pages[0]["links"]["next"]).query)["objective"] == ["4"]


def test_the_link_header_is_the_next_page(told: Api) -> None:
    answer = told.as_("robert").get(f"{ACTIONS}?limit=5")
    assert answer.headers["Link"] == f'<{answer.json["links"]["next"]}>; rel="next"'


def test_the_last_page_has_no_next(told: Api) -> None:
    answer = told.as_("robert").get(f"{ACTIONS}?limit=200")
    assert "Link" not in answer.headers
    assert (answer.json["links"]["next"], answer.json["page"]["next_cursor"]) == (None, None)


def test_a_cursor_serves_one_order_only(told: Api) -> None:
    caller = told.as_("robert")
    cursor = caller.read(f"{ACTIONS}?limit=5")["page"]["next_cursor"]
    assert caller.get(f"{ACTIONS}?limit=5&sort=-number&cursor={quote(cursor)}").status_code == 400


def test_a_walk_while_others_write_misses_nothing_and_repeats_nothing(api: Api) -> None:
    lucy, admin = api.as_("robert"), api.as_("admin")
    found = []
    for turn, page in enumerate(walk(lucy, f"{ACTIONS}?limit=5")):
        found += [action["number"] for action in page["data"]]
        admin.say(f"{turn % 6 + 1}.1", f"Turn {turn}.")
    assert found == numbers(lucy)


def test_sparse_fields_gives_only_those(told: Api) -> None:
    (first, *_) = told.as_("robert").read(f"{ACTIONS}?fields=number,rating&limit=5")["data"]
    assert set(first) == {"number", "rating"}


def test_an_action_in_the_list_is_that_of_the_plan(told: Api) -> None:
    caller = told.as_("robert")
    listed = caller.read(f"{ACTIONS}?limit=200")["data"]
    assert listed == [action for objective in caller.read(PLAN)["objectives"] for action in objective["actions"]]


def test_the_list_has_an_etag_for_all_and_gives_304(told: Api) -> None:
    etag = told.as_("robert").get(ACTIONS).headers["ETag"]
    assert told.as_("lucy").get(ACTIONS, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("path", ["/people", "/agencies", "/plans"])
def test_the_directory_is_walked_in_pages(told: Api, path: str) -> None:
    caller = told.as_("robert")
    key = "slug" if path == "/plans" else "name"
    walked = [each[key] for page in walk(caller, f"{path}?limit=2") for each in page["data"]]
    whole = [each[key] for each in caller.read(f"{path}?limit=200")["data"]]
    assert walked == whole == sorted(whole)


def test_people_are_41_and_most_have_no_agency(told: Api) -> None:
    people = told.as_("robert").read("/people?limit=200")["data"]
    assert len(people) == 41
    assert sum(person["agency"] is not None for person in people) == 9


def test_people_are_not_stored_by_caches_and_show_no_email(told: Api) -> None:
    answer = told.as_("robert").get("/people")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "@" not in answer.text


def test_updates_are_listed_newest_first_in_pages(api: Api) -> None:
    lucy = api.as_("lucy")
    for turn in range(7):
        api.clock.move(minutes=turn % 2)
        lucy.say("3.4", f"Turn {turn}.")
    path = f"{api.action('3.4')}/updates?limit=3"
    assert [each["text"] for page in walk(lucy, path) for each in page["data"]] == [
        f"Turn {n}." for n in range(6, -1, -1)
    ]


def test_an_action_shows_twenty_updates_and_where_the_others_are(api: Api) -> None:
    lucy = api.as_("lucy")
    for turn in range(22):
        lucy.say("3.4", f"Turn {turn}.")
    action = lucy.read(api.action("3.4"))
    older = lucy.read(action["links"]["updates"].removeprefix(PREFIX))
    assert len(action["updates"]) == 20
    assert [each["text"] for each in older["data"]] == ["Turn 1.", "Turn 0."]
