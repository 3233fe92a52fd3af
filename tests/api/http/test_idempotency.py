"""One key, one effect: twins at the same moment, other words under the same key, errors, another body or path (API 4)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from werkzeug.test import TestResponse

from api.domain.plan.notes import BY_HAND
from api.http.declare import Operation
from api.schemas.plan.actions import LatestUpdateOut
from api.schemas.plan.updates import UpdateOut
from tests.api.contract.test_access import Prepared, body_for, objective_of, prepare
from tests.client import PLAN, Api, Caller, problem

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


# --- a repeat asks for the right again -------------------------------------------------------------------

# Who does it, of the operations whose right rests on the object; the others are let in by role at the door, which comes first.
DONE_BY = {
    "post_update": "lucy",
    "withdraw_update": "lucy",
    "move_date": "jane",
    "sign_off": "jane",
    "acknowledge_update": "jane",
    "ask_about_action": "jane",
    "settle_note_of_action": "jane",
    "add_action": "jane",
    "remove_action": "jane",
    "undo_entry": "jane",
}


def of_the_object(api: Api) -> dict[str, Operation]:
    found: list[Operation] = api.app.extensions["plan_operations"]
    return {each.name: each for each in found if each.idempotent and each.asks is not None}


def test_every_right_on_an_object_is_among_them(still: Api) -> None:
    assert of_the_object(still).keys() == DONE_BY.keys()


def doing(prepared: Prepared, name: str) -> Callable[[], TestResponse]:
    """The operation on action 3.4 with KEY, to be done again and again."""
    api, operation = prepared.api, of_the_object(prepared.api)[name]
    path = operation.rule.replace("<action>", api.seeded.actions["3.4"]).replace("<update>", prepared.update)
    path = path.replace("<entry>", prepared.entry).replace("<plan>", "havering-2020-23")
    headers = {**KEY, **(prepared.if_match if operation.if_match == "required" else {})}
    body = body_for(prepared, "POST", operation.rule)
    return lambda: api.as_(DONE_BY[name]).post(path, body, headers=headers)


def take_off(prepared: Prepared, who: str) -> None:
    """Lucy is named on it no more, or Jane leads it no more; of what Lucy posted, a day goes by."""
    api, admin = prepared.api, prepared.api.as_("admin")
    if who == "jane":
        path = f"/objectives/{objective_of(api)}"
        answer = admin.patch(path, {"lead": api.person("Gordon Henderson")}, headers={"If-Match": "*"})
    else:
        api.clock.move(days=2)
        answer = admin.patch(
            api.action("3.4"), {"by_whom": [{"person": api.person("Gordon Henderson")}]}, headers={"If-Match": "*"}
        )
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("name", DONE_BY)
def test_who_still_may_is_shown_the_answer_of_then(api: Api, name: str) -> None:
    do = doing(prepare(api), name)
    first, again = (do() for _ in range(2))
    assert first.status_code in {200, 201}, first.text
    assert (again.status_code, again.data) == (first.status_code, first.data)
    assert again.headers["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize("name", DONE_BY)
@pytest.mark.parametrize("how", ["the relation", "the role"])
def test_who_may_no_more_is_refused_as_if_it_were_new(api: Api, name: str, how: str) -> None:
    prepared, who = prepare(api), DONE_BY[name]
    do = doing(prepared, name)
    first = do()
    assert first.status_code in {200, 201}, first.text
    if how == "the role":
        api.sql("UPDATE account SET role = 'viewer' WHERE id = %s", api.seeded.sessions[who]["account"])
    else:
        take_off(prepared, who)
    again = do()
    assert problem(again) == (403, "forbidden")
    assert "original" not in again.json


@pytest.mark.parametrize("name", sorted({*DONE_BY} - {"add_action", "remove_action"}))
def test_what_is_gone_is_gone_for_a_repeat_too(api: Api, name: str) -> None:
    do, path = doing(prepare(api), name), api.action("3.4")
    assert do().status_code in {200, 201}
    admin = api.as_("admin")
    assert admin.post(f"{path}/removal", {"reason": "Elsewhere."}, headers={"If-Match": "*"}).status_code == 200
    assert problem(do()) == (404, "not-found")


def test_with_other_words_too_who_may_no_more_learns_nothing(api: Api) -> None:
    path = f"{api.action('3.4')}/updates"
    assert api.as_("lucy").post(path, {"text": "We met."}, headers=KEY).status_code == 201
    api.as_("admin").patch(
        api.action("3.4"), {"by_whom": [{"person": api.person("Jane Carroll")}]}, headers={"If-Match": "*"}
    )
    answer = api.as_("lucy").post(path, {"text": "Other words."}, headers=KEY)
    assert problem(answer) == (403, "forbidden")
    assert "original" not in answer.json


def test_a_system_whose_agency_is_off_the_action_is_refused(api: Api) -> None:
    rio = api.partner("NELFT")
    number = next(each["number"] for each in rio.read(f"{PLAN}/actions?limit=200")["data"] if may_post(rio, each))
    path = f"{api.action(number)}/updates"
    body = {"text": "We met."}
    assert [rio.post(path, body, headers=KEY).status_code for _ in range(2)] == [201, 201]
    api.as_("admin").patch(api.action(number), {"by_whom": []}, headers={"If-Match": "*"})
    assert problem(rio.post(path, body, headers=KEY)) == (403, "forbidden")


def may_post(caller: Caller, action: Any) -> bool:
    return "post_update" in caller.read(f"/actions/{action['id']}")["may"]


def test_an_objective_that_this_request_removed_is_told_again(api: Api) -> None:
    admin = api.as_("admin")
    made = admin.post(f"{PLAN}/objectives", {"text": "One more."}).json
    path = f"/objectives/{made['id']}/removal"
    headers = {**KEY, "If-Match": "*"}
    first, again = (admin.post(path, {"reason": "Elsewhere."}, headers=headers) for _ in range(2))
    assert (first.status_code, first.data) == (200, again.data)
    other = admin.post(path, {"reason": "Elsewhere."}, headers={"If-Match": "*"})
    assert problem(other) == (404, "not-found")


# --- words that are gone are in no kept answer -----------------------------------------------------------

WORDS = "Quince marmalade was made."
# Whoever makes an answer that tells of an update: what does so is found in the declarations.
TELLING: dict[str, tuple[str, str, dict[str, Any]]] = {
    "post_update": ("lucy", "<action>/updates", {"text": WORDS, "impact": WORDS, "claim": "delivered"}),
    "acknowledge_update": ("jane", "<update>/acknowledgement", {"state": "returned", "question": f"What is “{WORDS}”?"}),
    "move_date": ("jane", "<action>/dates", BODIES["move_date"][2]),
    "undo_entry": ("jane", "/journal/<entry>/undo", {}),
    "ask_about_action": ("jane", "<action>/notes", {"text": "Who buys the sugar?"}),
    "settle_note_of_action": (
        "jane", "<action>/settled-notes", {"code": BY_HAND, "text": "Who buys the sugar?", "answer": "Lucy."},
    ),
    "sign_off": ("jane", "<action>/sign-off", {}),
    "add_action": ("jane", "/plans/havering-2020-23/actions", {"text": "Another one."}),
    "withdraw_update": ("lucy", "<update>/withdrawal", {"reason": "On the wrong action."}),
}  # fmt: skip


def tells_of_an_update(schema: Any) -> bool:
    """Whether an answer of this shape has an update in it, at any depth."""
    if isinstance(schema, UpdateOut | LatestUpdateOut):
        return True
    below = (getattr(getattr(field, "inner", field), "schema", None) for field in schema.fields.values())
    return any(tells_of_an_update(each) for each in below if each is not None)


def test_what_tells_of_an_update_is_among_them(still: Api) -> None:
    found = {
        each.name
        for each in still.app.extensions["plan_operations"]
        if each.idempotent and each.answer is not None and tells_of_an_update(each.answer())
    }
    assert found <= TELLING.keys()
    assert {"post_update", "acknowledge_update", "sign_off"} <= found


def test_what_was_withdrawn_is_in_no_kept_answer(api: Api) -> None:
    update = ""
    for place, (name, (who, path, body)) in enumerate(TELLING.items()):
        given = {**body, **({"objective": objective_of(api)} if name == "add_action" else {})}
        where = path.replace("<action>", api.action("3.4")).replace("<update>", f"/updates/{update}")
        if name == "undo_entry":
            where = where.replace("<entry>", str(api.one("SELECT id FROM journal WHERE verb = 'date-moved'")))
        if name == "withdraw_update":
            assert kept_with(api, "Quince") > 2
        answer = api.as_(who).post(where, given, headers={"Idempotency-Key": f"telling-number-{place:02}"})
        assert answer.status_code in {200, 201}, (name, answer.text)
        update = update or answer.json["id"]
    assert kept_with(api, "Quince") == 0
    who, path, body = TELLING["post_update"]
    key = {"Idempotency-Key": "telling-number-00"}
    again = api.as_(who).post(path.replace("<action>", api.action("3.4")), body, headers=key)
    assert (again.status_code, again.json["text"], again.json["impact"]) == (201, "", None)


def kept_with(api: Api, words: str) -> int:
    """How many kept answers hold these words."""
    found = "SELECT count(*) FROM idempotency_key WHERE convert_from(body, 'UTF8') LIKE %s"
    return int(api.one(found, f"%{words}%"))


def test_a_repeat_after_a_redaction_gives_the_answer_without_the_words(api: Api) -> None:
    path = f"{api.action('3.4')}/updates"
    body = {"text": "We met Kim Sample twice."}
    api.confirm_all()
    made = api.as_("lucy").post(path, body, headers=KEY).json
    removed = api.as_("admin").post(
        f"/updates/{made['id']}/redaction", {"reason": "It named a child.", "words": "Kim Sample"}
    )
    assert removed.status_code == 200, removed.text
    again = api.as_("lucy").post(path, body, headers=KEY)
    assert (again.status_code, again.json["text"]) == (201, "We met [removed] twice.")
    assert b"Kim" not in again.data
