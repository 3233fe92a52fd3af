"""Links by e-mail: joining, a forgotten password, a new address."""

from typing import Any

from api.http.declare import PUBLIC, SIGNED_IN, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.accounts.accounts import (
    InvitedOut,
    LinkIn,
    LinkWithPasswordIn,
    MailOnItsWayOut,
    NewEmailIn,
    ResetRequestIn,
    StoppedOut,
)
from api.web.accounts import joining

routes = Routes(
    "Joining",
    about=(
        "Links by e-mail: an invitation, a new password, a new address and how to stop one, a first factor. Each is good once, "
        "until the account's password, role, factors or sessions change, which a stop outlives; `token` is what stands after its #."
    ),
)


@routes.post("/auth/invitation", door=PUBLIC, body=LinkIn, answer=InvitedOut, problems=("link-expired",))
def show_invitation(call: Call, **fields: Any) -> Answer:
    """Read whom an invitation is for. It is not used by that."""
    return joining.show_invitation(call, **fields)


@routes.post(
    "/auth/invitation/acceptance",
    door=PUBLIC,
    body=LinkWithPasswordIn,
    status=204,
    problems=("link-expired",),
    gives=("Set-Cookie",),
)
def accept_invitation(call: Call, **fields: Any) -> Answer:
    """Accept an invitation by choosing a password; then sign in with it."""
    return joining.accept_invitation(call, **fields)


@routes.post(
    "/auth/reset-request", door=PUBLIC, body=ResetRequestIn, answer=MailOnItsWayOut, status=202, before=joining.count_letter
)  # fmt: skip
def ask_for_reset(call: Call, **fields: Any) -> Answer:
    """Ask for a link to a new password. The answer is the same whether or not there is such an account.

    Somebody who was invited and has no password yet is sent their invitation again. Three letters in five minutes.
    """
    return joining.ask_for_reset(call, **fields)


@routes.post(
    "/auth/reset", door=PUBLIC, body=LinkWithPasswordIn, status=204, problems=("link-expired",), gives=("Set-Cookie",)
)
def reset_password(call: Call, **fields: Any) -> Answer:
    """Choose a new password. All sessions of the account end, and its owner is told by mail."""
    return joining.reset_password(call, **fields)


@routes.post(
    "/me/email", door=SIGNED_IN, fresh=True, body=NewEmailIn, answer=MailOnItsWayOut, status=202, idempotent=True,
)  # fmt: skip
def ask_for_new_email(call: Call, **fields: Any) -> Answer:
    """Ask to sign in with another address. It counts once the link that is sent there is opened, within a day.

    The present address is told, with a link to stop it.
    """
    return joining.ask_for_new_email(call, **fields)


@routes.post("/auth/email/stop", door=PUBLIC, body=LinkIn, answer=StoppedOut, problems=("link-expired",))
def stop_new_email(call: Call, **fields: Any) -> Answer:
    """Stop a change of address, with the link that the address before it was sent. All sessions of the account end.

    It works for a day, also after the change: then it puts the address back, and the one that came is told. Stops that were
    sent later no longer count.
    """
    return joining.stop_new_email(call, **fields)


@routes.post("/auth/email", door=PUBLIC, body=LinkIn, status=204, problems=("link-expired", "duplicate"))
def confirm_new_email(call: Call, **fields: Any) -> Answer:
    """Confirm a new address. The old one is told."""
    return joining.change_email(call, **fields)
