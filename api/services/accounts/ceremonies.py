"""The two ceremonies of WebAuthn, as py_webauthn performs them: what a browser is handed, and whether what it gives back counts.

Nothing but the library is here, so that it is imported with the first ceremony and not with the server (services/accounts/passkeys.py).
"""

from collections.abc import Callable
from typing import Any, TypeVar

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import base64url_to_bytes, options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

__all__ = ["base64url_to_bytes", "check_made", "check_signed", "to_make", "to_sign"]

_VERIFIED = UserVerificationRequirement.REQUIRED
_SELECTION = AuthenticatorSelectionCriteria(
    resident_key=ResidentKeyRequirement.REQUIRED, require_resident_key=True, user_verification=_VERIFIED
)

T = TypeVar("T")


def to_make(*, there: list[bytes], **about: Any) -> dict[str, Any]:
    """The options for a browser to make a passkey, excluding those that exist."""
    return options_to_json_dict(
        generate_registration_options(
            authenticator_selection=_SELECTION, exclude_credentials=_described(there), **about
        )
    )


def to_sign(*, there: list[bytes], **about: Any) -> dict[str, Any]:
    """The options for a browser to sign with one of these passkeys, or with any of the site's when none are given."""
    return options_to_json_dict(
        generate_authentication_options(allow_credentials=_described(there), user_verification=_VERIFIED, **about)
    )


def check_made(**expected: Any) -> VerifiedRegistration | None:
    """The new passkey, or None."""
    return _checked(lambda: verify_registration_response(require_user_verification=True, **expected))


def check_signed(**expected: Any) -> VerifiedAuthentication | None:
    """What was signed, or None."""
    return _checked(lambda: verify_authentication_response(require_user_verification=True, **expected))


def _described(ids: list[bytes]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=each) for each in ids]


def _checked(verify: Callable[[], T]) -> T | None:
    """The result of the check, or None. Any error of a parser of strangers' bytes counts as a refusal."""
    try:
        return verify()
    except Exception:  # noqa: BLE001
        return None
