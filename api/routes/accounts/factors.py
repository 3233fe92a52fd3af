"""My second factors and passkeys."""

from typing import Any
from uuid import UUID

from api.http.declare import SIGNED_IN, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.accounts.accounts import LinkIn, MailOnItsWayOut
from api.schemas.accounts.factors import (
    CodeIn,
    FactorsOut,
    NewPasskeyIn,
    NewPasskeyOptionsOut,
    PasskeyOut,
    RecoveryCodesOut,
    TotpOfferOut,
)
from api.web.accounts import factors, joining

routes = Routes(
    "Second factors",
    about="An authenticator app, recovery codes and passkeys of whoever is signed in. Where a role needs one, these are open before it is there.",
)
_MAIL = ("mail-link-needed",)


@routes.get("/me/factors", door=SIGNED_IN, before_factor=True, answer=FactorsOut)
def get_factors(call: Call) -> Answer:
    """Read what you can show beside your password."""
    return factors.read_factors(call)


@routes.post("/me/factors/link", door=SIGNED_IN, before_factor=True, answer=MailOnItsWayOut, status=202)
def ask_for_first_factor(call: Call) -> Answer:
    """Ask for the link that `mail_needed` speaks of: it goes to your own mailbox, good once, for 30 minutes."""
    return joining.ask_for_first_factor(call)


@routes.post(
    "/me/factors/mailbox", door=SIGNED_IN, before_factor=True, body=LinkIn, status=204, problems=("link-expired",)
)  # fmt: skip
def show_mailbox(call: Call, **fields: Any) -> Answer:
    """Show with that link, in the same session, whose mailbox it is. A first factor can be set up in it then, for a day."""
    return joining.show_mailbox(call, **fields)


@routes.post("/me/totp", door=SIGNED_IN, before_factor=True, fresh=True, answer=TotpOfferOut, problems=_MAIL)
def offer_totp(call: Call) -> Answer:
    """Get a secret for your authenticator app.

    It counts when its first code was sent to `/me/totp/confirmation`, within half an hour; until then the one before does.
    """
    return factors.offer_totp(call)


@routes.post(
    "/me/totp/confirmation", door=SIGNED_IN, before_factor=True, body=CodeIn, answer=RecoveryCodesOut, problems=("conflict", *_MAIL)
)  # fmt: skip
def confirm_totp(call: Call, **fields: Any) -> Answer:
    """Confirm the new secret with its first code, and get recovery codes, shown once.

    All your other sessions end where this is your first second factor.
    """
    return factors.confirm_totp(call, **fields)


@routes.delete("/me/totp", door=SIGNED_IN, fresh=True, status=204, problems=("conflict", "not-found"))
def remove_totp(call: Call) -> Answer:
    """Remove the authenticator app."""
    return factors.remove_totp(call)


@routes.post(
    "/me/recovery-codes", door=SIGNED_IN, fresh=True, answer=RecoveryCodesOut, problems=("conflict",)
)  # fmt: skip
def renew_recovery_codes(call: Call) -> Answer:
    """Get new recovery codes, shown once; the old ones end."""
    return factors.renew_recovery_codes(call)


@routes.post(
    "/me/passkeys/options", door=SIGNED_IN, before_factor=True, fresh=True, answer=NewPasskeyOptionsOut,
    problems=("conflict", *_MAIL),
)  # fmt: skip
def ask_for_new_passkey(call: Call) -> Answer:
    """Get a challenge to make a passkey with."""
    return factors.ask_to_register(call)


@routes.post(
    "/me/passkeys", door=SIGNED_IN, before_factor=True, body=NewPasskeyIn, answer=PasskeyOut, status=201,
    problems=("duplicate", *_MAIL),
)  # fmt: skip
def add_passkey(call: Call, **fields: Any) -> Answer:
    """Add the passkey that your browser made.

    A passkey is both factors: the device has verified whose finger, face or PIN it is. All your other sessions end where
    it is your first second factor.
    """
    return factors.register_passkey(call, **fields)


@routes.delete("/me/passkeys/<passkey>", door=SIGNED_IN, fresh=True, status=204, problems=("conflict",))
def remove_passkey(call: Call, passkey_id: UUID) -> Answer:
    """Remove one of your passkeys."""
    return factors.remove_passkey(call, passkey_id)
