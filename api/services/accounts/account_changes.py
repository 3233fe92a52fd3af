"""What an administrator can change of an account: role, disabled, name and person. The last administrator is kept (API 10)."""

from typing import Any
from uuid import UUID

from api.domain.errors import Conflict, Forbidden, LastAdmin, StaleVersion
from api.domain.plan.permissions import Role
from api.models import Account
from api.queries.accounts.account_list import lock_admins
from api.services.accounts.accounts import check_free, check_person, saving
from api.services.accounts.factors import remove_all
from api.services.accounts.sessions import end_sessions
from api.services.journal import Change, write_directory_changes
from api.services.locks import hold_account, hold_directory
from api.services.work import NOT_OF_THIS, Seen, Work


def change_account(work: Work, account_id: UUID, *, seen: Seen | None, **fields: Any) -> Account:
    """Change `role`, `disabled`, `name`, `person` (None: nobody). Raises NotFound, StaleVersion, LastAdmin, Duplicate.

    A changed role and an end take effect on the account's next request: its sessions end here. 3 to 10 statements.
    """
    ends_admin = fields.get("disabled") is True or fields.get("role", Role.ADMIN.value) != Role.ADMIN.value
    hold_directory(work)
    admins = lock_admins(work.session) if ends_admin else None
    account = may_change(work, account_id, seen)
    if admins is not None:
        keep_an_admin(work, account, admins)
    changed = {name: value for name, value in _columns(work, fields).items() if value != getattr(account, name)}
    if changed.get("person_id"):
        check_free(work, person_id=changed["person_id"])
    if "disabled_at" in changed and bool(changed["disabled_at"]) == bool(account.disabled_at):
        del changed["disabled_at"]
    if changed:
        _apply(work, account, changed)
    return account


def may_change(work: Work, account_id: UUID, seen: Seen | None) -> Account:
    """The account, locked, when nobody changed it since the caller read it. Raises NotFound, StaleVersion."""
    account = hold_account(work, account_id)
    if seen is not None and seen.version != account.version:
        changed_since = "Somebody changed this account since you opened it. Look at it again, then repeat."
        raise StaleVersion(NOT_OF_THIS if seen.version is None else changed_since)
    return account


def keep_an_admin(work: Work, account: Account, admins: dict[UUID, bool]) -> None:
    """Raise LastAdmin when nobody else could administer. All `admins` are locked, so that two who disable each other take turns."""
    others = [can_sign_in for admin, can_sign_in in admins.items() if admin != account.id]
    if account.id in admins and not any(others):
        raise LastAdmin("Nobody else can manage accounts. Make somebody else an administrator first.")
    if work.actor.account_id is not None and work.actor.account_id not in admins:
        raise Forbidden("You are not an administrator any more.", "an administrator")


def _columns(work: Work, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as columns. Raises ValidationFailed for a person whom no account can stand for."""
    if fields.get("person"):
        check_person(work, fields["person"])
    named = {"role": "role", "name": "name", "person": "person_id"}
    values = {named[name]: value for name, value in fields.items() if name in named}
    if "disabled" in fields:
        values["disabled_at"] = work.now if fields["disabled"] else None
    return values


def _apply(work: Work, account: Account, changed: dict[str, Any]) -> None:
    before = {name: getattr(account, name) for name in changed}
    with saving(work, account):
        for name, value in changed.items():
            setattr(account, name, value)
    if changed.get("disabled_at") or "role" in changed:
        end_sessions(work, account.id)
    write_directory_changes(work, [_entry(account, verb, names, before) for verb, names in _verbs(changed).items()])


def _verbs(changed: dict[str, Any]) -> dict[str, list[str]]:
    """The columns, grouped by their verb in the journal."""
    found: dict[str, list[str]] = {}
    for name, value in changed.items():
        of_end = "disabled" if value else "enabled"
        verb = {"role": "role-changed", "disabled_at": of_end}.get(name, "changed")
        found.setdefault(verb, []).append(name)
    return found


def _entry(account: Account, verb: str, names: list[str], before: dict[str, Any]) -> Change:
    after = {name: getattr(account, name) for name in names}
    return Change("account", account.id, verb, {name: before[name] for name in names}, {"name": account.name, **after})


def remove_factors(work: Work, account_id: UUID) -> Account:
    """Take the second factor and passkeys away, and end the sessions: the phone is lost. Raises NotFound, Conflict."""
    account = hold_account(work, account_id)
    if account.factor_since is None:
        raise Conflict("This account has no second factor and no passkey.")
    with saving(work, account):
        remove_all(work, account)
    end_sessions(work, account.id)
    return account
