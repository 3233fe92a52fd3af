"""Ending an account: nobody signs in with it any more, and whoever is signed in is not."""

from sqlalchemy import select, update

from api.domain.errors import LastAdmin
from api.domain.permissions import Role
from api.models import Account, Session
from api.services.journal import Change
from api.services.work import Work


def end_account(work: Work, account: Account) -> list[Change]:
    """Disable an account and end its sessions: what the journal is to say of it. Raises LastAdmin.

    All administrators are locked first, so that of two who end each other one stays.
    """
    if account.disabled_at is not None:
        return []
    if account.role == Role.ADMIN:
        admins = (
            select(Account.id).where(Account.role == Role.ADMIN, Account.disabled_at.is_(None)).order_by(Account.id)
        )
        if set(work.session.scalars(admins.with_for_update(key_share=True))) == {account.id}:
            raise LastAdmin(f"{account.name} is the last administrator. Make somebody else one first.")
    account.disabled_at = work.now
    account.updated_at = work.now
    account.version += 1
    work.session.flush()
    live = update(Session).where(Session.account_id == account.id, Session.ended_at.is_(None))
    work.session.execute(live.values(ended_at=work.now))
    after = {"disabled_at": work.now, "name": account.name}
    return [Change("account", account.id, "disabled", {"disabled_at": None}, after)]
