"""Refreshing: a token works once, of several at once one wins, and one that comes back later ends the session (API 8.6)."""

from concurrent.futures import ThreadPoolExecutor

from tests.client import Api, problem
from tests.conftest import email_of
from tests.signing import bearer, refresh, sign_in


def test_a_refresh_token_gives_new_tokens(api: Api) -> None:
    first = sign_in(api).json
    second = refresh(api, first["refresh_token"]).json
    assert second["refresh_token"] != first["refresh_token"]
    assert bearer(api, second["access_token"]).get("/me").status_code == 200


def test_a_refresh_token_works_once(api: Api) -> None:
    token = sign_in(api).json["refresh_token"]
    refresh(api, token)
    assert problem(refresh(api, token)) == (401, "refresh-superseded")


def test_the_loser_of_a_race_leaves_the_session_alone(api: Api) -> None:
    token = sign_in(api).json["refresh_token"]
    second = refresh(api, token).json
    refresh(api, token)
    assert refresh(api, second["refresh_token"]).status_code == 200


def test_of_several_refreshes_at_once_exactly_one_wins(api: Api) -> None:
    token = sign_in(api).json["refresh_token"]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: refresh(api, token), range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]
    assert {answer.json.get("code") for answer in answers} == {None, "refresh-superseded"}
    winner = next(answer.json for answer in answers if answer.status_code == 200)
    assert bearer(api, winner["access_token"]).get("/me").status_code == 200


def test_the_leeway_is_ten_seconds(api: Api) -> None:
    token = sign_in(api).json["refresh_token"]
    refresh(api, token)
    api.clock.move(seconds=10)
    assert problem(refresh(api, token)) == (401, "refresh-superseded")


def test_reuse_after_the_leeway_ends_the_session(api: Api) -> None:
    first = sign_in(api).json
    second = refresh(api, first["refresh_token"]).json
    api.clock.move(seconds=11)
    assert problem(refresh(api, first["refresh_token"])) == (401, "session-revoked")
    assert problem(refresh(api, second["refresh_token"])) == (401, "session-revoked")
    assert problem(bearer(api, second["access_token"]).get("/me")) == (401, "session-revoked")


def test_a_token_of_two_refreshes_ago_ends_the_session_at_once(api: Api) -> None:
    first = sign_in(api).json["refresh_token"]
    second = refresh(api, first).json["refresh_token"]
    refresh(api, second)
    assert problem(refresh(api, first)) == (401, "session-revoked")


def test_a_session_ends_after_fourteen_days(api: Api) -> None:
    tokens = sign_in(api).json
    api.clock.move(days=14)
    assert problem(refresh(api, tokens["refresh_token"])) == (401, "session-revoked")
    assert problem(bearer(api, tokens["access_token"]).get("/me")) == (401, "session-revoked")


def test_a_disabled_account_cannot_refresh(api: Api) -> None:
    token = sign_in(api).json["refresh_token"]
    api.sql("UPDATE account SET disabled_at = now() WHERE email = %s", email_of("lucy"))
    assert refresh(api, token).status_code == 401


def test_a_token_that_was_stolen_ends_the_session_of_everybody_who_races_with_it(api: Api) -> None:
    """Eight at once: one wins. A minute later the spent one comes back, and neither side can go on."""
    spent = sign_in(api).json["refresh_token"]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: refresh(api, spent), range(8)))
    (won,) = [answer.json for answer in answers if answer.status_code == 200]
    assert {answer.json["code"] for answer in answers if answer.status_code == 401} == {"refresh-superseded"}
    api.clock.move(minutes=1)
    assert problem(refresh(api, spent)) == (401, "session-revoked")
    assert problem(refresh(api, won["refresh_token"])) == (401, "session-revoked")
    assert api.one("SELECT detail->>'reason' FROM audit_event WHERE kind = 'session-ended'") == "refresh token reused"
