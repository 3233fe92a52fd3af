"""Second factors and passkeys: taking them away from somebody who has lost what they are on."""

from sqlalchemy import delete

from api.models import Account, Passkey, RecoveryCode
from api.services.work import Work


def remove_all(work: Work, account: Account) -> None:
    """Take all of the account's factors away: the app's secret, recovery codes and passkeys. 3 statements."""
    account.totp_secret = account.totp_since = account.totp_step = account.factor_since = None
    work.session.flush()
    for table in (RecoveryCode, Passkey):
        work.connection.execute(delete(table).where(table.account_id == account.id))
