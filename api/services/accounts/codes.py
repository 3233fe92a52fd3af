"""Codes of a second factor: an app's six digits (TOTP, RFC 6238) and recovery codes, each good once (API 8.7)."""

from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from secrets import choice
from uuid import UUID

from sqlalchemy import delete, insert, or_, update

from api.domain.accounts.second_factor import (
    RECOVERY_ALPHABET,
    RECOVERY_CODES,
    RECOVERY_LENGTH,
    group_code,
    read_digits,
    read_recovery_code,
    steps_around,
)
from api.domain.accounts.signing_in import Method, Purpose
from api.domain.errors import Conflict, FieldError, ValidationFailed
from api.lazy import lazily
from api.models import Account, Challenge, RecoveryCode
from api.queries.accounts.factors import find_offered_secret
from api.services.accounts import challenges
from api.services.accounts.sessions import begin_factor
from api.services.journal import Change, write_directory_changes
from api.services.sealing import Seal
from api.services.work import Work

_pyotp = lazily("pyotp")

ISSUER = "Partnership Plan"


@dataclass(frozen=True, slots=True)
class Offer:
    """A new secret, for the app of whoever sets it up: to type, and as the address that a QR code holds."""

    secret: str
    uri: str


def offer_totp(work: Work, account: Account, seal: Seal) -> Offer:
    """Offer a new secret. It takes effect when its first code confirms it; until then the old one stays. 4 statements."""
    _forget_offers(work, account)
    secret = _pyotp.random_base32()
    challenges.give(work, Purpose.TOTP, account.id, seal.close(secret))
    return Offer(secret, _pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=ISSUER))


def confirm_totp(work: Work, account: Account, code: str, seal: Seal, session_id: UUID) -> list[str]:
    """Put the secret that was offered in this session into effect, and return new recovery codes.

    Raises Conflict, ValidationFailed. `account` is locked.
    """
    offered = find_offered_secret(work.session, account.id, Purpose.TOTP.value)
    secret = seal.open(offered.value) if offered is not None and offered.expires_at > work.now else None
    if secret is None:
        raise Conflict("That secret has waited for too long. Begin again with a new one.")
    step = _step_of(secret, read_digits(code), work.now.timestamp())
    if step is None:
        detail = (
            "This code does not fit. Type the six digits that the app shows now, and check that its clock is right."
        )
        raise ValidationFailed(detail, [FieldError("/code", "wrong", detail)])
    before = {"totp_since": account.totp_since}
    begin_factor(work, account, session_id, Method.SECOND_FACTOR)
    account.totp_secret, account.totp_since, account.totp_step = seal.close(secret), work.now, step
    work.session.flush()
    _forget_offers(work, account)
    after = {"totp_since": work.now, "of": account.name}
    write_directory_changes(work, [Change("account", account.id, "factor-added", before, after)])
    return renew_recovery_codes(work, account)


def use_code(work: Work, account: Account, typed: str, seal: Seal) -> bool:
    """Use a code, the app's digits or a recovery code: whether it was valid. It never is again. 1 statement."""
    digits = read_digits(typed)
    if digits is not None:
        return _use_digits(work, account, digits, seal)
    recovery = read_recovery_code(typed)
    return recovery is not None and _use_recovery(work, account, recovery)


def _use_digits(work: Work, account: Account, digits: str, seal: Seal) -> bool:
    """In one statement, so that only one of two simultaneous uses succeeds. The secret is sealed again on the way."""
    secret = seal.open(account.totp_secret) if account.totp_since and account.totp_secret else None
    step = _step_of(secret, digits, work.now.timestamp()) if secret else None
    if secret is None or step is None:
        return False
    used = (
        update(Account)
        .where(Account.id == account.id, Account.totp_since.is_not(None))
        .where(or_(Account.totp_step.is_(None), Account.totp_step < step))
        .values(totp_step=step, totp_secret=seal.close(secret))
        .returning(Account.id)
    )
    return work.connection.execute(used).first() is not None


def _step_of(secret: str, digits: str | None, instant: float) -> int | None:
    """The step whose code this is, of those that count at the instant."""
    if digits is None:
        return None
    totp = _pyotp.TOTP(secret)
    fitting = [step for step in steps_around(instant) if compare_digest(totp.generate_otp(step), digits)]
    return fitting[0] if fitting else None


def _use_recovery(work: Work, account: Account, code: str) -> bool:
    used = (
        delete(RecoveryCode)
        .where(RecoveryCode.account_id == account.id, RecoveryCode.code_hash == _hash(code))
        .returning(RecoveryCode.account_id)
    )
    return work.connection.execute(used).first() is not None


def renew_recovery_codes(work: Work, account: Account) -> list[str]:
    """Ten new recovery codes, readable only now; the old ones end. 2 statements."""
    codes = ["".join(choice(RECOVERY_ALPHABET) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    forget_recovery_codes(work, account)
    rows = [{"account_id": account.id, "code_hash": _hash(code)} for code in codes]
    work.connection.execute(insert(RecoveryCode), rows)
    return [group_code(code) for code in codes]


def forget_recovery_codes(work: Work, account: Account) -> None:
    """End all of an account's. 1 statement."""
    work.connection.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))


def _forget_offers(work: Work, account: Account) -> None:
    offers = delete(Challenge).where(Challenge.account_id == account.id, Challenge.purpose == Purpose.TOTP.value)
    work.connection.execute(offers)


def _hash(code: str) -> bytes:
    """A plain hash: 80 random bits need no slow one."""
    return sha256(code.encode()).digest()
