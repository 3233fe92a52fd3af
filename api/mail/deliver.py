"""How a letter leaves: by SMTP, or without a mail server into a file that only its owner can read."""

import os
import smtplib
import ssl
from datetime import UTC, datetime
from email.errors import MessageError
from email.message import EmailMessage
from enum import StrEnum
from pathlib import Path
from secrets import token_hex

from api.config import Mail, SmtpServer
from api.mail.compose import Letter, write

# Seconds for each step of the conversation: somebody may be waiting for the answer.
PATIENCE = 8


class Outcome(StrEnum):
    """What became of a letter: it is with the mail server, in the outbox, or nowhere."""

    SENT = "sent"
    KEPT = "kept"
    FAILED = "failed"


class MailFailed(Exception):
    """It went nowhere. The message is the kind of failure, with neither address nor words in it."""


def deliver(mail: Mail, letter: Letter, at: datetime) -> Outcome:
    """SENT by the mail server or KEPT in the outbox. Raises MailFailed."""
    try:
        message = write(letter, mail.sender, at)
        if mail.server is not None:
            _send(mail.server, message)
            return Outcome.SENT
        if mail.outbox is None:
            raise MailFailed("there is no mail server and no outbox")
        _keep(mail.outbox, message, at)
    except (OSError, smtplib.SMTPException, MessageError, ValueError) as error:
        raise MailFailed(type(error).__name__) from error
    return Outcome.KEPT


def _send(server: SmtpServer, message: EmailMessage) -> None:
    """Over TLS the server has to show a certificate for its name."""
    context = ssl.create_default_context() if server.tls != "none" else None
    with _connect(server, context) as smtp:
        if server.tls == "starttls":
            smtp.starttls(context=context)
        if server.user is not None:
            smtp.login(server.user, server.password or "")
        smtp.send_message(message)


def _connect(server: SmtpServer, context: ssl.SSLContext | None) -> smtplib.SMTP:
    if server.tls == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=PATIENCE)


def _keep(folder: Path, message: EmailMessage, at: datetime) -> None:
    """A file of its own, in the order of time; never for a moment readable by others."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{token_hex(4)}.eml"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(message.as_bytes())
