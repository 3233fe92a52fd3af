"""Joining, and getting back in: invitations, resets, changes of address and how one is stopped (API 8.5)."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select, update

from api.domain.accounts.accounts import State, state_of
from api.domain.accounts.sign_in_errors import LinkExpired
from api.domain.accounts.signing_in import Address, LinkKind
from api.domain.errors import Conflict
from api.domain.plan.permissions import Actor, Role
from api.models import Account, AccountLink, Session
from api.queries.accounts.account_list import lock_account
from api.queries.accounts.accounts import find_account, find_change_of_email, session_lives
from api.services.accounts.accounts import add_account, new_account, saving
from api.services.accounts.links import end_pending, end_stops_since, find_inviter, is_known, make_link, use_link
from api.services.accounts.passwords import set_password
from api.services.accounts.sessions import end_sessions
from api.services.journal import Change, write_directory_changes
from api.services.locks import hold_account, hold_directory
from api.services.work import Work


@dataclass(frozen=True, slots=True)
class Linked:
    """A new link with its secret, which is readable only now."""

    account: Account
    link: AccountLink
    secret: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """A change of address that was stopped: how many sessions ended, what became of the address, and which one no longer counts, if any."""

    account: Account
    sessions: int
    address: Address
    gone: str | None = None


def invite_named(work: Work, *, email: str, name: str, role: Role, person_id: UUID | None = None) -> Linked:
    """Add an account and make its invitation. Raises Duplicate."""
    account = new_account(email=email, name=name, role=role, person_id=person_id)
    add_account(work, account, "invited")
    return Linked(account, *make_link(work, account, LinkKind.INVITATION))


def invite_again(work: Work, account_id: UUID) -> Linked:
    """A new invitation; the one before no longer counts. Raises NotFound, Conflict when it was accepted or ended."""
    account = hold_account(work, account_id)
    _check_state(account, State.INVITED)
    write_directory_changes(work, [Change("account", account.id, "invited-again", None, {"name": account.name})])
    return Linked(account, *make_link(work, account, LinkKind.INVITATION))


def send_reset(work: Work, account_id: UUID) -> Linked:
    """Make a link to a new password. Raises NotFound, and Conflict when the invitation was not accepted yet or the account ended."""
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


def ask_for_reset(work: Work, email: str) -> list[Linked]:
    """A link for whoever has forgotten their password; their invitation again, if they never accepted it; none for nobody.

    Anybody can ask, so earlier links stay valid.
    """
    found = find_account(work.session, email)
    account = lock_account(work.session, found.id) if found else None
    if account is None or account.disabled_at is not None:
        return []
    if _state(account) is State.INVITED:
        inviter = find_inviter(work.session, account)
        return [Linked(account, *make_link(work, account, LinkKind.INVITATION, by=inviter, beside=True))]
    return [Linked(account, *make_link(work, account, LinkKind.RESET, by=account.name, beside=True))]


def choose_password(work: Work, kind: LinkKind, secret: str, password_hash: str) -> Account:
    """Set a password, already checked, by an invitation or a reset; every session and every other link ends. Raises LinkExpired."""
    account, _ = use_link(work, kind, secret)
    set_password(work, account, password_hash)
    account.password_by_link_at = work.now
    work.session.flush()
    end_sessions(work, account.id)
    return account


def ask_for_new_email(work: Work, account_id: UUID, session_id: UUID, email: str) -> list[Linked]:
    """A link to stop it for the old address, and one for the new; none for one that is somebody's already, which nobody is told.

    Nothing at all where the session that asked has ended meanwhile: whoever ended it ended what it asked for. 4 to 6 statements.
    """
    account = lock_account(work.session, account_id)
    if account.disabled_at is not None or not session_lives(work.session, session_id):
        return []
    stop = Linked(account, *make_link(work, account, LinkKind.STOP, by=account.name, beside=True))
    taken = work.session.execute(select(Account.id).where(Account.email == email)).first() is not None
    if taken:
        return [stop]
    return [stop, Linked(account, *make_link(work, account, LinkKind.EMAIL, new_email=email, by=account.name))]


def stop_new_email(work: Work, secret: str) -> Stopped:
    """Stop a change of address: sessions end, the change is dropped, or the old address is restored. Raises LinkExpired."""
    _hold_for(work, secret)
    account, _ = use_link(work, LinkKind.STOP, secret)
    since = end_stops_since(work, account.id, secret)
    ended = end_sessions(work, account.id)
    changed = find_change_of_email(work.session, account.id, since)
    if changed is None or changed[0] == account.email:
        return Stopped(account, ended, Address.KEPT)
    old, came = changed[0], account.email
    if old is None or find_account(work.session, old) is not None:
        return Stopped(account, ended, Address.TAKEN)
    _put_email(work, account, old)
    return Stopped(account, ended, Address.PUT_BACK, came)


def ask_for_first_factor(work: Work, account_id: UUID, session_id: UUID) -> list[Linked]:
    """Make a link that proves whose mailbox it is; none if the account has a factor or the session has ended. 3 statements."""
    account = lock_account(work.session, account_id)
    if account.disabled_at is not None or account.factor_since is not None:
        return []
    if not session_lives(work.session, session_id):
        return []
    return [Linked(account, *make_link(work, account, LinkKind.FACTOR, by=account.name))]


def send_first_factor(work: Work, account_id: UUID) -> Linked:
    """The same link, made by an administrator who hands it on. Raises NotFound, and Conflict if the account has a factor or cannot sign in."""
    account = lock_account(work.session, account_id)
    _check_state(account, State.ACTIVE)
    if account.factor_since is not None:
        raise Conflict("This account has a second factor or a passkey already.")
    return Linked(account, *make_link(work, account, LinkKind.FACTOR))


def show_mailbox(work: Work, account_id: UUID, session_id: UUID, secret: str) -> Account:
    """Note in a session that its person opened the link sent to their mailbox. Raises LinkExpired, also for another account's link."""
    account, _ = use_link(work, LinkKind.FACTOR, secret)
    if account.id != account_id:
        raise LinkExpired(
            "This link is for another account than the one that is signed in here. Sign in with that one."
        )
    work.session.execute(update(Session).where(Session.id == session_id).values(mail_shown_at=work.now))
    return account


def change_email(work: Work, secret: str) -> tuple[Account, str]:
    """(the account with its new address, the old one). Raises LinkExpired, Duplicate when somebody was quicker."""
    _hold_for(work, secret)
    account, email = use_link(work, LinkKind.EMAIL, secret)
    if email is None:
        raise AssertionError("the database holds a link about an address to having one")
    old = account.email
    _put_email(work, account, email)
    # What was sent to the old address no longer opens anything, but for the way back to it.
    end_pending(work, account.id)
    return account, old


def _hold_for(work: Work, secret: str) -> None:
    """Lock the directory for a link that may change an address, once the link is known: invented links lock nothing."""
    if is_known(work, secret):
        hold_directory(work)


def _put_email(work: Work, account: Account, email: str) -> None:
    """Give the account this address, and journal it. Raises Duplicate. The directory is held."""
    before = {"email": account.email}
    with saving(work, account):
        account.email = email
    # Nobody has to be signed in for it; it is the account's own act.
    own = replace(work, actor=Actor(account.id, account.name, Role(account.role), account.person_id))
    after = {"email": email, "name": account.name}
    write_directory_changes(own, [Change("account", account.id, "email-changed", before, after)])
