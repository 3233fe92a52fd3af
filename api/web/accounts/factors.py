"""My second factors and passkeys: what the account page shows and changes, and confirming that it is me (API 8.7)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from api.domain.accounts.signing_in import Method, Purpose
from api.http import guessing
from api.http.callers import proof
from api.http.circumstances import note_of
from api.http.declare import Call
from api.http.messages.answers import Answer, refused
from api.lazy import lazily
from api.models import Account
from api.queries.accounts.accounts import get_method
from api.queries.accounts.factors import count_factors, get_account, list_passkeys
from api.schemas.accounts.factors import shape_passkey
from api.services.accounts import codes, factors, guesses, passkeys, signing_in
from api.services.accounts.audit import EventKind
from api.services.locks import hold_account
from api.web.accounts import mailing
from api.web.accounts.signing_in import session_id, tell_asked

_segno = lazily("segno")

_TOLD = {
    "totp added": "An authenticator app was added.",
    "totp removed": "The authenticator app was removed.",
    "recovery codes renewed": "New recovery codes were made, and the old ones no longer count.",
    "passkey added": "A passkey was added.",
    "passkey removed": "A passkey was removed.",
}
"""What the letter says, by what the audit says."""


def read_factors(call: Call) -> Answer:
    """What I can show beside the password. 4 SELECTs."""
    account = get_account(call.session, call.here.id)
    recovery, _ = count_factors(call.session, account.id)
    required = _is_required(account)
    body = {
        "required": required,
        "by_directory": get_method(call.session, session_id(call)) == Method.DIRECTORY_SECOND_FACTOR,
        "mail_needed": factors.mail_needed(call.work, account, session_id(call), required=required),
        "password": account.password_hash is not None,
        "totp": {"since": account.totp_since} if account.totp_since else None,
        "recovery_codes": recovery,
        "passkeys": [shape_passkey(each) for each in list_passkeys(call.session, account.id)],
    }
    return Answer(body, private=True)


def offer_totp(call: Call) -> Answer:
    """A new secret: to type, as an address, and as the path of its QR code."""
    offer = codes.offer_totp(call.work, _adding(call), proof.seal())
    return Answer({"secret": offer.secret, "uri": offer.uri, "qr": draw(offer.uri)}, private=True)


def draw(text: str) -> dict[str, Any]:
    """A QR code as one SVG path in a square of `size` units, with the quiet zone of four that scanners need."""
    rows = [bytes(row) for row in _segno.make(text, error="m", micro=False).matrix_iter(border=4)]
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return {"size": len(rows), "path": path}


def confirm_totp(call: Call, code: str) -> Answer:
    """Let the new secret count; recovery codes, this once."""
    account = _adding(call)
    shown = codes.confirm_totp(call.work, account, code, proof.seal(), session_id(call))
    return _tell_codes(call, account, shown, "totp added")


def renew_recovery_codes(call: Call) -> Answer:
    """New recovery codes, this once; the old ones end."""
    account = _locked(call)
    factors.check_has_factor(account)
    return _tell_codes(call, account, codes.renew_recovery_codes(call.work, account), "recovery codes renewed")


def _tell_codes(call: Call, account: Account, shown: list[str], what: str) -> Answer:
    return Answer({"recovery_codes": shown}, private=True, after_commit=_tell(call, account, what))


def _tell(call: Call, account: Account, what: str) -> Callable[[Answer], None]:
    """Note it in the audit, and tell whose account it is by mail: it may have been somebody else."""
    note_of(call, EventKind.FACTOR_CHANGED, {"what": what})
    return mailing.tell_factor(call, account, _TOLD[what])


def remove_totp(call: Call) -> Answer:
    """End the codes of my app."""
    account = _locked(call)
    factors.remove_totp(call.work, account, required=_is_required(account))
    return Answer(status=204, private=True, after_commit=_tell(call, account, "totp removed"))


def ask_to_register(call: Call) -> Answer:
    """What a browser needs to make a passkey of mine."""
    return tell_asked(passkeys.ask_to_register(call.work, _adding(call), proof.relying_party()))


def register_passkey(call: Call, **given: Any) -> Answer:
    """Keep a passkey that my browser made."""
    account = _adding(call)
    made = passkeys.register(call.work, account, proof.relying_party(), session_id(call), **given)
    tell = _tell(call, account, "passkey added")
    return Answer(shape_passkey(made), 201, location=f"/api/v1/me/passkeys/{made.id}", private=True, after_commit=tell)


def remove_passkey(call: Call, passkey_id: UUID) -> Answer:
    """End one of my passkeys."""
    account = _locked(call)
    factors.remove_passkey(call.work, account, passkey_id, required=_is_required(account))
    return Answer(status=204, private=True, after_commit=_tell(call, account, "passkey removed"))


def ask_to_confirm(call: Call) -> Answer:
    """What a browser needs to confirm with a passkey of mine."""
    asked = passkeys.ask_to_sign(call.work, proof.relying_party(), Purpose.CONFIRM, account_id=call.here.id)
    return tell_asked(asked)


def confirm(call: Call, **shown: Any) -> Answer:
    """Note that I have shown who I am. A wrong one counts as a guess, in the transaction that looked at it."""
    account = get_account(call.session, call.here.id)
    keys = guessing.count_in_session(call)
    refusal = signing_in.confirm(
        call.work, account, session_id(call), seal=proof.seal(), party=proof.relying_party(), **shown
    )
    if refusal is not None:
        note_of(call, EventKind.SIGN_IN_FAILED, {"what": "confirmation"})
        return refused(refusal)
    guesses.take_off(call.work.connection, keys, call.work.now)
    note_of(call, EventKind.CONFIRMED, {"what": next(iter(shown))})
    return Answer(status=204, private=True)


def _locked(call: Call) -> Account:
    return hold_account(call.work, call.here.id)


def _adding(call: Call) -> Account:
    """My account, locked, when a factor may be added to it in this session. Raises MailLinkNeeded."""
    account = _locked(call)
    factors.check_mail(call.work, account, session_id(call), required=_is_required(account))
    return account


def _is_required(account: Account) -> bool:
    return account.role in proof.roles_needing()
