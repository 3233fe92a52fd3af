"""Ending an account: nobody can sign in with it, and its sessions end."""

from api.domain.plan.permissions import Role
from api.models import Account
from api.queries.accounts.account_list import lock_admins
from api.services.accounts.account_changes import keep_an_admin
from api.services.accounts.accounts import saving
from api.services.accounts.sessions import end_sessions
from api.services.journal import Change
from api.services.work import Work


def end_account(work: Work, account: Account) -> list[Change]:
    """Disable an account and end its sessions and links; returns the changes to journal. Raises LastAdmin."""
    if account.disabled_at is not None:
        return []
    if account.role == Role.ADMIN:
        keep_an_admin(work, account, lock_admins(work.session))
    with saving(work, account):
        account.disabled_at = work.now
    end_sessions(work, account.id)
    after = {"disabled_at": work.now, "name": account.name}
    return [Change("account", account.id, "disabled", {"disabled_at": None}, after)]
