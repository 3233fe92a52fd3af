"""Handover: what is open in a leaver's name moves in one step, what they did keeps their name, and their account ends."""

from typing import Any

import pytest

from tests.client import PLAN, Api, problem
from tests.conftest import email_of

JANE, LUCY, GLORIA, PIPPA, ROBERT = "Jane Carroll", "Lucy Goodfellow", "Gloria Okewale", "Pippa Ward", "Robert South"
NOBODY = "00000000-0000-0000-0000-000000000000"


def path_of(api: Api, name: str) -> str:
    return f"/people/{api.person(name)}/handover"


def items(api: Api, name: str, to: str | None, **others: str | None) -> list[dict[str, Any]]:
    """Everything open in the name, to one person; `others` by number (a3_6, o3) to somebody else."""
    found = []
    for each in api.as_("admin").read(path_of(api, name))["items"]:
        key = f"{each['kind'][0]}{each['number'] or ''}".replace(".", "_")
        taker = others.get(key, to)
        found.append({each["kind"]: each["id"], "to": taker and api.person(taker)})
    return found


def hand(api: Api, name: str, given: list[dict[str, Any]], **more: Any) -> Any:
    return api.as_("admin").post(path_of(api, name), {"items": given, "left_on": "2026-11-20", **more})


def places(api: Api, number: str) -> list[tuple[str, str | None]]:
    found = api.as_("robert").read(api.action(number))["by_whom"]["named"]
    return [(each["name"], each["qualifier"]) for each in found]


def test_what_is_open_in_somebodys_name(api: Api) -> None:
    api.as_("lucy").say("3.4")
    api.as_("admin").set_status("3.7", "withdrawn")
    found = api.as_("admin").read(path_of(api, JANE))
    assert [(each["kind"], each["number"]) for each in found["items"]] == [
        ("objective", "3"), ("action", "3.6"), ("action", "3.8"), ("action", "4.6"),
    ]  # fmt: skip
    assert found["closed"] == 1
    assert [(each["number"], each["updates"]) for each in found["to_acknowledge"]] == [("3.4", 1)]
    assert found["person"]["account"]["email"] == email_of("jane")


def test_everything_open_moves_and_the_closed_keeps_the_name(api: Api) -> None:
    jane = api.as_("jane")
    update = jane.say("3.8", "My last words.")
    api.as_("admin").set_status("3.7", "withdrawn")
    before = {number: places(api, number) for number in ("3.6", "3.7", "3.8", "4.6")}
    answer = hand(api, JANE, items(api, JANE, LUCY, a3_6=PIPPA, a4_6=GLORIA), note="Retires.")
    assert answer.status_code == 200, answer.text
    assert (answer.json["items"], answer.json["moved"], answer.json["account_ended"]) == ([], 4, True)
    assert answer.json["person"]["left_on"] == "2026-11-20"
    # Pippa Ward is on 3.6 already, so Jane Carroll's place just goes.
    assert places(api, "3.6") == [each for each in before["3.6"] if each[0] != JANE]
    assert places(api, "3.7") == before["3.7"]
    for number, taker in (("3.8", LUCY), ("4.6", GLORIA)):
        assert places(api, number) == [(taker if name == JANE else name, rest) for name, rest in before[number]]
    assert api.as_("robert").read(f"/updates/{update['id']}")["author"]["name"] == JANE
    assert problem(jane.get("/me")) == (401, "session-revoked")
    assert problem(api.nobody.post("/auth/sign-in", {"email": email_of("jane"), "password": "x" * 12})) == (
        401,
        "invalid-credentials",
    )


def test_who_takes_it_sees_it_at_once(api: Api) -> None:
    gloria = api.as_("gloria")
    mine = gloria.read("/me")["plans"][0]
    assert hand(api, JANE, items(api, JANE, GLORIA)).status_code == 200
    now = gloria.read("/me")["plans"][0]
    assert set(now["on"]) - set(mine["on"]) == {api.seeded.actions[number] for number in ("3.6", "3.7", "3.8", "4.6")}
    assert gloria.say("3.8")["author"]["name"] == GLORIA


def test_a_new_lead_officer_leads_and_answers_what_waits(api: Api) -> None:
    update = api.as_("lucy").say("3.4")
    assert hand(api, JANE, items(api, JANE, PIPPA)).json["notes"] == []
    pippa = api.as_("pippa")
    assert pippa.read("/me")["plans"][0]["leads"] == [1, 3]
    assert pippa.read("/me")["plans"][0]["to_acknowledge"] == [api.seeded.actions["3.4"]]
    assert pippa.post(f"/updates/{update['id']}/acknowledgement", {"state": "acknowledged"}).status_code == 200
    lead = pippa.read(api.action("3.1"))["lead"]
    assert lead["printed"] == "Pippa Ward, Assistant Director for Children's Services, NELFT"


def test_what_is_left_to_see_to_is_said(api: Api) -> None:
    notes = hand(api, JANE, items(api, JANE, LUCY, a4_6=None)).json["notes"]
    assert notes == [
        "Lucy Goodfellow leads an objective now. Give their account the role of lead officer.",
        "Nobody is named in their place on action 4.6.",
    ]


def test_a_plan_and_an_objective_can_be_left_without_a_name(api: Api) -> None:
    assert hand(api, ROBERT, items(api, ROBERT, None)).status_code == 200
    assert hand(api, JANE, items(api, JANE, None)).status_code == 200
    plan = api.as_("pippa").read(PLAN)
    assert (plan["owner"]["person"], plan["owner"]["name"]) == (None, None)
    assert plan["objectives"][2]["lead"] is None


def test_history_says_who_handed_what_to_whom(api: Api) -> None:
    hand(api, JANE, items(api, JANE, LUCY, a4_6=None), note="Retires.")
    said = [api.as_("robert").read(f"{api.action(n)}/history")["data"][0]["sentence"] for n in ("3.8", "4.6")]
    assert said == [
        "Jane Carroll handed action 3.8 to Lucy Goodfellow (entered by Business Manager): Retires.",
        "Jane Carroll left action 4.6, and nobody is named in their place (entered by Business Manager): Retires.",
    ]
    journal = [each["sentence"] for each in api.as_("admin").read(f"{PLAN}/journal")["data"]]
    assert "Jane Carroll handed objective 3 to Lucy Goodfellow (entered by Business Manager): Retires." in journal
    assert "Business Manager wrote down that Jane Carroll left on 20 November 2026: Retires." in journal


def test_the_account_stays_when_that_is_said(api: Api) -> None:
    answer = hand(api, JANE, items(api, JANE, LUCY), end_account=False)
    assert answer.json["account_ended"] is False
    assert api.as_("jane").get("/me").status_code == 200


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (lambda given, _: given.pop(), "/items"),
        (lambda given, _: given.append(given[0]), "/items/5/objective"),
        (lambda given, _: given.append({"action": NOBODY, "to": None}), "/items/5/action"),
        (lambda given, _: given[0].update(to=NOBODY), "/items/0/to"),
        (lambda given, api: given[0].update(to=api.person(JANE)), "/items/0/to"),
        (lambda given, _: given[0].update(plan=NOBODY), "/items/0/to"),
        (lambda given, _: given[0].pop("to"), "/items/0/to"),
    ],
    ids=[
        "one is missing",
        "one is there twice",
        "not theirs",
        "to nobody known",
        "to the leaver",
        "two things",
        "no to",
    ],
)
def test_what_is_wrong_is_named(still: Api, change: Any, pointer: str) -> None:
    given = items(still, JANE, LUCY)
    change(given, still)
    answer = hand(still, JANE, given)
    assert answer.status_code == 422, answer.text
    assert pointer in [each["pointer"] for each in answer.json["errors"]]
    assert still.one("SELECT count(*) FROM person WHERE left_on IS NOT NULL") == 0


def test_the_missing_are_named(still: Api) -> None:
    detail = hand(still, JANE, []).json["detail"]
    assert detail == (
        "Say who takes objective 3, action 3.6, action 3.7, action 3.8, action 4.6; to: null leaves it without a name."
    )


def test_nobody_hands_over_to_who_has_left(api: Api) -> None:
    assert hand(api, LUCY, items(api, LUCY, None)).status_code == 200
    answer = hand(api, JANE, items(api, JANE, LUCY))
    assert answer.json["errors"][0]["detail"] == "Lucy Goodfellow has left; choose somebody else."


def test_who_has_left_with_nothing_open_does_not_leave_again(api: Api) -> None:
    given = items(api, LUCY, None)
    assert hand(api, LUCY, given).status_code == 200
    assert problem(hand(api, LUCY, [])) == (409, "conflict")


def test_who_was_joined_to_another_hands_over_nothing(api: Api) -> None:
    api.as_("admin").post(f"/people/{api.person('John Carroll')}/merge", {"into": api.person(LUCY)})
    assert problem(api.as_("admin").get(path_of(api, "John Carroll"))) == (409, "conflict")
    assert problem(hand(api, "John Carroll", [])) == (409, "conflict")


def test_the_last_administrator_does_not_leave(api: Api) -> None:
    admin, second = (api.seeded.sessions[who]["account"] for who in ("admin", "second admin"))
    api.sql("UPDATE account SET person_id = %s WHERE id = %s", api.person("John Carroll"), admin)
    api.sql("UPDATE account SET disabled_at = now() WHERE id = %s", second)
    given = items(api, "John Carroll", LUCY)
    assert problem(hand(api, "John Carroll", given)) == (409, "last-admin")
    assert api.one("SELECT left_on FROM person WHERE name = 'John Carroll'") is None
    assert hand(api, "John Carroll", given, end_account=False).status_code == 200


def test_who_has_not_shown_a_password_lately_is_asked_to(api: Api) -> None:
    api.clock.move(minutes=11)
    assert problem(hand(api, JANE, [])) == (403, "confirmation-needed")
