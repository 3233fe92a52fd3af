"""Accounts, for the administrator."""

from typing import Any
from uuid import UUID

from api.http.declare import ADMINS, TAKEN_AWAY, Call, Routes
from api.http.messages.answers import CSV, Answer
from api.schemas.accounts.accounts import (
    AccountPatch,
    AccountsQuery,
    EndedSessionsOut,
    InvitationIn,
    ManagedAccountListOut,
    ManagedAccountOut,
    SecondFactorsOut,
    SentLinkOut,
)
from api.web.accounts import accounts

routes = Routes("Accounts", about="Who can sign in: invited, changed and ended by an administrator.")
_ONCE = ("link", "mail")


@routes.get("/accounts", door=ADMINS, query=AccountsQuery, answer=ManagedAccountListOut)
def list_accounts(call: Call, **query: Any) -> Answer:
    """List the accounts, by name."""
    return accounts.read_accounts(call, **query)


@routes.get("/accounts/second-factors", door=ADMINS, answer=SecondFactorsOut)
def count_second_factors(call: Call) -> Answer:
    """Read how many accounts have no second factor yet, by agency."""
    return accounts.read_factors(call)


@routes.get("/accounts/second-factors.csv", door=ADMINS, media=CSV, fresh=True, export=True, no_etag=TAKEN_AWAY)
def export_without_second_factor(call: Call) -> Answer:
    """Read who has none yet as CSV, by agency."""
    return accounts.export_without_factor(call)


@routes.get("/accounts/<account>", door=ADMINS, answer=ManagedAccountOut)
def get_account(call: Call, account_id: UUID) -> Answer:
    """Read one account. Its ETag is for the If-Match of a change."""
    return accounts.read_account(call, account_id)


@routes.post(
    "/accounts", door=ADMINS, fresh=True, body=InvitationIn, answer=SentLinkOut, status=201, idempotent=True,
    shown_once=_ONCE, problems=("duplicate",),
)  # fmt: skip
def invite_account(call: Call, **fields: Any) -> Answer:
    """Invite somebody by e-mail.

    A lead officer or contributor stands for a person. The link is good once, for seven days; it is in the answer only when no
    mail server took it.
    """
    return accounts.invite(call, **fields)


@routes.post(
    "/accounts/<account>/invitation", door=ADMINS, fresh=True, answer=SentLinkOut, idempotent=True, shown_once=_ONCE,
    problems=("conflict",),
)  # fmt: skip
def invite_account_again(call: Call, account_id: UUID) -> Answer:
    """Send the invitation again. The link before no longer counts."""
    return accounts.invite_again(call, account_id)


@routes.post(
    "/accounts/<account>/reset", door=ADMINS, fresh=True, answer=SentLinkOut, idempotent=True, shown_once=_ONCE,
    problems=("conflict",),
)  # fmt: skip
def send_reset(call: Call, account_id: UUID) -> Answer:
    """Send a link to a new password, good once, for 30 minutes. The password stays until it is used."""
    return accounts.send_reset(call, account_id)


@routes.patch(
    "/accounts/<account>", door=ADMINS, fresh=True, body=AccountPatch, answer=ManagedAccountOut, if_match="required",
    guard=accounts.guard_account, current=accounts.read_account, problems=("last-admin", "duplicate", "stale-version", "precondition-required"),
)  # fmt: skip
def edit_account(call: Call, account_id: UUID, **fields: Any) -> Answer:
    """Change the role, the name or the person, disable or enable.

    A changed role and an end count from the account's next request: its sessions end. The last administrator who can sign in
    stays one.
    """
    return accounts.edit_account(call, account_id, **fields)


@routes.post(
    "/accounts/<account>/factors/removal", door=ADMINS, fresh=True, answer=ManagedAccountOut, idempotent=True,
    problems=("conflict",),
)  # fmt: skip
def remove_account_factors(call: Call, account_id: UUID) -> Answer:
    """Take second factor and passkeys away from somebody who has lost them, and end their sessions."""
    return accounts.remove_factors(call, account_id)


@routes.post(
    "/accounts/<account>/factors/link", door=ADMINS, fresh=True, answer=SentLinkOut, idempotent=True, shown_once=_ONCE,
    problems=("conflict",),
)  # fmt: skip
def send_first_factor(call: Call, account_id: UUID) -> Answer:
    """Send the link that somebody needs who sets up their first second factor, good once, for 30 minutes.

    It works in their own session only. It is in the answer only when no mail server took it.
    """
    return accounts.send_first_factor(call, account_id)


@routes.post(
    "/accounts/<account>/sessions/end", door=ADMINS, fresh=True, answer=EndedSessionsOut, idempotent=True
)  # fmt: skip
def end_account_sessions(call: Call, account_id: UUID) -> Answer:
    """End the account's sessions, all of them, and the links that wait for it."""
    return accounts.end_all_sessions(call, account_id)
