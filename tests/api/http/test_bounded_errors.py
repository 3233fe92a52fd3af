"""A small body makes no large answer and no long work: at most a hundred things are told, and no list is longer than is said."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from api.http.messages import json_io
from api.schemas.fields import Some
from tests.client import PLAN, Api, body_of, problem
from tests.unit.schema_walk import every_input

SIGN_IN = "/auth/sign-in"
MOST = 100
SMALL = 40 * 1024  # bytes
MANY = 75_000


def sent(api: Api, path: str, body: str, who: str = "", **headers: str) -> Any:
    caller = api.as_(who) if who else api.nobody
    return caller.post(path, data=body, content_type="application/json", headers=headers)


def members(number: int) -> str:
    return json.dumps({f"m{at}": 1 for at in range(number)})


@pytest.mark.parametrize("number", [101, MANY])
def test_many_unknown_members_are_one_thing(still: Api, number: int) -> None:
    answer = sent(still, SIGN_IN, members(number))
    assert problem(answer) == (422, "validation-failed")
    assert len(answer.data) < 1024
    assert f"{number:,} members" in answer.json["errors"][0]["detail"]


def test_a_hundred_are_told_one_by_one(still: Api) -> None:
    answer = sent(still, SIGN_IN, members(98))
    assert len(answer.json["errors"]) == MOST  # and the two that have to be there
    assert "more_errors" not in answer.json
    assert len(answer.data) < SMALL


def test_it_is_said_how_many_more_there_are(still: Api) -> None:
    places = [{f"unknown{at}": 1 for at in range(9)} for _ in range(20)]
    path = f"{PLAN}/actions"
    answer = sent(still, path, json.dumps({"by_whom": places}), "admin", **{"Idempotency-Key": "k" * 20})
    told = answer.json["errors"]
    assert problem(answer)[0] == 422
    assert len(told) == MOST
    assert answer.json["more_errors"] >= 20 * 9 - MOST
    assert str(MOST + answer.json["more_errors"]) in answer.json["detail"]
    assert len(answer.data) < SMALL


def test_a_list_of_many_empty_objects_is_one_thing(still: Api) -> None:
    body = '{"by_whom": [' + ",".join(["{}"] * 260_000) + '], "text": "x"}'
    answer = sent(still, f"{PLAN}/actions", body, "admin", **{"Idempotency-Key": "k" * 20})
    assert problem(answer)[0] == 422
    assert [each for each in answer.json["errors"] if each["pointer"].startswith("/by_whom/")] == []
    assert len(answer.data) < 1024


def test_a_seed_of_many_empty_objects_is_told_in_a_hundred_lines(still: Api) -> None:
    seed = json.dumps({"people": [{}] * 260_000, "notes": [{"": at} for at in range(260_000)]} | {"x" * 90: 1})
    answer = sent(still, "/seeds", seed, "admin")
    assert problem(answer)[0] == 422
    assert len(answer.json["errors"]) <= MOST
    assert len(answer.data) < SMALL
    assert {"/people", "/notes"} <= {each["pointer"] for each in answer.json["errors"]}


def test_a_seed_with_many_unknown_members_names_a_few(still: Api) -> None:
    answer = sent(still, "/seeds", members(MANY), "admin")
    (unknown,) = [each for each in answer.json["errors"] if "m0" in each["detail"]]
    assert f"and {MANY - 10:,} more" in unknown["detail"]
    assert len(answer.data) < SMALL


def test_a_member_that_is_there_twice_is_found_among_many(still: Api) -> None:
    """Each name is looked at once: compared with all the others, this would take minutes."""
    names = [f'"m{at}":1' for at in range(70_000)]
    answer = sent(still, SIGN_IN, "{" + ",".join([*names, names[-1]]) + "}")
    assert problem(answer) == (400, "duplicate-member")
    assert "m69999" in answer.json["detail"]


def test_many_parameters_are_one_thing(still: Api) -> None:
    query = "&".join(f"p{at}=1" for at in range(300))
    answer = still.as_("robert").get(f"{PLAN}/actions?{query}")
    assert problem(answer) == (400, "invalid-parameter")
    assert len(answer.json["errors"]) == 1


MIB = 1024 * 1024
LARGEST = 64 * 1024
LONG = "n" * 10_000
EVIDENCE = [{f"{at}{'y' * 1000}": 1 for at in range(98)} for _ in range(10)]
# Bodies of up to a mebibyte, each written as small as it can be: by a stranger at the door, and with an update.
LARGE: dict[str, Any] = {
    "98 names of strokes and tildes": {f"{at}{'/~' * 5300}": 1 for at in range(98)},
    "a name beyond ASCII": {"é" * 170_000: 1},
    "98 names of a sign that takes four bytes": {f"{at}{chr(0x1F600) * 2600}": 1 for at in range(98)},
    "98 names of control characters": {f"{at}{chr(1) * 1700}": 1 for at in range(98)},
    "a name of lone surrogates": {"\ud800" * 100_000: 1},
    "long names in a list": {"text": "x", "evidence": EVIDENCE},
    "long values": {"email": "x" * 500_000, "text": "x" * 400_000, "transport": LONG, "evidence": LONG},
    "text full of postcodes": {"text": "RM1 3BD " * 120_000},
    "long links": {"text": "x", "evidence": [{"title": LONG, "url": f"http://{LONG}"} for _ in range(10)]},
}


@pytest.mark.parametrize("name", LARGE)
@pytest.mark.parametrize("who", ["", "lucy"])
def test_no_body_makes_a_large_error(still: Api, name: str, who: str) -> None:
    body = json.dumps(LARGE[name], ensure_ascii="surrogates" in name)
    assert len(body.encode()) <= MIB
    answer = sent(still, f"{still.action('3.4')}/updates" if who else SIGN_IN, body, who)
    assert answer.status_code == 422
    assert len(body_of(answer)) < LARGEST
    told = answer.json.get("errors", [])
    assert max((len(each["pointer"]) for each in told), default=0) <= 210
    if len(told) < MOST:
        assert answer.json.get("more_errors", 0) >= 0


@pytest.mark.parametrize("sent_by", ["a name", "a value", "names", "no UTF-8"])
def test_no_address_makes_a_large_error(still: Api, sent_by: str) -> None:
    long = "%01" * 20_000
    query = {
        "a name": f"{long}=1",
        "a value": f"status={long}",
        "names": "&".join(f"{at}{'%01' * 200}=1" for at in range(98)),
        "no UTF-8": f"{'n' * 60_000}=%ff",
    }[sent_by]
    for path in (f"{PLAN}/actions", "/me"):
        answer = still.as_("robert").get(f"{path}?{query}")
        assert answer.status_code == 400
        assert len(body_of(answer)) < LARGEST


def test_a_case_data_question_names_a_few(still: Api) -> None:
    text = " ".join(["RM1 3BD"] * 480)
    answer = sent(still, f"{still.action('3.4')}/updates", json.dumps({"text": text}), "lucy")
    assert problem(answer) == (422, "case-data-suspected")
    assert len(answer.json["warnings"]) <= MOST
    assert "There is more." in answer.json["detail"]


def test_who_may_not_is_told_so_before_the_body_is_read(still: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_raw: bytes) -> Any:
        raise AssertionError("the body was judged")

    monkeypatch.setattr(json_io, "parse", read)
    assert problem(sent(still, "/seeds", members(MANY), "robert")) == (403, "forbidden")
    assert problem(sent(still, "/seeds", members(MANY))) == (401, "unauthenticated")
    assert problem(sent(still, f"{PLAN}/objectives", members(MANY), "lucy")) == (403, "forbidden")


def lists() -> Iterator[tuple[str, Any]]:
    for schema in every_input():
        for name, field in schema().load_fields.items():
            if hasattr(field, "inner"):
                yield f"{schema.__name__}.{name}", field


@pytest.mark.parametrize(("name", "field"), list(lists()), ids=lambda each: each if isinstance(each, str) else "")
def test_every_list_that_comes_in_says_the_most_it_takes(name: str, field: Any) -> None:
    assert isinstance(field, Some), f"{name}: a list that comes in is a Some"
    assert [each for each in field.validators if getattr(each, "max", None) or getattr(each, "equal", None)]
