"""Links by e-mail: an invitation, a forgotten password, a new address; each good once, for a while, and told to nobody else."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from api.config import Mail, SmtpServer
from tests.client import Api, problem
from tests.conftest import PASSWORD, email_of
from tests.letters import Outbox, settled, text_of, token_in, with_mail, with_outbox
from tests.smtp import mail_server

NEW = "four words nobody joins"
GONE = (410, "link-expired")
VIEWER = {"email": "vera.viewer@example.org", "role": "viewer", "name": "Vera Viewer"}


@pytest.fixture
def outbox(api: Api, tmp_path: Path) -> Iterator[Outbox]:
    yield with_outbox(api, tmp_path / "outbox")
    settled(api)


def invite(api: Api, **more: Any) -> Any:
    answer = api.as_("admin").post("/accounts", {**VIEWER, **more})
    assert answer.status_code == 201, answer.text
    return answer.json


def accept(api: Api, token: str, password: str = NEW) -> TestResponse:
    return api.nobody.post("/auth/invitation/acceptance", {"token": token, "password": password})


def ask_reset(api: Api, email: str, address: str = "192.0.2.1") -> TestResponse:
    return api.nobody.post("/auth/reset-request", {"email": email}, environ_base={"REMOTE_ADDR": address})


def reset_token(api: Api, outbox: Outbox, who: str = "lucy") -> str:
    assert ask_reset(api, email_of(who)).status_code == 202
    settled(api)
    return token_in(text_of(outbox.read()[-1]))


def reset(api: Api, token: str, password: str = NEW) -> TestResponse:
    return api.nobody.post("/auth/reset", {"token": token, "password": password})


def sign_in(api: Api, email: str, password: str) -> int:
    return api.nobody.post("/auth/sign-in", {"email": email, "password": password}).status_code


# --- invitations ------------------------------------------------------------------------------------


def test_who_accepts_an_invitation_signs_in_with_the_password_they_chose(api: Api, outbox: Outbox) -> None:
    invite(api)
    (letter,) = outbox.read()
    assert letter["To"] == VIEWER["email"]
    token = token_in(text_of(letter))
    shown = api.nobody.post("/auth/invitation", {"token": token})
    assert (shown.json["name"], shown.json["email"]) == ("Vera Viewer", VIEWER["email"])
    assert shown.json["service"] == "Havering Safeguarding Children Partnership"
    assert accept(api, token).status_code == 204
    assert sign_in(api, VIEWER["email"], NEW) == 200


def test_the_address_of_somebody_new_is_not_in_the_history_of_the_directory(api: Api) -> None:
    """Nothing can be taken out of the journal of people by whoever is named in it (docs/security.md, "What is held")."""
    body = {"email": "nina@example.org", "role": "contributor", "new_person": {"name": "Nina Newman"}}
    assert api.as_("admin").post("/accounts", body).status_code == 201
    ((after,),) = api.sql(
        "SELECT after FROM journal WHERE object_type = 'person' AND verb = 'created' ORDER BY id DESC LIMIT 1"
    )
    assert (after["name"], after["email"]) == ("Nina Newman", "given")


def test_the_letter_holds_nothing_of_the_plan(api: Api, outbox: Outbox) -> None:
    invite(api)
    (letter,) = outbox.read()
    plan = api.as_("admin").read("/plans/havering-2020-23")
    told = text_of(letter)
    words = [each["text"][:40] for each in plan["objectives"]] + [each["name"] for each in plan["people"]]
    assert not [text for text in words if text in told]
    assert "https://plan.example.org/invitation#" in told


def test_nobody_signs_in_before_that(api: Api) -> None:
    invite(api)
    assert sign_in(api, VIEWER["email"], PASSWORD) == 401


def test_without_a_mail_server_the_link_is_shown_once(api: Api, outbox: Outbox) -> None:
    key = {"Idempotency-Key": "0123456789abcdef"}
    first = api.as_("admin").post("/accounts", VIEWER, headers=key)
    again = api.as_("admin").post("/accounts", VIEWER, headers=key)
    assert first.json["mail"] == "kept"
    assert accept(api, token_in(first.json["link"])).status_code == 204
    assert (again.status_code, again.json["mail"], again.json["link"]) == (201, None, None)
    assert again.headers["Cache-Control"] == "no-store"
    assert len(outbox.read()) == 1


def test_a_letter_that_a_mail_server_took_shows_no_link(api: Api) -> None:
    with mail_server() as box:
        with_mail(api, Mail(SmtpServer("127.0.0.1", box.port, "none"), "plan@example.org"))
        made = invite(api)
    assert (made["mail"], made["link"]) == ("sent", None)
    assert box.messages[0]["To"] == VIEWER["email"]


def test_a_mail_server_that_is_away_loses_nothing(api: Api) -> None:
    with mail_server() as box:
        with_mail(api, Mail(SmtpServer("127.0.0.1", box.port, "none"), "plan@example.org"))
    made = invite(api)
    assert made["mail"] == "failed"
    assert accept(api, token_in(made["link"])).status_code == 204


def test_a_link_works_once(api: Api) -> None:
    token = token_in(invite(api)["link"])
    assert accept(api, token).status_code == 204
    assert problem(accept(api, token, "another four words here")) == GONE
    assert problem(api.nobody.post("/auth/invitation", {"token": token})) == GONE
    assert sign_in(api, VIEWER["email"], NEW) == 200


def test_of_several_at_once_one_uses_it(api: Api) -> None:
    token = token_in(invite(api)["link"])
    passwords = [f"{number} words nobody joins" for number in ("five", "six", "seven", "eight")]
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda password: accept(api, token, password).status_code, passwords))
    assert sorted(statuses) == [204, 410, 410, 410]
    assert sign_in(api, VIEWER["email"], passwords[statuses.index(204)]) == 200


@pytest.mark.parametrize("password", ["short", "passwordpassword", VIEWER["email"]])
def test_a_password_that_is_refused_leaves_the_link_good(api: Api, password: str) -> None:
    token = token_in(invite(api)["link"])
    refused = accept(api, token, password)
    assert problem(refused) == (422, "validation-failed")
    assert refused.json["errors"][0]["pointer"] == "/password"
    assert accept(api, token).status_code == 204


def test_an_invitation_is_good_for_seven_days(api: Api) -> None:
    token = token_in(invite(api)["link"])
    api.clock.move(days=7, seconds=-1)
    assert api.nobody.post("/auth/invitation", {"token": token}).status_code == 200
    api.clock.move(seconds=1)
    assert problem(api.nobody.post("/auth/invitation", {"token": token})) == GONE
    assert problem(accept(api, token)) == GONE


@pytest.mark.parametrize("token", ["x", "x" * 43, "\u00e4" * 43, "' OR 1=1 --"])
def test_a_link_that_never_was_is_told_like_one_that_is_over(still: Api, token: str) -> None:
    answer = accept(still, token)
    assert problem(answer) == GONE
    assert answer.json["detail"] == "This link has been used or has expired. Ask for a new one."


def test_a_link_of_one_kind_opens_no_other(api: Api, outbox: Outbox) -> None:
    invitation, forgotten = token_in(invite(api)["link"]), reset_token(api, outbox)
    assert problem(reset(api, invitation)) == GONE
    assert problem(accept(api, forgotten)) == GONE
    assert problem(api.nobody.post("/auth/email", {"token": forgotten})) == GONE


def test_nothing_keeps_a_link(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    token = token_in(invite(api)["link"])
    accept(api, token)
    accept(api, token)
    assert token not in caplog.text
    for table in ("account_link", "journal", "audit_event", "idempotency_key"):
        held = api.one(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
        assert token not in held, table


def test_the_command_line_invites_the_first_administrator(api: Api) -> None:
    """In a process of its own, as on a server; it asks for no password and shows a link that works."""
    command = ("user", "manager@agency.example", "--name", "Mary Manager", "--role", "admin", "--invite")
    done = subprocess.run(
        (sys.executable, "-m", "api.cli", *command),
        env={**os.environ, "DATABASE_URL": api.url, "PUBLIC_URL": "https://plan.example.org"},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
    )  # fmt: skip
    link = done.stdout.splitlines()[0]
    assert link.startswith("https://plan.example.org/invitation#")
    api.clock.now = datetime.now(UTC)
    assert accept(api, token_in(link)).status_code == 204
    assert sign_in(api, "manager@agency.example", NEW) == 200


# --- a forgotten password ---------------------------------------------------------------------------


def test_a_reset_gives_a_new_password_and_ends_every_session(api: Api, outbox: Outbox) -> None:
    lucy = api.as_("lucy")
    lucy.read("/me")
    assert reset(api, reset_token(api, outbox)).status_code == 204
    assert problem(lucy.get("/me")) == (401, "session-revoked")
    assert sign_in(api, email_of("lucy"), PASSWORD) == 401
    assert sign_in(api, email_of("lucy"), NEW) == 200


def test_its_owner_is_told_by_mail(api: Api, outbox: Outbox) -> None:
    reset(api, reset_token(api, outbox))
    settled(api)
    notice = outbox.read()[-1]
    assert notice["To"] == email_of("lucy")
    assert "Your password for Havering Safeguarding Children Partnership was changed" in notice["Subject"]
    assert "#" not in text_of(notice)


def test_its_owner_is_told_of_a_change_while_signed_in_too(api: Api, outbox: Outbox) -> None:
    body = {"current": PASSWORD, "new": "seven herons knitting sandwiches"}
    assert api.as_("lucy").post("/me/password", body).status_code == 204
    settled(api)
    notice = outbox.read()[-1]
    assert notice["To"] == email_of("lucy")
    assert "was changed" in text_of(notice)


def test_a_reset_is_good_for_30_minutes(api: Api, outbox: Outbox) -> None:
    token = reset_token(api, outbox)
    api.clock.move(minutes=30)
    assert problem(reset(api, token)) == GONE


def test_one_that_was_asked_for_before_counts_until_another_is_used(api: Api, outbox: Outbox) -> None:
    """Anybody can ask; test_pending has what a stranger could void with it."""
    first, second = reset_token(api, outbox), reset_token(api, outbox)
    assert reset(api, second).status_code == 204
    assert problem(reset(api, first)) == GONE


def test_who_never_accepted_is_sent_the_invitation_again(api: Api, outbox: Outbox) -> None:
    first = token_in(invite(api)["link"])
    assert ask_reset(api, VIEWER["email"]).status_code == 202
    settled(api)
    letter = text_of(outbox.read()[-1])
    assert "Business Manager has invited you" in letter
    second = token_in(letter)
    assert accept(api, second).status_code == 204
    assert problem(accept(api, first)) == GONE


WHO = {"there": email_of("lucy"), "nobody": "nobody@example.org", "disabled": email_of("gloria"), "a word": "lucy"}


def test_asking_is_answered_the_same_whoever_it_is(api: Api, outbox: Outbox) -> None:
    api.sql("UPDATE account SET disabled_at = now() WHERE email = %s", email_of("gloria"))
    answers = {name: ask_reset(api, email) for name, email in WHO.items()}
    settled(api)
    assert {answer.status_code for answer in answers.values()} == {202}
    assert len({answer.data for answer in answers.values()}) == 1
    assert [letter["To"] for letter in outbox.read()] == [email_of("lucy")]


def test_the_answer_does_not_wait_for_whether_there_is_such_an_account(api: Api, outbox: Outbox) -> None:
    """While nobody can read the accounts all are answered, so their time cannot tell them apart either."""
    api.sql("UPDATE account SET disabled_at = now() WHERE email = %s", email_of("gloria"))
    with api.connect() as other, other.transaction(force_rollback=True):
        other.execute("LOCK TABLE account, account_link IN ACCESS EXCLUSIVE MODE")
        answers = [ask_reset(api, email, "192.0.2.1") for email in WHO.values()]
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.data for answer in answers}) == 1
    settled(api)
    assert [letter["To"] for letter in outbox.read()] == [WHO["there"]]


def test_nobodys_mailbox_is_filled(api: Api, outbox: Outbox) -> None:
    statuses = [ask_reset(api, email_of("lucy"), f"192.0.2.{number}").status_code for number in range(4)]
    settled(api)
    assert statuses == [202, 202, 202, 429]
    assert len(outbox.read()) == 3
    assert sign_in(api, email_of("lucy"), PASSWORD) == 200


def test_an_address_that_asks_for_many(api: Api, outbox: Outbox) -> None:
    statuses = [ask_reset(api, f"somebody{number}@example.org").status_code for number in range(11)]
    assert statuses == [202] * 10 + [429]


def test_a_strangers_host_header_gets_into_no_letter(api: Api, outbox: Outbox) -> None:
    with_mail(api, Mail(outbox=outbox.folder), public_url="")
    api.nobody.post("/auth/reset-request", {"email": email_of("lucy")}, headers={"Host": "elsewhere.example"})
    settled(api)
    assert "http://127.0.0.1:8000/reset#" in text_of(outbox.read()[-1])


# --- a new address ----------------------------------------------------------------------------------

ADDRESS = "lucy.new@example.org"


def email_token(api: Api, outbox: Outbox, address: str = ADDRESS) -> str:
    answer = api.as_("lucy").post("/me/email", {"email": address})
    assert answer.status_code == 202, answer.text
    settled(api)
    letter = outbox.read()[-1]
    assert letter["To"] == address
    return token_in(text_of(letter))


def confirm(api: Api, token: str) -> TestResponse:
    return api.nobody.post("/auth/email", {"token": token})


def test_a_new_address_counts_once_its_link_is_opened(api: Api, outbox: Outbox) -> None:
    token = email_token(api, outbox)
    assert sign_in(api, email_of("lucy"), PASSWORD) == 200
    assert confirm(api, token).status_code == 204
    assert (sign_in(api, ADDRESS, PASSWORD), sign_in(api, email_of("lucy"), PASSWORD)) == (200, 401)
    assert problem(confirm(api, token)) == GONE


def test_the_journal_says_whose_act_it_was(api: Api, outbox: Outbox) -> None:
    confirm(api, email_token(api, outbox))
    (entry, *_) = api.as_("admin").read("/plans/havering-2020-23/journal?limit=1")["data"]
    assert entry["sentence"] == "Lucy Goodfellow changed their own e-mail address."


def test_the_old_address_is_told_and_learns_no_new_one(api: Api, outbox: Outbox) -> None:
    confirm(api, email_token(api, outbox))
    settled(api)
    notice = outbox.read()[-1]
    assert notice["To"] == email_of("lucy")
    assert ADDRESS not in notice.as_string()


def test_a_reset_sent_to_the_old_address_opens_nothing_any_more(api: Api, outbox: Outbox) -> None:
    forgotten = reset_token(api, outbox)
    confirm(api, email_token(api, outbox))
    assert problem(reset(api, forgotten)) == GONE


def test_an_address_that_is_somebodys_is_sent_nothing_and_nobody_is_told(api: Api, outbox: Outbox) -> None:
    free = api.as_("lucy").post("/me/email", {"email": ADDRESS})
    taken = api.as_("lucy").post("/me/email", {"email": email_of("jane")})
    settled(api)
    assert (free.status_code, free.data) == (taken.status_code, taken.data)
    assert [letter["To"] for letter in outbox.read()] == [email_of("lucy"), ADDRESS, email_of("lucy")]


def test_an_address_that_somebody_took_meanwhile_stays_theirs(api: Api, outbox: Outbox) -> None:
    token = email_token(api, outbox)
    invite(api, email=ADDRESS)
    assert problem(confirm(api, token)) == (409, "duplicate")
    assert sign_in(api, email_of("lucy"), PASSWORD) == 200


def test_it_needs_a_password_shown_lately(api: Api) -> None:
    api.clock.move(minutes=11)
    assert problem(api.as_("lucy").post("/me/email", {"email": ADDRESS})) == (403, "confirmation-needed")


@pytest.mark.parametrize(
    "address",
    ["lucy", "a@b@c.org", "lucy@", "@example.org", "a b@example.org", "a@example.org, b@example.org", "a..b@example.org",
     "a@-x.org", "Lucy <a@example.org>", "a@example.org\nBcc: b@example.org", f"{'a' * 250}@example.org"],
)  # fmt: skip
def test_what_is_no_address_is_refused(still: Api, address: str) -> None:
    assert problem(still.as_("lucy").post("/me/email", {"email": address})) == (422, "validation-failed")


# --- the audit --------------------------------------------------------------------------------------


def test_the_audit_tells_of_links_without_them(api: Api, outbox: Outbox) -> None:
    token = reset_token(api, outbox)
    reset(api, token)
    told = api.sql("SELECT kind, actor_name, detail::text FROM audit_event ORDER BY id")
    assert [kind for kind, *_ in told] == ["link-sent", "link-used", "password-changed"]
    assert {name for _, name, _ in told} == {"Lucy Goodfellow"}
    assert not [detail for *_, detail in told if token in detail or "@" in detail]


def test_the_audit_tells_of_mail_that_failed(api: Api) -> None:
    """This app has neither mail server nor outbox."""
    invite(api)
    (told,) = api.sql("SELECT kind, detail->>'mail', detail->>'letter' FROM audit_event")
    assert told == ("mail-failed", "failed", "invitation")
