"""My sessions: listed with device and last use, ended one by one or all at once; my password, which ends the others (API 8.6)."""

import pytest

from tests.client import Api, Caller, problem
from tests.conftest import PASSWORD, email_of
from tests.signing import bearer, sign_in

NEW = "seven herons knitting sandwiches"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def another(api: Api, who: str = "lucy") -> Caller:
    """The same person on another device."""
    return bearer(api, sign_in(api, who).json["access_token"])


def test_a_session_is_listed_with_its_device_in_plain_words(api: Api) -> None:
    body = {"email": email_of("lucy"), "password": PASSWORD}
    api.nobody.post("/auth/sign-in", body, headers={"User-Agent": FIREFOX})
    new, old = api.as_("lucy").read("/me/sessions")["data"]
    assert (new["device"], new["method"], new["current"]) == ("Firefox on Linux", "password", False)
    assert old["current"] is True


def test_the_list_has_pages(api: Api) -> None:
    for _ in range(3):
        another(api)
    lucy, seen, path = api.as_("lucy"), [], "/me/sessions?limit=2"
    while path:
        page = lucy.read(path)
        seen += [each["id"] for each in page["data"]]
        path = (page["links"]["next"] or "").removeprefix("/api/v1")
    assert len(seen) == len(set(seen)) == 4
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("cursor", ["WyJzZXNzaW9uIiwieCJd", "x", "WyJuYW1lIiwiYSIsImIiXQ"])
def test_a_cursor_of_nobody_is_refused(still: Api, cursor: str) -> None:
    assert problem(still.as_("lucy").get(f"/me/sessions?cursor={cursor}")) == (400, "invalid-cursor")


def test_one_is_ended_with_effect_on_its_next_request(api: Api) -> None:
    there = another(api)
    its_id = api.as_("lucy").read("/me/sessions")["data"][0]["id"]
    assert api.as_("lucy").open("DELETE", f"/me/sessions/{its_id}").status_code == 204
    assert problem(there.get("/me")) == (401, "session-revoked")
    assert problem(api.as_("lucy").open("DELETE", f"/me/sessions/{its_id}")) == (404, "not-found")
    assert len(api.as_("lucy").read("/me/sessions")["data"]) == 1


@pytest.mark.parametrize("who", ["jane", "admin"])
def test_that_of_somebody_else_is_not_there(api: Api, who: str) -> None:
    there = another(api)
    its_id = there.read("/me/sessions")["data"][0]["id"]
    assert problem(api.as_(who).open("DELETE", f"/me/sessions/{its_id}")) == (404, "not-found")
    assert there.get("/me").status_code == 200


def test_all_others_are_ended_at_once(api: Api) -> None:
    others = [another(api) for _ in range(2)]
    stranger = another(api, "jane")
    assert api.as_("lucy").post("/me/sessions/end-others").json == {"ended": 2}
    assert {other.get("/me").status_code for other in others} == {401}
    assert stranger.get("/me").status_code == 200
    assert api.as_("lucy").post("/me/sessions/end-others").json == {"ended": 0}


@pytest.mark.parametrize("path", ["/me/sessions/end-others", "/me/passkeys/options"])
@pytest.mark.parametrize("method", ["DELETE", "GET", "OPTIONS"])
def test_a_word_beside_an_id_is_not_taken_for_one(still: Api, path: str, method: str) -> None:
    answer = still.as_("lucy").open(method, path)
    assert (problem(answer), answer.headers["Allow"]) == ((405, "method-not-allowed"), "POST")


@pytest.mark.parametrize("raw", ["x", "end", "end-others-x", "%00", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_id_of_a_session_is_not_there(still: Api, raw: str) -> None:
    assert problem(still.as_("lucy").open("DELETE", f"/me/sessions/{raw}")) == (404, "not-found")


# --- my password ------------------------------------------------------------------------------------


def change(caller: Caller, current: str = PASSWORD, new: str = NEW) -> tuple[int, str | None]:
    answer = caller.post("/me/password", {"current": current, "new": new})
    errors = answer.json.get("errors") if answer.json else None
    return answer.status_code, errors[0]["pointer"] if errors else None


def test_a_new_password_counts_at_once_and_ends_the_other_sessions(api: Api) -> None:
    there = another(api)
    assert change(api.as_("lucy")) == (204, None)
    assert problem(there.get("/me")) == (401, "session-revoked")
    assert api.as_("lucy").get("/me").status_code == 200
    assert sign_in(api).status_code == 401
    assert sign_in(api, password=NEW).status_code == 200


@pytest.mark.parametrize(
    ("current", "new", "pointer"),
    [("not the passphrase", NEW, "/current"), (PASSWORD, "short", "/new"), (PASSWORD, "lucy.goodfellow", "/new")],
)
def test_what_is_wrong_with_it_is_said_at_its_field(api: Api, current: str, new: str, pointer: str) -> None:
    assert change(api.as_("lucy"), current, new) == (422, pointer)
    assert sign_in(api).status_code == 200


def test_guessing_the_present_one_is_limited(api: Api) -> None:
    lucy = api.as_("lucy")
    assert [change(lucy, "not the passphrase")[0] for _ in range(11)] == [422] * 10 + [429]
    api.clock.move(minutes=5)
    assert change(lucy) == (204, None)


def test_the_history_says_that_it_was_changed_and_not_to_what(api: Api) -> None:
    change(api.as_("lucy"))
    row = api.one("SELECT row_to_json(j)::text FROM journal j WHERE verb = 'password-changed'")
    assert "Lucy Goodfellow" in row
    assert "argon2" not in row
    assert NEW not in row
