"""The plan document: what is in it, and that everybody gets the same bytes under the same ETag."""

import gzip
import json
import re
from datetime import UTC, datetime

import brotli
import pytest
from openapi_spec_validator import validate

from tests.client import PLAN, Api, body_of, close_app
from tests.factories import seed_document


def numbers_of(plan: dict) -> list[str]:
    return [action["number"] for objective in plan["objectives"] for action in objective["actions"]]


def find(plan: dict, number: str) -> dict:
    return next(
        action for objective in plan["objectives"] for action in objective["actions"] if action["number"] == number
    )


@pytest.fixture(scope="module")
def plan(still: Api) -> dict:
    found: dict = still.as_("robert").read(PLAN)
    return found


def test_42_actions_in_the_order_of_the_paper(plan: dict) -> None:
    document = seed_document()
    printed = [action["number"] for objective in document["objectives"] for action in objective["actions"]]
    assert numbers_of(plan) == printed
    assert len(printed) == 42


def test_4_10_comes_after_4_9(plan: dict) -> None:
    place = numbers_of(plan).index("4.9")
    assert numbers_of(plan)[place + 1] == "4.10"


def test_counts_of_the_seeded_plan(plan: dict) -> None:
    counts = plan["counts"]
    status = {name: number for name, number in counts["status"].items() if number}
    assert status == {"not_reported": 38, "delivered": 4}
    assert counts["rating"] == {"R": 3, "A": 0, "G": 0, "B": 0, "none": 39}
    rest = {name: value for name, value in counts.items() if name not in {"rating", "status"}}
    assert rest == {
        "actions": 42,
        "dated": 3,
        "past_date": 3,
        "needs_update": 38,
        "nobody_named": 1,
        "no_date": 19,
        "delivered_or_complete": 4,
    }


def test_nine_statuses_are_counted(plan: dict) -> None:
    assert len(plan["counts"]["status"]) == 9


@pytest.mark.parametrize("number", ["1.1", "1.2", "2.2", "3.6", "4.4", "5.4", "4.10"])
def test_an_action_says_what_the_paper_says(plan: dict, number: str) -> None:
    document = seed_document()
    wanted = next(a for o in document["objectives"] for a in o["actions"] if a["number"] == number)
    found = find(plan, number)
    assert (found["text"], found["by_whom"]["printed"]) == (wanted["text"], wanted["by_whom"]["printed"])
    when = {name: found["by_when"][name] for name in ("printed", "kind", "from", "to")}
    assert (when, found["by_when"]["moved"]) == (wanted["by_when"], [])
    assert found["notes"] == [{name: note[name] for name in ("code", "text", "for")} for note in wanted["notes"]]


def test_places_keep_the_printed_order_names_and_qualifiers(plan: dict) -> None:
    places = find(plan, "1.2")["by_whom"]["named"]
    assert [(place["name"], place["qualifier"]) for place in places][:3] == [
        ("Lynne Adams", "for Havering"),
        ("Teresa DeVito", "B&D"),
        ("Judy Daniels", "Redbridge"),
    ]


def test_a_place_is_a_person_or_a_group(plan: dict) -> None:
    places = [p for o in plan["objectives"] for a in o["actions"] for p in a["by_whom"]["named"]]
    assert all([place["person"], place["group"], place["agency"]].count(None) == 2 for place in places)
    assert (sum(p["person"] is not None for p in places), sum(p["group"] is not None for p in places)) == (97, 39)


def test_everybody_named_is_in_people(plan: dict) -> None:
    known = {person["id"] for person in plan["people"]}
    named = {p["person"] for o in plan["objectives"] for a in o["actions"] for p in a["by_whom"]["named"]} - {None}
    assert named | {o["lead"]["person"] for o in plan["objectives"]} | {plan["owner"]["person"]} == known
    assert len(known) == 41


def test_no_email_is_in_the_plan(still: Api) -> None:
    assert "@" not in body_of(still.as_("robert").get(PLAN)).decode()


def test_nobody_is_named_on_5_4(plan: dict) -> None:
    assert find(plan, "5.4")["by_whom"] == {"printed": "", "first_printed": None, "named": []}


def test_printed_markup_is_stored_as_plain_words(plan: dict) -> None:
    assert "<i>" not in json.dumps(plan)


def test_what_the_paper_leaves_out_is_null(plan: dict) -> None:
    names = ("ends_on", "review_dates", "next_review_on", "summary")
    assert [plan[name] for name in names] == [None] * 4


@pytest.mark.parametrize("number", ["2.4", "3.6", "5.1"])
def test_the_three_dated_actions_are_red_and_say_since_when(plan: dict, number: str) -> None:
    rating = find(plan, number)["rating"]
    since = {"2.4": "31 May 2021", "3.6": "8 April 2021", "5.1": "2 November 2020"}[number]
    assert (rating["value"], rating["basis"], rating["says"]) == ("R", "past_date", f"Past its date since {since}")


def test_plan_is_found_by_id_and_by_slug(still: Api) -> None:
    robert = still.as_("robert")
    assert robert.get(PLAN).data == robert.get(f"/plans/{still.seeded.plan}").data


# --- the same for every reader ------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["admin", "jane", "lucy", "stranger"])
def test_every_reader_gets_the_same_bytes_and_etag(still: Api, who: str) -> None:
    first, second = still.as_("robert").get(PLAN), still.as_(who).get(PLAN)
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]


def test_another_worker_gives_the_same_bytes(still: Api) -> None:
    """A second app over the same database builds the document for itself."""
    from api.app import create_app
    from tests.conftest import settings_for

    other = create_app(settings_for(still.url), clock=still.clock)
    answer = other.test_client().get(f"/api/v1{PLAN}", headers=still.as_("robert").headers)
    close_app(other)
    assert answer.data == still.as_("robert").get(PLAN).data


@pytest.mark.parametrize("form", ["{}", "W/{}", '"x", {}', "*", '{} , W/"y"'])
def test_who_has_it_already_gets_304_without_a_body(still: Api, form: str) -> None:
    etag = still.as_("robert").get(PLAN).headers["ETag"]
    answer = still.as_("lucy").get(PLAN, headers={"If-None-Match": form.format(etag)})
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == etag


@pytest.mark.parametrize("given", ['"x"', '"r1"', "", "nonsense"])
def test_who_has_another_gets_it_whole(still: Api, given: str) -> None:
    assert still.as_("lucy").get(PLAN, headers={"If-None-Match": given}).status_code == 200


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_compressed_form_holds_the_same_under_an_etag_of_its_own(still: Api, coding: str) -> None:
    plain = still.as_("robert").get(PLAN)
    packed = still.as_("robert").get(PLAN, headers={"Accept-Encoding": coding})
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress}[coding]
    assert packed.headers["Content-Encoding"] == coding
    assert unpack(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    again = still.as_("lucy").get(PLAN, headers={"Accept-Encoding": coding, "If-None-Match": packed.headers["ETag"]})
    assert again.status_code == 304


def test_the_plan_is_at_most_8_kb_in_brotli(still: Api) -> None:
    packed = still.as_("robert").get(PLAN, headers={"Accept-Encoding": "gzip, br"})
    assert len(packed.data) <= 8 * 1024


def test_a_cache_keeps_the_plan_to_its_reader_and_asks_again(still: Api) -> None:
    headers = still.as_("robert").get(PLAN).headers
    assert headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in headers["Vary"]
    assert "Accept-Encoding" in headers["Vary"]


def test_a_post_gives_the_plan_a_new_etag_and_shows_in_it(api: Api) -> None:
    robert = api.as_("robert")
    before = robert.get(PLAN)
    posted = api.as_("lucy").say("3.4", "The data set is agreed.", rating="A")
    after = robert.get(PLAN, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert find(after.json, "3.4")["latest_update"]["id"] == posted["id"]
    assert after.json["revision"] == before.json["revision"] + 1


def test_the_next_day_gives_the_plan_a_new_etag_and_day(api: Api) -> None:
    robert = api.as_("robert")
    etag = robert.get(PLAN).headers["ETag"]
    api.clock.move(days=1)
    after = robert.get(PLAN, headers={"If-None-Match": etag})
    assert (after.status_code, after.json["as_of"]) == (200, "2026-11-23")


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2027, 6, 30, 22, 59, 59, tzinfo=UTC), "2027-06-30"),
        (datetime(2027, 6, 30, 23, 0, 0, tzinfo=UTC), "2027-07-01"),
        (datetime(2027, 12, 31, 23, 59, 59, tzinfo=UTC), "2027-12-31"),
    ],
    ids=["before midnight in summer", "midnight in summer", "before midnight in winter"],
)
def test_the_day_is_londons(api: Api, instant: datetime, day: str) -> None:
    api.clock.now = instant
    assert api.as_("robert").read(PLAN)["as_of"] == day


def test_a_change_of_the_directory_gives_the_plan_a_new_etag(api: Api) -> None:
    robert = api.as_("robert")
    etag = robert.get(PLAN).headers["ETag"]
    api.sql("UPDATE person SET post = 'Officer' WHERE name = 'Lucy Goodfellow'")
    api.sql("UPDATE directory_revision SET value = value + 1")
    after = robert.get(PLAN, headers={"If-None-Match": etag})
    assert next(p["post"] for p in after.json["people"] if p["name"] == "Lucy Goodfellow") == "Officer"


def test_a_green_rating_is_stale_after_a_cycle_and_leaves_the_count(api: Api) -> None:
    api.as_("jane").say("3.4", rating="G")
    robert = api.as_("robert")
    assert robert.read(PLAN)["counts"]["rating"]["G"] == 1
    api.clock.move(days=93)
    plan = robert.read(PLAN)
    assert plan["counts"]["rating"]["G"] == 0
    assert (
        find(plan, "3.4")["rating"]["says"] == "Jane Carroll said on track on 22 November 2026, too long ago to count"
    )
    assert find(plan, "3.4")["needs_update"]


def test_the_list_of_plans(still: Api) -> None:
    (only,) = still.as_("robert").read("/plans")["data"]
    assert (only["slug"], only["id"]) == ("havering-2020-23", still.seeded.plan)


# --- the document of the API --------------------------------------------------------------------------


def test_the_openapi_document_is_valid(still: Api) -> None:
    validate(still.nobody.read("/openapi.json"))


def test_the_openapi_document_speaks_of_every_route(still: Api) -> None:
    paths = still.nobody.read("/openapi.json")["paths"]
    routes = {
        (re.sub(r"<(?:.*:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in still.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith("api.")
    }
    assert {(path, method) for path in paths for method in paths[path]} == routes


def test_the_readable_page_needs_no_script(still: Api) -> None:
    page = still.nobody.get("/docs").text
    assert "<script" not in page
    assert "/api/v1/actions/{action}/updates" in page
