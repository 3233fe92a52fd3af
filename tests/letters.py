"""Letters in tests: an outbox for an app, and what lies in it."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from api.config import Mail
from tests.client import Api

SENDER = "Partnership Plan <plan@example.org>"
LINK = re.compile(r"https?://\S+/(\w+)#([\w-]{43})")


class Outbox:
    """The folder into which an app without a mail server writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self) -> list[EmailMessage]:
        """The letters, oldest first."""
        files = sorted(self.folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]  # type: ignore[arg-type]


def with_outbox(api: Api, folder: Path) -> Outbox:
    """Let this app keep its letters there."""
    with_mail(api, Mail(sender=SENDER, outbox=folder))
    return Outbox(folder)


def with_mail(api: Api, mail: Mail, public_url: str = "https://plan.example.org") -> None:
    settings = api.app.extensions["plan_settings"]
    api.app.extensions["plan_settings"] = replace(settings, mail=mail, public_url=public_url)


def settled(api: Api) -> None:
    """Until the app has done what it does after its answers."""
    api.app.extensions["plan_background"].wait()


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def token_in(text: str) -> str:
    """What stands after the # of the link in a text."""
    found = LINK.search(text)
    assert found, text
    return found[2]
