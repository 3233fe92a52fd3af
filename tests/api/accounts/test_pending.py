"""What waits on an account outlives nothing that is done to keep others out, but for the way back: every kind of link under every countermeasure (API 8.5)."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from api.domain.accounts.signing_in import LINK_LIFE, LinkKind
from tests.authenticator import Authenticator
from tests.client import Api, problem
from tests.conftest import PASSWORD, email_of
from tests.letters import Outbox, settled, text_of, token_in, with_outbox
from tests.signing import bearer, refresh, register, set_up_totp, sign_in

NEW = "four words nobody joins"
ELSEWHERE = "lucy.elsewhere@example.org"
GONE = (410, "link-expired")
STEPS = 10


@pytest.fixture
def outbox(api: Api, tmp_path: Path) -> Iterator[Outbox]:
    yield with_outbox(api, tmp_path / "outbox")
    settled(api)


def ask_for_new_email(api: Api, who: str = "lucy", email: str = ELSEWHERE) -> None:
    assert api.as_(who).post("/me/email", {"email": email}).status_code == 202
    settled(api)


def tokens_to(outbox: Outbox, address: str) -> list[str]:
    """The links that this address was sent, oldest first."""
    return [token_in(text_of(each)) for each in outbox.read() if each["To"] == address and "#" in text_of(each)]


# --- every kind of link, every countermeasure -------------------------------------------------------------


def _account(api: Api) -> str:
    return str(api.seeded.sessions["lucy"]["account"])


def _links_of_every_kind(api: Api) -> dict[str, str]:
    """A link of each kind for Lucy, as `links.make_link` keeps them."""
    made = {}
    for kind in LinkKind:
        secret = f"{kind.value}-{'x' * 40}"[:43]
        new_email = ELSEWHERE if kind is LinkKind.EMAIL else None
        api.sql(
            "INSERT INTO account_link (account_id, kind, secret_hash, expires_at, new_email, made_by_name)"
            " VALUES (%s, %s, sha256(convert_to(%s, 'UTF8')), %s, %s, 'A test')",
            _account(api), kind.value, secret, api.clock.now + LINK_LIFE[kind], new_email,
        )  # fmt: skip
        made[kind.value] = secret
    return made


USES: dict[str, Callable[[Api, str], Any]] = {
    "invitation": lambda api, token: api.nobody.post("/auth/invitation/acceptance", {"token": token, "password": NEW}),
    "reset": lambda api, token: api.nobody.post("/auth/reset", {"token": token, "password": NEW}),
    "email": lambda api, token: api.nobody.post("/auth/email", {"token": token}),
    "stop": lambda api, token: api.nobody.post("/auth/email/stop", {"token": token}),
    "factor": lambda api, token: bearer(api, _new_session(api)).post("/me/factors/mailbox", {"token": token}),
}


def _new_session(api: Api) -> str:
    """A bearer token of Lucy's, opened beside the door: what was done to her password or account is not what is asked here."""
    api.sql(
        "UPDATE session SET ended_at = NULL, authenticated_at = %s WHERE account_id = %s", api.clock(), _account(api)
    )
    api.sql("UPDATE account SET disabled_at = NULL WHERE id = %s", _account(api))
    return api.token("lucy")


def _change_password(api: Api) -> Any:
    return api.as_("lucy").post("/me/password", {"current": PASSWORD, "new": NEW})


def _end_one(api: Api) -> Any:
    other = sign_in(api).json["access_token"]
    here = next(each for each in bearer(api, other).read("/me/sessions")["data"] if each["current"])
    return api.as_("lucy").open("DELETE", f"/me/sessions/{here['id']}")


def _of_admin(path: str) -> Callable[[Api], Any]:
    return lambda api: api.as_("admin").post(f"/accounts/{_account(api)}/{path}")


def _patch(**change: Any) -> Callable[[Api], Any]:
    def act(api: Api) -> Any:
        admin, path = api.as_("admin"), f"/accounts/{_account(api)}"
        return admin.patch(path, change, headers=admin.etag(path))

    return act


def _hand_over(api: Api) -> Any:
    path = f"/people/{api.person('Lucy Goodfellow')}/handover"
    items = [{each["kind"]: each["id"], "to": None} for each in api.as_("admin").read(path)["items"]]
    return api.as_("admin").post(path, {"items": items, "left_on": "2026-11-20"})


def _erase(api: Api) -> Any:
    api.sql("UPDATE person SET left_on = '2026-11-01' WHERE id = %s", api.person("Lucy Goodfellow"))
    return api.as_("admin").post(f"/people/{api.person('Lucy Goodfellow')}/erasure", {"reason": "Asked for."})


def _remove_passkey(api: Api) -> Any:
    (one,) = api.as_("lucy").read("/me/factors")["passkeys"]
    return api.as_("lucy").open("DELETE", f"/me/passkeys/{one['id']}")


def _by_link(kind: str) -> Callable[[Api], Any]:
    """A second link of a kind is used, and those of the table are older."""

    def act(api: Api) -> Any:
        secret = f"other-{kind}-{'y' * 40}"[:43]
        api.sql(
            "INSERT INTO account_link (account_id, kind, secret_hash, expires_at, new_email, made_by_name)"
            " VALUES (%s, %s, sha256(convert_to(%s, 'UTF8')), %s, %s, 'A test')",
            _account(api), kind, secret, api.clock.now + LINK_LIFE[LinkKind(kind)],
            "lucy.third@example.org" if kind == "email" else None,
        )  # fmt: skip
        return USES[kind](api, secret)

    return act


COUNTERMEASURES: dict[str, Callable[[Api], Any]] = {
    "changes the password": _change_password,
    "ends one session": _end_one,
    "ends the other sessions": lambda api: api.as_("lucy").post("/me/sessions/end-others"),
    "removes the app": lambda api: api.as_("lucy").open("DELETE", "/me/totp"),
    "removes a passkey": _remove_passkey,
    "stops the change": _by_link("stop"),
    "resets the password": _by_link("reset"),
    "confirms an address": _by_link("email"),
    "admin ends the sessions": _of_admin("sessions/end"),
    "admin removes the factors": _of_admin("factors/removal"),
    "admin changes the role": _patch(role="viewer"),
    "admin disables": _patch(disabled=True),
    "admin hands over": _hand_over,
    "admin erases": _erase,
}


def _add_passkey(api: Api) -> Any:
    """Of the address that letters begin with."""
    answer = register(api.as_("lucy"), Authenticator("https://plan.example.org", "plan.example.org"))
    assert answer.status_code == 201, answer.text


PREPARED: dict[str, Callable[[Api], Any]] = {
    "removes the app": set_up_totp,
    "removes a passkey": _add_passkey,
    "admin removes the factors": _add_passkey,
}


@pytest.mark.parametrize("countermeasure", COUNTERMEASURES)
def test_no_link_of_any_kind_outlives_a_countermeasure(api: Api, outbox: Outbox, countermeasure: str) -> None:
    if countermeasure in PREPARED:
        PREPARED[countermeasure](api)
    api.confirm_all()
    links = _links_of_every_kind(api)
    assert set(links) == set(USES) == {kind.value for kind in LinkKind}
    answer = COUNTERMEASURES[countermeasure](api)
    assert answer.status_code in {200, 201, 204}, answer.text
    api.clock.move(seconds=1)
    for kind, token in links.items():
        api.sql("UPDATE account SET disabled_at = NULL WHERE id = %s", _account(api))
        if kind == "stop" and countermeasure != "admin erases":
            # The way back: whoever took the account over does such things too.
            assert USES[kind](api, token).status_code == 200
        else:
            assert problem(USES[kind](api, token)) == GONE, kind


@pytest.mark.parametrize("kind", USES)
def test_each_of_those_links_works_when_nothing_was_done(api: Api, outbox: Outbox, kind: str) -> None:
    """Else the table above would hold of links that never worked."""
    assert USES[kind](api, _links_of_every_kind(api)[kind]).status_code == (200 if kind == "stop" else 204)


def test_a_secret_offered_for_an_app_does_not_outlive_one_either(api: Api, outbox: Outbox) -> None:
    api.as_("lucy").post("/me/totp")
    api.as_("lucy").post("/me/passkeys/options")
    assert api.one("SELECT count(*) FROM challenge WHERE account_id = %s", _account(api)) == 2
    _change_password(api)
    assert api.one("SELECT count(*) FROM challenge WHERE account_id = %s", _account(api)) == 0


def test_a_spent_refresh_token_ends_what_was_asked_for_in_its_session(api: Api, outbox: Outbox) -> None:
    spent = sign_in(api).json["refresh_token"]
    refresh(api, spent)
    ask_for_new_email(api)
    api.clock.move(minutes=1)
    assert problem(refresh(api, spent))[0] == 401
    (token,) = tokens_to(outbox, ELSEWHERE)
    assert problem(USES["email"](api, token)) == GONE


# --- a change of address -----------------------------------------------------------------------------------


def test_the_present_address_is_told_when_another_is_asked_for_and_can_stop_it(api: Api, outbox: Outbox) -> None:
    ask_for_new_email(api)
    (told,) = [each for each in outbox.read() if each["To"] == email_of("lucy")]
    assert "/stop#" in text_of(told)
    assert ELSEWHERE not in text_of(told)
    (stop,), (confirm,) = tokens_to(outbox, email_of("lucy")), tokens_to(outbox, ELSEWHERE)
    assert stopped(api, stop) == "kept"
    assert problem(USES["email"](api, confirm)) == GONE
    assert api.as_("lucy").get("/me").status_code == 401
    assert api.one("SELECT email FROM account WHERE id = %s", _account(api)) == email_of("lucy")
    kinds = [kind for (kind,) in api.sql("SELECT kind FROM audit_event ORDER BY id DESC LIMIT 2")]
    assert sorted(kinds) == ["link-used", "session-ended"]


def test_each_letter_that_stops_it_works_whichever_is_found_first(api: Api, outbox: Outbox) -> None:
    ask_for_new_email(api)
    ask_for_new_email(api, email="lucy.third@example.org")
    first, _ = tokens_to(outbox, email_of("lucy"))
    assert stopped(api, first) == "kept"
    (newest,) = tokens_to(outbox, "lucy.third@example.org")
    assert problem(USES["email"](api, newest)) == GONE


def stopped(api: Api, token: str) -> str:
    """What became of the address."""
    answer = api.nobody.post("/auth/email/stop", {"token": token})
    assert answer.status_code == 200, answer.text
    return str(answer.json["address"])


def change_to(api: Api, outbox: Outbox, email: str = ELSEWHERE) -> None:
    """Somebody in Lucy's session asks for it, and opens the link that was sent there."""
    ask_for_new_email(api, email=email)
    assert USES["email"](api, tokens_to(outbox, email)[-1]).status_code == 204
    settled(api)


def email_now(api: Api) -> str:
    return str(api.one("SELECT email FROM account WHERE id = %s", _account(api)))


def test_it_puts_the_address_back_where_the_change_was_quicker(api: Api, outbox: Outbox) -> None:
    change_to(api, outbox)
    assert email_now(api) == ELSEWHERE
    # Whatever the thief does next, the way back stays.
    assert bearer(api, api.token("lucy")).post("/me/password", {"current": PASSWORD, "new": NEW}).status_code == 204
    (stop,) = tokens_to(outbox, email_of("lucy"))
    assert stopped(api, stop) == "put-back"
    settled(api)
    assert email_now(api) == email_of("lucy")
    assert problem(api.as_("lucy").get("/me")) == (401, "session-revoked")
    told = outbox.read()[-1]
    assert (told["To"], "which counts again" in text_of(told)) == (ELSEWHERE, True)
    assert api.sql(
        "SELECT before ->> 'email', after ->> 'email' FROM journal WHERE verb = 'email-changed' ORDER BY id"
    ) == [
        (email_of("lucy"), ELSEWHERE),
        (ELSEWHERE, email_of("lucy")),
    ]
    assert problem(USES["stop"](api, stop)) == GONE


def test_it_works_for_a_day(api: Api, outbox: Outbox) -> None:
    change_to(api, outbox)
    (stop,) = tokens_to(outbox, email_of("lucy"))
    api.clock.move(days=1)
    assert problem(USES["stop"](api, stop)) == GONE
    assert email_now(api) == ELSEWHERE


def test_the_earlier_address_has_the_last_word(api: Api, outbox: Outbox) -> None:
    """The second change tells the thief's own address, which must not end what the owner's was sent."""
    change_to(api, outbox)
    api.clock.move(minutes=6)
    change_to(api, outbox, "lucy.third@example.org")
    (owners,), (thiefs, *_) = tokens_to(outbox, email_of("lucy")), tokens_to(outbox, ELSEWHERE)[::-1]
    assert stopped(api, thiefs) == "put-back"
    assert email_now(api) == ELSEWHERE
    api.clock.move(minutes=1)
    assert stopped(api, owners) == "put-back"
    assert email_now(api) == email_of("lucy")


def test_a_later_one_counts_no_more_once_an_earlier_was_used(api: Api, outbox: Outbox) -> None:
    change_to(api, outbox)
    api.clock.move(minutes=6)
    change_to(api, outbox, "lucy.third@example.org")
    (owners,), (thiefs, *_) = tokens_to(outbox, email_of("lucy")), tokens_to(outbox, ELSEWHERE)[::-1]
    assert stopped(api, owners) == "put-back"
    assert problem(USES["stop"](api, thiefs)) == GONE
    assert email_now(api) == email_of("lucy")


def test_an_address_that_is_somebody_s_by_now_is_not_taken_from_them(api: Api, outbox: Outbox) -> None:
    change_to(api, outbox)
    api.sql("UPDATE account SET email = %s WHERE email = %s", email_of("lucy"), email_of("gloria"))
    (stop,) = tokens_to(outbox, email_of("lucy"))
    assert stopped(api, stop) == "taken"
    assert email_now(api) == ELSEWHERE
    assert problem(api.as_("lucy").get("/me")) == (401, "session-revoked")


def test_nobody_learns_from_the_letters_whether_an_address_is_somebody_s(api: Api, outbox: Outbox) -> None:
    ask_for_new_email(api)
    ask_for_new_email(api, "gloria", email_of("jane"))
    counts = [len(tokens_to(outbox, email_of(who))) for who in ("lucy", "gloria", "jane")]
    assert counts == [1, 1, 0]


def test_the_whole_take_over_of_the_trial_fails(api: Api, outbox: Outbox) -> None:
    """A thief in a fresh session asks for an address; the owner does what owners do; the thief's link, then a reset to it."""
    ask_for_new_email(api)
    owner = sign_in(api).json["access_token"]
    assert bearer(api, owner).post("/me/password", {"current": PASSWORD, "new": NEW}).status_code == 204
    (confirm,) = tokens_to(outbox, ELSEWHERE)
    assert problem(USES["email"](api, confirm)) == GONE
    assert api.nobody.post("/auth/reset-request", {"email": ELSEWHERE}).status_code == 202
    settled(api)
    assert len(tokens_to(outbox, ELSEWHERE)) == 1


def test_what_is_asked_for_while_the_session_is_ended_does_not_come_after(api: Api, outbox: Outbox) -> None:
    """The letter is made after the answer: however the two meet, no link is left that works."""
    lucy = api.as_("lucy")
    for step in range(STEPS):
        api.sql("UPDATE session SET ended_at = NULL")
        api.sql("TRUNCATE sign_in_guess")
        with ThreadPoolExecutor(2) as pool:
            asked = pool.submit(lucy.post, "/me/email", {"email": f"lucy.{step}@example.org"})
            ended = pool.submit(_of_admin("sessions/end"), api)
            assert asked.result().status_code in {202, 401}
            assert ended.result().status_code == 200
        settled(api)
        alive = "SELECT count(*) FROM account_link WHERE used_at IS NULL AND expires_at > %s AND kind <> 'stop'"
        assert api.one(alive, api.clock.now) == 0


# --- what a stranger may ask for ----------------------------------------------------------------------------


def test_a_stranger_s_request_voids_neither_an_invitation_nor_a_reset(api: Api, outbox: Outbox) -> None:
    made = api.as_("admin").post("/accounts", {"email": "vera@example.org", "role": "viewer", "name": "Vera"}).json
    sent = api.as_("admin").post(f"/accounts/{_account(api)}/reset").json
    for address in ("vera@example.org", email_of("lucy")):
        assert api.nobody.post("/auth/reset-request", {"email": address}).status_code == 202
        settled(api)
    assert USES["invitation"](api, token_in(made["link"])).status_code == 204
    assert USES["reset"](api, token_in(sent["link"])).status_code == 204


def test_of_the_links_that_were_asked_for_one_is_used(api: Api, outbox: Outbox) -> None:
    for _ in range(2):
        assert api.nobody.post("/auth/reset-request", {"email": email_of("lucy")}).status_code == 202
        settled(api)
    first, second = tokens_to(outbox, email_of("lucy"))
    assert USES["reset"](api, first).status_code == 204
    assert problem(USES["reset"](api, second)) == GONE


def test_an_administrator_s_new_invitation_still_voids_the_one_before(api: Api, outbox: Outbox) -> None:
    made = api.as_("admin").post("/accounts", {"email": "vera@example.org", "role": "viewer", "name": "Vera"}).json
    assert api.as_("admin").post(f"/accounts/{made['account']['id']}/invitation").status_code == 200
    assert problem(USES["invitation"](api, token_in(made["link"]))) == GONE
