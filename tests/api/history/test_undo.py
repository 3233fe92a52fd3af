"""Undoing an entry of the history: a new change, by whoever may, and never over what somebody changed since."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.client import Api, Caller, problem

KEY = "a-key-of-sixteen-or-more"


def entries(caller: Caller, number: str = "3.4") -> list[Any]:
    found: list[Any] = caller.read(f"{caller.api.action(number)}/history")["data"]
    return found


def latest(caller: Caller, verb: str, number: str = "3.4") -> Any:
    """The newest entry of this kind in the history of the action, as this caller sees it."""
    return next(each for each in entries(caller, number) if each["verb"] == verb)


def undo(caller: Caller, verb: str, reason: str | None = None, **options: Any) -> TestResponse:
    entry = latest(caller.api.as_("admin"), verb)
    return caller.post(f"/journal/{entry['id']}/undo", {} if reason is None else {"reason": reason}, **options)


def move(caller: Caller, words: str = "Spring 2027") -> TestResponse:
    body = {"kind": "season", "printed": words, "reason": "Slow."}
    return caller.post(f"{caller.api.action('3.4')}/dates", body)


def reword(caller: Caller, text: str = "Other words.") -> TestResponse:
    path = caller.api.action("3.4")
    return caller.patch(path, {"text": text}, headers=caller.etag(path))


def answer_update(caller: Caller, update: Any, state: str, **more: str) -> TestResponse:
    return caller.post(f"/updates/{update['id']}/acknowledgement", {"state": state, **more})


def own_fields(action: Any) -> dict[str, Any]:
    """What an undo gives back."""
    when = {name: action["by_when"][name] for name in ("printed", "kind", "from", "to")}
    return {**{name: action[name] for name in ("text", "status", "status_reason")}, **when}


# --- what is undone -----------------------------------------------------------------------------------

CHANGES: dict[str, Any] = {
    "status-changed": lambda caller: caller.set_status("3.4", "on_hold", "Awaiting funds."),
    "date-moved": move,
    "reworded": reword,
}


@pytest.mark.parametrize("verb", CHANGES)
@pytest.mark.parametrize("who", ["admin", "jane"])
def test_an_undo_gives_the_old_values_back_as_a_new_change(api: Api, verb: str, who: str) -> None:
    caller = api.as_(who)
    before = own_fields(caller.read(api.action("3.4")))
    CHANGES[verb](api.as_("jane"))
    revision, length = api.revision(), api.journal_length()
    answer = undo(caller, verb, "mistyped")
    assert answer.status_code == 200, answer.text
    assert own_fields(answer.json) == before
    assert answer.json == caller.read(api.action("3.4"))
    assert (api.revision(), api.journal_length()) == (revision + 1, length + 1)
    assert latest(caller, verb)["after"]["reason"] == "Undone: mistyped"


@pytest.mark.parametrize("verb", CHANGES)
def test_an_undo_can_be_undone(api: Api, verb: str) -> None:
    jane = api.as_("jane")
    CHANGES[verb](jane)
    changed = own_fields(jane.read(api.action("3.4")))
    undo(jane, verb)
    assert own_fields(undo(jane, verb).json) == changed


def test_an_undone_date_stays_visible_with_why(api: Api) -> None:
    jane = api.as_("jane")
    move(jane)
    moved = undo(jane, "date-moved", "the audit is in July").json["by_when"]["moved"]
    assert [(each["printed"], each["reason"]) for each in moved] == [
        ("Ongoing", None),
        ("Spring 2027", "Slow."),
        ("Ongoing", "Undone: the audit is in July"),
    ]


def test_the_change_of_status_of_an_undo_says_that_it_is_one(api: Api) -> None:
    jane = api.as_("jane")
    jane.set_status("3.4", "on_hold", "Awaiting funds.")
    changes = undo(jane, "status-changed", "wrong action").json["status_changes"]
    assert [(each["from"], each["to"], each["reason"]) for each in changes] == [
        ("on_hold", "not_reported", "Undone: wrong action"),
        ("not_reported", "on_hold", "Awaiting funds."),
    ]


def test_the_reason_of_a_status_comes_back_with_it(api: Api) -> None:
    jane = api.as_("jane")
    jane.set_status("3.4", "on_hold", "Awaiting funds.")
    jane.set_status("3.4", "in_progress", "Funded.")
    assert undo(jane, "status-changed").json["status_reason"] == "Awaiting funds."


@pytest.mark.parametrize("state", [{"state": "acknowledged"}, {"state": "returned", "question": "By whom?"}])
def test_an_answered_update_waits_again(api: Api, state: dict[str, str]) -> None:
    jane = api.as_("jane")
    update = api.as_("lucy").say("3.4", rating="A")
    answer_update(jane, update, **state)
    answer = undo(jane, state["state"])
    waiting = {"state": "waiting", "by": None, "at": None, "question": None}
    assert answer.json["updates"][0]["acknowledgement"] == waiting
    assert "acknowledge" in answer.json["may"]


def test_undoing_a_post_withdraws_it(api: Api) -> None:
    api.as_("lucy").say("3.4", "On the wrong action.", rating="R")
    answer = undo(api.as_("admin"), "posted", "wrong action")
    assert (answer.json["latest_update"], answer.json["rating"]["value"]) == (None, None)
    assert answer.json["updates"][0]["withdrawn"]["reason"] == "Undone: wrong action"


# --- by whom ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["gordon", "lucy", "gloria", "robert"])
@pytest.mark.parametrize("verb", CHANGES)
def test_who_does_not_lead_may_not_undo_and_is_told_so_before(api: Api, verb: str, who: str) -> None:
    CHANGES[verb](api.as_("jane"))
    assert latest(api.as_(who), verb)["undoable"] is False
    answer = undo(api.as_(who), verb)
    assert problem(answer) == (403, "forbidden")
    assert "Jane Carroll" in answer.json["detail"]


def test_a_lead_officer_takes_back_no_words_of_others(api: Api) -> None:
    api.as_("lucy").say("3.4")
    assert problem(undo(api.as_("jane"), "posted")) == (403, "forbidden")


def test_a_lead_officer_undoes_their_own_post_within_a_day(api: Api) -> None:
    jane = api.as_("jane")
    jane.say("3.4")
    api.clock.move(hours=25)
    assert latest(jane, "posted")["undoable"] is False
    assert undo(jane, "posted").status_code == 403
    api.clock.move(hours=-2)
    assert latest(jane, "posted")["undoable"] is True
    assert undo(jane, "posted").status_code == 200


def test_whoever_undoes_into_delivered_does_not_sign_it_off(api: Api) -> None:
    """Else a lead officer could claim, reopen, undo, and sign off what they had claimed."""
    jane = api.as_("jane")
    jane.set_status("3.4", "delivered")
    jane.set_status("3.4", "in_progress")
    assert undo(jane, "status-changed").json["status"] == "delivered"
    assert jane.post(f"{api.action('3.4')}/sign-off", {"impact": "Much."}).status_code == 403


# --- not any more, and never --------------------------------------------------------------------------


def test_what_somebody_changed_since_is_a_conflict_that_names_them(api: Api) -> None:
    jane, admin = api.as_("jane"), api.as_("admin")
    jane.set_status("3.4", "on_hold")
    first = latest(jane, "status-changed")["id"]
    api.clock.move(days=1)
    admin.set_status("3.4", "withdrawn")
    answer = jane.post(f"/journal/{first}/undo", {})
    assert problem(answer) == (409, "conflict")
    assert answer.json["detail"] == (
        "Business Manager changed the status again on 23 November 2026. Undo that first, or set it as it should be."
    )


def test_a_status_that_a_post_brought_since_is_a_conflict_too(api: Api) -> None:
    jane = api.as_("jane")
    jane.set_status("3.4", "on_hold")
    jane.set_status("3.4", "not_started")
    entry = latest(jane, "status-changed")["id"]
    api.as_("lucy").say("3.4")
    answer = jane.post(f"/journal/{entry}/undo", {})
    assert problem(answer) == (409, "conflict")
    assert answer.json["detail"].startswith("Lucy Goodfellow changed the status again")


def test_what_was_undone_already_says_so(api: Api) -> None:
    jane = api.as_("jane")
    reword(jane)
    path = f"/journal/{latest(jane, 'reworded')['id']}/undo"
    jane.post(path, {})
    answer = api.as_("admin").post(path, {})
    assert problem(answer) == (409, "conflict")
    assert answer.json["detail"] == "Jane Carroll has undone this already, on 22 November 2026."


@pytest.mark.parametrize("verb", ["date-moved", "reworded"])
def test_of_two_changes_only_the_last_is_undoable(api: Api, verb: str) -> None:
    jane = api.as_("jane")
    for value in ("Spring 2027", "Summer 2027"):
        (move if verb == "date-moved" else reword)(jane, value)
    last, first = (each for each in entries(jane) if each["verb"] == verb)
    assert (last["undoable"], first["undoable"]) == (True, False)
    assert problem(jane.post(f"/journal/{first['id']}/undo", {})) == (409, "conflict")
    assert jane.post(f"/journal/{last['id']}/undo", {}).status_code == 200
    assert jane.post(f"/journal/{first['id']}/undo", {}).status_code == 200


def test_another_field_changed_since_is_no_conflict(api: Api) -> None:
    jane = api.as_("jane")
    reword(jane)
    api.as_("admin").set_status("3.4", "on_hold")
    api.as_("lucy").say("3.4")
    answer = undo(jane, "reworded")
    assert (answer.status_code, answer.json["status"]) == (200, "on_hold")


def test_an_update_answered_again_or_withdrawn_since_is_a_conflict(api: Api) -> None:
    jane, admin = api.as_("jane"), api.as_("admin")
    update = api.as_("lucy").say("3.4")
    answer_update(jane, update, "returned", question="By whom?")
    returned = latest(jane, "returned")["id"]
    answer_update(admin, update, "acknowledged")
    answer = jane.post(f"/journal/{returned}/undo", {})
    assert (problem(answer), "Business Manager answered" in answer.json["detail"]) == ((409, "conflict"), True)
    admin.post(f"/updates/{update['id']}/withdrawal", {"reason": "Wrong."})
    answer = undo(jane, "acknowledged")
    assert (problem(answer), "Business Manager withdrew" in answer.json["detail"]) == ((409, "conflict"), True)
    assert problem(undo(admin, "posted")) == (409, "conflict")


def never(api: Api, verb: str) -> None:
    if verb in {"signed-off", "status-changed"}:
        api.as_("lucy").say("3.4", claim="delivered", impact="Much.")
        api.as_("jane").post(f"{api.action('3.4')}/sign-off", {})
    if verb == "status-changed":
        api.as_("jane").set_status("3.4", "in_progress")
    if verb == "withdrawn":
        update = api.as_("lucy").say("3.4")
        api.as_("admin").post(f"/updates/{update['id']}/withdrawal", {"reason": "Wrong."})


@pytest.mark.parametrize("verb", ["created", "signed-off", "withdrawn", "status-changed"])
def test_what_cannot_be_undone_says_why(api: Api, verb: str) -> None:
    """Of the changes of status: the one that reopened a complete action."""
    never(api, verb)
    assert latest(api.as_("jane"), verb)["undoable"] is False
    length = api.journal_length()
    assert problem(undo(api.as_("jane"), verb)) == (422, "move-not-allowed")
    assert api.journal_length() == length


def test_nobody_unsays_that_somebody_reported(api: Api) -> None:
    api.as_("lucy").say("3.4")
    answer = undo(api.as_("jane"), "status-changed")
    assert problem(answer) == (422, "move-not-allowed")
    assert "reported" in answer.json["detail"]


def test_with_the_only_report_withdrawn_the_status_can_be_undone(api: Api) -> None:
    admin = api.as_("admin")
    api.as_("lucy").say("3.4")
    undo(admin, "posted")
    assert undo(admin, "status-changed").json["status"] == "not_reported"


def test_what_belongs_to_no_action_cannot_be_undone(still: Api) -> None:
    entry = still.one("SELECT id FROM journal WHERE object_type = 'objective' LIMIT 1")
    assert problem(still.as_("admin").post(f"/journal/{entry}/undo", {})) == (422, "move-not-allowed")
    assert problem(still.as_("robert").post(f"/journal/{entry}/undo", {})) == (403, "forbidden")


def of_the_directory(api: Api) -> int:
    return int(api.one("SELECT id FROM journal WHERE object_type = 'account' LIMIT 1"))


@pytest.mark.parametrize(
    "raw",
    ["0", "-1", "999999", "9" * 18, "9" * 40, "x", "1.0", "%00", "\u0661", "00000000-0000-0000-0000-000000000000"],
)
def test_no_such_entry(still: Api, raw: str) -> None:
    assert problem(still.as_("admin").post(f"/journal/{raw}/undo", {})) == (404, "not-found")


def test_an_entry_of_the_directory_is_not_found(still: Api) -> None:
    entry = of_the_directory(still)
    assert problem(still.as_("admin").post(f"/journal/{entry}/undo", {})) == (404, "not-found")


@pytest.mark.parametrize("body", [{"reason": ""}, {"reason": 1}, {"why": "x"}, [], {"reason": "x" * 1001}])
def test_a_body_that_is_wrong_is_422(api: Api, body: Any) -> None:
    reword(api.as_("jane"))
    entry = latest(api.as_("jane"), "reworded")["id"]
    assert api.as_("jane").post(f"/journal/{entry}/undo", body).status_code == 422
    assert api.as_("robert").post(f"/journal/{entry}/undo", body).status_code == 403


# --- at once ------------------------------------------------------------------------------------------


def test_a_repeat_replays_and_undoes_once(api: Api) -> None:
    jane = api.as_("jane")
    reword(jane)
    path = f"/journal/{latest(jane, 'reworded')['id']}/undo"
    first, again = (jane.post(path, {}, headers={"Idempotency-Key": KEY}) for _ in range(2))
    assert (first.data, again.headers["Idempotency-Replayed"]) == (again.data, "true")


def at_once(api: Api, *requests: Any) -> list[int]:
    """The statuses of requests on action 3.4 that have all begun before the first can go on: its row is held meanwhile."""
    with api.connect() as holder, ThreadPoolExecutor(len(requests)) as pool:
        holder.autocommit = False
        holder.execute("SELECT FROM action WHERE id = %s FOR UPDATE", (api.seeded.actions["3.4"],))
        found = []
        for request in requests:
            found.append(pool.submit(request))
            wait_for_lock(api, len(found))
        holder.rollback()
        return [each.result().status_code for each in found]


def wait_for_lock(api: Api, count: int) -> None:
    """Wait until this many transactions wait for a row."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    deadline = time.monotonic() + 10
    while api.one(waiting) < count:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_of_two_who_undo_at_once_one_does(api: Api) -> None:
    jane, admin = api.as_("jane"), api.as_("admin")
    reword(jane)
    path = f"/journal/{latest(jane, 'reworded')['id']}/undo"
    assert at_once(api, lambda: jane.post(path, {}), lambda: admin.post(path, {})) == [200, 409]
    assert len(entries(jane)) == 3


def test_whoever_waited_sees_that_the_update_was_withdrawn(api: Api) -> None:
    update = api.as_("lucy").say("3.4")
    admin, jane = api.as_("admin"), api.as_("jane")
    statuses = at_once(
        api,
        lambda: admin.post(f"/updates/{update['id']}/withdrawal", {"reason": "Wrong."}),
        lambda: answer_update(jane, update, "acknowledged"),
        lambda: admin.post(f"/updates/{update['id']}/withdrawal", {"reason": "Wrong."}),
    )
    assert statuses == [200, 422, 422]
    assert api.one("SELECT acknowledgement FROM progress_update") is None
