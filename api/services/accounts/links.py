"""Links by e-mail, and what ends them. Random, kept as a hash, good once and for a while, until the account changes (API 8.5, ADR 23)."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import delete, select, true, update
from sqlalchemy.orm import Session

from api.domain.accounts.sign_in_errors import LinkExpired
from api.domain.accounts.signing_in import LINK_LIFE, LinkKind
from api.models import Account, AccountLink, Challenge
from api.services.ids import new_id
from api.services.work import Work

_GONE = "This link has been used or has expired. Ask for a new one."


def make_link(
    work: Work,
    account: Account,
    kind: LinkKind,
    *,
    new_email: str | None = None,
    by: str | None = None,
    beside: bool = False,
) -> tuple[AccountLink, str]:
    """(the link, its secret: this once). 2 statements at most.

    `by` is who makes it, where that is not who asks. Those of the kind that the account had no longer count, unless it is
    made `beside` them: a stranger may ask for it, and must not void what somebody was sent.
    """
    if not beside:
        _end_links(work, account.id, [kind])
    secret = token_urlsafe(32)
    link = AccountLink(
        id=new_id(),
        account_id=account.id,
        kind=kind.value,
        secret_hash=_hash(secret),
        created_at=work.now,
        expires_at=work.now + LINK_LIFE[kind],
        new_email=new_email,
        made_by_name=by or work.actor.name,
    )
    work.session.add(link)
    work.session.flush()
    return link, secret


def end_pending(work: Work, account_id: UUID) -> None:
    """End what is pending for an account: all links but stops, and its challenges. 2 statements.

    A stop lives its day on: who took the account over could else end the way back by what they do next. To be called by
    whatever somebody does to keep others out, with the account's row locked, so that what is being made meanwhile is seen.
    `sessions.end_sessions` does.
    """
    work.connection.execute(delete(Challenge).where(Challenge.account_id == account_id))
    _end_links(work, account_id, [kind for kind in LinkKind if kind is not LinkKind.STOP])


def end_stops_since(work: Work, account_id: UUID, secret: str) -> datetime:
    """End the stop links sent after this one, which went to the addresses it stops; returns when this one was made. 2 statements."""
    query = select(AccountLink.created_at).where(AccountLink.secret_hash == _hash(secret))
    since = work.session.execute(query).scalar_one()
    _end_links(work, account_id, [LinkKind.STOP], since)
    return since


def _end_links(work: Work, account_id: UUID, kinds: Iterable[LinkKind], since: datetime | None = None) -> None:
    """End the account's links of these kinds, all or those made since. 1 statement."""
    work.session.execute(
        update(AccountLink)
        .where(
            AccountLink.created_at >= since if since is not None else true(),
            AccountLink.account_id == account_id,
            AccountLink.kind.in_([kind.value for kind in kinds]),
            AccountLink.used_at.is_(None),
            AccountLink.expires_at > work.now,
        )
        .values(expires_at=work.now),
        execution_options={"synchronize_session": False},
    )


def find_inviter(session: Session, account: Account) -> str | None:
    """Who invited the account last. 1 SELECT."""
    query = select(AccountLink.made_by_name).where(
        AccountLink.account_id == account.id, AccountLink.kind == LinkKind.INVITATION.value
    )
    return session.scalars(query.order_by(AccountLink.created_at.desc()).limit(1)).first()


def look_at_link(session: Session, kind: LinkKind, secret: str, now: datetime) -> Account:
    """Whose link it is, without using it. Raises LinkExpired. 1 SELECT."""
    found = session.scalars(
        select(Account)
        .join(AccountLink, AccountLink.account_id == Account.id)
        .where(
            AccountLink.secret_hash == _hash(secret),
            AccountLink.kind == kind.value,
            AccountLink.used_at.is_(None),
            AccountLink.expires_at > now,
            Account.disabled_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        raise LinkExpired(_GONE)
    return found


def is_known(work: Work, secret: str) -> bool:
    """Whether there ever was such a link. 1 SELECT."""
    query = select(AccountLink.id).where(AccountLink.secret_hash == _hash(secret))
    return work.session.execute(query).first() is not None


def use_link(work: Work, kind: LinkKind, secret: str) -> tuple[Account, str | None]:
    """Use a link: (its account, locked; the new address, if it is about one). Raises LinkExpired. 3 statements.

    Of several at once one succeeds: the others wait for the account, and then find the link used.
    """
    account_id = work.session.execute(
        select(AccountLink.account_id).where(AccountLink.secret_hash == _hash(secret))
    ).scalar_one_or_none()
    account = (
        work.session.get_one(Account, account_id, with_for_update={"key_share": True}, populate_existing=True)
        if account_id
        else None
    )
    used = work.session.execute(
        update(AccountLink)
        .where(
            AccountLink.secret_hash == _hash(secret),
            AccountLink.kind == kind.value,
            AccountLink.used_at.is_(None),
            AccountLink.expires_at > work.now,
        )
        .values(used_at=work.now)
        .returning(AccountLink.new_email),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if used is None or account is None or account.disabled_at is not None:
        raise LinkExpired(_GONE)
    return account, used.new_email


def _hash(secret: str) -> bytes:
    """A plain hash: the secret is random, so it cannot be found by guessing."""
    return sha256(secret.encode("utf-8", "replace")).digest()
