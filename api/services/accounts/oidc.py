"""Signing in through an agency's directory: the state for the way there, and whose account comes back."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from api.domain.accounts.sign_in_errors import InvalidCredentials
from api.domain.accounts.signing_in import LinkKind, Method, Purpose, Transport
from api.domain.plan.permissions import Actor, Role
from api.models import Account, AccountLink, Challenge, Session
from api.queries.accounts.accounts import find_account_by_subject, find_account_to_bind, is_bound
from api.services.accounts.challenges import forget_over
from api.services.accounts.sessions import open_session
from api.services.ids import new_id
from api.services.journal import Change, write_directory_changes
from api.services.locks import hold_directory
from api.services.work import Work

WAY_LIFE = timedelta(minutes=10)


class ProviderAwayError(Exception):
    """The provider does not answer, or its answer is not OpenID's."""


class ProviderRefusedError(Exception):
    """The provider's answer names nobody or cannot be trusted; the message is for the audit."""


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity from the directory: `subject` is issuer and sub; `email` only if the directory says that it is verified.

    `second_factor`: the directory says that it asked for more than a password.
    """

    subject: str
    email: str | None
    second_factor: bool = False


class Provider(Protocol):
    """An agency's OpenID provider, as far as signing in uses it."""

    issuer: str

    def metadata(self) -> dict[str, Any]:
        """The provider's own description. Raises ProviderAwayError."""

    def address(self, state: str, nonce: str, verifier: str) -> str:
        """Where to send the browser, once `metadata` was asked for."""

    def identify(self, code: str, nonce: str, verifier: str, now: datetime) -> Identity:
        """The identity behind this code. Raises ProviderAwayError, ProviderRefusedError."""


@dataclass(frozen=True, slots=True)
class Way:
    """A sign-in attempt by the directory; `session_id` is the session that the browser had when it began."""

    session_id: UUID | None


def give_out_state(work: Work, session_id: UUID | None) -> str:
    """A state for one sign-in by the directory: random, valid for ten minutes, stored as a hash. 2 statements."""
    state = f"{(its_id := new_id()).hex}.{token_urlsafe(32)}"
    forget_over(work)
    given = {"id": its_id, "purpose": Purpose.DIRECTORY.value, "value": _hash(state), "created_at": work.now}
    # As a SELECT: a session that is no longer kept is none.
    here = select(Session.id).where(Session.id == session_id).scalar_subquery()
    work.connection.execute(insert(Challenge).values(**given, session_id=here, expires_at=work.now + WAY_LIFE))
    return state


def take_back_state(connection: Connection, state: str, work: Work) -> Way | None:
    """The sign-in attempt that this state belongs to; None when unknown or used. It is deleted. 1 DELETE."""
    found = connection.execute(
        delete(Challenge)
        .where(
            Challenge.id == UUID(state.partition(".")[0]),
            Challenge.purpose == Purpose.DIRECTORY.value,
            Challenge.value == _hash(state),
            Challenge.expires_at >= work.now,
        )
        .returning(Challenge.session_id)
    ).first()
    return Way(found.session_id) if found else None


def _hash(state: str) -> bytes:
    return sha256(state.encode()).digest()


def sign_in_by_directory(work: Work, identity: Identity, device: str) -> tuple[Account, Session]:
    """Open a session for the account that is bound to this identity, or is bound now by its verified e-mail.

    Raises InvalidCredentials, always in the same words: no such account, one that is disabled, or one that is somebody
    else's in the directory. The account's row is locked: who is disabled meanwhile stays out.
    """
    email = None if is_bound(work.session, identity.subject) else identity.email
    if email is not None:
        hold_directory(work)
    account = find_account_by_subject(work.session, identity.subject)
    if account is None and email is not None:
        account = find_account_to_bind(work.session, email)
        if account is not None and account.disabled_at is None:
            _bind(work, account, identity.subject)
    if account is None or account.disabled_at is not None:
        raise InvalidCredentials("Signing in through the directory did not work.")
    method = Method.DIRECTORY_SECOND_FACTOR if identity.second_factor else Method.DIRECTORY
    return account, open_session(work, account, method, device, Transport.COOKIE)


def _bind(work: Work, account: Account, subject: str) -> None:
    """Bind the account to this identity. An open invitation is accepted with it."""
    account.oidc_subject = subject
    account.version += 1
    account.updated_at = work.now
    work.session.flush()
    work.session.execute(
        update(AccountLink)
        .where(
            AccountLink.account_id == account.id,
            AccountLink.kind == LinkKind.INVITATION.value,
            AccountLink.used_at.is_(None),
        )
        .values(used_at=work.now)
    )
    themselves = Actor(account.id, account.name, Role(account.role), account.person_id)
    bound = Change("account", account.id, "bound", {"oidc_subject": None}, {"oidc_subject": subject})
    write_directory_changes(replace(work, actor=themselves), [bound])
