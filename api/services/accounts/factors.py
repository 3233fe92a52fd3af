"""Second factors of an account: what more than the password it wants, and taking a factor away (API 8.7)."""

from uuid import UUID

from sqlalchemy import delete

from api.domain.accounts.sign_in_errors import MailLinkNeeded
from api.domain.accounts.signing_in import needs_mail
from api.domain.errors import Conflict, NotFound
from api.models import Account, Passkey, Session
from api.queries.accounts.factors import count_factors
from api.services.accounts.codes import forget_recovery_codes
from api.services.accounts.links import end_pending
from api.services.journal import Change, write_directory_changes
from api.services.work import Work

_LAST = "Your role needs a second factor, and this is the only one you have. Add another first, then remove this one."
_MAIL_FIRST = "Your password alone is not enough to set up the first factor. Ask for a link to your mailbox, open it in this browser, then go on."


def methods_of(work: Work, account: Account, *, required: bool) -> list[str]:
    """What this account can show after its password: any of "code", "recovery", "passkey"; empty when the password is enough.

    `required`: its role needs a second factor. An app's codes are asked for always; who has passkeys only is asked
    for one where the role needs it. At most 1 SELECT.
    """
    if account.factor_since is None or not (account.totp_since or required):
        return []
    codes, passkeys = count_factors(work.session, account.id)
    there = {"code": account.totp_since is not None, "recovery": codes > 0, "passkey": passkeys > 0}
    return [name for name, is_there in there.items() if is_there]


def check_mail(work: Work, account: Account, session_id: UUID, *, required: bool) -> None:
    """Raises MailLinkNeeded where a first factor needs a link by mail too. 1 SELECT at most."""
    if mail_needed(work, account, session_id, required=required):
        raise MailLinkNeeded(_MAIL_FIRST)


def mail_needed(work: Work, account: Account, session_id: UUID, *, required: bool) -> bool:
    """Whether this session must show a link by mail before it sets up a first factor. 1 SELECT at most."""
    if not required or account.factor_since is not None:
        return False
    opened = work.session.get_one(Session, session_id)
    mailed = [each for each in (account.password_by_link_at, opened.mail_shown_at) if each is not None]
    return needs_mail(
        has_password=account.password_hash is not None,
        method=opened.method,
        mailed=max(mailed, default=None),
        now=work.now,
    )


def check_has_factor(account: Account) -> None:
    """Raises Conflict when there is nothing that recovery codes would stand in for."""
    if account.factor_since is None:
        raise Conflict("Recovery codes stand in for a second factor. Set one up first.")


def remove_totp(work: Work, account: Account, *, required: bool) -> None:
    """End the codes of the app. Raises NotFound, Conflict for the last factor of a role that needs one. `account` is locked."""
    if account.totp_since is None:
        raise NotFound("There is no authenticator app to remove.")
    _, passkeys = count_factors(work.session, account.id)
    if required and not passkeys:
        raise Conflict(_LAST)
    before, after = {"totp_since": account.totp_since}, {"totp_since": None, "of": account.name}
    _forget_totp(account)
    _note_last(work, account, passkeys)
    end_pending(work, account.id)
    write_directory_changes(work, [Change("account", account.id, "factor-removed", before, after)])


def remove_passkey(work: Work, account: Account, passkey_id: UUID, *, required: bool) -> None:
    """End one of the account's passkeys. Raises NotFound, Conflict as above. `account` is locked."""
    passkey = work.session.get(Passkey, passkey_id)
    if passkey is None or passkey.account_id != account.id:
        raise NotFound("There is no such passkey.")
    _, passkeys = count_factors(work.session, account.id)
    if required and passkeys == 1 and account.totp_since is None:
        raise Conflict(_LAST)
    before, after = {"passkey": passkey.name}, {"passkey": None, "of": account.name}
    work.session.delete(passkey)
    work.session.flush()
    _note_last(work, account, passkeys - 1)
    end_pending(work, account.id)
    write_directory_changes(work, [Change("account", account.id, "passkey-removed", before, after)])


def remove_all(work: Work, account: Account) -> None:
    """End every factor of an account, for an administrator: somebody lost their phone. Without a factor nothing changes."""
    if account.factor_since is None:
        return
    before, after = {"factor_since": account.factor_since}, {"factor_since": None, "of": account.name}
    _forget_totp(account)
    work.session.execute(delete(Passkey).where(Passkey.account_id == account.id))
    _note_last(work, account, 0)
    write_directory_changes(work, [Change("account", account.id, "factor-removed", before, after)])


def _forget_totp(account: Account) -> None:
    account.totp_secret = account.totp_since = account.totp_step = None


def _note_last(work: Work, account: Account, passkeys: int) -> None:
    """When the last factor is gone, the account has none, and its recovery codes end."""
    if account.totp_since is None and not passkeys:
        account.factor_since = None
        forget_recovery_codes(work, account)
    work.session.flush()
