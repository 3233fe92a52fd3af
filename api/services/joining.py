"""Joining, and getting back in: invitations, resets and changes of address (API 8.5)."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from api.domain.accounts import State, state_of
from api.domain.errors import Conflict, FieldError, ValidationFailed
from api.domain.permissions import Actor, Role
from api.domain.signing_in import LinkKind
from api.models import Account, AccountLink, Person
from api.queries.account_list import lock_account
from api.queries.accounts import find_account
from api.services.accounts import add_account, check_person, new_account, saving
from api.services.journal import Change, record_of_directory
from api.services.links import end_links, find_inviter, is_known, make_link, use_link
from api.services.locks import hold_account, hold_directory
from api.services.passwords import set_password
from api.services.people import create_person
from api.services.sessions import end_sessions
from api.services.work import Work

STANDS_FOR_SOMEBODY = frozenset({Role.LEAD_OFFICER, Role.CONTRIBUTOR})


@dataclass(frozen=True, slots=True)
class Linked:
    """A link that was made, with its secret: this once."""

    account: Account
    link: AccountLink
    secret: str


def invite(
    work: Work,
    *,
    email: str,
    role: str,
    person: UUID | None = None,
    new_person: dict[str, Any] | None = None,
    name: str | None = None,
) -> Linked:
    """An account for a person of the directory, a new one, or nobody in it (`name`). Raises ValidationFailed, Duplicate."""
    hold_directory(work)
    if new_person is not None:
        stands_for = _add_person(work, new_person, email)
    elif person is not None:
        stands_for = check_person(work, person)
    else:
        _check_needs_nobody(role)
        stands_for = None
    called = stands_for.name if stands_for else name or email
    return invite_named(
        work, email=email, name=called, role=Role(role), person_id=stands_for.id if stands_for else None
    )


def _add_person(work: Work, new_person: dict[str, Any], email: str) -> Person:
    """Somebody new in the directory. Raises ValidationFailed with pointers into the member."""
    try:
        return create_person(work, **new_person, email=email)
    except ValidationFailed as wrong:
        raise wrong.below("/new_person") from wrong


def invite_named(work: Work, *, email: str, name: str, role: Role, person_id: UUID | None = None) -> Linked:
    """An account under this name, and its invitation. Raises Duplicate."""
    account = new_account(email=email, name=name, role=role, person_id=person_id)
    add_account(work, account, "invited")
    return Linked(account, *make_link(work, account, LinkKind.INVITATION))


def _check_needs_nobody(role: str) -> None:
    if Role(role) in STANDS_FOR_SOMEBODY:
        detail = "A lead officer or contributor stands for a person: choose one, or give a new_person."
        raise ValidationFailed(detail, [FieldError("/person", "required", detail)])


def invite_again(work: Work, account_id: UUID) -> Linked:
    """A new invitation; the one before no longer counts. Raises NotFound, Conflict when it was accepted or ended."""
    account = hold_account(work, account_id)
    _check_state(account, State.INVITED)
    record_of_directory(work, [Change("account", account.id, "invited-again", None, {"name": account.name})])
    return Linked(account, *make_link(work, account, LinkKind.INVITATION))


def send_reset(work: Work, account_id: UUID) -> Linked:
    """A link to a new password. Raises NotFound, Conflict when nobody has accepted the invitation yet, or it ended."""
    account = lock_account(work.session, account_id)
    _check_state(account, State.ACTIVE)
    return Linked(account, *make_link(work, account, LinkKind.RESET))


_WHY_NOT = {
    State.DISABLED: "This account is disabled. Enable it first.",
    State.ACTIVE: "The invitation was accepted already. Send a link to a new password instead.",
    State.INVITED: "The invitation was not accepted yet. Send it again instead.",
}


def _check_state(account: Account, wanted: State) -> None:
    state = _state(account)
    if state is not wanted:
        raise Conflict(_WHY_NOT[state])


def _state(account: Account) -> State:
    shown = (account.password_hash, account.oidc_subject, account.factor_since)
    return state_of(disabled_at=account.disabled_at, can_show=any(each is not None for each in shown))


def ask_for_reset(work: Work, email: str) -> Linked | None:
    """A link for whoever has forgotten their password; their invitation again, if they never accepted it. None for nobody."""
    account = find_account(work.session, email)
    if account is None or account.disabled_at is not None:
        return None
    account = lock_account(work.session, account.id)
    if _state(account) is State.INVITED:
        inviter = find_inviter(work.session, account)
        return Linked(account, *make_link(work, account, LinkKind.INVITATION, by=inviter))
    return Linked(account, *make_link(work, account, LinkKind.RESET, by=account.name))


def accept_invitation(work: Work, secret: str, password: str) -> Account:
    """The first password. Raises LinkExpired, ValidationFailed, which leaves the link unused."""
    account, _ = use_link(work, LinkKind.INVITATION, secret)
    set_password(work, account, password)
    work.session.flush()
    return account


def reset_password(work: Work, secret: str, password: str) -> Account:
    """A new password; every session and every other link of the account ends. Raises LinkExpired, ValidationFailed."""
    account, _ = use_link(work, LinkKind.RESET, secret)
    set_password(work, account, password)
    work.session.flush()
    end_links(work, account, *LinkKind)
    end_sessions(work, account.id)
    return account


def ask_for_new_email(work: Work, account_id: UUID, email: str) -> Linked | None:
    """A link for the new address; None when it is somebody's already, which nobody is told."""
    taken = work.session.execute(select(Account.id).where(Account.email == email)).first() is not None
    if taken:
        return None
    account = lock_account(work.session, account_id)
    return Linked(account, *make_link(work, account, LinkKind.EMAIL, new_email=email, by=account.name))


def change_email(work: Work, secret: str) -> tuple[Account, str]:
    """(the account with its new address, the old one). Raises LinkExpired, Duplicate when somebody was quicker."""
    if is_known(work, secret):
        # A stranger who makes links up holds nobody's lock.
        hold_directory(work)
    account, email = use_link(work, LinkKind.EMAIL, secret)
    if email is None:
        raise AssertionError("the database holds a link about an address to having one")
    old = account.email
    with saving(work, account):
        account.email = email
    # What was sent to the old address no longer opens anything.
    end_links(work, account, LinkKind.RESET, LinkKind.INVITATION)
    # Nobody has to be signed in for it; it is the account's own act.
    own = replace(work, actor=Actor(account.id, account.name, Role(account.role), account.person_id))
    after = {"email": email, "name": account.name}
    record_of_directory(own, [Change("account", account.id, "email-changed", {"email": old}, after)])
    return account, old
