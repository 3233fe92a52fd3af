"""Letters: what is in them and what is not, that nothing gets into their heads, and that they leave by SMTP or stay as files."""

import stat
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from api.config import Mail, Settings, SmtpServer, read_mail
from api.environment import SettingsError
from api.mail import compose
from api.mail.compose import Letter, To
from api.mail.deliver import MailFailed, Outcome, deliver
from api.web.accounts.mailing import base_url
from tests.smtp import Mailbox, certificate, mail_server

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SENDER = "Partnership Plan <plan@example.org>"
LUCY = To("lucy@example.org", "Lucy Goodfellow", "Havering Safeguarding Children Partnership")
LINK = "https://plan.example.org/invitation#kfTqCHxmJbmRc0cCSkVzL0Y1yQk3mE9wTt2cW8uN5pA"
LETTERS: dict[str, Letter] = {
    "invitation": compose.invitation(LUCY, "Business Manager", LINK, "29 November 2026"),
    "reset": compose.reset(LUCY, LINK),
    "new address": compose.new_address(LUCY, LINK),
    "address changed": compose.address_changed(LUCY),
    "password changed": compose.password_changed(LUCY),
}


def read(letter: Letter) -> EmailMessage:
    """The letter as a program of mail reads it from the wire."""
    return message_from_bytes(compose.write(letter, SENDER, AT).as_bytes(), policy=policy.default)


def parts(message: EmailMessage) -> tuple[str, str]:
    text, html = message.iter_parts()
    return tuple(part.get_content().replace("\r\n", "\n") for part in (text, html))  # type: ignore[attr-defined, return-value]


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_has_text_and_html_that_say_the_same(name: str) -> None:
    text, html = parts(read(LETTERS[name]))
    assert text.startswith("Hello Lucy Goodfellow,\n\n")
    for paragraph in LETTERS[name].paragraphs:
        assert paragraph in text
        assert paragraph.replace("'", "&#x27;") in html


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_says_that_a_machine_sent_it(name: str) -> None:
    message = read(LETTERS[name])
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == AT
    assert message["Message-ID"].endswith("@example.org>")
    assert (message["From"], message["To"]) == (SENDER, "lucy@example.org")


@pytest.mark.parametrize("name", ["invitation", "reset", "new address"])
def test_the_link_is_whole_in_both(name: str) -> None:
    text, html = parts(read(LETTERS[name]))
    assert f"\n{LINK}\n" in text
    assert f'<a href="{LINK}">{LINK}</a>' in html


@pytest.mark.parametrize(
    "bad",
    ["Lucy\r\nBcc: all@example.org", "Lucy\nBcc: all@example.org", "Lucy\u2028Bcc: all@example.org", "Lucy\x85Bcc: x"],
)
def test_a_name_adds_no_header(bad: str) -> None:
    message = read(compose.invitation(To("lucy@example.org", bad, bad), bad, LINK, "29 November 2026"))
    assert message["Bcc"] is None
    assert set(message.keys()) <= {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
    }  # fmt: skip


@pytest.mark.parametrize("bad", ["lucy@example.org\r\nBcc: all@example.org", "lucy@example.org\nx"])
def test_an_address_adds_no_header(bad: str) -> None:
    with pytest.raises(ValueError, match=r"linefeed|newline|header"):
        compose.write(compose.reset(To(bad, "Lucy", "Plan"), LINK), SENDER, AT)


def test_a_kept_letter_can_be_read_by_people() -> None:
    """The outbox is looked into with an editor: the link stands there whole."""
    assert f"\r\n{LINK}\r\n" in compose.write(LETTERS["reset"], SENDER, AT).as_bytes().decode()


def test_a_name_of_any_letters_arrives() -> None:
    text, html = parts(read(compose.reset(To("zoe@example.org", "Zo\u00eb O\u2019Neill \u5f20", "Plan"), LINK)))
    assert "Hello Zo\u00eb O\u2019Neill \u5f20," in text
    assert "Hello Zo\u00eb O\u2019Neill \u5f20," in html
    assert LINK in text


def test_a_name_is_no_markup() -> None:
    _, html = parts(read(compose.reset(To("lucy@example.org", "<b>Lucy</b>", "Plan & Co"), LINK)))
    assert "Hello &lt;b&gt;Lucy&lt;/b&gt;," in html
    assert "<b>" not in html


# --- leaving ----------------------------------------------------------------------------------------


def by(box: Mailbox, **more: Any) -> Mail:
    return Mail(SmtpServer("127.0.0.1", box.port, **{"tls": "none", **more}), SENDER)


def test_it_leaves_by_smtp() -> None:
    with mail_server() as box:
        assert deliver(by(box, user="plan", password="geheim"), LETTERS["reset"], AT) is Outcome.SENT
    assert [each.lower() for each in box.to] == ["rcpt to:<lucy@example.org>"]
    assert box.logins == ["\0plan\0geheim"]
    assert LINK in parts(box.messages[0])[0]


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_it_leaves_encrypted_to_a_server_that_is_trusted(
    tls: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with mail_server(context=context, from_first=tls == "tls") as box:
        assert deliver(by(box, tls=tls), LETTERS["reset"], AT) is Outcome.SENT
    assert box.encrypted
    assert len(box.messages) == 1


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_it_does_not_leave_to_a_server_that_is_not_trusted(tls: str, tmp_path: Path) -> None:
    context, _ = certificate(tmp_path)
    with (
        mail_server(context=context, from_first=tls == "tls") as box,
        pytest.raises(MailFailed, match="SSLCertVerificationError"),
    ):
        deliver(by(box, tls=tls), LETTERS["reset"], AT)
    assert box.messages == []


def test_it_does_not_leave_in_the_clear_where_starttls_is_wanted() -> None:
    with mail_server() as box, pytest.raises(MailFailed, match="SMTPNotSupportedError"):
        deliver(by(box, tls="starttls"), LETTERS["reset"], AT)
    assert box.messages == []


def test_a_refusal_says_its_kind_and_no_address() -> None:
    with mail_server() as box:
        box.refuses = True
        with pytest.raises(MailFailed) as refused:
            deliver(by(box), LETTERS["reset"], AT)
    assert str(refused.value) == "SMTPRecipientsRefused"


def test_a_server_that_is_away_is_a_failure() -> None:
    with mail_server() as box:
        pass
    with pytest.raises(MailFailed, match="ConnectionRefusedError"):
        deliver(by(box), LETTERS["reset"], AT)


def test_without_a_server_it_is_kept_for_its_owner_only(tmp_path: Path) -> None:
    mail = Mail(sender=SENDER, outbox=tmp_path / "outbox")
    assert [deliver(mail, LETTERS[name], AT) for name in ("invitation", "reset")] == [Outcome.KEPT] * 2
    files = sorted((tmp_path / "outbox").iterdir())
    assert [path.name[:17] for path in files] == ["20261122T120000Z-"] * 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "outbox").stat().st_mode) == 0o700
    kept = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]
    assert all(LINK in parts(message)[0] for message in kept)


def test_an_outbox_that_cannot_be_written_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file")
    with pytest.raises(MailFailed, match="FileExistsError"):
        deliver(Mail(outbox=tmp_path / "outbox"), LETTERS["reset"], AT)


# --- settings ---------------------------------------------------------------------------------------

SMTP = {"SMTP_HOST": "mail.example.org", "MAIL_FROM": SENDER, "PUBLIC_URL": "https://plan.example.org"}


@pytest.mark.parametrize(
    ("more", "port", "tls"),
    [({}, 587, "starttls"), ({"SMTP_TLS": "tls"}, 465, "tls"), ({"SMTP_TLS": "none"}, 25, "none"), ({"SMTP_PORT": "2525"}, 2525, "starttls")],
)  # fmt: skip
def test_the_port_follows_from_the_encryption(more: dict[str, str], port: int, tls: str) -> None:
    mail = read_mail({**SMTP, **more})
    assert mail.server == SmtpServer("mail.example.org", port, tls)
    assert mail.outbox is None


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({**SMTP, "MAIL_FROM": ""}, "MAIL_FROM is not"),
        ({**SMTP, "PUBLIC_URL": ""}, "PUBLIC_URL is not"),
        ({**SMTP, "MAIL_FROM": "plan"}, "must be like"),
        ({**SMTP, "MAIL_FROM": "plan@example.org\nBcc: x@example.org"}, "must be like"),
        ({**SMTP, "SMTP_TLS": "ssl"}, "starttls, tls or none"),
        ({**SMTP, "SMTP_USER": "plan"}, "go together"),
        ({**SMTP, "SMTP_PORT": "mail"}, "whole number"),
    ],
)
def test_settings_that_cannot_be_right_are_refused(environ: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        read_mail(environ)


def test_the_password_is_not_shown_with_the_settings() -> None:
    mail = read_mail({**SMTP, "SMTP_USER": "plan", "SMTP_PASSWORD": "geheim"})
    assert "geheim" not in repr(mail)


@pytest.mark.parametrize(
    ("settings", "base"),
    [
        ({"public_url": "https://plan.example.org", "host": "0.0.0.0"}, "https://plan.example.org"),
        ({"host": "127.0.0.1"}, "http://127.0.0.1:8000"),
        ({"host": "0.0.0.0"}, "http://localhost:8000"),
        ({"host": "::"}, "http://localhost:8000"),
    ],
)
def test_a_link_begins_with_an_address_that_a_browser_can_open(settings: dict[str, Any], base: str) -> None:
    assert base_url(Settings(database_url="", secret_key="", **settings)) == base
