"""One key, one effect: twins at the same moment, other words under the same key, errors, another body or path (API 4)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.client import Api, problem

KEY = {"Idempotency-Key": "0b5cbd2e-8f2e-4bd9-9d0c-4f2a3a8d5e10"}
BODIES: dict[str, tuple[str, str, dict[str, Any]]] = {
    # operation: who, path below the action, body
    "post_update": ("lucy", "updates", {"text": "We met."}),
    "move_date": ("jane", "dates", {"kind": "season", "printed": "Spring 2027", "reason": "Agreed."}),
}


def at_once(api: Api, who: str, path: str, bodies: list[dict[str, Any]], **headers: str) -> list[TestResponse]:
    """The same request by several threads, which start together."""
    start = Barrier(len(bodies))

    def send(body: dict[str, Any]) -> TestResponse:
        caller = api.as_(who)
        start.wait(10)
        return caller.post(path, body, headers={**KEY, **headers})

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(send, bodies))


@pytest.mark.parametrize("operation", BODIES)
@pytest.mark.parametrize("guarded", [False, True], ids=["without If-Match", "with the same If-Match"])
def test_twins_are_done_once(api: Api, operation: str, guarded: bool) -> None:
    who, below, body = BODIES[operation]
    action = api.action("3.4")
    headers = api.as_(who).etag(action) if guarded else {}
    answers = at_once(api, who, f"{action}/{below}", [body] * 4, **headers)
    assert [answer.status_code for answer in answers] == [201] * 4
    assert sorted("Idempotency-Replayed" in answer.headers for answer in answers) == [False, True, True, True]
    assert len({(answer.data, answer.headers["ETag"], answer.headers["Location"]) for answer in answers}) == 1
    assert api.revision() == 2


def test_of_twins_with_other_words_one_is_stored_and_the_other_is_shown_it(api: Api) -> None:
    bodies = [{"text": "These words."}, {"text": "Other words."}]
    answers = at_once(api, "lucy", f"{api.action('3.4')}/updates", bodies)
    first, other = sorted(answers, key=lambda answer: answer.status_code)
    assert first.status_code == 201
    assert problem(other) == (422, "idempotency-key-reused")
    assert other.json["original"] == first.json
    assert api.one("SELECT count(*) FROM progress_update") == 1


def test_with_other_keys_and_the_same_if_match_one_is_told_of_the_other(api: Api) -> None:
    action, lucy = api.action("3.4"), api.as_("lucy")
    match, start = lucy.etag(action), Barrier(2)

    def send(number: int) -> TestResponse:
        start.wait(10)
        key = {"Idempotency-Key": f"another-key-{number:06}"}
        return api.as_("lucy").post(f"{action}/updates", {"text": "We met."}, headers={**match, **key})

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(send, range(2)), key=lambda answer: answer.status_code)
    assert [answer.status_code for answer in answers] == [201, 412]
    assert answers[1].json["current"]["updates"][0]["id"] == answers[0].json["id"]


REFUSALS: dict[str, tuple[str, str, dict[str, Any], int]] = {
    "what is not right": ("lucy", "updates", {"text": ""}, 422),
    "what may not be done": ("gloria", "updates", {"text": "We met."}, 403),
    "what cannot be done now": ("jane", "sign-off", {}, 422),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_an_error_is_not_kept_under_the_key(api: Api, name: str) -> None:
    who, below, body, status = REFUSALS[name]
    answer = api.as_(who).post(f"{api.action('3.4')}/{below}", body, headers=KEY)
    assert answer.status_code == status
    assert api.one("SELECT count(*) FROM idempotency_key") == 0


def test_a_key_that_met_an_error_can_be_used_for_the_mended_request(api: Api) -> None:
    path = f"{api.action('3.4')}/updates"
    assert api.as_("lucy").post(path, {"text": ""}, headers=KEY).status_code == 422
    assert api.as_("lucy").post(path, {"text": "We met."}, headers=KEY).status_code == 201


def test_a_key_of_one_path_says_nothing_of_another(api: Api) -> None:
    jane, action = api.as_("jane"), api.action("3.4")
    posted = jane.post(f"{action}/updates", {"text": "We met."}, headers=KEY)
    moved = jane.post(f"{action}/dates", BODIES["move_date"][2], headers=KEY)
    assert (posted.status_code, moved.status_code) == (201, 201)
    assert "Idempotency-Replayed" not in moved.headers


@pytest.mark.parametrize("operation", ["acknowledge_update", "sign_off"])
def test_what_is_done_once_only_is_replayed_though_it_could_not_be_done_again(api: Api, operation: str) -> None:
    update = api.as_("lucy").say("3.4", claim="delivered", impact="One set of figures.")
    path = (
        f"/updates/{update['id']}/acknowledgement"
        if operation == "acknowledge_update"
        else f"{api.action('3.4')}/sign-off"
    )
    body = {"state": "acknowledged"} if operation == "acknowledge_update" else {}
    first, again = (api.as_("jane").post(path, body, headers=KEY) for _ in range(2))
    assert (first.status_code, first.data) == (200, again.data)
    assert again.headers["Idempotency-Replayed"] == "true"
