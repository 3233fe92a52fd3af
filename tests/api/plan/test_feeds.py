"""The status in numbers and the flat feeds: the same plan, in the forms that other programs read (API 7.2, 9)."""

import csv
import io
from typing import Any

import pytest

from api.domain.plan.document import Counts
from api.exports.csv_text import defuse
from api.exports.flat import COLUMNS
from api.exports.status import PlanStatus
from api.schemas.plan.feeds import FlatActionOut, StatusOut
from tests.client import PLAN, Api, body_of
from tests.factories import seed_document

STATUS, CSV, JSON = f"{PLAN}/status", f"{PLAN}/actions.csv", f"{PLAN}/actions.json"
UPDATES, UPDATES_JSON = f"{PLAN}/updates.csv", f"{PLAN}/updates.json"
FEEDS = [STATUS, CSV, JSON, UPDATES, UPDATES_JSON]


def read_csv(api: Api, path: str = CSV) -> list[dict[str, str]]:
    answer = api.as_("robert").get(path)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(body_of(answer).decode("utf-8-sig"), newline="")))


def row(rows: list[Any], number: str) -> Any:
    return next(each for each in rows if each["number"] == number)


@pytest.fixture
def busy(api: Api) -> Api:
    """The plan after some work on it."""
    api.as_("lucy").say("3.4", '=HYPERLINK("https://example.org"), and so on.\nA second line.', rating="A")
    api.as_("jane").say("3.5", "Agreed.", rating="G")
    body = {"kind": "season", "printed": "Spring 2027", "reason": "Agreed at the board."}
    assert api.as_("admin").post(f"{api.action('2.4')}/dates", body).status_code == 201
    return api


# --- the status -------------------------------------------------------------------------------------------


def test_the_status_says_what_the_plan_counts(busy: Api) -> None:
    robert = busy.as_("robert")
    plan, status = robert.read(PLAN), robert.read(STATUS)
    assert (status["counts"], status["revision"], status["as_of"]) == (plan["counts"], plan["revision"], plan["as_of"])
    assert status["plan"] == {name: plan[name] for name in ("id", "slug", "title")}


def test_percentages_say_of_what(still: Api) -> None:
    assert still.as_("robert").read(STATUS)["says"] == {
        "delivered_or_complete": "4 of 42",
        "dated": "3 of 42",
        "past_date": "3 of 42",
        "needs_update": "38 of 42",
        "nobody_named": "1 of 42",
        "no_date": "19 of 42",
    }


def test_the_objectives_add_up_to_the_plan(busy: Api) -> None:
    status = busy.as_("robert").read(STATUS)
    assert [each["counts"]["actions"] for each in status["objectives"]] == [8, 5, 8, 10, 5, 6]
    for kind in ("rating", "status"):
        for name, number in status["counts"][kind].items():
            assert sum(each["counts"][kind][name] for each in status["objectives"]) == number


def test_an_objective_names_its_lead(still: Api) -> None:
    objective = still.as_("robert").read(STATUS)["objectives"][2]
    assert (objective["number"], objective["lead"]) == (3, {"name": "Jane Carroll", "agency": "LB Havering"})


def test_an_agency_counts_what_the_list_of_its_actions_holds(busy: Api) -> None:
    robert = busy.as_("robert")
    agencies = robert.read(STATUS)["agencies"]
    assert len(agencies) == 5
    for agency in agencies:
        listed = robert.read(f"{PLAN}/actions?agency={agency['id']}&limit=200")["data"]
        rated = {letter: sum((each["rating"]["value"] or "none") == letter for each in listed) for letter in "RAGB"}
        assert agency["counts"]["actions"] == len(listed)
        assert rated.items() <= agency["counts"]["rating"].items()


def test_actions_of_no_stated_agency_are_counted_too(still: Api) -> None:
    flat = still.as_("robert").read(JSON)["data"]
    counted = still.as_("robert").read(STATUS)["agency_not_stated"]["actions"]
    assert counted == sum(each["agencies"] == "" for each in flat) > 0


def test_the_status_is_small(still: Api) -> None:
    assert len(still.as_("robert").get(STATUS).data) < 8 * 1024


# --- the rows ---------------------------------------------------------------------------------------------


def test_each_action_is_a_row_in_the_order_of_the_paper(still: Api) -> None:
    printed = [action["number"] for objective in seed_document()["objectives"] for action in objective["actions"]]
    assert [each["number"] for each in read_csv(still)] == printed
    assert "4.10" in printed


def test_the_columns_are_the_documented_ones(still: Api) -> None:
    assert list(read_csv(still)[0]) == list(COLUMNS)
    assert list(still.as_("robert").read(JSON)["data"][0]) == list(COLUMNS)


def test_csv_and_json_say_the_same(busy: Api) -> None:
    def as_text(value: Any) -> str:
        if isinstance(value, str):
            return defuse(value)
        return "" if value is None else str(value).lower()

    flat = busy.as_("robert").read(JSON)["data"]
    assert read_csv(busy) == [{name: as_text(value) for name, value in each.items()} for each in flat]


def test_a_row(busy: Api) -> None:
    found = row(busy.as_("robert").read(JSON)["data"], "3.4")
    words = '=HYPERLINK("https://example.org"), and so on.\nA second line.'
    assert {name: found[name] for name in ("rating", "rating_word", "rating_basis", "declared_by", "last_update")} == {
        "rating": "A", "rating_word": "At risk", "rating_basis": "declared", "declared_by": "Lucy Goodfellow",
        "last_update": words,
    }  # fmt: skip
    assert (found["last_update_on"], found["last_update_by"], found["updates"]) == ("2026-11-22", "Lucy Goodfellow", 1)
    assert (found["lead_officer"], found["status"], found["status_word"]) == (
        "Jane Carroll",
        "in_progress",
        "In progress",
    )
    assert found["url"] == "https://localhost/p/havering-2020-23/actions/3.4"


def test_a_moved_date_says_how_often_and_from_what(busy: Api) -> None:
    found = row(busy.as_("robert").read(JSON)["data"], "2.4")
    assert (found["by_when"], found["due_to"], found["times_moved"], found["first_due"]) == (
        "Spring 2027", "2027-05-31", 1, "Spring 2021",
    )  # fmt: skip


def test_an_action_without_a_rating_says_so_and_is_not_green(still: Api) -> None:
    found = row(still.as_("robert").read(JSON)["data"], "1.1")
    assert (found["rating"], found["rating_word"], found["declared_rating"]) == (None, "Not rated", None)


def test_holders_are_told_apart(still: Api) -> None:
    found = row(still.as_("robert").read(JSON)["data"], "4.4")
    assert "Havering Schools" in found["groups"]
    assert "Havering Schools" not in found["people"]
    assert found["by_whom"].startswith(found["people"].split("; ")[0])


def test_a_formula_does_not_run_in_a_spreadsheet(busy: Api) -> None:
    assert row(read_csv(busy), "3.4")["last_update"].startswith("'=HYPERLINK")


def test_text_is_in_quotes_and_numbers_are_not(still: Api) -> None:
    line = body_of(still.as_("robert").get(CSV)).decode("utf-8-sig").split("\r\n")[1]
    assert line.startswith('"havering-2020-23",1,"')
    assert ',"1.1",1,1,"' in line


def test_the_file_has_a_name_a_kind_and_a_byte_order_mark(still: Api) -> None:
    answer = still.as_("robert").get(CSV)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    name = "havering-2020-23-actions-2026-11-22.csv"
    assert answer.headers["Content-Disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    assert body_of(answer).startswith(b"\xef\xbb\xbfplan,objective_number,")


# --- asking again, and for another day ----------------------------------------------------------------------


@pytest.mark.parametrize("path", FEEDS)
def test_who_has_it_gets_304_until_something_changes(api: Api, path: str) -> None:
    robert = api.as_("robert")
    answer = robert.get(path)
    again = robert.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "private, no-cache")
    api.as_("jane").say("3.4", rating="R")
    assert robert.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("path", FEEDS)
def test_a_past_day_is_told_as_it_was_told_that_day(api: Api, path: str) -> None:
    robert = api.as_("robert")
    api.as_("jane").say("3.4", rating="G")
    evening = body_of(robert.get(path))
    api.clock.move(days=1)
    api.as_("jane").say("3.4", "Worse.", rating="R")
    assert body_of(robert.get(f"{path}?as_at=2026-11-22")) == evening
    assert body_of(robert.get(path)) != evening


@pytest.mark.parametrize("path", FEEDS)
def test_a_plan_is_found_by_its_id_too(still: Api, path: str) -> None:
    robert = still.as_("robert")
    assert robert.get(path.replace(PLAN, f"/plans/{still.seeded.plan}")).data == robert.get(path).data


def test_two_addresses_of_one_service_get_links_of_their_own(still: Api) -> None:
    robert = still.as_("robert")
    urls = [robert.get(JSON, base_url=site).json["data"][0]["url"] for site in ("https://one.test", "https://two.test")]
    assert [url.split("/p/")[0] for url in urls] == ["https://one.test", "https://two.test"]


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("query", ["?day=2026-11-22", "?as_at=2026-11-22&as_at=2026-11-21", "?as_at="])
def test_a_wrong_parameter_is_refused(still: Api, path: str, query: str) -> None:
    assert still.as_("robert").get(path + query).status_code == 400


# --- the document of the API -----------------------------------------------------------------------------


def test_the_documented_members_are_those_of_the_answers() -> None:
    assert list(FlatActionOut().fields) == list(COLUMNS)
    assert list(StatusOut().fields) == list(PlanStatus.__dataclass_fields__)


def test_the_counts_are_documented_whole(still: Api) -> None:
    schemas = still.nobody.read("/openapi.json")["components"]["schemas"]
    assert set(schemas["Counts"]["properties"]) == set(Counts.__dataclass_fields__)
