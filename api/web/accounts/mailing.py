"""Letters, after the commit: who is told what, with which link, and what the audit keeps of it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from api.config import Settings
from api.domain.accounts.signing_in import LinkKind
from api.domain.days import london_day
from api.domain.plan.by_when import say_date
from api.http.circumstances import circumstances
from api.http.database.background import later
from api.http.database.transaction import one_select
from api.http.declare import Call
from api.http.doorway import now
from api.http.messages.answers import Answer
from api.mail import compose
from api.mail.compose import Letter, To
from api.mail.deliver import MailFailed, Outcome, deliver
from api.models import Account
from api.queries.plan.plans import find_service_name
from api.services.accounts.audit import Circumstances, EventKind, note
from api.services.accounts.joining import Linked

log = logging.getLogger("plan")


@dataclass(frozen=True, slots=True)
class Posting:
    """A letter that is ready, and what the audit says of it: which kind, for whose account, by whom."""

    letter: Letter
    kind: str
    account_id: UUID
    actor_id: UUID | None
    actor_name: str


def to(session: Session, email: str, name: str) -> To:
    """Whom a letter is for, in the partnership's name. 1 SELECT."""
    return To(email, name, find_service_name(session))


# What a server listens at and no browser can open.
EVERY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104 -- nothing is bound to them here


def base_url(settings: Settings) -> str:
    """What links begin with that no administrator sends: PUBLIC_URL, else this machine's own address.

    A stranger's Host header never gets into a letter: it could lead whoever reads it to the stranger.
    """
    here = "localhost" if settings.host in EVERY_ADDRESS else settings.host
    return settings.public_url or f"http://{here}:{settings.port}"


def write_link(base: str, linked: Linked) -> str:
    """The address of a link, its secret in the fragment, which no server and no log is sent."""
    return f"{base}/{linked.link.kind}#{linked.secret}"


def letter_with(linked: Linked, whom: To, address: str, by: str) -> Letter:
    """The letter that brings a link."""
    if linked.link.kind == LinkKind.INVITATION:
        return compose.invitation(whom, by, address, say_date(london_day(linked.link.expires_at)))
    if linked.link.kind == LinkKind.RESET:
        return compose.reset(whom, address)
    write = {LinkKind.STOP: compose.address_asked, LinkKind.FACTOR: compose.first_factor}
    return write.get(LinkKind(linked.link.kind), compose.new_address)(whom, address)


def send(posting: Posting, around: Circumstances) -> Outcome:
    """Send it, or keep it; the audit tells which, without address and link. To be called when all is committed."""
    settings: Settings = current_app.extensions["plan_settings"]
    detail = {"letter": posting.kind, "account": posting.account_id}
    try:
        outcome = deliver(settings.mail, posting.letter, now())
    except MailFailed as failure:
        outcome, detail = Outcome.FAILED, {**detail, "error": str(failure)}
        log.warning("mail failed", extra={"fields": {"letter": posting.kind, "error": str(failure)}})
    what = EventKind.MAIL_FAILED if outcome is Outcome.FAILED else EventKind.LINK_SENT if posting.letter.link else None
    if what is not None:
        with one_select() as connection:
            told = {**detail, "mail": outcome}
            note(connection, around, what, account_id=posting.actor_id, actor_name=posting.actor_name, detail=told)
    return outcome


def tell_factor(call: Call, account: Account, what: str) -> Callable[[Answer], None]:
    """Tell somebody that one of their factors was added or taken away, by whomever, once it is done. 1 SELECT."""
    letter = compose.factor_changed(to(call.session, account.email, account.name), what)
    return notice(account, letter, "factor-changed")


def notice(account: Account, letter: Letter, kind: str) -> Callable[[Answer], None]:
    """Tell somebody what was done, once it is done (`Answer.after_commit`); the answer does not wait for it."""
    posting = Posting(letter, kind, account.id, account.id, account.name)

    def send_it(_answer: Answer) -> None:
        around = circumstances()
        later(lambda: send(posting, around))

    return send_it
