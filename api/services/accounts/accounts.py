"""Accounts: made at the command line, or by an administrator's invitation (API 8.3: there is no default account anywhere)."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.exc import IntegrityError

from api.domain.errors import Duplicate, FieldError, ValidationFailed
from api.domain.plan.permissions import Role
from api.models import Account, Person
from api.services.accounts.passwords import judge_password, set_password
from api.services.ids import new_id
from api.services.journal import Change, write_directory_changes
from api.services.locks import hold_directory
from api.services.work import Work


def create_account(
    work: Work, *, email: str, name: str, role: Role, password: str, person_id: UUID | None = None
) -> Account:
    """Make an account. Raises ValidationFailed, Duplicate."""
    account = new_account_with(work, password, email=email, name=name, role=role, person_id=person_id)
    add_account(work, account, "created")
    return account


def new_account_with(
    work: Work, password: str, *, email: str, name: str, role: Role, person_id: UUID | None = None
) -> Account:
    """An unsaved account with a password, without locking anything. Raises ValidationFailed. 2 SELECTs."""
    account = new_account(email=email, name=name, role=role, person_id=person_id)
    set_password(work, account, judge_password(work, account, password))
    account.password_by_link_at = work.now
    return account


def new_account(*, email: str, name: str, role: Role, person_id: UUID | None = None) -> Account:
    """An unsaved account. Line ends in the name become spaces, because it goes into letters."""
    name = " ".join(name.split())
    return Account(id=new_id(), email=email.strip().lower(), name=name, role=role.value, person_id=person_id)


def add_account(work: Work, account: Account, verb: str) -> None:
    """Put a new account into the database and the journal. Raises Duplicate. 3 statements."""
    hold_directory(work)
    check_free(work, email=account.email, person_id=account.person_id)
    with saving(work, account):
        account.created_at = work.now
        work.session.add(account)
    after = {"email": account.email, "name": account.name, "role": account.role, "person": account.person_id}
    write_directory_changes(work, [Change("account", account.id, verb, None, after)])


@contextmanager
def saving(work: Work, account: Account) -> Iterator[None]:
    """A context around adding or changing an account. Raises Duplicate when another transaction took the address or person. 3 statements.

    It is a savepoint: a refusal must not roll back the stored answer for this request's Idempotency-Key.
    """
    try:
        with work.session.begin_nested():
            yield
            account.version = (account.version or 0) + 1
            account.updated_at = work.now
            work.session.flush()
    except IntegrityError as error:
        raise Duplicate("There is an account with this e-mail address or for this person already.") from error


def check_free(work: Work, *, email: str | None = None, person_id: UUID | None = None) -> None:
    """Raise Duplicate, saying which, when the address is taken or the person has an account. 1 SELECT."""
    same = or_(Account.email == email, and_(Account.person_id.is_not(None), Account.person_id == person_id))
    found = work.session.execute(select(Account.email, Account.name).where(same).limit(1)).one_or_none()
    if found is None:
        return
    if found.email == email:
        raise _taken("/email", f"There is an account with the address {email} already: {found.name}'s.")
    raise _taken("/person", f"{found.name} has an account already, with the address {found.email}.")


def _taken(pointer: str, detail: str) -> Duplicate:
    return Duplicate(detail, [FieldError(pointer, "taken", detail)])


def check_person(work: Work, person_id: UUID) -> Person:
    """The person to link to an account. Raises ValidationFailed: unknown, left, or merged into somebody."""
    person = work.session.get(Person, person_id)
    if person is None:
        raise _no_person("There is no such person; GET /people lists them.")
    if person.merged_into_id is not None:
        raise _no_person(f"{person.name} was joined with somebody else in the directory; choose that person.")
    if person.left_on is not None and person.left_on <= work.today:
        raise _no_person(f"{person.name} has left.")
    return person


def _no_person(detail: str) -> ValidationFailed:
    return ValidationFailed(detail, [FieldError("/person", "invalid", detail)])
