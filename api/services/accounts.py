"""Accounts: made by an administrator at the command line (API 8.3: there is no default account anywhere)."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError

from api.domain.errors import Duplicate
from api.domain.permissions import Role
from api.models import Account
from api.services.ids import new_id
from api.services.journal import Change, record_of_directory
from api.services.passwords import set_password
from api.services.work import Work


def create_account(
    work: Work, *, email: str, name: str, role: Role, password: str, person_id: UUID | None = None
) -> Account:
    """Make an account. Raises ValidationFailed, Duplicate."""
    account = Account(
        id=new_id(),
        email=email.strip().lower(),
        name=name,
        role=role.value,
        person_id=person_id,
    )
    set_password(work, account, password)
    work.session.add(account)
    try:
        work.session.flush()
    except IntegrityError as error:
        raise Duplicate(f"There is an account for {email} or for this person already.") from error
    after = {"email": account.email, "name": name, "role": role.value, "person": person_id}
    record_of_directory(work, [Change("account", account.id, "created", None, after)])
    return account
